"""What a shell holds while its script is followed: arguments, variables, traps, functions."""

from __future__ import annotations

from collections.abc import Iterable

from plumblint.project.signals.traps import Effect
from plumblint.project.signals.words import Arguments
from plumblint.syntax.shell import commands, nodes

Trap = tuple[Effect, tuple[int, int]]
"""What it does, and where in the source it stands."""


class Started:
    """A program that the shell started and that runs on."""

    __slots__ = ("node", "text")

    def __init__(self, text: str, node: nodes.Node) -> None:
        self.text = text
        self.node = node


class ShellState:
    """One shell's own state."""

    __slots__ = (
        "arguments",
        "background",
        "functions",
        "has_started",
        "job_control",
        "maybe",
        "traps",
        "unsure",
        "variables",
    )

    def __init__(self, arguments: Arguments) -> None:
        self.arguments: Arguments = arguments
        self.variables: dict[str, str | None] = {}
        self.traps: dict[str, Trap] = {}
        self.maybe = False
        """Whether a trap was set in a branch that may or may not have run."""
        self.functions: dict[str, commands.FunctionDefinition] = {}
        self.background: list[Started] = []
        self.has_started = False
        """Whether anything at all was started in the background."""
        self.job_control = False
        """Whether `set -m` was said."""
        self.unsure = ""
        """What was run that may have changed anything here."""

    def copy(self) -> ShellState:
        """The same once more, to be changed."""
        other = ShellState(self.arguments)
        other.variables = dict(self.variables)
        other.traps = dict(self.traps)
        other.maybe = self.maybe
        other.functions = self.functions
        other.background = list(self.background)
        other.has_started = self.has_started
        other.job_control = self.job_control
        other.unsure = self.unsure
        return other

    def take(self, others: Iterable[ShellState]) -> None:
        """The state after branches, of which only the run tells which one was taken."""
        states = list(others)
        if not states:
            return
        first, *rest = states
        self.arguments = first.arguments
        self.variables = first.variables
        self.traps = first.traps
        self.maybe = any(state.maybe for state in states)
        self.background = max((state.background for state in states), key=len)
        self.has_started = any(state.has_started for state in states)
        self.unsure = next((state.unsure for state in states if state.unsure), "")
        for other in rest:
            if other.arguments != self.arguments:
                self.arguments = None
            for name in {*self.variables, *other.variables}:
                if self.variables.get(name) != other.variables.get(name):
                    self.variables[name] = None
            if {key: trap[0] for key, trap in other.traps.items()} != {
                key: trap[0] for key, trap in self.traps.items()
            }:
                self.maybe = True

    def trap_for(self, signal: str) -> Trap | None:
        """The trap for a signal (named without `SIG`)."""
        return self.traps.get(signal)
