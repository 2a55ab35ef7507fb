"""Where the inputs of called workflows and actions come from: the callers in the repo."""

from __future__ import annotations

from plumblint.project.project import Project


def follow_inputs(project: Project) -> None:
    """Say of each expression that reads an input what the repo's callers hand over."""
    del project
