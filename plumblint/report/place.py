"""Places as reports give them: lines and columns of a span, and the text there."""

from __future__ import annotations

from collections.abc import Callable

from plumblint.source import Source, Span


class Place:
    """Where a span lies; lines and columns are 1-based code points, `end_column` exclusive.

    A span whose file cannot be had lies at line 1, column 1; one that reaches
    beyond the text is cut.  The line end that closes a span does not count
    as a further line.
    """

    __slots__ = ("column", "end", "end_column", "end_line", "line", "path", "source", "start")

    def __init__(self, span: Span, source: Source | None) -> None:
        self.path = span.path
        self.source = source
        self.line = self.column = self.end_line = self.end_column = 1
        self.start = self.end = 0
        if source is not None:
            size = len(source.text)
            self.start = min(max(span.start, 0), size)
            self.end = min(max(span.end, self.start), size)
            while self.end > self.start and source.text[self.end - 1] in "\r\n":
                self.end -= 1
            self.line, self.column = source.position(self.start)
            self.end_line, self.end_column = source.position(self.end)

    @property
    def text(self) -> str:
        """The text under the span."""
        return self.source.text[self.start : self.end] if self.source else ""

    def byte_columns(self) -> tuple[int, int]:
        """`column` and `end_column` counted in UTF-8 bytes."""
        return self._bytes_to(self.line, self.column), self._bytes_to(
            self.end_line, self.end_column
        )

    def _bytes_to(self, line: int, column: int) -> int:
        if self.source is None:
            return column
        begin = self.source.line_starts[line - 1]
        before = self.source.text[begin : begin + column - 1]
        return len(before.encode("utf-8", errors="surrogatepass")) + 1


def locate(span: Span, source: Callable[[str], Source | None]) -> Place:
    """The place of a span."""
    return Place(span, source(span.path))


def uri(path: str) -> str:
    """A path relative to the root as a percent-encoded URI reference."""
    from urllib.parse import quote  # costs more than the rest of a report's imports together

    encoded = quote(path.encode("utf-8", errors="surrogateescape"), safe="/-._~!$&'()*+,;=@")
    return encoded or "."
