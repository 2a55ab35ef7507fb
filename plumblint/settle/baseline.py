"""Baselines: findings that are known, so that a run reports only what is new.

A finding is known by its policy, its file, what it is about (the fact's key)
and the text that stands there.  Lines do not count, so a finding that moved
stays known; the text does, so another value at the same place is new, and so
is one more of the same.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plumblint.settle.report_model import Reported

VERSION = 1
"""Of the file format."""
FILE = ".plumblint-baseline.json"
"""The baseline that a run takes up by itself, at the repo's root."""

Identity = tuple[str, str, str, str]
"""Policy, path, key, text."""


_FIELDS = ("policy", "path", "key", "text")


class BaselineError(Exception):
    """A baseline file that cannot be used."""


def identity(finding: Reported) -> Identity:
    """What makes two findings the same one."""
    return (finding.policy.id, finding.span.path, finding.about, finding.value)


class Baseline:
    """Known findings: how many of each identity."""

    __slots__ = ("entries", "file")

    def __init__(self, entries: Iterable[Identity], file: str = "") -> None:
        self.entries = Counter(entries)
        self.file = file
        """The file it is from, empty where it is from none."""

    @classmethod
    def of(
        cls, findings: Iterable[Reported], *, renames: Mapping[str, str] | None = None
    ) -> Baseline:
        """The baseline that knows `findings`; `renames` gives the new path of a file by its old."""
        moved = renames or {}
        identities = (identity(finding) for finding in findings)
        return cls(((p, moved.get(path, path), k, v) for p, path, k, v in identities))

    def part(self, findings: Sequence[Reported]) -> tuple[list[Reported], list[Reported]]:
        """The new findings and the known ones, in order.

        Of several with one identity the first ones are known.
        """
        left = Counter(self.entries)
        new: list[Reported] = []
        known: list[Reported] = []
        for finding in findings:
            same = identity(finding)
            if left[same] > 0:
                left[same] -= 1
                known.append(finding)
            else:
                new.append(finding)
        return new, known

    def stale(
        self, findings: Iterable[Reported], counts: Callable[[Identity], bool]
    ) -> list[Identity]:
        """The entries that no finding matches, each as often as it is left; sorted.

        `counts` tells whether a run could have found an entry at all.
        """
        left = self.entries - Counter(identity(finding) for finding in findings)
        return sorted(entry for entry in left.elements() if counts(entry))

    def without(self, entries: Iterable[Identity]) -> Baseline:
        """The same without some entries."""
        return Baseline((self.entries - Counter(entries)).elements(), self.file)

    def dumps(self) -> str:
        """The text of the file: an entry a line, sorted, so that merges and reviews are easy."""
        lines = [
            json.dumps(dict(zip(_FIELDS, entry, strict=True)))
            for entry in sorted(self.entries.elements())
        ]
        body = ",\n".join(f"    {line}" for line in lines)
        listing = f"[\n{body}\n  ]" if lines else "[]"
        return f'{{\n  "version": {VERSION},\n  "findings": {listing}\n}}\n'


def loads(text: str, source: str) -> Baseline:
    """The baseline of a file's text.  Raises BaselineError."""
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
