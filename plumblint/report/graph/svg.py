"""A delivery graph as a self-contained SVG: no scripts, no fonts, nothing from elsewhere.

Phases show as colour, as sign and in words.  Every text of the repo is cut to
its room and escaped; in full it stands in the `<title>` that appears where one
points.
"""

from __future__ import annotations

from collections.abc import Iterable

from plumblint.project.delivery_graph import Graph
from plumblint.report.escape import one_line, xml
from plumblint.report.graph.arrange import MARGIN, BoxPlace, Page, arrange
from plumblint.report.graph.inside import (
    LINE,
    NAME_SIZE,
    NODE_WIDTH,
    PAD,
    SMALL_SIZE,
    STRIP,
    TITLE_SIZE,
    NodePlace,
    Route,
)
from plumblint.report.graph.letters import cut, width_of
from plumblint.report.graph.signs import SIGNS
from plumblint.report.graph.style import style_sheet
from plumblint.report.graph.wording import LEGEND, full_text, phases_line

_SECTIONS = {
    "delivery": "Delivery",
    "checks": "Checks and builds",
    "other": "Other workflows",
}
_LEGEND_TOP = 62.0
_EDGES = (
    ("e", "waits for"),
    ("c", "calls a workflow"),
    ("r", "starts after a workflow"),
)
_MOST_NOTES = 20


def draw(graph: Graph) -> str:
    """The graph as an SVG document."""
    legend, below = _legend(graph)
    notes = _notes(graph)
    page = arrange(graph, below + 4)
    height = page.height + LINE * len(notes)
    size = f'width="{page.width:.0f}" height="{height:.0f}"'
    summary = graph.summary()
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} '
        f'viewBox="0 0 {page.width:.0f} {height:.0f}" role="img" '
        'aria-labelledby="plumblint-title plumblint-desc">',
        '<title id="plumblint-title">Delivery pipeline</title>',
        f'<desc id="plumblint-desc">{xml(" ".join(map(one_line, summary)))}</desc>',
        f"<style>{style_sheet()}</style>",
        _markers(),
        f'<rect class="p" x=".5" y=".5" width="{page.width - 1:.0f}" height="{height - 1:.0f}" '
        'rx="10"/>',
        _text(MARGIN, 34, "Delivery pipeline", "h"),
        _text(MARGIN, 52, " ".join(summary[:1]), "f"),
        *legend,
        *_drawn(page),
    ]
    for number, note in enumerate(notes):
        line = cut(note, SMALL_SIZE, page.width - 2 * MARGIN)
        lines.append(_text(MARGIN, page.height - 6 + LINE * number, line, "w"))
    return "\n".join([*lines, "</svg>"]) + "\n"


def _notes(graph: Graph) -> list[str]:
    notes = [f"Not read, or not in full: {file}" for file in graph.unread]
    if len(notes) > _MOST_NOTES:
        notes[_MOST_NOTES:] = [f"… and {len(notes) - _MOST_NOTES} more"]
    if graph.left_out:
        notes.append(f"{graph.left_out} more jobs, workflows or connections are not drawn")
    return notes


def _drawn(page: Page) -> Iterable[str]:
    for section in page.sections:
        yield _text(MARGIN, section.y + 26, _SECTIONS[section.kind], "s")
    for way in page.ways:
        yield _route(way)
    for box in page.boxes:
        yield from _box(box)
    for route in page.routes:
        yield _route(route)
    for place in page.nodes:
        yield from _node(place)


def _box(place: BoxPlace) -> Iterable[str]:
    box = place.box
    room = place.width - 2 * PAD
    tip = "\n".join([box.name, box.file, "started by: " + "; ".join(box.triggers)])
    yield f"<g><title>{_tip(tip)}</title>"
    yield _rect(place.x, place.y, place.width, place.height, "b", 8)
    y = place.y + PAD + 10
    yield _text(place.x + PAD, y, cut(box.name, TITLE_SIZE * 1.05, room), "t")
    file = box.file.rsplit("/", 1)[-1]
    if file != box.name:
        y += LINE + 1
        yield _text(place.x + PAD, y, cut(file, SMALL_SIZE, room), "f")
    for line in place.started:
        y += LINE
        yield _text(place.x + PAD, y, line, "f")
    if box.left_out or not box.nodes:
        more = f"… and {box.left_out} more jobs" if box.left_out else "no jobs"
        yield _text(place.x + PAD, place.y + place.height - PAD, more, "f")
    yield "</g>"


def _node(place: NodePlace) -> Iterable[str]:
    node, x, y = place.node, place.x, place.y
    phase = node.main or "other"
    yield f"<g><title>{_tip(full_text(place.box, node))}</title>"
    yield _rect(x, y, NODE_WIDTH, place.height, phase, 6)
    yield (
        f'<path class="{phase}-s" d="M{_n(x + 6)} {_n(y)}H{_n(x + STRIP)}V{_n(y + place.height)}'
        f'H{_n(x + 6)}a6 6 0 0 1 -6 -6V{_n(y + 6)}a6 6 0 0 1 6 -6Z"/>'
    )
    yield _sign(x + 5, y + place.height / 2 - 7, phase, "i")
    left, room = x + STRIP + 8, NODE_WIDTH - STRIP - 14
    y += 17
    yield _text(left, y, cut(node.name, NAME_SIZE * 1.05, room), f"n {phase}-i")
    lines = [phases_line(node)] if phases_line(node) else []
    lines += [f"→ {node.calls}"] if node.calls else []
    lines += [f"in {node.environment}"] if node.environment else []
    for line in lines:
        y += LINE
        yield _text(left, y, cut(line, SMALL_SIZE, room), f"{phase}-i")
    if place.skips:
        yield _sign(left, y + LINE - 10, "skips", "o", 0.85)
        for number, line in enumerate(place.skips, 1):
            y += LINE
            yield _text(left + 15, y, line if number == len(place.skips) else f"{line},", "w")
        yield _rect(x - 1, place.y - 1, NODE_WIDTH + 2, place.height + 2, "k", 7)
    yield "</g>"


def _route(route: Route) -> str:
    """Level pieces joined by curves that begin and end level."""
    kind = {"needs": "e", "calls": "c", "run": "r"}[route.edge.kind]
    points = route.points
    (x, y), rest = points[0], points[1:]
    path = [f"M{_n(x)} {_n(y)}"]
    for number, (to_x, to_y) in enumerate(rest, 1):
        if number % 2 == 0 or abs(to_y - y) < 0.5:
            path.append(f"L{_n(to_x)} {_n(to_y)}")
        else:
            bend = _bend(x, to_x)
            path.append(
                f"C{_n(x + bend)} {_n(y)} {_n(to_x - bend)} {_n(to_y)} {_n(to_x)} {_n(to_y)}"
            )
        x, y = to_x, to_y
    end = f' marker-end="url(#plumblint-{kind})"' if route.arrow else ""
    return f'<path class="{kind}" d="{"".join(path)}"{end}/>'


def _bend(left: float, right: float) -> float:
    return (right - left) / 2 if right > left else 60.0


def _markers() -> str:
    made = "".join(
        f'<marker id="plumblint-{kind}" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="8" '
        f'markerHeight="8" markerUnits="userSpaceOnUse" orient="auto">'
        f'<path class="a{kind}" d="M0 .5 8 4 0 7.5Z"/></marker>'
        for kind, _ in _EDGES
    )
    return f"<defs>{made}</defs>"


def _legend(graph: Graph) -> tuple[list[str], float]:
    """What colours, signs and lines mean, as far as they occur; and where it ends."""
    entries: list[tuple[str, str]] = [(phase, LEGEND[phase]) for phase in graph.phases]
    if any(node.main is None for node in graph.nodes):
        entries.append(("other", "something else"))
    if any(node.marks for node in graph.nodes):
        entries.append(("skips", "a deployment that skips a phase"))
    kinds = {edge.kind[0].replace("n", "e") for edge in graph.edges}
    entries += [(kind, text) for kind, text in _EDGES if kind in kinds]
    lines: list[str] = []
    x, y = MARGIN, _LEGEND_TOP
    for what, text in entries:
        width = 34 + width_of(text, SMALL_SIZE) + 10
        if x + width > 1300:
            x, y = MARGIN, y + 24
        if what in ("e", "c", "r"):
            lines.append(
                f'<path class="{what}" d="M{_n(x)} {_n(y + 9)}h26" '
                f'marker-end="url(#plumblint-{what})"/>'
            )
        elif what == "skips":
            lines += [_rect(x, y - 1, 22, 20, "k", 5), _sign(x + 4, y + 2, "skips", "o")]
        else:
            lines.append(
                f'<rect class="{what}-s" x="{_n(x)}" y="{_n(y)}" width="22" height="18" rx="4"/>'
            )
            lines.append(_sign(x + 4, y + 2, what, "i"))
        gap = 34 if what in ("e", "c", "r") else 30
        lines.append(_text(x + gap, y + 13, text, ""))
        x += width
    return lines, y + 20 if entries else _LEGEND_TOP


def _sign(x: float, y: float, name: str, style: str, scale: float = 1.0) -> str:
    grown = f" scale({scale})" if scale != 1.0 else ""
    return (
        f'<path class="{style}" transform="translate({_n(x)} {_n(y)}){grown}" d="{SIGNS[name]}"/>'
    )


def _rect(x: float, y: float, width: float, height: float, style: str, radius: int) -> str:
    return (
        f'<rect class="{style}" x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" '
        f'height="{_n(height)}" rx="{radius}"/>'
    )


def _text(x: float, y: float, text: str, style: str) -> str:
    kind = f' class="{style}"' if style else ""
    return f'<text{kind} x="{_n(x)}" y="{_n(y)}">{xml(one_line(text))}</text>'


def _tip(text: str) -> str:
    """Lines of a `<title>`, each made harmless."""
    return "\n".join(xml(one_line(line)) for line in text.split("\n"))


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
