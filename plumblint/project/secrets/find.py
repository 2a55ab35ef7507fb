"""The stage that finds secrets: from what was read, from raw text, from files.

Most repos, and nearly every single Dockerfile, hold none.  So each part is
first asked by a plain look whether there is anything for it at all, and only
then imported: the patterns of all of them take 30 ms to compile.
"""

from __future__ import annotations

from plumblint.facts import Command, Copy, Secret, Variable
from plumblint.project.project import Project
from plumblint.tables.secret_arguments import COMMAND_HINTS, LOGIN_OPTIONS, SECRET_OPTIONS
from plumblint.tables.secret_files import ENDINGS, ENV_LIKE
from plumblint.tables.secret_names import NAME_HINTS


def find_secrets(project: Project) -> None:
    """Add a Secret for each, fill `File.holds` and `Copy.secret_files`."""
    if any(_may_name_one(variable.name) for variable in project.of(Variable)):
        from plumblint.project.secrets.variables import find_in_variables

        find_in_variables(project)
    commands = [command for command in project.of(Command) if _may_take_one(command)]
    if commands:
        from plumblint.project.secrets.commands import find_in_commands

        find_in_commands(project, commands)
    _texts(project)
    _files(project)
    project.replace(Secret, sorted(project.of(Secret), key=lambda secret: secret.span.sort_key()))


def _may_name_one(name: str) -> bool:
    lower = name.lower()
    return any(hint in lower for hint in NAME_HINTS)


def _may_take_one(command: Command) -> bool:
    name = command.name
    if not isinstance(name, str) or len(command.argv) < 2:
        return False
    options = SECRET_OPTIONS.get(name) or LOGIN_OPTIONS.get(name)
    if options and any(
        isinstance(word, str) and word.startswith(option.rstrip("*"))
        for word in command.argv
        for option in options
    ):
        return True
    lower = command.text.lower()
    return command.piped_into == "chpasswd" or any(hint in lower for hint in COMMAND_HINTS)


def _texts(project: Project) -> None:
    from plumblint.project.secrets.gate import suspects

    sources = [
        source
        for kind, paths in project.files.items()
        if kind not in ENV_LIKE
        for path in paths
        if (source := project.repo.source(path)) is not None
    ]
    for source in suspects(sources):
        from plumblint.project.secrets.texts import find_in_text

        find_in_text(project, source)


def _files(project: Project) -> None:
    """Files by what their names end in, and copies of those or of what is not in the repo."""
    paths = [path for path in project.repo.files if path.endswith(ENDINGS)]
    copies = [copy for copy in project.of(Copy) if copy.from_stage is None]
    named = any(
        isinstance(source, str) and source.lower().endswith(ENDINGS)
        for copy in copies
        for source in copy.sources
    )
    if paths or named:
        from plumblint.project.secrets.files import find_in_files

        find_in_files(project, paths, copies)
