"""From the text of an expression to its tree; and the fences `${{ … }}` of a scalar."""

from __future__ import annotations

import re
from collections.abc import Collection

from plumblint.source import Fault
from plumblint.syntax.expressions.lexer import Token, tokens
from plumblint.syntax.expressions.nodes import (
    Access,
    Call,
    Comparison,
    Context,
    Literal,
    Logical,
    Node,
    Not,
)

DEPTH_LIMIT = 50
"""Levels of a tree, as GitHub limits them."""
GROUP_LIMIT = 100
"""Parentheses within parentheses; GitHub has no limit but the length."""
LENGTH_LIMIT = 21_000
"""Characters of an expression, as GitHub limits them."""

FUNCTIONS: dict[str, tuple[int, int]] = {
    "contains": (2, 2),
    "endswith": (2, 2),
    "format": (1, 255),
    "fromjson": (1, 1),
    "join": (1, 2),
    "startswith": (2, 2),
    "tojson": (1, 1),
    "case": (3, 255),
    "hashfiles": (1, 255),
    "always": (0, 0),
    "cancelled": (0, 0),
    "failure": (0, 255),
    "success": (0, 255),
}
"""Fewest and most arguments by lower-case name.  Source: GitHub's documentation, "Evaluate
expressions in workflows and actions", and the functions registered by actions/runner."""

_COMPARISONS = (frozenset(("<", "<=", ">", ">=")), frozenset(("==", "!=")))
"""The comparisons that bind tighter, then the others."""
_ACCESSIBLE = (Access, Call, Context)


class _Wrong(Exception):  # noqa: N818 -- it ends a parse, it is not an error of the program
    """Carries the one fault that ends a parse."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


def parse(
    text: str, offset: int = 0, *, names: Collection[str] | None = None
) -> tuple[Node | None, list[Fault]]:
    """The tree of an expression without its fence; None and a fault where it is not valid.

    `offset` is added to every place.  `names` are the contexts that exist, in
    lower case; None lets every name pass.  Blank text is `null`, as on GitHub.
    """
    if len(text) > LENGTH_LIMIT:
        message = f"the expression is longer than GitHub's limit of {LENGTH_LIMIT} characters"
        return None, [Fault(offset, offset + len(text), message)]
    found, fault = tokens(text)
    node: Node | None = None
    if fault is None:
        try:
            node = _Parser(text, found, offset, names).whole()
        except _Wrong as wrong:
            return None, [wrong.fault]
    else:
        fault = Fault(fault.start + offset, fault.end + offset, fault.message)
    return node, [fault] if fault else []


class _Parser:
    """A recursive descent over the tokens, as deep as GROUP_LIMIT and DEPTH_LIMIT allow."""

    def __init__(
        self, text: str, found: list[Token], offset: int, names: Collection[str] | None
    ) -> None:
        self.text = text
        self.tokens = found
        self.offset = offset
        self.names = names
        self.at = 0
        self.level = 0

    def whole(self) -> Node:
        """The one expression that all tokens make."""
        if not self.tokens:
            return Literal(self.offset, self.offset + len(self.text), None)
        node = self.logical("||")
        if self.at < len(self.tokens):
            raise self.unexpected()
        return node

    def logical(self, operator: str) -> Node:
        """Operands joined by `||`, or by `&&` below it."""
        operands = [self.operand_of(operator)]
        while self.accept(operator):
            operands.append(self.operand_of(operator))
        if len(operands) == 1:
            return operands[0]
        return self.checked(Logical(operator, operands))

    def operand_of(self, operator: str) -> Node:
        """What binds tighter than a logical operator."""
        return self.logical("&&") if operator == "||" else self.comparison(1)

    def comparison(self, rank: int) -> Node:
        """Comparisons of a rank, from the left."""
        node = self.comparison(0) if rank else self.unary()
        while (operator := self.kind()) in _COMPARISONS[rank]:
            self.at += 1
            right = self.comparison(0) if rank else self.unary()
            node = self.checked(Comparison(operator, node, right))
        return node

    def unary(self) -> Node:
        """`!` any number of times, then a value with its accesses."""
        starts: list[int] = []
        while self.kind() == "!":
            starts.append(self.tokens[self.at].start + self.offset)
            self.at += 1
        node = self.value()
        for start in reversed(starts):
            node = self.checked(Not(start, node.end, node))
        return node

    def value(self) -> Node:
        """A literal, a context, a call or a group, with the accesses behind it."""
        if self.at >= len(self.tokens):
            raise self.unexpected()
        token = self.tokens[self.at]
        grouped = token.kind == "("
        if grouped:
            node = self.group(token)
        elif token.kind == "literal":
            self.at += 1
            node = Literal(token.start + self.offset, token.end + self.offset, token.value)
        elif token.kind == "name":
            self.at += 1
            node = self.call(token) if self.kind() == "(" else self.context(token)
        else:
            raise self.unexpected()
        if grouped or isinstance(node, _ACCESSIBLE):
            while self.kind() in (".", "["):
                node = self.access(node)
        return node

    def group(self, token: Token) -> Node:
        """`( … )`: a node of the same kind as its inside, but with the parentheses' span."""
        self.at += 1
        self.deeper(token)
        node = self.logical("||")
        end = self.expect(")")
        self.level -= 1
        node.start = token.start + self.offset
        node.end = end
        return node

    def context(self, token: Token) -> Node:
        """A named value."""
        name = str(token.value)
        start, end = token.start + self.offset, token.end + self.offset
        if self.names is not None and name.lower() not in self.names:
            raise _Wrong(Fault(start, end, f"there is no context `{name}` here"))
        return Context(start, end, name)

    def call(self, token: Token) -> Node:
        """A call; the function must exist and take this many arguments."""
        name = str(token.value)
        start, end = token.start + self.offset, token.end + self.offset
        if name.lower() not in FUNCTIONS:
            raise _Wrong(Fault(start, end, f"there is no function `{name}`"))
        self.at += 1
        self.deeper(token)
        arguments: list[Node] = []
        if self.kind() != ")":
            arguments.append(self.logical("||"))
            while self.accept(","):
                arguments.append(self.logical("||"))
        close = self.expect(")")
        self.level -= 1
        least, most = FUNCTIONS[name.lower()]
        if not least <= len(arguments) <= most:
            few = "few" if len(arguments) < least else "many"
            raise _Wrong(Fault(start, end, f"too {few} arguments for `{name}`: {len(arguments)}"))
        if name.lower() == "case" and len(arguments) % 2 == 0:
            raise _Wrong(Fault(start, end, "`case` needs a default after its pairs"))
        return self.checked(Call(start, close, name.lower(), arguments))

    def access(self, node: Node) -> Node:
        """`.name`, `.*`, `[key]` or `[*]`."""
        opening = self.tokens[self.at]
        self.at += 1
        if opening.kind == ".":
            if self.kind() not in ("name", "*"):
                raise self.unexpected()
            token = self.tokens[self.at]
            self.at += 1
            end = token.end + self.offset
            key: Node | None = None
            if token.kind == "name":
                key = Literal(token.start + self.offset, end, str(token.value))
            return self.checked(Access(node.start, end, node, key))
        key = None
        if not self.accept("*"):
            self.deeper(opening)
            key = self.logical("||")
            self.level -= 1
        return self.checked(Access(node.start, self.expect("]"), node, key))

    def kind(self) -> str:
        """The next token's kind, empty at the end."""
        return self.tokens[self.at].kind if self.at < len(self.tokens) else ""

    def accept(self, kind: str) -> bool:
        """Step over the next token if it is of this kind."""
        if self.kind() != kind:
            return False
        self.at += 1
        return True

    def expect(self, kind: str) -> int:
        """Step over a token of this kind and give its end."""
        if self.kind() != kind:
            raise self.unexpected()
        self.at += 1
        return self.tokens[self.at - 1].end + self.offset

    def deeper(self, token: Token) -> None:
        """Go one group down."""
        self.level += 1
        if self.level > GROUP_LIMIT:
            start, end = token.start + self.offset, token.end + self.offset
            raise _Wrong(Fault(start, end, f"nested deeper than {GROUP_LIMIT} groups"))

    def checked(self, node: Node) -> Node:
        """The node, if its tree is not too deep."""
        if node.depth > DEPTH_LIMIT:
            message = f"the expression is deeper than GitHub's limit of {DEPTH_LIMIT} levels"
            raise _Wrong(Fault(node.start, node.end, message))
        return node

    def unexpected(self) -> _Wrong:
        """The fault at the next token, or at the last one where the text ends."""
        if self.at >= len(self.tokens):
            token = self.tokens[-1]
            word = self.text[token.start : token.end][:60]
            message = f"the expression ends too early, after `{word}`"
        else:
            token = self.tokens[self.at]
            message = f"unexpected symbol `{self.text[token.start : token.end][:60]}`"
        return _Wrong(Fault(token.start + self.offset, token.end + self.offset, message))


class Fence:
    """A `${{ … }}`; `closed` tells whether its `}}` is there (else it runs to the text's end)."""

    __slots__ = ("closed", "end", "inner_end", "inner_start", "start")

    def __init__(self, start: int, end: int, inner_start: int, inner_end: int) -> None:
        self.start = start
        self.end = end
        self.inner_start = inner_start
        self.inner_end = inner_end
        self.closed = end > inner_end


_QUOTE_OR_CLOSE = re.compile(r"'[^']*(?:'|\Z)|\}\}")


def find(text: str) -> list[Fence]:
    """The fences of a scalar's value; a `}}` within single quotes does not close one."""
    found: list[Fence] = []
    at = text.find("${{")
    while at >= 0:
        inner = at + 3
        close = _close(text, inner)
        end = len(text) if close < 0 else close + 2
        found.append(Fence(at, end, inner, len(text) if close < 0 else close))
        at = text.find("${{", end)
    return found


def _close(text: str, at: int) -> int:
    for match in _QUOTE_OR_CLOSE.finditer(text, at):
        if match.group() == "}}":
            return match.start()
    return -1
