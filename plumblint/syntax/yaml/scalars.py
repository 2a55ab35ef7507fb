r"""Where the characters of a scalar's value stand in its source.

The walks below repeat what libyaml does when it reads a scalar (folding,
escapes, indentation, chomping), but note places beside the value.  Line breaks
are LF, CR LF, CR and U+0085, all read as "\n", and U+2028 and U+2029, which stay
what they are and do not fold.
"""

from __future__ import annotations

import re

from plumblint.syntax.segments import Segments

_BREAK = r"\r\n|[\r\n\x85\u2028\u2029]"
_BREAKS = re.compile(_BREAK)
_LINE_END = re.compile(rf"(?:{_BREAK})|\Z")
_PLAIN = re.compile(r"[^\r\n\x85\u2028\u2029 \t]+|[ \t]+|" + _BREAK)
_SINGLE = re.compile(r"''|[^'\r\n\x85\u2028\u2029 \t]+|[ \t]+|" + _BREAK)
_DOUBLE = re.compile(
    rf"\\(?:x..|u.{{4}}|U.{{8}}|{_BREAK}|.)|[^\\\r\n\x85\u2028\u2029 \t]+|[ \t]+|{_BREAK}"
)
_HEADER = re.compile(r"[|>][-+0-9]*[ \t]*(?:#[^\r\n\x85\u2028\u2029]*)?")
_INDICATORS = re.compile(r"[|>][-+0-9]*")
_FOLDING = frozenset(("\r\n", "\r", "\n", "\x85"))


class _Runs:
    """The value built so far, and where its runs begin."""

    __slots__ = ("lengths", "next_source", "pairs", "parts", "size")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.pairs: list[tuple[int, int]] = []
        self.lengths: dict[int, int] = {}
        self.size = 0
        self.next_source = -1

    def text(self, piece: str, at: int) -> None:
        """A piece of the value that is written as it is."""
        if piece:
            if at != self.next_source:
                self.pairs.append((self.size, at))
            self.parts.append(piece)
            self.size += len(piece)
            self.next_source = at + len(piece)

    def character(self, value: str, at: int, length: int) -> None:
        """One character of the value, written with `length` characters."""
        if length != 1:
            self.lengths[self.size] = length
        self.text(value, at)
        if length != 1:
            self.next_source = -1

    def line_break(self, written: str, at: int) -> None:
        """A line break that stays one."""
        self.character("\n" if written in _FOLDING else written, at, len(written))

    def fold(self, breaks: list[tuple[str, int]], escaped: bool) -> None:
        """The breaks between two lines of a plain or quoted scalar.

        One is a space, of several the first is dropped; an escaped one is nothing.
        """
        if not escaped and breaks and breaks[0][0] in _FOLDING:
            if len(breaks) == 1:
                written, at = breaks[0]
                self.character(" ", at, len(written))
                return
            breaks = breaks[1:]
        for written, at in breaks:
            self.line_break(written, at)


def scalar_segments(text: str, start: int, end: int, style: str, value: str) -> Segments:
    """The map from `value` to the scalar written at `start` to `end` of `text`; linear."""
    quoted = style in {"'", '"'}
    first = start + 1 if quoted else start
    if not value:
        return Segments.shifted(first)
    if style in {"|", ">"}:
        runs = _block(text, start, end, style, value)
    else:
        last = end - 1 if quoted else end
        if len(value) == last - first and text.startswith(value, first):
            return Segments.shifted(first)
        runs = _flow(text, first, last, style)
    if "".join(runs.parts) != value:  # what libyaml reads in another way: keep within the scalar
        return Segments.shifted(first)
    return Segments(runs.pairs, runs.lengths)


def _flow(text: str, at: int, end: int, style: str) -> _Runs:
    """A plain or quoted scalar, its quotes left out."""
    runs = _Runs()
    pattern = _DOUBLE if style == '"' else _SINGLE if style else _PLAIN
    blanks: tuple[str, int] | None = None
    breaks: list[tuple[str, int]] = []
    escaped = False
    for match in pattern.finditer(text, at, end):
        piece, place = match.group(), match.start()
        if piece[0] in " \t":
            blanks = (piece, place) if not breaks and not escaped else None
            continue
        if _BREAKS.match(piece):
            breaks.append((piece, place))
            blanks = None
            continue
        if breaks or escaped:
            runs.fold(breaks, escaped)
            breaks, escaped = [], False
        if blanks:
            runs.text(*blanks)
            blanks = None
        if piece == "''" and style == "'":
            runs.character("'", place, 2)
        elif piece[0] == "\\" and style == '"':
            escaped = _BREAKS.match(piece, 1) is not None
            if not escaped:
                runs.character(_unescape(piece), place, len(piece))
        else:
            runs.text(piece, place)
    if breaks or escaped:
        runs.fold(breaks, escaped)
    if blanks:
        runs.text(*blanks)
    return runs


_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r",
    "e": "\x1b", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip


def _unescape(piece: str) -> str:
    if len(piece) > 2:
        try:
            return chr(int(piece[2:], 16))
        except ValueError:
            return "\ufffd"
    return _ESCAPES.get(piece[1], piece[1])


def _block(text: str, start: int, end: int, style: str, value: str) -> _Runs:
    """A literal or folded scalar."""
    header = _HEADER.match(text, start)
    header_end = header.end() if header else start
    indicators = _indicators(text, start)
    begin = _LINE_END.search(text, header_end)
    lines = _lines(text, begin.end() if begin else end, end)
    indent = _indent(text, lines, value)
    runs = _Runs()
    leading: list[tuple[str, int]] = []  # the break that ends the last line of content
    trailing: list[tuple[str, int]] = []  # those of the empty lines after it
    blank_before = False
    for at, stop, written in lines:
        if stop - at <= indent and not text[at:stop].strip(" "):
            trailing.append((written, stop))
            continue
        blank = text[at + indent] in " \t"
        folds = style == ">" and leading and leading[0][0] in _FOLDING
        if folds and not blank_before and not blank:
            if not trailing:
                runs.character(" ", leading[0][1], len(leading[0][0]))
        else:
            for broken in leading:
                runs.line_break(*broken)
        for broken in trailing:
            runs.line_break(*broken)
        runs.text(text[at + indent : stop], at + indent)
        leading, trailing = ([(written, stop)] if written else []), []
        blank_before = blank
    if "-" not in indicators:
        for broken in leading:
            runs.line_break(*broken)
    if "+" in indicators:
        for broken in trailing:
            if broken[0]:
                runs.line_break(*broken)
    return runs


def _lines(text: str, at: int, end: int) -> list[tuple[int, int, str]]:
    """Start, end and line break of each line."""
    lines = []
    while at < end:
        match = _LINE_END.search(text, at)
        stop = min(match.start() if match else end, end)
        written = match.group() if match and match.end() <= end else ""
        lines.append((at, stop, written))
        at = stop + max(len(written), 1)
    return lines


def _indent(text: str, lines: list[tuple[int, int, str]], value: str) -> int:
    """The indentation that is no part of the value, from the first line that shows it."""
    for at, stop, _ in lines:
        line = text[at:stop]
        content = line.lstrip(" ")
        if content:
            shown = next((part for part in _BREAKS.split(value) if part.strip(" ")), "")
            return max(len(line) - len(content) - (len(shown) - len(shown.lstrip(" "))), 0)
    widest = max((stop - at for at, stop, _ in lines), default=0)
    return widest - max(map(len, _BREAKS.split(value)))


def _indicators(text: str, start: int) -> str:
    match = _INDICATORS.match(text, start)
    return match.group() if match else ""


def block_end(text: str, start: int, end: int, style: str, value: str) -> int:
    """Where a block scalar ends that libyaml ends at `end`, behind blank lines and maybe comments.

    That is with its last line; where `+` keeps its blank lines they belong to it.
    """
    indicators = _indicators(text, start)
    if "+" in indicators:
        return end
    content = value.rstrip("\n")
    if not content:
        return min(start + len(indicators), end)
    if content[-1] in " \t":  # perhaps a line of blanks only
        return min(scalar_segments(text, start, end, style, value).span(0, len(content))[1], end)
    return start + len(text[start:end].rstrip(" \t\r\n\x85\u2028\u2029"))
