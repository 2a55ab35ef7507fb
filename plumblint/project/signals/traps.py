"""Traps: what a shell does with a signal that it catches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from plumblint.syntax.shell import commands, nodes, parse, walk_commands

Effect = Literal["ignores", "ends", "passes", "passes and waits", "unclear"]
"""`ignores`: an empty action; `ends`: nothing but tidying up; `passes`: it signals the children;
`passes and waits`: and waits for them to end."""

_TIDY = frozenset(
    ("echo", "printf", "exit", "return", "rm", "true", ":", "sleep", "trap", "set", "touch",
     "date", "[", "test", "break", "logger", "cat", "local", "unset")
)  # fmt: skip
"""What does nothing to a child."""
_ENDING = ("TERM", "SIGTERM", "INT", "SIGINT", "QUIT", "SIGQUIT", "HUP", "SIGHUP", "15", "2", "3")
_DEEPEST = 3
_MOST_CALLS = 10


def signal_names(words: Sequence[str | None]) -> set[str]:
    """The signals that a trap names, without `SIG`; numbers by name; `?` for one not known."""
    numbers = {"0": "EXIT", "1": "HUP", "2": "INT", "3": "QUIT", "15": "TERM", "10": "USR1",
               "12": "USR2", "28": "WINCH"}  # fmt: skip
    found = set()
    for word in words:
        if word is None:
            found.add("?")
        else:
            name = word.upper().removeprefix("SIG")
            found.add(numbers.get(name, name))
    return found


def effect_of(
    action: str, functions: Mapping[str, commands.FunctionDefinition], depth: int = 0
) -> Effect:
    """What the action of a trap does."""
    if not action.strip():
        return "ignores"
    script = parse(action)
    if script.faults:
        return "unclear"
    return _effect(script, functions, depth)


def _effect(
    script: nodes.Script,
    functions: Mapping[str, commands.FunctionDefinition],
    depth: int,
) -> Effect:
    effect: Effect = "ends"
    calls = 0
    for occurrence in walk_commands(script):
        command = occurrence.command
        name = (command.name or "").rsplit("/", 1)[-1]
        if not command.words:
            continue
        if name in functions:
            calls += 1
            if calls > _MOST_CALLS or depth >= _DEEPEST:
                return "unclear"
            inner = effect_of(_body(functions[name]), functions, depth + 1)
            if inner in ("unclear", "ignores"):
                return "unclear"
            if inner != "ends":
                effect = inner
        elif name in ("kill", "pkill", "killall"):
            if any(word.literal == "-0" for word in command.words):
                waits = effect == "passes"  # `while kill -0 $pid; do sleep 1; done`
                effect = "passes and waits" if waits else effect
            elif not _passes(command):
                return "unclear"
            elif effect == "ends":
                effect = "passes"
        elif name == "wait":
            effect = "passes and waits" if effect == "passes" else effect
        elif name not in _TIDY:
            return "unclear"
        elif name == "exit" and not occurrence.condition_depth and not occurrence.failure_ignored:
            break
    return effect


def _body(function: commands.FunctionDefinition) -> str:
    return function.body.text if function.body is not None else ""


def _passes(command: commands.Command) -> bool:
    """Whether a `kill` sends a signal that asks to end to some other process."""
    words = [word.literal for word in command.words[1:]]
    signal = "TERM"
    targets = 0
    at = 0
    while at < len(words):
        word = words[at]
        if word in ("-s", "-n", "--signal") and at + 1 < len(words):
            signal = words[at + 1] or ""
            at += 1
        elif word is not None and word.startswith("-") and len(word) > 1:
            if word == "--" or targets:
                return False  # a process group, which the shell may be in
            signal = word[1:]
        elif word in ("0", "1") or command.words[at + 1].text.strip('"').startswith(("-", "$$")):
            return False  # itself, or a process group that it is in
        else:
            targets += 1
        at += 1
    return targets > 0 and signal.upper() in _ENDING
