"""How wide text is, without a font at hand: an estimate that is rather too wide."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import category, east_asian_width

from plumblint.report.escape import one_line

_WIDTHS = {
    **dict.fromkeys("iljI|!.,:;'`", 0.32),
    **dict.fromkeys(' ()[]{}/\\ftr-"·', 0.40),
    **dict.fromkeys("ckszvxyJ?*_", 0.55),
    **dict.fromkeys("mwMW@%#&…⚠↗→", 0.98),
}
_SMALL, _CAPITAL, _WIDE = 0.62, 0.72, 1.05


def width_of(text: str, size: float) -> float:
    """The width of text in a font of `size` pixels."""
    return size * sum(map(_width, text))


def _width(character: str) -> float:
    known = _WIDTHS.get(character)
    if known is not None:
        return known
    if character.isascii():
        return _CAPITAL if character.isupper() else _SMALL
    if category(character) in ("Mn", "Me"):
        return 0.0
    return _WIDE if east_asian_width(character) in "WF" else _CAPITAL


def cut(text: str, size: float, room: float) -> str:
    """Text on one line that fits, with an ellipsis where some is left out."""
    text = one_line(text[:2000])
    if width_of(text[:400], size) <= room and len(text) <= 400:
        return text
    left = room - size
    kept = 0
    while kept < len(text) and left >= size * _width(text[kept]):
        left -= size * _width(text[kept])
        kept += 1
    return f"{text[:kept].rstrip()}…"


def wrapped(
    parts: Iterable[str], size: float, room: float, *, between: str, most: int
) -> list[str]:
    """Parts on lines that fit; what is more than `most` lines becomes an ellipsis."""
    lines: list[str] = []
    for part in parts:
        part = cut(part, size, room)
        if lines and width_of(f"{lines[-1]}{between}{part}", size) <= room:
            lines[-1] += between + part
        elif len(lines) == most:
            lines[-1] = cut(f"{lines[-1]}{between}{part}{' ' * 99}…", size, room)
            break
        else:
            lines.append(part)
    return lines
