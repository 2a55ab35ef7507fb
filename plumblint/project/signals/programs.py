"""Programs of which the table knows what they do with a signal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from plumblint.facts import Sure
from plumblint.project.signals.verdict import Here, Verdict, delivered, shown, unknown
from plumblint.tables.signal_habits import ENDS_BY_DEFAULT, SIGNAL_HABITS, Habit

if TYPE_CHECKING:
    from plumblint.project.signals.follow import SignalFollower

_VERSIONED = ("python", "php-fpm", "ruby")
_FOREGROUND = {"apachectl": ("-DFOREGROUND", "FOREGROUND"), "apache2ctl": ("FOREGROUND",)}
_ENDLESS = ("tail", "sleep", "cat")


def known_program(
    follower: SignalFollower, name: str, argv: Sequence[Sure[str]], here: Here
) -> Verdict | None:
    """The verdict by the table, None for a program that is not in it."""
    plain = name.rstrip("0123456789.") if name.startswith("php-fpm") else name
    if name == "flask":
        return _flask(follower, argv, here)
    habit = SIGNAL_HABITS.get(plain)
    if habit is None:
        return None
    words = [word for word in argv[1:] if isinstance(word, str)]
    if name in _FOREGROUND and not any(word in _FOREGROUND[name] for word in words):
        return unknown(f"`{name}` runs in the background", here)
    if name == "java" and "-Xrs" in words:
        habit = Habit((), "", "measured: -Xrs leaves the signals to the kernel")
    return by_habit(follower.signal, habit, argv, here)


def by_habit(signal: str, habit: Habit, argv: Sequence[Sure[str]], here: Here) -> Verdict:
    """What a signal does to a program of a known habit."""
    text = shown(list(argv))
    if not here.pid1 and signal in ENDS_BY_DEFAULT:
        verdict = delivered(f"SIG{signal} reaches `{text}`", here, text)
    elif signal in habit.ends_on or ("*" in habit.ends_on and signal in ENDS_BY_DEFAULT):
        verdict = delivered(f"`{text}` handles SIG{signal}", here, text)
        verdict.handler = "found"
    elif (signal in ENDS_BY_DEFAULT and not habit.ends_on) or (signal == "TERM" and here.pid1):
        return ignored(signal, text, here)
    else:
        verdict = unknown(f"what `{text}` does on SIG{signal} is not known", here)
    if habit.graceful and habit.graceful != signal:
        verdict.wanted = habit.graceful
    return verdict


def ignored(signal: str, text: str, here: Here) -> Verdict:
    """PID 1 has no handler, so the kernel drops the signal."""
    verdict = Verdict(
        "ignored",
        f"PID 1 is `{text}`, which has no handler for SIG{signal}: the kernel drops it",
        here,
    )
    verdict.app = text
    verdict.handler = "missing"
    verdict.cure = "let an init be PID 1 (`tini --`, `docker run --init`, compose `init: true`)"
    return verdict


def language_of_stage(bases: Mapping[str, str], stage: str | None) -> str | None:
    """The language that a stage builds, by its base image."""
    if stage is None:
        return None
    base = bases.get(stage.lower(), "")
    return "go" if base.rsplit("/", 1)[-1] == "golang" else None


def _flask(follower: SignalFollower, argv: Sequence[Sure[str]], here: Here) -> Verdict:
    words = [word for word in argv[1:] if isinstance(word, str)]
    debug = any(word.startswith(("--debug", "--reload")) for word in words)
    if "run" not in words or debug or {"FLASK_DEBUG", "FLASK_ENV"} & follower.image.env:
        return unknown("whether Flask's reloader is on is not known", here)
    return by_habit(follower.signal, Habit(("INT",), "", "measured, Flask 3"), argv, here)
