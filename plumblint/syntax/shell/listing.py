"""Lists, pipelines and simple commands of a shell script."""

from __future__ import annotations

import re
from collections.abc import Sequence

from plumblint.syntax.pattern import lazy_pattern
from plumblint.syntax.shell.commands import (
    AndOr,
    Command,
    FunctionDefinition,
    Pipeline,
    Statement,
)
from plumblint.syntax.shell.expansions import ExpansionReader
from plumblint.syntax.shell.nodes import (
    Array,
    Assignment,
    Literal,
    Node,
    Part,
    Redirection,
    Word,
)

CLOSER = lazy_pattern(r"(?:then|else|elif|fi|do|done|esac|\})(?=[ \t\r\n;&|()<>]|\Z)|\)|;;&|;;|;&")
"""What ends a block of statements."""
_PREFIX = lazy_pattern(r"(!|time)(?=[ \t\r\n;&|()<>]|\Z)")
_TIME_OPTION = lazy_pattern(r"[ \t]+-p(?=[ \t\r\n;&|()<>]|\Z)")
_STRAY = lazy_pattern(r"&&|\|\||\|&|[;&|<>]")
_ASSIGNMENT = lazy_pattern(
    r"([A-Za-z_\ue000][A-Za-z0-9_\ue000\ue001]*+)"
    r"(?:\[((?:[^\]\n'\"]|'[^'\n]*'|\"[^\"\n]*\"){0,200}+)\])?(\+?=)"
)
_REDIRECTION = lazy_pattern(
    r"([0-9]+|\{[A-Za-z_][A-Za-z0-9_]*\})?(<<<|<<-|<<|<&|<>|<|>>|>&|>\||>)|(&>>|&>)"
)
_DELIMITER = lazy_pattern(
    r"(?:[^ \t\r\n;&|()<>\\'\"]|\\.|'[^'\n]*'|\"[^\"\n]*\"|\r(?!\n|\Z))++", re.DOTALL
)
_PARENTHESES = lazy_pattern(r"\([ \t]*\)")
_QUOTE_MARKS = lazy_pattern(r"\\(.)|['\"]", re.DOTALL)


class ListReader(ExpansionReader):
    """Reads what is not a compound command."""

    __slots__ = ()

    def command(self) -> Node | None:
        """The simple or compound command that begins here, None where none can."""
        raise NotImplementedError

    def block(self, closers: Sequence[str]) -> list[Statement]:
        """Statements up to one of the closing tokens, which is left there.

        The end of the text ends it too, and so does the closing token of an enclosing
        block; any other one is a fault and skipped.
        """
        for closer in closers:
            self.awaiting[closer] = self.awaiting.get(closer, 0) + 1
        statements: list[Statement] = []
        while True:
            self.newlines()
            if self.pos >= self.end:
                break
            start = self.pos
            match = CLOSER.match(self.text, start, self.end)
            if match:
                if self.awaiting.get(match[0]):
                    break
                self.fault(start, match.end(), f"unexpected `{match[0]}`")
                self.pos = match.end()
                self.spaces()
                if self.at(";") and not CLOSER.match(self.text, self.pos, self.end):
                    self.pos += 1
                continue
            statement = self.statement()
            if statement:
                statements.append(statement)
            elif self.pos == start:
                stray = _STRAY.match(self.text, start, self.end)
                self.pos = stray.end() if stray else start + 1
                self.fault(start, self.pos, f"unexpected `{self.text[start : self.pos]}`")
        for closer in closers:
            self.awaiting[closer] -= 1
        return statements

    def take(self, token: str) -> bool:
        """Goes over a closing token if it stands here."""
        match = CLOSER.match(self.text, self.pos, self.end)
        if not match or match[0] != token:
            return False
        self.pos = match.end()
        return True

    def statement(self) -> Statement | None:
        """A list with its terminator."""
        start = self.pos
        items: list[Node] = []
        operators: list[str] = []
        end = start
        while True:
            item = self.pipeline()
            if item is None:
                if not items:
                    return None
                self.fault(end, self.pos, f"nothing follows `{operators.pop()}`")
                break
            items.append(item)
            end = item.read_end
            self.blanks()
            operator = self.text[self.pos : min(self.pos + 2, self.end)]
            if operator not in ("&&", "||"):
                break
            operators.append(operator)
            end = self.pos
            self.pos += 2
            self.newlines()
        end = items[-1].read_end
        body = items[0] if len(items) == 1 else AndOr(self.origin, start, end, items, operators)
        terminator = self.peek()
        if terminator in (";", "&") and not CLOSER.match(self.text, self.pos, self.end):
            self.pos += 1
        elif terminator != "\n":
            terminator = ""
        return Statement(self.origin, start, end, body, terminator)

    def pipeline(self) -> Node | None:
        """Commands joined by `|`; a single one comes as it is unless negated or timed."""
        start = self.pos
        negated = timed = False
        while match := _PREFIX.match(self.text, self.pos, self.end):
            if match[1] == "time" and not self.bash:
                break
            self.pos = match.end()
            if match[1] == "!":
                negated = not negated
            else:
                timed = True
                option = _TIME_OPTION.match(self.text, self.pos, self.end)
                self.pos = option.end() if option else self.pos
            self.blanks()
        prefixed = self.pos > start
        end = self.pos
        commands: list[Node] = []
        operators: list[str] = []
        while True:
            command = self.command()
            if command is None:
                if operators:
                    self.fault(end, self.pos, f"nothing follows `{operators.pop()}`")
                elif not prefixed:
                    return None
                break
            commands.append(command)
            end = command.read_end
            self.blanks()
            if not self.at("|") or self.at("||"):
                break
            operator = "|&" if self.bash and self.at("|&") else "|"
            operators.append(operator)
            end = self.pos
            self.pos += len(operator)
            self.newlines()
        if not prefixed and len(commands) == 1:
            return commands[0]
        end = commands[-1].read_end if commands else end
        node = Pipeline(self.origin, start, end, commands)
        node.operators = operators
        node.negated = negated
        node.timed = timed
        return node

    def simple_command(self) -> Node | None:
        """Assignments, words and redirections, or the definition of a function."""
        start = end = self.pos
        assignments: list[Assignment] = []
        words: list[Word] = []
        redirections: list[Redirection] = []
        while True:
            self.blanks()
            char = self.peek()
            if not char or char in "\n;|)":
                break
            if char in "<>&{" or "0" <= char <= "9":
                redirection = self.redirection()
                if redirection:
                    redirections.append(redirection)
                    end = self.pos
                    continue
                if char == "&":
                    break
            if char == "(":
                match = _PARENTHESES.match(self.text, self.pos, self.end)
                if match and len(words) == 1 and not assignments and not redirections:
                    self.pos = match.end()
                    return self.function_definition(start, words[0].text)
                self.fault(self.pos, self.pos + 1, "unexpected `(`")
                break
            assignment = None if words else self.assignment()
            if assignment:
                assignments.append(assignment)
            else:
                word = self.word()
                if word is None:
                    break
                words.append(word)
            end = self.pos
        if not (assignments or words or redirections):
            return None
        return Command(self.origin, start, end, assignments, words, redirections)

    def function_definition(self, start: int, name: str) -> Node:
        """A function from behind its name and parentheses on."""
        self.newlines()
        body = None
        if self.enter(start):
            body = self.command()
            self.depth -= 1
        if body is None:
            self.fault(start, self.pos, f"the function `{name}` has no body")
        end = body.read_end if body else self.pos
        return FunctionDefinition(self.origin, start, end, name, body)

    def assignment(self) -> Assignment | None:
        """`name=value`, if it stands here."""
        start = self.pos
        match = _ASSIGNMENT.match(self.text, start, self.end)
        if not match or not self.spend(start):
            return None
        subscript = None
        if match[2] is not None:
            parts: list[Part] = []
            self.bounded(parts, match.start(2), match.end(2), '$`\\"', '"')
            subscript = Word(self.origin, match.start(2), match.end(2), parts)
            if self.stopped:
                return None
        self.pos = match.end()
        value_start = self.pos
        values: list[Part] = []
        if self.at("("):
            values.append(self.array())
        else:
            self.unquoted(values)
        value = Word(self.origin, value_start, self.pos, values)
        name = self.origin.text[match.start(1) : match.end(1)]
        append = match[3] == "+="
        return Assignment(self.origin, start, self.pos, name, value, subscript, append)

    def array(self) -> Array:
        """The parenthesis of an array assignment."""
        start = self.pos
        elements: list[Word] = []
        if not self.enter(start):
            return Array(self.origin, start, self.pos, elements)
        self.pos += 1
        while True:
            self.newlines()
            word = self.word()
            if word is None:
                break
            elements.append(word)
        if self.at(")"):
            self.pos += 1
        else:
            self.fault(start, start + 1, "the parenthesis of this array is never closed")
        self.depth -= 1
        return Array(self.origin, start, self.pos, elements)

    def redirection(self) -> Redirection | None:
        """A redirection, if one begins here."""
        start = self.pos
        match = _REDIRECTION.match(self.text, start, self.end)
        if not match:
            return None
        operator = match[2] or match[3]
        if match[3] and not self.bash:
            return None
        stop = match.end()
        if operator in "<>" and self.bash and self.text.startswith("(", stop, self.end):
            return None
        self.pos = stop
        self.spaces()
        fd = match[1] or ""
        if operator in ("<<", "<<-"):
            return self.heredoc_start(start, fd, operator)
        target = self.word()
        if target is None:
            self.fault(start, stop, f"nothing follows `{operator}`")
            self.pos = stop
        return Redirection(self.origin, start, self.pos, fd, operator, target)

    def heredoc_start(self, start: int, fd: str, operator: str) -> Redirection:
        """A here-document's delimiter; its body is read at the end of the line."""
        match = _DELIMITER.match(self.text, self.pos, self.end)
        if not match:
            self.fault(start, self.pos, f"nothing follows `{operator}`")
            return Redirection(self.origin, start, self.pos, fd, operator, None)
        written = match[0]
        delimiter = _QUOTE_MARKS.sub(lambda m: m[1] or "", written)
        begin, self.pos = self.pos, match.end()
        part = Literal(self.origin, begin, self.pos, "", delimiter)
        target = Word(self.origin, begin, self.pos, (part,))
        redirection = Redirection(self.origin, start, self.pos, fd, operator, target)
        redirection.quoted = _QUOTE_MARKS.search(written) is not None
        self.pending.append(redirection)
        return redirection

    def redirections(self) -> list[Redirection]:
        """The redirections behind a compound command."""
        found: list[Redirection] = []
        while True:
            back = self.pos
            self.spaces()
            if not self.peek() or self.peek() not in "<>&{0123456789":
                redirection = None
            else:
                redirection = self.redirection()
            if redirection is None:
                self.pos = back if not found else found[-1].read_end
                return found
            found.append(redirection)
