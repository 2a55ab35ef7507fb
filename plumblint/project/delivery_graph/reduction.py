"""Edges of a graph without those that follow from others."""

from __future__ import annotations

from collections.abc import Iterable

Pair = tuple[int, int]


def in_layers(count: int, edges: Iterable[Pair]) -> list[int]:
    """The layer of each vertex: its longest path from one that nothing leads to.

    Vertices in a circle, and those behind them, come after all others, each in
    the layer that edges from outside the circle give it.
    """
    behind: list[list[int]] = [[] for _ in range(count)]
    waits = [0] * count
    for source, target in edges:
        behind[source].append(target)
        waits[target] += 1
    layers = [0] * count
    done = [False] * count
    ready = [vertex for vertex in range(count) if not waits[vertex]]
    unplaced = iter(range(count))
    while True:
        for vertex in ready:  # grows while it is gone through
            done[vertex] = True
            for target in behind[vertex]:
                if done[target]:
                    continue  # an edge that closes a circle
                layers[target] = max(layers[target], layers[vertex] + 1)
                waits[target] -= 1
                if not waits[target]:
                    ready.append(target)
                    done[target] = True
        vertex = next((vertex for vertex in unplaced if not done[vertex]), -1)
        if vertex < 0:
            return layers
        ready = [vertex]


def reduced(count: int, edges: Iterable[Pair]) -> list[Pair]:
    """The edges, sorted, without those between vertices that a longer way joins too.

    Edges that close a circle are kept.  Bit sets hold what lies above a vertex.
    """
    unique = sorted(set(edges))
    layers = in_layers(count, unique)
    forward = [(source, target) for source, target in unique if layers[source] < layers[target]]
    above = [0] * count
    into: list[list[int]] = [[] for _ in range(count)]
    for source, target in forward:
        into[target].append(source)
    implied: set[Pair] = set()
    for vertex in sorted(range(count), key=lambda vertex: layers[vertex]):
        beyond = 0
        for source in into[vertex]:
            beyond |= above[source]
        implied.update((source, vertex) for source in into[vertex] if beyond >> source & 1)
        for source in into[vertex]:
            beyond |= 1 << source
        above[vertex] = beyond
    return [edge for edge in unique if edge not in implied]
