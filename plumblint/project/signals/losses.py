"""Losses: the verdicts where a shell stands between the signal and the app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plumblint.facts import Related
from plumblint.project.signals.short import keeps_alive
from plumblint.project.signals.verdict import Here, Verdict, unknown
from plumblint.syntax.shell import commands, nodes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plumblint.project.signals.shell_run import ShellRun

_SHELL = {"dash": "dash", "bash": "bash", "busybox": "busybox sh", "other": "the shell"}


def kept_by_the_shell(
    run: ShellRun, text: str, node: nodes.Node, *, piped: bool = False
) -> Verdict:
    """A shell waits for the app in the foreground and passes nothing to it."""
    here = run.here
    signal = run.follower.signal
    if run.state.maybe or (not here.pid1 and signal in run.state.traps):
        return unknown("a trap may be set", here)
    if isinstance(node, commands.Command) and _only_waits(node):
        who = f"PID 1 is {_shell(run)}, which" if here.pid1 else _shell(run)
        reason = f"{who} waits for `{_short(text)}` and passes SIG{signal} to nothing it started"
    elif here.init is not None and not here.pid1:
        reason = (
            f"{here.init} sends SIG{signal} only to {_shell(run)}, which ends without passing it "
            f"to `{_short(text)}`"
        )
    elif not here.pid1:
        reason = (
            f"{here.launcher or 'PID 1'} sends SIG{signal} only to {_shell(run)}, which does not "
            f"pass it to `{_short(text)}`"
        )
    else:
        reason = f"PID 1 is {_shell(run)}, which does not pass SIG{signal} to `{_short(text)}`"
    verdict = Verdict("lost", reason, _located(run, node))
    verdict.app = _short(text)
    others = run.state.background
    if others:
        verdict.here.chain += tuple(
            Related(run.place(one.node), "runs in the background") for one in others
        )
    verdict.cure = _cure(run, text, node, piped=piped)
    return verdict


def waited_for(run: ShellRun, node: nodes.Node, rest: Sequence[nodes.Node]) -> Verdict:
    """A shell waits for programs in the background, or goes round an endless loop."""
    here, state, signal = run.here, run.state, run.follower.signal
    apps = state.background
    trap = state.trap_for(signal)
    if state.maybe or "?" in state.traps or (trap is None and "EXIT" in state.traps):
        return unknown("whether a trap passes the signal on is not known", here)
    what = f"`{_short(apps[-1].text)}`" if apps else "what it starts"
    where = _located(run, node)
    if trap is None:
        if not apps:
            return _loop_without_trap(run, where)
        waits = "waits without a trap and" if here.pid1 else "ends without a trap and"
        verdict = Verdict(
            "lost",
            f"{_shell(run, started=True)} {waits} does not pass SIG{signal} to {what}",
            where,
        )
        verdict.app = apps[-1].text
        verdict.cure = (
            f"add `trap 'kill -{signal} $!; wait $!' {signal}` before, or run the app with `exec`"
        )
        return verdict
    effect, place = trap
    span = run.source.span(*place)
    if effect == "passes and waits" or (effect == "passes" and _waits_again(rest)):
        verdict = Verdict("delivered", f"the trap passes SIG{signal} to {what}", where)
        verdict.app = apps[-1].text if apps else None
        return verdict
    if effect in ("ends", "ignores") and apps:
        does = "ends the script" if effect == "ends" else f"ignores SIG{signal}"
        verdict = Verdict(
            "lost", f"the trap {does} without passing SIG{signal} to {what}", _at(here, run, span)
        )
        verdict.place = span
        verdict.app = apps[-1].text
        verdict.cure = f"let the trap say `kill -{signal} $!; wait $!`"
        return verdict
    if effect == "ends":
        return Verdict("delivered", f"the script's own trap ends it on SIG{signal}", where)
    return unknown("whether the trap waits for the app to end is not sure", here)


def _loop_without_trap(run: ShellRun, where: Here) -> Verdict:
    signal = run.follower.signal
    if not run.here.pid1:
        return Verdict("delivered", f"SIG{signal} ends the script", where)
    verdict = Verdict(
        "ignored", f"PID 1 is a script that runs on without a trap for SIG{signal}", where
    )
    verdict.handler = "missing"
    verdict.cure = f"add `trap 'exit 0' {signal}` and let it `wait` for a `sleep` in the background"
    return verdict


def _waits_again(rest: Sequence[nodes.Node]) -> bool:
    for statement in rest:
        body = statement.body if isinstance(statement, commands.Statement) else statement
        if isinstance(body, commands.Command) and body.name == "wait":
            return True
        if isinstance(body, commands.AndOr) and any(
            isinstance(one, commands.Command) and one.name == "wait" for one in body.items
        ):
            return True
    return False


def _shell(run: ShellRun, *, started: bool = False) -> str:
    kind = _SHELL[run.kind]
    if run.is_file:
        return f"the script {run.here.script or run.source.path}"
    if started:
        return f"the shell ({kind})" if run.kind != "other" else "the shell"
    return f"a shell ({kind})" if run.kind != "other" else "a shell"


def _located(run: ShellRun, node: nodes.Node) -> Here:
    """A script's own line; for a `-c` string what holds it."""
    return _at(run.here, run, run.place(node)) if run.is_file else run.here.deeper()


def _at(here: Here, run: ShellRun, span: object) -> Here:
    from plumblint.source import Span

    if isinstance(span, Span) and run.is_file:
        return here.deeper(place=span, label="runs the script")
    return here.deeper()


def _cure(run: ShellRun, text: str, node: nodes.Node, *, piped: bool) -> str:
    short = _short(text)
    if isinstance(node, commands.Command) and _only_waits(node):
        return "run the service itself in the foreground, as the last command, with `exec`"
    if isinstance(node, commands.Command) and node.name in ("su", "runuser"):
        return f"switch the user with `exec gosu` or `exec su-exec` in place of {node.name}"
    if piped:
        return f"do without the pipe and write `exec {short}`"
    if run.state.background:
        return f"run one program per container, or an init that supervises them, and `exec {short}`"
    if short.startswith("exec ") or not isinstance(node, commands.Command):
        return "let PID 1 be the app itself: begin its command with `exec`"
    if node.assignments and node.words:
        before = _short(" ".join(one.text for one in node.assignments))
        behind = _short(" ".join(word.text for word in node.words))
        return f"write `{before} exec {behind}`"
    if run.is_file:
        return f"write `exec {short}`"
    plain = all(word.literal is not None for word in node.words)
    if plain and not node.redirections and run.alone(node):
        items = ", ".join(f'"{word.literal}"' for word in node.words)
        return f"write `[{items}]`"
    return f"write `exec {short}`"


def _only_waits(command: commands.Command) -> bool:
    """Whether a command stands there only so that the container does not end."""
    return command.name == "tail" or keeps_alive(command)


def _short(text: str) -> str:
    line = " ".join(text.replace("\\\n", " ").split())
    return line if len(line) <= 100 else line[:99] + "…"
