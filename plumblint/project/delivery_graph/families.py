"""Families: workflows that calls and workflow_run join, the important ones first."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Literal

from plumblint.project.delivery_graph.model import Box, Edge, Family

_DELIVERING = frozenset(("deploy", "publish", "backup", "rollback", "verify"))
_KINDS = ("delivery", "checks", "other")


def families_of(boxes: Collection[Box], edges: Iterable[Edge]) -> tuple[Family, ...]:
    """The families of workflows, those that deliver first, else in the order of their files."""
    leader = {box.id: box.id for box in boxes}

    def found(name: str) -> str:
        while leader[name] != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    for edge in edges:
        if edge.kind != "needs":
            leader[found(edge.source.partition("j")[0])] = found(edge.target)
    joined: dict[str, list[Box]] = {}
    for box in sorted(boxes, key=lambda box: box.file):
        joined.setdefault(found(box.id), []).append(box)
    families = [Family(_kind(some), tuple(some)) for some in joined.values()]
    families.sort(key=_rank)
    return tuple(families)


def _kind(boxes: Collection[Box]) -> Literal["delivery", "checks", "other"]:
    phases = {phase for box in boxes for node in box.nodes for phase in node.phases}
    if phases & _DELIVERING:
        return "delivery"
    return "checks" if phases else "other"


def _rank(family: Family) -> tuple[int, bool, int, str]:
    deploys = any("deploy" in node.phases for box in family.boxes for node in box.nodes)
    first = family.boxes[0].file if family.boxes else ""
    return (_KINDS.index(family.kind), not deploys, -len(family.boxes), first)
