"""Words of a shell script: quotes, escapes and the fixed characters between them."""

from __future__ import annotations

import re

from plumblint.syntax.pattern import lazy_pattern
from plumblint.syntax.shell.masking import FIRST, REST
from plumblint.syntax.shell.nodes import Expression, Literal, Part, Word
from plumblint.syntax.shell.scanner import Scanner

PLAIN = lazy_pattern(r"[^ \t\n\r;&|()<>\\'\"`$\ue000]++")
"""Characters that stand for themselves in a word without quotes."""
_END_OF_WORD = frozenset(" \t\n;&|)")
_LAST_CONTINUATION = lazy_pattern(r"\\\r?\n(?:[ \t\r\n;&|)]|\Z)")
_DECLARED = lazy_pattern(r"[A-Za-z_][A-Za-z0-9_]*(?:\[[^\]]*\])?\+?=")
_EXTGLOB = frozenset("?*+@!")
_GROUPED = lazy_pattern(r"[^()\n\\'\"`$\ue000]++")
_ANSI = lazy_pattern(r"(?:[^'\\]|\\.)*+", re.DOTALL)
_ANSI_ESCAPE = lazy_pattern(
    r"\\(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|([0-7]{1,3})|c(.)|(.))",
    re.DOTALL,
)
_ANSI_CHARACTERS = {
    "a": "\a", "b": "\b", "e": "\x1b", "E": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t",
    "v": "\v", "\\": "\\", "'": "'", '"': '"', "?": "?",
}  # fmt: skip

DOUBLE = '$`"\\'
"""What a backslash protects in double quotes, beside the line end."""
HEREDOC = "$`\\"
BRACE = '$`"\\}'
ANYTHING = ""
"""A backslash protects whatever follows."""

_RUNS: dict[str, re.Pattern[str]] = {}


def _run(stops: str) -> re.Pattern[str]:
    """Matches characters up to a special one or one of `stops`."""
    if stops not in _RUNS:
        _RUNS[stops] = lazy_pattern(f"[^\\\\$`\ue000{re.escape(stops)}]++")
    return _RUNS[stops]


def _ansi_value(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code:
        number = int(code, 16)
        return chr(number) if number < 0xD800 or 0xDFFF < number < 0x110000 else "\ufffd"
    if match[4]:
        return chr(int(match[4], 8) & 0xFF)
    if match[5]:
        return chr(ord(match[5]) & 0x1F)
    return _ANSI_CHARACTERS.get(match[6], "\\" + match[6])


class QuotingReader(Scanner):
    """Reads words and what is quoted in them."""

    __slots__ = ()

    def literal(self, parts: list[Part], start: int, quoted: str, values: list[str]) -> None:
        """Adds the fixed characters from `start` to here, if any, and forgets their values."""
        if self.pos > start:
            parts.append(Literal(self.origin, start, self.pos, quoted, "".join(values)))
        values.clear()

    def word(self) -> Word | None:
        """The word that begins here, None where none can."""
        start = self.pos
        if not self.spend(start):
            return None
        match = PLAIN.match(self.text, start, self.end)
        if match:
            stop = match.end()
            if stop == self.end or self.text[stop] in _END_OF_WORD:
                self.pos = stop
                part = Literal(self.origin, start, stop, "", match[0])
                return Word(self.origin, start, stop, (part,))
        parts: list[Part] = []
        self.unquoted(parts)
        return Word(self.origin, start, self.pos, parts) if self.pos > start else None

    def unquoted(self, parts: list[Part], regex: bool = False) -> None:
        """The parts of a word; in a `regex` parentheses need no pattern operator before them."""
        text = self.text
        word = start = self.pos
        values: list[str] = []
        groups = 0
        while self.pos < self.end:
            match = (_GROUPED if groups else PLAIN).match(text, self.pos, self.end)
            if match:
                values.append(match[0])
                self.pos = match.end()
                continue
            char = text[self.pos]
            before = self.pos
            if char == "(" and (groups or regex or self.opens_pattern(word)):
                groups += 1
            elif char == "(" and self.opens_array(word, parts):
                self.literal(parts, start, "", values)
                parts.append(self.array())
                start = self.pos
                continue
            elif char == ")" and groups:
                groups -= 1
            elif char == "\\":
                if not groups and _LAST_CONTINUATION.match(text, before, self.end):
                    break
                values.append(self.escaped(ANYTHING))
                continue
            elif (char == "|" and regex) or (char == "\r" and not self.line_ends_here()):
                pass
            elif char in "<>" and self.bash and text.startswith("(", before + 1, self.end):
                self.literal(parts, start, "", values)
                part = self.substitution_of(before, char + "(", "")
                if part:
                    parts.append(part)
                start = self.pos
                continue
            elif char in "'\"`$\ue000":
                self.literal(parts, start, "", values)
                if self.special(parts, char, ""):
                    start = self.pos
                    continue
                start = before
            else:
                break
            values.append(char)
            self.pos = before + 1
        self.literal(parts, start, "", values)
        if groups and not self.stopped:
            self.fault(word, self.pos, "a parenthesis of this pattern is never closed")

    def line_ends_here(self) -> bool:
        """Whether the carriage return here belongs to a line end."""
        return self.pos + 1 >= self.end or self.text[self.pos + 1] == "\n"

    def opens_pattern(self, word: int) -> bool:
        """Whether a parenthesis here belongs to a pattern such as `@(a|b)`."""
        before = self.text[self.pos - 1] if self.pos > word else ""
        return self.bash and before in _EXTGLOB and before != "" and not self.at("()")

    def opens_array(self, word: int, parts: list[Part]) -> bool:
        """Whether a parenthesis here follows `name=`."""
        return (
            not parts
            and 0 < self.pos - word < 200
            and self.text[self.pos - 1] == "="
            and _DECLARED.fullmatch(self.text, word, self.pos) is not None
        )

    def escaped(self, protects: str) -> str:
        """The value of a backslash and what follows it, both gone over."""
        text = self.text
        at = self.pos + 1
        if text.startswith("\r\n", at, self.end):
            self.pos = at + 2
            return ""
        if at >= self.end:
            self.pos = at
            return "\\"
        self.pos = at + 1
        char = text[at]
        if char == "\n":
            return ""
        if char == FIRST:  # an expression's place must stay visible
            self.pos = at
            return "\\"
        return char if not protects or char in protects else "\\" + char

    def special(self, parts: list[Part], char: str, quoted: str) -> bool:
        """Quotes or an expansion that begin here, False if the character stands for itself."""
        if char == "'":
            self.single(parts)
        elif char == '"':
            self.double(parts)
        elif char == "`":
            self.backtick(parts, quoted)
        elif char == "$":
            return self.dollar(parts, quoted)
        else:
            return self.expression(parts, quoted)
        return True

    def expression(self, parts: list[Part], quoted: str) -> bool:
        """A masked GitHub expression; False for a private-use character of the script's own."""
        if not self.masked or not self.origin.text.startswith("${{", self.pos):
            return False
        start = self.pos
        self.pos += 1
        while self.at(REST):
            self.pos += 1
        parts.append(Expression(self.origin, start, self.pos, quoted))
        return True

    def single(self, parts: list[Part]) -> None:
        """Single quotes."""
        opening = self.pos
        stop = self.text.find("'", opening + 1, self.end)
        if stop < 0:
            self.fault(opening, opening + 1, "a single quote is never closed")
        self.pos = opening + 1
        self.verbatim(parts, self.end if stop < 0 else stop, "'")
        self.pos = self.end if stop < 0 else stop + 1

    def verbatim(self, parts: list[Part], stop: int, quoted: str) -> None:
        """The characters up to `stop` as they are, and the expressions among them."""
        text = self.text
        start = self.pos
        if start == stop:
            parts.append(Literal(self.origin, start, stop, quoted, ""))
        while self.pos < stop:
            found = text.find(FIRST, self.pos, stop) if self.masked else -1
            self.pos = stop if found < 0 else found
            if found < 0 or self.origin.text.startswith("${{", found):
                self.literal(parts, start, quoted, [text[start : self.pos]])
            if found >= 0 and self.expression(parts, quoted):
                start = self.pos
            elif found >= 0:
                self.pos += 1
                if self.pos == stop:
                    self.literal(parts, start, quoted, [text[start:stop]])

    def double(self, parts: list[Part]) -> None:
        """Double quotes."""
        opening = self.pos
        self.pos += 1
        count = len(parts)
        if self.inner(parts, '"', "", DOUBLE, '"'):
            if len(parts) == count:
                parts.append(Literal(self.origin, self.pos, self.pos, '"', ""))
            self.pos += 1
        else:
            self.fault(opening, opening + 1, "a double quote is never closed")

    def ansi(self, parts: list[Part]) -> None:
        """`$'…'`, with escapes as in C."""
        opening = self.pos
        match = _ANSI.match(self.text, opening + 2, self.end)
        stop = match.end() if match else self.end
        value = _ANSI_ESCAPE.sub(_ansi_value, self.text[opening + 2 : stop])
        parts.append(Literal(self.origin, opening + 2, stop, "$'", value))
        if not self.text.startswith("'", stop, self.end):
            self.fault(opening, opening + 2, "a single quote is never closed")
            stop = self.end - 1
        self.pos = stop + 1

    def inner(
        self, parts: list[Part], terminator: str, quotes: str, protects: str, quoted: str
    ) -> bool:
        """Parts up to the terminator, which is left there, or to the end (False).

        Blanks and operators are fixed characters; `quotes` says which quotes count,
        `protects` what a backslash takes its meaning from, `quoted` what to note on
        the parts.  Without a terminator the answer is always False.
        """
        run = _run(terminator + quotes)
        values: list[str] = []
        start = self.pos
        while self.pos < self.end:
            match = run.match(self.text, self.pos, self.end)
            if match:
                values.append(match[0])
                self.pos = match.end()
                continue
            char = self.text[self.pos]
            before = self.pos
            if char == terminator:
                self.literal(parts, start, quoted, values)
                return True
            if char == "\\":
                values.append(self.escaped(protects))
                continue
            self.literal(parts, start, quoted, values)
            if self.special(parts, char, quoted):
                start = self.pos
                continue
            start = before
            values.append(char)
            self.pos = before + 1
        self.literal(parts, start, quoted, values)
        return False
