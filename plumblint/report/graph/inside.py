"""Where the jobs of a workflow are in its box.  Pixels, from the box's top left corner."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, sqrt
from typing import NamedTuple

from plumblint.project.delivery_graph import Box, Edge, Node
from plumblint.project.delivery_graph.reduction import in_layers
from plumblint.report.graph.layers import Gaps, Item, Link, Placement, Point, place
from plumblint.report.graph.letters import wrapped
from plumblint.report.graph.wording import phases_line

NODE_WIDTH = 196.0
STRIP = 24.0
"""The coloured part of a node, with the sign of its phase."""
NAME_SIZE, SMALL_SIZE, TITLE_SIZE = 12.0, 10.5, 13.0
"""Of letters."""
LINE = 15.0
PAD = 12.0
"""Inside of a box."""
_INSIDE = Gaps(across=38.0, down=10.0, beside=7.0)
_TALLEST_GRID = 10


class NodePlace(NamedTuple):
    """A job with the lines that it shows."""

    node: Node
    box: Box
    x: float
    y: float
    height: float
    skips: tuple[str, ...]
    """What it skips, in lines."""

    def moved(self, x: float, y: float) -> NodePlace:
        """The same elsewhere."""
        return self._replace(x=self.x + x, y=self.y + y)


class Route(NamedTuple):
    """An edge with its points."""

    edge: Edge
    points: list[Point]
    arrow: bool = True
    """Whether it ends here; a call goes on from the edge of its box."""


class Inside(NamedTuple):
    """A box laid out for itself, from (0, 0) on."""

    box: Box
    width: float
    height: float
    started: tuple[str, ...]
    nodes: list[NodePlace]
    routes: list[Route]
    exits: dict[str, float]
    """The height at which the calls of a job leave the box."""
    enters: float


def shifted(route: Route, x: float, y: float) -> Route:
    """The same elsewhere."""
    return route._replace(points=[(px + x, py + y) for px, py in route.points])


def lay_out(box: Box, needs: Sequence[Edge], beyond: Sequence[Edge]) -> Inside:
    """A workflow laid out for itself."""
    calls = [edge for edge in beyond if edge.kind == "calls"]
    tied = {name for edge in needs for name in (edge.source, edge.target)}
    tied |= {edge.source for edge in calls}
    placed = [_sized(box, node) for node in box.nodes]
    joined = [node for node in placed if node.node.id in tied]
    single = [node for node in placed if node.node.id not in tied]
    chain, exits = _chain(joined, needs, calls)
    columns = _columns(single, chain.width)
    width = max(chain.width, columns * (NODE_WIDTH + PAD) - PAD, NODE_WIDTH) + 2 * PAD
    started = tuple(wrapped(box.triggers or ("nothing starts it",), SMALL_SIZE, width - 2 * PAD,
                            between="  ·  ", most=2))  # fmt: skip
    two = box.name != box.file.rsplit("/", 1)[-1]
    head = PAD + 18 + (LINE if two else 0) + LINE * len(started) + 4
    nodes = [
        node.moved(PAD + x, head + y) for node, (x, y) in zip(joined, chain.corners, strict=False)
    ]
    bottom = head + chain.height
    routes = [
        shifted(Route(edge, points, edge.kind == "needs"), PAD, head)
        for edge, points in zip([*needs, *calls], chain.routes, strict=False)
    ]
    grid, bottom = _grid(single, columns, bottom + (PAD if joined and single else 0))
    nodes += grid
    if box.left_out or not box.nodes:
        bottom += LINE
    rights = {edge.source: y + head for edge, y in zip(calls, exits, strict=True)}
    for number, edge in enumerate(calls, len(needs)):
        routes[number].points[-1] = (width, rights[edge.source])  # the box's very edge
    return Inside(box, width, bottom + PAD, started, nodes, routes, rights, min(head / 2, PAD + 14))


def _sized(box: Box, node: Node) -> NodePlace:
    skips = tuple(
        wrapped([mark.text for mark in node.marks], SMALL_SIZE, NODE_WIDTH - STRIP - 26,
                between=", ", most=3)
    )  # fmt: skip
    lines = 1 + bool(phases_line(node)) + bool(node.calls) + bool(node.environment) + len(skips)
    return NodePlace(node, box, 0.0, 0.0, 13 + LINE * lines, skips)


def _chain(
    nodes: Sequence[NodePlace], needs: Sequence[Edge], calls: Sequence[Edge]
) -> tuple[Placement, list[float]]:
    """Jobs that others wait for or that call, and the heights at which calls leave."""
    at = {node.node.id: number for number, node in enumerate(nodes)}
    items = [Item(NODE_WIDTH, node.height) for node in nodes]
    links = [Link(at[edge.source], at[edge.target]) for edge in needs]
    if not calls:
        return place(items, links, _INSIDE), []
    # An exit stands for the place where a call leaves the box, right of all jobs.
    layers = in_layers(len(items), [(link.source, link.target) for link in links])
    last = max(layers)
    count = len(items)
    items += [Item(0.0, 0.0) for _ in calls]
    links += [Link(at[edge.source], count + n) for n, edge in enumerate(calls)]
    placed = place(items, links, _INSIDE, least={count + n: last + 1 for n in range(len(calls))})
    exits = [placed.corners[count + number][1] for number in range(len(calls))]
    return placed._replace(width=placed.width - _INSIDE.across + 2 * PAD), exits


def _columns(nodes: Sequence[NodePlace], width: float) -> int:
    """In how many columns jobs stand that nothing joins."""
    if not nodes:
        return 0
    beside = int((width + PAD) // (NODE_WIDTH + PAD))
    square = ceil(sqrt(len(nodes) / 3)) if len(nodes) > 3 else 1
    return min(
        len(nodes), max(beside, square, ceil(len(nodes) / _TALLEST_GRID) if square < 5 else 5)
    )


def _grid(nodes: Sequence[NodePlace], columns: int, top: float) -> tuple[list[NodePlace], float]:
    """Jobs in rows from `top` on, and where they end."""
    placed: list[NodePlace] = []
    for first in range(0, len(nodes), max(1, columns)):
        row = nodes[first : first + columns]
        placed += [node.moved(PAD + at * (NODE_WIDTH + PAD), top) for at, node in enumerate(row)]
        top += max(node.height for node in row) + 10
    return placed, (top - 10 if nodes else top)
