"""From YAML nodes to the model: aliases and merge keys resolved, variables replaced."""

from __future__ import annotations

from plumblint.facts import Related
from plumblint.formats.compose.interpolation import Lookup, Template
from plumblint.formats.compose.reading import Reading
from plumblint.formats.compose.scalars import kind_of
from plumblint.formats.compose.text import Part, Text
from plumblint.formats.compose.tree import RESET, Items, Table, Value
from plumblint.source import Source
from plumblint.syntax.yaml import Mapping, MergeResolver, Node, Scalar, Sequence

_MERGED_HERE = "merged here"
_ALIASED_HERE = "used here"
_MANY_PLACES = 6


class Lowering:
    """One document being lowered."""

    __slots__ = ("_folder", "_lookup", "_merges", "_reading", "_source")

    def __init__(self, reading: Reading, source: Source, lookup: Lookup, folder: str) -> None:
        self._reading = reading
        self._source = source
        self._lookup = lookup
        self._folder = folder
        self._merges = MergeResolver()

    def value(self, node: Node, via: tuple[Related, ...] = ()) -> Value:
        """The model of a node that came by the places `via`.

        The YAML reader holds the depth below what Python's stack takes.
        """
        source = self._source
        self._reading.visits -= 1
        if isinstance(node, Scalar):
            return self._text(node, via)
        span = source.span(node.start, node.end)
        if self._reading.visits < 0:
            self._reading.too_much(span)
            return Items([], span, via)
        if isinstance(node, Sequence):
            items = [
                self.value(item, self._through(via, node.aliased.get(index)))
                for index, item in enumerate(node.items)
            ]
            kept = [item for item in items if item.tag != RESET]
            return Items(kept, span, via, node.tag)
        entries: dict[str, tuple[Text, Value]] = {}
        for entry in self._merges.entries(node):
            places = via
            for through in entry.through:
                if len(places) < _MANY_PLACES:
                    places = (*places, Related(source.span(*through), _MERGED_HERE))
            places = self._through(places, entry.alias)
            key = self._key(entry.key)
            entries[entry.key.value] = (key, self.value(entry.value, places))
        return Table(entries, span, via, node.tag)

    def problems(self) -> None:
        """Tell of merge keys that merge nothing, after all was lowered."""
        for fault in self._merges.faults:
            self._reading.problem(self._source.span(fault.start, fault.end), fault.message)

    def _through(
        self, via: tuple[Related, ...], alias: tuple[int, int] | None
    ) -> tuple[Related, ...]:
        if alias is None or len(via) >= _MANY_PLACES:
            return via
        return (*via, Related(self._source.span(*alias), _ALIASED_HERE))

    def _key(self, node: Scalar) -> Text:
        source = self._source
        parts = (Part(node.value, source, node.segments, 0, len(node.value)),)
        return Text(parts, source.span(node.start, node.end), node.value)

    def _text(self, node: Scalar, via: tuple[Related, ...]) -> Text:
        source, value = self._source, node.value
        span = source.span(node.start, node.end)
        if node.style:
            start, end = node.segments.span(0, len(value.rstrip("\r\n")) or len(value))
            span = source.span(start, end) if start < end else span
        kind = kind_of(value) if node.plain and "$" not in value else "str"
        if "$" in value:
            template = Template(source, value, node.segments, self._lookup)
            parts = template.parts()
            for fault in template.faults:
                place = node.segments.span(fault.start, fault.end)
                self._reading.problem(source.span(*place), fault.message)
        else:
            parts = (Part(value, source, node.segments, 0, len(value)),) if value else ()
        return Text(parts, span, value, kind=kind, via=via, tag=node.tag, folder=self._folder)


def repeated_keys(reading: Reading, source: Source, root: Node) -> None:
    """A Problem for each key that its mapping has already."""
    pending: list[Node] = [root]
    visited: set[int] = set()
    while pending:
        node = pending.pop()
        if id(node) in visited or isinstance(node, Scalar):
            continue
        visited.add(id(node))
        if isinstance(node, Sequence):
            pending.extend(node.items)
            continue
        _repeated(reading, source, node)
        pending.extend(value for _, value in node.pairs)


def _repeated(reading: Reading, source: Source, node: Mapping) -> None:
    known: dict[str, int] = {}
    for key, _ in node.pairs:
        if not isinstance(key, Scalar):
            continue
        if key.value in known:
            line = source.position(known[key.value])[0]
            message = f"docker compose refuses this: `{key.value}` stands already in line {line}"
            reading.problem(source.span(*key.segments.span(0, len(key.value))), message)
        else:
            known[key.value] = key.start
