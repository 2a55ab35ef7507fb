"""Interpolation: `$X`, `${X}`, `${X:-default}` and their like, as docker compose reads them.

A variable that neither `.env` nor a default decides is a hole: the shell that
starts compose may hold anything.
"""

from __future__ import annotations

import re
from typing import Protocol

from plumblint.formats.compose.text import Part
from plumblint.source import Fault, Source, Span
from plumblint.syntax.segments import Segments

_DOLLAR = re.compile(r"\$(?:(\$)|([A-Za-z_][A-Za-z0-9_]*)|\{)")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_OPERATOR = re.compile(r":?[-+?]")
_DEEPEST = 20
_MOST_PARTS = 2000


class Lookup(Protocol):
    """Where variables are looked up."""

    def parts(self, name: str, use: Span) -> tuple[Part, ...] | None:
        """The value of a variable used at a place; None where nothing here sets it."""


class Template:
    """One scalar being interpolated."""

    __slots__ = ("_lookup", "_segments", "_source", "faults", "text")

    def __init__(self, source: Source, text: str, segments: Segments, lookup: Lookup) -> None:
        self._source = source
        self.text = text
        self._segments = segments
        self._lookup = lookup
        self.faults: list[Fault] = []

    def parts(self) -> tuple[Part, ...]:
        """The parts of the whole text; what compose refuses is in `faults`.

        Of more parts than any text has, nothing is said.
        """
        parts = self._between(0, len(self.text), 0)
        return tuple(parts) if len(parts) <= _MOST_PARTS else (self._hole(0, len(self.text)),)

    def _between(self, at: int, end: int, depth: int) -> list[Part]:
        found: list[Part] = []
        while at < end:
            match = _DOLLAR.search(self.text, at, end)
            if match is None:
                found.append(self._own(at, end))
                break
            if match.start() > at:
                found.append(self._own(at, match.start()))
            if match[1]:
                part = self._own(match.start(), match.end())
                part.value, part.verbatim = "$", False
                found.append(part)
                at = match.end()
            elif match[2]:
                found += self._variable(match[2], match.start(), match.end())
                at = match.end()
            else:
                at = self._braced(match.start(), end, depth, found)
        return found

    def _own(self, start: int, end: int) -> Part:
        return Part(self.text[start:end], self._source, self._segments, start, end - start)

    def _hole(self, start: int, end: int) -> Part:
        return Part(None, self._source, self._segments, start, end - start, verbatim=False)

    def _place(self, start: int, end: int) -> Span:
        return self._source.span(*self._segments.span(start, end))

    def _variable(self, name: str, start: int, end: int) -> list[Part]:
        value = self._lookup.parts(name, self._place(start, end))
        return [self._hole(start, end)] if value is None else list(value)

    def _braced(self, start: int, limit: int, depth: int, found: list[Part]) -> int:
        """Read `${…}` from `start` on; gives where it ends."""
        text = self.text
        name = _NAME.match(text, start + 2, limit)
        if name is not None and text[name.end() : name.end() + 1] == "}":
            found += self._variable(name[0], start, name.end() + 1)
            return name.end() + 1
        operator = _OPERATOR.match(text, name.end(), limit) if name is not None else None
        close = self._close(start, limit) if operator is not None else -1
        if name is None or operator is None or close < 0:
            message = "docker compose refuses this `${`: it expects `${NAME}` or `${NAME:-default}`"
            if text.startswith("${{", start):
                message += "; a `$` of its own is written `$$`"
            end = min(start + 2, limit)
            self.faults.append(Fault(start, end, message))
            found.append(self._hole(start, end))
            return end
        value = self._lookup.parts(name[0], self._place(start, close + 1))
        found += self._with_operator(value, operator[0], (operator.end(), close), start, depth)
        return close + 1

    def _with_operator(
        self,
        value: tuple[Part, ...] | None,
        operator: str,
        word: tuple[int, int],
        start: int,
        depth: int,
    ) -> list[Part]:
        hole = [self._hole(start, word[1] + 1)]
        if value is not None and any(part.value is None for part in value):
            return hole
        empty = value is not None and not any(part.value for part in value)
        counts = value is not None and not (empty and operator[0] == ":")
        if operator[-1] == "-":
            if counts:
                return list(value or ())
            if depth >= _DEEPEST:
                return hole
            parts = self._between(word[0], word[1], depth + 1) or [self._own(word[0], word[1])]
            for part in parts:
                part.default = True
            return parts
        if operator[-1] == "+":
            if value is None or depth >= _DEEPEST:
                return hole
            return self._between(word[0], word[1], depth + 1) if counts else list(value)
        return list(value or ()) if counts else hole

    def _close(self, start: int, limit: int) -> int:
        """The brace that closes the one at `start`, -1 for none on its line."""
        text = self.text
        line_end = text.find("\n", start, limit)
        limit = limit if line_end < 0 else line_end
        last = text.rfind("}", start, limit)
        open_braces = 0
        at = start
        while at <= last:
            if text[at] == "}":
                open_braces -= 1
                if open_braces == 0:
                    return at
            elif text[at] == "{":
                open_braces += 1
                at += 1  # as compose-go does: what follows a brace is never looked at
            at += 1
        return last
