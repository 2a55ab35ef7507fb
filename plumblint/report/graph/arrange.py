"""Where boxes, jobs and edges of a picture are: jobs in boxes, boxes in families, families on
the page.  Pixels, from the top left corner.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, sqrt
from typing import NamedTuple

from plumblint.project.delivery_graph import Box, Edge, Graph, Node
from plumblint.project.delivery_graph.reduction import in_layers
from plumblint.report.graph.layers import Gaps, Item, Link, Placement, Point, place
from plumblint.report.graph.letters import wrapped
from plumblint.report.graph.packing import pack
from plumblint.report.graph.wording import phases_line

NODE_WIDTH = 196.0
STRIP = 24.0
"""The coloured part of a node, with the sign of its phase."""
NAME_SIZE, SMALL_SIZE, TITLE_SIZE = 12.0, 10.5, 13.0
"""Of letters."""
LINE = 15.0
PAD = 12.0
"""Inside of a box."""
PAGE_WIDTH = 1320.0
"""What families are wrapped to; one that is wider makes the page wider."""
SECTION = 40.0
"""Room above a section, for its heading."""
MARGIN = 24.0
_INSIDE = Gaps(across=38.0, down=10.0, beside=7.0)
_BETWEEN = Gaps(across=70.0, down=22.0, beside=11.0)
_FAMILY_GAP = 22.0
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


class BoxPlace(NamedTuple):
    """A workflow with what it shows above its jobs."""

    box: Box
    x: float
    y: float
    width: float
    height: float
    started: tuple[str, ...]
    """What starts it, in lines."""


class Route(NamedTuple):
    """An edge with its points."""

    edge: Edge
    points: list[Point]
    arrow: bool = True
    """Whether it ends here; a call goes on from the edge of its box."""


class Section(NamedTuple):
    """A part of the page."""

    kind: str
    y: float


class Page(NamedTuple):
    """The whole picture."""

    width: float
    height: float
    sections: list[Section]
    boxes: list[BoxPlace]
    nodes: list[NodePlace]
    routes: list[Route]


class _Inside(NamedTuple):
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


class _Group(NamedTuple):
    """A family laid out for itself."""

    width: float
    height: float
    boxes: list[BoxPlace]
    nodes: list[NodePlace]
    routes: list[Route]


def arrange(graph: Graph, top: float) -> Page:
    """Lay a graph out below `top`."""
    needs: dict[str, list[Edge]] = {}
    beyond: dict[str, list[Edge]] = {}
    for edge in graph.edges:
        kind = needs if edge.kind == "needs" else beyond
        kind.setdefault(edge.source.partition("j")[0], []).append(edge)
    sections: list[Section] = []
    boxes: list[BoxPlace] = []
    nodes: list[NodePlace] = []
    routes: list[Route] = []
    y, width = top, PAGE_WIDTH
    for kind in ("delivery", "checks", "other"):
        groups = [
            _family(family.boxes, needs, beyond) for family in graph.families if family.kind == kind
        ]
        if not groups:
            continue
        sections.append(Section(kind, y))
        y += SECTION
        sizes = [Item(group.width, group.height) for group in groups]
        corners, below = pack(
            sizes, max(PAGE_WIDTH - 2 * MARGIN, *(s.width for s in sizes)), _FAMILY_GAP
        )
        for group, (left, up) in zip(groups, corners, strict=True):
            dx, dy = left + MARGIN, up + y
            boxes += [place._replace(x=place.x + dx, y=place.y + dy) for place in group.boxes]
            nodes += [place.moved(dx, dy) for place in group.nodes]
            routes += [_shifted(route, dx, dy) for route in group.routes]
            width = max(width, dx + group.width + MARGIN)
        y += below
    return Page(width, y + MARGIN, sections, boxes, nodes, routes)


def _shifted(route: Route, x: float, y: float) -> Route:
    return route._replace(points=[(px + x, py + y) for px, py in route.points])


def _family(
    boxes: Sequence[Box], needs: dict[str, list[Edge]], beyond: dict[str, list[Edge]]
) -> _Group:
    insides = [_inside(box, needs.get(box.id, ()), beyond.get(box.id, ())) for box in boxes]
    at = {box.id: number for number, box in enumerate(boxes)}
    edges: list[Edge] = []
    links: list[Link] = []
    for box in boxes:
        for edge in beyond.get(box.id, ()):
            if edge.target == box.id or edge.target not in at:
                continue
            inside = insides[at[box.id]]
            leaves = inside.exits.get(edge.source, inside.enters)
            edges.append(edge)
            target = at[edge.target]
            links.append(Link(at[box.id], target, leaves, insides[target].enters))
    placed = place(
        [Item(inside.width, inside.height) for inside in insides], links, _gaps(len(links))
    )
    places: list[BoxPlace] = []
    nodes: list[NodePlace] = []
    routes = [Route(edge, points) for edge, points in zip(edges, placed.routes, strict=True)]
    for inside, (x, y) in zip(insides, placed.corners, strict=True):
        places.append(BoxPlace(inside.box, x, y, inside.width, inside.height, inside.started))
        nodes += [node.moved(x, y) for node in inside.nodes]
        routes += [_shifted(route, x, y) for route in inside.routes]
    return _Group(placed.width, placed.height, places, nodes, routes)


def _gaps(links: int) -> Gaps:
    """The more links, the wider their way."""
    return _BETWEEN._replace(across=_BETWEEN.across + min(160.0, 6.0 * links))


def _inside(box: Box, needs: Sequence[Edge], beyond: Sequence[Edge]) -> _Inside:
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
        _shifted(Route(edge, points, edge.kind == "needs"), PAD, head)
        for edge, points in zip([*needs, *calls], chain.routes, strict=False)
    ]
    grid, bottom = _grid(single, columns, bottom + (PAD if joined and single else 0))
    nodes += grid
    if box.left_out or not box.nodes:
        bottom += LINE
    rights = {edge.source: y + head for edge, y in zip(calls, exits, strict=True)}
    for number, edge in enumerate(calls, len(needs)):  # on to the box's very edge
        routes[number].points.append((width, rights[edge.source]))
    return _Inside(
        box, width, bottom + PAD, started, nodes, routes, rights, min(head / 2, PAD + 14)
    )


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
    return placed._replace(width=placed.width - _INSIDE.across + PAD), exits


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
