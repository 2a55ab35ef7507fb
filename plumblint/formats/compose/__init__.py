"""Compose projects: `compose.yaml` with its overrides, read as docker compose does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plumblint.facts import Fact
from plumblint.formats.compose.read import read_project
from plumblint.formats.compose.units import group
from plumblint.formats.format import Unit
from plumblint.repo import Repo

KINDS = ("compose",)


def units(files: Mapping[str, Sequence[str]], repo: Repo) -> list[Unit]:
    """One unit for what `docker compose up` reads in a folder, one for each other file."""
    return group(files.get("compose", ()), repo)


def read(unit: Unit, repo: Repo) -> list[Fact]:
    """Every fact of a project, with Problems for what docker compose refuses."""
    return read_project(unit.paths, repo)
