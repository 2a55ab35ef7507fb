"""What a delivery graph is made of.

Names and texts are the repo's own and so may hold anything: whoever draws them
escapes them.  Ids are made here (`w3`, `w3j2`) and safe everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

Phase = Literal["test", "scan", "build", "publish", "backup", "deploy", "verify", "rollback"]
"""What a job does for a delivery."""

PHASES: tuple[Phase, ...] = (
    "test", "scan", "build", "publish", "backup", "deploy", "verify", "rollback",
)  # fmt: skip
"""In the order in which a delivery goes through them."""


class Mark(NamedTuple):
    """A phase that a deployment skips."""

    phase: Phase
    text: str
    """In a few words, for the picture: `no tests`."""
    reason: str
    """In a sentence, for who points at it."""


class Node(NamedTuple):
    """A job."""

    id: str
    job: str
    """Its key under `jobs`."""
    name: str
    """As GitHub shows it; its key where the name is made by an expression."""
    phases: tuple[Phase, ...]
    """All that it does, in the order of a delivery; those of the workflow that it calls too."""
    main: Phase | None
    """The phase that it is drawn as."""
    calls: str | None
    """The reusable workflow that it calls, as people call it: `deploy.yml`."""
    calls_here: bool
    """Whether that workflow is drawn too; else nobody has read what it does."""
    environment: str | None
    ships: tuple[str, ...]
    """What it deploys with: `kubectl apply`."""
    tools: tuple[str, ...]
    """What it checks and builds with: `pytest`."""
    marks: tuple[Mark, ...]
    guessed: bool
    """Whether only its name tells its phase."""


class Box(NamedTuple):
    """A workflow with its jobs."""

    id: str
    file: str
    name: str
    """Its name; the file's where it has none."""
    triggers: tuple[str, ...]
    """`push main`, `workflow_run CI` …"""
    nodes: tuple[Node, ...]
    left_out: int = 0
    """Jobs that are not drawn as there are too many."""


class Edge(NamedTuple):
    """What waits for what, or starts it."""

    kind: Literal["needs", "calls", "run"]
    """`needs`: node to node; `calls`: node to box; `run` (workflow_run): box to box."""
    source: str
    target: str


class Family(NamedTuple):
    """Workflows that calls and workflow_run join."""

    kind: Literal["delivery", "checks", "other"]
    """Whether something in it is published or deployed, else checked or built, else neither."""
    boxes: tuple[Box, ...]


class Graph(NamedTuple):
    """The delivery pipeline of a repo."""

    families: tuple[Family, ...]
    """Delivery first, then checks, then the rest."""
    edges: tuple[Edge, ...]
    unread: tuple[str, ...] = ()
    """Workflow files that could not be read, or not in full."""
    left_out: int = 0
    """Jobs, workflows and edges that are not drawn as there are too many."""

    @property
    def boxes(self) -> list[Box]:
        """All workflows."""
        return [box for family in self.families for box in family.boxes]

    @property
    def nodes(self) -> list[Node]:
        """All jobs."""
        return [node for box in self.boxes for node in box.nodes]

    @property
    def phases(self) -> list[Phase]:
        """The phases that occur."""
        there = {phase for node in self.nodes for phase in node.phases}
        return [phase for phase in PHASES if phase in there]

    def summary(self) -> list[str]:
        """What the picture shows, in sentences: for who does not see it."""
        nodes = self.nodes
        lines = [f"{_count(len(nodes), 'job')} in {_count(len(self.boxes), 'workflow')}."]
        found = [f"{phase}: {sum(phase in node.phases for node in nodes)}" for phase in self.phases]
        if found:
            lines.append(f"Jobs by phase: {', '.join(found)}.")
        deploying = [
            (box, node) for box in self.boxes for node in box.nodes if "deploy" in node.phases
        ]
        for box, node in deploying:
            skips = ", ".join(mark.text for mark in node.marks)
            lines.append(f"{box.file}, job {node.job}, deploys{f': {skips}' if skips else ''}.")
        if not deploying:
            lines.append("No job deploys.")
        lines += [f"{file} could not be read, or not in full." for file in self.unread]
        if self.left_out:
            lines.append(f"{self.left_out} more jobs, workflows or connections are not drawn.")
        return lines


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def in_order(phases: Sequence[Phase] | set[Phase]) -> tuple[Phase, ...]:
    """Phases in the order of a delivery, each once."""
    return tuple(phase for phase in PHASES if phase in phases)
