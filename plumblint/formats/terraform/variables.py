"""Arguments that hold secrets or scripts → `variable` facts with their exact places."""

from __future__ import annotations

import re

from plumblint.facts import Unknown, Variable
from plumblint.formats.terraform.value import Value, scalar
from plumblint.tables.terraform_resources import (
    NOT_SECRET_BEGINNINGS,
    NOT_SECRET_ENDINGS,
    NOT_SECRET_PARENTS,
    SCRIPT_ARGUMENTS,
    SECRET_WORDS,
)

_LIMIT = 2000
"""Values looked at below one argument."""

_WORD_START = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def is_secret_name(name: str) -> bool:
    """Whether an argument or variable of that name holds a secret."""
    snake = _WORD_START.sub("_", name).lower().replace("-", "_")
    if snake.endswith(NOT_SECRET_ENDINGS) or snake.startswith(NOT_SECRET_BEGINNINGS):
        return False
    return any(word in snake for word in SECRET_WORDS)


def attribute_variables(value: Value, name: str, path: str) -> list[Variable]:
    """A variable for each secret-named or script argument at or below `name`.

    Below a secret-named map or list every item counts as secret-named.
    """
    found: list[Variable] = []
    pending: list[tuple[Value, str, str, bool]] = [(value, name, "", False)]
    count = 0
    while pending and count < _LIMIT:
        count += 1
        current, own, parents, inherited = pending.pop()
        wanted = inherited or is_secret_name(own)
        place = f"{parents}.{own}".strip(".")
        if isinstance(current.data, dict):
            for key, item in reversed(list(current.data.items())[:_LIMIT]):
                pending.append((item, key, place, False))
        elif isinstance(current.data, tuple):
            inner = reversed(current.data[:_LIMIT])
            pending.extend((item, own, parents, wanted) for item in inner)
        elif (wanted and not _harmless(current, parents)) or own in SCRIPT_ARGUMENTS:
            variable = _variable(current, own, f"{path}.{place}")
            if variable is not None:
                found.append(variable)
    return found


def _harmless(value: Value, parents: str) -> bool:
    """Whether a secret-named argument plainly holds none: empty, a path, a unit of time."""
    text = value.data
    return (isinstance(text, str) and text.strip()[:1] in ("", "/")) or any(
        parent in NOT_SECRET_PARENTS for parent in parents.split(".")
    )


def _variable(value: Value, name: str, path: str) -> Variable | None:
    """The variable for one argument, None where it is null or no text."""
    text = scalar(value)
    if text is None or isinstance(value.data, (bool, int, float)):
        return None
    variable = Variable(
        span=value.span,
        path=path,
        key=path,
        name=name,
        value=text,
        literal=not isinstance(text, Unknown),
        default=value.default,
        kind="attribute",
    )
    variable.trace(value=value.origin())
    return variable
