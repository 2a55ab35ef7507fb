"""Ways: how each deployment is reached, from the workflow that an event starts down to its job."""

from __future__ import annotations

from collections.abc import Iterator

from plumblint.facts import Action, Deployment, Trigger
from plumblint.project.delivery.timeline import JobLine, Part, Timelines, UnitLine

_DEEPEST = 4
"""Workflows called by workflows that are followed; GitHub allows ten."""
_MOST_CALLED = 40
"""Deployments of one called workflow that its callers are told of."""
_MOST_HOPS = 1_000
"""Jobs looked at from one job on: workflows that all call each other have ways without number."""
_MOST_HOPS_IN_ALL = 100_000
"""Jobs looked at from all jobs on."""


class Hop:
    """One job on the way, in its workflow."""

    __slots__ = ("line", "unit")

    def __init__(self, unit: UnitLine, line: JobLine) -> None:
        self.unit = unit
        self.line = line


class Way:
    """A deployment with the jobs that lead to it, the one that an event starts first."""

    __slots__ = ("hops", "part")

    def __init__(self, hops: tuple[Hop, ...], part: Part) -> None:
        self.hops = hops
        self.part = part

    @property
    def deployment(self) -> Deployment:
        """What is deployed."""
        assert isinstance(self.part.fact, Deployment)
        return self.part.fact

    @property
    def last(self) -> Hop:
        """The job in which it stands."""
        return self.hops[-1]

    @property
    def top(self) -> Hop:
        """The job that the event starts."""
        return self.hops[0]


def ways(timelines: Timelines) -> Iterator[Way]:
    """Every way to every deployment that some event starts."""
    search = _Search(timelines)
    for unit in timelines.units.values():
        if unit.workflow is None or not starts_itself(unit):
            continue
        for line in unit.jobs.values():
            yield from search.ways_from(Hop(unit, line))


def starts_itself(unit: UnitLine) -> bool:
    """Whether an event other than a call starts a workflow."""
    return unit.workflow is not None and any(
        event != "workflow_call" for event in unit.workflow.events
    )


def own_triggers(unit: UnitLine) -> tuple[Trigger, ...]:
    """The triggers other than a call."""
    assert unit.workflow is not None
    return tuple(t for t in unit.workflow.triggers if t.event != "workflow_call")


class _Search:
    """The search for ways; only workflows that lead to a deployment are entered."""

    def __init__(self, timelines: Timelines) -> None:
        self._units = timelines.units
        self._leading = _leading(timelines)
        self._hops_left = 0
        self._hops_in_all = _MOST_HOPS_IN_ALL

    def ways_from(self, hop: Hop) -> Iterator[Way]:
        """The ways that begin with a job."""
        given = self._hops_left = min(_MOST_HOPS, self._hops_in_all)
        yield from self._ways_of((hop,))
        self._hops_in_all -= given - max(self._hops_left, 0)

    def _ways_of(self, hops: tuple[Hop, ...]) -> Iterator[Way]:
        """The ways that begin with `hops`."""
        line = hops[-1].line
        for part in line.parts:
            if isinstance(part.fact, Deployment):
                yield Way(hops, part)
        if line.calls is None or line.calls not in self._leading or len(hops) > _DEEPEST:
            return
        unit = self._units[line.calls]
        if any(hop.unit is unit for hop in hops):
            return
        count = 0
        for inner in unit.jobs.values():
            self._hops_left -= 1
            if self._hops_left < 0:
                return
            for way in self._ways_of((*hops, Hop(unit, inner))):
                yield way
                count += 1
                if count >= _MOST_CALLED:
                    return


def _leading(timelines: Timelines) -> set[str]:
    """The units that deploy, or call one that does, directly or not."""
    callers: dict[str, list[str]] = {}
    found: set[str] = set()
    for path, unit in timelines.units.items():
        for line in unit.jobs.values():
            if line.calls is not None:
                callers.setdefault(line.calls, []).append(path)
            if any(isinstance(part.fact, Deployment) for part in line.parts):
                found.add(path)
    pending = list(found)
    while pending:
        for caller in callers.get(pending.pop(), ()):
            if caller not in found:
                found.add(caller)
                pending.append(caller)
    return found


def caller_of(way: Way) -> Action | None:
    """What stands in the first workflow and leads to a deployment elsewhere."""
    if len(way.hops) > 1:
        job = way.top.line.job
        return job.uses if job is not None else None
    return way.part.uses if isinstance(way.part.uses, Action) else None
