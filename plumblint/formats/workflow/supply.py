"""What a job restores from a cache, and what it publishes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from plumblint.facts import DeliveryStep, Deployment, Job, Origin, Step, Unknown
from plumblint.formats.steps.step import ReadStep
from plumblint.tables.cache_actions import CACHE_ACTIONS


def mark_supply(
    fact: Job,
    steps: Sequence[ReadStep],
    delivery: Iterable[DeliveryStep],
    deployments: Iterable[Deployment],
) -> None:
    """Fill `restores_cache` and `publishes`."""
    for step in steps:
        if restores_cache(step.fact) and step.fact.action is not None:
            action = step.fact.action
            fact.restores_cache = action.name
            fact.trace(restores_cache=Origin(action.span))
            break
    found = [part for part in delivery if part.kind == "publication" and part.sure]
    fact.publishes = found[0].text if found else None
    if fact.publishes is None:
        fact.publishes = next((part.mechanism for part in deployments), None)


def restores_cache(step: Step) -> bool:
    """Whether a step restores a cache which other runs may have written."""
    action = step.action
    if action is None or not isinstance(action.name, str):
        return False
    row = CACHE_ACTIONS.get(action.name)
    if row is None:
        return False
    name, by, unless = row
    if not name:
        return True
    value = (action.inputs or {}).get(name)
    text = value.text if isinstance(value, Unknown) else value or ""
    if "${{" in text:
        return False
    if unless and re.fullmatch(unless, text.strip()):
        return False
    return not by or re.search(by, text) is not None
