"""What counts as blank: Go's `unicode.IsSpace`, and the separators of a Dockerfile."""

from __future__ import annotations

SPACE = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""Unicode's White_Space property (Go's `unicode.IsSpace`); Python's `str.isspace` has more."""

SEPARATORS = "\t\v\f\r "
"""What separates the keyword from its arguments and words from each other."""

_SPACE_SET = frozenset(SPACE)


def is_space(char: str) -> bool:
    """Whether a character is blank in Go's sense."""
    return char in _SPACE_SET
