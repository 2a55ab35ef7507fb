r"""Shell patterns of `${name#pattern}`, `${name%pattern}` and `${name/pattern/text}`.

`*` is any text, `?` any character, `\` takes the meaning of `*`, `?` and `\`;
there are no brackets.  Matching takes time proportional to the product of the two
lengths, and is refused beyond `WORK_LIMIT`.
"""

from __future__ import annotations

WORK_LIMIT = 1_000_000

_STAR, _ANY = "*", "?"


class PatternError(Exception):
    """The pattern is not valid, or too much work."""


def tokens(pattern: str) -> list[tuple[str, str]]:
    """The pattern as (`*` or `?` or empty, character)."""
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(pattern):
        char = pattern[at]
        at += 1
        if char in (_STAR, _ANY):
            found.append((char, ""))
            continue
        if char == "\\":
            following = pattern[at : at + 1]
            if following in ("}", "/") and following:
                continue
            if not following or following not in "*?\\":
                raise PatternError(f"`\\{following}` is no escape in a pattern")
            char = following
            at += 1
        found.append(("", char))
    return found


def without_prefix(value: str, pattern: str, *, longest: bool) -> str:
    """`${name#pattern}`, `##` for the longest."""
    return value[_prefix(tokens(pattern), value, longest) :]


def without_suffix(value: str, pattern: str, *, longest: bool) -> str:
    """`${name%pattern}`, `%%` for the longest."""
    length = _prefix(tokens(pattern)[::-1], value[::-1], longest)
    return value[: len(value) - length]


def replaced(value: str, pattern: str, by: str, *, every: bool) -> str:
    """`${name/pattern/by}`, `//` for each occurrence."""
    steps = tokens(pattern)
    if len(steps) * (len(value) + 1) ** 2 > WORK_LIMIT:
        raise PatternError("the substitution is too much work")
    out: list[str] = []
    at = 0
    while at <= len(value):
        length = _match(steps, value[at:], longest=True)
        if length is None:
            out.append(value[at : at + 1])
            at += 1
            continue
        out.append(by)
        if not every:
            out.append(value[at + length :])
            return "".join(out)
        if length == 0:
            out.append(value[at : at + 1])
            at += 1
        at += length
        if at == len(value) and length:
            break
    return "".join(out)


def _prefix(steps: list[tuple[str, str]], value: str, longest: bool) -> int:
    return _match(steps, value, longest=longest) or 0


def _match(steps: list[tuple[str, str]], value: str, *, longest: bool) -> int | None:
    """The length of the prefix that matches, None if none does."""
    if (len(steps) + 1) * (len(value) + 1) > WORK_LIMIT:
        raise PatternError("the substitution is too much work")
    reached = {0}
    for kind, char in steps:
        if not reached:
            return None
        if kind == _STAR:
            reached = set(range(min(reached), len(value) + 1))
        elif kind == _ANY:
            reached = {at + 1 for at in reached if at < len(value)}
        else:
            reached = {at + 1 for at in reached if at < len(value) and value[at] == char}
    if not reached:
        return None
    return max(reached) if longest else min(reached)
