"""Timelines: what each job does for a delivery, in order, actions and scripts looked through.

A workflow is a set of jobs; a local action counts as one job without a name.
What cannot be read (an action whose folder is made at run time, a workflow of
another repo) is noted as opaque: it may do anything.
"""

from __future__ import annotations

from collections.abc import Iterable

from plumblint.facts import (
    Action,
    Check,
    Command,
    DeliveryStep,
    Deployment,
    Job,
    Step,
    Unknown,
    Workflow,
)
from plumblint.project.delivery.scripts import Scripts, folder_after
from plumblint.project.project import Project

MOST_PARTS = 2000
"""Parts of one job that are kept."""
_DEEPEST = 4
"""Actions within actions that are followed; GitHub allows ten."""


class Part:
    """A check, a deployment or a delivery step at its place in a job."""

    __slots__ = ("at", "called", "fact", "step", "uses")

    def __init__(
        self,
        fact: Check | Deployment | DeliveryStep,
        step: int,
        at: int,
        uses: Action | Command | None = None,
    ) -> None:
        self.fact = fact
        self.step = step
        self.at = at
        self.uses = uses
        """What calls it, where it stands in an action or script."""

    @property
    def order(self) -> tuple[int, int]:
        """Sorts the parts of a job."""
        return (self.step, self.at)


class JobLine:
    """A job (or action) with its parts in order."""

    __slots__ = ("calls", "id", "job", "opaque", "parts", "steps")

    def __init__(self, job: Job | None, steps: tuple[Step, ...]) -> None:
        self.job = job
        self.id = "" if job is None else job.id.lower()
        self.steps = steps
        self.parts: list[Part] = []
        self.opaque: list[int] = []
        """The steps of which nobody knows what they do."""
        self.calls: str | None = None
        """The local workflow that it calls."""

    def of(self, *kinds: str) -> list[DeliveryStep]:
        """Its delivery steps of some kinds."""
        return [
            part.fact
            for part in self.parts
            if isinstance(part.fact, DeliveryStep) and part.fact.kind in kinds
        ]

    @property
    def checks(self) -> list[Check]:
        """Its checks."""
        return [part.fact for part in self.parts if isinstance(part.fact, Check)]

    @property
    def is_opaque(self) -> bool:
        """Whether some of it cannot be read."""
        return bool(self.opaque) or (
            self.job is not None and self.job.uses is not None and self.calls is None
        )


class UnitLine:
    """A workflow or action with its jobs."""

    __slots__ = ("jobs", "path", "workflow")

    def __init__(self, path: str, workflow: Workflow | None) -> None:
        self.path = path
        self.workflow = workflow
        self.jobs: dict[str, JobLine] = {}
        """By lower-case id; an action's one has the id ``."""


class Timelines:
    """The timelines of all workflows and actions of a project."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._scripts = Scripts(project.repo)
        self.units: dict[str, UnitLine] = {}
        self._spread: dict[str, list[Part]] = {}
        self._opaque: dict[str, bool] = {}
        for kind in ("workflow", "action"):
            for path in project.files.get(kind, ()):
                self._read(path)
        for unit in self.units.values():
            for line in unit.jobs.values():
                self._look_through(unit, line)

    def _read(self, path: str) -> None:
        facts = self._project.units.get(path, [])
        workflow = next((fact for fact in facts if isinstance(fact, Workflow)), None)
        unit = self.units[path] = UnitLine(path, workflow)
        if workflow is not None:
            for job in workflow.jobs:
                unit.jobs.setdefault(job.id.lower(), JobLine(job, job.steps))
        else:
            steps = tuple(fact for fact in facts if isinstance(fact, Step))
            unit.jobs[""] = JobLine(None, steps)
        for fact in facts:
            if isinstance(fact, Check | Deployment | DeliveryStep):
                line = unit.jobs.get(fact.job.lower())
                if line is not None:
                    step = fact.step if isinstance(fact.step, int) else -1
                    line.parts.append(Part(fact, step, fact.span.start))

    def _look_through(self, unit: UnitLine, line: JobLine) -> None:
        """Add the parts of the actions and scripts that the steps of a job use."""
        for at, step in enumerate(line.steps):
            if step.condition is not None and step.condition.value is False:
                continue
            if step.action is not None:
                self._through_action(line, at, step.action)
            else:
                self._through_scripts(unit, line, at, step)
        if line.job is not None and line.job.uses is not None:
            called = line.job.uses.resolves_to
            line.calls = called if isinstance(called, str) and called in self.units else None
        line.parts.sort(key=lambda part: part.order)
        del line.parts[MOST_PARTS:]

    def _through_action(self, line: JobLine, at: int, action: Action) -> None:
        if action.kind == "expression":
            line.opaque.append(at)
        if action.kind != "local":
            return
        path = action.resolves_to
        if not isinstance(path, str) or path not in self.units:
            line.opaque.append(at)
            return
        for part in self.parts_of_action(path):
            line.parts.append(Part(part.fact, at, action.span.start, action))
        if self._opaque.get(path):
            line.opaque.append(at)

    def parts_of_action(self, path: str, above: tuple[str, ...] = ()) -> list[Part]:
        """What an action does, the actions that it uses included."""
        known = self._spread.get(path)
        if known is not None:
            return known
        unit = self.units[path]
        line = unit.jobs[""] if "" in unit.jobs else JobLine(None, ())
        parts = [part for part in line.parts if part.uses is None]
        for at, step in enumerate(line.steps):
            action = step.action
            if action is None or action.kind != "local":
                continue
            inner = action.resolves_to
            if (
                not isinstance(inner, str)
                or inner not in self.units
                or inner in above
                or inner == path
                or len(above) >= _DEEPEST
            ):
                self._opaque[path] = True
                continue
            parts += [
                Part(part.fact, at, action.span.start, action)
                for part in self.parts_of_action(inner, (*above, path))
            ]
            self._opaque[path] = self._opaque.get(path, False) or self._opaque.get(inner, False)
        for at, step in enumerate(line.steps):
            parts += self._script_parts(unit.path, at, step)
        parts.sort(key=lambda part: part.order)
        self._spread[path] = parts[:MOST_PARTS]
        return self._spread[path]

    def _through_scripts(self, unit: UnitLine, line: JobLine, at: int, step: Step) -> None:
        line.parts += self._script_parts(unit.path, at, step)

    def _script_parts(self, path: str, at: int, step: Step) -> Iterable[Part]:
        del path
        folder = step.working_directory
        for command in step.commands:
            if command.place != "step" or isinstance(command.name, Unknown):
                continue
            folder = folder_after(command, folder if isinstance(folder, str) else "")
            for fact in self._scripts.parts(command, folder, step):
                yield Part(fact, at, command.span.start, command)
