"""The tree of a shell script: commands, simple and compound, and their lists."""

from __future__ import annotations

from collections.abc import Sequence

from plumblint.syntax.shell.nodes import (
    Assignment,
    Literal,
    Node,
    Origin,
    Part,
    Redirection,
    Word,
)


class Command(Node):
    """A simple command: assignments, words and redirections, each possibly none."""

    __slots__ = ("assignments", "redirections", "words")
    PARTS = ("assignments", "words", "redirections")

    def __init__(
        self,
        origin: Origin,
        start: int,
        end: int,
        assignments: Sequence[Assignment],
        words: Sequence[Word],
        redirections: Sequence[Redirection],
    ) -> None:
        super().__init__(origin, start, end)
        self.assignments = assignments
        self.words = words
        self.redirections = redirections

    @property
    def name(self) -> str | None:
        """The first word's value; empty without words, None if the script does not say it."""
        return self.words[0].literal if self.words else ""


class Pipeline(Node):
    """Commands joined by `|` or `|&`, or one that is negated or timed."""

    __slots__ = ("commands", "negated", "operators", "timed")
    PARTS = ("commands",)

    def __init__(self, origin: Origin, start: int, end: int, commands: Sequence[Node]) -> None:
        super().__init__(origin, start, end)
        self.commands = commands
        self.operators: Sequence[str] = ()
        """The `|` or `|&` behind each command but the last."""
        self.negated = False
        self.timed = False


class AndOr(Node):
    """Pipelines joined by `&&` and `||`, which bind alike, from the left."""

    __slots__ = ("items", "operators")
    PARTS = ("items",)

    def __init__(
        self, origin: Origin, start: int, end: int, items: Sequence[Node], operators: Sequence[str]
    ) -> None:
        super().__init__(origin, start, end)
        self.items = items
        self.operators = operators
        """The `&&` or `||` behind each item but the last."""


class Statement(Node):
    """A list up to its terminator: `;`, `&`, a line feed, or nothing at the end of a block."""

    __slots__ = ("body", "terminator")
    PARTS = ("body",)

    def __init__(self, origin: Origin, start: int, end: int, body: Node, terminator: str) -> None:
        super().__init__(origin, start, end)
        self.body = body
        """A Command, a Compound, a Pipeline or an AndOr."""
        self.terminator = terminator


class Compound(Node):
    """A command made of commands, with redirections of its own."""

    __slots__ = ("redirections",)

    def __init__(self, origin: Origin, start: int, end: int) -> None:
        super().__init__(origin, start, end)
        self.redirections: Sequence[Redirection] = ()


class Subshell(Compound):
    """`( … )`."""

    __slots__ = ("body",)
    PARTS = ("body", "redirections")

    def __init__(self, origin: Origin, start: int, end: int, body: Sequence[Statement]) -> None:
        super().__init__(origin, start, end)
        self.body = body


class Group(Compound):
    """`{ …; }`."""

    __slots__ = ("body",)
    PARTS = ("body", "redirections")

    def __init__(self, origin: Origin, start: int, end: int, body: Sequence[Statement]) -> None:
        super().__init__(origin, start, end)
        self.body = body


class Branch(Node):
    """A condition and what runs if it holds; `else` has no condition."""

    __slots__ = ("body", "condition")
    PARTS = ("condition", "body")

    def __init__(
        self,
        origin: Origin,
        start: int,
        end: int,
        condition: Sequence[Statement],
        body: Sequence[Statement],
    ) -> None:
        super().__init__(origin, start, end)
        self.condition = condition
        self.body = body


class If(Compound):
    """`if`, its `elif` and its `else`, in this order."""

    __slots__ = ("branches",)
    PARTS = ("branches", "redirections")

    def __init__(self, origin: Origin, start: int, end: int, branches: Sequence[Branch]) -> None:
        super().__init__(origin, start, end)
        self.branches = branches


class While(Compound):
    """`while` or `until`: see `keyword`."""

    __slots__ = ("body", "condition", "keyword")
    PARTS = ("condition", "body", "redirections")

    def __init__(
        self,
        origin: Origin,
        start: int,
        end: int,
        keyword: str,
        condition: Sequence[Statement],
        body: Sequence[Statement],
    ) -> None:
        super().__init__(origin, start, end)
        self.keyword = keyword
        self.condition = condition
        self.body = body


class For(Compound):
    """`for name in words`, `select name in words` or `for ((…))`: see `keyword`.

    `words` is None where the script's own arguments are meant; `header` holds the
    parts between the double parentheses, `name` is then empty.
    """

    __slots__ = ("body", "header", "keyword", "name", "words")
    PARTS = ("words", "header", "body", "redirections")

    def __init__(
        self,
        origin: Origin,
        start: int,
        end: int,
        keyword: str,
        name: str,
        words: Sequence[Word] | None,
        header: Sequence[Part] | None,
        body: Sequence[Statement],
    ) -> None:
        super().__init__(origin, start, end)
        self.keyword = keyword
        self.name = name
        self.words = words
        self.header = header
        self.body = body


class Clause(Node):
    """`pattern | pattern) …` of a `case`, and how it ends: `;;`, `;&`, `;;&` or nothing."""

    __slots__ = ("body", "patterns", "terminator")
    PARTS = ("patterns", "body")

    def __init__(
        self,
        origin: Origin,
        start: int,
        end: int,
        patterns: Sequence[Word],
        body: Sequence[Statement],
        terminator: str,
    ) -> None:
        super().__init__(origin, start, end)
        self.patterns = patterns
        self.body = body
        self.terminator = terminator


class Case(Compound):
    """`case subject in … esac`."""

    __slots__ = ("clauses", "subject")
    PARTS = ("subject", "clauses", "redirections")

    def __init__(
        self, origin: Origin, start: int, end: int, subject: Word | None, clauses: Sequence[Clause]
    ) -> None:
        super().__init__(origin, start, end)
        self.subject = subject
        self.clauses = clauses


class FunctionDefinition(Compound):
    """`name() …` or `function name …`; redirections are those of its body."""

    __slots__ = ("body", "name")
    PARTS = ("body",)

    def __init__(self, origin: Origin, start: int, end: int, name: str, body: Node | None) -> None:
        super().__init__(origin, start, end)
        self.name = name
        self.body = body


class Coprocess(Compound):
    """`coproc [name] command`."""

    __slots__ = ("body", "name")
    PARTS = ("body",)

    def __init__(self, origin: Origin, start: int, end: int, name: str, body: Node | None) -> None:
        super().__init__(origin, start, end)
        self.name = name
        self.body = body


class Test(Compound):
    """`[[ … ]]`: operands and operators alike as words, not interpreted."""

    __slots__ = ("words",)
    PARTS = ("words", "redirections")
    __test__ = False  # no test case, whatever pytest takes its name for

    def __init__(self, origin: Origin, start: int, end: int, words: Sequence[Word]) -> None:
        super().__init__(origin, start, end)
        self.words = words


class ArithmeticCommand(Compound):
    """`((…))`."""

    __slots__ = ("parts",)
    PARTS = ("parts", "redirections")

    def __init__(self, origin: Origin, start: int, end: int, parts: Sequence[Part]) -> None:
        super().__init__(origin, start, end)
        self.parts = parts


def operator_word(origin: Origin, start: int, end: int) -> Word:
    """A word for an operator of `[[ … ]]`."""
    text = origin.text[start:end]
    return Word(origin, start, end, (Literal(origin, start, end, "", text),))
