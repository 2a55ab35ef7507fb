"""Report: what a run found, settled; all that a reporter gets to see."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from plumblint.facts import Problem, Suppression
from plumblint.source import Source, Span

if TYPE_CHECKING:
    from plumblint.facts import Related
    from plumblint.facts.fact import Severity
    from plumblint.policy.model import Policy

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
"""Worst first."""

_SHOWN_OF_SECRET = 4
"""Characters of a secret that stay readable, fewer of a short one."""
_HIDDEN = re.compile(r"[^\s]")

TEMPLATE_KINDS = frozenset(("template",))
"""Kinds of problem that are only counted: nobody expects these files to be read."""


class Reported:
    """A finding as it is reported: its severity is the one in effect, its key unique."""

    __slots__ = (
        "about", "fact_path", "fix", "key", "message", "policy", "related", "severity", "span",
        "value",
    )  # fmt: skip

    def __init__(
        self,
        policy: Policy,
        severity: Severity,
        span: Span,
        message: str,
        *,
        related: tuple[Related, ...] = (),
        fact_path: str = "",
        key: str = "",
        fix: Any = None,
    ) -> None:
        self.policy = policy
        self.severity = severity
        """The policy's own unless the configuration says otherwise."""
        self.span = span
        self.message = message
        self.related = related
        """Further places, in this or other files."""
        self.fact_path = fact_path
        """The way to the fact for people: `services.web.image`."""
        self.about = key
        """What it is about, stable when lines are inserted: the fact's key."""
        self.value = ""
        """The text that stands there, white space made even, secrets masked; of a place of
        several lines the first."""
        self.key = key
        """`about` with an occurrence number where policy, path, `about` and `value` are equal."""
        self.fix = fix
        """The edit that mends it, None where there is none."""

    def __repr__(self) -> str:
        return f"<{self.severity} {self.policy.id} {self.span!r}>"


class Suppressed:
    """A finding that an ignore comment hides."""

    __slots__ = ("by", "finding")

    def __init__(self, finding: Reported, by: Suppression) -> None:
        self.finding = finding
        self.by = by


class Report:
    """The outcome of a run."""

    __slots__ = (
        "files_read",
        "findings",
        "known",
        "notes",
        "original",
        "policies",
        "problems",
        "source",
        "suppressed",
        "version",
    )

    def __init__(
        self,
        findings: Iterable[Reported],
        *,
        source: Callable[[str], Source | None],
        policies: Iterable[Policy],
        version: str,
        suppressed: Iterable[Suppressed] = (),
        known: Iterable[Reported] = (),
        files_read: int = 0,
        problems: Iterable[Problem] = (),
        notes: Iterable[str] = (),
        secrets: Iterable[Span] = (),
    ) -> None:
        self.findings = tuple(findings)
        """By path, then place."""
        self.original = source
        """As `source`, but with the secrets in it: for hashes, never to be shown."""
        self.policies = tuple(policies)
        """Every enabled policy, hit or not, by id."""
        self.version = version
        """plumblint's version."""
        self.suppressed = tuple(suppressed)
        """What ignore comments hide, by path, then place."""
        self.known = tuple(known)
        """What the baseline knows, by path, then place."""
        self.files_read = files_read
        """How many files were read."""
        self.problems = tuple(problems)
        """What could not be read or parsed, by path, then place."""
        self.notes = tuple(notes)
        """What else a person should know of the run, a sentence each."""
        self.source = masking(source, secrets)
        """The text of a file with secrets masked, None where it cannot be had.

        The mask is as long as what it hides, so offsets hold in both texts.
        """

    @property
    def counts(self) -> dict[Severity, int]:
        """How many findings there are of each severity, worst first, zeros included."""
        counts: dict[Severity, int] = dict.fromkeys(SEVERITIES, 0)
        for finding in self.findings:
            counts[finding.severity] += 1
        return counts

    @property
    def files_unread(self) -> tuple[str, ...]:
        """The files that could not be read, or not in full, sorted; templates do not count."""
        return self._paths_of(lambda kind: kind not in TEMPLATE_KINDS and kind != "internal")

    @property
    def templates(self) -> tuple[str, ...]:
        """The files that are templates of what we read, and so were left out, sorted."""
        return self._paths_of(TEMPLATE_KINDS.__contains__)

    @property
    def internal_errors(self) -> tuple[Problem, ...]:
        """Crashes of our own."""
        return tuple(problem for problem in self.problems if problem.kind == "internal")

    def worst_first(self) -> list[Reported]:
        """The findings by severity, then path and place: for media that cut the rest off."""
        rank = {severity: at for at, severity in enumerate(SEVERITIES)}
        return sorted(self.findings, key=lambda finding: rank[finding.severity])

    def exit_code(self, fail_on: Severity = "warning") -> int:
        """0 clean, 1 findings at or above `fail_on`, 2 an internal error."""
        if self.internal_errors:
            return 2
        failing = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
        return int(any(finding.severity in failing for finding in self.findings))

    def _paths_of(self, wanted: Callable[[str], bool]) -> tuple[str, ...]:
        paths = {problem.span.path for problem in self.problems if wanted(problem.kind)}
        return tuple(sorted(paths))


def masked(secret: str) -> str:
    """`secret` with all but its first characters starred out, lines kept."""
    shown = min(_SHOWN_OF_SECRET, len(secret) // 4)
    return secret[:shown] + _HIDDEN.sub("*", secret[shown:])


def masking(
    source: Callable[[str], Source | None], secrets: Iterable[Span]
) -> Callable[[str], Source | None]:
    """`source` with the texts at `secrets` masked."""
    spans: dict[str, list[Span]] = {}
    for span in secrets:
        spans.setdefault(span.path, []).append(span)
    shown: dict[str, Source] = {}

    def masked_source(path: str) -> Source | None:
        if path not in spans:
            return source(path)
        if path not in shown:
            known = source(path)
            if known is None:
                return None
            shown[path] = _with_masks(known, spans[path])
        return shown[path]

    return masked_source


def _with_masks(source: Source, spans: Iterable[Span]) -> Source:
    """A copy of `source` with the texts at `spans` masked."""
    text = source.text
    pieces: list[str] = []
    done = 0
    for span in sorted(spans, key=Span.sort_key):
        start = max(span.start, done)
        if start < span.end:
            pieces += (text[done:start], masked(text[span.start : span.end])[start - span.start :])
            done = span.end
    pieces.append(text[done:])
    return Source(source.path, "".join(pieces), bom=source.bom, bad_bytes=source.bad_bytes)
