"""From the facts of a project to its delivery graph."""

from __future__ import annotations

from collections.abc import Iterable

from plumblint.facts import Action, Deployment, Job, Maybe, Problem, Trigger, Unknown, Workflow
from plumblint.project.delivery.timeline import Timelines, UnitLine
from plumblint.project.delivery_graph.families import families_of
from plumblint.project.delivery_graph.marks import marks_of
from plumblint.project.delivery_graph.model import Box, Edge, Graph, Node
from plumblint.project.delivery_graph.phases import Doing, doing_of, guess, main_phase, ordered
from plumblint.project.delivery_graph.reduction import reduced
from plumblint.project.project import Project

MOST_JOBS = 300
"""Jobs of a workflow that are drawn."""
MOST_BOXES = 400
"""Workflows that are drawn."""
MOST_EDGES = 4000
"""Edges of each kind that are drawn."""
_DEEPEST = 10
"""Workflows called by workflows that are followed, as by GitHub."""


def delivery_graph(project: Project) -> Graph:
    """The delivery graph of a project with all facts about its workflows."""
    return _Builder(project).graph()


class _Builder:
    def __init__(self, project: Project) -> None:
        self._project = project
        self._units = [
            unit for unit in Timelines(project).units.values() if unit.workflow is not None
        ]
        self._units.sort(key=lambda unit: unit.path)
        self._left_out = max(0, len(self._units) - MOST_BOXES)
        del self._units[MOST_BOXES:]
        self._boxes = {unit.path: f"w{at}" for at, unit in enumerate(self._units, 1)}
        self._by_path = {unit.path: unit for unit in self._units}
        self._ids: dict[tuple[str, str], str] = {}
        for unit in self._units:
            for at, name in enumerate(unit.jobs, 1):
                if at <= MOST_JOBS:
                    self._ids[unit.path, name] = f"{self._boxes[unit.path]}j{at}"
        self._deployments: dict[tuple[str, str], list[Deployment]] = {}
        for fact in project.of(Deployment):
            self._deployments.setdefault((fact.span.path, fact.job.lower()), []).append(fact)
        self._doings: dict[tuple[str, str], Doing] = {}
        self._called: dict[str, Doing] = {}

    def graph(self) -> Graph:
        boxes = [self._box(unit) for unit in self._units]
        edges = [*self._needs(), *self._calls(), *self._runs()]
        files = frozenset(self._project.files.get("workflow", ()))
        unread = {fact.span.path for fact in self._project.of(Problem) if fact.span.path in files}
        return Graph(
            families_of(boxes, edges),
            tuple(edges),
            tuple(sorted(unread)),
            self._left_out + sum(box.left_out for box in boxes),
        )

    def _box(self, unit: UnitLine) -> Box:
        workflow = unit.workflow
        assert workflow is not None
        names = list(unit.jobs)
        return Box(
            id=self._boxes[unit.path],
            file=unit.path,
            name=_said(workflow.name) or unit.path.rsplit("/", 1)[-1],
            triggers=tuple(_shown(trigger) for trigger in workflow.triggers),
            nodes=tuple(self._node(unit, name) for name in names[:MOST_JOBS]),
            left_out=max(0, len(names) - MOST_JOBS),
        )

    def _node(self, unit: UnitLine, name: str) -> Node:
        line = unit.jobs[name]
        job = line.job
        assert job is not None
        doing = self._doing(unit, name)
        deployments = self._deployments.get((unit.path, name), [])
        calls, here = None, False
        if job.uses is not None:
            here = line.calls is not None and line.calls in self._boxes
            calls = _called_name(job.uses)
        title = job.name if isinstance(job.name, str) and job.name.strip() else job.id
        return Node(
            id=self._ids[unit.path, name],
            job=job.id,
            name=title,
            phases=ordered(doing),
            main=main_phase(job, doing.phases),
            calls=calls,
            calls_here=here,
            environment=_said(job.environment),
            ships=tuple(dict.fromkeys(fact.mechanism for fact in deployments)),
            tools=doing.first_tools(),
            marks=marks_of(deployments),
            guessed=doing.guessed,
        )

    def _doing(self, unit: UnitLine, name: str, depth: int = 0) -> Doing:
        """What a job does, the workflow that it calls included."""
        key = (unit.path, name)
        known = self._doings.get(key)
        if known is not None:
            return known
        line = unit.jobs[name]
        job = line.job
        assert job is not None
        behind = any((unit.path, need.lower()) in self._deployments for need in job.needs_closure)
        doing = doing_of(line, self._deployments.get(key, []), behind=behind)
        self._doings[key] = doing  # also what a workflow that calls itself gets to see
        if line.calls is not None and line.calls in self._by_path and depth < _DEEPEST:
            doing.take(self._inside(line.calls, depth))
        guess(job, doing, behind=behind, deploys=bool(self._deployments))
        return doing

    def _inside(self, path: str, depth: int) -> Doing:
        """What all jobs of a called workflow do."""
        known = self._called.get(path)
        if known is None:
            known = self._called[path] = Doing()
            unit = self._by_path[path]
            for name in unit.jobs:
                known.take(self._doing(unit, name, depth + 1))
        return known

    def _needs(self) -> Iterable[Edge]:
        """What jobs wait for; what follows from other edges is left out."""
        for unit in self._units:
            numbers = [name for name in unit.jobs if (unit.path, name) in self._ids]
            at = {name: number for number, name in enumerate(numbers)}
            pairs = [
                (at[need.lower()], at[name])
                for name in numbers
                for need in _job(unit, name).needs
                if need.lower() in at and need.lower() != name
            ]
            kept = reduced(len(numbers), pairs)
            self._left_out += max(0, len(kept) - MOST_EDGES)
            for source, target in kept[:MOST_EDGES]:
                yield Edge(
                    "needs",
                    self._ids[unit.path, numbers[source]],
                    self._ids[unit.path, numbers[target]],
                )

    def _calls(self) -> Iterable[Edge]:
        for (path, name), node in self._ids.items():
            called = self._by_path[path].jobs[name].calls
            if called is not None and called in self._boxes:
                yield Edge("calls", node, self._boxes[called])

    def _runs(self) -> Iterable[Edge]:
        by_name: dict[str, list[str]] = {}
        for unit in self._units:
            workflow = unit.workflow
            name = _said(workflow.name) if workflow is not None else None
            by_name.setdefault((name or unit.path).lower(), []).append(self._boxes[unit.path])
        made: dict[Edge, None] = {}
        for unit in self._units:
            for trigger in _workflow(unit).triggers:
                for waited in trigger.workflows if trigger.event == "workflow_run" else ():
                    for source in by_name.get(waited.lower(), ()):
                        made.setdefault(Edge("run", source, self._boxes[unit.path]))
        self._left_out += max(0, len(made) - MOST_EDGES)
        return list(made)[:MOST_EDGES]


def _workflow(unit: UnitLine) -> Workflow:
    assert unit.workflow is not None
    return unit.workflow


def _job(unit: UnitLine, name: str) -> Job:
    job = unit.jobs[name].job
    assert job is not None
    return job


def _said(value: Maybe[str]) -> str | None:
    return value.text if isinstance(value, Unknown) else value


def _called_name(action: Action) -> str:
    """`deploy.yml` for a workflow of the repo, `owner/repo: deploy.yml` for another one's."""
    text = _said(action.text) or ""
    file = text.partition("@")[0].rsplit("/", 1)[-1]
    if action.kind == "local" or not (isinstance(action.owner, str) and action.owner):
        return file or text
    return f"{action.owner}/{_said(action.repository) or ''}: {file}"


def _shown(trigger: Trigger) -> str:
    """A trigger in a few words: `push main`, `push tags v*`, `workflow_run CI`."""
    words = [trigger.event]
    words += [", ".join(trigger.branches)] if trigger.branches else []
    words += [f"tags {', '.join(trigger.tags)}"] if trigger.tags else []
    words += [", ".join(trigger.workflows)] if trigger.workflows else []
    words += [", ".join(trigger.types)] if trigger.types and not trigger.workflows else []
    return " ".join(words)
