"""Value: a text that knows where each part of it was written.

`FROM node:${TAG}` with `ARG TAG=latest` is the text `node:latest`, of which
`latest` stands in the ARG and came by the `${TAG}` of the FROM.
"""

from __future__ import annotations

from collections.abc import Sequence

from plumblint.facts import Origin, Related, Unknown
from plumblint.source import Source

USED_HERE = "used here"


class Piece:
    """A part of a value; `text` is None where the files do not decide it."""

    __slots__ = ("end", "name", "start", "text", "verbatim", "via")

    def __init__(
        self,
        text: str | None,
        start: int,
        end: int,
        *,
        verbatim: bool = False,
        via: tuple[tuple[int, int], ...] = (),
        name: str = "",
    ) -> None:
        self.text = text
        self.start = start
        self.end = end
        """The source span where it was decided; for an undecided one where it is used.

        Negative: it was decided outside of the file, and takes the place of its use."""
        self.verbatim = verbatim
        """Whether that span holds the text, character for character."""
        self.via = via
        """The spans of the variables it came by, the outermost use last."""
        self.name = name
        """The variable that is not decided."""

    def part(self, begin: int, end: int) -> Piece:
        """Its characters from `begin` to `end`."""
        text = self.text or ""
        if begin <= 0 and end >= len(text):
            return self
        if self.verbatim:
            return Piece(
                text[begin:end], self.start + begin, self.start + end, verbatim=True, via=self.via
            )
        return Piece(text[begin:end], self.start, self.end, via=self.via)


class Value:
    """Pieces in order; `written` is the source text that the value was expanded from."""

    __slots__ = ("pieces", "unset_by_default", "written")

    def __init__(
        self, pieces: Sequence[Piece], written: str, *, unset_by_default: bool = False
    ) -> None:
        self.pieces = _joined(pieces)
        self.written = written
        self.unset_by_default = unset_by_default
        """Whether it is an ARG without a default: unset unless who builds gives it."""

    def __repr__(self) -> str:
        return f"Value({self.known!r})"

    @property
    def text(self) -> str | None:
        """The text, None if part of it is undecided."""
        parts = []
        for piece in self.pieces:
            if piece.text is None:
                return None
            parts.append(piece.text)
        return "".join(parts)

    @property
    def known(self) -> str | Unknown:
        """The text, or an Unknown with its known pieces."""
        text = self.text
        if text is not None:
            return text
        return Unknown(self.written, tuple(piece.text for piece in self.pieces))

    @property
    def names(self) -> tuple[str, ...]:
        """The variables that are not decided."""
        return tuple(piece.name for piece in self.pieces if piece.text is None)

    def with_via(self, start: int, end: int) -> tuple[Piece, ...]:
        """The pieces, each with one more use."""
        return tuple(
            Piece(
                piece.text,
                start if piece.text is None or piece.start < 0 else piece.start,
                end if piece.text is None or piece.start < 0 else piece.end,
                verbatim=piece.verbatim,
                via=(*piece.via, (start, end)) if len(piece.via) < _MANY_USES else piece.via,
                name=piece.name,
            )
            for piece in self.pieces
        )

    def part(self, begin: int, end: int) -> tuple[Piece, ...]:
        """The pieces of the characters from `begin` to `end`; an undecided piece counts as one."""
        found = []
        at = 0
        for piece in self.pieces:
            length = 1 if piece.text is None else len(piece.text)
            if at < end and at + length > begin:
                found.append(piece.part(begin - at if begin > at else 0, end - at))
            at += length
        return tuple(found)

    def flat(self, hole: str = "\0") -> str:
        """The text with one `hole` for each undecided piece."""
        return "".join(hole if piece.text is None else piece.text for piece in self.pieces)


_MANY_PIECES = 64
_MANY_USES = 8


def _joined(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Neighbours that stand side by side in the source, as one; too many, as one too."""
    out: list[Piece] = []
    for piece in pieces:
        last = out[-1] if out else None
        if last is not None and _adjacent(last, piece):
            text = (last.text or "") + (piece.text or "")
            out[-1] = Piece(text, last.start, piece.end, verbatim=True, via=last.via)
        elif piece.text != "":
            out.append(piece)
    if len(out) > _MANY_PIECES and all(piece.text is not None for piece in out):
        text = "".join(piece.text or "" for piece in out)
        return (Piece(text, out[0].start, out[0].end, via=out[0].via),)
    return tuple(out)


def _adjacent(first: Piece, second: Piece) -> bool:
    return (
        first.verbatim and second.verbatim and first.end == second.start and first.via == second.via
    )


def origin(pieces: Sequence[Piece], source: Source, whole: tuple[int, int]) -> Origin:
    """The place to edit for a value of these pieces; `whole` is where the value is used.

    One piece: its own span.  Several: the known part that is longest where they
    stand in different places, as that is the text a person reads.
    """
    if not pieces:
        return Origin(source.span(*whole))
    if len(pieces) == 1:
        piece = pieces[0]
        return Origin(
            source.span(piece.start, piece.end), _related(piece, source), literal=piece.verbatim
        )
    if all(not piece.via for piece in pieces):
        start = min(piece.start for piece in pieces)
        end = max(piece.end for piece in pieces)
        return Origin(source.span(start, end))
    return Origin(source.span(*whole))


def _related(piece: Piece, source: Source) -> tuple[Related, ...]:
    """The uses, the outermost first; a variable that is not decided stands at its use."""
    spans = [span for span in reversed(piece.via) if span != (piece.start, piece.end)]
    return tuple(Related(source.span(*span), USED_HERE) for span in dict.fromkeys(spans))
