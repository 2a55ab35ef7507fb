"""The words of a `command` or `entrypoint`: docker compose splits them itself, not a shell."""

from __future__ import annotations

from plumblint.formats.compose.text import Text
from plumblint.formats.compose.tree import Items, Value

_STOPS = frozenset(";&|<>")
_MANY_PARTS = 500
_MANY_CHARACTERS = 20_000
MOST_WORDS = 10_000
"""Words of a list that are read; the longest commands in use have some hundreds."""
_BLANKS = frozenset(" \t\r\n")


def words_of(value: Value | None) -> list[Text]:
    """The words of a list, or of a string split by its quotes."""
    if isinstance(value, Items):
        return [item for item in value.items[:MOST_WORDS] if isinstance(item, Text)]
    if isinstance(value, Text) and not value.null:
        return _split(value)[0]
    return []


def open_quote(value: Value | None) -> bool:
    """Whether a string ends within quotes, which docker compose refuses."""
    return isinstance(value, Text) and not value.null and _split(value)[1]


def too_long(value: Value | None) -> bool:
    """Whether it is longer than any command is: a string is left as one word, a list is cut."""
    if isinstance(value, Items):
        return len(value.items) > MOST_WORDS
    return isinstance(value, Text) and (
        len(value.parts) > _MANY_PARTS or len(value.flat) > _MANY_CHARACTERS
    )


def _split(text: Text) -> tuple[list[Text], bool]:
    """The words, and whether a quote stays open.

    As go-shellwords: quotes and backslashes as in a shell, nothing is expanded, and
    the first operator outside of quotes ends it.
    """
    flat = text.flat
    if too_long(text):
        return [text], False
    words: list[Text] = []
    runs: list[tuple[int, int]] | None = None
    quote = ""
    at = 0
    while at < len(flat):
        char = flat[at]
        if char == "\\" and quote != "'" and at + 1 < len(flat):
            runs = _add(runs or [], at + 1)
            at += 2
            continue
        if char in {"'", '"'} and quote in {"", char}:
            quote = "" if quote else char
            runs = [] if runs is None else runs
        elif not quote and char in _BLANKS:
            if runs is not None:
                words.append(_word(text, runs))
                runs = None
        elif not quote and char in _STOPS:
            break
        else:
            runs = _add(runs or [], at)
        at += 1
    if runs is not None:
        words.append(_word(text, runs))
    return words, bool(quote)


def _add(runs: list[tuple[int, int]], at: int) -> list[tuple[int, int]]:
    if runs and runs[-1][1] == at:
        runs[-1] = (runs[-1][0], at + 1)
    else:
        runs.append((at, at + 1))
    return runs


def _word(text: Text, runs: list[tuple[int, int]]) -> Text:
    cuts = [text.cut(start, end) for start, end in runs]
    if len(cuts) == 1:
        return cuts[0]
    parts = tuple(part for cut in cuts for part in cut.parts)
    written = "".join(cut.written for cut in cuts)
    span = text.cut(runs[0][0], runs[-1][1]).span if runs else text.span
    return Text(parts, span, written, via=text.via, folder=text.folder)
