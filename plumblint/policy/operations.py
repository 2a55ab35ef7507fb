"""What compiled expressions call: three-valued answers about values.

A condition is True, False or None (undecided).  A value may be absent (None)
or Unknown; of an Unknown the known pieces still decide what they can.
Conditions about an absent value are False.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from plumblint.facts.fact import Unknown

STEPS = 200_000
"""Loop steps (and 64 characters of text looked at in a loop each) that one evaluation may take."""
LONGEST_RESEMBLING = 64
"""Characters; longer texts never resemble each other."""


class StepsExhaustedError(Exception):
    """An expression took more than `STEPS` steps."""

    def __init__(self) -> None:
        super().__init__(f"the expression took more than {STEPS} steps")


class Between(Unknown):
    """A count of which only the bounds are known."""

    __slots__ = ("high", "low")

    def __init__(self, low: int, high: int) -> None:
        super().__init__(f"{low} to {high}")
        self.low = low
        self.high = high


def counted(certain: int, undecided: int) -> int | Between:
    """How many, of so many that hold and so many that may."""
    return Between(certain, certain + undecided) if undecided else certain


def truth(value: Any) -> bool | None:
    """Whether a value is there and not empty, zero or false."""
    if isinstance(value, Unknown):
        if isinstance(value, Between):
            return True if value.low else None
        return True if any(value.pieces) else None
    return bool(value)


def absent(value: Any) -> bool | None:
    """Whether a value is absent."""
    if isinstance(value, Unknown):
        return False if any(value.pieces) else None
    return value is None


def equal(left: Any, right: Any) -> bool | None:
    """Whether two values are the same."""
    if isinstance(left, Unknown):
        if isinstance(right, Unknown):
            return None
        return _may_be(left, right)
    if isinstance(right, Unknown):
        return _may_be(right, left)
    return bool(left == right)


def _may_be(unknown: Unknown, value: Any) -> bool | None:
    """None where `unknown` may turn out to be `value`, else False."""
    if isinstance(unknown, Between):
        return None if unknown.low <= value <= unknown.high else False
    pieces = unknown.pieces
    if value is None:
        return False if any(pieces) else None
    if not isinstance(value, str) or not pieces:
        return None
    if sum(len(piece) for piece in pieces if piece) > len(value):
        return False
    first, last = pieces[0], pieces[-1]
    if (first and not value.startswith(first)) or (last and not value.endswith(last)):
        return False
    return None if all(piece in value for piece in pieces if piece) else False


def less(left: Any, right: Any) -> bool | None:
    """Whether `left < right`."""
    if isinstance(left, Between):
        return None if isinstance(right, Unknown) else _decide(left.high < right, left.low < right)
    if isinstance(right, Between):
        return None if isinstance(left, Unknown) else _decide(left < right.low, left < right.high)
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return None
    return bool(left < right)


def at_most(left: Any, right: Any) -> bool | None:
    """Whether `left <= right`."""
    more = less(right, left)
    return None if more is None else not more


def _decide(surely: bool, perhaps: bool) -> bool | None:
    return True if surely else None if perhaps else False


def among(value: Any, choices: Collection[Any]) -> bool | None:
    """Whether a value is one of known choices."""
    if isinstance(value, Unknown):
        return None if any(_may_be(value, choice) is None for choice in choices) else False
    return value in choices


def member(value: Any, items: Any) -> bool | None:
    """Whether a value is an item of a list, or a key of a map, that may hold Unknown."""
    if items is None or value is None:
        return False
    if isinstance(items, Unknown):
        return None
    if not isinstance(value, Unknown) and value in items:
        return True
    return None if any(equal(value, item) is None for item in items) else False


def inside(part: Any, text: Any) -> bool | None:
    """Whether `part` occurs in `text`."""
    if part is None or text is None:
        return False
    if isinstance(part, Unknown):
        return None
    if isinstance(text, Unknown):
        return True if any(part in piece for piece in text.pieces if piece) else None
    return part in text


def startswith(text: Any, start: Any) -> bool | None:
    """Whether `text` begins with `start` (or one of them, where it is a tuple)."""
    return _at_end(text, start, 0)


def endswith(text: Any, end: Any) -> bool | None:
    """Whether `text` ends with `end` (or one of them, where it is a tuple)."""
    return _at_end(text, end, -1)


def _at_end(text: Any, wanted: Any, which: int) -> bool | None:
    if text is None or wanted is None:
        return False
    if isinstance(wanted, Unknown):
        return None
    if isinstance(text, Unknown):
        known = text.pieces[which] if text.pieces else None
        answers = [
            _known_end(known, want, which)
            for want in (wanted if isinstance(wanted, tuple) else (wanted,))
        ]
        return True if True in answers else None if None in answers else False
    return bool(text.startswith(wanted) if which == 0 else text.endswith(wanted))


def _known_end(known: str | None, want: str, which: int) -> bool | None:
    if not want:
        return True
    if not known:
        return None
    if len(known) < len(want):
        want = want[: len(known)] if which == 0 else want[-len(known) :]
        return None if known == want else False
    return known.startswith(want) if which == 0 else known.endswith(want)


def lower(text: Any) -> Any:
    """`text` in lower case; what is not known stays so, with its known pieces."""
    if text is None:
        return None
    if isinstance(text, Unknown):
        return Unknown(text.text, tuple(piece and piece.lower() for piece in text.pieces))
    return text.lower()


def length(value: Any) -> Any:
    """The number of characters, items or entries."""
    if value is None or isinstance(value, Unknown):
        return value if value is None else Unknown(value.text)
    return len(value)


def attr(entries: Mapping[str, Any] | Unknown | None, name: Any) -> Any:
    """The value of an entry, None where there is none."""
    if entries is None or name is None:
        return None
    if isinstance(entries, Unknown) or isinstance(name, Unknown):
        return Unknown(entries.text if isinstance(entries, Unknown) else name.text)
    return entries.get(name)


def basename(path: Any) -> Any:
    """The last part of a path."""
    if path is None:
        return None
    if isinstance(path, Unknown):
        last = path.pieces[-1] if path.pieces else None
        if last and "/" in last and not last.endswith("/"):
            return last.rpartition("/")[2]
        return Unknown(path.text)
    return path.rstrip("/").rpartition("/")[2]


def number(text: Any) -> Any:
    """A text as a number, None where it is none."""
    if text is None:
        return None
    if isinstance(text, Unknown):
        return Unknown(text.text)
    try:
        value = float(text) if len(text) <= 40 else None
    except ValueError:
        return None
    return value if value is not None and abs(value) < 1e300 else None


def size(value: Any) -> int:
    """The steps that looking at a text in a loop takes."""
    return (len(value) >> 6) + 1 if isinstance(value, str) else 1


_searches: dict[str, Callable[[bytes], object]] = {}
_MOST_SEARCHES = 2000
LONGEST_GLOB = 500
"""Characters; with a longer pattern, or an odd one, `glob` is undecided."""


def compile_pattern(pattern: str) -> Callable[[bytes], object]:
    """The search of a pattern in UTF-8, by RE2: linear in the text whatever the pattern.

    Raises ValueError for what is no pattern.
    """
    import re2  # type: ignore[import-untyped]

    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(pattern, options).search  # type: ignore[no-any-return]
    except re2.error as error:
        text = error.args[0] if error.args else error
        raise ValueError(text.decode() if isinstance(text, bytes) else str(text)) from None


def matches(text: Any, pattern: str) -> bool | None:
    """Whether `pattern` is found in `text`."""
    if text is None:
        return False
    if isinstance(text, Unknown):
        return None
    search = _searches.get(pattern)
    if search is None:
        if len(_searches) >= _MOST_SEARCHES:
            _searches.clear()
        search = _searches[pattern] = compile_pattern(pattern)
    return search(text.encode("utf-8", "replace")) is not None


def glob(text: Any, pattern: Any) -> bool | None:
    """Whether `pattern` fits all of `text`: `*` any characters but `/`, `**` any, `?` one."""
    if text is None or pattern is None:
        return False
    if isinstance(pattern, Unknown) or len(pattern) > LONGEST_GLOB or not pattern.isprintable():
        return None
    return matches(text, _glob_pattern(pattern))


def _glob_pattern(pattern: str) -> str:
    """The RE2 pattern of a glob."""
    out = []
    at = 0
    while at < len(pattern):
        char = pattern[at]
        at += 1
        if char == "*":
            if pattern[at : at + 1] != "*":
                out.append("[^/]*")
                continue
            at += 1
            if pattern[at : at + 1] == "/" and (at == 2 or pattern[at - 3] == "/"):
                at += 1
                out.append("(?:.*/)?")
            else:
                out.append(".*")
        elif char == "?":
            out.append("[^/]")
        else:
            out.append(char if char.isalnum() or char == "_" else f"\\x{{{ord(char):x}}}")
    return rf"(?s)\A{''.join(out)}\z"


def resembles(left: Any, right: Any) -> bool | None:
    """Whether two texts differ by a slip of the keyboard or two, and do differ.

    One edit (a character inserted, left out, replaced, or two neighbours swapped)
    for up to four characters, else up to two.
    """
    if left is None or right is None:
        return False
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return None
    longest = max(len(left), len(right))
    if longest > LONGEST_RESEMBLING or abs(len(left) - len(right)) > 2:
        return False
    return 0 < _distance(left, right) <= (1 if longest <= 4 else 2)


def _distance(left: str, right: str) -> int:
    """Edits (with swaps of neighbours) that turn one text into the other."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        after = [i]
        for j, b in enumerate(right, 1):
            best = min(row[j] + 1, after[j - 1] + 1, row[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                best = min(best, before[j - 2] + 1)
            after.append(best)
        before, row = row, after
    return row[-1]
