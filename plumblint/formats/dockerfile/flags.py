"""Flags: the `--name=value` words between keyword and arguments."""

from __future__ import annotations

import re

from plumblint.formats.dockerfile.blanks import SPACE
from plumblint.formats.dockerfile.tree import Flag
from plumblint.syntax.pattern import lazy_pattern
from plumblint.syntax.segments import Segments

_BLANKS = lazy_pattern(f"[{SPACE}]*")
_WORD_RUN = {escape: lazy_pattern(f"[^{SPACE}'\"{re.escape(escape)}]+") for escape in "\\`"}
_QUOTED_RUN = {
    (escape, quote): lazy_pattern(f"[^{quote}{re.escape(escape)}]+")
    for escape in "\\`"
    for quote in "'\""
}


def read_flags(text: str, begin: int, escape: str, places: Segments) -> tuple[list[Flag], int]:
    """The flags of `text` from `begin` on, and where the arguments behind them begin.

    Quotes are removed, and the escape character counts within single quotes too.  A
    lone `--` ends the flags.
    """
    flags: list[Flag] = []
    at = begin
    while True:
        blanks = _BLANKS.match(text, at)
        at = blanks.end() if blanks else at
        if not text.startswith("--", at):
            return flags, at
        word, end, equals = _word(text, at, escape)
        if word == "--":
            return flags, end
        name, _, value = word.partition("=")
        start, finish = places.span(at, end)
        value_start = places.source(equals + 1) if equals >= 0 else finish
        flags.append(
            Flag(name[2:], value if equals >= 0 else None, start, finish, min(value_start, finish))
        )
        at = end


def _word(text: str, at: int, escape: str) -> tuple[str, int, int]:
    """The word at `at` without its quotes, its end, and the offset of its first `=` or -1."""
    parts: list[str] = []
    equals = -1
    quote = ""
    while at < len(text):
        pattern = _QUOTED_RUN[escape, quote] if quote else _WORD_RUN[escape]
        run = pattern.match(text, at)
        if run is not None:
            if equals < 0 and "=" in run.group():
                equals = text.index("=", at)
            parts.append(run.group())
            at = run.end()
            continue
        char = text[at]
        at += 1
        if quote and char == quote:
            quote = ""
        elif not quote and char in "'\"":
            quote = char
        elif char == escape:
            if at < len(text):
                if equals < 0 and text[at] == "=":
                    equals = at
                parts.append(text[at])
                at += 1
        else:
            return "".join(parts), at - 1, equals
    return "".join(parts), at, equals
