"""The syntax tree of an HCL2 file: bodies, attributes and blocks."""

from __future__ import annotations

from plumblint.source import Fault
from plumblint.syntax.hcl.nodes import Expression, Node


class Label(Node):
    """A block's label: `"aws_instance"`, quotes within the span, or a bare word."""

    __slots__ = ("text",)

    def __init__(self, start: int, end: int, text: str) -> None:
        self.start = start
        self.end = end
        self.text = text


class Attribute(Node):
    """`name = value` in a body; the name is at `name_start` to `name_end`."""

    __slots__ = ("name", "name_end", "name_start", "value")
    below = ("value",)

    def __init__(self, name: str, name_start: int, name_end: int, value: Expression) -> None:
        self.start = self.name_start = name_start
        self.end = max(value.end, name_end)
        self.name_end = name_end
        self.name = name
        self.value = value


class Block(Node):
    """`type "label" … { body }`; the type is at `start` to `type_end`."""

    __slots__ = ("body", "labels", "type", "type_end")
    below = ("labels", "body")

    def __init__(self, span: tuple[int, int], block_type: str, labels: list[Label]) -> None:
        self.start, self.end = span
        self.type = block_type
        self.type_end = span[0] + len(block_type)
        self.labels = labels
        self.body = Body(self.end, self.end)


class Body(Node):
    """Attributes and blocks in the order written.

    A block's body spans what stands between its braces; the file's body spans
    the file, and its `faults` are those of the whole file.
    """

    __slots__ = ("faults", "items")
    below = ("items",)

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end
        self.items: list[Attribute | Block] = []
        self.faults: list[Fault] = []

    @property
    def attributes(self) -> list[Attribute]:
        """The attributes alone."""
        return [item for item in self.items if type(item) is Attribute]

    @property
    def blocks(self) -> list[Block]:
        """The blocks alone."""
        return [item for item in self.items if type(item) is Block]

    def attribute(self, name: str) -> Attribute | None:
        """The first attribute of that name."""
        for item in self.items:
            if type(item) is Attribute and item.name == name:
                return item
        return None

    def blocks_of(self, block_type: str) -> list[Block]:
        """The blocks of one type."""
        return [item for item in self.items if type(item) is Block and item.type == block_type]
