"""Source lines for a terminal: windowed, measured in cells, control characters spelt out."""

from __future__ import annotations

from unicodedata import category, east_asian_width

from plumblint.report.escape import visible_character

TAB = "    "
"""What a tab is shown as: its width must not depend on where the line is cut."""
CUT = "…"
"""Stands for what is left out of a long line."""

_ZERO_WIDTH = frozenset(("Mn", "Me", "Cf"))
"""Unicode categories that take no cell of their own."""


def cell_width(text: str) -> int:
    """How many terminal cells `text` takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if category(character) in _ZERO_WIDTH else 1 + (east_asian_width(character) in "WF")
        for character in text
    )


class Drawn:
    """A line as drawn, and the cells that its marked part takes."""

    __slots__ = ("mark_start", "mark_width", "text")

    def __init__(self, text: str, mark_start: int, mark_width: int) -> None:
        self.text = text
        self.mark_start = mark_start
        """Cells before the mark."""
        self.mark_width = mark_width
        """Cells of the mark, at least 1."""


def draw(line: str, start: int, end: int, width: int) -> Drawn:
    """Draw `line` in at most `width` cells around its characters `start` to `end`.

    A line that fits is drawn whole; of a longer one the marked part comes
    first, then what stands before it, then what follows.
    """
    if len(line) <= width and line.isascii() and line.isprintable():
        return Drawn(line.rstrip(), start, max(end - start, 1))
    whole = _cells(line[: width + 1]) if len(line) <= width else []
    if len(line) <= width and sum(size for _, size in whole) <= width:
        return _drawn(whole, start, end - start, "", "")
    room = width - 2
    marked = _fitting(line, start, max(end, start), room)
    taken = sum(size for _, size in marked)
    after_all = _fitting(line, start + len(marked), len(line), room - taken)
    before = _fitting_back(line, start, max((room - taken) // 2, room - taken - _size(after_all)))
    after = _fitting(line, start + len(marked), len(line), room - taken - _size(before))
    first = start - len(before)
    last = start + len(marked) + len(after)
    return _drawn(
        before + marked + after,
        len(before),
        len(marked),
        CUT if first > 0 else "",
        CUT if last < len(line) else "",
    )


def _drawn(cells: list[tuple[str, int]], start: int, length: int, head: str, tail: str) -> Drawn:
    text = head + "".join(shown for shown, _ in cells) + tail
    before = len(head) + _size(cells[:start])
    return Drawn(text.rstrip(), before, max(_size(cells[start : start + length]), 1))


def _cells(text: str) -> list[tuple[str, int]]:
    """Each character as shown, with its width."""
    return [_cell(character) for character in text]


def _cell(character: str) -> tuple[str, int]:
    if character == "\t":
        return TAB, len(TAB)
    shown = visible_character(character)
    return shown, cell_width(shown)


def _fitting(line: str, start: int, end: int, room: int) -> list[tuple[str, int]]:
    """The cells from `start` on that fit into `room`."""
    cells = []
    for at in range(start, min(end, start + 2 * room)):
        cell = _cell(line[at])
        room -= cell[1]
        if room < 0:
            break
        cells.append(cell)
    return cells


def _fitting_back(line: str, end: int, room: int) -> list[tuple[str, int]]:
    """The cells before `end` that fit into `room`."""
    cells = []
    for at in range(end - 1, max(end - 1 - 2 * room, -1), -1):
        cell = _cell(line[at])
        room -= cell[1]
        if room < 0:
            break
        cells.append(cell)
    cells.reverse()
    return cells


def _size(cells: list[tuple[str, int]]) -> int:
    return sum(size for _, size in cells)
