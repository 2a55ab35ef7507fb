"""Expressions: operators by precedence, terms, traversals."""

from __future__ import annotations

import re

from plumblint.syntax.hcl.nodes import (
    AttributeStep,
    Binary,
    Call,
    Conditional,
    Expression,
    ForExpr,
    IndexStep,
    Item,
    Literal,
    Object,
    Parens,
    SplatStep,
    Step,
    Traversal,
    Tuple,
    Unary,
)
from plumblint.syntax.hcl.scanner import Blank, Failure, across_lines, identifier, within_line
from plumblint.syntax.hcl.template import TemplateParser

_number = re.compile(r"[0-9]++(?:\.[0-9]++)?+(?:[eE][+-]?+[0-9]++)?+").match
_digits = re.compile(r"[0-9]++").match
_fraction = re.compile(r"\.[0-9]").match
_namespace = re.compile(r"\s*+::\s*+([^\W\d][\w-]*+)").match
_for_keyword = re.compile(r"for(?![\w-])").match

_PRECEDENCE = {
    "||": 1, "&&": 2, "==": 3, "!=": 3, ">": 4, ">=": 4, "<": 4, "<=": 4,
    "+": 5, "-": 5, "*": 6, "/": 6, "%": 6,
}  # fmt: skip
_KEYWORDS = {"true": True, "false": False, "null": None}
# Longer numbers lose their digits: int() is quadratic, and CPython refuses 4,300 of them.
_EXACT_DIGITS = 300


def _value(number: str) -> int | float:
    return int(number) if number.isdigit() and len(number) <= _EXACT_DIGITS else float(number)


def _reduce(operands: list[Expression], pending: list[str]) -> None:
    """Make one node of the last operators that are of one precedence."""
    level = _PRECEDENCE[pending[-1]]
    first = len(pending) - 1
    while first > 0 and _PRECEDENCE[pending[first - 1]] == level:
        first -= 1
    count = len(pending) - first
    node = Binary(operands[-count - 1 :], pending[first:])
    del operands[-count - 1 :], pending[first:]
    operands.append(node)


class ExpressionParser(TemplateParser):
    """Reads expressions."""

    def expression(self) -> Expression:
        """An expression; white space before it is skipped, behind it not."""
        self.deeper()
        result = self._operation()
        if self.skip() == "?":
            self.pos += 1
            then = self.expression()
            if self.skip() != ":":
                raise self.failure("`:` and the value for the other case are missing")
            self.pos += 1
            result = Conditional(result, then, self.expression())
        self.depth -= 1
        return result

    def _operation(self) -> Expression:
        """Terms joined by operators: one pass with two stacks, no recursion."""
        first = self._term()
        operator = self._operator()
        if not operator:
            return first
        operands = [first]
        pending: list[str] = []
        while operator:
            level = _PRECEDENCE[operator]
            while pending and _PRECEDENCE[pending[-1]] > level:
                _reduce(operands, pending)
            pending.append(operator)
            self.pos += len(operator)
            operands.append(self._term())
            operator = self._operator()
        while pending:
            _reduce(operands, pending)
        return operands[0]

    def _operator(self) -> str:
        """The binary operator that follows, else ""."""
        char = self.skip()
        if char and char in "=!<>&|+-*/%":
            pair = self.text[self.pos : self.pos + 2]
            if pair in _PRECEDENCE:
                return pair
            if char in _PRECEDENCE and pair != "//":
                return char
            if char in "&|":
                raise self.failure(f"`{char}` is no operator; `{char}{char}` is")
        return ""

    def _term(self) -> Expression:
        """A term with the signs before it and the steps behind it."""
        char = self.skip()
        if char and char in "-!":
            start = self.pos
            signs = []
            while char and char in "-!":
                signs.append(char)
                self.pos += 1
                char = self.skip()
            return Unary(start, "".join(signs), self._steps(self._primary(char)))
        return self._steps(self._primary(char))

    def _primary(self, char: str) -> Expression:
        """A term without its steps, whose first character is `char`."""
        if char == '"':
            return self.quoted()
        if char == "[":
            return self._tuple()
        if char == "{":
            return self._object()
        if char == "(":
            return self._parens()
        if char == "<":
            return self.heredoc()
        start = self.pos
        if match := identifier(self.text, start):
            return self._named(match[0], start, match.end())
        if match := _number(self.text, start):
            self.pos = match.end()
            if identifier(self.text, self.pos):
                raise self.failure("a number ends here", self.pos)
            return Literal(start, self.pos, _value(match[0]))
        raise self.failure("a value is missing here")

    def _named(self, name: str, start: int, end: int) -> Expression:
        """A call, a keyword or a variable."""
        self.pos = end
        char = self.skip()
        if char == "(":
            return self._call(name, start, end)
        if char == ":" and self.text.startswith("::", self.pos):
            words = [name]
            while match := _namespace(self.text, self.pos):
                words.append(match[1])
                self.pos = end = match.end()
            if self.skip() == "(":
                return self._call("::".join(words), start, end)
            raise self.failure("the arguments of this function are missing", start, end)
        if name in _KEYWORDS:
            return Literal(start, end, _KEYWORDS[name])
        return Traversal(start, end, name, None, [])

    def _call(self, name: str, start: int, name_end: int) -> Call:
        """A call whose opening parenthesis is at the present place."""
        opening = self.pos
        blank = self._open()
        call = Call((start, start), name, name_end, [])
        while self.skip() != ")":
            call.arguments.append(self.expression())
            char = self.skip()
            if char == ",":
                self.pos += 1
            elif self.text.startswith("...", self.pos):
                call.expand = True
                self.pos += 3
                if self.skip() != ")":
                    raise self.failure("`)` is missing behind `...`")
            elif char != ")":
                raise self._unclosed(opening, "`,` or `)` is missing here")
        self._close(blank)
        call.end = self.pos
        return call

    def _parens(self) -> Parens:
        start = self.pos
        blank = self._open()
        inner = self.expression()
        if self.skip() != ")":
            raise self._unclosed(start, "`)` is missing here")
        self._close(blank)
        return Parens(start, self.pos, inner)

    def _tuple(self) -> Tuple | ForExpr:
        start = self.pos
        blank = self._open()
        items: list[Expression] = []
        self.skip()
        if _for_keyword(self.text, self.pos):
            return self._for(start, "]", blank)
        while self.skip() != "]":
            items.append(self.expression())
            char = self.skip()
            if char == ",":
                self.pos += 1
            elif char != "]":
                raise self._unclosed(start, "`,` or `]` is missing here")
        self._close(blank)
        return Tuple(start, self.pos, items)

    def _object(self) -> Object | ForExpr:
        start = self.pos
        blank = self._open()
        items: list[Item] = []
        self.skip()
        if _for_keyword(self.text, self.pos):
            return self._for(start, "}", blank)
        while True:
            # Between items a line end is a separator like a comma, not more.
            self.blank = across_lines
            if self.skip() == "}":
                break
            self.blank = within_line
            items.append(self._pair(start))
            char = self.skip()
            if char == ",":
                self.pos += 1
            elif char and char not in "}\n#/":
                raise self.failure("a line end, `,` or `}` is missing here")
        self._close(blank)
        return Object(start, self.pos, items)

    def _pair(self, opening: int) -> Item:
        """`key = value` or `key : value`."""
        key = self.expression()
        char = self.skip()
        if not char or char not in "=:" or self.text.startswith("=>", self.pos):
            raise self._unclosed(opening, "`=` and a value are missing here")
        self.pos += 1
        return Item(key, self.expression())

    def _for(self, start: int, closing: str, blank: Blank) -> ForExpr:
        """A `for` expression whose word `for` is at the present place."""
        self.pos += 3
        names = self.for_names()
        result = ForExpr(start, names, self.expression())
        if self.skip() != ":":
            raise self.failure("`:` and a value are missing here")
        self.pos += 1
        result.value = self.expression()
        self.skip()
        if closing == "}":
            if not self.text.startswith("=>", self.pos):
                raise self.failure("`=>` and a value are missing here")
            self.pos += 2
            result.key, result.value = result.value, self.expression()
            self.skip()
            if self.text.startswith("...", self.pos):
                self.pos += 3
                result.grouped = True
                self.skip()
        match = identifier(self.text, self.pos)
        if match and match[0] == "if":
            self.pos = match.end()
            result.condition = self.expression()
        if self.skip() != closing:
            raise self._unclosed(start, f"`{closing}` is missing here")
        self._close(blank)
        result.end = self.pos
        return result

    def _steps(self, term: Expression) -> Expression:
        """`term` with the attributes and indexes behind it."""
        steps: list[Step] = []
        while (char := self.skip()) and char in ".[":
            if char == "[":
                steps.append(self._index())
            elif self.text.startswith("...", self.pos):
                break
            else:
                steps.append(self._dot())
        if not steps:
            return term
        if type(term) is Traversal:
            term.steps = steps
            term.end = steps[-1].end
            return term
        return Traversal(term.start, steps[-1].end, "", term, steps)

    def _dot(self) -> Step:
        """`.name`, `.*` or `.0`."""
        start = self.pos
        self.pos += 1
        char = self.skip()
        if char == "*":
            self.pos += 1
            return SplatStep(start, self.pos, False)
        if match := identifier(self.text, self.pos):
            self.pos = match.end()
            return AttributeStep(start, self.pos, match[0])
        if match := _digits(self.text, self.pos):
            key = Literal(match.start(), match.end(), _value(match[0]))
            self.pos = match.end()
            if _fraction(self.text, self.pos):
                raise self.failure("an index of this form cannot be followed by another")
            return IndexStep(start, self.pos, key)
        raise self.failure("the name of an attribute is missing here")

    def _index(self) -> Step:
        """`[*]` or `[key]`."""
        start = self.pos
        blank = self._open()
        if self.skip() == "*":
            self.pos += 1
            self.skip()
            step: Step = SplatStep(start, start, True)
        else:
            step = IndexStep(start, start, self.expression())
        if self.skip() != "]":
            raise self._unclosed(start, "`]` is missing here")
        self._close(blank)
        step.end = self.pos
        return step

    def _open(self) -> Blank:
        """Go behind an opening bracket; what `_close` is to restore."""
        blank, self.blank = self.blank, across_lines
        self.pos += 1
        self.brackets += 1
        return blank

    def _close(self, blank: Blank) -> None:
        """Go behind a closing bracket."""
        self.blank = blank
        self.pos += 1
        self.brackets -= 1

    def _unclosed(self, opening: int, missing: str) -> Failure:
        """What to raise where a bracket should go on or close."""
        if self.pos >= self.size:
            bracket = self.text[opening]
            return self.failure(f"this `{bracket}` is never closed", opening, opening + 1)
        return self.failure(missing)
