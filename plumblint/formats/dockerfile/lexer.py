r"""BuildKit's word lexer: quotes, escapes, `$name`, `${name…}`, here-document marks.

The one reader of both uses: finding the words of a line, and expanding the
variables of a value.  Its output is a flat list of tokens, each with its place
in the text, so that a caller can tell where each character came from.
The rules are those of moby/buildkit frontend/dockerfile/shell, checked by running it.
"""

from __future__ import annotations

import re
from typing import Protocol

from plumblint.formats.dockerfile.blanks import SPACE, is_space
from plumblint.syntax.pattern import lazy_pattern

MAX_DEPTH = 64
"""Nested `${a:-${b:-…}}` beyond this is an error."""

_PLAIN = {
    (escape, stop): lazy_pattern(r"[^$<'\"" + re.escape(escape + stop) + "]+")
    for escape in "\\`"
    for stop in ("", "}", "/")
}
_QUOTED = {escape: lazy_pattern(r'[^$"' + re.escape(escape) + "]+") for escape in "\\`"}
_HEREDOC = lazy_pattern(r"<<?")
_BLANKS = lazy_pattern(r"[\t\r ]*")


class LexError(Exception):
    """What BuildKit refuses; stays within this package."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.message = message
        self.at = at


class Token:
    """A run of output: `text`, read from `start` to `end` of the lexed text.

    `raw` characters never split a word.  `origin` is what the variable lookup gave,
    None for text that stands here; `reset` marks the place where BuildKit's splitter
    forgets the word so far (a quirk of `${name:-word}` in the middle of a word).
    """

    __slots__ = ("end", "origin", "raw", "reset", "start", "text")

    def __init__(
        self,
        text: str,
        start: int,
        end: int,
        *,
        raw: bool = False,
        origin: object | None = None,
        reset: bool = False,
    ) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.raw = raw
        self.origin = origin
        self.reset = reset


class Expander(Protocol):
    """Gives the tokens that a variable expands to."""

    def __call__(
        self, name: str, operator: str, words: tuple[list[Token], ...], start: int, end: int, /
    ) -> list[Token]:
        """The tokens for `${name operator words…}`, which spans start to end; may raise LexError.

        `operator` is empty for a plain `$name`, else one of `-`, `:-`, `+`, `:+`, `?`, `:?`,
        `#`, `##`, `%`, `%%`, `/`, `//` (or another one with a colon, which is an error).
        """
        ...


def digits_or_name(text: str, at: int) -> int:
    """The end of a variable's name at `at`, `at` itself where there is none."""
    if at >= len(text):
        return at
    first = text[at]
    end = at
    if first.isdecimal():
        while end < len(text) and text[end].isdecimal():
            end += 1
        return end
    if first in "@*#?-$!0":
        return at + 1
    while end < len(text) and (text[end] == "_" or text[end].isalpha() or text[end].isdecimal()):
        end += 1
    return end


class Lexer:
    """Lexes one text; `tokens()` raises LexError where BuildKit reports an error."""

    def __init__(
        self,
        text: str,
        expander: Expander,
        escape: str = "\\",
        *,
        raw_quotes: bool = False,
        raw_escapes: bool = False,
    ) -> None:
        self._text = text
        self._expander = expander
        self._escape = escape
        self._raw_quotes = raw_quotes
        self._raw_escapes = raw_escapes
        self._quoted = _QUOTED[escape]
        self._at = 0
        self._depth = 0
        self._nested = False

    def tokens(self) -> list[Token]:
        """Everything."""
        return self._until("", raw_escapes=self._raw_escapes)

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _until(self, stop: str, *, raw_escapes: bool) -> list[Token]:
        outside, self._raw_escapes = self._raw_escapes, raw_escapes
        try:
            return self._read(stop)
        finally:
            self._raw_escapes = outside

    def _read(self, stop: str) -> list[Token]:
        out: list[Token] = []
        text = self._text
        plain_run = _PLAIN[self._escape, stop]
        while self._at < len(text):
            at = self._at
            plain = plain_run.match(text, at)
            if plain is not None:
                self._at = plain.end()
                out.append(Token(plain.group(), at, self._at))
                continue
            char = text[at]
            if char == stop:
                self._at += 1
                return out
            if char == "$":
                self._dollar(out)
            elif char == "<":
                self._heredoc_mark(out)
            elif char == "'":
                self._single(out)
            elif char == '"':
                self._double(out)
            elif char == self._escape:
                self._escaped(out)
            else:
                self._at += 1
                out.append(Token(char, at, at + 1))
        if stop:
            raise LexError(f"`{stop}` is missing", self._at)
        return out

    def _escaped(self, out: list[Token]) -> None:
        at = self._at
        self._at += 1
        if self._raw_escapes:
            out.append(Token(self._escape, at, at + 1, raw=True))
        following = self._peek()
        if following:
            self._at += 1
            begin = at + 1 if self._raw_escapes else at
            out.append(Token(following, begin, at + 2, raw=True))

    def _heredoc_mark(self, out: list[Token]) -> None:
        at = self._at
        mark = _HEREDOC.match(self._text, at)
        self._at = mark.end() if mark else at + 1
        if self._at - at == 2:
            blanks = _BLANKS.match(self._text, self._at)
            self._at = blanks.end() if blanks else self._at
        out.append(Token(self._text[at : self._at], at, self._at, raw=True))

    def _single(self, out: list[Token]) -> None:
        at = self._at
        end = self._text.find("'", at + 1)
        if end < 0:
            raise LexError("the closing `'` is missing", at)
        self._at = end + 1
        if self._raw_quotes:
            out.append(Token(self._text[at : end + 1], at, end + 1, raw=True))
        else:
            out.append(Token(self._text[at + 1 : end], at + 1, end, raw=True))

    def _double(self, out: list[Token]) -> None:
        begin = self._at
        text, escape = self._text, self._escape
        self._at += 1
        if self._raw_quotes:
            out.append(Token('"', begin, begin + 1, raw=True))
        while self._at < len(text):
            at = self._at
            plain = self._quoted.match(text, at)
            if plain is not None:
                self._at = plain.end()
                out.append(Token(plain.group(), at, self._at, raw=True))
            elif text[at] == '"':
                self._at += 1
                if self._raw_quotes:
                    out.append(Token('"', at, at + 1, raw=True))
                return
            elif text[at] == "$":
                first = len(out)
                self._dollar(out)
                for token in out[first:]:
                    token.raw = True
            else:
                self._at += 1
                if self._raw_escapes:
                    out.append(Token(escape, at, at + 1, raw=True))
                following = self._peek()
                if not following:
                    continue
                if following in ('"', "$", escape):
                    self._at += 1
                    out.append(Token(following, at, at + 2, raw=True))
                else:
                    out.append(Token(escape, at, at + 1, raw=True))
        raise LexError('the closing `"` is missing', begin)

    def _dollar(self, out: list[Token]) -> None:
        begin = self._at
        text = self._text
        self._at += 1
        if self._peek() != "{":
            end = digits_or_name(text, self._at)
            name, self._at = text[self._at : end], end
            if name:
                out.extend(self._expander(name, "", (), begin, end))
            else:
                out.append(Token("$", begin, begin + 1))
            return
        self._at += 1
        if self._peek() in ("", "{", "}", ":"):
            raise LexError("a substitution `${…}` without a name", begin)
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise LexError("substitutions are nested too deep", begin)
        end = digits_or_name(text, self._at)
        name, self._at = text[self._at : end], end
        operator, words = self._operation(begin)
        self._depth -= 1
        if operator:
            out.append(Token("", begin, begin, reset=True))
        out.extend(self._expander(name, operator, words, begin, self._at))

    def _operation(self, begin: int) -> tuple[str, tuple[list[Token], ...]]:
        char = self._peek()
        self._at += 1
        if char == "}":
            return "", ()
        operator = char
        if char == ":":
            operator += self._peek()
            self._at += 1
            if operator in (":#", ":%"):
                raise LexError(f"`{operator}` is no operator of a substitution", begin)
        elif char == "/":
            if self._peek() == "/":
                self._at += 1
                operator = "//"
            pattern = self._until("/", raw_escapes=True)
            return operator, (pattern, self._until("}", raw_escapes=True))
        elif char not in ("+", "-", "?", "#", "%"):
            raise LexError(f"`{char}` is no operator of a substitution", begin)
        raw = char in ("#", "%")
        word = self._until("}", raw_escapes=raw)
        if raw and word and word[0].text.startswith(char):
            operator += char
            first = word[0]
            word[0] = Token(first.text[1:], first.start + 1, first.end, raw=first.raw)
        return operator, (word,)


def unset(
    name: str, operator: str, words: tuple[list[Token], ...], start: int, end: int, /
) -> list[Token]:
    """An expander that leaves every variable as it is written, its words unquoted."""
    if not operator:
        # `${name}` and `$name` are told apart by their length
        text = "${" + name + "}" if end - start > len(name) + 1 else "$" + name
        return [Token(text, start, end)]
    inner = "/".join("".join(token.text for token in word) for word in words)
    return [Token("${" + name + operator + inner + "}", start, end)]


_RUN = lazy_pattern(f"[{SPACE}]|[^{SPACE}]+")


def split_words(tokens: list[Token]) -> list[list[Token]]:
    """The words of a token list: blanks outside raw tokens separate, empty words vanish."""
    words: list[list[Token]] = []
    word: list[Token] = []
    for token in tokens:
        if token.reset:
            word = []
        elif token.raw:
            if token.text:
                word.append(token)
        else:
            verbatim = token.end - token.start == len(token.text)
            for run in _RUN.finditer(token.text):
                if not is_space(token.text[run.start()]):
                    start = token.start + run.start() if verbatim else token.start
                    end = token.start + run.end() if verbatim else token.end
                    word.append(Token(run.group(), start, end, origin=token.origin))
                elif word:
                    words.append(word)
                    word = []
    if word:
        words.append(word)
    return words
