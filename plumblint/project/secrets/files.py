"""Files that hold secrets: which, and which of them a COPY brings into an image."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from plumblint.facts import Copy, File, Origin, Related
from plumblint.project.project import Project
from plumblint.project.secrets.addresses import find_logins
from plumblint.project.secrets.gate import may_hold_any
from plumblint.project.secrets.names import is_secret_name
from plumblint.project.secrets.record import record
from plumblint.project.secrets.test_paths import is_own_machine, is_test_path
from plumblint.project.secrets.tokens import find_private_keys, find_tokens
from plumblint.project.secrets.values import likeness_of
from plumblint.repo import Repo
from plumblint.source import Source, Span
from plumblint.tables.secret_files import NOT_SECRET_FILES, SECRET_FILES

_ASSIGNMENT = re.compile(
    r"^[ \t]*(?:export[ \t]+)?(?P<name>[A-Za-z_][\w.-]{0,80})[ \t]*[=:][ \t]*"
    r"(?:\"(?P<double>[^\"\r\n]*)\"|'(?P<single>[^'\r\n]*)'|(?P<plain>[^\s#]\S*))",
    re.MULTILINE,
)
_NPM = re.compile(
    r"^[^#;\r\n]*:_(?:authToken|password|auth)\s*=\s*(?P<value>[^\s$]{8,})", re.MULTILINE
)
_NETRC = re.compile(r"\bpassword\s+(?P<value>[^\s$<]{6,})|://[^\s:/@]*:(?P<url>[^\s@$<]{6,})@")
_PYPI = re.compile(r"^[ \t]*password\s*[=:]\s*(?P<value>[^\s$<%]{6,})", re.MULTILINE)
_DOCKER = re.compile(r'"auth"\s*:\s*"(?P<value>[A-Za-z0-9+/=]{8,})"')
_KUBE = re.compile(
    r"^[ \t]*(?:client-key-data|token|password):\s*(?P<value>[^\s$<{]{16,})", re.MULTILINE
)
_STATE = re.compile(
    r'"(?:password|master_password|secret_key|secret|private_key|secret_string|token|auth_token'
    r'|client_secret|primary_access_key|result|private_key_pem)"\s*:\s*"(?P<value>[^"\\]{8,})"'
)
_PATTERNS = {"npmrc": _NPM, "netrc": _NETRC, "pypirc": _PYPI, "docker": _DOCKER, "kube": _KUBE,
             "state": _STATE}  # fmt: skip
_PLAIN_NAME = re.compile(r"[\w./@~-]+")
_Row = tuple[re.Pattern[str], str, str]


class Held:
    """A secret within a file: its place, and the name it goes by there."""

    __slots__ = ("end", "name", "start")

    def __init__(self, start: int, end: int, name: str) -> None:
        self.start = start
        self.end = end
        self.name = name


def find_in_files(project: Project, paths: Iterable[str], copies: Iterable[Copy]) -> None:
    """Say of each File whether it holds secrets, and of each Copy which such files it brings.

    `paths` are the files of the repo that may; `copies` those from the build context.
    """
    files = {file.name: file for file in project.of(File)}
    known: dict[str, str] = {}
    for path in paths:
        row = row_of(path)
        if row is None:
            continue
        held = secrets_of(project.repo, path, row[1])
        if held is None:
            continue
        known[path] = row[0]
        _mask(project, path, held)
        if path in files:
            _say(files[path], row[0], held)
    for copy in copies:
        _copied(project.repo, copy, known)


@lru_cache(maxsize=1)
def _names() -> tuple[
    re.Pattern[str], re.Pattern[str], tuple[tuple[re.Pattern[str], str, str], ...]
]:
    rows = tuple((re.compile(pattern), what, how) for pattern, what, how in SECRET_FILES)
    return (
        re.compile("|".join(pattern for pattern, _, _ in SECRET_FILES)),
        re.compile(NOT_SECRET_FILES),
        rows,
    )


def row_of(path: str) -> tuple[str, str] | None:
    """What a file of that name is, and how its content decides; None for any other file."""
    every, others, rows = _names()
    lower = path.lower()
    if not every.search(lower) or others.search(lower):
        return None
    return next((what, how) for pattern, what, how in rows if pattern.search(lower))


def secrets_of(repo: Repo, path: str, how: str) -> list[Held] | None:
    """The secrets in a file that is in the repo, None where it holds none."""
    if not how:
        return []
    source = repo.source(path)
    if source is None:
        return None
    return _read(source, how) or None


def _read(source: Source, how: str) -> list[Held]:
    text = source.text
    if how == "key":
        if "PuTTY-User-Key-File" in text[:40]:
            return [Held(0, text.find("\n"), "the key")]
        return [Held(start, end, "the key") for start, end in find_private_keys(text)]
    if how == "google":
        return _google(text)
    if how in _PATTERNS:
        found = []
        for match in _PATTERNS[how].finditer(text):
            group = match.lastgroup or "value"
            if likeness_of(match[group]) == "secret":
                found.append(Held(*match.span(group), "the login"))
        return found
    return _assigned(text)


def _google(text: str) -> list[Held]:
    import json

    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return []
    key = data.get("private_key") if isinstance(data, dict) else None
    if isinstance(key, str) and list(find_private_keys(key)):
        at = text.find("PRIVATE KEY-----")
        return [Held(max(at, 0), text.find('"', at), "private_key")]
    return []


def _assigned(text: str) -> list[Held]:
    """Secrets among the assignments of an env file."""
    found = []
    for match in _ASSIGNMENT.finditer(text):
        group = match.lastgroup or "plain"
        value = match[group]
        if is_secret_name(match["name"]) and likeness_of(value) == "secret":
            found.append(Held(*match.span(group), match["name"]))
    if may_hold_any(text):
        taken = {held.start for held in found}
        more = [Held(token.start, token.end, token.owner) for token in find_tokens(text)]
        more += [
            Held(login.start, login.end, f"the login of {login.name}")
            for login in find_logins(text)
            if login.likeness == "secret"
        ]
        found += [held for held in more if held.start not in taken]
    return sorted(found, key=lambda held: held.start)


def _mask(project: Project, path: str, held: list[Held]) -> None:
    """A Secret for each, so that no report shows it."""
    source = project.repo.source(path) if held else None
    if source is None:
        return
    for one in held:
        record(
            project, Span(path, one.start, one.end), source.text[one.start : one.end],
            kind="literal", name=one.name, key=one.name, place="env-file",
        )  # fmt: skip


def _say(file: File, what: str, held: list[Held]) -> None:
    names = [one.name for one in held]
    shown = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    article = "an" if what[0] in "aeiouAEIOUS" else "a"
    file.holds = f"{shown} ({what})" if what.endswith("env file") else f"{article} {what}"
    file.test_path = is_test_path(file.name) or is_own_machine(file.name)
    places = [Span(file.name, one.start, one.end) for one in held]
    if places:
        others = tuple(Related(place, "another secret") for place in places[1:6])
        file.trace(holds=Origin(places[0], others))


def _copied(repo: Repo, copy: Copy, known: dict[str, str]) -> None:
    """Which secret files a COPY brings; one that is not in the repo is judged by its name."""
    brings = [path for path in copy.brings if isinstance(path, str)]
    found = [path for path in brings if path in known]
    for source in copy.sources:
        if not isinstance(source, str) or not _PLAIN_NAME.fullmatch(source):
            continue
        name = source.removeprefix("./").rstrip("/")
        if row_of(name) is None:
            continue
        beside = f"{copy.span.path.rpartition('/')[0]}/{name}".lstrip("/")
        if not brings and (beside in known or name in known):
            found.append(beside if beside in known else name)
        elif not any(path == name or path.endswith(f"/{name}") for path in repo.files):
            found.append(name)
    copy.secret_files = tuple(dict.fromkeys(found))
