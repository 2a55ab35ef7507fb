"""Positional parameters: whether a script uses what stands behind its `-c` string."""

from __future__ import annotations

from plumblint.syntax.pattern import lazy_pattern

_PARAMETER = lazy_pattern(r"\$(?:[0-9@*]|\{[0-9@*])")


def uses_parameters(script: str) -> bool:
    """Whether a script names `$0`, `$1`, `$@` or their like."""
    return _PARAMETER.search(script) is not None
