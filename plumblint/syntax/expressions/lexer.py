"""Tokens of a GitHub Actions expression.

The boundaries are those of the runner's own lexer: a word or number goes on
until one of `( ) [ ] , . ! > < = & |` or white space, and is judged as a whole.
"""

from __future__ import annotations

import re

from plumblint.source import Fault

_BLANK = re.compile(r"\s+")
_WORD_END = re.compile(r"[()\[\],.!><=&|\s]|\Z")
_NUMBER_END = re.compile(r"[()\[\],!><=&|\s]|\Z")
_STRING = re.compile(r"'[^']*(?:''[^']*)*'")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*\Z")
_PAIRS = frozenset(("==", "!=", "<=", ">=", "&&", "||"))
_SINGLE = frozenset("()[],*!<>")
_DECIMAL = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?\Z")
_HEX = re.compile(r"0x[0-9a-fA-F]+\Z")
_OCTAL = re.compile(r"0o[0-7]+\Z")
_WORDS: dict[str, str | float | bool | None] = {
    "null": None,
    "true": True,
    "false": False,
    "NaN": float("nan"),
    "Infinity": float("inf"),
}
_OPERANDS = frozenset(("literal", "name", ")", "]", "*"))
"""Kinds of token that a value may end with."""


class Token:
    """`kind` is `literal`, `name`, an operator or a punctuation mark; `value` is a literal's."""

    __slots__ = ("end", "kind", "start", "value")

    def __init__(
        self, kind: str, start: int, end: int, value: str | float | bool | None = None
    ) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.value = value


def number(text: str) -> float | None:
    """The number that `text` is, None if it is none (`0x1F`, `0o17`, `-1.5e3`, `Infinity`)."""
    if _DECIMAL.match(text):
        return float(text)
    if text.startswith(("0x", "0o")):
        base = 16 if text[1] == "x" else 8
        if not (_HEX if base == 16 else _OCTAL).match(text):
            return None
        return float(int(text[2:], base)) if len(text) < 200 else float("inf")
    if text in ("Infinity", "+Infinity"):
        return float("inf")
    return float("-inf") if text == "-Infinity" else None


def tokens(text: str) -> tuple[list[Token], Fault | None]:
    """The tokens up to the first character that fits none, and that fault."""
    found: list[Token] = []
    at = 0
    while True:
        blank = _BLANK.match(text, at)
        at = blank.end() if blank else at
        if at >= len(text):
            return found, None
        token = _token(text, at, found[-1].kind if found else "")
        if isinstance(token, Fault):
            return found, token
        found.append(token)
        at = token.end


def _token(text: str, at: int, before: str) -> Token | Fault:
    character = text[at]
    if text[at : at + 2] in _PAIRS:
        return Token(text[at : at + 2], at, at + 2)
    if character in _SINGLE:
        return Token(character, at, at + 1)
    if character == "'":
        return _string(text, at)
    if character == "." and before in _OPERANDS:
        return Token(".", at, at + 1)
    if character in ".+-" or character.isdigit():
        end = _end(_NUMBER_END, text, at)
        value = number(text[at:end])
        return _unexpected(text, at, end) if value is None else Token("literal", at, end, value)
    end = _end(_WORD_END, text, at)
    word = text[at:end]
    if word in _WORDS and before != ".":
        return Token("literal", at, end, _WORDS[word])
    if _NAME.match(word):
        return Token("name", at, end, word)
    return _unexpected(text, at, end)


def _string(text: str, at: int) -> Token | Fault:
    match = _STRING.match(text, at)
    if match is None:
        return Fault(at, len(text), "the string is not closed: a `'` is missing at its end")
    return Token("literal", at, match.end(), text[at + 1 : match.end() - 1].replace("''", "'"))


def _end(boundary: re.Pattern[str], text: str, at: int) -> int:
    match = boundary.search(text, at + 1)
    return match.start() if match else len(text)


def _unexpected(text: str, start: int, end: int) -> Fault:
    word = text[start:end]
    hint = ""
    if word.startswith('"'):
        hint = "; strings stand in single quotes"
    elif word[0] in "=&|":
        hint = f"; did you mean `{word[0] * 2}`?"
    return Fault(start, end, f"unexpected symbol `{word[:60]}`{hint}")
