"""Expansions in the words of a shell script: parameters, substitutions, here-documents."""

from __future__ import annotations

import re

from plumblint.syntax.pattern import lazy_pattern
from plumblint.syntax.shell.nodes import (
    Arithmetic,
    CommandSubstitution,
    Literal,
    Origin,
    Parameter,
    Part,
    ProcessSubstitution,
    Redirection,
    Script,
    Word,
)
from plumblint.syntax.shell.quoting import (
    ANYTHING,
    BRACE,
    DOUBLE,
    HEREDOC,
    QuotingReader,
)

_SHORT = lazy_pattern(r"\$(?:[A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-])")
_BRACED = lazy_pattern(r"\$\{([!#]?)([A-Za-z_\ue000][A-Za-z0-9_\ue000\ue001]*|[0-9]+|[@*#?$!-])")
_OPERATOR = lazy_pattern(r":[-=?+]|[-=?+]|##?|%%?|/[/#%]?|\^\^?|,,?|~~?|[@:*]")
_DEFAULTS = frozenset({":-", "-", ":=", "=", ":?", "?", ":+", "+"})
_PARENTHESIS = lazy_pattern(r"[()]|\\.", re.DOTALL)
_BACKTICKED = lazy_pattern(r"(?:[^`\\]|\\.)*+", re.DOTALL)
_UNESCAPED = {"": lazy_pattern(r"\\(?=[$`\\])"), '"': lazy_pattern(r'\\(?=[$`\\"])')}
_TABS = lazy_pattern(r"(?m)^\t+")


class _Kept:
    """Places of a text from which single characters were taken out."""

    __slots__ = ("indices", "origin")

    def __init__(self, origin: Origin, indices: list[int]) -> None:
        self.origin = origin
        self.indices = indices

    def span(self, start: int, end: int) -> tuple[int, int]:
        if end > start:
            return self.origin.span(self.indices[start], self.indices[end - 1] + 1)
        return self.origin.span(self.indices[0], self.indices[0])


class ExpansionReader(QuotingReader):
    """Reads what the shell replaces in a word."""

    __slots__ = ()

    def dollar(self, parts: list[Part], quoted: str) -> bool:
        """The expansion that begins here, False if the dollar stands for itself."""
        start = self.pos
        if not self.spend(start):
            return True
        match = _SHORT.match(self.text, start, self.end)
        if match:
            self.pos = match.end()
            parts.append(Parameter(self.origin, start, self.pos, quoted, match[0][1:]))
            return True
        following = self.text[start + 1] if start + 1 < self.end else ""
        part: Part | None
        if following == "(":
            stop = self.arithmetic_end(start + 3) if self.at("$((") else -1
            if stop >= 0:
                part = self.arithmetic(start, start + 3, stop, 2, quoted)
            else:
                part = self.substitution_of(start, "$(", quoted)
        elif following == "{":
            part = self.parameter(start, quoted)
        elif following == "[" and self.bash:
            stop = self.text.find("]", start + 2, min(self.end, start + 500))
            if stop < 0 or "\n" in self.text[start:stop]:
                return False
            part = self.arithmetic(start, start + 2, stop, 1, quoted)
        elif following == "'" and self.bash and not quoted:
            self.ansi(parts)
            return True
        elif following == '"' and self.bash and not quoted:
            self.pos += 1
            self.double(parts)
            return True
        else:
            return False
        if part:
            parts.append(part)
        return True

    def parameter(self, start: int, quoted: str) -> Part | None:
        """`${…}`."""
        if not self.enter(start):
            return None
        match = _BRACED.match(self.text, start, self.end)
        self.pos = match.end() if match else start + 2
        name = self.origin.text[match.start(2) : match.end(2)] if match else ""
        part = Parameter(self.origin, start, start, quoted, name)
        part.prefix = match[1] if match else ""
        if match and self.at("["):
            self.pos += 1
            part.subscript = self.argument("]", quoted, "'\"")
            if self.at("]"):
                self.pos += 1
        operator = _OPERATOR.match(self.text, self.pos, self.end) if match else None
        if operator:
            part.operator = operator[0]
            self.pos = operator.end()
        if part.operator or not self.at("}"):
            literal_quotes = quoted and part.operator in _DEFAULTS
            part.argument = self.argument("}", quoted, '"' if literal_quotes else "'\"")
        if self.at("}"):
            self.pos += 1
        else:
            self.fault(start, min(start + 2, self.end), "this `${` is never closed")
        self.depth -= 1
        part.read_end = self.pos
        return part

    def argument(self, terminator: str, quoted: str, quotes: str) -> Word:
        """What stands in `${…}` behind the operator, or in brackets."""
        start = self.pos
        parts: list[Part] = []
        self.inner(parts, terminator, quotes, BRACE if quoted else ANYTHING, quoted)
        return Word(self.origin, start, self.pos, parts)

    def arithmetic_end(self, start: int) -> int:
        """Where the `))` of an arithmetic expression stands, -1 if it is none."""
        if self.lookahead < 0:
            return -1
        depth = 0
        last = self.end
        for match in _PARENTHESIS.finditer(self.text, start, self.end):
            if match[0] == "(":
                depth += 1
            elif match[0] == ")":
                depth -= 1
                if depth < 0:
                    last = match.start()
                    break
        self.lookahead -= last - start
        return last if self.text.startswith("))", last, self.end) else -1

    def arithmetic(self, start: int, inside: int, stop: int, close: int, quoted: str) -> Part:
        """`$((…))`, whose inside ends at `stop`."""
        parts: list[Part] = []
        self.bounded(parts, inside, stop, DOUBLE, quoted or '"')
        self.pos = stop + close
        return Arithmetic(self.origin, start, self.pos, quoted, parts)

    def bounded(self, parts: list[Part], start: int, stop: int, protects: str, quoted: str) -> None:
        """The parts between two offsets, as in double quotes."""
        end, self.end = self.end, stop
        self.pos = start
        pending, self.pending = self.pending, []
        if self.enter(start):
            self.inner(parts, "", "", protects, quoted)
            self.depth -= 1
        self.end = end
        self.pos = end if self.stopped else stop
        self.pending = pending

    def script(self, start: int, closer: str) -> Script:
        """The statements from here to the closer (or the end), apart from what surrounds them."""
        awaiting, self.awaiting = self.awaiting, {}
        pending, self.pending = self.pending, []
        self.pos = start
        statements = self.block((closer,) if closer else ())
        self.awaiting = awaiting
        self.pending = pending + self.pending
        return Script(self.origin, start, self.pos, statements)

    def substitution_of(self, start: int, opening: str, quoted: str) -> Part | None:
        """A substitution whose inside is a script."""
        if not self.enter(start):
            return None
        script = self.script(start + 2, ")")
        self.depth -= 1
        if self.at(")"):
            self.pos += 1
        else:
            self.fault(start, start + 2, f"this `{opening}` is never closed")
        if opening[0] in "<>":
            return ProcessSubstitution(self.origin, start, self.pos, opening[0], script)
        return CommandSubstitution(self.origin, start, self.pos, quoted, script)

    def backtick(self, parts: list[Part], quoted: str) -> None:
        """The substitution in backticks that begins here."""
        start = self.pos
        match = _BACKTICKED.match(self.text, start + 1, self.end)
        stop = match.end() if match else self.end
        closed = self.text.startswith("`", stop, self.end)
        if not closed:
            self.fault(start, start + 1, "a backtick is never closed")
        if self.enter(start):
            script = self.backticked(start + 1, stop, quoted)
            self.depth -= 1
            self.pos = self.end if self.stopped else stop + closed
            parts.append(CommandSubstitution(self.origin, start, self.pos, quoted, script))

    def backticked(self, start: int, stop: int, quoted: str) -> Script:
        r"""The script between backticks, where a backslash protects `$`, backtick and itself."""
        inside = self.text[start:stop]
        dropped = [start + m.start() for m in _escapes(inside, quoted)]
        if not dropped:
            end, self.end = self.end, stop
            script = self.script(start, "")
            self.end = end
            return script
        drop = set(dropped)
        kept = [at for at in range(start, stop) if at not in drop]
        origin = Origin("".join([self.origin.text[at] for at in kept]), _Kept(self.origin, kept))
        text = "".join([self.text[at] for at in kept])
        reader = type(self)(text, origin, self.dialect, self.masked)
        reader.depth = self.depth
        reader.faults = self.faults
        reader.comments = self.comments
        script = reader.script(0, "")
        reader.orphans()
        return script

    def orphans(self) -> None:
        """Records the here-documents that have no body because the script ends before."""
        for redirection in self.pending:
            start, end = redirection.read_start, redirection.read_end
            self.fault(start, end, "this here-document has no body")
        self.pending = []

    def heredoc(self, redirection: Redirection) -> None:
        """Reads a here-document's body, up to the line of its delimiter."""
        text = self.text
        delimiter = (redirection.target.literal or "") if redirection.target else ""
        tabs = redirection.operator == "<<-"
        start = line = self.pos
        after = -1
        while line < self.end:
            stop = text.find("\n", line, self.end)
            stop = self.end if stop < 0 else stop
            first = line
            while tabs and first < stop and text[first] == "\t":
                first += 1
            last = stop - (stop > first and text[stop - 1] == "\r")
            if last - first == len(delimiter) and text.startswith(delimiter, first):
                after = min(stop + 1, self.end)
                break
            line = stop + 1
        body_end = min(line, self.end)
        if after < 0:
            begin, end = redirection.read_start, redirection.read_end
            self.fault(begin, end, f"this here-document has no line `{delimiter}` that ends it")
        parts: list[Part] = []
        if redirection.quoted:
            self.pos = start
            if body_end > start:
                self.verbatim(parts, body_end, "'")
        else:
            self.bounded(parts, start, body_end, HEREDOC, '"')
        if tabs:
            self.without_tabs(parts)
        redirection.heredoc = Word(self.origin, start, body_end, parts)
        self.pos = self.end if after < 0 or self.stopped else after

    def without_tabs(self, parts: list[Part]) -> None:
        """Takes the leading tabs of each line, which `<<-` ignores, from the values."""
        for at, part in enumerate(parts):
            if isinstance(part, Literal):
                leads = at == 0 or self.text[part.read_start - 1] == "\n"
                value = part.value if leads else "\0" + part.value
                value = _TABS.sub("", value)
                part.value = value if leads else value[1:]


def _escapes(inside: str, quoted: str) -> list[re.Match[str]]:
    """The backslashes that vanish before the script in backticks is read."""
    pattern = _UNESCAPED['"' if quoted == '"' else ""]
    found = []
    at = 0
    while match := pattern.search(inside, at):
        found.append(match)
        at = match.end() + 1
    return found
