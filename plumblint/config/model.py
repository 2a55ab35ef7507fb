"""Config: every setting of a run, frozen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from plumblint.discover import DEFAULT_EXCLUDES
from plumblint.settle.settle import PathRule

if TYPE_CHECKING:
    from plumblint.facts.fact import Severity


class Config:
    """The settings in effect; the defaults are those of a repo that configures nothing."""

    __slots__ = (
        "exclude",
        "fail_on",
        "ignore",
        "options",
        "per_path",
        "policies",
        "preset",
        "preview",
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
        per_path: Sequence[PathRule] = (),
        severities: Mapping[str, Severity] | None = None,
        options: Mapping[str, Mapping[str, Any]] | None = None,
        tables: Mapping[str, Any] | None = None,
    ) -> None:
        self.preset = preset
        """`recommended`, `strict` or `all`."""
        self.select = tuple(select)
        """Ids, guardrails or peers' codes: only these, instead of the preset; none for the
        preset."""
        self.ignore = tuple(ignore)
        """Ids, guardrails or peers' codes that are left out."""
        self.preview = preview
        """Whether policies that are still in preview take part."""
        self.fail_on: Severity = fail_on
        """The least severity that fails the run."""
        self.exclude = (*DEFAULT_EXCLUDES, *exclude)
        """Patterns as in .gitignore of paths that are not read."""
        self.policies = tuple(policies)
        """Folders of further policies."""
        self.per_path = tuple(per_path)
        """What holds for some paths only."""
        self.severities = severities or {}
        """Severities in effect by policy id."""
        self.options = options or {}
        """Options of policies by policy id and name."""
        self.tables = tables or {}
        """Entries that extend the shipped tables, by the table's name."""
