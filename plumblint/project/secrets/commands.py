"""Secrets on command lines, where the process list, the log and the image's history show them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from plumblint.facts import Command, Secret, Unknown
from plumblint.project.project import Project
from plumblint.project.secrets.names import is_secret_name
from plumblint.project.secrets.record import given, located, record
from plumblint.project.secrets.values import likeness_of
from plumblint.source import Span
from plumblint.tables.secret_arguments import (
    LOGIN_OPTIONS,
    LOGIN_VERBS,
    OPTION_WORDS,
    SECRET_OPTIONS,
    SETTERS,
)

_BUILDS = frozenset(("docker", "podman", "buildah", "nerdctl", "buildctl", "docker-compose"))
_ASSIGNED = re.compile(r"['\"]?(?P<name>[A-Za-z_]\w{0,80})=(?P<value>.*)", re.DOTALL)
_AWS_SECRETS = frozenset(("aws_secret_access_key", "aws_session_token"))


def find_in_commands(project: Project, commands: Iterable[Command]) -> None:
    """Add the secrets that `commands`, whose names are known, are given as words."""
    declared: dict[str, list[Secret]] = {}
    for secret in project.of(Secret):
        if secret.kind == "build-argument" and secret.place == "arg":
            declared.setdefault(secret.name, []).append(secret)
    for command in commands:
        if command.name in _BUILDS:
            _build(project, command, declared)
        for name, value in _values(command):
            if likeness_of(value) == "secret":
                _record(project, command, name, value)


def _build(project: Project, command: Command, declared: dict[str, list[Secret]]) -> None:
    """`--build-arg NAME=value` with a secret's name."""
    words = [word.text if isinstance(word, Unknown) else word for word in command.argv]
    for at, word in enumerate(words):
        if not word.startswith("--build-arg"):
            continue
        text = word.partition("=")[2] if "=" in word else "".join(words[at + 1 : at + 2])
        found = _ASSIGNED.match(text)
        if found is None or not is_secret_name(found["name"]):
            continue
        value = found["value"].strip("'\"")
        if likeness_of(value) == "secret":
            _record(project, command, found["name"], value)
        elif value:
            source = project.repo.source(command.span.path)
            text = source.text if source is not None else ""
            place = located(text, command.span, f"{found['name']}=")
            if place is not command.span:
                place = Span(place.path, place.start, place.end - 1)
            given(project, place, found["name"], declared, command.path)


def _values(command: Command) -> Iterator[tuple[str, str]]:
    """What the command is given as secrets, each with its option or name."""
    name = str(command.name)
    words = [word if isinstance(word, str) else "" for word in command.argv]
    if name in SETTERS:
        for word in words[1:]:
            found = _ASSIGNED.match(word)
            if found is not None and is_secret_name(found["name"]):
                yield found["name"], found["value"]
    elif name == "echo" and command.piped_into == "chpasswd":
        yield "chpasswd", words[-1].rpartition(":")[2]
    elif name == "aws" and words[1:3] == ["configure", "set"] and len(words) > 4:
        if words[3] in _AWS_SECRETS:
            yield words[3], words[4]
    else:
        yield from _options(name, words)


def _options(name: str, words: list[str]) -> Iterator[tuple[str, str]]:
    own = SECRET_OPTIONS.get(name, ())
    logins = LOGIN_OPTIONS.get(name, ())
    verbs = LOGIN_VERBS.get(name)
    short = verbs is None or any(verb in words for verb in verbs)
    for at, word in enumerate(words[1:], 1):
        if not word.startswith("-"):
            continue
        option, is_joined, value = word.partition("=")
        following = words[at + 1] if at + 1 < len(words) else ""
        if option in logins:
            yield option, (value or following).partition(":")[2]
        elif option in OPTION_WORDS or (option in own and (short or option.startswith("--"))):
            value = value if is_joined else following
            if not value.startswith("-"):
                yield option, value
        elif short and not word.startswith("--") and f"{word[:2]}*" in own and len(word) > 2:
            yield word[:2], word[2:]


def _record(project: Project, command: Command, name: str, value: str) -> None:
    source = project.repo.source(command.span.path)
    place = located(source.text if source is not None else "", command.span, value)
    record(
        project, place, value, kind="literal", name=name, path=command.path,
        key=f"{command.name} {name}", place="command",
    )  # fmt: skip
