"""The nodes of a YAML tree.

`start` and `end` are code-point offsets into the parsed text and cover the node
as written without its anchor and tag, which begin at `outer_start` (`start`
where there are none).  A block collection ends with its last value, not at the
next token; a block scalar with its last line, the line end left out (kept blank
lines of `|+` belong to it).
"""

from __future__ import annotations

from typing import TypeAlias

from plumblint.syntax.segments import Segments
from plumblint.syntax.yaml.scalars import scalar_segments

Offsets: TypeAlias = tuple[int, int]
"""Start and end of a place."""
_NO_ALIASES: dict[int, Offsets] = {}


class Scalar:
    """A scalar: `value` is the text that it means, `style` how it is written.

    Styles: empty for plain, `'`, `"`, `|`, `>`.
    """

    __slots__ = (
        "_event_end", "_segments", "_text", "anchor", "end", "outer_start", "start", "style",
        "tag", "value",
    )  # fmt: skip

    def __init__(self, text: str, value: str, style: str, start: int, end: int) -> None:
        self._text = text
        self._event_end = end
        self._segments: Segments | None = None
        self.value = value
        self.style = style
        self.start = start
        self.outer_start = start
        self.end = end
        self.tag: str | None = None
        self.anchor: str | None = None

    def __repr__(self) -> str:
        return f"Scalar({self.value!r}, {self.start}, {self.end})"

    @property
    def plain(self) -> bool:
        """Whether the consumer is free to see a number, a null or a boolean in it."""
        return not self.style and self.tag is None

    @property
    def segments(self) -> Segments:
        """Where the characters of `value` stand in the text."""
        if self._segments is None:
            self._segments = scalar_segments(
                self._text, self.start, self._event_end, self.style, self.value
            )
        return self._segments


class Sequence:
    """A sequence; `aliased` gives the place of `*name` by index for the items that are aliases."""

    __slots__ = ("aliased", "anchor", "end", "flow", "items", "outer_start", "start", "tag")

    def __init__(self, start: int, flow: bool) -> None:
        self.items: list[Node] = []
        self.start = start
        self.outer_start = start
        self.end = start
        self.flow = flow
        self.tag: str | None = None
        self.anchor: str | None = None
        self.aliased = _NO_ALIASES

    def __repr__(self) -> str:
        return f"Sequence({len(self.items)} items, {self.start}, {self.end})"


class Mapping:
    """A mapping: its pairs in source order, repeated keys and merge keys included.

    `aliased` gives the place of `*name` by index for the pairs whose value is an alias.
    """

    __slots__ = ("aliased", "anchor", "end", "flow", "outer_start", "pairs", "start", "tag")

    def __init__(self, start: int, flow: bool) -> None:
        self.pairs: list[tuple[Node, Node]] = []
        self.start = start
        self.outer_start = start
        self.end = start
        self.flow = flow
        self.tag: str | None = None
        self.anchor: str | None = None
        self.aliased = _NO_ALIASES

    def __repr__(self) -> str:
        return f"Mapping({len(self.pairs)} pairs, {self.start}, {self.end})"


Node: TypeAlias = Mapping | Sequence | Scalar
