"""ShellRun: a script followed from its first command to the one that runs on.

Only what runs on matters: preparing commands are passed over, and what a
script's own arguments decide is decided.  Where the ways of a script differ
in what a signal does, nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

from plumblint.facts import Sure, Unknown
from plumblint.project.signals.conditions import chosen_clause, truth
from plumblint.project.signals.losses import kept_by_the_shell, waited_for
from plumblint.project.signals.shell_builtins import run_builtin
from plumblint.project.signals.shell_state import ShellState, Started
from plumblint.project.signals.short import keeps_alive, runs_on, runs_on_for_long
from plumblint.project.signals.traps import Effect
from plumblint.project.signals.verdict import Here, Verdict, united, unknown
from plumblint.project.signals.words import Arguments, expand
from plumblint.source import Source, Span
from plumblint.syntax.shell import commands, nodes
from plumblint.tables.shells import EXECS_LAST, Kind

Flow = Literal["goes on", "ends", "returns"]
"""What follows a statement: the next one, nothing, or what follows the function's call."""
Position = Literal["inner", "plain", "redirected", "alternative", "compound"]
"""Where a command stands: not last, or last as in `tables.shells.EXECS_LAST`."""
_DEEPEST_CALL = 6
_COST_OF_A_FILE = 1000
_MOST_STARTED = 50
_MOST_VARIABLES = 200


class Follower(Protocol):
    """What follows a program that a shell becomes."""

    signal: str
    """The stop signal, without `SIG`."""
    budget: int
    """Commands that may still be looked at."""

    def follow(self, argv: Sequence[Sure[str]], here: Here, folder: str | None) -> Verdict:
        """What the signal does to a program."""
        ...

    def sourced(self, name: str, folder: str | None) -> Source | None:
        """A file that a script reads into itself, if it is in the repo."""
        ...


class ShellRun:
    """One shell running one script."""

    def __init__(
        self,
        follower: Follower,
        here: Here,
        source: Source,
        kind: Kind,
        arguments: Arguments,
        *,
        is_file: bool,
        folder: str | None,
    ) -> None:
        self.follower = follower
        self.here = here
        self.source = source
        self.kind = kind
        self.is_file = is_file
        """Whether it is a script file; else a `-c` string."""
        self.folder = folder
        """The working directory, None where it is not known."""
        self.state = ShellState(arguments)
        self.text = ""
        self.ends: list[Verdict] = []
        self.calls = 0
        self.effects: dict[str, Effect] = {}
        """What actions of traps do, by their text."""
        self.latest: Started | None = None
        """The last foreground program that runs until it is stopped, wherever it stands."""

    def run(self, script: nodes.Script) -> Verdict:
        """What a signal does while the script runs on."""
        self.text = script.text
        if script.faults:
            return unknown("the script has a syntax error", self.here)
        if self.follower.budget < 0:
            return unknown("the scripts are too long", self.here)
        self._find_functions(script)
        flow = self.sequence(script.statements, "plain")
        if not self.ends:
            if self.latest is not None:
                self.ends.append(kept_by_the_shell(self, self.latest.text, self.latest.node))
            elif self.state.background and flow != "ends":
                return unknown("the script ends while programs run in the background", self.here)
        if self.follower.budget < 0:
            return unknown("the scripts are too long", self.here)
        verdict = united(self.ends, self.here)
        if self.state.unsure and verdict.signal == "lost":
            return unknown(f"`{self.state.unsure}` may set a trap or start something", self.here)
        return verdict

    def place(self, node: nodes.Node) -> Span:
        """Where a node stands."""
        return self.source.span(*node.span)

    def words(self, command: commands.Command) -> list[Sure[str]] | None:
        """The words of a command, None where it is not known how many there are."""
        found: list[Sure[str]] = []
        for word in command.words:
            more = expand(word, self.state.arguments, self.state.variables)
            if more is None:
                if not found:
                    return None
                more = [Unknown(word.text[:400])]
            found += more
        return found

    def alone(self, command: commands.Command) -> bool:
        """Whether a command is all of its script."""
        return command.text.strip() == self.text.strip()

    # Statements

    def sequence(self, statements: Sequence[nodes.Node], position: Position) -> Flow:
        """Statements in their order; `position` is that of the last."""
        kept = list(statements)
        for at, statement in enumerate(kept):
            if not isinstance(statement, commands.Statement):
                continue
            rest = kept[at + 1 :]
            here: Position = "inner" if rest else position
            if statement.terminator == "&":
                self._start(statement.body)
                continue
            flow = self.node(statement.body, here, rest)
            if flow != "goes on":
                return flow
        return "goes on"

    def node(self, node: nodes.Node, position: Position, rest: Sequence[nodes.Node] = ()) -> Flow:
        """One command; `rest` are the statements behind it."""
        self.follower.budget -= 1
        if self.follower.budget < 0:
            return "ends"
        if isinstance(node, commands.Command):
            return self._command(node, position, rest)
        if isinstance(node, commands.Pipeline):
            return self._pipeline(node, position)
        if isinstance(node, commands.AndOr):
            return self._and_or(node, position, rest)
        inner: Position = position if position == "inner" else "compound"
        if isinstance(node, commands.If):
            return self._if(node, inner)
        if isinstance(node, commands.Case):
            return self._case(node, inner)
        if isinstance(node, commands.Group):
            return self.sequence(node.body, inner)
        if isinstance(node, commands.While):
            return self._while(node)
        if isinstance(node, commands.For):
            return self._branches([node.body], "inner", may_skip=True)
        if isinstance(node, commands.Subshell):
            return self._subshell(node, inner)
        return "goes on"

    def _start(self, node: nodes.Node) -> None:
        self.state.has_started = True
        if runs_on(node, self.state) and not keeps_alive(node):
            self.state.background = [
                *self.state.background[:_MOST_STARTED],
                Started(node.text, node),
            ]

    def _command(
        self, command: commands.Command, position: Position, rest: Sequence[nodes.Node]
    ) -> Flow:
        words = self.words(command)
        if not command.words:
            for assignment in command.assignments:
                value = expand(assignment.value, self.state.arguments, self.state.variables)
                text = value[0] if value and len(value) == 1 else None
                if len(self.state.variables) < _MOST_VARIABLES:
                    self.state.variables[assignment.name] = text if isinstance(text, str) else None
            return "goes on"
        name = command.name
        if name in self.state.functions and name is not None:
            return self._call(name, words, position)
        flow = run_builtin(self, command, words, rest)
        if flow is not None:
            return flow
        if not runs_on(command, self.state):
            return "goes on"
        if position == "inner":
            if runs_on_for_long(words):
                self.latest = Started(command.text, command)
            return "goes on"
        self.ends.append(self._last(command, words, position))
        return "ends"

    def _last(
        self, command: commands.Command, words: list[Sure[str]] | None, position: Position
    ) -> Verdict:
        """The verdict for a script's last command."""
        execs: bool | None = False
        if not self.is_file and not self.state.traps and not self.state.maybe:
            if command.redirections and position == "plain":
                position = "redirected"
            execs = EXECS_LAST.get((self.kind, position))
            if self.kind == "bash" and self.state.has_started and execs:
                execs = False
        if execs is None:
            return unknown(f"whether the shell execs `{command.text}` is not known", self.here)
        if not execs:
            return kept_by_the_shell(self, command.text, command)
        if words is None:
            return unknown(f"what `{command.text}` is, is not known", self.here)
        return self.follower.follow(words, self.here.deeper(), self.folder)

    def _call(self, name: str, words: list[Sure[str]] | None, position: Position) -> Flow:
        function = self.state.functions[name]
        if self.calls >= _DEEPEST_CALL or function.body is None:
            return "goes on"
        self.calls += 1
        outer = self.state.arguments
        self.state.arguments = None if words is None else words[1:]
        inner: Position = position if position == "inner" else "compound"
        flow = self.node(function.body, inner)
        self.state.arguments = outer
        self.calls -= 1
        return "goes on" if flow == "returns" else flow

    # Lists and pipelines

    def _pipeline(self, node: commands.Pipeline, position: Position) -> Flow:
        if len(node.commands) == 1:
            return self.node(node.commands[0], "inner" if position == "inner" else "compound")
        app = next((one for one in node.commands if runs_on(one, self.state)), None)
        if app is None:
            return "goes on"
        if position == "inner":
            if isinstance(app, commands.Command) and runs_on_for_long(self.words(app)):
                self.latest = Started(app.text, node)
            return "goes on"
        self.ends.append(kept_by_the_shell(self, app.text, node, piped=True))
        return "ends"

    def _and_or(self, node: commands.AndOr, position: Position, rest: Sequence[nodes.Node]) -> Flow:
        outcome: bool | None = None
        last = len(node.items) - 1
        last_app = max(
            (n for n, one in enumerate(node.items) if runs_on(one, self.state)), default=0
        )
        sure = True
        for at, item in enumerate(node.items):
            if at:
                runs = outcome if node.operators[at - 1] == "&&" else _turned(outcome)
                if runs is False:
                    continue
                sure = sure and runs is True
            outcome = truth([item], self.state.arguments, self.state.variables)
            ends_here = at >= last_app
            where: Position = "inner"
            if position != "inner" and at == last:
                alternative = last > 0 and node.operators[-1] == "||"
                where = "alternative" if alternative and position == "plain" else position
            elif position != "inner" and ends_here and runs_on(item, self.state):
                self.ends.append(kept_by_the_shell(self, item.text, item))
                return "ends"
            flow = self.node(item, where, rest)
            if flow != "goes on" and (sure or where != "inner"):
                return flow
        return "goes on"

    # Compound commands

    def _if(self, node: commands.If, position: Position) -> Flow:
        bodies = []
        for branch in node.branches:
            holds: bool | None = True
            if branch.condition:
                holds = truth(branch.condition, self.state.arguments, self.state.variables)
            if holds is False:
                continue
            bodies.append(branch.body)
            if holds:
                return self._branches(bodies, position, may_skip=False)
        return self._branches(bodies, position, may_skip=True)

    def _case(self, node: commands.Case, position: Position) -> Flow:
        chosen = chosen_clause(node, self.state.arguments, self.state.variables)
        if chosen is False:
            return "goes on"
        if isinstance(chosen, commands.Clause):
            return self._branches([chosen.body], position, may_skip=False)
        bodies = [clause.body for clause in node.clauses]
        return self._branches(bodies, position, may_skip=True)

    def _branches(
        self,
        bodies: Sequence[Sequence[nodes.Node]],
        position: Position,
        *,
        may_skip: bool,
    ) -> Flow:
        if len(bodies) == 1 and not may_skip:
            return self.sequence(bodies[0], position)
        before = self.state
        states, flows = [], []
        for body in bodies:
            self.state = before.copy()
            flow = self.sequence(body, position)
            flows.append(flow)
            if flow == "goes on":
                states.append(self.state)
        self.state = before
        if may_skip:
            states.append(before.copy())
            flows.append("goes on")
        self.state.take(states)
        return "goes on" if "goes on" in flows or not flows else flows[0]

    def _while(self, node: commands.While) -> Flow:
        endless = truth(node.condition, self.state.arguments, self.state.variables)
        if node.keyword == "until":
            endless = _turned(endless)
        if endless is False:
            return "goes on"
        if not endless or _leaves(node):
            return self._branches([node.body], "inner", may_skip=True)
        app = next((one for one in node.body if runs_on(one, self.state)), None)
        if app is not None:
            self.ends.append(kept_by_the_shell(self, app.text, app))
        else:
            self.ends.append(waited_for(self, node, ()))
        return "ends"

    def _subshell(self, node: commands.Subshell, position: Position) -> Flow:
        if not any(runs_on(statement, self.state) for statement in node.body):
            return "goes on"
        if position == "inner":
            return "goes on"
        if not self.is_file and self.kind != "dash":
            self.ends.append(unknown("whether the shell execs a subshell is not known", self.here))
        else:
            self.ends.append(kept_by_the_shell(self, node.text, node))
        return "ends"

    def _find_functions(self, script: nodes.Script) -> None:
        pending: list[nodes.Node] = list(script.statements)
        while pending:
            node = pending.pop()
            if isinstance(node, commands.FunctionDefinition):
                self.state.functions.setdefault(node.name, node)
            elif not isinstance(node, commands.Command | nodes.Word):
                pending += list(node.children())

    def include(self, script: nodes.Script, name: str, position: Position) -> Flow:
        """The statements of a file that the script reads into itself."""
        self.follower.budget -= _COST_OF_A_FILE + len(script.text) // 20
        if script.faults or self.calls >= _DEEPEST_CALL:
            self.state.unsure = self.state.unsure or name
            return "goes on"
        self._find_functions(script)
        self.calls += 1
        flow = self.sequence(script.statements, position)
        self.calls -= 1
        return "goes on" if flow == "returns" else flow


def _turned(answer: bool | None) -> bool | None:
    return None if answer is None else not answer


def _leaves(node: nodes.Node) -> bool:
    """Whether something in a loop may leave it."""
    pending: list[nodes.Node] = list(node.children())
    while pending:
        one = pending.pop()
        if isinstance(one, commands.Command) and one.name in ("break", "exit", "return", "exec"):
            return True
        pending += [child for child in one.children() if not isinstance(child, nodes.Word)]
    return False
