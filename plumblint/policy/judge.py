"""The judge: policy × fact → findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from time import perf_counter
from typing import Any

from plumblint.facts import Fact, Problem, Related
from plumblint.policy.finding import Finding, Undecided
from plumblint.policy.message import render
from plumblint.policy.model import Policy
from plumblint.policy.place import place_of
from plumblint.source import Span
from plumblint.tables import TABLES

MOST_SECONDS = 20.0
"""That a policy may take for all facts of a run; those we ship take milliseconds."""


class TooSlowError(Exception):
    """A policy that took more than `MOST_SECONDS`."""

    def __init__(self) -> None:
        super().__init__(f"it took more than {MOST_SECONDS:g} seconds")


def judge(
    facts: Iterable[Fact],
    policies: Iterable[Policy],
    *,
    options: Mapping[str, Mapping[str, Any]] | None = None,
    tables: Mapping[str, Any] = TABLES,
    problems: list[Problem] | None = None,
    timings: dict[str, float] | None = None,
) -> tuple[list[Finding], list[Undecided]]:
    """What the policies deny, and where they cannot tell, by policy, each place once.

    `options` are the configured values by policy id and name.  A policy that
    fails becomes an `internal` problem, judged like any other and added to
    `problems`.  `timings` gets the seconds that each policy took.
    """
    court = _Court(options or {}, tables, timings)
    by_kind: dict[str, list[Fact]] = {}
    for fact in facts:
        by_kind.setdefault(fact.KIND, []).append(fact)
    policies = list(policies)
    for policy in policies:
        if policy.on in by_kind:
            court.hear(policy, by_kind[policy.on])
    failures = list(court.failures)
    if failures:
        for policy in policies:
            if policy.on == Problem.KIND:
                court.hear(policy, failures)
        if problems is not None:
            problems += failures
    return court.findings, court.undecided


class _Court:
    def __init__(
        self,
        options: Mapping[str, Mapping[str, Any]],
        tables: Mapping[str, Any],
        timings: dict[str, float] | None,
    ) -> None:
        self.findings: list[Finding] = []
        self.undecided: list[Undecided] = []
        self.failures: list[Problem] = []
        self._options = options
        self._tables = tables
        self._timings = timings

    def hear(self, policy: Policy, facts: Sequence[Fact]) -> None:
        """Judge the facts of one kind by one policy."""
        started = perf_counter()
        options: Mapping[str, Any] = policy.defaults
        if policy.id in self._options:
            options = {**options, **self._options[policy.id]}
        tables = self._tables
        fact: Fact | None = None
        found: dict[Span, Finding] = {}
        try:
            decide = policy.decide
            for number, fact in enumerate(facts):
                answer = decide(fact, options, tables)
                if number & 15 == 15 and perf_counter() - started > MOST_SECONDS:
                    raise TooSlowError
                if answer:
                    self._deny(policy, fact, options, found)
                elif answer is None:
                    span, _ = place_of(fact, policy.at)
                    self.undecided.append(Undecided(policy, span, fact.path, fact.key))
        except Exception as error:  # noqa: BLE001 - one policy's failure must not end the run
            self.failures.append(_failure(policy, fact or facts[0], error))
        self.findings += found.values()
        if self._timings is not None:
            spent = perf_counter() - started
            self._timings[policy.id] = self._timings.get(policy.id, 0.0) + spent

    @staticmethod
    def _deny(
        policy: Policy, fact: Fact, options: Mapping[str, Any], found: dict[Span, Finding]
    ) -> None:
        span, origin = place_of(fact, policy.at)
        related = origin.via if origin else ()
        first = found.get(span)
        if first is None:
            message = render(policy.message_parts, fact, options)
            found[span] = Finding(policy, span, message, related, fact.path, fact.key)
        else:
            first.related = united(first.related, related)


def united(one: tuple[Related, ...], more: tuple[Related, ...]) -> tuple[Related, ...]:
    """The related places of both, each once."""
    there = {(related.span, related.label) for related in one}
    return one + tuple(r for r in more if (r.span, r.label) not in there)


def _failure(policy: Policy, fact: Fact, error: Exception) -> Problem:
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return Problem(
        span=fact.span,
        path=fact.path,
        key=f"{policy.id}: {fact.key or fact.path}",
        kind="internal",
        message=f"the policy {policy.id} failed on {fact!r} ({what}); please report this",
        read_as=fact.KIND,
    )
