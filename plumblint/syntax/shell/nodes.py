"""The tree of a shell script: statements down to words, and what stands beside.

Each node is a stretch of the text that was read: `text` is that stretch, `start`
and `end` are its place in the source file.  A here-document's body stands behind
the command it feeds, outside that command's span; every other child lies within
its parent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from plumblint.source import Fault


class PlaceMap(Protocol):
    """What gives places in the source for spans of a value (`Segments` is one)."""

    def span(self, start: int, end: int, /) -> tuple[int, int]:
        """The source span of the value's `start` to `end`."""
        ...


class Origin:
    """The text that nodes are stretches of, and where it stands in the source."""

    __slots__ = ("offset", "places", "text")

    def __init__(self, text: str, places: PlaceMap | None = None, offset: int = 0) -> None:
        self.text = text
        self.places = places
        self.offset = offset

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source span of a stretch of the text; an empty one is behind what precedes it."""
        if self.places is not None and start == end and start > 0:
            start = end = self.places.span(start - 1, start)[1]
        elif self.places is not None:
            start, end = self.places.span(start, end)
        return start + self.offset, end + self.offset


class Node:
    """A stretch of a script."""

    __slots__ = ("origin", "read_end", "read_start")

    PARTS: tuple[str, ...] = ()
    """The attributes that hold children, in source order."""

    def __init__(self, origin: Origin, start: int, end: int) -> None:
        self.origin = origin
        self.read_start = start
        self.read_end = end

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.text!r})"

    @property
    def text(self) -> str:
        """As written, GitHub expressions included."""
        return self.origin.text[self.read_start : self.read_end]

    @property
    def span(self) -> tuple[int, int]:
        """Start and end in the source file."""
        return self.origin.span(self.read_start, self.read_end)

    @property
    def start(self) -> int:
        """Where it begins in the source file."""
        return self.span[0]

    @property
    def end(self) -> int:
        """Where it ends in the source file, exclusive."""
        return self.span[1]

    def children(self) -> Iterator[Node]:
        """The nodes directly below, in source order (here-document bodies last)."""
        for name in self.PARTS:
            value = getattr(self, name)
            if isinstance(value, Node):
                yield value
            elif value is not None:
                yield from value


class Comment(Node):
    """From `#` to the end of its line."""

    __slots__ = ()


class Part(Node):
    """A piece of a word; `quoted` is `'`, `"`, `$'` or nothing: the quotes it stands in."""

    __slots__ = ("quoted",)

    def __init__(self, origin: Origin, start: int, end: int, quoted: str) -> None:
        super().__init__(origin, start, end)
        self.quoted = quoted


class Literal(Part):
    """Fixed characters: the span is what stands between the quotes, `value` what it means."""

    __slots__ = ("value",)

    def __init__(self, origin: Origin, start: int, end: int, quoted: str, value: str) -> None:
        super().__init__(origin, start, end, quoted)
        self.value = value


class Expression(Part):
    """A GitHub expression `${{ … }}`, replaced before the shell sees the script."""

    __slots__ = ()


class Parameter(Part):
    """`$name`, `${name}`, `${name[subscript]operator argument}`."""

    __slots__ = ("argument", "name", "operator", "prefix", "subscript")
    PARTS = ("subscript", "argument")

    def __init__(self, origin: Origin, start: int, end: int, quoted: str, name: str) -> None:
        super().__init__(origin, start, end, quoted)
        self.name = name
        self.prefix = ""
        """`#` for the length, `!` for the indirect value."""
        self.operator = ""
        """`:-`, `-`, `:=`, `=`, `:?`, `?`, `:+`, `+`, `#`, `%`, `/`, `:`, `^`, `,`, `@` …"""
        self.argument: Word | None = None
        self.subscript: Word | None = None


class Arithmetic(Part):
    """`$((…))`: its own text as parts."""

    __slots__ = ("parts",)
    PARTS = ("parts",)

    def __init__(
        self, origin: Origin, start: int, end: int, quoted: str, parts: Sequence[Part]
    ) -> None:
        super().__init__(origin, start, end, quoted)
        self.parts = parts


class CommandSubstitution(Part):
    """`$(…)` or backticks."""

    __slots__ = ("script",)
    PARTS = ("script",)

    def __init__(self, origin: Origin, start: int, end: int, quoted: str, script: Script) -> None:
        super().__init__(origin, start, end, quoted)
        self.script = script


class ProcessSubstitution(Part):
    """`<(…)` or `>(…)`; `direction` is `<` or `>`."""

    __slots__ = ("direction", "script")
    PARTS = ("script",)

    def __init__(
        self, origin: Origin, start: int, end: int, direction: str, script: Script
    ) -> None:
        super().__init__(origin, start, end, "")
        self.direction = direction
        self.script = script


class Array(Part):
    """The `(…)` of `name=(…)`; an element may be `[key]=value`."""

    __slots__ = ("elements",)
    PARTS = ("elements",)

    def __init__(self, origin: Origin, start: int, end: int, elements: Sequence[Word]) -> None:
        super().__init__(origin, start, end, "")
        self.elements = elements


class Word(Node):
    """One word; patterns, tildes and braces count as fixed characters."""

    __slots__ = ("parts",)
    PARTS = ("parts",)

    def __init__(self, origin: Origin, start: int, end: int, parts: Sequence[Part]) -> None:
        super().__init__(origin, start, end)
        self.parts = parts

    @property
    def literal(self) -> str | None:
        """Its value without quotes and escapes, None if the script alone does not say it."""
        values = []
        for part in self.parts:
            if not isinstance(part, Literal):
                return None
            values.append(part.value)
        return "".join(values)

    @property
    def verbatim(self) -> tuple[int, int] | None:
        """The source span whose text is `literal`, character for character, if there is one."""
        if not self.parts:
            return self.span
        part = self.parts[0]
        if len(self.parts) > 1 or not isinstance(part, Literal) or part.text != part.value:
            return None
        start, end = part.span
        return (start, end) if end - start == len(part.value) else None


class Assignment(Node):
    """`name=value`, `name+=value`, `name[subscript]=value`; no value: an empty word."""

    __slots__ = ("append", "name", "subscript", "value")
    PARTS = ("subscript", "value")

    def __init__(
        self,
        origin: Origin,
        start: int,
        end: int,
        name: str,
        value: Word,
        subscript: Word | None = None,
        append: bool = False,
    ) -> None:
        super().__init__(origin, start, end)
        self.name = name
        self.value = value
        self.subscript = subscript
        self.append = append


class Redirection(Node):
    """`2>file`, `<<EOF`, `<<<word`; `fd` is what stands before the operator."""

    __slots__ = ("fd", "heredoc", "operator", "quoted", "target")
    PARTS = ("target", "heredoc")

    def __init__(
        self, origin: Origin, start: int, end: int, fd: str, operator: str, target: Word | None
    ) -> None:
        super().__init__(origin, start, end)
        self.fd = fd
        self.operator = operator
        self.target = target
        """The file, the descriptor, the here-string, or the here-document's delimiter."""
        self.heredoc: Word | None = None
        """The here-document's body, without the line of the delimiter."""
        self.quoted = False
        """Whether the delimiter is quoted, so that nothing is expanded in the body."""


class Script(Node):
    """A whole script, or the inside of a substitution (whose faults are the whole script's)."""

    __slots__ = ("comments", "faults", "limit", "statements", "words")
    PARTS = ("statements",)

    def __init__(self, origin: Origin, start: int, end: int, statements: Sequence[Node]) -> None:
        super().__init__(origin, start, end)
        self.statements = statements
        self.faults: Sequence[Fault] = ()
        self.comments: Sequence[Comment] = ()
        self.words = 0
        """How many words and expansions were read; only of a whole script."""
        self.limit: Fault | None = None
        """Where reading ended before the script did, because it has too many words."""
