"""Suggestions for mistyped names, and option types that several commands share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A question with the nearest known name, or nothing."""
    import difflib

    near = difflib.get_close_matches(name, list(known), n=1)
    return f" Did you mean `{near[0]}`?" if near else ""


class Names(click.ParamType):  # type: ignore[type-arg, unused-ignore]
    """Names, separated by commas; the option may be repeated too."""

    name = "names"

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        """The names in order."""
        if isinstance(value, tuple):
            return value
        return tuple(part for part in (piece.strip() for piece in value.split(",")) if part)
