"""Sharing out the workflows of a family: each to one of those that start by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from plumblint.project.delivery_graph import Edge


def owned(names: Sequence[str], edges: Iterable[Edge]) -> list[list[str]]:
    """Groups of workflows: one that nothing leads to, with all that it reaches.

    What several reach belongs to the one that reaches fewest.  What stands
    alone then comes together in a last group.
    """
    behind: dict[str, list[str]] = {name: [] for name in names}
    led_to: set[str] = set()
    for edge in edges:
        behind[edge.source.partition("j")[0]].append(edge.target)
        led_to.add(edge.target)
    roots = [name for name in names if name not in led_to]
    reached = {root: _reached(root, behind) for root in roots}
    taken: dict[str, str] = {}
    for root in sorted(roots, key=lambda root: len(reached[root])):
        for name in reached[root]:
            taken.setdefault(name, root)
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(taken.get(name, ""), []).append(name)
    alone = [name for root, group in groups.items() if len(group) == 1 and root for name in group]
    rest = [group for group in groups.values() if len(group) > 1 or group[0] not in alone]
    return rest + ([alone] if alone else [])


def _reached(start: str, behind: dict[str, list[str]]) -> list[str]:
    found = {start: None}
    waiting = [start]
    while waiting:
        for name in behind[waiting.pop()]:
            if name not in found:
                found[name] = None
                waiting.append(name)
    return list(found)
