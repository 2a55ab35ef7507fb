"""The stage that finds secrets: from what was read, from raw text, from files."""

from __future__ import annotations

from plumblint.facts import Secret
from plumblint.project.project import Project
from plumblint.project.secrets.commands import find_in_commands
from plumblint.project.secrets.files import find_in_files
from plumblint.project.secrets.texts import find_in_texts
from plumblint.project.secrets.variables import find_in_variables


def find_secrets(project: Project) -> None:
    """Add a Secret for each, fill `File.holds` and `Copy.secret_files`."""
    find_in_variables(project)
    find_in_commands(project)
    find_in_texts(project)
    find_in_files(project)
    project.replace(Secret, sorted(project.of(Secret), key=lambda secret: secret.span.sort_key()))
