"""Whether a name says that its value is a secret."""

from __future__ import annotations

import re
from functools import lru_cache

from plumblint.tables.secret_names import (
    EXACT_NAMES,
    HARMLESS_WORDS,
    LAST_PAIRS,
    LAST_WORDS,
    OVERRULED_WORDS,
    PUBLIC_BEGINNINGS,
    SURE_WORDS,
    TRAILING_WORDS,
)

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_JOINED = re.compile(r"(?!ht)(.+?)(password|passwd|apikey|secret|token)")
"""Names that run words together: `dbpassword`."""
_LONGEST = 120


@lru_cache(maxsize=4096)
def is_secret_name(name: str) -> bool:
    """Whether the value of `name` would be a secret."""
    lower = name.lower()
    if len(name) > _LONGEST or lower in EXACT_NAMES or lower.startswith(PUBLIC_BEGINNINGS):
        return False
    words = [word.lower() for word in _WORD.findall(name)]
    while len(words) > 1 and words[-1] in TRAILING_WORDS:
        words.pop()
    at = _where(words)
    if at is None:
        return False
    before, after = words[:at], words[at:]
    if any(word in HARMLESS_WORDS for word in after):
        return False
    return not any(word in HARMLESS_WORDS and word not in OVERRULED_WORDS for word in before)


def _where(words: list[str]) -> int | None:
    """The index of the word that makes it a secret's name."""
    for at, word in enumerate(words):
        joined = _JOINED.fullmatch(word)
        if word in SURE_WORDS or (joined and joined[2] in SURE_WORDS):
            return at
    if not words:
        return None
    last = _JOINED.fullmatch(words[-1])
    if words[-1] in LAST_WORDS or (last and last[1] not in ("de", "re", "to")):
        return len(words) - 1
    if len(words) > 1 and (words[-2], words[-1]) in LAST_PAIRS:
        return len(words) - 2
    return None
