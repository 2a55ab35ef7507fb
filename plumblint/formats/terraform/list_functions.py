"""Terraform's functions of lists, maps and texts that configurations mostly use.

Source of meaning: the function pages of Terraform's documentation.  None is
the answer wherever an argument is undecided or a case is not covered.
"""

from __future__ import annotations

from collections.abc import Callable

from plumblint.formats.terraform.value import TEXT_LIMIT, Data, Value, scalar
from plumblint.source import Span

Function = Callable[[list[Value], Span, str], "Value | None"]

_ITEM_LIMIT = 10_000


def _whole(value: Value) -> tuple[Value, ...] | None:
    """The items of a list that is wholly there."""
    return value.data if isinstance(value.data, tuple) and not value.partial else None


def _texts(values: tuple[Value, ...] | None) -> list[str] | None:
    """The values as texts, None where one is undecided or none."""
    found = [scalar(value) for value in values or ()]
    texts = [text for text in found if isinstance(text, str)]
    return None if values is None or len(texts) < len(found) else texts


def _length(arguments: list[Value], span: Span, source: str) -> Value | None:
    [value] = arguments
    if value.partial or not isinstance(value.data, (str, tuple, dict)):
        return None
    return Value(len(value.data), span, source)


def _element(arguments: list[Value], span: Span, source: str) -> Value | None:
    found, number = _whole(arguments[0]), arguments[1].data
    if not found or not isinstance(number, int) or isinstance(number, bool):
        return None
    return found[number % len(found)]


def _keys(arguments: list[Value], span: Span, source: str) -> Value | None:
    data = arguments[0].data
    if not isinstance(data, dict) or arguments[0].partial:
        return None
    return Value(tuple(Value(key, data[key].span) for key in sorted(data)), span, source)


def _values(arguments: list[Value], span: Span, source: str) -> Value | None:
    data = arguments[0].data
    if not isinstance(data, dict) or arguments[0].partial:
        return None
    return Value(tuple(data[key] for key in sorted(data)), span, source)


def _contains(arguments: list[Value], span: Span, source: str) -> Value | None:
    wanted = scalar(arguments[1])
    data = arguments[0].data
    if not isinstance(data, tuple) or not isinstance(wanted, str):
        return None
    if any(scalar(item) == wanted for item in data):
        return Value(True, span, source)
    return None if _texts(_whole(arguments[0])) is None else Value(False, span, source)


def _one(arguments: list[Value], span: Span, source: str) -> Value | None:
    found = _whole(arguments[0])
    if found is None or len(found) > 1:
        return None
    return found[0] if found else Value(None, span, source)


def _compact(arguments: list[Value], span: Span, source: str) -> Value | None:
    found = _whole(arguments[0])
    if found is None or not all(item.known for item in found):
        return None
    return Value(tuple(item for item in found if item.data not in (None, "")), span, source)


def _distinct(arguments: list[Value], span: Span, source: str) -> Value | None:
    found = _whole(arguments[0])
    texts = _texts(found)
    if found is None or texts is None:
        return None
    first = dict(zip(reversed(texts), reversed(found), strict=True))
    return Value(tuple(first[text] for text in dict.fromkeys(texts)), span, source)


def _split(arguments: list[Value], span: Span, source: str) -> Value | None:
    separator, text = scalar(arguments[0]), scalar(arguments[1])
    if not isinstance(separator, str) or not isinstance(text, str) or not separator:
        return None
    where = arguments[1]
    pieces = text.split(separator)[:_ITEM_LIMIT]
    return Value(tuple(Value(piece, where.span, via=where.via) for piece in pieces), span, source)


def _replace(arguments: list[Value], span: Span, source: str) -> Value | None:
    text, old, new = (scalar(argument) for argument in arguments)
    if not (isinstance(text, str) and isinstance(old, str) and isinstance(new, str)):
        return None
    pattern = len(old) > 1 and old.startswith("/") and old.endswith("/")
    if pattern or not old or len(text) * (len(new) + 1) > TEXT_LIMIT:
        return None
    return Value(text.replace(old, new), arguments[0].span, source, via=arguments[0].via)


def _of_texts(decide: Callable[[str, str], Data]) -> Function:
    def function(arguments: list[Value], span: Span, source: str) -> Value | None:
        first, second = (scalar(argument) for argument in arguments)
        if not isinstance(first, str) or not isinstance(second, str):
            return None
        return Value(decide(first, second), arguments[0].span, source, via=arguments[0].via)

    return function


LIST_FUNCTIONS: dict[str, tuple[int, Function]] = {
    # name: number of arguments, function
    "length": (1, _length),
    "element": (2, _element),
    "keys": (1, _keys),
    "values": (1, _values),
    "contains": (2, _contains),
    "one": (1, _one),
    "compact": (1, _compact),
    "distinct": (1, _distinct),
    "split": (2, _split),
    "replace": (3, _replace),
    "startswith": (2, _of_texts(str.startswith)),
    "endswith": (2, _of_texts(str.endswith)),
    "trimprefix": (2, _of_texts(str.removeprefix)),
    "trimsuffix": (2, _of_texts(str.removesuffix)),
}
"""By name; a call with another number of arguments is not covered."""
