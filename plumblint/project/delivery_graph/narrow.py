"""A part of a graph: some workflows, what they lead to and what leads to them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from fnmatch import fnmatchcase

from plumblint.project.delivery_graph.families import families_of
from plumblint.project.delivery_graph.model import Box, Edge, Graph


def matching(graph: Graph, pattern: str) -> list[Box]:
    """The workflows of a file name, path or name; `*` and `?` stand for anything."""
    pattern = pattern.lower()
    return [box for box in graph.boxes if any(fnmatchcase(n, pattern) for n in _names(box))]


def _names(box: Box) -> Iterable[str]:
    file = box.file.rsplit("/", 1)[-1].lower()
    yield from (box.file.lower(), file, file.rsplit(".", 1)[0], box.name.lower())


def narrowed(graph: Graph, boxes: Collection[Box]) -> Graph:
    """The graph of some workflows, all that they start or call, and all that start or call them."""
    between = [(_box_id(edge.source), edge.target) for edge in graph.edges if edge.kind != "needs"]
    kept = {box.id for box in boxes}
    kept |= _reached(kept, between) | _reached(kept, [(b, a) for a, b in between])
    edges = tuple(edge for edge in graph.edges if _inside(edge, kept))
    some = [box for box in graph.boxes if box.id in kept]
    return graph._replace(families=families_of(some, edges), edges=edges)


def _reached(start: Collection[str], edges: Collection[tuple[str, str]]) -> set[str]:
    behind: dict[str, list[str]] = {}
    for source, target in edges:
        behind.setdefault(source, []).append(target)
    found = set(start)
    waiting = list(start)
    while waiting:
        for name in behind.get(waiting.pop(), ()):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found


def _inside(edge: Edge, kept: Collection[str]) -> bool:
    return _box_id(edge.source) in kept and _box_id(edge.target) in kept


def _box_id(name: str) -> str:
    return name.partition("j")[0]
