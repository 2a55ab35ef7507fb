"""A File fact for each file of the repo, where a policy asks for them."""

from __future__ import annotations

from plumblint.facts import File, Unknown
from plumblint.project.project import Project
from plumblint.source import Span

_OUTSIDE_A_CHECKOUT = Unknown("not in a git checkout")


def list_files(project: Project) -> None:
    """Add a File for every file that belongs to the repo."""
    if not project.wants(File):
        return
    kinds = {path: kind for kind, paths in project.files.items() for path in paths}
    for path in project.repo.files:
        tracked = project.repo.tracked(path)
        project.add(
            File(
                span=Span(path, 0, 0),
                path=path,
                key=path,
                name=path,
                tracked=_OUTSIDE_A_CHECKOUT if tracked is None else tracked,
                kind=kinds.get(path, ""),
            )
        )
