"""Which events of a workflow reach a job or step through its conditions."""

from __future__ import annotations

from collections.abc import Sequence

from plumblint.facts import Trigger
from plumblint.formats.steps.conditions import decide

_WILDCARDS = frozenset("*?+[]!")


def reaching_events(triggers: Sequence[Trigger], conditions: Sequence[str]) -> tuple[str, ...]:
    """The events under which none of the conditions is surely false."""
    reached: list[str] = []
    for trigger in triggers:
        contexts = event_contexts(trigger)
        if all(decide(condition, contexts) is not False for condition in conditions):
            reached.append(trigger.event)
    return tuple(dict.fromkeys(reached))


def event_contexts(trigger: Trigger) -> dict[str, object]:
    """What an event alone decides of the `github` context."""
    if trigger.event == "workflow_call":
        return {}
    known: dict[str, object] = {"event_name": trigger.event}
    if trigger.event == "pull_request":
        known |= {"ref": "refs/pull/0/merge", "ref_name": "0/merge", "ref_type": "branch"}
    elif trigger.event == "push" and not trigger.tags and len(trigger.branches) == 1:
        (branch,) = trigger.branches
        if not _WILDCARDS & set(branch):
            known |= {"ref": f"refs/heads/{branch}", "ref_name": branch, "ref_type": "branch"}
    return known


def certain_in_pull_request(conditions: Sequence[str], triggers: Sequence[Trigger]) -> bool:
    """Whether all conditions surely hold in a pull request that is still open."""
    for trigger in triggers:
        if trigger.event not in ("pull_request", "pull_request_target"):
            continue
        if trigger.types == ("closed",):
            continue
        contexts = event_contexts(trigger)
        if all(decide(condition, contexts) is True for condition in conditions):
            return True
    return False
