"""Whether a command of a script ends by itself, or runs on as the app does."""

from __future__ import annotations

from collections.abc import Sequence

from plumblint.facts import Sure, Unknown
from plumblint.project.signals.launchers import LAUNCHER_ROWS, behind_launcher
from plumblint.project.signals.shell_state import ShellState
from plumblint.syntax.shell import commands, nodes
from plumblint.tables.process_launchers import WAITS_FOR
from plumblint.tables.signal_habits import (
    MANAGE_TASKS,
    ONE_SHOT_NAMES,
    ONE_SHOT_SCRIPTS,
    SHORT_COMMANDS,
    SHORT_SUBCOMMANDS,
)

_ENDLESS = ("infinity", "inf")
_CONSOLES = ("artisan", "console", "manage.py")
_RUNNERS = ("npm", "yarn", "pnpm", "bun")
_RUNS = ("run", "run-script")
_MOST_LAUNCHERS = 5


def runs_on(node: nodes.Node, state: ShellState) -> bool:
    """Whether a command may run until it is stopped."""
    if isinstance(node, commands.Statement):
        return node.terminator != "&" and runs_on(node.body, state)
    if isinstance(node, commands.Command):
        return _command_runs_on(node, state)
    if isinstance(node, commands.FunctionDefinition | commands.Test | commands.ArithmeticCommand):
        return False
    children = [child for child in node.children() if not isinstance(child, nodes.Word)]
    return any(runs_on(child, state) for child in children)


def _command_runs_on(command: commands.Command, state: ShellState) -> bool:
    if not command.words:
        return False
    words = _behind_launchers(
        [Unknown(word.text) if word.literal is None else word.literal for word in command.words]
    )
    name = words[0].rsplit("/", 1)[-1] if isinstance(words[0], str) else ""
    if name in state.functions:
        body = state.functions[name].body
        return body is not None and name not in ONE_SHOT_NAMES and _any_command(body)
    rest = [word if isinstance(word, str) else None for word in words[1:]]
    if name in WAITS_FOR:
        return "--" in rest
    if name == "tail":
        return any((word is not None and word[:2] in ("-f", "-F", "-n")) or word == "--follow"
                   for word in rest)  # fmt: skip
    if name == "sleep":
        return bool(rest) and rest[0] in _ENDLESS
    if name in SHORT_COMMANDS:
        return False
    known = [word for word in rest if word is not None]
    if name in SHORT_SUBCOMMANDS and any(word in SHORT_SUBCOMMANDS[name] for word in known[:2]):
        return False
    if name == "service" or one_shot_script(name, known):
        return False
    if name.startswith("python") and known[:1] == ["-m"] and known[1:2]:
        return known[1] not in SHORT_COMMANDS
    if any(word.rsplit("/", 1)[-1] in _CONSOLES for word in (name, *known)):
        return not any(word in MANAGE_TASKS for word in known)
    stem = name.rsplit(".", 1)[0].lower()
    return not any(stem.startswith(word) or stem.endswith(word) for word in ONE_SHOT_NAMES)


def _behind_launchers(words: list[Sure[str]]) -> list[Sure[str]]:
    """A command without what starts it: `exec`, `sudo`, `bundle exec`, `poetry run`."""
    for _ in range(_MOST_LAUNCHERS):
        name = words[0].rsplit("/", 1)[-1] if isinstance(words[0], str) else ""
        at: int | None = 1 if name in ("exec", "command", "npx") else None
        for row in LAUNCHER_ROWS.get(name, ()):
            if row[4] != "varies":
                at = behind_launcher(row, words)
        if at is None or at >= len(words):
            break
        words = words[at:]
    return words


def one_shot_script(name: str, words: Sequence[str]) -> bool:
    """Whether a runner's script is one that ends by itself: `npm run build`, `yarn test:unit`."""
    if name not in _RUNNERS:
        return False
    named = [word for word in words if not word.startswith("-") and word not in _RUNS]
    return bool(named) and named[0].split(":")[0].split("-")[0] in ONE_SHOT_SCRIPTS


def _any_command(node: nodes.Node) -> bool:
    """Whether a function's body holds a command that may run on, not looking into calls."""
    empty = ShellState(None)
    return runs_on(node, empty)


def keeps_alive(node: nodes.Node) -> bool:
    """Whether a command does nothing but run: `sleep infinity`, `tail -f /dev/null`."""
    if isinstance(node, commands.Command) and node.words:
        words = [word.literal for word in node.words]
        return words[0] == "sleep" or (words[0] == "tail" and words[-1] == "/dev/null")
    return False


def runs_on_for_long(words: Sequence[Sure[str]] | None) -> bool:
    """Whether a command is a server or an app for sure, so that a script stays with it."""
    if not words or not isinstance(words[0], str):
        return False
    name = words[0].rsplit("/", 1)[-1]
    texts = [word for word in words[1:] if isinstance(word, str)]
    if name in ("gunicorn", "uvicorn", "nginx", "php-fpm", "supervisord", "puma", "hypercorn"):
        return not {"-t", "-v", "-V", "-s", "--version", "--daemon", "-D"} & set(texts)
    if name in ("npm", "yarn", "pnpm"):
        return texts[:1] == ["start"]
    if name == "node":
        return bool(texts) and texts[-1] in ("server.js", "app.js", "index.js", "dist/main")
    return name == "java" and "-jar" in texts and len(texts) == 2
