"""Judging: the verdict for each container, written into its process with its places."""

from __future__ import annotations

from plumblint.facts import Container, Origin, Process, Sure, Unknown
from plumblint.project.project import Project
from plumblint.project.signals.follow import Placed, SignalFollower
from plumblint.project.signals.images import Facts, image_of
from plumblint.project.signals.verdict import Here, Verdict, unknown
from plumblint.source import Span

_AT_ONCE = ("SIGKILL", "SIGSTOP")


def judge_processes(project: Project) -> None:
    """Fill in what the stop signal does to the process of every container."""
    facts = Facts(project)
    processes = []
    for container in project.of(Container):
        process = container.process
        if not isinstance(process, Process):
            continue
        processes.append(process)
        if not isinstance(process.signal, Unknown):
            _judge(facts, container, process)
    project.replace(Process, processes)  # linking made services processes of their own


def _judge(facts: Facts, container: Container, process: Process) -> None:
    origin = process.origin_of("argv")
    here = Here(origin.span if origin is not None else process.span)
    if origin is not None:
        here.chain = origin.via
    if process.stop_signal in _AT_ONCE:
        process.signal = "killed"
        process.reason = f"the stop signal is {process.stop_signal}, which no program can handle"
        process.trace(signal=process.origin_of("stop_signal"))
        return
    if process.grace_seconds == 0:
        process.signal = "killed"
        process.reason = "the grace period is 0, so there is no time to stop"
        process.trace(signal=process.origin_of("grace_seconds"))
        return
    if container.span.path.rpartition("/")[0] in facts.action_folders:
        process.signal = Unknown("it is a GitHub action, which runs to its end")
        return
    verdict = _verdict(facts, container, process, here)
    if verdict is not None:
        _write(process, verdict, _end(container, process, verdict))


def _verdict(facts: Facts, container: Container, process: Process, here: Here) -> Verdict | None:
    if not process.argv:
        return None
    signal = process.stop_signal
    if isinstance(signal, Unknown):
        if not process.entrypoint:
            return unknown("the base image's own ENTRYPOINT is not known", here)
        signal = "SIGTERM"
    image = image_of(facts, container)
    if image is None:
        return unknown("the base image's own ENTRYPOINT is not known", here)
    follower = SignalFollower(facts.repo, image, signal.removeprefix("SIG"))
    argv = _placed(process)
    init = process.init if isinstance(process.init, str) else None
    if isinstance(process.init, Unknown):
        return unknown("whether an init is PID 1 is not known", here)
    if init is None:
        return follower.follow(argv, here, image.folder)
    inner = here.deeper(child=True, init=init)
    verdict = follower.follow(argv, inner, image.folder)
    return follower.under_init(verdict, inner, groups=False)


def _placed(process: Process) -> list[Sure[str]]:
    """PID 1's words, those of CMD with their own place where ENTRYPOINT stands before them."""
    argv: list[Sure[str]] = list(process.argv)
    start = len(process.entrypoint)
    where = process.origin_of("command")
    if not start or where is None or len(argv) != start + len(process.command):
        return argv
    return argv[:start] + [_with_place(word, where.span) for word in argv[start:]]


def _with_place(word: Sure[str], place: Span) -> Sure[str]:
    if isinstance(word, Unknown):
        return word
    placed = Placed(word)
    placed.place = place
    return placed


def _end(container: Container, process: Process, verdict: Verdict) -> str:
    """How a process ends that does not hear the stop signal."""
    if verdict.signal not in ("lost", "ignored"):
        return ""
    if verdict.signal == "lost" and not verdict.here.pid1:
        return ", so the app is killed without notice"
    seconds = process.grace_seconds
    if seconds is None:
        seconds = 30.0 if container.kind in ("kubernetes", "ecs") else 10.0
    if isinstance(seconds, Unknown):
        return ", so it is killed after the grace period"
    return f", so it is killed after {seconds:g} s"


def _write(process: Process, verdict: Verdict, end: str) -> None:
    where = verdict.here
    process.signal = verdict.signal or Unknown(verdict.reason)
    process.reason = verdict.reason + end
    process.app = str(verdict.app) if isinstance(verdict.app, str) else verdict.app
    process.cure = verdict.cure
    process.handler = verdict.handler
    process.script = where.script
    process.launcher = where.launcher
    if process.init is None:
        process.init = where.init
    if verdict.wanted is not None:
        process.graceful_signal = f"SIG{verdict.wanted}"
    origin = Origin(verdict.place, where.chain)
    process.trace(signal=origin, reason=origin, handler=origin, script=origin, app=origin)
