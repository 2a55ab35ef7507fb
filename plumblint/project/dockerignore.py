"""The language of .dockerignore, as BuildKit reads it.

Source: github.com/moby/patternmatcher (patternmatcher.go, ignorefile).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

MOST_PATTERNS = 2_000
LONGEST_PATTERN = 1_000
"""Characters; longer patterns are not read."""


class Glob:
    """A pattern, compiled; by RE2, so it stays linear whatever the repo says."""

    __slots__ = ("_match",)

    def __init__(self, match: Callable[[bytes], object]) -> None:
        self._match = match

    def fits(self, path: str) -> bool:
        """Whether the pattern fits a whole path."""
        return self._match(path.encode("utf-8", "replace")) is not None


class Pattern:
    """A line: what it matches, and whether it lets in again what lines before kept out."""

    __slots__ = ("glob", "negated")

    def __init__(self, glob: Glob, negated: bool) -> None:
        self.glob = glob
        self.negated = negated


def read_patterns(text: str) -> list[Pattern]:
    """The patterns of an ignore file; a line that is none is left out."""
    found: list[Pattern] = []
    for line in text.split("\n"):
        if line.startswith("#"):
            continue
        line = line.strip()
        negated = line.startswith("!")
        if negated:
            line = line[1:].strip()
        if not line or len(line) > LONGEST_PATTERN or len(found) >= MOST_PATTERNS:
            continue
        clean = posixpath.normpath(line.replace("\\\\", "\\")).lstrip("/")
        if clean in ("", "."):
            continue
        glob = compile_glob(clean, parents=True)
        if glob is not None:
            found.append(Pattern(glob, negated))
    return found


class Ignored:
    """What an ignore file keeps out of the context."""

    __slots__ = ("_known", "_patterns", "size")

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._patterns = patterns
        self.size = len(patterns)
        self._known: dict[str, bool] = {}

    def matches(self, path: str) -> bool:
        """Whether a path of the context is kept out: the last pattern that fits decides."""
        known = self._known.get(path)
        if known is None:
            known = self._known[path] = self._decide(path)
        return known

    def _decide(self, path: str) -> bool:
        for pattern in reversed(self._patterns):
            if pattern.glob.fits(path):
                return not pattern.negated
        return False


@lru_cache(maxsize=8192)
def compile_glob(pattern: str, *, parents: bool = False) -> Glob | None:
    """A pattern that fits whole paths, or with `parents` all below too; None if it is none."""
    import re2  # type: ignore[import-untyped]

    options = re2.Options()
    options.log_errors = False
    below = "(?:/.*)?" if parents else ""
    try:
        return Glob(re2.compile(f"(?s)\\A(?:{''.join(_regex(pattern))}){below}\\z", options).search)
    except re2.error:
        return None


def _regex(pattern: str) -> Iterable[str]:
    at = 0
    while at < len(pattern):
        char = pattern[at]
        at += 1
        if char == "*" and pattern[at : at + 1] == "*":
            at += 1
            if pattern[at : at + 1] == "/":
                at += 1
                yield "(?:.*/)?"
            else:
                yield ".*"
        elif char == "*":
            yield "[^/]*"
        elif char == "?":
            yield "[^/]"
        elif char == "\\" and at < len(pattern):
            yield re.escape(pattern[at])
            at += 1
        elif char in "[]^-":
            yield char if char in "[]" or _in_class(pattern, at - 1) else re.escape(char)
        else:
            yield re.escape(char)


def _in_class(pattern: str, at: int) -> bool:
    return pattern.rfind("[", 0, at) > pattern.rfind("]", 0, at)
