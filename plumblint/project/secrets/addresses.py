"""Logins inside addresses: `scheme://user:password@host`, `?password=…`, connection strings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plumblint.project.secrets.values import Likeness, is_random, likeness_of

_LOGIN = re.compile(
    r"://(?P<user>[^\s/:@'\"<>{}$`,;()\[\]|\\]{0,100})"
    r"(?::(?:(?P<plain>[^\s/@'\"<>{}$`\\]{1,200})"
    r"|\$\{(?P<variable>[A-Za-z_]\w{0,60}):?-(?P<default>[^}\s'\"$]{1,200})\}))?"
    r"@(?P<host>[A-Za-z0-9._-]{1,255})?(?P<rest>(?::\d+)?/[A-Za-z0-9_-]{1,60})?"
)
_QUERY = re.compile(
    r"[?&](?P<name>password|passwd|pwd|access_token|auth_token|api_key|apikey|client_secret)="
    r"(?P<value>[^\s&'\"`<>{}$;,)\\]{1,200})"
)
_PART = re.compile(
    r";\s?(?P<name>Password|Pwd|AccountKey|SharedAccessKey)\s?=\s?(?P<value>[^\s;'\"`<>{}$\\]{1,200})",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*$")
_SAMPLE_HOST = re.compile(
    r"(?i)(?:^|\.)(?:example|test|invalid)(?:\.\w+)?$|^(?:host|hostname)$|your"
)
_LOCAL = frozenset(("localhost", "127.0.0.1", "0.0.0.0"))
_LONGEST_LINE = 2000


class Login:
    """A password or token inside an address."""

    __slots__ = ("default", "end", "likeness", "name", "start")

    def __init__(
        self, start: int, end: int, name: str, likeness: Likeness, *, default: bool = False
    ) -> None:
        self.start = start
        self.end = end
        self.name = name
        self.likeness = likeness
        self.default = default


def find_logins(text: str) -> Iterator[Login]:
    """The logins in `text` that are written out; comments are left out."""
    for found in _LOGIN.finditer(text):
        login = _login(text, found)
        if login is not None and not _in_comment(text, found.start()):
            yield login
    yield from _named(text, _QUERY)
    yield from _named(text, _PART)


def _login(text: str, found: re.Match[str]) -> Login | None:
    scheme = _SCHEME.search(text, max(found.start() - 20, 0), found.start())
    if scheme is None:
        return None
    user, host = found["user"], (found["host"] or "").lower()
    group = "plain" if found["plain"] else "default" if found["default"] else "user"
    value = found[group]
    if not value or (group == "user" and (not is_random(value) or "sentry" in host)):
        return None  # Sentry's addresses hold a public key
    database = (found["rest"] or "").rpartition("/")[2].lower()
    words = (user.lower(), host.partition(".")[0], database) if group != "user" else ()
    likeness = likeness_of(value, *words) or ("weak" if group != "user" else None)
    if likeness is None:
        return None
    if _SAMPLE_HOST.search(host) or value in ("x-oauth-basic", "x-access-token"):
        likeness = "placeholder"
    elif host in _LOCAL and likeness == "secret":
        likeness = "weak"
    start, end = found.span(group)
    return Login(
        start, end, user if group != "user" else host, likeness, default=group == "default"
    )


def _named(text: str, pattern: re.Pattern[str]) -> Iterator[Login]:
    for found in pattern.finditer(text):
        likeness = likeness_of(found["value"])
        if likeness is not None and not _in_comment(text, found.start()):
            yield Login(*found.span("value"), found["name"], likeness)


def _in_comment(text: str, at: int) -> bool:
    start = text.rfind("\n", max(at - _LONGEST_LINE, 0), at) + 1
    line = text[start:at].lstrip()
    return line.startswith(("#", "//", "*", "--")) or " # " in line
