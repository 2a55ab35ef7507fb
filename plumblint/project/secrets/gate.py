"""One look at each text that tells whether it can hold a token, a key or a login at all.

For 20 MB of manifests RE2 needs 0.1 s where Python's own `re` takes 1.0 s for the tokens' marks;
of a hundred files one or two pass.  A few small files are looked at without it: importing RE2
takes longer than that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from plumblint.source import Source
from plumblint.tables.token_formats import TOKEN_FORMATS

_FEW = 64 * 1024
"""Characters up to which a plain search for each mark is quicker than importing RE2."""

_NAMES = (
    "password", "passwd", "pwd", "access_token", "auth_token", "api_key", "apikey", "client_secret",
)  # fmt: skip
_PARTS = (
    ";Password=", ";Pwd=", "; Password=", "; Pwd=", ";password=", ";pwd=", ";PWD=", ";PASSWORD=",
    ";Password =", ";SharedAccessKey=", ";AccountKey=",
)  # fmt: skip
_LONGEST_LOGIN = 320


def suspects(sources: Iterable[Source]) -> list[Source]:
    """Those of the sources that are worth a closer look."""
    there = list(sources)
    has_mark = _plain() if sum(len(source.text) for source in there) < _FEW else _by_re2()
    return [source for source in there if has_mark(source.text) or _has_login(source.text)]


def may_hold_any(text: str) -> bool:
    """Whether `text` has the mark of a token, a key or a login."""
    return _plain()(text) or _has_login(text)


def _has_login(text: str) -> bool:
    """Whether some `://` has an `@` before the address ends."""
    at = text.find("://")
    while at >= 0:
        start = at + 3
        end = text.find("@", start, start + _LONGEST_LOGIN)
        login = text[start:end] if end > start else ""
        if login and "/" not in login and login.split(None, 1)[0] == login:
            return True
        at = text.find("://", start)
    return False


@lru_cache(maxsize=1)
def _marks() -> tuple[str, ...]:
    marks = {mark for row in TOKEN_FORMATS for mark in row[0]}
    queries = [f"{separator}{name}=" for separator in "?&" for name in _NAMES]
    return (*sorted(marks), "PRIVATE KEY", "LS0tLS1CRUdJTi", *queries, *_PARTS)


@lru_cache(maxsize=1)
def _plain() -> Callable[[str], bool]:
    marks = _marks()
    return lambda text: any(mark in text for mark in marks)


@lru_cache(maxsize=1)
def _by_re2() -> Callable[[str], object]:
    import re2  # type: ignore[import-untyped]

    pattern = re2.compile("|".join(map(re.escape, _marks())))
    search: Callable[[str], object] = pattern.search
    return search
