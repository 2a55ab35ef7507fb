"""Expressions → values: literals, variable defaults, locals, and what is computed from them.

Everything else is Unknown.  Evaluation is bounded in depth, and a local is
evaluated once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from plumblint.facts import Unknown
from plumblint.formats.terraform import functions
from plumblint.formats.terraform.value import Run, Value, as_runs, flag, scalar, text_value, unknown
from plumblint.repo import Repo
from plumblint.source import Source
from plumblint.syntax.hcl.body import Attribute, Block
from plumblint.syntax.hcl.nodes import (
    AttributeStep,
    Binary,
    Call,
    Conditional,
    Expression,
    Heredoc,
    IndexStep,
    Interpolation,
    Literal,
    Object,
    Parens,
    SplatStep,
    Template,
    Text,
    Traversal,
    Tuple,
    Unary,
)

DEPTH_LIMIT = 100
"""How deep expressions, the locals they name and those these name may nest."""

_ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)|\$\$\{|%%\{").finditer
_TEXT_ESCAPE = re.compile(r"\$\$\{|%%\{").finditer
_SIMPLE = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}


class Scope:
    """What names mean in a module's folder.

    `assigned` are the variables that a tfvars file sets which Terraform loads
    by itself; `undecided` those that only other tfvars files set.
    """

    __slots__ = (
        "assigned",
        "busy",
        "cache",
        "depth",
        "expansions",
        "folder",
        "locals",
        "repo",
        "undecided",
        "variables",
    )

    def __init__(self, folder: str, repo: Repo) -> None:
        self.folder = folder
        self.repo = repo
        self.variables: dict[str, tuple[Source, Block]] = {}
        self.locals: dict[str, tuple[Source, Attribute]] = {}
        self.assigned: dict[str, tuple[Source, Attribute]] = {}
        self.undecided: set[str] = set()
        self.cache: dict[str, Value] = {}
        self.busy: set[str] = set()
        self.depth = 0
        self.expansions = 0


class Evaluator:
    """Evaluates the expressions of one file; `names` are iterators in scope."""

    __slots__ = ("names", "scope", "source")

    def __init__(self, scope: Scope, source: Source, names: dict[str, Value] | None = None) -> None:
        self.scope = scope
        self.source = source
        self.names = names or {}

    def value(self, node: Expression) -> Value:
        """What an expression comes to."""
        scope = self.scope
        method = _METHODS.get(type(node))
        if method is None or scope.depth >= DEPTH_LIMIT:
            return self._unknown(node)
        scope.depth += 1
        try:
            return method(self, node)
        finally:
            scope.depth -= 1

    def text(self, node: Expression) -> str:
        """An expression as written."""
        return self.source.text[node.start : node.end]

    def _unknown(self, node: Expression) -> Value:
        return unknown(self.text(node), self.source.span(node.start, node.end))

    def _literal(self, node: Literal) -> Value:
        written = self.text(node)
        if not isinstance(node.value, str):
            span = self.source.span(node.start, node.end)
            exact = not isinstance(node.value, float) or repr(node.value) == written
            exact = exact and not written.endswith(".0")
            return Value(node.value, span, written, literal=exact)
        runs = self.runs_of(node.start + 1, node.end - 1, node.value, quoted=True)
        return text_value(runs, self.source.span(node.start + 1, node.end - 1), written)

    def runs_of(self, start: int, end: int, value: str, *, quoted: bool) -> list[Run]:
        """The runs of a literal text, whose escapes are runs of their own."""
        source = self.source
        if end - start == len(value):  # an escape is always longer than what it stands for
            return [Run(value, source.span(start, end), literal=True)]
        raw = source.text[start:end]
        runs: list[Run] = []
        last = 0
        for match in (_ESCAPE if quoted else _TEXT_ESCAPE)(raw):
            if match.start() > last:
                span = source.span(start + last, start + match.start())
                runs.append(Run(raw[last : match.start()], span, literal=True))
            span = source.span(start + match.start(), start + match.end())
            runs.append(Run(_unescaped(match[0]), span))
            last = match.end()
        if last < len(raw):
            runs.append(Run(raw[last:], source.span(start + last, end), literal=True))
        return runs

    def _template(self, node: Template) -> Value:
        """A template; white space that markers or `<<-` remove is kept, as it changes nothing
        that policies look at.
        """
        heredoc = isinstance(node, Heredoc)
        runs: list[Run] = []
        for part in node.parts:
            if isinstance(part, Text):
                runs += self.runs_of(part.start, part.end, part.value, quoted=not heredoc)
            elif isinstance(part, Interpolation):
                value = self.value(part.expression)
                if len(node.parts) == 1 and not heredoc:
                    return value
                runs += as_runs(value)
            else:
                runs.append(Run(None, self.source.span(part.start, part.end)))
        start, end = node.start + 1, node.end - 1
        if isinstance(node, Heredoc):
            start, end = node.content_start, node.content_end
        return text_value(runs, self.source.span(start, end), self.source.text[start:end])

    def _tuple(self, node: Tuple) -> Value:
        items = tuple(self.value(item) for item in node.items)
        return Value(items, self.source.span(node.start, node.end), self.text(node))

    def _object(self, node: Object) -> Value:
        members: dict[str, Value] = {}
        result = Value(members, self.source.span(node.start, node.end), self.text(node))
        for item in node.items:
            name = item.name
            if name is None:
                key = scalar(self.value(item.key))
                name = key if isinstance(key, str) else None
            if name is None:
                result.partial = True
            else:
                members[name] = self.value(item.value)
        return result

    def _parens(self, node: Parens) -> Value:
        return self.value(node.inner)

    def _unary(self, node: Unary) -> Value:
        data = self.value(node.operand).data
        span = self.source.span(node.start, node.end)
        for operator in reversed(node.operators):
            if operator == "!" and isinstance(data, bool):
                data = not data
            elif operator == "-" and isinstance(data, (int, float)) and not isinstance(data, bool):
                data = -data
            else:
                return self._unknown(node)
        return Value(data, span, self.text(node))

    def _binary(self, node: Binary) -> Value:
        values = [self.value(operand).data for operand in node.operands]
        data = values[0]
        for operator, right in zip(node.operators, values[1:], strict=True):
            data = functions.operate(operator, data, right)
            if isinstance(data, Unknown):
                return self._unknown(node)
        return Value(data, self.source.span(node.start, node.end), self.text(node))

    def _conditional(self, node: Conditional) -> Value:
        condition = flag(self.value(node.condition))
        if not isinstance(condition, bool):
            return self._unknown(node)
        return self.value(node.then if condition else node.otherwise)

    def _call(self, node: Call) -> Value:
        arguments = [self.value(argument) for argument in node.arguments]
        span = self.source.span(node.start, node.end)
        name = node.name.removeprefix("core::")
        result = None
        if name == "file" and len(arguments) == 1:
            result = self._file(arguments[0])
        elif not node.expand:
            result = functions.call(name, arguments, span, self.text(node))
        return result or self._unknown(node)

    def _file(self, argument: Value) -> Value | None:
        """The text of a file of the repo, its places in that file."""
        from plumblint.repo import normal

        path = scalar(argument)
        if not isinstance(path, str):
            return None
        inside = normal(path if path.startswith(self.scope.folder + "/") else self._below(path))
        source = self.scope.repo.source(inside) if inside else None
        if source is None:
            return None
        span = source.span(0, len(source.text))
        return text_value([Run(source.text, span, literal=True)], span, source.text)

    def _below(self, path: str) -> str:
        return f"{self.scope.folder}/{path}" if self.scope.folder else path

    def _traversal(self, node: Traversal) -> Value:
        steps = list(node.steps)
        words = node.words
        value: Value | None = None
        if node.source is not None:
            value = self.value(node.source)
        elif node.name in self.names:
            value = self.names[node.name]
        elif len(words) >= 2 and words[0] in ("var", "local"):
            value = self._named(words[0], words[1], node)
            steps = steps[1:]
        elif words == ("path", "module"):
            span = self.source.span(node.start, node.end)
            return text_value([Run(self.scope.folder or ".", span)], span, self.text(node))
        for step in steps:
            if value is None:
                break
            value = self._step(value, step)
        return value or self._unknown(node)

    def _step(self, value: Value, step: AttributeStep | IndexStep | SplatStep) -> Value | None:
        data = value.data
        if isinstance(step, SplatStep):
            return None
        key = step.name if isinstance(step, AttributeStep) else scalar(self.value(step.key))
        if isinstance(data, dict) and isinstance(key, str):
            return data.get(key)
        if isinstance(data, tuple) and isinstance(key, str) and key.isdigit() and len(key) < 9:
            return data[int(key)] if int(key) < len(data) and not value.partial else None
        return None

    def _named(self, kind: str, name: str, node: Traversal) -> Value | None:
        """A variable's or a local's value, as it arrives here."""
        scope = self.scope
        key = f"{kind}.{name}"
        if key not in scope.cache:
            if key in scope.busy:
                return None
            scope.busy.add(key)
            found = self._variable(name) if kind == "var" else self._local(name)
            scope.busy.discard(key)
            if found is None:
                found = self._unknown(node)
            scope.cache[key] = found
        else:
            found = scope.cache[key]
        return found.used(self.source.span(node.start, node.end))

    def _local(self, name: str) -> Value | None:
        found = self.scope.locals.get(name)
        return Evaluator(self.scope, found[0]).value(found[1].value) if found else None

    def _variable(self, name: str) -> Value | None:
        scope = self.scope
        if assigned := scope.assigned.get(name):
            return Evaluator(scope, assigned[0]).value(assigned[1].value)
        declared = scope.variables.get(name)
        if declared is None or name in scope.undecided:
            return None
        default = declared[1].body.attribute("default")
        if default is None:
            return None
        value = Evaluator(scope, declared[0]).value(default.value)
        value.default = True
        return value


def _unescaped(sequence: str) -> str:
    if sequence[0] != "\\":
        return sequence[1:]
    if sequence[1] in "uU" and len(sequence) > 2:
        code = int(sequence[2:], 16)
        return chr(code) if code < 0x110000 else "\ufffd"
    return _SIMPLE.get(sequence[1], sequence)


_METHODS: dict[type[Expression], Callable[[Evaluator, Any], Value]] = {
    Literal: Evaluator._literal,
    Template: Evaluator._template,
    Heredoc: Evaluator._template,
    Tuple: Evaluator._tuple,
    Object: Evaluator._object,
    Parens: Evaluator._parens,
    Unary: Evaluator._unary,
    Binary: Evaluator._binary,
    Conditional: Evaluator._conditional,
    Call: Evaluator._call,
    Traversal: Evaluator._traversal,
}
