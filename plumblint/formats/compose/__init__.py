"""Compose projects: `compose.yaml` with its overrides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plumblint.facts import Fact
from plumblint.formats.format import Unit
from plumblint.repo import Repo

KINDS = ("compose",)


def units(files: Mapping[str, Sequence[str]], repo: Repo) -> list[Unit]:
    """One unit a file."""
    del repo
    return [Unit("compose", path) for path in files.get("compose", ())]


def read(unit: Unit, repo: Repo) -> list[Fact]:
    """Nothing yet."""
    del unit, repo
    return []
