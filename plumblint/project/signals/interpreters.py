"""Interpreters that run a file of the repo: does its source handle the signal?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from plumblint.facts import Sure, Unknown
from plumblint.project.signals.handlers import node_handler, python_handler
from plumblint.project.signals.programs import by_habit, ignored
from plumblint.project.signals.verdict import Here, Verdict, delivered, shown, unknown
from plumblint.tables.signal_habits import (
    ENDS_BY_DEFAULT,
    MANAGE_TASKS,
    MODULES,
    SIGNAL_HABITS,
    WITHOUT_HANDLER,
    Habit,
)

if TYPE_CHECKING:
    from plumblint.project.signals.follow import SignalFollower

INTERPRETED: frozenset[str] = frozenset(
    ("node", "nodejs", "python", "python2", "python3", "pypy3", "perl", "php", "ts-node", "bun",
     "python3.8", "python3.9", "python3.10", "python3.11", "python3.12", "python3.13")
)  # fmt: skip
_VALUED = {
    "node": ("-r", "--require", "--import", "--loader", "--experimental-loader", "-C",
             "--conditions", "--env-file"),
    "python": ("-W", "-X", "--check-hash-based-pycs"),
    "php": ("-d", "-c", "-S", "-t"),
    "perl": ("-I", "-M"),
}  # fmt: skip
_CODE = ("-c", "-e", "-p", "--eval", "--print", "-r")


def interpreted(
    follower: SignalFollower, name: str, argv: list[Sure[str]], here: Here, folder: str | None
) -> Verdict:
    """What the signal does to an interpreter's program."""
    family = "python" if name.startswith("py") else "node" if name != "perl" else "perl"
    if name == "php":
        family = "php"
    if not here.pid1:
        return by_habit(follower.signal, Habit((), "", ""), argv, here)
    at = 1
    while at < len(argv):
        word = argv[at]
        if isinstance(word, Unknown) or not word.startswith("-") or word == "-":
            break
        if family == "python" and word == "-m":
            return _module(follower, argv, at + 1, here)
        if word in _CODE and not (family == "node" and word == "-r"):
            return unknown("the program is given on the command line", here)
        if family == "php" and word == "-S":
            return by_habit(follower.signal, Habit(("INT",), "", "measured, PHP 8.2"), argv, here)
        at += 2 if word in _VALUED.get(family, ()) else 1
    if at >= len(argv) or isinstance(argv[at], Unknown):
        return unknown("what the interpreter runs is not known", here)
    file = str(argv[at])
    rest = [word for word in argv[at + 1 :] if isinstance(word, str)]
    if file.endswith("manage.py"):
        return _manage(follower, argv, rest, here)
    if family == "python":
        program = file.rsplit("/", 1)[-1]
        if "." not in program and program in SIGNAL_HABITS:
            return by_habit(follower.signal, SIGNAL_HABITS[program], argv[at:], here)
    return _source(follower, family, file, argv, here, folder)


def _module(follower: SignalFollower, argv: list[Sure[str]], at: int, here: Here) -> Verdict:
    module = argv[at] if at < len(argv) else None
    if not isinstance(module, str):
        return unknown("what the interpreter runs is not known", here)
    if module in WITHOUT_HANDLER:
        return by_habit(follower.signal, Habit(("INT",), "", "measured"), argv, here)
    if module == "flask":
        return follower.follow(argv[at:], here.deeper(), None)
    if module in MODULES and module in SIGNAL_HABITS:
        return by_habit(follower.signal, SIGNAL_HABITS[module], argv, here)
    return unknown(f"whether the module {module} handles SIG{follower.signal} is not known", here)


def _manage(
    follower: SignalFollower, argv: list[Sure[str]], rest: list[str], here: Here
) -> Verdict:
    if "runserver" in rest and "--noreload" in rest:
        return by_habit(follower.signal, Habit(("INT",), "", "measured, Django 5"), argv, here)
    if rest[:1] == ["runserver"]:
        return unknown("Django's reloader ends on it, the server in its child is killed", here)
    task = next((word for word in rest if word in MANAGE_TASKS), "")
    return unknown(f"what `manage.py {task}` does on SIG{follower.signal} is not known", here)


def _source(
    follower: SignalFollower,
    family: str,
    file: str,
    argv: list[Sure[str]],
    here: Here,
    folder: str | None,
) -> Verdict:
    """The verdict by the handlers of the program's own source."""
    signal = follower.signal
    if family not in ("node", "python") or signal not in ("TERM", "INT"):
        return unknown(f"whether {file} handles SIG{signal} is not known", here)
    if family == "python" and signal == "INT":
        return delivered("Python ends on SIGINT", here, shown(argv))
    search = node_handler if family == "node" else python_handler
    found, why = search(follower, file, folder)
    if found == "found":
        verdict = delivered(why, here, shown(argv))
        verdict.handler = "found"
        return verdict
    if found == "missing" and signal in ENDS_BY_DEFAULT:
        verdict = ignored(signal, shown(argv), here)
        verdict.cure = f"handle SIG{signal} in it, or {verdict.cure}"
        return verdict
    return unknown(why, here)
