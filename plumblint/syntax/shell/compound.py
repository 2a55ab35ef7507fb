"""Compound commands of a shell script: conditions, loops, groups, functions."""

from __future__ import annotations

from collections.abc import Callable

from plumblint.syntax.pattern import lazy_pattern
from plumblint.syntax.shell.commands import (
    ArithmeticCommand,
    Branch,
    Case,
    Clause,
    Compound,
    Coprocess,
    For,
    FunctionDefinition,
    Group,
    If,
    Statement,
    Subshell,
    Test,
    While,
    operator_word,
)
from plumblint.syntax.shell.listing import ListReader
from plumblint.syntax.shell.nodes import Node, Part, Word
from plumblint.syntax.shell.quoting import DOUBLE

_END = r"(?=[ \t\r\n;&|()<>]|\Z)"
_OPENER = lazy_pattern(rf"(?:if|while|until|for|select|case|function|coproc|\{{|\[\[){_END}")
_IN = lazy_pattern(rf"in{_END}")
_NAME = lazy_pattern(
    rf"[A-Za-z_][A-Za-z0-9_]*(?=[ \t]+(?:(?:if|while|until|for|case|\{{|\[\[){_END}|\())"
)
_PARENTHESES = lazy_pattern(r"[ \t]*\([ \t]*\)")
_TEST_OPERATOR = lazy_pattern(r"&&|\|\||[()]|[<>](?!\()")
_BASH_ONLY = frozenset({"select", "coproc"})


class CompoundReader(ListReader):
    """Reads whole scripts."""

    __slots__ = ()

    def command(self) -> Node | None:
        """The simple or compound command that begins here, None where none can."""
        start = self.pos
        read: Callable[[int], Compound] | None = None
        if self.at("("):
            read = self.parenthesis
        elif match := _OPENER.match(self.text, start, self.end):
            keyword = match[0]
            if self.bash or keyword not in _BASH_ONLY:
                read = getattr(self, _READERS[keyword])
        if read is None:
            return self.simple_command()
        if not self.enter(start):
            return None
        node = read(start)
        self.depth -= 1
        if not isinstance(node, FunctionDefinition | Coprocess):
            found = self.redirections()
            if found:
                node.redirections = found
                node.read_end = found[-1].read_end
        return node

    def unclosed(self, start: int, opening: str, closing: str) -> None:
        """Records that the closing word of a command is missing."""
        self.fault(start, start + len(opening), f"this `{opening}` has no `{closing}`")

    def parenthesis(self, start: int) -> Compound:
        """`((…))` or a subshell."""
        if self.bash and self.at("(("):
            stop = self.arithmetic_end(start + 2)
            if stop >= 0:
                parts: list[Part] = []
                self.bounded(parts, start + 2, stop, DOUBLE, '"')
                self.pos = self.end if self.stopped else stop + 2
                return ArithmeticCommand(self.origin, start, self.pos, parts)
        self.pos += 1
        body = self.block((")",))
        if not self.take(")"):
            self.unclosed(start, "(", ")")
        return Subshell(self.origin, start, self.pos, body)

    def group(self, start: int) -> Compound:
        """`{ …; }`."""
        self.pos += 1
        body = self.block(("}",))
        if not self.take("}"):
            self.unclosed(start, "{", "}")
        return Group(self.origin, start, self.pos, body)

    def if_command(self, start: int) -> Compound:
        """`if … then … elif … else … fi`."""
        branches: list[Branch] = []
        keyword = start
        self.pos += 2
        more = True
        while more:
            condition = self.block(("then", "elif", "else", "fi"))
            body: list[Statement] = []
            if self.take("then"):
                body = self.block(("elif", "else", "fi"))
            else:
                self.unclosed(keyword, "if" if keyword == start else "elif", "then")
            branches.append(Branch(self.origin, keyword, self.pos, condition, body))
            keyword = self.pos
            more = self.take("elif")
        if self.take("else"):
            body = self.block(("fi",))
            branches.append(Branch(self.origin, keyword, self.pos, (), body))
        if not self.take("fi"):
            self.unclosed(start, "if", "fi")
        return If(self.origin, start, self.pos, branches)

    def while_command(self, start: int) -> Compound:
        """`while` and `until`."""
        keyword = self.text[start : start + 5]
        self.pos += 5
        condition = self.block(("do", "done"))
        body = self.loop_body(start, keyword)
        return While(self.origin, start, self.pos, keyword, condition, body)

    def loop_body(self, start: int, keyword: str) -> list[Statement]:
        """`do … done`, or a group in its stead."""
        self.newlines()
        if self.at(";") and not self.at(";;"):
            self.pos += 1
            self.newlines()
        opening, closing = "do", "done"
        if not self.take("do"):
            match = _OPENER.match(self.text, self.pos, self.end)
            if not match or match[0] != "{":
                self.unclosed(start, keyword, "do")
                self.take("done")
                return []
            opening, closing = "{", "}"
            self.pos += 1
        begin = self.pos - len(opening)
        body = self.block((closing,))
        if not self.take(closing):
            self.unclosed(begin, opening, closing)
        return body

    def for_command(self, start: int) -> Compound:
        """`for name in words`, `for ((…))` and `select`."""
        keyword = "for" if self.at("for") else "select"
        self.pos += len(keyword)
        self.blanks()
        name = ""
        words: list[Word] | None = None
        header: list[Part] | None = None
        stop = self.arithmetic_end(self.pos + 2) if self.at("((") else -1
        if stop >= 0:
            header = []
            self.bounded(header, self.pos + 2, stop, DOUBLE, '"')
            self.pos = self.end if self.stopped else stop + 2
        else:
            variable = self.word()
            name = variable.text if variable else ""
            if not variable:
                self.fault(start, self.pos, f"this `{keyword}` has no variable")
            self.newlines()
            match = _IN.match(self.text, self.pos, self.end)
            if match:
                self.pos = match.end()
                words = self.words()
        body = self.loop_body(start, keyword)
        return For(self.origin, start, self.pos, keyword, name, words, header, body)

    def words(self) -> list[Word]:
        """Words up to the end of the command."""
        words: list[Word] = []
        self.blanks()
        while word := self.word():
            words.append(word)
            self.blanks()
        return words

    def case_command(self, start: int) -> Compound:
        """`case subject in … esac`."""
        self.pos += 4
        self.blanks()
        subject = self.word()
        self.newlines()
        match = _IN.match(self.text, self.pos, self.end)
        if match:
            self.pos = match.end()
        else:
            self.unclosed(start, "case", "in")
        clauses: list[Clause] = []
        self.awaiting["esac"] = self.awaiting.get("esac", 0) + 1
        while True:
            self.newlines()
            if self.pos >= self.end or self.take("esac"):
                break
            clause = self.clause()
            if clause is None:
                break
            clauses.append(clause)
            if not clause.terminator and not self.at("esac"):
                break
        self.awaiting["esac"] -= 1
        if not self.text.endswith("esac", start, self.pos):
            self.unclosed(start, "case", "esac")
        return Case(self.origin, start, self.pos, subject, clauses)

    def clause(self) -> Clause | None:
        """`pattern | pattern) …` with its terminator."""
        start = self.pos
        if self.at("("):
            self.pos += 1
        patterns: list[Word] = []
        while True:
            self.blanks()
            pattern = self.word()
            if pattern is None:
                break
            patterns.append(pattern)
            self.blanks()
            if not self.at("|"):
                break
            self.pos += 1
        if not self.at(")"):
            self.fault(start, max(self.pos, start + 1), "this pattern of a `case` has no `)`")
            if not patterns:
                self.pos = start
                return None
        else:
            self.pos += 1
        body = self.block((";;", ";&", ";;&", "esac"))
        terminator = ""
        for token in (";;", ";&", ";;&"):
            if self.take(token):
                terminator = token
                break
        return Clause(self.origin, start, self.pos, patterns, body, terminator)

    def function(self, start: int) -> Compound:
        """`function name …`."""
        self.pos += 8
        self.blanks()
        name = self.word()
        match = _PARENTHESES.match(self.text, self.pos, self.end)
        if match:
            self.pos = match.end()
        self.newlines()
        body = self.command()
        written = name.text if name else ""
        if body is None:
            self.fault(start, self.pos, f"the function `{written}` has no body")
        end = body.read_end if body else self.pos
        return FunctionDefinition(self.origin, start, end, written, body)

    def coprocess(self, start: int) -> Compound:
        """`coproc [name] command`."""
        self.pos += 6
        self.blanks()
        match = _NAME.match(self.text, self.pos, self.end)
        if match:
            self.pos = match.end()
            self.blanks()
        body = self.command()
        if body is None:
            self.fault(start, self.pos, "nothing follows `coproc`")
        end = body.read_end if body else self.pos
        return Coprocess(self.origin, start, end, match[0] if match else "", body)

    def test(self, start: int) -> Compound:
        """`[[ … ]]`."""
        self.pos += 2
        words: list[Word] = []
        while True:
            self.newlines()
            begin = self.pos
            match = _TEST_OPERATOR.match(self.text, begin, self.end)
            if match and not (words and words[-1].text == "=~"):
                self.pos = match.end()
                words.append(operator_word(self.origin, begin, self.pos))
                continue
            word = self.test_word(words)
            if word is None:
                self.unclosed(start, "[[", "]]")
                break
            if word.text == "]]":
                break
            words.append(word)
        return Test(self.origin, start, self.pos, words)

    def test_word(self, before: list[Word]) -> Word | None:
        """An operand; after `=~` a regular expression, whose parentheses and bars are its own."""
        if not before or before[-1].text != "=~":
            return self.word()
        start = self.pos
        parts: list[Part] = []
        self.unquoted(parts, regex=True)
        return Word(self.origin, start, self.pos, parts) if self.pos > start else None


_READERS = {
    "if": "if_command",
    "while": "while_command",
    "until": "while_command",
    "for": "for_command",
    "select": "for_command",
    "case": "case_command",
    "function": "function",
    "coproc": "coprocess",
    "{": "group",
    "[[": "test",
}
