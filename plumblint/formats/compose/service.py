"""One service being read."""

from __future__ import annotations

from plumblint.formats.compose.project import Project
from plumblint.formats.compose.reading import Reading
from plumblint.formats.compose.text import Text
from plumblint.formats.compose.tree import Table


class Block:
    """A service of a project, merged from all its files."""

    __slots__ = ("key", "name", "overlay", "project", "table")

    def __init__(
        self, project: Project, name: str, key: Text, table: Table, *, overlay: bool
    ) -> None:
        self.project = project
        self.name = name
        self.key = key
        self.table = table
        self.overlay = overlay
        """Whether what it does not say may be said by a file that is laid under it."""

    @property
    def reading(self) -> Reading:
        """What collects the facts."""
        return self.project.reading

    @property
    def path(self) -> str:
        """The way to it for people."""
        return f"services.{self.name}"

    @property
    def built(self) -> bool:
        """Whether it is built here."""
        return "build" in self.table
