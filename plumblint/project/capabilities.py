"""Which of a container's capabilities open the host."""

from __future__ import annotations

from plumblint.facts import Container
from plumblint.project.project import Project
from plumblint.tables.capabilities import DANGEROUS_CAPABILITIES


def name_dangerous(project: Project) -> None:
    """Name for each container the added capabilities that undo its isolation."""
    if not project.wants(Container):
        return
    for container in project.of(Container):
        container.host_capabilities = tuple(
            name
            for name in container.added_capabilities
            if isinstance(name, str) and name.lower() in DANGEROUS_CAPABILITIES
        )
