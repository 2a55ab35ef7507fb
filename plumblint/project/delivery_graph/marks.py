"""Which phases a deployment skips."""

from __future__ import annotations

from collections.abc import Iterable

from plumblint.facts import Deployment, Unknown
from plumblint.project.delivery_graph.model import Mark


def marks_of(deployments: Iterable[Deployment]) -> tuple[Mark, ...]:
    """The phases that one of a job's deployments certainly skips, each once.

    What the files do not decide is no mark, and a preview may skip them all.
    """
    found: dict[str, Mark] = {}
    for fact in deployments:
        if fact.preview is not True:
            for mark in _marks(fact):
                found.setdefault(mark.text, mark)
    return tuple(found.values())


def _marks(fact: Deployment) -> Iterable[Mark]:
    if fact.bypassed_by is not None:
        yield Mark(
            "test", "tests bypassed", f"it runs when job {_said(fact.bypassed_job)} has failed"
        )
    elif fact.checked is False:
        yield Mark("test", "no tests", "no test, lint or validation has to pass before it")
    if fact.migrations and fact.backed_up is False:
        yield Mark("backup", "no backup", "it changes the database, and nothing saves it first")
    if fact.verified is False and fact.tier == "certain":
        yield Mark("verify", "not verified", "nothing asks afterwards whether it works")
    if fact.reversible is False:
        yield Mark("rollback", "no rollback", "nothing in the repo brings the version before back")


def _said(value: str | Unknown | None) -> str:
    return value.text if isinstance(value, Unknown) else value or "?"
