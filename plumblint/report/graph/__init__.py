"""Pictures of a delivery graph: one module per format, all with `draw(graph) -> str`."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from plumblint.project.delivery_graph import Graph

FORMATS: dict[str, str] = {
    "mermaid": "plumblint.report.graph.mermaid",
    "svg": "plumblint.report.graph.svg",
}
"""The module of each format, by the name that `--format` takes."""


class Drawer(Protocol):
    """The face of a format's module."""

    def draw(self, graph: Graph) -> str:
        """The whole picture, ending in a line feed."""


def drawer(name: str) -> Drawer:
    """The module of a format; KeyError for a name that is not in `FORMATS`."""
    return cast("Drawer", import_module(FORMATS[name]))


__all__ = ["FORMATS", "Drawer", "drawer"]
