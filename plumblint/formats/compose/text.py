"""Text: a scalar of a compose file that knows where each part of it was written.

`nginx:${TAG}` with `TAG=latest` in `.env` is the text `nginx:latest`, of which
`latest` stands in `.env` and came by the `${TAG}` of the compose file.
"""

from __future__ import annotations

from typing import Literal

from plumblint.facts import Origin, Related, Sure, Unknown
from plumblint.source import Source, Span
from plumblint.syntax.segments import Segments

HOLE = "\0"
"""What stands in a flat text for a part that is not decided."""
USED_HERE = "used here"
_MOST_PIECES = 64
Kind = Literal["null", "bool", "int", "float", "str"]


class Part:
    """A run of a text.

    `value` is None where the files do not decide it.  It stands in `source` from the
    offset `at` of what `segments` map on.
    """

    __slots__ = ("at", "default", "length", "segments", "source", "use", "value", "verbatim")

    def __init__(
        self,
        value: str | None,
        source: Source,
        segments: Segments,
        at: int,
        length: int,
        *,
        verbatim: bool = True,
        use: Span | None = None,
        default: bool = False,
    ) -> None:
        self.value = value
        self.source = source
        self.segments = segments
        self.at = at
        self.length = length
        """How many characters of what `segments` map it was made of."""
        self.verbatim = verbatim
        """Whether those characters are the value."""
        self.use = use
        """The `${X}` it came by, where it was written elsewhere."""
        self.default = default
        """Whether it is only the default of a variable."""

    @property
    def size(self) -> int:
        """Its length in a flat text."""
        return 1 if self.value is None else len(self.value)

    @property
    def span(self) -> Span:
        """Where it was written."""
        return self.source.span(*self.segments.span(self.at, self.at + self.length))

    def cut(self, start: int, end: int) -> Part:
        """Its characters from `start` to `end`."""
        if self.value is None or (start <= 0 and end >= len(self.value)):
            return self
        start, end = max(start, 0), min(end, len(self.value))
        made = Part(
            self.value[start:end], self.source, self.segments, self.at, self.length,
            verbatim=self.verbatim, use=self.use, default=self.default,
        )  # fmt: skip
        if self.verbatim:
            made.at, made.length = self.at + start, end - start
        return made


class Text:
    """Parts in order; `span` is where all of it is used, `written` what stands there."""

    __slots__ = ("folder", "kind", "parts", "span", "tag", "via", "written")

    def __init__(
        self,
        parts: tuple[Part, ...],
        span: Span,
        written: str,
        *,
        kind: Kind = "str",
        via: tuple[Related, ...] = (),
        tag: str | None = None,
        folder: str = "",
    ) -> None:
        self.parts = parts
        self.span = span
        self.written = written
        self.kind = kind
        """What go-yaml sees in it."""
        self.via = via
        """The places it came by: merge keys, aliases, `extends`, the innermost first."""
        self.tag = tag
        self.folder = folder
        """The folder that relative paths in it start from."""

    def __repr__(self) -> str:
        return f"Text({self.known!r})"

    @property
    def null(self) -> bool:
        """Whether it is a null."""
        return self.kind == "null"

    @property
    def flat(self) -> str:
        """The text with a hole for each part that is not decided."""
        return "".join(HOLE if part.value is None else part.value for part in self.parts)

    @property
    def known(self) -> Sure[str]:
        """The text, or an Unknown with its known pieces."""
        pieces = tuple(part.value for part in self.parts)
        if None in pieces:
            return Unknown(self.written, pieces)
        return "".join(piece for piece in pieces if piece is not None)

    @property
    def string(self) -> str | None:
        """The text where all of it is known, and it is no null."""
        known = self.known
        return known if isinstance(known, str) and not self.null else None

    @property
    def literal(self) -> bool:
        """Whether all of it stands in the file itself, be it as a variable's default."""
        return all(part.value is not None and part.use is None for part in self.parts)

    @property
    def default(self) -> bool:
        """Whether part of it is only the default of a variable."""
        return any(part.default for part in self.parts)

    def cut(self, start: int, end: int) -> Text:
        """The text from `start` to `end` of the flat text."""
        parts: list[Part] = []
        at = 0
        for part in self.parts:
            size = part.size
            if at < end and at + size > start:
                parts.append(part.cut(start - at, end - at))
            at += size
        made = Text(tuple(parts), self.span, "", via=self.via, folder=self.folder)
        made.written = "".join(
            written_of(part) if part.value is None else part.value for part in parts
        )
        made.span = made._used() or self.span
        return made

    def _used(self) -> Span | None:
        """Where it is used, None where that cannot be said closer than the whole."""
        places = [part.use or part.span for part in self.parts]
        if not places or any(place.path != self.span.path for place in places):
            return None
        start, end = min(p.start for p in places), max(p.end for p in places)
        inside = self.span.start <= start and end <= self.span.end
        return Span(self.span.path, start, end) if inside else None

    def origin(self) -> Origin:
        """The place to edit for this value."""
        if not self.parts:
            return Origin(self.span, self.via)
        first = self.parts[0]
        if len(self.parts) == 1:
            uses = (Related(first.use, USED_HERE),) if first.use is not None else ()
            contiguous = first.verbatim and first.segments.contiguous(
                first.at, first.at + first.length
            )
            literal = contiguous and first.value is not None
            return Origin(first.span, (*uses, *self.via), literal=literal)
        return Origin(self._used() or self.span, self.via)

    def strip(self) -> Text:
        """Without blanks around."""
        flat = self.flat
        start = len(flat) - len(flat.lstrip())
        return self.cut(start, len(flat.rstrip())) if flat.strip() != flat else self

    def split(self, separator: str) -> list[Text]:
        """The texts between the separators that are known, at most 64."""
        flat = self.flat
        found: list[Text] = []
        at = 0
        while True:
            end = flat.find(separator, at)
            if end < 0 or len(found) == _MOST_PIECES:
                found.append(self.cut(at, len(flat)))
                return found
            found.append(self.cut(at, end))
            at = end + len(separator)

    def script(self) -> tuple[str, Segments]:
        """The text as a shell reads it, undecided variables as written, and its places.

        Of what was written in another file every character stands at its use.
        """
        out: list[str] = []
        pairs: list[tuple[int, int]] = []
        lengths: dict[int, int] = {}
        size = 0
        for part in self.parts:
            text = written_of(part) if part.value is None else part.value
            here = part.source.path == self.span.path and part.use is None
            if here and part.verbatim and part.value is not None:
                for value, _ in part.segments.pairs:
                    if part.at < value < part.at + part.length:
                        pairs.append((size + value - part.at, part.segments.source(value)))
                pairs.append((size, part.segments.source(part.at)))
            else:
                place = part.use or part.span
                pairs.append((size, place.start))
                if len(text) == 1:
                    lengths[size] = place.end - place.start
            out.append(text)
            size += len(text)
        return "".join(out), Segments(sorted(pairs), lengths)


def written_of(part: Part) -> str:
    """A part as it stands in its file."""
    span = part.span
    return part.source.text[span.start : span.end]
