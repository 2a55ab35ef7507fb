"""What every format offers: units of files, and the facts of a unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from plumblint.facts import Fact
from plumblint.repo import Repo


class Unit:
    """Files that are read together: a Dockerfile, a compose project, a module's folder."""

    __slots__ = ("kind", "path", "paths")

    def __init__(self, kind: str, path: str, paths: tuple[str, ...] = ()) -> None:
        self.kind = kind
        self.path = path
        """The file or folder that names it."""
        self.paths = paths or (path,)
        """Its files."""


class Format(Protocol):
    """The face of a package in `formats/`; a module satisfies it."""

    KINDS: tuple[str, ...]
    """The kinds of file it reads, as `discover` names them."""

    def units(self, files: Mapping[str, Sequence[str]], repo: Repo) -> list[Unit]:
        """Group the discovered files (by kind, sorted) into units."""

    def read(self, unit: Unit, repo: Repo) -> list[Fact]:
        """Every fact of a unit, `Problem` facts for what could not be read; never raises."""
