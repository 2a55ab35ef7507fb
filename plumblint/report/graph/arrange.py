"""Where boxes and edges of a picture are: boxes in families, families on the page.

Pixels, from the top left corner.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from plumblint.project.delivery_graph import Box, Edge, Graph
from plumblint.report.graph.inside import Inside, NodePlace, Route, lay_out, shifted
from plumblint.report.graph.layers import Gaps, Item, Link, place
from plumblint.report.graph.owners import owned
from plumblint.report.graph.packing import pack

PAGE_WIDTH = 1320.0
"""What families are wrapped to; one that is wider makes the page wider."""
SECTION = 40.0
"""Room above a section, for its heading."""
MARGIN = 24.0
_FAMILY_GAP = 22.0
_TALLEST = 1500.0
"""A family that is taller is drawn as one group for each workflow that starts it."""
_STUB = 26.0
"""The length of a call that leads to another group."""


class BoxPlace(NamedTuple):
    """A workflow with what it shows above its jobs."""

    box: Box
    x: float
    y: float
    width: float
    height: float
    started: tuple[str, ...]
    """What starts it, in lines."""


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
    """Within boxes."""
    ways: list[Route]
    """Between boxes, behind which they are drawn."""


class _Group(NamedTuple):
    """A family laid out for itself."""

    width: float
    height: float
    boxes: list[BoxPlace]
    nodes: list[NodePlace]
    routes: list[Route]
    """Within boxes."""
    ways: list[Route]
    """Between boxes, behind which they are drawn."""


def arrange(graph: Graph, top: float) -> Page:
    """Lay a graph out below `top`."""
    needs: dict[str, list[Edge]] = {}
    beyond: dict[str, list[Edge]] = {}
    for edge in graph.edges:
        table = needs if edge.kind == "needs" else beyond
        table.setdefault(edge.source.partition("j")[0], []).append(edge)
    sections: list[Section] = []
    boxes: list[BoxPlace] = []
    nodes: list[NodePlace] = []
    routes: list[Route] = []
    ways: list[Route] = []
    groups: dict[str, list[_Group]] = {}
    for family in graph.families:
        groups.setdefault(family.kind, []).extend(_family(family.boxes, needs, beyond))
    widest = max((group.width for some in groups.values() for group in some), default=0.0)
    room = max(PAGE_WIDTH - 2 * MARGIN, widest)
    y = top
    for kind, some in groups.items():
        sections.append(Section(kind, y))
        y += SECTION
        corners, below = pack([Item(g.width, g.height) for g in some], room, _FAMILY_GAP)
        for group, (left, up) in zip(some, corners, strict=True):
            dx, dy = left + MARGIN, up + y
            boxes += [place._replace(x=place.x + dx, y=place.y + dy) for place in group.boxes]
            nodes += [place.moved(dx, dy) for place in group.nodes]
            routes += [shifted(route, dx, dy) for route in group.routes]
            ways += [shifted(way, dx, dy) for way in group.ways]
        y += below
    return Page(room + 2 * MARGIN, y + MARGIN, sections, boxes, nodes, routes, ways)


def _family(
    boxes: Sequence[Box], needs: dict[str, list[Edge]], beyond: dict[str, list[Edge]]
) -> list[_Group]:
    """A family, as one group unless that is too tall."""
    insides = [lay_out(box, needs.get(box.id, ()), beyond.get(box.id, ())) for box in boxes]
    edges = [edge for box in boxes for edge in beyond.get(box.id, ()) if edge.target != box.id]
    whole = _group(insides, edges)
    if whole.height <= _TALLEST:
        return [whole]
    parts = owned([box.id for box in boxes], edges)
    by_id = {inside.box.id: inside for inside in insides}
    return [_group([by_id[name] for name in part], edges, _TALLEST) for part in parts]


def _group(
    insides: Sequence[Inside], edges: Sequence[Edge], tallest: float | None = None
) -> _Group:
    at = {inside.box.id: number for number, inside in enumerate(insides)}
    drawn: list[Edge] = []
    links: list[Link] = []
    stubs: list[tuple[Edge, int, float]] = []
    for edge in edges:
        source = at.get(edge.source.partition("j")[0])
        if source is None:
            continue
        leaves = insides[source].exits.get(edge.source, insides[source].enters)
        target = at.get(edge.target)
        if target is None:
            stubs.append((edge, source, leaves))
        else:
            drawn.append(edge)
            links.append(Link(source, target, leaves, insides[target].enters))
    items = [Item(inside.width, inside.height) for inside in insides]
    placed = place(items, links, _gaps(len(links)), tallest=tallest)
    places: list[BoxPlace] = []
    nodes: list[NodePlace] = []
    routes: list[Route] = []
    ways = [Route(edge, points) for edge, points in zip(drawn, placed.routes, strict=True)]
    for edge, source, leaves in stubs:
        x, y = placed.corners[source]
        x += insides[source].width
        ways.append(Route(edge, [(x, y + leaves), (x + _STUB, y + leaves)]))
    for inside, (x, y) in zip(insides, placed.corners, strict=True):
        places.append(BoxPlace(inside.box, x, y, inside.width, inside.height, inside.started))
        nodes += [node.moved(x, y) for node in inside.nodes]
        routes += [shifted(route, x, y) for route in inside.routes]
    width = placed.width + (_STUB if stubs else 0)
    return _Group(width, placed.height, places, nodes, routes, ways)


def _gaps(links: int) -> Gaps:
    """The more links, the wider their way."""
    return Gaps(across=70 + min(110.0, 4.0 * links), down=22.0, beside=11.0)
