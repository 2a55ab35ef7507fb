"""Occurrence: a simple command of a script with what its surroundings do to it."""

from __future__ import annotations

from plumblint.syntax.shell.commands import Command, Pipeline
from plumblint.syntax.shell.nodes import Node


class Surroundings:
    """What holds for the commands at one place; see `Occurrence` for the meaning."""

    __slots__ = (
        "background", "checked", "condition_depth", "exempt", "function", "guarded",
        "ignored_at", "ignored_by", "in_subshell", "in_substitution", "last", "loop_depth",
        "outside", "pipeline", "position", "watched",
    )  # fmt: skip

    def __init__(self) -> None:
        self.ignored_by = ""
        self.ignored_at: Node | None = None
        self.outside: tuple[str, Node | None] = ("", None)
        """`ignored_by` and `ignored_at` of the shell's process as a whole, even if it exits."""
        self.exempt = False
        """Whether `set -e` has no effect here."""
        self.checked = True
        """Whether the status at least becomes that of something that is checked."""
        self.guarded = False
        """Whether a `||` follows that does not surely succeed."""
        self.watched = False
        """Whether the status is that of a whole subshell that `set -e` outside looks at."""
        self.last = True
        self.background = False
        self.in_subshell = False
        self.in_substitution = False
        self.function = ""
        self.loop_depth = 0
        self.condition_depth = 0
        self.pipeline: Pipeline | None = None
        self.position = 0

    def copy(self) -> Surroundings:
        """The same once more, to be changed."""
        other = Surroundings.__new__(Surroundings)
        for name in self.__slots__:
            setattr(other, name, getattr(self, name))
        return other

    def ignoring(self, by: str, at: Node | None) -> Surroundings:
        """The same with failures ignored; what ignores them already stays."""
        other = self.copy()
        other.exempt = True
        if not other.ignored_by:
            other.ignored_by = by
            other.ignored_at = at
        return other


class Occurrence:
    """A simple command where it stands.

    `errexit` and `pipefail` are True, False, or None where it depends on the run;
    `errexit` is False also where `set -e` has no effect (in a condition, before
    `||` or `&&`, in bash's command substitutions).
    """

    __slots__ = ("_around", "command", "errexit", "pipefail")

    def __init__(
        self, command: Command, around: Surroundings, errexit: bool | None, pipefail: bool | None
    ) -> None:
        self.command = command
        self._around = around
        self.errexit = errexit
        self.pipefail = pipefail

    def __repr__(self) -> str:
        return f"Occurrence({self.command.text!r})"

    @property
    def ignored_by(self) -> str:
        """What surely makes its failure change nothing, or nothing.

        `||` (before `true`, `echo …`, `exit 0`), `&&` (under `set -e`, with commands after the
        list), `!`, `if`, `elif`, `while`, `until`, `|` (without pipefail), `&`, `coproc`, `<(`,
        `>(`, `$(` (as a word of another command).
        """
        return self._around.ignored_by

    @property
    def ignored_at(self) -> Node | None:
        """The node that ignores it: behind the `||` or `|`, or the condition's command."""
        return self._around.ignored_at

    @property
    def failure_ignored(self) -> bool:
        """Whether the commands around it make its failure change nothing."""
        return bool(self._around.ignored_by)

    @property
    def failure_passes(self) -> bool:
        """Whether the script surely goes on as if nothing were: ignored, or no `set -e`.

        It does not where the status is the script's own, where a `||` follows that may not
        succeed (`|| exit 1`), and in functions whose last status their callers may judge.
        """
        around = self._around
        if around.ignored_by:
            return True
        kept = around.last or around.guarded or around.watched
        return self.errexit is False and not kept

    @property
    def last(self) -> bool:
        """Whether it stands in the last statement, so that its status can be the script's."""
        return self._around.last

    @property
    def background(self) -> bool:
        """Whether nobody waits for it: `&`, `coproc`."""
        return self._around.background

    @property
    def in_subshell(self) -> bool:
        """Whether it runs in another process of the shell: `( )`, a pipe, a substitution, `&`."""
        return self._around.in_subshell

    @property
    def in_substitution(self) -> bool:
        """Whether it stands in `$( )`, backticks, `<( )` or `>( )`."""
        return self._around.in_substitution

    @property
    def function(self) -> str:
        """The function it belongs to, or nothing."""
        return self._around.function

    @property
    def loop_depth(self) -> int:
        """How many loops it stands in."""
        return self._around.loop_depth

    @property
    def condition_depth(self) -> int:
        """How many conditions decide whether it runs: `if`, `case`, `&&`, `||`."""
        return self._around.condition_depth

    @property
    def pipeline(self) -> Pipeline | None:
        """The pipeline it is a part of, if of several commands."""
        return self._around.pipeline

    @property
    def position(self) -> int:
        """Its position in the pipeline, from 0."""
        return self._around.position

    @property
    def piped_into(self) -> str | None:
        """The name of the next command in the pipeline; None at its end or if not known."""
        return self._neighbour(1)

    @property
    def piped_from(self) -> str | None:
        """The name of the command before it in the pipeline; None at its start or if not known."""
        return self._neighbour(-1)

    def _neighbour(self, step: int) -> str | None:
        pipeline = self._around.pipeline
        at = self._around.position + step
        if pipeline is None or not 0 <= at < len(pipeline.commands):
            return None
        other = pipeline.commands[at]
        return other.name if isinstance(other, Command) else None
