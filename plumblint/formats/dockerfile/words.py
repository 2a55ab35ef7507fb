"""Expansion: a word with its variables replaced, as BuildKit does it.

All of BuildKit's forms: `$name`, `${name}` and the operators `-`, `:-`, `+`,
`:+`, `?`, `:?`, `#`, `##`, `%`, `%%`, `/`, `//`; the escape character is honoured.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from plumblint.formats.dockerfile import pattern
from plumblint.formats.dockerfile.lexer import Lexer, LexError, Token, split_words
from plumblint.formats.dockerfile.value import Piece, Value
from plumblint.source import Fault
from plumblint.syntax.segments import Segments

SIZE_LIMIT = 65_536
"""Characters of one expanded value; beyond it the value is undecided."""


class Scope(Protocol):
    """Gives the values of variables."""

    def lookup(self, name: str) -> Value | None:
        """The variable's value (undecided pieces and all), None where it is surely unset."""
        ...

    def spend(self, amount: int) -> bool:
        """Whether that much more may be expanded, of what the whole file may take."""
        ...


class Use:
    """A variable that a word uses: its name, its value (None if unset) and where it is used."""

    __slots__ = ("end", "guarded", "name", "start", "value")

    def __init__(self, name: str, value: Value | None, start: int, end: int, guarded: bool) -> None:
        self.name = name
        self.value = value
        self.start = start
        self.end = end
        self.guarded = guarded
        """Whether an operator says what happens where it is unset (`${name:-…}`)."""


class Expanded:
    """What a word becomes, the variables it used, and the fault that stopped it."""

    __slots__ = ("fault", "uses", "value")

    def __init__(self, value: Value, uses: list[Use], fault: Fault | None) -> None:
        self.value = value
        self.uses = uses
        self.fault = fault


def expand(
    text: str, at: int, segments: Segments, scope: Scope, escape: str, *, quotes: bool = True
) -> Expanded:
    """Expand `text`, which begins at `at` of the value that `segments` maps to the source.

    With an error (an open quote, a bad substitution) the value is wholly undecided.
    `quotes=False` is for names in here-documents: quotes stay.
    """
    start, end = segments.span(at, at + len(text))
    if not any(char in text for char in ("$", "'", '"', escape)):
        verbatim = segments.contiguous(at, at + len(text))
        return Expanded(Value((Piece(text, start, end, verbatim=verbatim),), text), [], None)
    expansion = _Expansion(at, segments, scope, escape)
    try:
        pieces = expansion.pieces(Lexer(text, expansion.variable, escape).tokens())
    except (LexError, pattern.PatternError) as error:
        fault = Fault(start, end, str(error))
        return Expanded(Value((Piece(None, start, end),), text), expansion.uses, fault)
    return Expanded(Value(pieces, text), expansion.uses, None)


def expand_words(
    text: str, at: int, segments: Segments, scope: Scope, escape: str
) -> list[Expanded]:
    """Expand `text` and split the result into words, as EXPOSE does."""
    expansion = _Expansion(at, segments, scope, escape)
    start, end = segments.span(at, at + len(text))
    try:
        tokens = Lexer(text, expansion.variable, escape).tokens()
    except (LexError, pattern.PatternError) as error:
        fault = Fault(start, end, str(error))
        return [Expanded(Value((Piece(None, start, end),), text), expansion.uses, fault)]
    return [
        Expanded(Value(expansion.pieces(word), text), expansion.uses, None)
        for word in split_words(tokens)
    ]


class _Expansion:
    """One word's expansion; its `variable` is the lexer's expander."""

    def __init__(self, at: int, segments: Segments, scope: Scope, escape: str) -> None:
        self._at = at
        self._segments = segments
        self._scope = scope
        self._escape = escape
        self._size = 0
        self.uses: list[Use] = []

    def pieces(self, tokens: Sequence[Token]) -> list[Piece]:
        """The tokens as pieces with places in the source."""
        out: list[Piece] = []
        for token in tokens:
            if isinstance(token.origin, Piece):
                piece = token.origin
                if piece.text is not None and token.text != piece.text:
                    piece = Piece(token.text, piece.start, piece.end, via=piece.via)
                out.append(piece)
            elif token.text:
                begin, end = self._at + token.start, self._at + token.end
                verbatim = len(token.text) == end - begin and self._segments.contiguous(begin, end)
                start, finish = self._segments.span(begin, end)
                out.append(Piece(token.text, start, finish, verbatim=verbatim))
        return out

    def variable(
        self,
        name: str,
        operator: str,
        words: tuple[list[Token], ...],
        start: int,
        end: int,
        /,
    ) -> list[Token]:
        """The tokens that `${name…}` from `start` to `end` becomes."""
        span = self._segments.span(self._at + start, self._at + end)
        value = self._scope.lookup(name)
        self.uses.append(Use(name, value, *span, bool(operator)))
        if not operator:
            pieces: Sequence[Piece] = () if value is None else value.with_via(*span)
        elif operator.lstrip(":") in ("-", "+", "?"):
            return self._conditional(name, value, operator, words[0], span)
        elif operator.startswith(":"):
            raise LexError(f"`{operator}` is no operator of a substitution", start)
        else:
            pieces = self._changed(name, value, operator, words, span)
        return self._tokens(pieces, start, end)

    def _tokens(self, pieces: Sequence[Piece], start: int, end: int) -> list[Token]:
        cost = sum(len(piece.text or "") for piece in pieces)
        self._size += cost
        if self._size > SIZE_LIMIT or not self._scope.spend(cost + 8 * len(pieces)):
            raise LexError(f"the value is longer than {SIZE_LIMIT} characters", start)
        return [
            Token("\0" if piece.text is None else piece.text, start, end, origin=piece)
            for piece in pieces
        ]

    def _conditional(
        self,
        name: str,
        value: Value | None,
        operator: str,
        word: list[Token],
        span: tuple[int, int],
    ) -> list[Token]:
        """`-`, `+`, `?`: which of the two it is; undecided where the emptiness is."""
        absent = _absent(value, operator.startswith(":"))
        kind = operator[-1]
        undecided = [Token("\0", 0, 0, origin=Piece(None, *span, name=name))]
        if absent is None:
            return undecided
        if kind == "-":
            return word if absent else self._tokens(self._pieces_of(value, span), 0, 0)
        if kind == "+":
            return [] if absent else word
        if absent and value is not None and value.unset_by_default:
            return undecided  # who builds must give it
        if absent:
            message = "".join(token.text for token in word) or "it must have a value"
            raise LexError(f"{name}: {message}", 0)
        return self._tokens(self._pieces_of(value, span), 0, 0)

    @staticmethod
    def _pieces_of(value: Value | None, span: tuple[int, int]) -> tuple[Piece, ...]:
        return () if value is None else value.with_via(*span)

    def _changed(
        self,
        name: str,
        value: Value | None,
        operator: str,
        words: tuple[list[Token], ...],
        span: tuple[int, int],
    ) -> Sequence[Piece]:
        """`#`, `%`, `/`: the value with a part removed or replaced."""
        text = "" if value is None else value.text
        if text is None or any("\0" in token.text for word in words for token in word):
            return (Piece(None, *span, name=name),)
        first = "".join(token.text for token in words[0])
        longest = len(operator) == 2
        if operator[0] == "#":
            result = pattern.without_prefix(text, first, longest=longest)
        elif operator[0] == "%":
            result = pattern.without_suffix(text, first, longest=longest)
        else:
            by = "".join(token.text for token in words[1])
            result = pattern.replaced(text, first, by, every=longest)
        if value is None or not value.pieces:
            return (Piece(result, *span),)
        source = value.pieces[0]
        return (Piece(result, source.start, source.end, via=(*source.via, span)),)


def _absent(value: Value | None, empty_counts: bool) -> bool | None:
    """Whether a variable counts as missing; None where that is not decided."""
    if value is None or value.unset_by_default:
        return True
    text = value.text
    if text is None:
        return False if any(piece.text for piece in value.pieces) else None
    return empty_counts and not text
