"""Ways: how each deployment is reached, from the workflow that an event starts down to its job."""

from __future__ import annotations

from collections.abc import Iterator

from plumblint.facts import Action, Deployment, Trigger
from plumblint.project.delivery.timeline import JobLine, Part, Timelines, UnitLine

_DEEPEST = 4
"""Workflows called by workflows that are followed; GitHub allows ten."""
_MOST_CALLED = 40
"""Deployments of one called workflow that its callers are told of."""


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
    for unit in timelines.units.values():
        if unit.workflow is None or not starts_itself(unit):
            continue
        for line in unit.jobs.values():
            yield from _ways_of(timelines, (Hop(unit, line),))


def starts_itself(unit: UnitLine) -> bool:
    """Whether an event other than a call starts a workflow."""
    return unit.workflow is not None and any(
        event != "workflow_call" for event in unit.workflow.events
    )


def own_triggers(unit: UnitLine) -> tuple[Trigger, ...]:
    """The triggers other than a call."""
    assert unit.workflow is not None
    return tuple(t for t in unit.workflow.triggers if t.event != "workflow_call")


def _ways_of(timelines: Timelines, hops: tuple[Hop, ...]) -> Iterator[Way]:
    line = hops[-1].line
    for part in line.parts:
        if isinstance(part.fact, Deployment):
            yield Way(hops, part)
    if line.calls is None or len(hops) > _DEEPEST:
        return
    unit = timelines.units[line.calls]
    if any(hop.unit is unit for hop in hops):
        return
    count = 0
    for inner in unit.jobs.values():
        for way in _ways_of(timelines, (*hops, Hop(unit, inner))):
            yield way
            count += 1
            if count >= _MOST_CALLED:
                return


def caller_of(way: Way) -> Action | None:
    """What stands in the first workflow and leads to a deployment elsewhere."""
    if len(way.hops) > 1:
        job = way.top.line.job
        return job.uses if job is not None else None
    return way.part.uses if isinstance(way.part.uses, Action) else None
