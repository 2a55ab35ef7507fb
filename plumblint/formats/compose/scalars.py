"""What go-yaml makes of a plain scalar: docker compose reads YAML 1.1's octals, but no `yes`."""

from __future__ import annotations

import re

from plumblint.facts import Sure, Unknown
from plumblint.formats.compose.text import Kind, Text

_INT = re.compile(r"[-+]?(?:0[0-7]*|[1-9][0-9_]*|0o[0-7_]+|0x[0-9a-fA-F_]+|0b[01_]+)\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_BOOLS = frozenset(("true", "True", "TRUE", "false", "False", "FALSE"))
_SPECIAL = re.compile(r"[-+]?\.(?:inf|Inf|INF)\Z|\.(?:nan|NaN|NAN)\Z")
_YES = frozenset(("true", "y", "yes", "on"))
_NO = frozenset(("false", "n", "no", "off"))
_DURATION = re.compile(r"(?:\d+(?:\.\d+)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h|d|w)")
_SECONDS = {
    "ns": 1e-9, "us": 1e-6, "µs": 1e-6, "μs": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0,
    "d": 86400.0, "w": 604800.0,
}  # fmt: skip


def kind_of(value: str) -> Kind:
    """The type of a plain scalar."""
    if value in _NULLS:
        return "null"
    if value in _BOOLS:
        return "bool"
    if value[0] in "+-.0123456789":
        if _INT.match(value):
            return "int"
        if _FLOAT.match(value) or _SPECIAL.match(value):
            return "float"
    return "str"


def boolean(text: Text | None) -> Sure[bool] | None:
    """A text as docker compose casts it to a boolean; None where it refuses, or there is none."""
    if text is None:
        return None
    known = text.known
    if isinstance(known, Unknown):
        return Unknown(known.text)
    word = known.lower()
    return True if word in _YES else False if word in _NO else None


def seconds(text: str) -> float | None:
    """A duration such as `1m30s`, None for what is none."""
    if text.strip() in {"0", ""}:
        return 0.0 if text.strip() else None
    total, at = 0.0, 0
    while at < len(text):
        match = _DURATION.match(text, at)
        if match is None:
            return None
        number = match[0].rstrip("nsuµμmhdw")
        total += float(number) * _SECONDS[match[0][len(number) :]]
        at = match.end()
    return total
