"""`.env` and env files: variables with the places of their values, as docker compose reads them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from plumblint.formats.compose.text import Part, Text
from plumblint.source import Source, Span
from plumblint.syntax.segments import Segments

_LINE = re.compile(r"[ \t]*(?:export[ \t]+)?([\w.\-\[\]]+)[ \t]*(?:([=:])[ \t]*|(?=\r?\n|\Z))")
_REFERENCE = re.compile(r"\$(?:[A-Za-z_]|\{|\$)")
_DEEPEST = 20


class EnvFile:
    """An env file: `values` by name, the later of two of one name."""

    __slots__ = ("keys", "source", "values")

    def __init__(self, source: Source) -> None:
        self.source = source
        self.keys: dict[str, Span] = {}
        """Where each name stands; those without a value too."""
        self.values: dict[str, Part] = {}
        self._read()

    def _read(self) -> None:
        text = self.source.text
        at = 0
        while at < len(text):
            line_end = text.find("\n", at)
            line_end = len(text) if line_end < 0 else line_end
            match = _LINE.match(text, at)
            if match is None or text[at:line_end].lstrip().startswith("#"):
                at = line_end + 1
                continue
            name = match[1]
            self.keys[name] = self.source.span(match.start(1), match.end(1))
            if match[2] is None:
                at = line_end + 1
                continue
            at = self._value(name, match.end(), line_end)

    def _value(self, name: str, start: int, line_end: int) -> int:
        """Read a value that starts at `start`; gives where the next line starts."""
        text = self.source.text
        quote = text[start : start + 1]
        if quote not in {"'", '"'} or start >= line_end:
            raw = text[start:line_end] if start < line_end else ""
            raw = raw.partition(" #")[0].rstrip() if not raw.startswith("#") else raw.rstrip()
            self._set(name, raw, start, start + len(raw), raw)
            return line_end + 1
        end = start + 1
        while end < len(text) and text[end] != quote:
            end += 2 if text[end] == "\\" else 1
        if end >= len(text):
            return line_end + 1  # never closed: docker compose refuses the file
        inner = text[start + 1 : end]
        value = inner
        if "\\" in inner:
            value = inner.replace("\\" + quote, quote)
            if quote == '"':
                value = value.replace("\\n", "\n").replace("\\t", "\t").replace("\\\\", "\\")
        self._set(name, value, start + 1, end, inner, expand=quote == '"')
        after = text.find("\n", end)
        return len(text) if after < 0 else after + 1

    def _set(
        self, name: str, value: str, start: int, end: int, raw: str, *, expand: bool = True
    ) -> None:
        known: str | None = value
        if expand and _REFERENCE.search(value):
            known = self._expand(value)
        segments = Segments.shifted(start)
        self.values[name] = Part(
            known, self.source, segments, 0, end - start, verbatim=known == raw
        )

    def _expand(self, value: str) -> str | None:
        """The value with the variables above replaced; None where one is not among them."""
        from plumblint.formats.compose.interpolation import Template

        template = Template(self.source, value, Segments.shifted(0), self)
        parts = template.parts()
        if template.faults or any(part.value is None for part in parts):
            return None
        return "".join(part.value or "" for part in parts)

    def parts(self, name: str, use: Span) -> tuple[Part, ...] | None:
        """The value of a variable; None where the file does not set it."""
        part = self.values.get(name)
        if part is None:
            return None
        return (
            Part(part.value, part.source, part.segments, part.at, part.length,
                 verbatim=part.verbatim, use=use),
        )  # fmt: skip

    def text(self, name: str) -> Text | None:
        """The value as a text of this file."""
        part = self.values.get(name)
        return None if part is None else Text((part,), part.span, part.value or "")


class Environment:
    """What `${X}` can mean: the env files, a later one winning."""

    __slots__ = ("_files",)

    def __init__(self, files: tuple[EnvFile, ...] = ()) -> None:
        self._files = files

    def under(self, files: Sequence[EnvFile | None]) -> Environment:
        """The environment over further files; what it sets itself wins."""
        return Environment((*(file for file in files if file is not None), *self._files))

    def parts(self, name: str, use: Span) -> tuple[Part, ...] | None:
        """The value of a variable used at a place; None where nothing here sets it."""
        for file in reversed(self._files):
            value = file.parts(name, use)
            if value is not None:
                return value
        return None
