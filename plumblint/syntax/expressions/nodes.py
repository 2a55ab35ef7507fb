"""The tree of a GitHub Actions expression; every node knows its span in code points."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

Value: TypeAlias = object
"""None, bool, float, str, list or dict: what JSON knows; `Undecided` stands for any of them."""


class Node:
    """A stretch of an expression, `start` inclusive, `end` exclusive."""

    __slots__ = ("depth", "end", "start")

    def __init__(self, start: int, end: int, below: Sequence[Node] = ()) -> None:
        self.start = start
        self.end = end
        self.depth: int = 1 + max((node.depth for node in below), default=0)
        """The levels from here down: 1 for a leaf."""

    def children(self) -> Sequence[Node]:
        """The nodes directly below, in source order."""
        return ()


class Literal(Node):
    """A string, a number (always a float), `true`, `false` or `null`."""

    __slots__ = ("value",)

    def __init__(self, start: int, end: int, value: str | float | bool | None) -> None:
        super().__init__(start, end)
        self.value = value


class Context(Node):
    """A named value such as `github`; `name` as written."""

    __slots__ = ("name",)

    def __init__(self, start: int, end: int, name: str) -> None:
        super().__init__(start, end)
        self.name = name


class Access(Node):
    """`of.name` or `of[key]`; `key` is a string literal for the first, None for `*`."""

    __slots__ = ("key", "of")

    def __init__(self, start: int, end: int, of: Node, key: Node | None) -> None:
        super().__init__(start, end, (of,) if key is None else (of, key))
        self.of = of
        self.key = key

    def children(self) -> Sequence[Node]:
        """What is accessed, then the key."""
        return (self.of,) if self.key is None else (self.of, self.key)


class Call(Node):
    """A function call; `name` in lower case."""

    __slots__ = ("arguments", "name")

    def __init__(self, start: int, end: int, name: str, arguments: Sequence[Node]) -> None:
        super().__init__(start, end, arguments)
        self.name = name
        self.arguments = arguments

    def children(self) -> Sequence[Node]:
        """The arguments."""
        return self.arguments


class Not(Node):
    """`!operand`."""

    __slots__ = ("operand",)

    def __init__(self, start: int, end: int, operand: Node) -> None:
        super().__init__(start, end, (operand,))
        self.operand = operand

    def children(self) -> Sequence[Node]:
        """The operand."""
        return (self.operand,)


class Comparison(Node):
    """Two operands and `==`, `!=`, `<`, `<=`, `>` or `>=` between them."""

    __slots__ = ("left", "operator", "right")

    def __init__(self, operator: str, left: Node, right: Node) -> None:
        super().__init__(left.start, right.end, (left, right))
        self.operator = operator
        self.left = left
        self.right = right

    def children(self) -> Sequence[Node]:
        """Left, then right."""
        return (self.left, self.right)


class Logical(Node):
    """Two or more operands joined by the same `&&` or `||`."""

    __slots__ = ("operands", "operator")

    def __init__(self, operator: str, operands: Sequence[Node]) -> None:
        super().__init__(operands[0].start, operands[-1].end, operands)
        self.operator = operator
        self.operands = operands

    def children(self) -> Sequence[Node]:
        """The operands."""
        return self.operands


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it, a parent before its children."""
    pending = [node]
    while pending:
        current = pending.pop()
        yield current
        pending.extend(reversed(current.children()))


class Reference:
    """A context as it is read: `github.event.issue.title`, with its place."""

    __slots__ = ("end", "path", "start")

    def __init__(self, path: tuple[str, ...], start: int, end: int) -> None:
        self.path = path
        """The steps in lower case; `*` for a wildcard and for a computed index."""
        self.start = start
        self.end = end

    @property
    def name(self) -> str:
        """The steps joined with dots."""
        return ".".join(self.path)


def reference(node: Node) -> Reference | None:
    """The context that a node reads, None if it is no chain of accesses to one."""
    steps: list[str] = []
    current = node
    while isinstance(current, Access):
        steps.append(_step(current.key))
        current = current.of
    if not isinstance(current, Context):
        return None
    return Reference((current.name.lower(), *reversed(steps)), node.start, node.end)


def _step(key: Node | None) -> str:
    if isinstance(key, Literal) and isinstance(key.value, str):
        return key.value.lower()
    if isinstance(key, Literal) and isinstance(key.value, float) and key.value.is_integer():
        return str(int(key.value))
    return "*"


def references(node: Node) -> list[Reference]:
    """Every context that is read, the longest chains only, in source order."""
    return _references(node, lambda current: current.children())


_PASSING = frozenset(("format", "join", "tojson", "fromjson"))
"""Functions whose result holds the text of their arguments."""


def flowing(node: Node) -> list[Reference]:
    """The contexts whose own text may become part of the result.

    Of `github.actor == 'x' && inputs.a || 'b'` that is `inputs.a`: a comparison
    gives true or false, and what stands before `&&` is passed on only if falsy.
    """
    return _references(node, _flowing_children)


def _flowing_children(node: Node) -> Sequence[Node]:
    if isinstance(node, Logical):
        return node.operands if node.operator == "||" else node.operands[-1:]
    if isinstance(node, Access):
        return (node.of,)
    if isinstance(node, Call):
        if node.name in _PASSING:
            return node.arguments
        if node.name == "case":
            return (*node.arguments[1:-1:2], node.arguments[-1])
    return ()


def _references(node: Node, below: Callable[[Node], Sequence[Node]]) -> list[Reference]:
    found: list[Reference] = []
    pending = [node]
    while pending:
        current = pending.pop()
        known = reference(current)
        if known is None:
            pending.extend(reversed(below(current)))
            continue
        found.append(known)
        if below is not _flowing_children:
            pending.extend(reversed(_computed_keys(current)))
    return found


def _computed_keys(node: Node) -> list[Node]:
    keys: list[Node] = []
    while isinstance(node, Access):
        if node.key is not None and not isinstance(node.key, Literal):
            keys.append(node.key)
        node = node.of
    return keys[::-1]
