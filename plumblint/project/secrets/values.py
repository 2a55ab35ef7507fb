"""What a value looks like: a secret, a weak default, a placeholder, a reference, or nothing."""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import pairwise
from typing import Literal

from plumblint.tables.placeholder_values import (
    PLACEHOLDER_PARTS,
    PLACEHOLDER_VALUES,
    WEAK_PARTS,
    WEAK_VALUES,
)
from plumblint.tables.token_formats import PUBLIC_SAMPLES

Likeness = Literal["secret", "weak", "placeholder", "reference"]

_LIMIT = 4096
"""Characters of a value that are looked at."""

_REFERENCE = re.compile(
    r"\$(?!argon2|2[aby]\$|[156]\$)|\{\{|\{%|#\{|<%|`|%[A-Za-z_]+%|ENC\[|ENC\(|\$ANSIBLE_VAULT"
    r"|!vault|!Ref|(?:arn|op|vault|ref\+\w+|file|env|ssm|secretsmanager|secretRef|keyring|gcpsm):"
    r"|(?:projects|secret|kv|secrets)/[\w.-]+/|AQICAH"
)
"""Begins a value that is kept elsewhere, or is encrypted."""

_HARMLESS = re.compile(
    r"""(?x)
    [~./].*                                    # a path
    | [A-Za-z]:\\.*
    | https?://[^@]*                           # an address without a login
    | [\w.-]+(?:/[\w.-]+){2,}                  # a relative path or an image
    | [+-]?\d{1,5}(?:\.\d+)?[smhdwkKMGT]?      # a number, a duration, a size
    | v?\d+(?:\.\d+)+(?:[-+.][\w.-]+)?         # a version
    | [\w./-]+\.(?:pem|key|crt|cer|json|ya?ml|txt|env|jks|p12|pfx|properties|conf|ini|sh|js|py|cs)
    | [\[{(].*[\]})]                           # a list, a map, a type
    | .*\s\w+\s.*                              # prose
    """,
    re.DOTALL,
)
_CALL = re.compile(r"[A-Za-z_][\w.]*\(|(?:var|local|data|module|each|self|random_\w+)\.\w")
_ANGLES = re.compile(r"<[^>]*>|\[[^\]]*\]|%\w+%|\*+|\.+|x+|X+|0+|-+|_+|#+")
_ENVIRONMENT_NAME = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
"""The name of a secret, not its value: `DOCKERHUB_TOKEN`."""
_SECRET_NAME = re.compile(
    r"[a-z][a-z0-9]*(?:[-_/.][a-z0-9]+)*[-_/.](?:secrets?|creds?|credentials?|tokens?|keys?)"
)
"""The name of a secret in a store: `db-credentials`, `app/registry-token`.

`app_password` rather is the password itself."""
_WORDS = re.compile(r"[A-Za-z]+(?:[-_ .@!][A-Za-z]+)*[-_!@#.]?\d{0,4}[!#?.]?")
_GUESSABLE = re.compile(
    r"\d{1,11}|[a-z]{1,3}\d{1,6}|(.)\1*|[a-z]{1,16}[-_@]?(?:\d{1,4}|123\d*)",
    re.IGNORECASE,
)
_HASH = re.compile(r"\$(?:argon2|2[aby]\$|[156]\$)|\{S?SHA|pbkdf2|scrypt:")
_SEPARATOR = re.compile(r"[-_. :/@!]+")
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_LEET = str.maketrans("013457@$!", "oleastasi")
_LEAST_SECRET = 8
"""Characters; what is shorter is guessed."""


def entropy_of(text: str) -> float:
    """Shannon entropy in bits a character."""
    size = len(text)
    return -sum(n / size * math.log2(n / size) for n in Counter(text).values()) if size else 0.0


def redacted(text: str) -> str:
    """The value as it may be shown: at most a fifth of it, and its length."""
    shown = text[: min(4, len(text) // 5)] if text.isprintable() else ""
    return f"{shown}… ({len(text)} characters)"


def is_random(text: str) -> bool:
    """Whether it looks made by a machine: 16 characters or more, mixed, without order."""
    classes = sum(map(bool, (_DIGIT(text), _UPPER(text), _LOWER(text), _OTHER(text))))
    return len(text) >= 16 and classes >= 2 and entropy_of(text[:_LIMIT]) >= 3.3


_DIGIT = re.compile(r"\d").search
_UPPER = re.compile(r"[A-Z]").search
_LOWER = re.compile(r"[a-z]").search
_OTHER = re.compile(r"[^A-Za-z0-9]").search


def likeness_of(value: str, *related: str) -> Likeness | None:
    """What the literal value of a secret's name looks like, None where it plainly is none.

    `related` are words that anybody would guess from what stands around it:
    the service, the user, the database.
    """
    text = value.strip()[:_LIMIT]
    lower = text.lower()
    if not text:
        return None
    if _REFERENCE.match(text) or "${{" in text or "{{" in text or _CALL.match(text):
        return "reference"
    if lower in WEAK_VALUES or lower in related:
        return "weak"
    if lower in PLACEHOLDER_VALUES or text in PUBLIC_SAMPLES or _ANGLES.fullmatch(text):
        return "placeholder"
    if any(part in lower for part in PLACEHOLDER_PARTS):
        return "placeholder"
    if _ENVIRONMENT_NAME.fullmatch(text) or _SECRET_NAME.fullmatch(text) or _HASH.match(text):
        return "reference"
    if _HARMLESS.fullmatch(text):
        return "weak" if lower.isdecimal() else None
    return "weak" if _is_weak(text, lower) else "secret"


def _is_weak(text: str, lower: str) -> bool:
    if len(text) < _LEAST_SECRET or _GUESSABLE.fullmatch(text) or _WORDS.fullmatch(text):
        return True
    if _UUID.fullmatch(text):
        return False
    if _is_run(lower) or _is_phrase(lower):
        return True
    plain = lower.translate(_LEET)
    for part in WEAK_PARTS:
        at = max(lower.find(part), plain.find(part))
        if at >= 0 and not is_random(text[:at] + text[at + len(part) :]):
            return True
    return entropy_of(text) < 2.3


def _is_phrase(lower: str) -> bool:
    """Whether it is mostly words with marks between: `jwt-secret-for-testing-only-32ch`."""
    parts = _SEPARATOR.split(lower)
    words = sum(3 <= len(part) <= 12 and part.isalpha() for part in parts)
    return len(parts) >= 3 and words >= 0.6 * len(parts)


def _is_run(lower: str) -> bool:
    """Whether it is a row of neighbours such as `abcdefgh12345678`, or a short piece repeated."""
    steps = Counter(ord(b) - ord(a) for a, b in pairwise(lower))
    if steps[1] + steps[0] >= 0.7 * (len(lower) - 1):
        return True
    return any(lower == (lower[:n] * (len(lower) // n + 1))[: len(lower)] for n in (2, 3, 4, 5))
