"""Builtins that change what a script becomes: exec, trap, wait, set, shift, source …"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from plumblint.facts import Sure, Unknown
from plumblint.project.signals.losses import waited_for
from plumblint.project.signals.traps import effect_of, signal_names
from plumblint.project.signals.verdict import unknown
from plumblint.syntax.pattern import lazy_pattern
from plumblint.syntax.shell import commands, nodes, parse
from plumblint.tables.shells import EASILY_SOURCED

if TYPE_CHECKING:
    from plumblint.project.signals.shell_run import ShellRun

Flow = Literal["goes on", "ends", "returns"]
_EXEC_VALUED = ("-a",)
_DECLARES = ("export", "local", "declare", "readonly", "typeset", "read", "unset")


def run_builtin(
    run: ShellRun,
    command: commands.Command,
    words: list[Sure[str]] | None,
    rest: Sequence[nodes.Node],
) -> Flow | None:
    """What follows a builtin, None for a command that is none of them."""
    name = command.name
    state = run.state
    if name == "exec":
        return _exec(run, command, words)
    if name == "trap":
        _trap(run, command)
    elif name in ("wait", "fg"):
        return _wait(run, command, rest)
    elif name == "set":
        _set(run, command, words)
    elif name == "shift":
        if state.arguments is not None:
            count = words[1] if words is not None and len(words) > 1 else "1"
            number = isinstance(count, str) and count.isdigit() and len(count) < 4
            state.arguments = state.arguments[int(str(count)) :] if number else None
    elif name in _DECLARES:
        _declare(run, command)
    elif name in ("cd", "pushd"):
        _change_folder(run, words)
    elif name in (".", "source"):
        return _source(run, command, words)
    elif name == "eval":
        if not _harmless_eval(command):
            state.unsure = state.unsure or command.text[:80]
    elif name == "exit":
        return "ends"
    elif name == "return":
        return "returns"
    else:
        return None
    return "goes on"


def _exec(run: ShellRun, command: commands.Command, words: list[Sure[str]] | None) -> Flow:
    here = run.here.deeper()
    if run.is_file:
        here = run.here.deeper(place=run.place(command), label="runs the script")
    if words is None:
        run.ends.append(unknown(f"what `{command.text}` runs is not known", run.here))
        return "ends"
    at = 1
    while at < len(words):
        word = words[at]
        if not isinstance(word, str) or not word.startswith("-") or word == "-":
            break
        at += 2 if word in _EXEC_VALUED else 1
    if at >= len(words):
        if len(command.words) > 1 and run.state.arguments is None:
            run.ends.append(unknown(f"what `{command.text}` runs is not known", run.here))
            return "ends"
        return "goes on" if command.redirections or len(command.words) == 1 else "ends"
    trap = run.state.trap_for(run.follower.signal)
    if trap is not None and trap[0] == "ignores":
        run.ends.append(unknown("the script ignores the signal before it execs the app", run.here))
        return "ends"
    if words[at] in ("bash", "/bin/bash", "sh", "/bin/sh") and at == len(words) - 1:
        return "ends"
    run.ends.append(run.follower.follow(words[at:], here, run.folder))
    return "ends"


def _trap(run: ShellRun, command: commands.Command) -> None:
    words = list(command.words[1:])
    if words and words[0].literal == "--":
        words = words[1:]
    if not words or ((words[0].literal or "").startswith("-") and words[0].literal != "-"):
        return
    action, names = words[0], signal_names([word.literal for word in words[1:]])
    if action.literal == "-":
        for name in names:
            run.state.traps.pop(name, None)
        return
    text = action.literal
    if text is None:
        text = action.text.strip("\"'")
    if text not in run.effects:
        run.effects[text] = effect_of(text, run.state.functions)
    effect = run.effects[text]
    if command.words[1].literal is None and effect in ("ends", "ignores") and "$" not in text:
        effect = "unclear"
    for name in names:
        run.state.traps[name] = (effect, command.span)


def _wait(run: ShellRun, command: commands.Command, rest: Sequence[nodes.Node]) -> Flow:
    if not run.state.has_started:
        return "goes on"
    if command.name == "fg" and (
        run.state.traps or not run.state.job_control or run.kind != "bash"
    ):
        run.ends.append(unknown("what `fg` does here is not known", run.here))
    else:
        run.ends.append(waited_for(run, command, rest))
    return "ends"


def _set(run: ShellRun, command: commands.Command, words: list[Sure[str]] | None) -> None:
    literals = [word.literal for word in command.words]
    if any(
        word in ("-m", "monitor") or re.fullmatch(r"-[a-z]*m[a-z]*", word or "")
        for word in literals
    ):
        run.state.job_control = True
    if "--" in literals:
        behind = literals.index("--") + 1
        if words is None:
            run.state.arguments = None
            return
        at = words.index("--") + 1
        spread = any(isinstance(word, Unknown) for word in words[at:]) and any(
            not word.text.startswith('"') and word.literal is None
            for word in command.words[behind:]
        )
        run.state.arguments = None if spread else words[at:]


def _declare(run: ShellRun, command: commands.Command) -> None:
    for assignment in command.assignments:
        run.state.variables[assignment.name] = None
    for word in command.words[1:]:
        match = re.match(r"[A-Za-z_]\w*", word.text)
        if match:
            run.state.variables[match[0]] = None


def _change_folder(run: ShellRun, words: list[Sure[str]] | None) -> None:
    target = words[1] if words is not None and len(words) > 1 else None
    if not isinstance(target, str):
        run.folder = None
    elif target.startswith("/"):
        run.folder = target
    elif run.folder is not None:
        run.folder = f"{run.folder}/{target}"


def _source(run: ShellRun, command: commands.Command, words: list[Sure[str]] | None) -> Flow:
    name = words[1] if words is not None and len(words) > 1 else None
    text = name if isinstance(name, str) else command.words[-1].text.strip('"')
    source = None
    if isinstance(name, str) and run.follower.budget > 0:
        source = run.follower.sourced(name, run.folder)
    if source is None:
        if not re.search(EASILY_SOURCED, text):
            run.state.unsure = run.state.unsure or command.text[:80]
        return "goes on"
    outer, run.source = run.source, source
    flow = run.include(parse(source.text), command.text, "inner")
    run.source = outer
    return flow


_HARMLESS = lazy_pattern(r"^eval\s+\"?(?:\$\(|`)(?:ssh-agent|fixuid|opam|rbenv|pyenv|direnv|conda)")


def _harmless_eval(command: commands.Command) -> bool:
    """Whether an `eval` only sets variables, as programs made for it do."""
    return _HARMLESS.match(command.text) is not None
