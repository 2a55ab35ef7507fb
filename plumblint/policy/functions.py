"""The functions of expressions, with what they take and what they say."""

from __future__ import annotations

from plumblint.policy.vocabulary import TypeKind


class Function:
    """A function: the kinds of its parameters, the kind of its result, and its documentation."""

    __slots__ = ("doc", "parameters", "result", "result_optional", "usage")

    def __init__(
        self,
        usage: str,
        parameters: tuple[str, ...],
        result: TypeKind,
        doc: str,
        *,
        result_optional: bool = False,
    ) -> None:
        self.usage = usage
        self.parameters = parameters
        """`text`, `texts` (one, or a tuple of constants), `constant` (a text), `sized`, `holder`,
        `map`, `any`."""
        self.result = result
        self.result_optional = result_optional
        """Whether the result may be absent though the first argument is not."""
        self.doc = doc


CONDITIONS: dict[str, Function] = {
    "matches": Function(
        'matches(text, "pattern")',
        ("text", "constant"),
        "flag",
        "Whether the RE2 pattern is found in the text; `^` and `$` tie it to the ends.",
    ),
    "glob": Function(
        "glob(text, pattern)",
        ("text", "text"),
        "flag",
        "Whether the pattern fits the whole text: `*` anything but `/`, `**` anything, `?` one.",
    ),
    "startswith": Function(
        "startswith(text, start)",
        ("text", "texts"),
        "flag",
        "Whether the text begins so; `start` may be a tuple of constants.",
    ),
    "endswith": Function(
        "endswith(text, end)",
        ("text", "texts"),
        "flag",
        "Whether the text ends so; `end` may be a tuple of constants.",
    ),
    "resembles": Function(
        "resembles(a, b)",
        ("text", "text"),
        "flag",
        "Whether two texts differ, but by a slip only: one edit, or two in more than 4 characters.",
    ),
    "has": Function(
        "has(list, value)",
        ("holder", "any"),
        "flag",
        "Whether the value is an item of the list or a key of the map: `value in list`.",
    ),
}
"""Functions that are true or false."""

VALUES: dict[str, Function] = {
    "lower": Function("lower(text)", ("text",), "text", "The text in lower case."),
    "basename": Function("basename(path)", ("text",), "text", "The last part of a path."),
    "len": Function("len(value)", ("sized",), "integer", "How many characters, items or entries."),
    "number": Function(
        "number(text)",
        ("text",),
        "number",
        "The text as a number, absent if it is none.",
        result_optional=True,
    ),
    "attr": Function(
        "attr(map, name)",
        ("map", "text"),
        "text",
        "The value of the map's entry, absent if there is none.",
        result_optional=True,
    ),
}
"""Functions that have a value."""

LOOPS: dict[str, str] = {
    "any": "any(condition for x in list if condition): whether one holds.",
    "all": "all(condition for x in list if condition): whether each holds.",
    "count": "count(condition for x in list if condition): how many hold.",
}
"""What goes over a list."""
