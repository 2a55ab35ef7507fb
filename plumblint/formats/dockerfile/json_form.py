"""The JSON (exec) form of arguments."""

from __future__ import annotations

import json

from plumblint.formats.dockerfile.blanks import SPACE
from plumblint.syntax.pattern import lazy_pattern

_BLANK = r"[ \t\r\n]*+"
_STRING = r'"((?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+)"'
_OPEN = lazy_pattern(rf"\[{_BLANK}")
_ITEM = lazy_pattern(rf"{_STRING}{_BLANK}(?:(,){_BLANK}|(\]){_BLANK}\Z)")
_EMPTY = lazy_pattern(rf"\]{_BLANK}\Z")
_LONE_SURROGATE = lazy_pattern("[\ud800-\udfff]")


class NotStringsError(Exception):
    """The text is a JSON array, but not of strings: BuildKit refuses the instruction."""


def json_items(text: str, at: int) -> list[tuple[str, int, int]] | None:
    """The strings of the JSON array that is all of `text` from `at` on, else None.

    Each with start and end in `text`, without the quotes.  Raises NotStringsError.
    """
    while at < len(text) and text[at] in SPACE:
        at += 1
    opening = _OPEN.match(text, at)
    if opening is None:
        return None
    begin, at = at, opening.end()
    items: list[tuple[str, int, int]] = []
    if _EMPTY.match(text, at):
        return items
    while True:
        item = _ITEM.match(text, at)
        if item is None:
            break
        items.append((_decoded(item[1]), item.start(1), item.end(1)))
        if item[3]:
            return items
        at = item.end()
    if _is_array(text[begin:]):
        raise NotStringsError
    return None


def _decoded(text: str) -> str:
    if "\\" not in text:
        return text
    return _LONE_SURROGATE.sub("\ufffd", json.loads(f'"{text}"'))


def _is_array(text: str) -> bool:
    try:
        # numbers as text: huge ones are no error, and NaN and Infinity are no JSON
        json.loads(text, parse_int=str, parse_float=str, parse_constant=_refused)
    except (ValueError, RecursionError):
        return False
    return True


def _refused(name: str) -> str:
    raise ValueError(name)
