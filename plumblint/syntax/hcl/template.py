"""Quoted strings and heredocs, with their `${…}` and `%{…}` sequences."""

from __future__ import annotations

import re

from plumblint.syntax.hcl.nodes import (
    Directive,
    Expression,
    Heredoc,
    Interpolation,
    Literal,
    Template,
    Text,
)
from plumblint.syntax.hcl.scanner import Scanner, across_lines, identifier

Part = Text | Interpolation | Directive

_plain_string = re.compile(r'"([^"\\\n$%]*+)"').match
_quoted_run = re.compile(r'[^"\\\n$%]*+').match
_escape = re.compile(r"\\(?:[nrt\"\\]|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})").match
_special_in_line = re.compile(r"[$%\n]").search
_heredoc_start = re.compile(r"<<(-?+)([^\W\d][\w-]*+)\r?\n").match
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_PARENT = {"else": "if", "endif": "if", "endfor": "for"}


class TemplateParser(Scanner):
    """Reads templates; what stands in a sequence is read by a subclass."""

    def expression(self) -> Expression:
        """One expression at the present place."""
        raise NotImplementedError

    def quoted(self) -> Literal | Template:
        """A string whose opening quote is at the present place."""
        start = self.pos
        if match := _plain_string(self.text, start):
            self.pos = match.end()
            return Literal(start, self.pos, match[1])
        self.pos += 1
        parts: list[Part] = []
        opened: list[Directive] = []
        while not self._quoted_text(start, parts):
            self._sequence(parts, opened)
        self._check_closed(opened)
        if not parts:
            return Literal(start, self.pos, "")
        if len(parts) == 1 and type(parts[0]) is Text:
            return Literal(start, self.pos, parts[0].value)
        return Template(start, self.pos, parts)

    def _quoted_text(self, start: int, parts: list[Part]) -> bool:
        """Text up to the closing quote (True, behind it) or up to a sequence (False)."""
        text, begin, values = self.text, self.pos, []
        while True:
            match = _quoted_run(text, self.pos)
            assert match is not None
            values.append(match[0])
            self.pos = match.end()
            char = text[self.pos : self.pos + 1]
            if char in ("", "\n"):
                raise self.failure("this string is never closed", start, start + 1)
            if char == "\\":
                values.append(self._escape_sequence())
            elif char == '"' or text[self.pos + 1 : self.pos + 2] == "{":
                break
            else:
                values.append(self._sign())
        if value := "".join(values):
            parts.append(Text(begin, self.pos, value))
        if char == '"':
            self.pos += 1
        return char == '"'

    def _escape_sequence(self) -> str:
        """The character that a backslash sequence stands for."""
        match = _escape(self.text, self.pos)
        if match is None:
            self.fault("not an escape sequence", self.pos, min(self.pos + 2, self.size))
            self.pos += 1
            return "\\"
        self.pos = match.end()
        sequence = match[0]
        if sequence[1] in "uU":
            code = int(sequence[2:], 16)
            return chr(code) if code < 0x110000 else "\ufffd"
        return _ESCAPES[sequence[1]]

    def _sign(self) -> str:
        """A `$` or `%` that begins no sequence; `$${` stands for `${`."""
        sign = self.text[self.pos]
        if self.text.startswith(sign + sign + "{", self.pos):
            self.pos += 3
            return sign + "{"
        self.pos += 1
        return sign

    def rest(self) -> Template:
        """The text from the present place to its end as a template, as `templatefile` reads it."""
        start, parts = self.pos, list[Part]()
        opened: list[Directive] = []
        while self.pos < self.size:
            # No line of a file closes it: a marker with a line end in it is none.
            self._heredoc_lines("\n", parts, start)
            if self.pos < self.size:
                self._sequence(parts, opened)
        self._check_closed(opened)
        return Template(start, self.size, parts)

    def heredoc(self) -> Heredoc:
        """A heredoc whose `<<` is at the present place."""
        match = _heredoc_start(self.text, self.pos)
        if match is None:
            raise self.failure("a value is missing here", self.pos, self.pos + 2)
        start, marker = self.pos, match[2]
        self.pos = content = match.end()
        opened: list[Directive] = []
        parts: list[Part] = []
        while True:
            end = self._heredoc_lines(marker, parts, content)
            if end >= 0:
                break
            if self.pos >= self.size:
                raise self.failure(
                    f"`{marker}` is missing: the heredoc is never closed", start, content
                )
            self._sequence(parts, opened)
        self._check_closed(opened)
        return Heredoc((start, self.pos), parts, (content, end), marker, match[1] == "-")

    def _heredoc_lines(self, marker: str, parts: list[Part], content: int) -> int:
        """Text up to a sequence, up to the end of the text, or with the closing marker.

        Where the closing marker's line begins, else -1.
        """
        text, begin, values = self.text, self.pos, []
        at_line_start = begin == content
        while True:
            if at_line_start:
                stop = self._closing_marker(marker)
                if stop >= 0:
                    break
                at_line_start = False
            match = _special_in_line(text, self.pos)
            if match is None:
                values.append(text[self.pos :])
                self.pos = self.size
                stop = -1
                break
            values.append(text[self.pos : match.start()])
            self.pos = match.start()
            if match[0] == "\n":
                values.append("\n")
                self.pos += 1
                at_line_start = True
            elif text[self.pos + 1 : self.pos + 2] == "{":
                stop = -1
                break
            else:
                values.append(self._sign())
        if value := "".join(values):
            parts.append(Text(begin, self.pos if stop < 0 else stop, value))
        return stop

    def _closing_marker(self, marker: str) -> int:
        """Read the closing marker if it is alone on the present line, which must end."""
        start = self.pos
        end = self.text.find("\n", start)
        if end < 0 or end - start < len(marker):
            return -1
        line = self.text[start:end]
        if line.strip() != marker:
            return -1
        self.pos = start + len(line.rstrip())
        return start

    def _sequence(self, parts: list[Part], opened: list[Directive]) -> None:
        """One `${…}` or `%{…}` at the present place."""
        text, start = self.text, self.pos
        strip_left = text.startswith("~", start + 2)
        self.pos = start + 3 if strip_left else start + 2
        blank, self.blank = self.blank, across_lines
        self.brackets += 1
        part: Interpolation | Directive
        if text[start] == "$":
            part = Interpolation(start, start, self.expression(), strip_left, False)
        else:
            part = self._directive(start, strip_left)
        if self.skip() == "~":
            part.strip_right = True
            self.pos += 1
        if text[self.pos : self.pos + 1] != "}":
            raise self.failure(
                "`}` is missing: the sequence that begins here is never closed", start, start + 2
            )
        self.pos += 1
        part.end = self.pos
        self.brackets -= 1
        self.blank = blank
        parts.append(part)
        if type(part) is Directive:
            self._balance(part, opened)

    def _directive(self, start: int, strip_left: bool) -> Directive:
        """What stands between `%{` and `}`."""
        self.skip()
        keyword = self.word("a directive is missing here (`if`, `for` …)")
        names: tuple[str, ...] = ()
        expression: Expression | None = None
        if keyword == "for":
            names = self.for_names()
            expression = self.expression()
        elif keyword == "if":
            expression = self.expression()
        elif keyword not in _PARENT:
            raise self.failure(f"`{keyword}` is no directive", self.pos - len(keyword), self.pos)
        return Directive(start, start, keyword, names, expression, (strip_left, False))

    def word(self, missing: str) -> str:
        """An identifier at the present place."""
        match = identifier(self.text, self.pos)
        if match is None:
            raise self.failure(missing)
        self.pos = match.end()
        return match[0]

    def for_names(self) -> tuple[str, ...]:
        """`v in` or `k, v in`, behind the word `for`."""
        self.skip()
        names = [self.word("the name of a variable is missing behind `for`")]
        if self.skip() == ",":
            self.pos += 1
            self.skip()
            names.append(self.word("the name of a second variable is missing"))
            self.skip()
        place = self.pos
        if self.word("`in` is missing here") != "in":
            raise self.failure("`in` is missing here", place, self.pos)
        return tuple(names)

    def _balance(self, part: Directive, opened: list[Directive]) -> None:
        """Check one directive against those still open."""
        parent = _PARENT.get(part.keyword)
        if parent is None:
            opened.append(part)
        elif (
            not opened
            or (opened[-1].keyword.replace("else", "if")) != parent
            or (part.keyword == opened[-1].keyword)
        ):
            self.fault(f"`%{{{part.keyword}}}` closes nothing", part.start, part.end)
        elif part.keyword == "else":
            opened[-1] = part
        else:
            opened.pop()

    def _check_closed(self, opened: list[Directive]) -> None:
        """Fault what is still open at the end of a template."""
        for part in opened:
            keyword = "for" if part.keyword == "for" else "if"
            self.fault(f"`%{{end{keyword}}}` is missing", part.start, part.end)
