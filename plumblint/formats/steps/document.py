"""The YAML of a workflow or action as GitHub sees it.

Keys count without regard to case, aliases are resolved, merge keys are plain
keys, and plain scalars have the types of YAML 1.2's core schema.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plumblint.facts import Maybe, Unknown
from plumblint.formats.steps.reading import Text, as_text
from plumblint.source import Fault, Source, Span
from plumblint.syntax.yaml import Mapping, Node, Scalar, Sequence, parse

__all__ = [
    "Node", "Table", "is_null", "node_span", "read_document", "repeated_keys", "scalar_text",
    "table", "text_of",
]  # fmt: skip

_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_TRUE = frozenset(("true", "True", "TRUE"))
_FALSE = frozenset(("false", "False", "FALSE"))
_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?\Z")


class Table:
    """A mapping, looked up by lower-case key."""

    __slots__ = ("_entries", "node", "source")

    def __init__(self, source: Source, node: Mapping) -> None:
        self.source = source
        self.node = node
        self._entries: dict[str, tuple[Text, Node]] = {}
        for key, value in node.pairs:
            if isinstance(key, Scalar):
                text = scalar_text(source, key)
                self._entries.setdefault(text.value.lower(), (text, value))

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def __len__(self) -> int:
        return len(self._entries)

    def items(self) -> Iterator[tuple[Text, Node]]:
        """Keys and values in source order."""
        return iter(self._entries.values())

    def key(self, name: str) -> Text | None:
        """The key as it stands."""
        entry = self._entries.get(name)
        return entry[0] if entry else None

    def node_of(self, name: str) -> Node | None:
        """The value, None where the key is missing or its value empty."""
        entry = self._entries.get(name)
        return None if entry is None or is_null(entry[1]) else entry[1]

    def table(self, name: str) -> Table | None:
        """The value if it is a mapping."""
        return table(self.source, self.node_of(name))

    def text(self, name: str) -> Text | None:
        """The value if it is a scalar, and not null."""
        node = self.node_of(name)
        return scalar_text(self.source, node) if isinstance(node, Scalar) else None

    def sequence(self, name: str) -> list[Node]:
        """The items of a sequence; anything else counts as the one item of one."""
        node = self.node_of(name)
        if node is None:
            return []
        return list(node.items) if isinstance(node, Sequence) else [node]

    def texts(self, name: str) -> list[Text]:
        """The scalars of `sequence`."""
        return [
            scalar_text(self.source, node)
            for node in self.sequence(name)
            if isinstance(node, Scalar) and not is_null(node)
        ]

    def string(self, name: str) -> Maybe[str]:
        """The value as a string, None where it is missing."""
        text = self.text(name)
        return None if text is None else as_text(text)

    def boolean(self, name: str) -> Maybe[bool]:
        """The value as true or false, Unknown where an expression decides it."""
        value = self.string(name)
        if value is None or isinstance(value, Unknown):
            return value
        return True if value in _TRUE else False if value in _FALSE else None

    def number(self, name: str) -> Maybe[float]:
        """The value as a number, Unknown where an expression decides it."""
        value = self.string(name)
        if value is None or isinstance(value, Unknown):
            return value
        return float(value) if _NUMBER.match(value) else None


def read_document(source: Source) -> tuple[Node | None, list[Fault]]:
    """The root node of the file's first document, and what could not be read."""
    documents, faults = parse(source.text)
    return (documents[0] if documents else None), list(faults)


def repeated_keys(source: Source, root: Node | None) -> list[Fault]:
    """A fault for each key that its mapping has already, without regard to case."""
    faults: list[Fault] = []
    pending = [] if root is None else [root]
    visited: set[int] = set()
    while pending:
        node = pending.pop()
        if id(node) in visited:
            continue
        visited.add(id(node))
        if isinstance(node, Sequence):
            pending.extend(node.items)
        elif isinstance(node, Mapping):
            known: set[str] = set()
            for key, value in node.pairs:
                pending.append(value)
                name = key.value.lower() if isinstance(key, Scalar) else None
                if isinstance(key, Scalar) and name in known:
                    message = f"GitHub refuses the file: the key `{key.value}` stands here twice"
                    span = scalar_text(source, key).span
                    faults.append(Fault(span.start, span.end, message))
                if name is not None:
                    known.add(name)
    return faults


def table(source: Source, node: Node | None) -> Table | None:
    """A node as a Table if it is a mapping."""
    return Table(source, node) if isinstance(node, Mapping) else None


def scalar_text(source: Source, node: Scalar) -> Text:
    """A scalar as a Text."""
    return Text(source, node.value, node.segments)


def text_of(source: Source, node: Node | None) -> Text | None:
    """A node as a Text if it is a scalar."""
    return scalar_text(source, node) if isinstance(node, Scalar) else None


def is_null(node: Node | None) -> bool:
    """Whether a node is missing or a plain null."""
    return node is None or (isinstance(node, Scalar) and node.plain and node.value in _NULL)


def node_span(source: Source, node: Node) -> Span:
    """The span of a whole node."""
    return source.span(node.start, node.end)
