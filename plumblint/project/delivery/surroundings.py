"""What stands before and after a deployment on its way."""

from __future__ import annotations

from collections.abc import Iterator

from plumblint.facts import Check, DeliveryStep, Job
from plumblint.project.delivery.gating import Gating, step_survives
from plumblint.project.delivery.timeline import JobLine, Part, Timelines, UnitLine
from plumblint.project.delivery.ways import Hop, Way

GATES = frozenset(("test", "lint", "type-check", "validation"))
"""Kinds of check that count as tested; a security scan alone does not."""
_DEEPEST = 4
_MOST_PARTS = 5000
"""Parts of a called workflow, with all that it calls."""


class Around:
    """What precedes and follows a deployment, calls looked through."""

    def __init__(self, timelines: Timelines) -> None:
        self._timelines = timelines
        self._gatings: dict[str, Gating] = {}
        self._inner: dict[str, list[Part]] = {}
        self._waiting: dict[str, dict[str, dict[str, JobLine]]] = {}

    def unit(self, path: str) -> UnitLine | None:
        """The workflow or action of a path, where it is read."""
        return self._timelines.units.get(path)

    def gating(self, unit: UnitLine) -> Gating:
        """The played-through conditions of a workflow's jobs."""
        known = self._gatings.get(unit.path)
        if known is None:
            known = self._gatings[unit.path] = Gating(unit)
        return known

    def checks(self, way: Way) -> tuple[list[Check], bool, tuple[Job, Job] | None]:
        """The checks that gate it, whether more may hide, and a check job that does not gate.

        The latter comes with the job that runs all the same.
        """
        found: list[Check] = []
        hidden = False
        bypassed: tuple[Job, Job] | None = None
        for number, hop in enumerate(way.hops):
            gating = self.gating(hop.unit)
            if number == len(way.hops) - 1:
                kept, more = _before_in_job(hop, way.part)
                found += kept
                hidden = hidden or more
            for name in sorted(gating.above(hop.line.id)):
                other = hop.unit.jobs.get(name)
                if other is None:
                    continue
                checks = [check for check in self.all_checks(other) if _counts(check)]
                opaque = self.is_opaque(other)
                if not checks and not opaque:
                    continue
                gates = gating.gates(name, hop.line.id)
                if gates is None:
                    hidden = True
                elif gates:
                    found += checks
                    hidden = hidden or opaque
                elif checks and bypassed is None:
                    runner = gating.bypass(name, hop.line.id)
                    if runner is not None and other.job is not None:
                        bypassed = (other.job, runner)
        return found, hidden, bypassed

    def all_checks(self, line: JobLine) -> list[Check]:
        """The checks of a job, those of the workflow that it calls included."""
        own = line.checks
        if line.calls is None:
            return own
        return [*own, *(p.fact for p in self.called(line.calls) if isinstance(p.fact, Check))]

    def called(self, path: str, above: tuple[str, ...] = ()) -> list[Part]:
        """The parts of all jobs of a called workflow, deeper calls included."""
        known = self._inner.get(path)
        if known is not None:
            return known
        found: list[Part] = []
        for line in self._timelines.units[path].jobs.values():
            found += line.parts
            inner = line.calls
            if inner and inner not in above and inner != path and len(above) < _DEEPEST:
                found += self.called(inner, (*above, path))
            if len(found) > _MOST_PARTS:
                break
        self._inner[path] = found[:_MOST_PARTS]
        return self._inner[path]

    def is_opaque(self, line: JobLine) -> bool:
        """Whether some of a job cannot be read, the workflow that it calls included."""
        if line.is_opaque:
            return True
        if line.calls is None:
            return False
        return any(inner.is_opaque for inner in self._timelines.units[line.calls].jobs.values())

    def before(self, way: Way, *kinds: str) -> list[DeliveryStep]:
        """Delivery steps before it."""
        return [
            fact
            for part in self._preceding(way)
            if isinstance(fact := part.fact, DeliveryStep) and fact.kind in kinds
        ]

    def after(self, way: Way) -> Iterator[Part]:
        """Everything behind it: in its job, and in the jobs that wait for it."""
        for number, hop in enumerate(way.hops):
            if number == len(way.hops) - 1:
                for part in hop.line.parts:
                    if part.step >= way.part.step and part.fact is not way.part.fact:
                        yield part
            for line in self.followers(hop).values():
                yield from self.parts(line)

    def opaque_after(self, way: Way) -> bool:
        """Whether something that cannot be read stands behind it."""
        if any(at > way.part.step for at in way.last.line.opaque):
            return True
        return any(
            self.is_opaque(line) for hop in way.hops for line in self.followers(hop).values()
        )

    def parts(self, line: JobLine) -> list[Part]:
        """The parts of a job, those of the workflow that it calls included."""
        return line.parts if line.calls is None else [*line.parts, *self.called(line.calls)]

    def _preceding(self, way: Way) -> Iterator[Part]:
        for number, hop in enumerate(way.hops):
            if number == len(way.hops) - 1:
                for part in hop.line.parts:
                    if part.order < way.part.order or part.step == way.part.step:
                        yield part
            for name in self.gating(hop.unit).above(hop.line.id):
                other = hop.unit.jobs.get(name)
                if other is not None:
                    yield from self.parts(other)

    def followers(self, hop: Hop) -> dict[str, JobLine]:
        """The jobs that wait for a job, over others too, by lower-case id."""
        waiting = self._waiting.get(hop.unit.path)
        if waiting is None:
            waiting = self._waiting[hop.unit.path] = {}
            for name, line in hop.unit.jobs.items():
                for need in line.job.needs_closure if line.job is not None else ():
                    waiting.setdefault(need.lower(), {})[name] = line
        return waiting.get(hop.line.id, {})


def _before_in_job(hop: Hop, part: Part) -> tuple[list[Check], bool]:
    survives = False
    if 0 <= part.step < len(hop.line.steps):
        survives = step_survives(hop.line.steps[part.step].condition) is True
    if survives:
        return [], False
    checks = [
        other.fact
        for other in hop.line.parts
        if isinstance(other.fact, Check)
        and _counts(other.fact)
        and (other.order < part.order or (other.uses is not None and other.uses is part.uses))
    ]
    return checks, any(at < part.step for at in hop.line.opaque)


def _counts(check: Check) -> bool:
    return check.kind in GATES and not check.failure_ignored
