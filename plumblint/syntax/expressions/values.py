"""Values of expressions: coercion, comparison, text; as GitHub's runner does it."""

from __future__ import annotations

import json
import math

from plumblint.syntax.expressions.lexer import number

_NAN = float("nan")


class Undecided:
    """A value that the given contexts do not decide; `truth` is known at times all the same."""

    __slots__ = ("truth",)

    def __init__(self, truth: bool | None = None) -> None:
        self.truth = truth

    def __repr__(self) -> str:
        return f"Undecided({self.truth})"


class Failure:
    """The evaluation ends in an error on GitHub, for this reason."""

    __slots__ = ("message",)

    def __init__(self, message: str) -> None:
        self.message = message

    def __repr__(self) -> str:
        return f"Failure({self.message!r})"


class Partial(dict[str, object]):
    """An object of which only some fields are known; any other one is Undecided."""

    __slots__ = ()


class Wildcard(list[object]):
    """What `.*` gives: an array whose further accesses go to each item."""

    __slots__ = ()


def truth(value: object) -> bool | None:
    """Whether a condition holds with this value; None where it is not decided."""
    if isinstance(value, Undecided):
        return value.truth
    if isinstance(value, float):
        return not (value == 0 or math.isnan(value))
    if isinstance(value, (list, dict)):
        return True
    return bool(value)


def is_primitive(value: object) -> bool:
    """Whether a value is no array and no object."""
    return not isinstance(value, (list, dict))


def to_number(value: object) -> float:
    """The number a value counts as in comparisons; NaN for what is none."""
    if value is None:
        return 0.0
    if isinstance(value, bool | int | float):
        return float(value)
    if isinstance(value, str):
        text = value.strip()
        known = number(text) if text else 0.0
        return _NAN if known is None else known
    return _NAN


def to_text(value: object) -> str:
    """The text a value becomes within a string."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number_text(float(value))
    if isinstance(value, str):
        return value
    return "Array" if isinstance(value, list) else "Object"


def number_text(value: float) -> str:
    """A number with up to 15 significant digits, without a needless fraction or sign of zero."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == 0:
        return "0"
    text = f"{value:.15G}"
    mantissa, mark, exponent = text.partition("E")
    if not mark:
        return text
    return f"{mantissa}E{exponent[0]}{exponent[1:].lstrip('0').rjust(2, '0')}"


def upper(text: str) -> str:
    """Upper case character by character, lengths kept, as the invariant culture has it."""
    if text.isascii():
        return text.upper()
    return "".join(
        big if len(big := character.upper()) == 1 and character != "ı" else character
        for character in text
    )


def equal(left: object, right: object) -> bool:
    """The loose `==`: strings without regard to case, different types as numbers."""
    if isinstance(left, str) and isinstance(right, str):
        return left is right or upper(left) == upper(right)
    if isinstance(left, (list, dict)) or isinstance(right, (list, dict)):
        return left is right
    return to_number(left) == to_number(right)


def less(left: object, right: object) -> bool:
    """The loose `<`."""
    if isinstance(left, str) and isinstance(right, str):
        return _ordinal(left) < _ordinal(right)
    return to_number(left) < to_number(right)


def _ordinal(text: str) -> bytes:
    return upper(text).encode("utf-16-be", "surrogatepass")


def from_python(value: object) -> object:
    """A context's value as expressions know it: every number a float."""
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value


def to_json(value: object, indent: str = "") -> str:
    """As `toJSON` writes it: indented by two blanks, one item a line."""
    if value is None:
        return "null"
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, (list, dict)):
        inner = indent + "  "
        if isinstance(value, dict):
            items = [f"{_quoted(str(name))}: {to_json(v, inner)}" for name, v in value.items()]
        else:
            items = [to_json(item, inner) for item in value]
        opening, closing = "{}" if isinstance(value, dict) else "[]"
        if not items:
            return opening + closing
        return f"{opening}\n{inner}" + f",\n{inner}".join(items) + f"\n{indent}{closing}"
    return to_text(value)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def holds_undecided(value: object) -> bool:
    """Whether an Undecided hides in an array or object."""
    pending = [value]
    while pending:
        current = pending.pop()
        if isinstance(current, Undecided | Partial):
            return True
        if isinstance(current, dict):
            pending.extend(current.values())
        elif isinstance(current, list):
            pending.extend(current)
    return False
