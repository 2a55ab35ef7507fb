"""Steps down: an entrypoint that starts as root and goes on as another user.

`exec gosu app "$@"` at the end of a script of the repo means that the app does
not run as root, whatever USER says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from plumblint.facts import Container, Sure, Unknown
from plumblint.formats.commands import ScriptOptions, read_commands
from plumblint.project.project import Project
from plumblint.project.signals.follow import Image
from plumblint.project.signals.images import Facts, image_of
from plumblint.source import Source
from plumblint.syntax.pattern import lazy_pattern
from plumblint.syntax.segments import Segments
from plumblint.tables.base_images import ROOT_NAMES
from plumblint.tables.step_down_programs import STEP_DOWN

_PATTERNS = tuple(lazy_pattern(pattern, re.DOTALL) for pattern in STEP_DOWN)
_LONGEST_SCRIPT = 200_000
_WORDS = 8
"""Words of PID 1 in which a program that steps down, or a script, is looked for."""
_SHEBANG = lazy_pattern(r"#![^\n]*\b(?:sh|bash|dash|ash)\b")


def follow_users(project: Project) -> None:
    """Let no container count as root whose entrypoint goes on as another user."""
    if not project.wants(Container):
        return
    facts = Facts(project)
    actions = {
        container.build_dockerfile
        for container in project.of(Container)
        if container.kind == "docker-action"
    }
    for container in project.of(Container):
        if container.user_is_root is not True or container.process is None:
            continue
        if container.span.path in actions:
            container.user_is_root = Unknown("GitHub wants an action's container to run as root")
        elif _steps_down(container, facts):
            container.user_is_root = False


def _steps_down(container: Container, facts: Facts) -> bool:
    process = container.process
    words = list(process.argv[:_WORDS]) if process is not None else []
    if _names_other_user(_shown(words)):
        return True
    image = image_of(facts, container)
    return image is not None and any(
        _script_steps_down(facts, image, word) for word in words if isinstance(word, str)
    )


def _shown(words: Sequence[Sure[str]]) -> str:
    return " ".join(word.text if isinstance(word, Unknown) else word for word in words) + " "


def _script_steps_down(facts: Facts, image: Image, word: str) -> bool:
    """Whether a word is a script of the repo that steps down."""
    path = image.files.program(word, image.folder)
    source = facts.repo.source(path) if path is not None else None
    if source is None or len(source.text) > _LONGEST_SCRIPT:
        return False
    if not _SHEBANG.match(source.text) and not source.path.endswith(".sh"):
        return False
    return any(_names_other_user(text) for text in _commands(source))


def _commands(source: Source) -> list[str]:
    commands, _ = read_commands(
        source,
        source.text,
        Segments.shifted(0),
        ScriptOptions("sh"),
        place="script",
        path=source.path,
    )
    return [command.text + " " for command in commands]


def _names_other_user(text: str) -> bool:
    """Whether a command goes on as a user who is not root."""
    for pattern in _PATTERNS:
        match = pattern.search(text[:2000])
        if match is not None:
            user = match[1].split(":")[0]
            return user not in ROOT_NAMES and user != "0"
    return False
