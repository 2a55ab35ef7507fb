"""The values of literal expressions, and the text of heredocs."""

from __future__ import annotations

from typing import Final

from plumblint.syntax.hcl.nodes import (
    Expression,
    Heredoc,
    Literal,
    Object,
    Parens,
    Template,
    Text,
    Tuple,
    Unary,
)
from plumblint.syntax.hcl.template import Part

Value = str | int | float | bool | list["Value"] | dict[str, "Value"] | None


class NotStatic:
    """The class of `NOT_STATIC`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "NOT_STATIC"


NOT_STATIC: Final = NotStatic()
"""What `static` answers for an expression whose value the text alone does not give."""


def static(expression: Expression) -> Value | NotStatic:
    """The value of a literal: a string without sequences, a heredoc likewise, a
    number (negative ones too), a bool, null, and lists and objects of these.

    Of keys written twice in an object the last holds, as in Terraform.
    """
    kind = type(expression)
    if isinstance(expression, Literal):
        return expression.value
    if isinstance(expression, Heredoc):
        return static_text(heredoc_parts(expression))
    if isinstance(expression, Parens):
        return static(expression.inner)
    if isinstance(expression, Tuple):
        values = [static(item) for item in expression.items]
        known = [value for value in values if not isinstance(value, NotStatic)]
        return known if len(known) == len(values) else NOT_STATIC
    if isinstance(expression, Object):
        return _static_object(expression)
    if kind is Unary:
        return _signed(expression)  # type: ignore[arg-type]
    return NOT_STATIC


def _static_object(expression: Object) -> dict[str, Value] | NotStatic:
    result: dict[str, Value] = {}
    for item in expression.items:
        value = static(item.value)
        if item.name is None or isinstance(value, NotStatic):
            return NOT_STATIC
        result[item.name] = value
    return result


def _signed(expression: Unary) -> Value | NotStatic:
    value = static(expression.operand)
    signs = expression.operators
    if isinstance(value, bool) and not signs.strip("!"):
        return value if len(signs) % 2 == 0 else not value
    if isinstance(value, (int, float)) and not isinstance(value, bool) and not signs.strip("-"):
        return value if len(signs) % 2 == 0 else -value
    return NOT_STATIC


def static_text(parts: list[Part]) -> str | NotStatic:
    """The text of template parts, where none of them is a sequence."""
    values = []
    for part in parts:
        if type(part) is not Text:
            return NOT_STATIC
        values.append(part.value)
    return "".join(values)


def heredoc_parts(heredoc: Heredoc) -> list[Part]:
    """The parts of a heredoc with the indentation that `<<-` removes taken away.

    The spans are those of the text as written.  White space removed by strip
    markers is still there: see `stripped_parts`.
    """
    if not heredoc.flush:
        return heredoc.parts
    smallest = -1
    at_line_start = True
    for part in heredoc.parts:
        if type(part) is Text:
            lines = part.value.split("\n")
            for number, line in enumerate(lines):
                starts = number > 0 or at_line_start
                whole = number < len(lines) - 1
                # The empty string behind the last line feed begins a line of the next part.
                if starts and (line or whole) and not (whole and not line.strip()):
                    indent = len(line) - len(line.lstrip(" \t"))
                    smallest = indent if smallest < 0 else min(smallest, indent)
            at_line_start = lines[-1] == "" and len(lines) > 1
        elif at_line_start:
            return heredoc.parts
        else:
            at_line_start = False
    return _without_indent(heredoc.parts, smallest) if smallest > 0 else heredoc.parts


def _without_indent(parts: list[Part], indent: int) -> list[Part]:
    result: list[Part] = []
    at_line_start = True
    for part in parts:
        if type(part) is Text:
            lines = part.value.split("\n")
            last = len(lines) - 1
            cut = [
                # A line of white space alone neither counts nor changes.
                line[indent:] if (n > 0 or at_line_start) and (n == last or line.strip()) else line
                for n, line in enumerate(lines)
            ]
            result.append(Text(part.start, part.end, "\n".join(cut)))
            at_line_start = lines[-1] == "" and len(lines) > 1
        else:
            result.append(part)
            at_line_start = False
    return result


def stripped_parts(parts: list[Part]) -> list[Part]:
    """The parts with the white space taken away that strip markers (`~`) remove."""
    result = list(parts)
    for index, part in enumerate(parts):
        if isinstance(part, Text):
            continue
        if part.strip_left and index > 0 and type(before := result[index - 1]) is Text:
            result[index - 1] = Text(before.start, before.end, before.value.rstrip())
        if part.strip_right and index + 1 < len(parts) and type(after := result[index + 1]) is Text:
            result[index + 1] = Text(after.start, after.end, after.value.lstrip())
    return result


def template_parts(template: Template) -> list[Part]:
    """The parts of a template as Terraform joins them: indentation and stripped space removed."""
    parts = heredoc_parts(template) if isinstance(template, Heredoc) else template.parts
    return stripped_parts(parts)
