"""Packing rectangles onto a page of a given width, in their order, each as high up as it fits."""

from __future__ import annotations

from collections.abc import Sequence

from plumblint.report.graph.layers import Item, Point


def pack(items: Sequence[Item], width: float, gap: float) -> tuple[list[Point], float]:
    """The top left corners, and the height of it all.

    A skyline is kept: pieces `(left, right, y)` of the lower edge of what is
    placed so far.
    """
    skyline = [(0.0, width + gap, 0.0)]
    corners: list[Point] = []
    bottom = 0.0
    for item in items:
        left, top = _spot(skyline, item.width + gap, width + gap)
        corners.append((left, top))
        bottom = max(bottom, top + item.height)
        skyline = _raised(skyline, left, left + item.width + gap, top + item.height + gap)
    return corners, bottom


def _spot(skyline: Sequence[tuple[float, float, float]], room: float, width: float) -> Point:
    best: Point | None = None
    for at, (left, _, _) in enumerate(skyline):
        if left + room > width + 0.01:
            break
        top = 0.0
        for _left, right, y in skyline[at:]:
            top = max(top, y)
            if right >= left + room - 0.01:
                break
        if best is None or top < best[1]:
            best = (left, top)
    return best or (0.0, max(y for _, _, y in skyline))


def _raised(
    skyline: Sequence[tuple[float, float, float]], left: float, right: float, y: float
) -> list[tuple[float, float, float]]:
    pieces = [(a, min(b, left), height) for a, b, height in skyline if a < left]
    pieces.append((left, right, y))
    pieces += [(max(a, right), b, height) for a, b, height in skyline if b > right]
    return [piece for piece in pieces if piece[1] > piece[0]]
