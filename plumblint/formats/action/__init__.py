"""Actions: `action.yml`, composite, Docker or JavaScript."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plumblint.facts import Fact
from plumblint.formats.action.action import read_action
from plumblint.formats.format import Unit
from plumblint.repo import Repo

KINDS = ("action",)


def units(files: Mapping[str, Sequence[str]], repo: Repo) -> list[Unit]:
    """One unit a file."""
    del repo
    return [Unit("action", path) for path in files.get("action", ())]


def read(unit: Unit, repo: Repo) -> list[Fact]:
    """Every fact of an action."""
    return read_action(unit.path, repo)
