"""Layered placing: columns by longest path, rows ordered so that few edges cross.

Sizes and places are in pixels, y grows downwards.  An edge over several columns
gets a stand-in of no height in each column between, so that it runs beside what
stands there.  Everything is deterministic.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import ceil
from typing import NamedTuple

from plumblint.project.delivery_graph.reduction import in_layers

Point = tuple[float, float]
_SWEEPS = 8
_MOST_STAND_INS = 4000
"""Beyond them edges run straight."""


class Item(NamedTuple):
    """Something to place."""

    width: float
    height: float


class Link(NamedTuple):
    """An edge, from the right of one item to the left of another."""

    source: int
    target: int
    leaves: float | None = None
    """Height below the source's top, its middle by default."""
    enters: float | None = None
    """Height below the target's top, likewise."""


class Gaps(NamedTuple):
    """Room between neighbours."""

    across: float
    """Between columns."""
    down: float
    """Between the items of a column."""
    beside: float
    """Between a stand-in and its neighbours."""


class Placement(NamedTuple):
    """Where everything is, from (0, 0) on."""

    corners: list[Point]
    """The top left corner of each item."""
    routes: list[list[Point]]
    """The points of each link: in pairs, the edge runs level from an odd to an even one."""
    width: float
    height: float


class _Near(NamedTuple):
    """A neighbour by an edge, with the edge's heights below the tops of both."""

    vertex: int
    own: float
    theirs: float


def place(
    items: Sequence[Item],
    links: Sequence[Link],
    gaps: Gaps,
    least: Mapping[int, int] | None = None,
    tallest: float | None = None,
) -> Placement:
    """Place items so that links run from left to right.

    `least` tells of items without links to others the column that they stand in at
    least; a column higher than `tallest` becomes several, the narrow items first.
    """
    return _Layers(items, links, gaps, least or {}, tallest).placement()


class _Layers:
    def __init__(
        self,
        items: Sequence[Item],
        links: Sequence[Link],
        gaps: Gaps,
        least: Mapping[int, int],
        tallest: float | None,
    ) -> None:
        self.gaps = gaps
        self.links = links
        self.heights = [item.height for item in items]
        self.items = items
        self.real = len(items)
        self.layer = in_layers(len(items), [(link.source, link.target) for link in links])
        for vertex, layer in least.items():
            self.layer[vertex] = max(self.layer[vertex], layer)
        if tallest is not None:
            self._split(tallest)
        self.chains = self._chains()
        self.columns: list[list[int]] = [[] for _ in range(max(self.layer, default=-1) + 1)]
        for vertex, layer in enumerate(self.layer):
            self.columns[layer].append(vertex)
        self.before: list[list[_Near]] = [[] for _ in self.layer]
        self.after: list[list[_Near]] = [[] for _ in self.layer]
        for link, chain in zip(links, self.chains, strict=True):
            for number, (a, b) in enumerate(pairwise(chain)):
                if self.layer[b] != self.layer[a] + 1:
                    continue
                leaves = self._port(a, link.leaves if number == 0 else None)
                enters = self._port(b, link.enters if number == len(chain) - 2 else None)
                self.after[a].append(_Near(b, leaves, enters))
                self.before[b].append(_Near(a, enters, leaves))
        self.at = [0.0] * len(self.layer)

    def _split(self, tallest: float) -> None:
        """Make several columns of each that is too high, the first one excepted."""
        there: dict[int, list[int]] = {}
        for vertex, layer in enumerate(self.layer):
            there.setdefault(layer, []).append(vertex)
        added = 0
        for layer in sorted(there):
            column = sorted(there[layer], key=lambda vertex: self.items[vertex].width)
            total = sum(self.heights[vertex] + self.gaps.down for vertex in column)
            parts = ceil(total / tallest) if layer else 1
            reached = 0.0
            for vertex in column:
                part = min(parts - 1, int(reached * parts / total)) if parts > 1 else 0
                reached += self.heights[vertex] + self.gaps.down
                self.layer[vertex] = layer + added + part
            added += parts - 1

    def placement(self) -> Placement:
        self._order()
        self._set_heights()
        lefts, widths = self._lefts()
        corners = [
            (lefts[self.layer[v]] + self._indent(v, widths), self.at[v]) for v in range(self.real)
        ]
        routes = [
            self._route(link, chain, lefts, widths)
            for link, chain in zip(self.links, self.chains, strict=True)
        ]
        bottom = max((self.at[v] + self.heights[v] for v in range(len(self.layer))), default=0.0)
        right = lefts[-1] + widths[-1] if lefts else 0.0
        return Placement(corners, routes, right, bottom)

    def _port(self, vertex: int, height: float | None) -> float:
        return self.heights[vertex] / 2 if height is None else height

    def _chains(self) -> list[list[int]]:
        """For each link its vertices in order, stand-ins added."""
        spans = [self.layer[link.target] - self.layer[link.source] for link in self.links]
        enough = sum(max(0, span - 1) for span in spans) <= _MOST_STAND_INS
        chains = []
        for link, span in zip(self.links, spans, strict=True):
            chain = [link.source]
            if enough:
                for step in range(1, span):
                    chain.append(len(self.layer))
                    self.layer.append(self.layer[link.source] + step)
                    self.heights.append(0.0)
            chains.append([*chain, link.target])
        return chains

    def _order(self) -> None:
        """Sort each column by the mean rank of the neighbours, to and fro; keep the best."""
        best = [list(column) for column in self.columns]
        fewest = self._crossings()
        for sweep in range(_SWEEPS):
            if not fewest:
                break
            forth = sweep % 2 == 0
            order = range(1, len(self.columns)) if forth else range(len(self.columns) - 2, -1, -1)
            for number in order:
                self._sort(
                    number, self.before if forth else self.after, number + (-1, 1)[not forth]
                )
            crossings = self._crossings()
            if crossings < fewest:
                fewest, best = crossings, [list(column) for column in self.columns]
        self.columns = best

    def _sort(self, number: int, near: list[list[_Near]], other: int) -> None:
        rank = {vertex: at for at, vertex in enumerate(self.columns[other])}
        column = self.columns[number]
        scale = len(rank) / max(1, len(column))
        weight = {}
        for at, vertex in enumerate(column):
            ranks = [self._rank(rank, end) for end in near[vertex] if end.vertex in rank]
            weight[vertex] = sum(ranks) / len(ranks) if ranks else at * scale
        column.sort(key=lambda vertex: weight[vertex])

    def _rank(self, rank: Mapping[int, int], end: _Near) -> float:
        """Where an edge ends in a column: the rank of the vertex, and how far down its side."""
        return rank[end.vertex] + end.theirs / (self.heights[end.vertex] + 1)

    def _crossings(self) -> int:
        """How many pairs of edges between neighbouring columns cross."""
        total = 0
        for left, right in pairwise(self.columns):
            rank = {vertex: at for at, vertex in enumerate(right)}
            edges = [
                (at + end.own / (self.heights[vertex] + 1), self._rank(rank, end))
                for at, vertex in enumerate(left)
                for end in self.after[vertex]
            ]
            seen: list[float] = []
            for _, end in sorted(edges):
                total += len(seen) - bisect_right(seen, end)
                insort(seen, end)
        return total

    def _set_heights(self) -> None:
        """Give each vertex its y: as near to the level of its neighbours as the others let it."""
        for column in self.columns:
            self._spread(column, [0.0] * len(column))
        tallest = max((self._bottom(column) for column in self.columns), default=0.0)
        for column in self.columns:
            lower = (tallest - self._bottom(column)) / 2
            for vertex in column:
                self.at[vertex] += lower
        for sweep in range(_SWEEPS):
            forth = sweep % 2 == 0
            for column in self.columns if forth else reversed(self.columns):
                near = self.before if forth else self.after
                self._spread(column, [self._wish(vertex, near) for vertex in column])
        top = min(self.at, default=0.0)
        self.at = [at - top for at in self.at]

    def _bottom(self, column: list[int]) -> float:
        return self.at[column[-1]] + self.heights[column[-1]] if column else 0.0

    def _wish(self, vertex: int, near: list[list[_Near]]) -> float:
        wishes = [self.at[end.vertex] + end.theirs - end.own for end in near[vertex]]
        return sum(wishes) / len(wishes) if wishes else self.at[vertex]

    def _spread(self, column: list[int], wishes: list[float]) -> None:
        """Place a column in its order, at the least squared distance from the wishes.

        Neighbours that would overlap form blocks, each at the mean of what its
        members wish (pool adjacent violators).
        """
        offsets = [0.0]
        for above, below in pairwise(column):
            real = above < self.real and below < self.real
            gap = self.gaps.down if real else self.gaps.beside
            offsets.append(offsets[-1] + self.heights[above] + gap)
        blocks: list[tuple[float, int]] = []
        for wish, offset in zip(wishes, offsets, strict=False):
            total, count = wish - offset, 1
            while blocks and blocks[-1][0] / blocks[-1][1] > total / count:
                before = blocks.pop()
                total, count = total + before[0], count + before[1]
            blocks.append((total, count))
        number = 0
        for total, count in blocks:
            for _ in range(count):
                self.at[column[number]] = total / count + offsets[number]
                number += 1

    def _lefts(self) -> tuple[list[float], list[float]]:
        widths = [
            max((self.items[v].width for v in column if v < self.real), default=0.0)
            for column in self.columns
        ]
        lefts = []
        left = 0.0
        for width in widths:
            lefts.append(left)
            left += width + self.gaps.across
        return lefts, widths

    def _indent(self, vertex: int, widths: Sequence[float]) -> float:
        """Narrow items stand where their edges are: right in the column, if only to the right."""
        if self.before[vertex] or not self.after[vertex]:
            return 0.0
        return widths[self.layer[vertex]] - self.items[vertex].width

    def _route(
        self, link: Link, chain: list[int], lefts: list[float], widths: list[float]
    ) -> list[Point]:
        first, last = chain[0], chain[-1]
        points = [
            (
                lefts[self.layer[first]] + self._indent(first, widths) + self.items[first].width,
                self.at[first] + self._port(first, link.leaves),
            )
        ]
        for vertex in chain[1:-1]:
            left = lefts[self.layer[vertex]]
            points += [
                (left, self.at[vertex]),
                (left + widths[self.layer[vertex]], self.at[vertex]),
            ]
        points.append((lefts[self.layer[last]], self.at[last] + self._port(last, link.enters)))
        return points
