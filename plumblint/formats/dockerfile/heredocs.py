"""Here-documents: which words of a line announce one, and where its body ends."""

from __future__ import annotations

import re

from plumblint.formats.dockerfile.lexer import Lexer, LexError, Token, split_words, unset
from plumblint.formats.dockerfile.tree import Heredoc

KEYWORDS = ("RUN", "COPY", "ADD")
"""The instructions that may have here-documents (and ONBUILD of them)."""

_MARK = re.compile(r"([0-9]*)<<(-?)[\t\n\f\r ]*([^<]*)\Z")


def announced(line: str) -> list[tuple[Heredoc, int, int]]:
    """The here-documents that a joined line announces, with the span of each mark in the line.

    A line that BuildKit's lexer cannot read (an open quote, `${x@Q}`) announces none.
    """
    try:
        words = split_words(Lexer(line, unset, raw_quotes=True, raw_escapes=True).tokens())
    except LexError:
        return []
    found = []
    for word in words:
        heredoc = of_word("".join(token.text for token in word))
        if heredoc is not None:
            found.append((heredoc, word[0].start, word[-1].end))
    return found


def of_word(word: str) -> Heredoc | None:
    """The here-document that a single word announces, if it does."""
    mark = _MARK.match(word)
    if mark is None or not mark[3]:
        return None
    plain = _words(mark[3], raw_quotes=False)
    raw = _words(mark[3], raw_quotes=True)
    if len(plain) != 1 or len(raw) != 1:
        return None
    name = "".join(token.text for token in plain[0])
    written = "".join(token.text for token in raw[0])
    quoted = _quotes(name) != _quotes(written)
    fd = int(mark[1][-9:]) if mark[1] else 0
    return Heredoc(name, fd, expand=not quoted, chomp=mark[2] == "-")


def _words(text: str, *, raw_quotes: bool) -> list[list[Token]]:
    try:
        return split_words(Lexer(text, unset, raw_quotes=raw_quotes).tokens())
    except LexError:
        return []


def _quotes(text: str) -> int:
    return text.count("'") + text.count('"')
