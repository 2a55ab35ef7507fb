"""Linking: facts of different units that speak of the same thing are joined, once."""

from __future__ import annotations

from plumblint.project.linking.built_names import mark_built
from plumblint.project.project import Project


def link(project: Project) -> None:
    """Join what the units' facts name in other units."""
    mark_built(project)
    if project.files.get("compose"):
        from plumblint.project.linking.builds import join_builds  # brings the Dockerfile reader

        join_builds(project)


__all__ = ["link"]
