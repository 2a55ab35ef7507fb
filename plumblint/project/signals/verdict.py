"""Verdict: what a stop signal does to a process.  Here: where in the chain a process starts."""

from __future__ import annotations

from typing import Literal

from plumblint.facts import Many, Related, Sure, Unknown
from plumblint.source import Span

Signal = Literal["delivered", "lost", "ignored"]
DEEPEST = 12
"""Programs that start one another; a longer chain is not followed."""


class Here:
    """Where a process starts: as which process, at which place, by which programs."""

    __slots__ = ("chain", "depth", "init", "launcher", "pid1", "place", "script")

    def __init__(self, place: Span) -> None:
        self.place = place
        """What a person would edit to start something else."""
        self.chain: tuple[Related, ...] = ()
        """The places that led here, from CMD on."""
        self.pid1 = True
        """Whether it is PID 1; otherwise it is a child that is sent the signal."""
        self.depth = 0
        self.init: str | None = None
        self.launcher: str | None = None
        self.script: str | None = None

    def deeper(
        self,
        *,
        place: Span | None = None,
        label: str = "starts it",
        child: bool = False,
        init: str | None = None,
        launcher: str | None = None,
        script: str | None = None,
    ) -> Here:
        """One program on; a `child` is not PID 1, a new `place` pushes the old one on the chain."""
        other = Here(place or self.place)
        other.chain = self.chain
        if place is not None and place != self.place:
            other.chain = (*self.chain, Related(self.place, label))
        other.pid1 = self.pid1 and not child
        other.depth = self.depth + 1
        other.init = init or self.init
        other.launcher = launcher or self.launcher
        other.script = script or self.script
        return other


class Verdict:
    """What the stop signal does, why, and where to change it."""

    __slots__ = ("app", "cure", "handler", "here", "place", "reason", "signal", "wanted")

    def __init__(self, signal: Signal | None, reason: str, here: Here) -> None:
        self.signal = signal
        """None where it cannot be told."""
        self.reason = reason
        """A clause: `PID 1 is the shell, …`."""
        self.here = here
        self.place = here.place
        self.app: Sure[str] | None = None
        """The program that should get the signal, as written."""
        self.cure: str | None = None
        """What to change, in the imperative."""
        self.handler: Literal["found", "missing"] | None = None
        self.wanted: str | None = None
        """The signal by which the program stops gracefully, without `SIG`."""

    def __repr__(self) -> str:
        return f"Verdict({self.signal}, {self.reason!r})"


def unknown(reason: str, here: Here) -> Verdict:
    """It cannot be told, and why."""
    return Verdict(None, reason, here)


def delivered(reason: str, here: Here, app: str | None = None) -> Verdict:
    """The program gets the signal."""
    verdict = Verdict("delivered", reason, here)
    verdict.app = app
    return verdict


def united(verdicts: list[Verdict], here: Here) -> Verdict:
    """One verdict for several ways that a script can go: theirs where all agree."""
    if not verdicts:
        return unknown("no program that runs on was found", here)
    first = verdicts[0]
    kinds = {verdict.signal for verdict in verdicts}
    if len(kinds) == 1:
        for other in verdicts[1:]:
            if other.place != first.place and first.signal == "lost":
                related = Related(other.place, "here too")
                first.here.chain = (*first.here.chain, related)
        return first
    for verdict in verdicts:
        if verdict.signal is None:
            return verdict
    return unknown("it depends on how it is started", here)


def shown(words: Many[str] | list[Sure[str]]) -> str:
    """Words as one would type them."""
    texts = [word.text if isinstance(word, Unknown) else _quoted(word) for word in words]
    text = " ".join(texts)
    return text if len(text) <= 160 else text[:157] + "…"


def _quoted(word: str) -> str:
    if word and not any(letter in " \t\n'\"\\$|&;<>()*?#`" for letter in word):
        return word
    return "'" + word.replace("'", "'\\''") + "'"
