"""A Problem for each file whose scripts were not read to their end."""

from __future__ import annotations

from plumblint.facts import Problem
from plumblint.project.project import Project


def report_limits(project: Project) -> None:
    """Tell of the files that hold more shell than is read of one file."""
    for source in project.repo.sources_read:
        fault = source.unread
        if fault is not None:
            project.add(
                Problem(
                    span=source.span(fault.start, fault.end),
                    path="scripts",
                    key="scripts",
                    kind="limit",
                    message=f"{source.shell_words:,} words of shell were read, more are not",
                    read_as="shell",
                )
            )
