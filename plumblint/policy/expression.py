"""Expressions: text → checked syntax tree → Python source of one function.

The language is a closed subset of Python's expressions.  What is not listed
in `typecheck` does not compile, so an expression reaches nothing but the
declared fields of its fact, its options and the tables.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping
from types import CodeType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plumblint.policy.typecheck import Checker
    from plumblint.policy.vocabulary import Type

LONGEST = 4000
"""Characters of an expression."""
DEEPEST = 40
"""Levels of nesting."""


class ExpressionError(Exception):
    """What is wrong with an expression, at the code point `offset` of its text."""

    def __init__(self, message: str, offset: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


class Scope:
    """What an expression can name, besides its own loop variables."""

    __slots__ = ("kind", "options", "tables")

    def __init__(
        self, kind: str, options: Mapping[str, Type] | None = None, tables: Collection[str] = ()
    ) -> None:
        self.kind = kind
        """The kind of the fact, which is also the name it goes by."""
        self.options = options or {}
        """The types of the policy's options."""
        self.tables = tables
        """The names of the tables there are."""


def compile_expression(scope: Scope, *texts: str, name: str = "decide") -> str:
    """The Python source of a function `name(fact, options, tables)` → True, False, None.

    The function is the conjunction of `texts`; None means that it hangs on an
    Unknown.  Its globals are those of `plumblint.policy.operations`.  Raises
    ExpressionError.
    """
    from plumblint.policy.emit import emit
    from plumblint.policy.typecheck import Checker

    checker = Checker(scope)
    return emit(check_all(checker, *texts), scope, checker.types, name)


def check(scope: Scope, text: str, *before: str) -> None:
    """Check a condition that is asked only where those `before` it are not false.

    Raises ExpressionError.
    """
    from plumblint.policy.typecheck import Checker

    check_all(Checker(scope), *before, text)


def check_all(checker: Checker, *texts: str) -> list[ast.expr]:
    """The checked trees of conditions that are joined by `and`.  Raises ExpressionError."""
    from plumblint.policy.typecheck import implied

    known: frozenset[str] = frozenset()
    trees = []
    for text in texts:
        tree = parse(text)
        try:
            checker.condition(tree, known)
        except NodeError as error:
            raise ExpressionError(error.message, offset_of(text, error.node)) from None
        known |= implied(tree, True)
        trees.append(tree)
    return trees


class NodeError(Exception):
    """What is wrong at a node of an expression."""

    def __init__(self, node: ast.AST, message: str) -> None:
        super().__init__(message)
        self.node = node
        self.message = message


_OPENING = "(\n"
"""Put before an expression, so that it may go over lines; its text begins on line 2."""


def parse(text: str) -> ast.expr:
    """The syntax tree of an expression, within the limits.  Raises ExpressionError."""
    if len(text) > LONGEST:
        raise ExpressionError(f"the expression is longer than {LONGEST} characters")
    if not text.strip():
        raise ExpressionError("the expression is empty")
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            tree = ast.parse(f"{_OPENING}{text}\n)", mode="eval").body
    except SyntaxError as error:
        line, column = (error.lineno or 2) - 1, max((error.offset or 1) - 1, 0)
        offset = _line_start(text, line) + column
        raise ExpressionError(
            f"this is no expression: {error.msg}", min(max(offset, 0), len(text))
        ) from None
    except (ValueError, RecursionError, MemoryError, Warning) as error:
        raise ExpressionError(f"this is no expression: {error or 'too deeply nested'}") from None
    _check_depth(text, tree)
    return tree


def _check_depth(text: str, tree: ast.expr) -> None:
    level: list[ast.AST] = [tree]
    for _ in range(DEEPEST):
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        if not level:
            return
    node = next((node for node in level if hasattr(node, "lineno")), tree)
    raise ExpressionError("the expression is nested too deeply", offset_of(text, node))


def offset_of(text: str, node: ast.AST) -> int:
    """Where a node of `parse(text)` begins, in code points."""
    start = _line_start(text, getattr(node, "lineno", 2) - 1)
    line = text[start:].split("\n", 1)[0]
    return start + len(line.encode()[: getattr(node, "col_offset", 0)].decode(errors="replace"))


def _line_start(text: str, number: int) -> int:
    """Where line `number` (1-based) begins."""
    return sum(len(line) + 1 for line in text.split("\n")[: max(number - 1, 0)])


def load_function(code: str | CodeType, name: str = "decide") -> Any:
    """The function of emitted source."""
    from plumblint.policy import operations

    names = {**vars(operations), "__builtins__": {"isinstance": isinstance}}
    exec(code, names)  # emitted from a checked tree, never taken from a file
    return names[name]
