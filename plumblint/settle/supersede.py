"""Of findings that overlap only the most telling one is kept."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plumblint.settle.report_model import Reported
    from plumblint.source import Span

_Spans = tuple[list[int], list[int]]
"""The starts, in order, and for each the furthest end so far."""


def supersede(findings: Sequence[Reported]) -> list[Reported]:
    """Leave out each finding that overlaps one whose policy supersedes its own.

    A superseded finding still supersedes others, so the outcome does not
    depend on any order.
    """
    over: dict[str, set[str]] = {}
    for policy in {finding.policy.id: finding.policy for finding in findings}.values():
        for lesser in policy.supersedes:
            if lesser != policy.id:
                over.setdefault(lesser, set()).add(policy.id)
    spans = _spans_of(findings, {greater for ids in over.values() for greater in ids})
    return [
        finding
        for finding in findings
        if not any(
            _overlap(spans.get((finding.span.path, greater)), finding)
            for greater in over.get(finding.policy.id, ())
        )
    ]


def _spans_of(findings: Sequence[Reported], ids: set[str]) -> dict[tuple[str, str], _Spans]:
    """The places of the findings of the policies `ids`, by path and policy."""
    places: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for finding in findings:
        if finding.policy.id in ids:
            span = finding.span
            places.setdefault((span.path, finding.policy.id), []).append((span.start, _end(span)))
    return {
        key: ([start for start, _ in spans], list(accumulate((end for _, end in spans), max)))
        for key, spans in ((key, sorted(found)) for key, found in places.items())
    }


def _overlap(spans: _Spans | None, finding: Reported) -> bool:
    """Whether one of `spans` shares a character with the finding's place."""
    if spans is None:
        return False
    starts, ends = spans
    before = bisect_left(starts, _end(finding.span))
    return before > 0 and ends[before - 1] > finding.span.start


def _end(span: Span) -> int:
    """The end of a place; an empty one counts as a character."""
    return max(span.end, span.start + 1)
