"""Source: one file's decoded text.  Span: a place in it.

Offsets are code points into `Source.text`, end exclusive.  Lines and columns
are derived from them, 1-based, a column being a code point; only a line feed
ends a line, as in editors and git (libyaml also counts U+0085 and U+2028).
"""

from __future__ import annotations

from bisect import bisect_right


class Span:
    """`start` to `end` (exclusive) in the file at `path`."""

    __slots__ = ("end", "path", "start")

    def __init__(self, path: str, start: int, end: int) -> None:
        self.path = path
        self.start = start
        self.end = end

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Span) and self.sort_key() == other.sort_key()

    def __hash__(self) -> int:
        return hash(self.sort_key())

    def __repr__(self) -> str:
        return f"Span({self.path!r}, {self.start}, {self.end})"

    def sort_key(self) -> tuple[str, int, int]:
        """By path, then place: the order of a report."""
        return (self.path, self.start, self.end)

    def overlaps(self, other: Span) -> bool:
        """Whether both share a character (an empty span counts as one)."""
        return (
            self.path == other.path
            and self.start < max(other.end, other.start + 1)
            and other.start < max(self.end, self.start + 1)
        )


class Fault:
    """What a parser could not read: a value, never an exception."""

    __slots__ = ("end", "message", "start")

    def __init__(self, start: int, end: int, message: str) -> None:
        self.start = start
        self.end = end
        self.message = message

    def __repr__(self) -> str:
        return f"Fault({self.start}, {self.end}, {self.message!r})"


class Source:
    """A file of the repo: `path` relative to the root, with forward slashes."""

    __slots__ = (
        "_line_starts",
        "bad_bytes",
        "bom",
        "path",
        "shell_words",
        "text",
        "unread",
        "utf16",
    )

    def __init__(
        self,
        path: str,
        text: str,
        *,
        bom: bool = False,
        bad_bytes: int | None = None,
        utf16: bool = False,
    ) -> None:
        self.path = path
        self.text = text
        self.bom = bom
        """Whether a byte order mark stood before `text`."""
        self.bad_bytes = bad_bytes
        """The offset of the first byte that is no UTF-8 (it reads as U+FFFD), None for none."""
        self.utf16 = utf16
        """Whether the file is UTF-16, which only YAML's readers take."""
        self.shell_words = 0
        """Words of shell read from it so far: a file is read up to a limit of them."""
        self.unread: Fault | None = None
        """Where a limit ended the reading of its scripts."""
        self._line_starts: list[int] | None = None

    @property
    def line_starts(self) -> list[int]:
        """The offset of each line's first character."""
        if self._line_starts is None:
            starts = [0]
            find = self.text.find
            at = find("\n")
            while at >= 0:
                starts.append(at + 1)
                at = find("\n", at + 1)
            self._line_starts = starts
        return self._line_starts

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both 1-based."""
        starts = self.line_starts
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of line `number` (1-based) without its line end."""
        starts = self.line_starts
        end = starts[number] - 1 if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].removesuffix("\r")

    def span(self, start: int, end: int) -> Span:
        """The span of this file from `start` to `end`."""
        return Span(self.path, start, end)
