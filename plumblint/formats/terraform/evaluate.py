"""Expressions → values: literals, variable defaults, locals, and what is computed from them.

Everything else is Unknown.  Evaluation is bounded in depth, and a local is
evaluated once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from plumblint.facts import Unknown
from plumblint.formats.terraform import functions
from plumblint.formats.terraform.loops import TOTAL_LIMIT, pairs
from plumblint.formats.terraform.scope import Scope
from plumblint.formats.terraform.value import (
    TEXT_LIMIT,
    Run,
    Value,
    as_runs,
    flag,
    scalar,
    text_value,
    unknown,
)
from plumblint.source import Source
from plumblint.syntax.hcl.nodes import (
    AttributeStep,
    Binary,
    Call,
    Conditional,
    Expression,
    ForExpr,
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

STEP_LIMIT = 100_000
"""Expressions of a module that are evaluated again, for items of collections, at most."""

_ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)|\$\$\{|%%\{").finditer
_TEXT_ESCAPE = re.compile(r"\$\$\{|%%\{").finditer
_SIMPLE = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}


class Evaluator:
    """Evaluates the expressions of one file; `names` are iterators in scope, None for none."""

    __slots__ = ("again", "names", "scope", "source")

    def __init__(self, scope: Scope, source: Source, names: dict[str, Value] | None = None) -> None:
        self.scope = scope
        self.source = source
        self.names = names or {}
        self.again = names is not None

    def value(self, node: Expression) -> Value:
        """What an expression comes to."""
        scope = self.scope
        method = _METHODS.get(type(node))
        if method is None or scope.depth >= DEPTH_LIMIT:
            return self._unknown(node)
        if self.again:
            scope.steps += 1
            if scope.steps > STEP_LIMIT:
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
        if isinstance(node, Heredoc):
            return self._pasted(node, node.content_start, node.content_end, quoted=False)
        [first, *more] = node.parts
        if not more and isinstance(first, Interpolation):
            return self.value(first.expression)
        return self._pasted(node, node.start + 1, node.end - 1, quoted=True)

    def pasted(self, node: Template) -> Value:
        """A template that is a file of its own."""
        return self._pasted(node, node.start, node.end, quoted=False)

    def _pasted(self, node: Template, start: int, end: int, *, quoted: bool) -> Value:
        runs: list[Run] = []
        for part in node.parts:
            if isinstance(part, Text):
                runs += self.runs_of(part.start, part.end, part.value, quoted=quoted)
            elif isinstance(part, Interpolation):
                runs += as_runs(self.value(part.expression))
            else:
                runs.append(Run(None, self.source.span(part.start, part.end)))
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
        if name in ("file", "templatefile") and arguments:
            result = self._file(arguments)
        elif not node.expand:
            result = functions.call(name, arguments, span, self.text(node))
        return result or self._unknown(node)

    def _file(self, arguments: list[Value]) -> Value | None:
        """The text of a file of the repo, or what a template there comes to, with places there."""
        source = self.scope.file(scalar(arguments[0]))
        if source is None:
            return None
        if len(arguments) == 1:
            span = source.span(0, len(source.text))
            return text_value([Run(source.text, span, literal=True)], span, source.text)
        return self._rendered(source, arguments[1])

    def _rendered(self, source: Source, names: Value) -> Value | None:
        """A file as a template, in which only `names` mean something."""
        template = self.scope.template(source) if len(source.text) < TEXT_LIMIT else None
        if template is None:
            return None
        known = names.data if isinstance(names.data, dict) else {}
        return Evaluator(self.scope, source, known).pasted(template)

    def _for(self, node: ForExpr) -> Value:
        """A `for` expression over a collection that is known; the rest of it stays undecided."""
        scope = self.scope
        collection = self.value(node.collection)
        found = pairs(collection)
        scope.expansions += len(found or ())
        if found is None or node.grouped or scope.expansions > TOTAL_LIMIT:
            return self._unknown(node)
        items: list[Value] = []
        members: dict[str, Value] = {}
        result = Value((), self.source.span(node.start, node.end), self.text(node))
        result.default = collection.default
        for key, item in found:
            names = {**self.names, **dict(zip(reversed(node.names), (item, key), strict=False))}
            inner = Evaluator(scope, self.source, names)
            wanted = True if node.condition is None else flag(inner.value(node.condition))
            if wanted is False:
                continue
            name = None if node.key is None else scalar(inner.value(node.key))
            if wanted is not True or isinstance(name, Unknown):
                result.partial = True
            elif name is None:
                items.append(inner.value(node.value))
            else:
                members[name] = inner.value(node.value)
        result.data = tuple(items) if node.key is None else members
        return result

    def _traversal(self, node: Traversal) -> Value:
        steps: Sequence[AttributeStep | IndexStep | SplatStep] = node.steps
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
        return (value and self._follow(value, steps)) or self._unknown(node)

    def _follow(
        self, value: Value, steps: Sequence[AttributeStep | IndexStep | SplatStep]
    ) -> Value | None:
        found: Value | None = value
        for number, step in enumerate(steps):
            if found is None:
                break
            if isinstance(step, SplatStep):
                return self._splat(found, steps[number + 1 :])
            found = self._step(found, step)
        return found

    def _splat(
        self, value: Value, steps: Sequence[AttributeStep | IndexStep | SplatStep]
    ) -> Value | None:
        """What the steps behind `[*]` come to for each item of a list."""
        self.scope.expansions += 1
        if value.partial or not isinstance(value.data, tuple):
            return None
        if self.scope.expansions > TOTAL_LIMIT:
            return None
        items = [
            self._follow(item, steps) or unknown(item.source, item.span) for item in value.data
        ]
        return Value(tuple(items), value.span, value.source, via=value.via)

    def _step(self, value: Value, step: AttributeStep | IndexStep) -> Value | None:
        data = value.data
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
            defaults = scope.defaults
            found = self._variable(name) if kind == "var" else self._local(name)
            scope.busy.discard(key)
            if found is None:
                found = self._unknown(node)
            scope.cache[key] = found
            if found.default or scope.defaults > defaults:
                scope.tainted.add(key)
        else:
            found = scope.cache[key]
        scope.defaults += key in scope.tainted
        return found.used(self.source.span(node.start, node.end))

    def _local(self, name: str) -> Value | None:
        found = self.scope.locals.get(name)
        return Evaluator(self.scope, found[0]).value(found[1].value) if found else None

    def _variable(self, name: str) -> Value | None:
        scope = self.scope
        if name in scope.given:
            return scope.given[name]
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
    ForExpr: Evaluator._for,
}
