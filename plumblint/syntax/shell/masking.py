"""GitHub expressions in a script, hidden from the shell's grammar.

GitHub puts the values of `${{ … }}` into a script before any shell reads it.
Such a stretch counts as a name here, whatever quotes and braces it holds, and
keeps its length, so that offsets stay.
"""

from __future__ import annotations

import re

FIRST = "\ue000"
"""Stands for the `$` of an expression (a private-use character)."""
REST = "\ue001"
"""Stands for each further character of it."""

_INSIDE = re.compile(r"(?:[^'}]|'[^']*+'|\}(?!\}))*+\}\}")


def mask_expressions(text: str) -> str:
    """The text with each `${{ … }}` replaced by private-use characters, as many.

    A `}}` within single quotes of an expression does not end it.  An expression
    that never ends stays as it is.
    """
    start = text.find("${{")
    if start < 0:
        return text
    pieces: list[str] = []
    done = 0
    quotes_pair = True
    while start >= 0:
        match = _INSIDE.match(text, start + 3) if quotes_pair else None
        if match:
            end = match.end()
        else:
            # an open quote: from here on the next `}}` ends one, so that the time stays linear
            quotes_pair = False
            end = text.find("}}", start + 3) + 2
            if end < 2:
                break
        pieces += (text[done:start], FIRST, REST * (end - start - 1))
        done = end
        start = text.find("${{", end)
    pieces.append(text[done:])
    return "".join(pieces)
