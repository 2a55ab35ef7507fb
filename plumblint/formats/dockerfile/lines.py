"""Logical lines: an instruction's lines joined, without continuations and comments."""

from __future__ import annotations

import re

from plumblint.formats.dockerfile.blanks import SPACE
from plumblint.formats.dockerfile.tree import Comment, Directive, Dockerfile
from plumblint.source import Fault

LINE_LIMIT = 65_535
"""Bytes of one line; BuildKit's scanner takes no longer one."""

_RETURNS = 8

_DIRECTIVE = re.compile(rf"#[{SPACE}]*([a-zA-Z][a-zA-Z0-9]*)[\t\n\f\r ]*=[\t\n\f\r ]*")
_DIRECTIVES = ("syntax", "escape", "check")


class LogicalLine:
    """The text of an instruction, with the source offset of each of its runs."""

    __slots__ = ("empty_continuation", "first_line", "last_line", "runs", "text")

    def __init__(self, first_line: int) -> None:
        self.text = ""
        self.runs: list[tuple[int, int]] = []
        """(offset in `text`, offset in the source) of each joined line."""
        self.first_line = first_line
        """1-based."""
        self.last_line = first_line
        self.empty_continuation: tuple[int, int] | None = None


class LineReader:
    """Reads a Dockerfile's text line by line; directives and comments go into the tree."""

    def __init__(self, text: str, tree: Dockerfile) -> None:
        self._text = text
        self._tree = tree
        self._at = 1 if text.startswith("\ufeff") else 0
        self._line = 0
        self._returns = 0
        self._directives_done = False

    def raw_line(self) -> tuple[int, int, int] | None:
        """The next line: its start, the end of its text, the start of the line behind it."""
        at = self._at
        text = self._text
        if at >= len(text):
            return None
        feed = text.find("\n", at)
        behind = len(text) if feed < 0 else feed + 1
        self._at = behind
        self._line += 1
        end = behind if feed < 0 else feed
        if end - at > LINE_LIMIT // 4 and len(text[at:end].encode(errors="replace")) > LINE_LIMIT:
            self._fault(at, at, f"the line is longer than {LINE_LIMIT} bytes: BuildKit stops here")
        while end > at and text[end - 1] == "\r":
            end -= 1
        return at, end, behind

    @property
    def place(self) -> tuple[int, int]:
        """Where the next line begins; for `go_back`."""
        return self._at, self._line

    def go_back(self, place: tuple[int, int]) -> None:
        """Read again from `place`; a few times only, so that the time stays linear."""
        if self._returns < _RETURNS:
            self._returns += 1
            self._at, self._line = place

    @property
    def line_number(self) -> int:
        """The 1-based number of the line read last."""
        return self._line

    def logical_line(self) -> LogicalLine | None:
        """The next instruction's line, None at the end of the file."""
        while True:
            got = self.raw_line()
            if got is None:
                return None
            start, end, _ = got
            content = self._text[start:end].lstrip(SPACE)
            start = end - len(content)
            self._directive(content, start)
            if content.startswith("#"):
                self._tree.comments.append(Comment(start, end))
                continue
            kept = self._continued(content)
            if kept is None and not content:
                continue
            line = LogicalLine(self._line)
            parts = [content if kept is None else kept]
            line.runs.append((0, start))
            if kept is not None:
                self._continue(line, parts)
            line.text = "".join(parts)
            line.last_line = self._line
            return line

    def _continue(self, line: LogicalLine, parts: list[str]) -> None:
        length = len(parts[0])
        while True:
            got = self.raw_line()
            if got is None:
                return
            start, end, _ = got
            content = self._text[start:end]
            bare = content.lstrip(SPACE)
            if bare.startswith("#"):
                self._tree.comments.append(Comment(end - len(bare), end))
                continue
            if not bare:
                line.empty_continuation = line.empty_continuation or (start, end)
                continue
            kept = self._continued(content)
            part = content if kept is None else kept
            if part:
                line.runs.append((length, start))
                parts.append(part)
                length += len(part)
            if kept is None:
                return

    def _continued(self, content: str) -> str | None:
        """The line without its continuation mark, None where it has none."""
        bare = content.rstrip(" \t")
        escape = self._tree.escape
        if not bare.endswith(escape) or bare.endswith(escape * 2):
            return None
        return bare[:-1]

    def _directive(self, content: str, start: int) -> None:
        if self._directives_done:
            return
        match = _DIRECTIVE.match(content)
        value = content[match.end() :].rstrip("\t\n\f\r ") if match else ""
        name = match[1].lower() if match else ""
        if match is not None and not value and content.endswith((" ", "\t")):
            value = " "  # BuildKit takes the last blank for the value
        if match is None or not value or name not in _DIRECTIVES:
            self._directives_done = True
            return
        at = start + match.end()
        if self._tree.directive(name) is not None:
            self._fault(at, at + len(value), f"the directive `{name}` stands here a second time")
            return
        self._tree.directives.append(Directive(name, value, at, at + len(value)))
        if name == "escape":
            if value in ("\\", "`"):
                self._tree.escape = value
            else:
                self._fault(
                    at, at + len(value), "the escape character must be a backslash or a backtick"
                )

    def _fault(self, start: int, end: int, message: str) -> None:
        self._tree.faults.append(Fault(start, end, message))
