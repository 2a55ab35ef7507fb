"""Baselines: findings that are known, so that a run reports only what is new.

A finding is known by its policy, its file, what it is about (the fact's key)
and the text that stands there.  Lines do not count, so a finding that moved
stays known; the text does, so another value at the same place is new, and so
is one more of the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plumblint.settle.report_model import Reported
    from plumblint.source import Source

VERSION = 1
"""Of the file format."""
FILE = ".plumblint-baseline.json"
"""The baseline that a run takes up by itself, at the repo's root."""

Identity = tuple[str, str, str, str]
"""Policy, path, key, text."""
OldPlace = Callable[[str, int], tuple[str, int] | None]
"""From path and line to where an unchanged line was before, None for one that is new."""

_Line = tuple[str, str, int, str]
_TELLING = 20
"""Characters of a text that two places of a file hardly share by chance."""


_FIELDS = ("policy", "path", "key", "text")


class BaselineError(Exception):
    """A baseline file that cannot be used."""


def identity(finding: Reported) -> Identity:
    """What makes two findings the same one."""
    return (finding.policy.id, finding.span.path, finding.about, finding.value)


def line_in(finding: Reported, source: Callable[[str], Source | None]) -> int:
    """The line that a finding is on, 1 where its file cannot be had."""
    text = source(finding.span.path)
    return text.position(finding.span.start)[0] if text else 1


class Baseline:
    """Known findings: how many of each identity."""

    __slots__ = ("_old_place", "_places", "entries", "file")

    def __init__(self, entries: Iterable[Identity], file: str = "") -> None:
        self.entries = Counter(entries)
        self.file = file
        """The file it is from, empty where it is from none."""
        self._places: Counter[_Line] = Counter()
        self._old_place: OldPlace = lambda path, line: None

    @classmethod
    def of(
        cls,
        findings: Iterable[Reported],
        *,
        renames: Mapping[str, str] | None = None,
        line_of: Callable[[Reported], int] | None = None,
        old_place: OldPlace | None = None,
    ) -> Baseline:
        """The baseline that knows `findings`; `renames` gives the new path of a file by its old.

        With `line_of` and `old_place` a finding on a line that did not change
        is known too where its name did (a renamed job or stage): `old_place`
        tells where an unchanged line was, `line_of` the line of one of
        `findings`.
        """
        findings = list(findings)
        moved = renames or {}
        identities = (identity(finding) for finding in findings)
        made = cls((p, moved.get(path, path), k, v) for p, path, k, v in identities)
        if line_of is not None and old_place is not None:
            made._old_place = old_place
            made._places.update((f.policy.id, f.span.path, line_of(f), f.value) for f in findings)
        return made

    def part(
        self, findings: Sequence[Reported], line_of: Callable[[Reported], int]
    ) -> tuple[list[Reported], list[Reported], list[Identity]]:
        """The new findings, the known ones, and the entries that none matches, each in order.

        Of several with one identity the first ones are known.  A finding
        whose name changed is known where it stands on an unchanged line, or
        where its text is long enough to be no other and one of its kind is
        gone from the file.
        """
        left = Counter(self.entries)
        places = Counter(self._places)
        known: set[int] = set()
        for finding in findings:
            same = identity(finding)
            if left[same] > 0:
                left[same] -= 1
                known.add(id(finding))
                places[self._line(finding, line_of)] -= 1
        gone: dict[tuple[str, str, str], list[Identity]] = {}
        for entry in sorted(left.elements(), reverse=True):
            gone.setdefault((entry[0], entry[1], entry[3]), []).append(entry)
        for finding in findings:
            if id(finding) in known:
                continue
            here = self._line(finding, line_of)
            renamed = gone.get((finding.policy.id, finding.span.path, finding.value))
            if places[here] > 0 or (renamed and len(finding.value) >= _TELLING):
                places[here] -= 1
                known.add(id(finding))
                if renamed:
                    left[renamed.pop()] -= 1
        new = [finding for finding in findings if id(finding) not in known]
        old = [finding for finding in findings if id(finding) in known]
        return new, old, sorted((+left).elements())

    def _line(self, finding: Reported, line_of: Callable[[Reported], int]) -> _Line:
        """Policy, path, line and text that a finding had if its line did not change."""
        path, line = self._old_place(finding.span.path, line_of(finding)) or ("", 0)
        return (finding.policy.id, path, line, finding.value)

    def without(self, entries: Iterable[Identity]) -> Baseline:
        """The same without some entries."""
        return Baseline((self.entries - Counter(entries)).elements(), self.file)

    def dumps(self) -> str:
        """The text of the file: an entry a line, sorted, so that merges and reviews are easy."""
        import json

        lines = [
            json.dumps(dict(zip(_FIELDS, entry, strict=True)))
            for entry in sorted(self.entries.elements())
        ]
        body = ",\n".join(f"    {line}" for line in lines)
        listing = f"[\n{body}\n  ]" if lines else "[]"
        return f'{{\n  "version": {VERSION},\n  "findings": {listing}\n}}\n'


def loads(text: str, source: str) -> Baseline:
    """The baseline of a file's text.  Raises BaselineError."""
    import json

    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        place = f"{source}:{getattr(error, 'lineno', 1)}:{getattr(error, 'colno', 1)}"
        raise BaselineError(f"{place}: this is no JSON: {getattr(error, 'msg', error)}") from None
    if not isinstance(data, dict) or data.get("version") != VERSION:
        raise BaselineError(
            f"{source}:1:1: this is no baseline of version {VERSION}; write it anew with "
            "`plumblint baseline`"
        )
    entries: list[Identity] = []
    findings = data.get("findings")
    if not isinstance(findings, list):
        raise BaselineError(f"{source}:1:1: there is no list `findings`")
    for entry in findings:
        given = entry if isinstance(entry, dict) else {}
        values = [str(given[name]) for name in _FIELDS if isinstance(given.get(name), str)]
        if len(values) != len(_FIELDS):
            raise BaselineError(
                f"{source}:1:1: an entry wants the texts `policy`, `path`, `key` and `text`, not "
                f"{json.dumps(entry)[:80]}"
            )
        entries.append((values[0], values[1], values[2], values[3]))
    return Baseline(entries, source)
