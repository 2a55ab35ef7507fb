r"""Segments: where the characters of a value stand in the source file.

A value is rarely one run of its source: a YAML block scalar loses its
indentation, a Dockerfile instruction its continuations and comment lines, a
quoted scalar its escapes.  Who builds such a value notes where each run begins
in the value and in the source; a reader of the value then gives places in the
file.

    script: |            the value is "make\ncurl x\n", `make` stands at 14 in the
        make             source and `curl` at 23 (19 is the line's start):
        curl x           Segments([(0, 14), (5, 23)])
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence


class Segments:
    r"""A map from offsets in a value to offsets in the source, both code points.

    `pairs` are (value offset, source offset) of the first character of each run,
    ascending in the value offset; within a run both advance together.  An offset
    before the first pair is counted back from it, one behind the last run on from
    it.  Of pairs with the same value offset the last one counts.  No pairs: the
    value is the source.

    `lengths` gives, for the value offset of a character that is written with
    several (`\n` in double quotes: 2), its length in the source; the next
    character then begins a new run.
    """

    __slots__ = ("_lengths", "_sources", "_values")

    def __init__(
        self, pairs: Sequence[tuple[int, int]] = (), lengths: Mapping[int, int] | None = None
    ) -> None:
        self._values = [value for value, _ in pairs] or [0]
        self._sources = [source for _, source in pairs] or [0]
        self._lengths = lengths or {}

    @classmethod
    def shifted(cls, offset: int) -> Segments:
        """The value stands in the source as it is, from `offset` on."""
        return cls(((0, offset),))

    def __repr__(self) -> str:
        pairs = list(zip(self._values, self._sources, strict=True))
        return f"Segments({pairs!r})" if not self._lengths else f"Segments({pairs!r}, …)"

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """The (value offset, source offset) of each run."""
        return list(zip(self._values, self._sources, strict=True))

    def source(self, value_offset: int) -> int:
        """The source offset of the character at `value_offset`; O(log runs)."""
        run = max(bisect_right(self._values, value_offset) - 1, 0)
        return max(self._sources[run] + value_offset - self._values[run], 0)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source span from the value's `start` to its `end` (exclusive).

        It ends behind its last character, so it does not swallow the indentation or
        the continuation that follows in the source; an empty span stays empty.
        """
        first = self.source(start)
        if end <= start:
            return first, first
        last = self.source(end - 1)
        return first, max(last + self._lengths.get(end - 1, 1), first)

    def contiguous(self, start: int, end: int) -> bool:
        """Whether the source text of the span is the value's text, character for character."""
        first, last = self.span(start, end)
        if last - first != end - start:
            return False
        low = bisect_right(self._values, start)
        for run in range(low, len(self._values)):
            if self._values[run] >= end:
                break
            if self._sources[run] - first != self._values[run] - start:
                return False
        return not any(start <= at < end and n != 1 for at, n in self._lengths.items())
