"""The place in the text, white space and comments, and where a fault is raised.

Regular expressions here have possessive or disjoint parts only, so that each
is linear on any text.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from plumblint.source import Fault

MAX_DEPTH = 80
"""How deep expressions and blocks may nest: bounds Python's own recursion."""

MAX_ITEMS = 100_000
"""Attributes and blocks of a file; the largest files in use have a twentieth of it."""
BEYOND = "the rest of the file is not read"

_NEAR = 200
"""How far back from a fault the beginning of its line is looked for."""

Blank = Callable[[str, int], "re.Match[str] | None"]

_LINE_COMMENT = r"(?:\#|//)[^\n]*+"
_BLOCK_COMMENT = r"/\*(?s:.*?)\*/"

within_line = re.compile(rf"(?>[ \t]++|{_BLOCK_COMMENT}|\r(?=\n))*+").match
across_lines = re.compile(rf"(?>[ \t\n]++|\r(?=\n)|{_LINE_COMMENT}|{_BLOCK_COMMENT})*+").match
line_comment = re.compile(_LINE_COMMENT).match
identifier = re.compile(r"[^\W\d][\w-]*+").match

_resume = re.compile(
    rf"""(?P<skip>"(?:[^"\\\n]|\\[^\n])*+"?+|{_LINE_COMMENT}|{_BLOCK_COMMENT})"""
    r"""|<<-?+(?P<marker>[^\W\d][\w-]*+)\r?\n"""
    r"""|(?P<open>[\[({])|(?P<close>[\])}])|(?P<line>\n)|/\*"""
).search
_header = re.compile(r"""[^\W\d][\w-]*+(?:[ \t]++"[^"\n]*+")*+[ \t]*+\{[ \t\r]*+$""", re.M).match


class Failure(Exception):  # noqa: N818 - never leaves this package: a parser's answer is a tree
    """Unwinds to the body whose item could not be read."""


class Scanner:
    """A position in `text`, and what all levels of the parser share.

    `blank` skips white space: within a line, or across lines inside brackets,
    where line ends mean nothing.  `brackets` counts the brackets open in the
    present item, `nest` the blocks, for the recovery behind a fault.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.size = len(text)
        self.pos = 0
        self.depth = 0
        self.brackets = 0
        self.nest = 0
        self.blank: Blank = within_line
        self.items_left = MAX_ITEMS
        self.faults: list[Fault] = []

    def room(self) -> bool:
        """Count an attribute or block; beyond the limit reading ends, and the answer is False."""
        if self.items_left <= 0:
            message = f"more than {MAX_ITEMS:,} attributes and blocks: {BEYOND}"
            self.fault(message, self.pos, min(self.pos + 1, self.size))
            self.items_left = -1
            self.pos = self.size
            return False
        self.items_left -= 1
        return True

    def skip(self) -> str:
        """Skip white space and comments; the next character, or "" at the end."""
        text, pos = self.text, self.pos
        char = text[pos : pos + 1]
        if char == " ":  # one blank is by far the commonest white space
            self.pos = pos = pos + 1
            char = text[pos : pos + 1]
        if char == "\n" and self.blank is within_line:
            return char
        if char in " \t\n\r/#":
            match = self.blank(text, pos)
            assert match is not None
            self.pos = pos = match.end()
            if text.startswith("/*", pos):
                self.pos = self.size
                raise self.failure("this comment is never closed", pos, pos + 2)
            return text[pos : pos + 1]
        return char

    def failure(self, message: str, start: int = -1, end: int = -1) -> Failure:
        """Record a fault, by default at the next character, and give what to raise."""
        if start < 0:
            start = self.pos
        self.fault(message, start, end if end >= 0 else min(start + 1, self.size))
        return Failure(message)

    def fault(self, message: str, start: int, end: int) -> None:
        """Record a fault and go on."""
        if self.items_left >= 0:  # what a limit leaves open is no fault of the file
            self.faults.append(Fault(start, end, message))

    def deeper(self) -> None:
        """One level down; fails where a file nests deeper than `MAX_DEPTH`."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.failure(f"nested deeper than {MAX_DEPTH} levels")

    def resume(self, start: int) -> None:
        """Skip to the end of the line on which the failed item, begun at `start`, ends.

        Brackets are balanced on the way, but a line at column 1 that is a
        block's header or a closing brace ends the item in any case: then the
        fault was an unclosed bracket.
        """
        text, pos, level = self.text, self.pos, self.brackets
        line = text.rfind("\n", max(start, pos - _NEAR), pos) + 1
        if line > start and _header(text, line):
            self.pos = line
            return
        while match := _resume(text, pos):
            pos = match.end()
            kind = match.lastgroup
            if kind == "open":
                level += 1
            elif kind == "close":
                if level == 0 and self.nest > 0 and match[0] == "}":
                    pos -= 1
                    break
                level = max(level - 1, 0)
            elif kind == "marker":
                pos = self._heredoc_end(pos, match["marker"])
            elif kind == "line":
                closes = self.nest > 0 and text.startswith("}", pos)
                if level == 0 or closes or _header(text, pos):
                    pos -= 1
                    break
            elif kind is None:
                pos = self.size
        else:
            pos = self.size
        self.pos = pos

    def _heredoc_end(self, pos: int, marker: str) -> int:
        """Behind the closing marker of a heredoc whose content is at `pos`, else the end."""
        while pos < self.size:
            end = self.text.find("\n", pos)
            if end < 0:
                end = self.size
            if self.text[pos:end].strip() == marker:
                return end
            pos = end + 1
        return self.size
