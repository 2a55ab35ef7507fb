"""The value of an expression, as far as the given contexts decide it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import NoReturn

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
from plumblint.syntax.expressions.values import (
    Failure,
    Partial,
    Undecided,
    Wildcard,
    equal,
    from_python,
    holds_undecided,
    is_primitive,
    less,
    to_json,
    to_number,
    to_text,
    truth,
    upper,
)

MEMORY_LIMIT = 1_048_576
"""Bytes that the strings of one evaluation may take, two for a character, as on GitHub."""
JSON_DEPTH_LIMIT = 100
"""Levels of a JSON text that are followed."""


class _Stop(Exception):  # noqa: N818 -- it ends an evaluation, it is not an error of the program
    """Carries the reason why GitHub would stop here."""


def evaluate(node: Node, contexts: Mapping[str, object], *, status: str | None = None) -> object:
    """The value: None, bool, float, str, list, dict, `Undecided` or `Failure`.

    `contexts` by lower-case name; one that is not given is Undecided, and an
    Undecided may stand anywhere in one.  `status` is `success`, `failure` or
    `cancelled` where the status functions shall be decided; `always()` is true.
    """
    try:
        return _Evaluator(contexts, status).value(node)
    except _Stop as stop:
        return Failure(str(stop))


class _Evaluator:
    """One evaluation with its budget of memory; recursion is bounded by the parser's limits."""

    def __init__(self, contexts: Mapping[str, object], status: str | None) -> None:
        self.contexts = contexts
        self.status = status
        self.spent = 0

    def value(self, node: Node) -> object:
        """The value of a node."""
        if isinstance(node, Literal):
            return node.value
        if isinstance(node, Context):
            return from_python(self.contexts.get(node.name.lower(), Undecided()))
        if isinstance(node, Access):
            return self.access(node)
        if isinstance(node, Not):
            known = truth(self.value(node.operand))
            return Undecided() if known is None else not known
        if isinstance(node, Comparison):
            return self.compare(node)
        if isinstance(node, Logical):
            return self.logical(node)
        return self.call(node)

    def logical(self, node: Logical) -> object:
        """The first operand that decides; Kleene's rules where some are Undecided."""
        decides = node.operator == "||"
        undecided = False
        value: object = None
        for operand in node.operands:
            value = self.value(operand)
            known = truth(value)
            if known is None:
                undecided = True
            elif known is decides:
                return Undecided(decides) if undecided else value
        if undecided:
            return Undecided()
        return value

    def compare(self, node: Comparison) -> object:
        """`==` and its kin."""
        left, right = self.value(node.left), self.value(node.right)
        if isinstance(left, Undecided) or isinstance(right, Undecided):
            return Undecided()
        operator = node.operator
        if operator in ("==", "!="):
            return equal(left, right) is (operator == "==")
        result = less(left, right) if operator[0] == "<" else less(right, left)
        return result or (operator.endswith("=") and equal(left, right))

    def access(self, node: Access) -> object:
        """A property, an item, or all of them."""
        of = self.value(node.of)
        if node.key is None:
            return _spread(of)
        key = self.value(node.key)
        if isinstance(of, Undecided) or isinstance(key, Undecided):
            return Undecided()
        if isinstance(of, Wildcard):
            return Wildcard(
                found for item in of if (found := _item(item, key, _MISSING)) is not _MISSING
            )
        return _item(of, key, None)

    def call(self, node: Node) -> object:
        """A function's result."""
        assert isinstance(node, Call)
        if node.name == "case":
            return self.case(node.arguments)
        status = _STATUS.get(node.name)
        if status is not None:
            return self.status == status if self.status else Undecided()
        if node.name == "always":
            return True
        values = [self.value(argument) for argument in node.arguments]
        function = _FUNCTIONS.get(node.name)
        if function is None or any(holds_undecided(value) for value in values):
            return Undecided()
        result = function(*values)
        if isinstance(result, str):
            self.spent += 2 * len(result)
            if self.spent > MEMORY_LIMIT:
                raise _Stop("the maximum allowed memory size was exceeded")
        return result

    def case(self, arguments: Sequence[Node]) -> object:
        """The value behind the first condition that holds, else the default."""
        for condition, result in zip(arguments[:-1:2], arguments[1:-1:2], strict=True):
            known = self.value(condition)
            if isinstance(known, Undecided):
                return Undecided()
            if not isinstance(known, bool):
                raise _Stop("a condition of `case` must be true or false")
            if known:
                return self.value(result)
        return self.value(arguments[-1])


_STATUS = {"success": "success", "failure": "failure", "cancelled": "cancelled"}
_MISSING = object()


def _spread(of: object) -> object:
    if isinstance(of, Undecided | Partial):
        return Undecided()
    if isinstance(of, Wildcard):
        spread: list[object] = []
        for item in of:
            if isinstance(item, Undecided | Partial):
                return Undecided()
            if isinstance(item, dict):
                spread.extend(item.values())
            elif isinstance(item, list):
                spread.extend(item)
        return Wildcard(map(from_python, spread))
    if isinstance(of, dict):
        return Wildcard(map(from_python, of.values()))
    return Wildcard(map(from_python, of)) if isinstance(of, list) else Wildcard()


def _item(of: object, key: object, default: object) -> object:
    if isinstance(of, Undecided):
        return of
    if isinstance(of, dict):
        if not is_primitive(key):
            return default
        name = to_text(key)
        if name in of:
            return from_python(of[name])
        wanted = upper(name)
        for other, value in of.items():
            if upper(str(other)) == wanted:
                return from_python(value)
        return Undecided() if isinstance(of, Partial) else default
    if isinstance(of, list):
        index = to_number(key) if is_primitive(key) else -1.0
        if 0 <= index < len(of):
            return from_python(of[int(index)])
    return default


def _contains(search: object, item: object) -> bool:
    if isinstance(search, list):
        return any(equal(from_python(other), item) for other in search)
    if is_primitive(search) and is_primitive(item):
        return upper(to_text(item)) in upper(to_text(search))
    return False


def _starts_with(text: object, start: object) -> bool:
    if not (is_primitive(text) and is_primitive(start)):
        return False
    return upper(to_text(text)).startswith(upper(to_text(start)))


def _ends_with(text: object, end: object) -> bool:
    if not (is_primitive(text) and is_primitive(end)):
        return False
    return upper(to_text(text)).endswith(upper(to_text(end)))


def _join(items: object, separator: object = ",") -> str:
    between = to_text(separator) if is_primitive(separator) else ","
    if isinstance(items, list):
        return between.join(to_text(item) for item in items)
    return to_text(items) if is_primitive(items) else ""


def _from_json(text: object) -> object:
    written = to_text(text)
    if not written.strip():
        raise _Stop("fromJSON of an empty text")
    try:
        value: object = json.loads(written, parse_int=float, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise _Stop(f"fromJSON: {error}") from None
    if _depth(value) > JSON_DEPTH_LIMIT:
        raise _Stop(f"fromJSON: deeper than {JSON_DEPTH_LIMIT} levels")
    return value


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _depth(value: object) -> int:
    deepest = 0
    pending = [(value, 1)]
    while pending:
        current, level = pending.pop()
        deepest = max(deepest, level)
        if isinstance(current, dict):
            pending.extend((item, level + 1) for item in current.values())
        elif isinstance(current, list):
            pending.extend((item, level + 1) for item in current)
    return deepest


def _format(pattern: object, *values: object) -> str:
    text = to_text(pattern)
    pieces: list[str] = []
    size = at = 0
    while at < len(text):
        piece, at = _format_piece(text, at, values)
        pieces.append(piece)
        size += 2 * len(piece)
        if size > MEMORY_LIMIT:
            raise _Stop("the maximum allowed memory size was exceeded")
    return "".join(pieces)


def _format_piece(text: str, at: int, values: Sequence[object]) -> tuple[str, int]:
    """The next piece of a format string and where the one behind it begins."""
    character = text[at]
    if character not in "{}":
        ends = [found for found in (text.find("{", at), text.find("}", at)) if found >= 0]
        end = min(ends, default=len(text))
        return text[at:end], end
    if text[at + 1 : at + 2] == character:
        return character, at + 2
    end = text.find("}", at, at + 6) if character == "{" else -1
    index = text[at + 1 : end] if end >= 0 else ""
    if not (index.isascii() and index.isdigit()):
        raise _Stop(f"format: a lone `{character}` in the format string")
    if int(index) >= len(values):
        raise _Stop(f"format: there is no argument {{{index}}}")
    return to_text(values[int(index)]), end + 1


_FUNCTIONS: dict[str, Callable[..., object]] = {
    "contains": _contains,
    "endswith": _ends_with,
    "format": _format,
    "fromjson": _from_json,
    "join": _join,
    "startswith": _starts_with,
    "tojson": to_json,
}
