"""Messages: text with `{field}` names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from plumblint.facts.fact import Fact, Unknown

LONGEST_VALUE = 200
"""Characters of a value that a message shows."""
_TOKEN = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_DOTTED = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)+\Z", re.ASCII)

Part = str | list[str]
"""A piece of a message: text, or the dotted name of a field as a list."""


def split_message(text: str) -> list[Part]:
    """The parts of a message.  Raises ValueError(message, offset)."""
    parts: list[Part] = []
    done = 0
    for token in _TOKEN.finditer(text):
        parts.append(text[done : token.start()])
        done = token.end()
        name = token.group(1)
        if name is not None:
            if not _DOTTED.match(name):
                raise ValueError(
                    f"`{{{name}}}` is no field: write the fact first, as in `{{image.text}}`, "
                    "and no format",
                    token.start(),
                )
            parts.append(name.split("."))
        elif len(token.group()) == 2:
            parts.append(token.group()[0])
        else:
            raise ValueError("a single brace: write `{{` or `}}` for the character", token.start())
    parts.append(text[done:])
    return [part for part in parts if part]


def render(parts: list[Part], fact: Fact, options: Mapping[str, Any]) -> str:
    """The message for a fact: one line; Unknown shows its source text, absent `none`."""
    out = []
    for part in parts:
        if isinstance(part, str):
            out.append(part)
        elif part[0] == "options":
            out.append(show(options.get(part[1])))
        else:
            value: Any = fact
            for field in part[1:]:
                value = getattr(value, field) if isinstance(value, Fact) else value
            out.append(show(value))
    return " ".join("".join(out).split())


def show(value: Any) -> str:
    """A value for people, cut to `LONGEST_VALUE` characters."""
    if value is None:
        text = "none"
    elif isinstance(value, Unknown):
        text = value.text
    elif isinstance(value, bool):
        text = "true" if value else "false"
    elif isinstance(value, Fact):
        text = value.path
    elif isinstance(value, tuple | list | dict):
        text = ", ".join(show(item) for item in list(value)[:20]) or "none"
    else:
        text = str(value)
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"
