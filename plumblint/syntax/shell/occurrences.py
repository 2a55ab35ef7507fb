"""walk_commands: every simple command of a script with what its surroundings do to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from plumblint.syntax.shell.commands import (
    AndOr,
    Branch,
    Case,
    Command,
    Compound,
    Coprocess,
    For,
    FunctionDefinition,
    Group,
    If,
    Pipeline,
    Statement,
    Subshell,
    While,
)
from plumblint.syntax.shell.nodes import (
    CommandSubstitution,
    Node,
    ProcessSubstitution,
    Script,
)
from plumblint.syntax.shell.occurrence import Occurrence, Surroundings
from plumblint.syntax.shell.outcome import ENDS_BADLY, ENDS_WELL, SUCCEEDS, ends_of_failures
from plumblint.syntax.shell.scanner import STRICT

Options = tuple[bool | None, bool | None]


def walk_commands(
    script: Script, *, errexit: bool = False, pipefail: bool = False, dialect: str = "bash"
) -> list[Occurrence]:
    """Every simple command of the script, in the order they begin.

    `errexit` and `pipefail` are what the shell was started with (GitHub: `bash -e`, with
    `shell: bash` also pipefail; a Dockerfile's RUN: neither).
    """
    walker = _Walker(errexit, pipefail, dialect)
    walker.statements(script.statements, Surroundings())
    return walker.found


class _Walker:
    """Goes through a script in its order, with the options in force."""

    __slots__ = ("errexit", "found", "pipefail", "strict")

    def __init__(self, errexit: bool, pipefail: bool, dialect: str) -> None:
        self.found: list[Occurrence] = []
        self.errexit: bool | None = errexit
        self.pipefail: bool | None = pipefail
        self.strict = dialect in STRICT

    def options(self) -> Options:
        return self.errexit, self.pipefail

    def restore(self, options: Options) -> None:
        self.errexit, self.pipefail = options

    def join(self, options: Iterable[Options]) -> None:
        """The options after branches that may or may not have run."""
        errexit, pipefail = zip(*options, strict=True)
        self.errexit = errexit[0] if len(set(errexit)) == 1 else None
        self.pipefail = pipefail[0] if len(set(pipefail)) == 1 else None

    def statements(self, statements: Sequence[Node], around: Surroundings) -> None:
        """A sequence whose last status is the status of what `around` describes."""
        inner = around
        if around.last or around.checked or around.guarded or around.watched:
            inner = around.copy()
            inner.last = inner.checked = inner.guarded = inner.watched = False
        final = len(statements) - 1
        for at, statement in enumerate(statements):
            if isinstance(statement, Statement):
                self.statement(statement, around if at == final else inner)

    def statement(self, statement: Statement, around: Surroundings) -> None:
        if statement.terminator != "&":
            self.node(statement.body, around)
            return
        around = around.ignoring("&", statement)
        around.background = True
        self.apart(statement.body, around)

    def apart(self, node: Node, around: Surroundings) -> None:
        """A command in a process of its own: what it sets stays there."""
        options = self.options()
        around = around.copy()
        around.watched |= self.errexit is not False and not around.exempt
        around.outside = (around.ignored_by, around.ignored_at)
        around.in_subshell = around.checked = True
        if isinstance(node, Subshell):
            self.statements(node.body, around)
        else:
            self.node(node, around)
        self.restore(options)

    def node(self, node: Node, around: Surroundings) -> None:
        if isinstance(node, Command):
            self.command(node, around)
        elif isinstance(node, Pipeline):
            self.pipe(node, around)
        elif isinstance(node, AndOr):
            self.and_or(node, around)
        else:
            self.compound(node, around)

    def command(self, command: Command, around: Surroundings) -> None:
        errexit = False if around.exempt else self.errexit
        self.found.append(Occurrence(command, around, errexit, self.pipefail))
        passes = not command.words
        for child in command.children():
            self.substitutions(child, around, passes)
        if command.name == "set":
            self.set_options(command)

    def set_options(self, command: Command) -> None:
        words = iter(command.words[1:])
        for word in words:
            flags = word.literal
            if not flags or flags[0] not in "+-" or flags in ("-", "--"):
                break
            on = flags[0] == "-"
            if "e" in flags[1:]:
                self.errexit = on
            if "o" in flags[1:]:
                name = next(words, None)
                option = name.literal if name else None
                if option == "errexit":
                    self.errexit = on
                elif option == "pipefail":
                    self.pipefail = on

    def substitutions(self, node: Node, around: Surroundings, passes: bool) -> None:
        """The scripts in a word; `passes` says whether their status becomes the command's."""
        if isinstance(node, CommandSubstitution):
            inner = around.copy() if passes else around.ignoring("$(", node)
            if not passes and inner.ignored_by == "|":
                # It is the word that loses the status, whatever becomes of the command's own.
                inner.ignored_by, inner.ignored_at = "$(", node
            self.inside(node.script, inner, not self.strict)
        elif isinstance(node, ProcessSubstitution):
            self.inside(node.script, around.ignoring(node.direction + "(", node), False)
        else:
            for child in node.children():
                self.substitutions(child, around, passes)

    def inside(self, script: Script, around: Surroundings, clears: bool) -> None:
        """The script of a substitution; bash `clears` errexit there."""
        options = self.options()
        around.watched |= self.errexit is not False and not around.exempt
        around.outside = (around.ignored_by, around.ignored_at)
        around.in_subshell = around.in_substitution = around.checked = True
        around.last = False
        around.pipeline = None
        around.position = 0
        if clears:
            self.errexit = False
        self.statements(script.statements, around)
        self.restore(options)

    def pipe(self, pipeline: Pipeline, around: Surroundings) -> None:
        if pipeline.negated:
            around = around.ignoring("!", pipeline)
        commands = pipeline.commands
        if len(commands) == 1:
            self.node(commands[0], around)
            return
        for at, command in enumerate(commands):
            stage = around.copy()
            if at < len(commands) - 1:
                stage.last = around.last and self.pipefail is not False
                if self.pipefail is False:
                    by, follower = stage.ignored_by, stage.ignored_at
                    stage.ignored_by = by or "|"
                    stage.ignored_at = follower if by else commands[at + 1]
            stage.pipeline = pipeline
            stage.position = at
            self.apart(command, stage)

    def and_or(self, node: AndOr, around: Surroundings) -> None:
        options = self.options()
        ends = ends_of_failures(node.operators, node.items)
        for at, item in enumerate(node.items):
            here = around.copy()
            here.condition_depth += at > 0
            if at < len(ends):
                self.left_side(node, at, ends[at], here)
                here.exempt = True
            self.node(item, here)
            if at == 0:
                options = self.options()
        self.join((options, self.options()))

    def left_side(
        self, node: AndOr, at: int, failing: tuple[frozenset[str], int], here: Surroundings
    ) -> None:
        """What the rest of a list does to the failure of one of its items."""
        ends, alternative = failing
        if ENDS_BADLY in ends:
            here.guarded = True
            here.ignored_by, here.ignored_at = here.outside
        elif here.ignored_by:
            return
        elif ends <= {SUCCEEDS, ENDS_WELL}:
            here.ignored_by = "||"
            here.ignored_at = node.items[alternative]
        elif alternative >= 0:
            here.guarded = True
        elif self.errexit is True and not here.exempt and not here.checked:
            here.ignored_by = "&&"
            here.ignored_at = node.items[at + 1]

    def compound(self, node: Node, around: Surroundings) -> None:
        if isinstance(node, Group):
            self.statements(node.body, around)
        elif isinstance(node, Subshell):
            self.apart(node, around)
        elif isinstance(node, If):
            self.branches(node.branches, around)
        elif isinstance(node, While | For):
            self.loop(node, around)
        elif isinstance(node, Case):
            self.case(node, around)
        elif isinstance(node, FunctionDefinition):
            self.function(node)
        elif isinstance(node, Coprocess):
            if node.body:
                around = around.ignoring("coproc", node)
                around.background = True
                self.apart(node.body, around)
        else:
            for child in node.children():
                self.substitutions(child, around, False)
            return
        if isinstance(node, Compound):
            for redirection in node.redirections:
                self.substitutions(redirection, around, False)

    def branches(self, branches: Sequence[Branch], around: Surroundings) -> None:
        ends: list[Options] = []
        inner = around.copy()
        inner.condition_depth += 1
        for at, branch in enumerate(branches):
            condition = (inner if at else around).ignoring("elif" if at else "if", branch)
            condition.last = False
            self.statements(branch.condition, condition)
            options = self.options()
            self.statements(branch.body, inner)
            ends.append(self.options())
            self.restore(options)
        if branches and branches[-1].condition:
            ends.append(self.options())
        self.join(ends)

    def loop(self, node: While | For, around: Surroundings) -> None:
        inner = around.copy()
        inner.loop_depth += 1
        if isinstance(node, While):
            condition = inner.ignoring(node.keyword, node)
            condition.last = False
            self.statements(node.condition, condition)
        else:
            for child in (*(node.words or ()), *(node.header or ())):
                self.substitutions(child, around, False)
        options = self.options()
        self.statements(node.body, inner)
        self.join((options, self.options()))

    def case(self, node: Case, around: Surroundings) -> None:
        if node.subject:
            self.substitutions(node.subject, around, False)
        inner = around.copy()
        inner.condition_depth += 1
        options = self.options()
        ends = [options]
        for clause in node.clauses:
            self.restore(options)
            for pattern in clause.patterns:
                self.substitutions(pattern, around, False)
            self.statements(clause.body, inner)
            ends.append(self.options())
        self.join(ends)

    def function(self, node: FunctionDefinition) -> None:
        """A function's body, as if it were called where it is defined."""
        if node.body is None:
            return
        options = self.options()
        around = Surroundings()
        around.function = node.name
        around.watched = True
        around.last = False
        self.node(node.body, around)
        self.restore(options)
