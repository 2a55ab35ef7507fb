"""A Problem for each file whose scripts were not read to their end."""

from __future__ import annotations

from plumblint.facts import Problem
from plumblint.project.project import Project
from plumblint.repo import Repo


def report_limits(project: Project) -> None:
    """Tell of the files that hold more shell than is read of one file."""
    for problem in take_limits(project.repo):
        project.add(problem)


def take_limits(repo: Repo) -> list[Problem]:
    """What limits left unread in the files that were read since this was asked last."""
    problems = []
    for source in repo.sources_read:
        fault, source.unread = source.unread, None
        if fault is not None:
            problem = Problem(
                span=source.span(fault.start, fault.end),
                path="scripts",
                key="scripts",
                kind="limit",
                message=f"{source.shell_words:,} words of shell were read, more are not",
                read_as="shell",
            )
            problems.append(problem)
    return problems
