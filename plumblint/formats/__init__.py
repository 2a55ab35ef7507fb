"""One package a format: text → tree → facts.  None knows another."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from plumblint.formats.format import Format, Unit

FORMATS: dict[str, str] = {
    "dockerfile": "plumblint.formats.dockerfile",
    "compose": "plumblint.formats.compose",
    "workflow": "plumblint.formats.workflow",
    "action": "plumblint.formats.action",
    "terraform": "plumblint.formats.terraform",
}
"""The package of each format by its name; imported only where the repo has such files."""

READ_BY: dict[str, str] = {**{name: name for name in FORMATS}, "tfvars": "terraform"}
"""The format that reads a kind of file."""


def format_of(name: str) -> Format:
    """The package of a format."""
    return cast("Format", import_module(FORMATS[name]))


__all__ = ["FORMATS", "READ_BY", "Format", "Unit", "format_of"]
