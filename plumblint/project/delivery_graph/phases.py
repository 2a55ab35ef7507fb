"""Which phases a job goes through, by the facts of its steps."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from plumblint.facts import Check, DeliveryStep, Deployment, Job
from plumblint.formats.steps import delivery_terms, recognise
from plumblint.project.delivery.timeline import JobLine
from plumblint.project.delivery_graph.model import Phase, in_order

_OF_CHECK: Mapping[str, Phase] = {
    "test": "test",
    "lint": "test",
    "type-check": "test",
    "validation": "test",
    "build": "build",
    "security-scan": "scan",
}
_OF_STEP: Mapping[str, Phase] = {
    "publication": "publish",
    "backup": "backup",
    "verification": "verify",
    "rollback": "rollback",
}
_MAIN: tuple[Phase, ...] = (
    "deploy", "rollback", "publish", "backup", "verify", "test", "build", "scan",
)  # fmt: skip
"""What a job is drawn as if it does several things and its name says nothing: the boldest."""
_MOST_TOOLS = 4


class Doing:
    """What a job does."""

    __slots__ = ("guessed", "phases", "tools")

    def __init__(self) -> None:
        self.phases: set[Phase] = set()
        self.tools: dict[str, None] = {}
        self.guessed = False

    def take(self, other: Doing) -> None:
        """Add what a called job does."""
        self.phases |= other.phases
        self.tools.update(other.tools)

    def first_tools(self) -> tuple[str, ...]:
        """The first few tools."""
        return tuple(self.tools)[:_MOST_TOOLS]


def doing_of(line: JobLine, deployments: Sequence[Deployment], *, behind: bool) -> Doing:
    """What a job does; `behind` says whether one that it waits for deploys."""
    doing = Doing()
    if deployments:
        doing.phases.add("deploy")
    for part in line.parts:
        fact = part.fact
        if isinstance(fact, Check):
            doing.phases.add(_OF_CHECK[fact.kind])
            if part.step >= 0:
                doing.tools.setdefault(fact.tool)
        elif isinstance(fact, DeliveryStep) and fact.kind in _OF_STEP:
            phase = _OF_STEP[fact.kind]
            after = behind or any(
                not isinstance(shipped.step, int) or shipped.step <= part.step
                for shipped in deployments
            )
            if phase == "verify" and not after:
                phase = "test"  # it asks what was started for it, not what was deployed
            elif not fact.sure and not (deployments or behind):
                continue
            doing.phases.add(phase)
    return doing


def guess(job: Job, doing: Doing, *, behind: bool, deploys: bool) -> None:
    """Take the phase from the name of a job of which nothing else tells any.

    `behind` says whether one that it waits for deploys, `deploys` whether
    anything in the repo does: else nothing is there to verify or to roll back.
    """
    if doing.phases or job.uses is not None:
        return
    for name in (job.id, job.name):
        if not isinstance(name, str):
            continue
        phase = _named(name)
        sensible = deploys if phase == "rollback" else behind or phase not in ("verify", "backup")
        if phase is not None and sensible:
            doing.phases.add(phase)
            doing.guessed = True
            return


def main_phase(job: Job, phases: Collection[Phase]) -> Phase | None:
    """The phase that a job is drawn as: deploying, else what its name says, else the boldest."""
    if "deploy" in phases:
        return "deploy"
    for name in (job.id, job.name):
        named = _named(name) if isinstance(name, str) else None
        if named is not None and named in phases:
            return named
    return next((phase for phase in _MAIN if phase in phases), None)


def _named(name: str) -> Phase | None:
    check = recognise.named_kind(name)
    if check is not None:
        return _OF_CHECK[check]
    step = delivery_terms.delivery_name_kind(name)
    return _OF_STEP.get(step) if step is not None else None


def ordered(doing: Doing) -> tuple[Phase, ...]:
    """The phases in the order of a delivery."""
    return in_order(doing.phases)
