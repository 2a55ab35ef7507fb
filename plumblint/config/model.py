"""Config: every setting of a run, frozen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self

from plumblint.discover import DEFAULT_EXCLUDES
from plumblint.repo import ProjectGroup

if TYPE_CHECKING:
    from plumblint.facts.fact import Severity


class Name(str):
    """A name that a person wrote, with the place where: `.plumblint.yaml:3:9`, `--select`."""

    __slots__ = ("place",)
    place: str

    def __new__(cls, text: str, place: str = "") -> Self:
        """The name `text`, written at `place`."""
        made = super().__new__(cls, text)
        made.place = place
        return made


class PathSettings:
    """What holds for some paths only (`per-path`)."""

    __slots__ = ("ignore", "patterns", "severities")

    def __init__(
        self,
        patterns: Sequence[str],
        *,
        ignore: Sequence[str] = (),
        severities: Mapping[str, Severity] | None = None,
    ) -> None:
        self.patterns = tuple(patterns)
        """As in .gitignore, relative to the root."""
        self.ignore = tuple(ignore)
        """Ids, guardrails or peers' codes."""
        self.severities = severities or {}
        """Severities in effect there, by id, guardrail or peer's code."""


class Config:
    """The settings in effect; the defaults are those of a repo that configures nothing."""

    __slots__ = (
        "exclude",
        "fail_on",
        "files",
        "ignore",
        "nearer",
        "options",
        "per_path",
        "policies",
        "preset",
        "preview",
        "projects",
        "select",
        "severities",
        "tables",
    )

    def __init__(
        self,
        *,
        preset: str = "recommended",
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
        preview: bool = False,
        fail_on: Severity = "warning",
        exclude: Sequence[str] = (),
        policies: Sequence[str] = (),
        per_path: Sequence[PathSettings] = (),
        severities: Mapping[str, Severity] | None = None,
        options: Mapping[str, Mapping[str, Any]] | None = None,
        tables: Mapping[str, Any] | None = None,
        projects: Sequence[ProjectGroup] = (),
        nearer: Iterable[tuple[str, Config]] = (),
        files: Sequence[str] = (),
    ) -> None:
        self.preset = preset
        """`recommended`, `strict` or `all`."""
        self.select = tuple(select)
        """Ids, guardrails, peers' codes or presets: only these, instead of the preset; none for
        the preset."""
        self.ignore = tuple(ignore)
        """Ids, guardrails or peers' codes that are left out."""
        self.preview = preview
        """Whether policies that are still in preview take part."""
        self.fail_on: Severity = fail_on
        """The least severity that fails the run."""
        self.exclude = (*DEFAULT_EXCLUDES, *exclude)
        """Patterns as in .gitignore of paths that are not read."""
        self.policies = tuple(policies)
        """Folders of further policies, on disk."""
        self.per_path = tuple(per_path)
        """What holds for some paths only; the last severity that fits counts."""
        self.severities = severities or {}
        """Severities in effect by id, guardrail or peer's code."""
        self.options = options or {}
        """Options of policies by policy id and name."""
        self.tables = tables or {}
        """Entries that extend the shipped tables, by the table's name."""
        self.projects = tuple(projects)
        """Files that belong together."""
        self.nearer = tuple(sorted(nearer, key=lambda entry: (-entry[0].count("/"), entry[0])))
        """For folders with a configuration of their own, deepest first: the folder, and what holds
        there."""
        self.files = tuple(files)
        """The configuration files that were read, in order."""
