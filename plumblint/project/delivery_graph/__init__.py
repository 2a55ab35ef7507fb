"""The delivery pipeline of a repo as a graph: facts in, boxes, nodes, edges and marks out.

Pure: what draws it stands in `plumblint/report/graph`.
"""

from plumblint.project.delivery_graph.build import delivery_graph
from plumblint.project.delivery_graph.model import (
    PHASES,
    Box,
    Edge,
    Family,
    Graph,
    Mark,
    Node,
    Phase,
)
from plumblint.project.delivery_graph.narrow import matching, narrowed

__all__ = [
    "PHASES",
    "Box",
    "Edge",
    "Family",
    "Graph",
    "Mark",
    "Node",
    "Phase",
    "delivery_graph",
    "matching",
    "narrowed",
]
