"""GitHub Actions workflows: `.github/workflows/*.yml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plumblint.facts import Fact
from plumblint.formats.format import Unit
from plumblint.formats.workflow.workflow import read_workflow
from plumblint.repo import Repo

KINDS = ("workflow",)


def units(files: Mapping[str, Sequence[str]], repo: Repo) -> list[Unit]:
    """One unit a file."""
    del repo
    return [Unit("workflow", path) for path in files.get("workflow", ())]


def read(unit: Unit, repo: Repo) -> list[Fact]:
    """Every fact of a workflow."""
    return read_workflow(unit.path, repo)
