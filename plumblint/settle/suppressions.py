"""Ignore comments against findings: which are hidden, and what each comment was good for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from plumblint.facts import Suppression
from plumblint.facts.fact import Origin
from plumblint.settle.report_model import Reported, Suppressed
from plumblint.settle.write_ignores import COMMENT_KINDS
from plumblint.source import Source

if TYPE_CHECKING:
    from plumblint.policy.model import Policy
    from plumblint.settle.ignore_comments import Ignore

OWN = "plumblint"
"""The tool whose comments are called unused or unknown; peers' have their own to do so."""

_MARKS = (
    "plumblint:",
    "hadolint",
    "check",
    "zizmor:",
    "checkov:",
    "bridgecrew:",
    "trivy:",
    "tflint-",
    "dclint disable",
)
"""What a file with an ignore comment contains at least one of."""

_LINES_LOOKED_AT = 500
"""Lines of a place that a trailing comment may stand on."""


class Suppressions:
    """The ignore comments of a run."""

    def __init__(
        self,
        kinds: Mapping[str, str],
        source: Callable[[str], Source | None],
        policies: Iterable[Policy],
        *,
        known: Collection[str],
        today: str,
    ) -> None:
        """Read the comments of the files in `kinds` (kind by path).

        `policies` are the enabled ones, `known` the ids and peers' codes of
        the whole catalogue, `today` the UTC day as YYYY-MM-DD.
        """
        self._names = {
            policy.id: frozenset(map(_code, (policy.id, *policy.also))) for policy in policies
        }
        self._known = frozenset(map(_code, known)).union(*self._names.values())
        self._today = today
        self._source = source
        self._kinds = kinds
        self._files: dict[str, _Ignores | None] = {}
        for path in kinds:
            self._ignores_of(path)

    def apply(self, findings: Sequence[Reported]) -> tuple[list[Reported], list[Suppressed]]:
        """Part `findings` into those to report and those that a comment hides."""
        kept: list[Reported] = []
        hidden: list[Suppressed] = []
        for finding in findings:
            by = self._hiding(finding)
            if by is None:
                kept.append(finding)
            else:
                hidden.append(Suppressed(finding, by))
        return kept, hidden

    def facts(self) -> list[Suppression]:
        """Every ignore comment with what it has hidden so far, by path, then place."""
        files = [file for _, file in sorted(self._files.items()) if file]
        return [fact for file in files for fact in file.facts.values()]

    def judge_use(self) -> None:
        """Fill in, after `apply`, what each comment of ours names in vain."""
        enabled = frozenset[str]().union(*self._names.values())
        for fact in self.facts():
            if fact.tool != OWN or fact.matched is None:
                continue
            fact.unknown = tuple(name for name in fact.matched if _code(name) not in self._known)
            if not fact.expired:
                fact.unused = tuple(
                    name
                    for name, times in fact.matched.items()
                    if times == 0 and _code(name) in enabled
                )

    def _ignores_of(self, path: str) -> _Ignores | None:
        """The comments of a file, read when first asked for: a script is in no one's list."""
        if path not in self._files:
            text = self._source(path)
            found = None
            if text is not None and any(mark in text.text for mark in _MARKS):
                kind = self._kinds.get(path, "")
                found = _Ignores(text, COMMENT_KINDS.get(kind, kind), self._today)
            self._files[path] = found
        return self._files[path]

    def _hiding(self, finding: Reported) -> Suppression | None:
        """The comment that hides a finding, its use counted."""
        file = self._ignores_of(finding.span.path)
        source = file and self._source(finding.span.path)
        if not file or not source:
            return None
        first = source.position(finding.span.start)[0]
        last = source.position(max(finding.span.end - 1, finding.span.start))[0]
        names = self._names.get(finding.policy.id) or frozenset((_code(finding.policy.id),))
        for ignore, name in file.candidates(first, last):
            if _code(name) in names:
                fact = file.facts[id(ignore)]
                matched = fact.matched or {}
                times = matched.get(name)
                matched[name] = 1 + (times if isinstance(times, int) else 0)
                return fact
        return None


class _Ignores:
    """The ignore comments of one file, by the lines they hold for."""

    def __init__(self, source: Source, kind: str, today: str) -> None:
        from plumblint.settle.ignore_comments import ignores  # most repos have none

        self.facts: dict[int, Suppression] = {}
        """By the identity of the comment, in source order."""
        self._on_line: dict[int, list[Ignore]] = {}
        self._over_lines: list[Ignore] = []
        self._trailing: dict[int, list[Ignore]] = {}
        self._comments = ignores(source, kind)  # kept alive, as `facts` goes by identity
        times: dict[str, int] = {}
        for ignore in self._comments:
            rules = ",".join(ignore.ids)
            times[rules] = times.get(rules, 0) + 1
            self.facts[id(ignore)] = _fact(ignore, source, times[rules], today)
            if ignore.expired(today):
                continue
            if ignore.trailing:
                self._trailing.setdefault(ignore.line, []).append(ignore)
            if ignore.last_line > ignore.first_line:
                self._over_lines.append(ignore)
            else:
                self._on_line.setdefault(ignore.first_line, []).append(ignore)
        self._over_lines.sort(key=lambda ignore: ignore.last_line - ignore.first_line)

    def candidates(self, first: int, last: int) -> Iterable[tuple[Ignore, str]]:
        """The comments that speak for a place on the lines `first` to `last`, nearest first."""
        for ignore in self._on_line.get(first, ()):
            yield from ((ignore, name) for name in ignore.ids)
        if self._trailing:
            for line in range(first, min(last, first + _LINES_LOOKED_AT) + 1):
                for ignore in self._trailing.get(line, ()):
                    yield from ((ignore, name) for name in ignore.ids)
        for ignore in self._over_lines:
            if ignore.first_line <= first <= ignore.last_line:
                yield from ((ignore, name) for name in ignore.ids)


def _fact(ignore: Ignore, source: Source, occurrence: int, today: str) -> Suppression:
    rules = ",".join(ignore.ids)
    span = source.span(ignore.start, ignore.end)
    fact = Suppression(
        span=span,
        path=f"line {ignore.line}",
        key=f"{ignore.tool}:ignore[{rules}]#{occurrence}",
        tool=ignore.tool,
        rules=rules,
        reason=ignore.reason,
        matched=dict.fromkeys(ignore.ids, 0),
        until=ignore.until,
        expired=ignore.expired(today),
    )
    fact.trace(rules=Origin(span))
    return fact


def _code(name: str) -> str:
    """An id or a peer's code for comparison: in lower case, trivy's old prefix left out."""
    return name.lower().removeprefix("avd-")
