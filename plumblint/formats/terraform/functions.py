"""Terraform's operators and the pure functions that configurations mostly use.

Sources of meaning: the function and operator pages of Terraform's
documentation.  None or Unknown is the answer wherever an argument is
undecided or a case is not covered.
"""

from __future__ import annotations

from collections.abc import Callable

from plumblint.facts import Unknown
from plumblint.formats.terraform.list_functions import LIST_FUNCTIONS, Function
from plumblint.formats.terraform.value import (
    TEXT_LIMIT,
    Data,
    Run,
    Value,
    as_runs,
    items,
    scalar,
    text_value,
    unknown,
)
from plumblint.source import Span

_UNDECIDED = Unknown("…")
_EXACT = 2**63


def operate(operator: str, left: Data, right: Data) -> Data:
    """`left operator right`, Unknown where it is undecided."""
    if operator in ("&&", "||"):
        decisive = operator == "||"
        if left is decisive or right is decisive:
            return decisive
        return not decisive if isinstance(left, bool) and isinstance(right, bool) else _UNDECIDED
    if operator in ("==", "!="):
        if any(isinstance(side, (Unknown, tuple, dict)) for side in (left, right)):
            return _UNDECIDED
        same = type(left) is type(right) or {type(left), type(right)} == {int, float}
        return (same and left == right) is (operator == "==")
    numbers = [
        side
        for side in (left, right)
        if isinstance(side, (int, float)) and not isinstance(side, bool) and abs(side) < _EXACT
    ]
    return _arithmetic(operator, *numbers) if len(numbers) == 2 else _UNDECIDED


def _arithmetic(operator: str, left: float, right: float) -> Data:
    if operator in "+-*":
        return (
            left + right if operator == "+" else left - right if operator == "-" else left * right
        )
    if operator in ("/", "%"):
        if right == 0:
            return _UNDECIDED
        whole = operator == "/" and left % right == 0
        return left // right if whole else left / right if operator == "/" else _UNDECIDED
    return {">": left > right, ">=": left >= right, "<": left < right}.get(operator, left <= right)


def call(name: str, arguments: list[Value], span: Span, source: str) -> Value | None:
    """The result of a function, None where it is not covered or undecided."""
    if name in LIST_FUNCTIONS:
        number, of_lists = LIST_FUNCTIONS[name]
        return of_lists(arguments, span, source) if len(arguments) == number else None
    function = _FUNCTIONS.get(name)
    return function(arguments, span, source) if function and arguments else None


def _same(arguments: list[Value], span: Span, source: str) -> Value | None:
    """`tostring`, `sensitive`, `trimspace` … : for a policy the value as it is."""
    return arguments[0] if len(arguments) == 1 else None


def _jsonencode(arguments: list[Value], span: Span, source: str) -> Value | None:
    result = unknown(source, span)
    result.decoded = arguments[0]
    return result


def _merge(arguments: list[Value], span: Span, source: str) -> Value | None:
    members: dict[str, Value] = {}
    result = Value(members, span, source)
    for argument in arguments:
        if isinstance(argument.data, dict):
            members.update(argument.data)
            result.partial = result.partial or argument.partial
        elif argument.data is not None:
            # What is undecided may replace anything that stands before it.
            members.clear()
            result.partial = True
    return result


def _concat(arguments: list[Value], span: Span, source: str) -> Value | None:
    found: list[Value] = []
    result = Value((), span, source)
    for argument in arguments:
        if isinstance(argument.data, tuple):
            found.extend(argument.data)
            result.partial = result.partial or argument.partial
        else:
            found.append(unknown(argument.source, argument.span))
            result.partial = True
    result.data = tuple(found[:10_000])
    return result


def _flatten(arguments: list[Value], span: Span, source: str) -> Value | None:
    return _concat([*items(arguments[0])], span, source) if len(arguments) == 1 else None


def _coalesce(arguments: list[Value], span: Span, source: str) -> Value | None:
    for argument in arguments:
        if not argument.known:
            return None
        if argument.data is not None and argument.data != "":
            return argument
    return None


def _try(arguments: list[Value], span: Span, source: str) -> Value | None:
    return arguments[0] if arguments[0].known else None


def _lookup(arguments: list[Value], span: Span, source: str) -> Value | None:
    if len(arguments) < 2:
        return None
    table, key = arguments[0].data, scalar(arguments[1])
    if not isinstance(table, dict) or not isinstance(key, str):
        return None
    if key in table:
        return table[key]
    return arguments[2] if len(arguments) > 2 and not arguments[0].partial else None


def _of_text(change: Callable[[str], str]) -> Function:
    def function(arguments: list[Value], span: Span, source: str) -> Value | None:
        text = scalar(arguments[0])
        if len(arguments) != 1 or not isinstance(text, str):
            return None
        return Value(change(text), arguments[0].span, source, via=arguments[0].via)

    return function


def _join(arguments: list[Value], span: Span, source: str) -> Value | None:
    if len(arguments) != 2 or not isinstance(arguments[1].data, tuple) or arguments[1].partial:
        return None
    separator = scalar(arguments[0])
    words = [scalar(item) for item in arguments[1].data]
    if not isinstance(separator, str):
        return None
    known = [word for word in words if isinstance(word, str)]
    if len(known) < len(words) or sum(map(len, known)) > TEXT_LIMIT:
        return None
    return Value(separator.join(known), span, source)


def _format(arguments: list[Value], span: Span, source: str) -> Value | None:
    """`format` with `%s` alone."""
    template = scalar(arguments[0])
    if not isinstance(template, str) or template.count("%") != len(arguments) - 1:
        return None
    pieces = template.split("%s")
    if len(pieces) != len(arguments):
        return None
    runs: list[Run] = []
    for piece, argument in zip(pieces, [*arguments[1:], None], strict=True):
        if piece:
            runs.append(Run(piece, arguments[0].span))
        if argument is not None:
            runs += as_runs(argument)
    return text_value(runs, span, source)


_FUNCTIONS: dict[str, Function] = {
    "jsonencode": _jsonencode,
    "merge": _merge,
    "concat": _concat,
    "flatten": _flatten,
    "coalesce": _coalesce,
    "try": _try,
    "lookup": _lookup,
    "join": _join,
    "format": _format,
    "lower": _of_text(str.lower),
    "upper": _of_text(str.upper),
    "trimspace": _of_text(str.strip),
} | dict.fromkeys(
    ("sensitive", "nonsensitive", "tostring", "tonumber", "tobool", "tolist", "toset", "tomap"),
    _same,
)
