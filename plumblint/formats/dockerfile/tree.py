"""The tree of a Dockerfile: directives, instructions and what they are made of.

Offsets named `start` and `end` are places in the source file; an `at` is an
offset in the instruction's `value`, which `segments` takes to the source.
"""

from __future__ import annotations

from collections.abc import Iterator

from plumblint.source import Fault
from plumblint.syntax.segments import Segments


class Directive:
    """A parser directive: `# syntax=`, `# escape=`, `# check=`; the span is its value's."""

    __slots__ = ("end", "name", "start", "value")

    def __init__(self, name: str, value: str, start: int, end: int) -> None:
        self.name = name
        """Lower case."""
        self.value = value
        self.start = start
        self.end = end


class Comment:
    """A comment line, from `#` to its end; also those within a continued instruction."""

    __slots__ = ("end", "start")

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end


class Flag:
    """`--name` or `--name=value` before the arguments."""

    __slots__ = ("end", "name", "start", "value", "value_start")

    def __init__(
        self, name: str, value: str | None, start: int, end: int, value_start: int
    ) -> None:
        self.name = name
        """Without the dashes."""
        self.value = value
        """Quotes removed; None where there is no `=`."""
        self.start = start
        self.end = end
        self.value_start = value_start
        """Where the value begins in the source, `end` where there is none."""


class Word:
    """An argument: one of a list of words, or an item of a JSON array."""

    __slots__ = ("at", "end", "start", "text", "verbatim")

    def __init__(self, text: str, at: int, start: int, end: int, *, verbatim: bool) -> None:
        self.text = text
        """As BuildKit's parser has it: quotes and variables kept, a JSON string decoded."""
        self.at = at
        """Where it begins in the instruction's value (behind the quote of a JSON string)."""
        self.start = start
        self.end = end
        """The source span, without the quotes of a JSON string."""
        self.verbatim = verbatim
        """Whether the source span holds `text`, character for character."""

    def __repr__(self) -> str:
        return f"Word({self.text!r})"


class Pair:
    """`name=value` of ENV, LABEL and ARG; `value` is None for an ARG without one."""

    __slots__ = ("name", "spaced", "value")

    def __init__(self, name: Word, value: Word | None, *, spaced: bool = False) -> None:
        self.name = name
        self.value = value
        self.spaced = spaced
        """Whether it has the old form, a blank instead of `=`."""


class Heredoc:
    """A here-document of RUN, COPY or ADD."""

    __slots__ = (
        "body_end", "body_start", "chomp", "end", "expand", "fd", "name", "start", "terminated",
    )  # fmt: skip

    def __init__(self, name: str, fd: int, *, expand: bool, chomp: bool) -> None:
        self.name = name
        """The delimiter, without quotes."""
        self.fd = fd
        """The number before `<<`, 0 for none."""
        self.expand = expand
        """Whether variables in the body are expanded: the delimiter is not quoted."""
        self.chomp = chomp
        """Whether leading tabs are removed (`<<-`)."""
        self.start = self.end = 0
        """The redirection `<<EOF` itself."""
        self.body_start = self.body_end = 0
        """The body, line ends included, without the delimiter's line."""
        self.terminated = False


class Instruction:
    """One instruction."""

    __slots__ = (
        "child", "empty_continuation", "end", "end_line", "flags", "heredocs", "json", "keyword",
        "keyword_end", "keyword_start", "pairs", "segments", "start", "start_line", "value",
        "value_end", "value_start", "words", "written_keyword",
    )  # fmt: skip

    def __init__(self, written_keyword: str, start: int, end: int) -> None:
        self.written_keyword = written_keyword
        self.keyword = written_keyword.upper()
        self.keyword_start = self.keyword_end = start
        self.start = start
        self.end = end
        """From the keyword to the last character of the arguments or of the heredocs' delimiter."""
        self.start_line = self.end_line = 0
        """1-based, the last one inclusive."""
        self.flags: list[Flag] = []
        self.value = ""
        """The arguments behind the flags, lines joined, trimmed; heredoc bodies are apart."""
        self.segments = Segments()
        """Takes offsets in `value` to the source."""
        self.value_start = self.value_end = end
        self.words: list[Word] = []
        """JSON items; else the words of FROM, COPY, ADD, EXPOSE, VOLUME, ENV, ARG and LABEL; else
        the whole value as one.  HEALTHCHECK: its type first, then as CMD.  Empty: no arguments."""
        self.json = False
        """Whether the arguments are a JSON array of strings (exec form)."""
        self.pairs: list[Pair] = []
        """For ENV, LABEL and ARG."""
        self.heredocs: list[Heredoc] = []
        self.child: Instruction | None = None
        """For ONBUILD: the instruction that it defers."""
        self.empty_continuation: tuple[int, int] | None = None
        """The first blank line within its continuation."""

    def __repr__(self) -> str:
        return f"<{self.keyword} line {self.start_line}>"

    def flag(self, name: str) -> Flag | None:
        """The last flag of that name."""
        for flag in reversed(self.flags):
            if flag.name == name:
                return flag
        return None


class Dockerfile:
    """What a Dockerfile's text holds."""

    __slots__ = ("comments", "directives", "escape", "faults", "instructions", "limits")

    def __init__(self) -> None:
        self.directives: list[Directive] = []
        self.comments: list[Comment] = []
        self.instructions: list[Instruction] = []
        self.faults: list[Fault] = []
        """What BuildKit would reject, in the order of the text."""
        self.limits: list[Fault] = []
        """Where reading stopped because the file is too large."""
        self.escape = "\\"
        r"""The escape character: `\` or a backtick."""

    def directive(self, name: str) -> Directive | None:
        """The directive of that name."""
        return next((one for one in self.directives if one.name == name), None)

    def walk(self) -> Iterator[Instruction]:
        """Every instruction, the argument of an ONBUILD behind it."""
        for instruction in self.instructions:
            yield instruction
            if instruction.child is not None:
                yield instruction.child
