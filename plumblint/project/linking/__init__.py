"""Linking: facts of different units that speak of the same thing are joined, once."""

from __future__ import annotations

from plumblint.project.linking.built_names import mark_built
from plumblint.project.project import Project


def link(project: Project) -> None:
    """Join what the units' facts name in other units."""
    if project.files.get("workflow") and project.files.get("dockerfile"):
        from plumblint.project.linking.workflow_builds import apply_builds

        apply_builds(project)
    mark_built(project)
    if project.files.get("compose"):
        from plumblint.project.linking.builds import join_builds  # brings the Dockerfile reader

        join_builds(project)


__all__ = ["link"]
