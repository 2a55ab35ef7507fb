"""Arguments: what each instruction makes of the text behind its flags."""

from __future__ import annotations

import re

from plumblint.formats.dockerfile.blanks import SEPARATORS, SPACE
from plumblint.formats.dockerfile.json_form import NotStringsError, json_items
from plumblint.formats.dockerfile.tree import Instruction, Pair, Word
from plumblint.source import Fault
from plumblint.syntax.pattern import lazy_pattern

_SEPARATED = lazy_pattern(f"[^{SEPARATORS}]+")
_ASCII_SPACE = "\t\n\v\f\r "
_FIRST_WORD = lazy_pattern(f"[^{_ASCII_SPACE}]+")
_KEYWORD_AND_REST = lazy_pattern(f"([^{SEPARATORS}]+)[{SEPARATORS}]+")
_SHELL_RUNS = {
    escape: lazy_pattern(
        rf"""[{SPACE}]+|[^{SPACE}'"{re.escape(escape)}]+"""
        rf"""|(?P<single>'[^']*(?:'|\Z))"""
        rf"""|(?P<double>"(?:[^"{re.escape(escape)}]|{re.escape(escape)}[\s\S])*+"""
        rf"""(?:"|{re.escape(escape)}?\Z))"""
        rf"""|{re.escape(escape)}[\s\S]?"""
    )
    for escape in "\\`"
}


def read_arguments(instruction: Instruction, escape: str) -> Fault | None:
    """Fill in the instruction's words, JSON form and pairs from its value."""
    value = instruction.value
    if not value:
        return None
    try:
        return _READERS.get(instruction.keyword, _ignore)(instruction, escape)
    except NotStringsError:
        return Fault(
            instruction.value_start,
            instruction.value_end,
            "a JSON array of arguments must hold strings only",
        )


def word_at(instruction: Instruction, text: str, at: int, end: int) -> Word:
    """A word that stands in the instruction's value from `at` to `end`."""
    segments = instruction.segments
    start, finish = segments.span(at, end)
    verbatim = len(text) == end - at and finish - start == end - at
    return Word(text, at, start, finish, verbatim=verbatim and segments.contiguous(at, end))


def _ignore(instruction: Instruction, escape: str) -> Fault | None:
    return None


def _string(instruction: Instruction, escape: str) -> Fault | None:
    value = instruction.value
    instruction.words = [word_at(instruction, value, 0, len(value))]
    return None


def _separated(instruction: Instruction, escape: str) -> Fault | None:
    instruction.words = [
        word_at(instruction, word.group(), word.start(), word.end())
        for word in _SEPARATED.finditer(instruction.value)
    ]
    return None


def _json(instruction: Instruction, at: int) -> bool:
    items = json_items(instruction.value, at)
    if items is None:
        return False
    instruction.json = True
    instruction.words += [word_at(instruction, *item) for item in items]
    return True


def _json_or_string(instruction: Instruction, escape: str) -> Fault | None:
    return None if _json(instruction, 0) else _string(instruction, escape)


def _json_or_words(instruction: Instruction, escape: str) -> Fault | None:
    return None if _json(instruction, 0) else _separated(instruction, escape)


def _health(instruction: Instruction, escape: str) -> Fault | None:
    value = instruction.value
    first = _FIRST_WORD.match(value)
    if first is None:
        return None
    instruction.words = [word_at(instruction, first.group(), 0, first.end())]
    at = first.end()
    while at < len(value) and value[at] in _ASCII_SPACE:
        at += 1
    if at < len(value) and not _json(instruction, at):
        instruction.words.append(word_at(instruction, value[at:], at, len(value)))
    return None


def _shell_words(instruction: Instruction, escape: str) -> list[Word]:
    """Words that quotes and escapes hold together, both kept.

    An escape character at the very end, with nothing to escape, is dropped.
    """
    words: list[Word] = []
    value = instruction.value
    begin = end = -1
    for run in _SHELL_RUNS[escape].finditer(value):
        if value[run.start()] in SPACE:
            if begin >= 0:
                words.append(word_at(instruction, value[begin:end], begin, end))
            begin = -1
            continue
        begin = run.start() if begin < 0 else begin
        end = run.end() - _escapes_nothing(run, escape)
    if begin >= 0:
        words.append(word_at(instruction, value[begin:end], begin, end))
    return words


def _escapes_nothing(run: re.Match[str], escape: str) -> bool:
    text = run.group()
    if run.end() < len(run.string) or not text.endswith(escape) or run.lastgroup == "single":
        return False
    return (len(text) - len(text.rstrip(escape))) % 2 == 1


def _assignments(instruction: Instruction, escape: str) -> Fault | None:
    words = _shell_words(instruction, escape)
    if not words:
        return None
    if "=" not in words[0].text:
        return _old_form(instruction)
    for word in words:
        if "=" not in word.text:
            return Fault(
                word.start,
                word.end,
                f"`{_short(word.text)}` has no `=`; {instruction.keyword} takes name=value pairs",
            )
        instruction.words.append(word)
        instruction.pairs.append(_pair(instruction, word))
    return None


def _old_form(instruction: Instruction) -> Fault | None:
    value = instruction.value
    parts = _KEYWORD_AND_REST.match(value)
    if parts is None:
        return Fault(
            instruction.value_start,
            instruction.value_end,
            f"{instruction.keyword} needs a name and a value",
        )
    name = word_at(instruction, parts[1], 0, parts.end(1))
    rest = word_at(instruction, value[parts.end() :], parts.end(), len(value))
    instruction.words = [name, rest]
    instruction.pairs = [Pair(name, rest, spaced=True)]
    return None


def _arguments(instruction: Instruction, escape: str) -> Fault | None:
    instruction.words = _shell_words(instruction, escape)
    instruction.pairs = [_pair(instruction, word) for word in instruction.words]
    return None


def _pair(instruction: Instruction, word: Word) -> Pair:
    name, equals, value = word.text.partition("=")
    at = word.at
    name_word = word_at(instruction, name, at, at + len(name))
    if not equals:
        return Pair(name_word, None)
    begin = at + len(name) + 1
    return Pair(name_word, word_at(instruction, value, begin, begin + len(value)))


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


_READERS = {
    "ADD": _json_or_words,
    "ARG": _arguments,
    "CMD": _json_or_string,
    "COPY": _json_or_words,
    "ENTRYPOINT": _json_or_string,
    "ENV": _assignments,
    "EXPOSE": _separated,
    "FROM": _separated,
    "HEALTHCHECK": _health,
    "LABEL": _assignments,
    "MAINTAINER": _string,
    "RUN": _json_or_string,
    "SHELL": _json_or_string,
    "STOPSIGNAL": _string,
    "USER": _string,
    "VOLUME": _json_or_words,
    "WORKDIR": _string,
}
KEYWORDS = frozenset(_READERS) | {"ONBUILD"}
"""Every instruction there is."""
