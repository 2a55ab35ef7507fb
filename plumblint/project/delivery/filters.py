"""Which path filters fit no file of the repo."""

from __future__ import annotations

from plumblint.project.project import Project


def count_matches(project: Project) -> None:
    """Count the files that each path filter fits."""
    del project
