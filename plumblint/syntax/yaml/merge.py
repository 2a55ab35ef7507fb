"""Merge keys (`<<`), for consumers that resolve them as go-yaml and docker compose do.

A mapping's own keys win over merged ones wherever they stand; of a list of
mappings the first one that has the key wins.  Only a plain `<<` merges.
"""

from __future__ import annotations

from plumblint.source import Fault
from plumblint.syntax.yaml.nodes import Mapping, Node, Offsets, Scalar, Sequence

_MOST_ENTRIES = 1_000_000


class Entry:
    """A key that a mapping has: its own, or through the merge values at `through`."""

    __slots__ = ("alias", "key", "through", "value")

    def __init__(
        self, key: Scalar, value: Node, alias: Offsets | None, through: tuple[Offsets, ...]
    ) -> None:
        self.key = key
        self.value = value
        self.alias = alias
        """The place of `*name` where the value is an alias."""
        self.through = through
        """The places of the merge values it came by, the nearest first."""

    def __repr__(self) -> str:
        return f"Entry({self.key.value!r}, {self.value!r})"


def is_merge(key: Node) -> bool:
    """Whether a key merges."""
    return isinstance(key, Scalar) and key.value == "<<" and not key.style and key.tag in {
        None, "!!merge",
    }  # fmt: skip


class MergeResolver:
    """Entries of the mappings of one file, each resolved once.

    `faults` holds merge values that are no mappings.  Of chains of merges that
    grow beyond a million entries the rest is left out, and `truncated` is set.
    """

    __slots__ = ("_budget", "_entries", "faults", "truncated")

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.truncated = False
        self._entries: dict[int, tuple[Mapping, list[Entry]]] = {}
        self._budget = _MOST_ENTRIES

    def entries(self, mapping: Mapping) -> list[Entry]:
        """The keys that are scalars, own ones first, each in source order.

        An own key that stands twice comes twice.
        """
        pending = [mapping]
        open_now: set[int] = set()
        while pending:
            node = pending[-1]
            if id(node) in self._entries:
                pending.pop()
                continue
            sources = self._sources(node, id(node) not in open_now)
            waiting = [
                source
                for source, _ in sources
                if id(source) not in self._entries and id(source) not in open_now
            ]
            if waiting and id(node) not in open_now:
                open_now.add(id(node))
                pending.extend(waiting)
                continue
            self._entries[id(node)] = (node, self._merge(node, sources))
            pending.pop()
        return self._entries[id(mapping)][1]

    def _sources(self, mapping: Mapping, complain: bool) -> list[tuple[Mapping, Offsets]]:
        """The mappings merged, with the place of each one's mention."""
        found: list[tuple[Mapping, Offsets]] = []
        for index, (key, value) in enumerate(mapping.pairs):
            if not is_merge(key):
                continue
            items = [(value, mapping.aliased.get(index))]
            if isinstance(value, Sequence):
                items = [(item, value.aliased.get(n)) for n, item in enumerate(value.items)]
            for item, alias in items:
                place = alias or (item.start, item.end)
                if isinstance(item, Mapping):
                    found.append((item, place))
                elif complain:
                    message = "`<<` merges mappings only, and this is none"
                    self.faults.append(Fault(*place, message))
        return found

    def _merge(self, mapping: Mapping, sources: list[tuple[Mapping, Offsets]]) -> list[Entry]:
        entries = [
            Entry(key, value, mapping.aliased.get(index), ())
            for index, (key, value) in enumerate(mapping.pairs)
            if isinstance(key, Scalar) and not is_merge(key)
        ]
        if not sources:
            return entries
        known = {entry.key.value for entry in entries}
        for source, place in sources:
            for entry in self._entries.get(id(source), (source, []))[1]:
                if entry.key.value in known:
                    continue
                self._budget -= 1 + len(entry.through)
                if self._budget < 0:
                    self.truncated = True
                    return entries
                known.add(entry.key.value)
                entries.append(Entry(entry.key, entry.value, entry.alias, (place, *entry.through)))
        return entries
