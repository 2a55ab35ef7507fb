"""The model of a compose project: tables, lists and texts, each with its places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from plumblint.facts import Related
from plumblint.formats.compose.text import Text
from plumblint.source import Span

RESET = "!reset"
OVERRIDE = "!override"
_MANY_PLACES = 6


class Items:
    """A list."""

    __slots__ = ("items", "span", "tag", "via")

    def __init__(
        self,
        items: list[Value],
        span: Span,
        via: tuple[Related, ...] = (),
        tag: str | None = None,
    ) -> None:
        self.items = items
        self.span = span
        self.via = via
        self.tag = tag


class Table:
    """A mapping: the texts of its keys and its values, by name in source order."""

    __slots__ = ("entries", "span", "tag", "via")

    def __init__(
        self,
        entries: dict[str, tuple[Text, Value]],
        span: Span,
        via: tuple[Related, ...] = (),
        tag: str | None = None,
    ) -> None:
        self.entries = entries
        self.span = span
        self.via = via
        self.tag = tag

    def __contains__(self, name: str) -> bool:
        return self.get(name) is not None

    def get(self, name: str) -> Value | None:
        """A value, None where it is missing, null or reset."""
        entry = self.entries.get(name)
        if entry is None or entry[1].tag == RESET:
            return None
        value = entry[1]
        return None if isinstance(value, Text) and value.null else value

    def has(self, name: str) -> bool:
        """Whether the key stands here, be it with a null."""
        entry = self.entries.get(name)
        return entry is not None and entry[1].tag != RESET

    def key(self, name: str) -> Text | None:
        """The key as it stands."""
        entry = self.entries.get(name)
        return entry[0] if entry else None

    def table(self, name: str) -> Table | None:
        """A value if it is a mapping."""
        value = self.get(name)
        return value if isinstance(value, Table) else None

    def text(self, name: str) -> Text | None:
        """A value if it is a scalar and no null."""
        value = self.get(name)
        return value if isinstance(value, Text) else None

    def items(self) -> Iterator[tuple[str, Text, Value]]:
        """Names, keys and values, reset ones left out."""
        for name, (key, value) in self.entries.items():
            if value.tag != RESET:
                yield name, key, value

    def texts(self, name: str) -> list[Text]:
        """The scalars of a list; a scalar alone counts as a list of one."""
        value = self.get(name)
        if isinstance(value, Text):
            return [value]
        items = value.items if isinstance(value, Items) else []
        return [item for item in items if isinstance(item, Text) and not item.null]

    def distinct(self, name: str) -> list[Text]:
        """As `texts`; of two with the same text before a `=` the later, in the earlier's place."""
        return list({text.flat.partition("=")[0]: text for text in self.texts(name)}.values())

    def pairs(self, name: str) -> list[tuple[Text, Text | None]]:
        """`KEY: value` or `- KEY=value`: names and values, the later of one name in its place."""
        value = self.get(name)
        found: dict[str, tuple[Text, Text | None]] = {}
        for key, text in _pairs(value):
            found[key.flat] = (key, text)
        return list(found.values())


Value: TypeAlias = Table | Items | Text


def _pairs(value: Value | None) -> Iterator[tuple[Text, Text | None]]:
    if isinstance(value, Table):
        for _, key, item in value.items():
            if isinstance(item, Text):
                yield key, (None if item.null else item)
    elif isinstance(value, Items):
        for item in value.items:
            if isinstance(item, Table):
                yield from _pairs(item)
            elif isinstance(item, Text) and not item.null:
                flat = item.flat
                at = flat.find("=")
                if at < 0:
                    yield item, None
                else:
                    yield item.cut(0, at), item.cut(at + 1, len(flat))
    elif isinstance(value, Text) and not value.null:
        yield from _pairs(Items([value], value.span))


def came_by(value: Value, place: Related) -> Value:
    """A copy of a value, with one more place that it came by."""
    via = (*value.via, place) if len(value.via) < _MANY_PLACES else value.via
    if isinstance(value, Text):
        return Text(
            value.parts, value.span, value.written,
            kind=value.kind, via=via, tag=value.tag, folder=value.folder,
        )  # fmt: skip
    if isinstance(value, Items):
        return Items([came_by(item, place) for item in value.items], value.span, via, value.tag)
    entries = {name: (key, came_by(item, place)) for name, (key, item) in value.entries.items()}
    return Table(entries, value.span, via, value.tag)


def size(value: Value) -> int:
    """How many tables, lists and texts a value is made of."""
    if isinstance(value, Text):
        return 1
    inner = value.items if isinstance(value, Items) else [one for _, one in value.entries.values()]
    return 1 + sum(map(size, inner))


def empty_table(span: Span) -> Table:
    """A table without entries."""
    return Table({}, span)
