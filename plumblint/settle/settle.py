"""Findings become a report: merged, superseded, graded, ignored, ordered.

The order matters: a superseded finding is gone before comments are looked
at, so an ignore of the superseding one does not bring it back; keys are
numbered before anything is hidden, so ignoring one finding does not rename
another; unused comments are judged on the whole repo, before the report is
cut down to the paths that were named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from plumblint.facts import Problem, Secret, Suppression
from plumblint.settle.baseline import Baseline, Identity, identity, line_in
from plumblint.settle.report_model import Report, Reported, Suppressed, masked, masking
from plumblint.settle.supersede import supersede
from plumblint.settle.suppressions import Suppressions
from plumblint.source import Source, Span

if TYPE_CHECKING:
    from plumblint.facts.fact import Severity
    from plumblint.policy.finding import Finding
    from plumblint.policy.model import Policy


_LONGEST_VALUE = 500
"""Characters of the text at a place that make it known again."""
_LEAST_SECRET = 6
"""Characters of a text that is masked in messages too; less would mask common words."""


class PathRule:
    """What the configuration says of some paths (`per-path`)."""

    __slots__ = ("ignore", "matches", "severities")

    def __init__(
        self,
        matches: Callable[[str], bool],
        *,
        ignore: Collection[str] = (),
        severities: Mapping[str, Severity] | None = None,
    ) -> None:
        self.matches = matches
        """Whether a path is one of them."""
        self.ignore = ignore
        """Ids of policies that do not count there."""
        self.severities = severities or {}
        """Severities in effect there, by policy id."""


class SettleOptions:
    """What the configuration and the command line say about findings."""

    __slots__ = ("baselines", "paths", "per_path", "severities", "today")

    def __init__(
        self,
        *,
        today: str,
        severities: Mapping[str, Severity] | None = None,
        per_path: Sequence[PathRule] = (),
        paths: Sequence[str] = (),
        baselines: Sequence[Baseline] = (),
    ) -> None:
        self.today = today
        """The UTC day, YYYY-MM-DD, by which ignores expire."""
        self.severities = severities or {}
        """Severities in effect, by policy id."""
        self.per_path = per_path
        """Of several rules for a path, each counts; the last severity wins."""
        self.paths = paths
        """Files and folders to report on; none means all."""
        self.baselines = baselines
        """What is known already, and so not reported."""


def settle(
    findings: Iterable[Finding],
    *,
    problems: Iterable[Problem],
    kinds: Mapping[str, str],
    source: Callable[[str], Source | None],
    policies: Sequence[Policy],
    known: Collection[str],
    version: str,
    options: SettleOptions,
    secrets: Iterable[Secret] = (),
    notes: Iterable[str] = (),
    judge_suppressions: Callable[[Sequence[Suppression]], Iterable[Finding]] | None = None,
) -> Report:
    """The report of a run.

    `kinds` are the files that were read, with their kind as `discover` names
    it; `policies` the enabled ones; `known` every id and peers' code of the
    catalogue; `secrets` are masked wherever their text would show.
    `judge_suppressions` gets a fact for each ignore comment, with
    what it matched, and gives the findings of the policies about those.
    """
    spans = [secret.span for secret in secrets if secret.likeness == "secret"]
    shown = masking(source, spans)
    suppressions = Suppressions(kinds, source, policies, known=known, today=options.today)
    kept, hidden = suppressions.apply(_graded(findings, options, shown))
    suppressions.judge_use()
    if judge_suppressions is not None:
        late = _graded(judge_suppressions(suppressions.facts()), options, shown)
        late_kept, late_hidden = suppressions.apply(late)
        kept += late_kept
        hidden += late_hidden
    _redact([*kept, *(entry.finding for entry in hidden)], spans, source)
    inside = _inside(options.paths)
    kept.sort(key=_order)
    new, old, stale = _part(kept, options, policies, source)
    return Report(
        filter(inside, new),
        suppressed=sorted((entry for entry in hidden if inside(entry.finding)), key=_hidden_order),
        known=filter(inside, old),
        source=source,
        policies=sorted(policies, key=lambda policy: policy.id),
        version=version,
        files_read=sum(source(path) is not None for path in kinds),
        problems=sorted(problems, key=lambda problem: problem.span.sort_key()),
        notes=(*notes, *stale),
        secrets=spans,
    )


def _part(
    findings: list[Reported],
    options: SettleOptions,
    policies: Iterable[Policy],
    source: Callable[[str], Source | None],
) -> tuple[list[Reported], list[Reported], list[str]]:
    """What is new, what a baseline knows, and a note on entries that nothing matches any more."""
    enabled = frozenset(policy.id for policy in policies)
    known: list[Reported] = []
    notes = []

    def line_of(finding: Reported) -> int:
        return line_in(finding, source)

    for baseline in options.baselines:
        findings, old, left = baseline.part(findings, line_of)
        known += old
        stale = [entry for entry in left if entry[0] in enabled]
        if stale and baseline.file:
            entries = "entry" if len(stale) == 1 else "entries"
            notes.append(
                f"{len(stale)} {entries} of {baseline.file} no longer match, "
                f"first {stale[0][0]} in {stale[0][1]}: "
                "`plumblint baseline --prune` takes them out."
            )
    return findings, sorted(known, key=_order), notes


def _graded(
    findings: Iterable[Finding], options: SettleOptions, shown: Callable[[str], Source | None]
) -> list[Reported]:
    """Merged, superseded, with the severities in effect, without what the configuration ignores."""
    settled = supersede(_merged(findings))
    for finding in settled:
        finding.value = _value(finding.span, shown)
    _number_keys(settled)
    kept = []
    for finding in settled:
        policy = finding.policy.id
        finding.severity = options.severities.get(policy, finding.severity)
        for rule in options.per_path:
            if rule.matches(finding.span.path):
                if policy in rule.ignore:
                    break
                finding.severity = rule.severities.get(policy, finding.severity)
        else:
            kept.append(finding)
    return kept


def _merged(findings: Iterable[Finding]) -> list[Reported]:
    """In order; findings of one policy at one place become one, their related places united."""
    merged: dict[tuple[str, str, int, int], Reported] = {}
    for finding in findings:
        place = (finding.policy.id, *finding.span.sort_key())
        first = merged.get(place)
        if first is None:
            merged[place] = Reported(
                finding.policy,
                finding.policy.severity,
                finding.span,
                finding.message,
                related=finding.related,
                fact_path=finding.fact_path,
                key=finding.key,
                fix=finding.fix,
            )
        elif finding.related:
            there = {(related.span, related.label) for related in first.related}
            first.related += tuple(
                related for related in finding.related if (related.span, related.label) not in there
            )
    return sorted(merged.values(), key=_order)


def _value(span: Span, shown: Callable[[str], Source | None]) -> str:
    """The text at a place as `Reported.value` has it."""
    source = shown(span.path)
    text = source.text[span.start : span.end] if source else ""
    first = next((line for line in text.split("\n") if line.strip()), "")
    return " ".join(first.split())[:_LONGEST_VALUE]


def _number_keys(findings: Iterable[Reported]) -> None:
    """Number the keys of findings that are equal in all that makes them known again."""
    times: dict[Identity, int] = {}
    for finding in findings:
        same = identity(finding)
        number = times[same] = times.get(same, 0) + 1
        if number > 1:
            finding.key = f"{finding.key}#{number}"


def _redact(
    findings: Sequence[Reported], secrets: Sequence[Span], source: Callable[[str], Source | None]
) -> None:
    """Mask secrets in messages, where a field of another fact may have brought them."""
    texts = set()
    for span in secrets:
        holder = source(span.path)
        text = holder.text[span.start : span.end] if holder else ""
        if len(text) >= _LEAST_SECRET:
            texts.add(" ".join(text.split()))
    if texts:
        longest_first = sorted(texts, key=len, reverse=True)
        pattern = re.compile("|".join(map(re.escape, longest_first)))
        for finding in findings:
            finding.message = pattern.sub(lambda found: masked(found[0]), finding.message)


def _order(finding: Reported) -> tuple[str, int, int, str, str]:
    return (*finding.span.sort_key(), finding.policy.id, finding.message)


def _hidden_order(entry: Suppressed) -> tuple[str, int, int, str, str]:
    return _order(entry.finding)


def _inside(paths: Sequence[str]) -> Callable[[Reported], bool]:
    """Whether a finding's own or a related place lies in one of `paths`."""
    wanted = [path.strip("/") for path in paths]
    if not wanted or "" in wanted or "." in wanted:
        return lambda _: True
    files = frozenset(wanted)
    folders = tuple(path + "/" for path in wanted)

    def inside(finding: Reported) -> bool:
        places = [finding.span.path, *(related.span.path for related in finding.related)]
        return any(path in files or path.startswith(folders) for path in places)

    return inside
