"""The syntax tree of an HCL2 file: nodes in general, and expressions.

Every node has `start` and `end`: code-point offsets into the text given to the
parser, end exclusive.  A child's span lies within its parent's.
"""

from __future__ import annotations

from typing import ClassVar


class Node:
    """Anything with a place in the text."""

    __slots__ = ("end", "start")
    below: ClassVar[tuple[str, ...]] = ()

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end

    def children(self) -> list[Node]:
        """The nodes directly below, in the order of the text."""
        result: list[Node] = []
        for field in self.below:
            value = getattr(self, field)
            if isinstance(value, list):
                result.extend(value)
            elif value is not None:
                result.append(value)
        return result

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.start}, {self.end})"


class Expression(Node):
    """Anything that has a value."""

    __slots__ = ()


class Invalid(Expression):
    """Stands where an expression could not be read; a fault says why."""

    __slots__ = ()


class Literal(Expression):
    """A number, `true`, `false`, `null`, or a quoted string without sequences.

    `value` is an int, float, bool, None or the str with its escapes decoded;
    the span of a string includes its quotes.
    """

    __slots__ = ("value",)

    def __init__(self, start: int, end: int, value: str | int | float | bool | None) -> None:
        self.start = start
        self.end = end
        self.value = value


class Text(Node):
    """A literal stretch of a template; `value` has its escapes decoded."""

    __slots__ = ("value",)

    def __init__(self, start: int, end: int, value: str) -> None:
        self.start = start
        self.end = end
        self.value = value


class Interpolation(Node):
    """`${expression}`; a `~` at either side strips the white space beyond it."""

    __slots__ = ("expression", "strip_left", "strip_right")
    below = ("expression",)

    def __init__(
        self, start: int, end: int, expression: Expression, strip_left: bool, strip_right: bool
    ) -> None:
        self.start = start
        self.end = end
        self.expression = expression
        self.strip_left = strip_left
        self.strip_right = strip_right


class Directive(Node):
    """`%{if …}`, `%{else}`, `%{endif}`, `%{for … in …}` or `%{endfor}`.

    `names` are the variables of a `for`; `expression` is what `if` or `for`
    look at, else None.
    """

    __slots__ = ("expression", "keyword", "names", "strip_left", "strip_right")
    below = ("expression",)

    def __init__(
        self,
        start: int,
        end: int,
        keyword: str,
        names: tuple[str, ...],
        expression: Expression | None,
        strips: tuple[bool, bool],
    ) -> None:
        self.start = start
        self.end = end
        self.keyword = keyword
        self.names = names
        self.expression = expression
        self.strip_left, self.strip_right = strips


class Template(Expression):
    """A quoted string with at least one sequence; the span includes the quotes."""

    __slots__ = ("parts",)
    below = ("parts",)

    def __init__(self, start: int, end: int, parts: list[Text | Interpolation | Directive]) -> None:
        self.start = start
        self.end = end
        self.parts = parts


class Heredoc(Template):
    """`<<MARKER`, or `<<-MARKER` where `flush`: common indentation is removed.

    The node runs from `<<` to the end of the closing marker, its content from
    `content_start` to `content_end` (which includes the last line feed).  The
    parts hold the text as written: see `static.heredoc_text` for the value.
    """

    __slots__ = ("content_end", "content_start", "flush", "marker")

    def __init__(
        self,
        span: tuple[int, int],
        parts: list[Text | Interpolation | Directive],
        content: tuple[int, int],
        marker: str,
        flush: bool,
    ) -> None:
        super().__init__(span[0], span[1], parts)
        self.content_start, self.content_end = content
        self.marker = marker
        self.flush = flush


class Tuple(Expression):
    """`[a, b]`."""

    __slots__ = ("items",)
    below = ("items",)

    def __init__(self, start: int, end: int, items: list[Expression]) -> None:
        self.start = start
        self.end = end
        self.items = items


class Item(Node):
    """`key = value` or `key : value` in an object.

    `name` is the key where it is a bare word or a literal, None where it is
    computed (`(expression)`, a template, a dotted name).
    """

    __slots__ = ("key", "name", "value")
    below = ("key", "value")

    def __init__(self, key: Expression, value: Expression) -> None:
        self.start = key.start
        self.end = value.end
        self.key = key
        self.value = value
        self.name: str | None = None
        if type(key) is Literal:
            self.name = _key_text(key.value)
        elif type(key) is Traversal and not key.steps and key.source is None:
            self.name = key.name


def _key_text(value: str | int | float | bool | None) -> str:
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    return str(value)


class Object(Expression):
    """`{ key = value, … }`."""

    __slots__ = ("items",)
    below = ("items",)

    def __init__(self, start: int, end: int, items: list[Item]) -> None:
        self.start = start
        self.end = end
        self.items = items


class AttributeStep(Node):
    """`.name`."""

    __slots__ = ("name",)

    def __init__(self, start: int, end: int, name: str) -> None:
        self.start = start
        self.end = end
        self.name = name


class IndexStep(Node):
    """`[key]`, or the old form `.0`."""

    __slots__ = ("key",)
    below = ("key",)

    def __init__(self, start: int, end: int, key: Expression) -> None:
        self.start = start
        self.end = end
        self.key = key


class SplatStep(Node):
    """`[*]` (`full`: the steps behind apply to each element) or `.*`."""

    __slots__ = ("full",)

    def __init__(self, start: int, end: int, full: bool) -> None:
        self.start = start
        self.end = end
        self.full = full


Step = AttributeStep | IndexStep | SplatStep


class Traversal(Expression):
    """A name and what is picked from it: `x`, `var.x`, `a.b[0].c`, `f(x).y[*]`.

    `name` is the first word; where the first term is another expression
    (`f(x)`, `(a)`, `[…]`), `name` is empty and `source` holds that term.
    """

    __slots__ = ("name", "source", "steps")
    below = ("source", "steps")

    def __init__(
        self, start: int, end: int, name: str, source: Expression | None, steps: list[Step]
    ) -> None:
        self.start = start
        self.end = end
        self.name = name
        self.source = source
        self.steps = steps

    @property
    def words(self) -> tuple[str, ...]:
        """The name and the attribute steps up to the first other step."""
        words = [self.name] if self.source is None else []
        for step in self.steps:
            if not words or type(step) is not AttributeStep:
                break
            words.append(step.name)
        return tuple(words)


class Call(Expression):
    """`name(arguments)`; `name` may have namespaces (`core::upper`).

    `expand`: the last argument is followed by `...`.
    """

    __slots__ = ("arguments", "expand", "name", "name_end")
    below = ("arguments",)

    def __init__(
        self, span: tuple[int, int], name: str, name_end: int, arguments: list[Expression]
    ) -> None:
        self.start, self.end = span
        self.name = name
        self.name_end = name_end
        self.arguments = arguments
        self.expand = False


class Conditional(Expression):
    """`condition ? then : otherwise`."""

    __slots__ = ("condition", "otherwise", "then")
    below = ("condition", "then", "otherwise")

    def __init__(self, condition: Expression, then: Expression, otherwise: Expression) -> None:
        self.start = condition.start
        self.end = otherwise.end
        self.condition = condition
        self.then = then
        self.otherwise = otherwise


class Binary(Expression):
    """Operands joined by operators of one precedence, read from the left.

    `a - b + c` is one node with operators `-`, `+`: a long sum makes a long
    list and not a deep tree.
    """

    __slots__ = ("operands", "operators")
    below = ("operands",)

    def __init__(self, operands: list[Expression], operators: list[str]) -> None:
        self.start = operands[0].start
        self.end = operands[-1].end
        self.operands = operands
        self.operators = operators


class Unary(Expression):
    """`-x`, `!x`; `operators` in the order written (`!!x` is one node)."""

    __slots__ = ("operand", "operators")
    below = ("operand",)

    def __init__(self, start: int, operators: str, operand: Expression) -> None:
        self.start = start
        self.end = operand.end
        self.operators = operators
        self.operand = operand


class Parens(Expression):
    """`(inner)`."""

    __slots__ = ("inner",)
    below = ("inner",)

    def __init__(self, start: int, end: int, inner: Expression) -> None:
        self.start = start
        self.end = end
        self.inner = inner


class ForExpr(Expression):
    """`[for v in c : value if condition]` or `{for k, v in c : key => value...}`.

    `key` is None for a tuple; `grouped` says that `...` follows the value.
    """

    __slots__ = ("collection", "condition", "grouped", "key", "names", "value")
    below = ("collection", "key", "value", "condition")

    def __init__(self, start: int, names: tuple[str, ...], collection: Expression) -> None:
        self.start = start
        self.end = collection.end
        self.names = names
        self.collection = collection
        self.key: Expression | None = None
        self.value: Expression = collection
        self.grouped = False
        self.condition: Expression | None = None
