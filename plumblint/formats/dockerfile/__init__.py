"""Dockerfiles: one file is one unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plumblint.facts import Fact, Problem
from plumblint.formats.dockerfile.read import read_dockerfile
from plumblint.formats.format import Unit
from plumblint.repo import Repo
from plumblint.repo.reader import Unreadable
from plumblint.source import Span

KINDS = ("dockerfile",)
"""The kinds of file this format reads."""


def units(files: Mapping[str, Sequence[str]], repo: Repo) -> list[Unit]:
    """Each Dockerfile by itself."""
    return [Unit("dockerfile", path) for path in files.get("dockerfile", ())]


def read(unit: Unit, repo: Repo) -> list[Fact]:
    """The facts of a Dockerfile; a file that cannot be read is one Problem."""
    source = repo.read(unit.path)
    if isinstance(source, Unreadable):
        return [_unreadable(unit, source)]
    facts = read_dockerfile(source, _arguments(unit.path, repo))
    return [_utf16(unit), *facts] if source.utf16 else facts


def _arguments(path: str, repo: Repo) -> dict[str, str | None]:
    """The build arguments that the configuration says are always given."""
    given: dict[str, str | None] = {}
    for group in repo.groups:
        if not group.dockerfiles or path in group.dockerfiles:
            given.update(group.build_args)
    return given


def _utf16(unit: Unit) -> Problem:
    return Problem(
        span=Span(unit.path, 0, 1),
        path="line 1",
        key="encoding",
        kind="encoding",
        message="the file is UTF-16, of which Docker makes no instruction: save it as UTF-8",
        read_as="dockerfile",
    )


def _unreadable(unit: Unit, why: Unreadable) -> Problem:
    kind = "too-large" if why.kind == "too-large" else "unreadable"
    return Problem(
        span=Span(unit.path, 0, 0),
        path=unit.path,
        key="unreadable",
        kind="too-large" if kind == "too-large" else "unreadable",
        message=why.message,
        read_as="dockerfile",
    )
