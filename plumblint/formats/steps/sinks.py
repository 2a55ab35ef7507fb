"""Expressions in places where their text becomes code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from plumblint.facts import Condition, Expression
from plumblint.formats.steps.reading import Reading, Text, parse_inner
from plumblint.syntax.expressions import Call, Node, find, flowing, walk
from plumblint.tables import untrusted_contexts

Sink = Literal["run", "script", "input", "value"]
Class = Literal[
    "attacker",
    "input",
    "step-output",
    "job-output",
    "environment",
    "matrix",
    "secret",
    "trusted",
    "other",
]
_FIXED_TYPES = frozenset(("boolean", "number", "choice", "environment"))
_BY_CONTEXT: dict[str, Class] = {
    "steps": "step-output",
    "needs": "job-output",
    "jobs": "job-output",
    "matrix": "matrix",
    "env": "environment",
    "secrets": "secret",
}
_ATTACKER = tuple(tuple(path.split(".")) for path in untrusted_contexts.ATTACKER_CONTEXTS)
_INDIRECTIONS = 4
"""How many times an `env` value is followed to another one."""


class Scope:
    """What decides where the value of a step's expression comes from."""

    __slots__ = ("_layers", "matrix_fixed", "never_runs", "reading")

    def __init__(
        self,
        reading: Reading,
        *layers: Mapping[str, Text],
        matrix_fixed: bool = False,
        never_runs: bool = False,
    ) -> None:
        self.reading = reading
        self._layers = layers
        self.never_runs = never_runs
        """Whether a condition of the job or step is false whatever happens."""
        self.matrix_fixed = matrix_fixed
        """Whether the job's matrix is written out, without an expression."""

    def env(self, name: str) -> Text | None:
        """The variable of this lower-case name, the innermost one."""
        for layer in self._layers:
            if name in layer:
                return layer[name]
        return None

    def inner(self, env: Mapping[str, Text]) -> Scope:
        """A scope within this one, with further variables."""
        if not env:
            return self
        return Scope(
            self.reading,
            env,
            *self._layers,
            matrix_fixed=self.matrix_fixed,
            never_runs=self.never_runs,
        )

    def under(self, condition: Condition | None) -> Scope:
        """The scope under a condition; nothing becomes code under one that is never true."""
        if condition is None or condition.value is not False or self.never_runs:
            return self
        return Scope(self.reading, *self._layers, matrix_fixed=self.matrix_fixed, never_runs=True)

    def taints(self, name: str) -> bool:
        """Whether the variable of this lower-case name holds what strangers write."""
        text = self.env(name)
        return text is not None and self.is_tainted(text.value)

    def is_tainted(self, text: str) -> bool:
        """Whether a text holds what strangers write."""
        return any(
            classify(ref.path, node, self) == "attacker"
            for fence in find(text)
            if (node := parse_inner(text[fence.inner_start : fence.inner_end])[0]) is not None
            for ref in flowing(node)
        )

    @property
    def from_outside(self) -> bool:
        """Whether people without rights can start the workflow with a payload of theirs."""
        return self.reading.from_outside


def expressions_in(
    reading: Reading,
    text: Text,
    sink: Sink,
    path: str,
    key: str,
    scope: Scope,
    *,
    job: str = "",
    sink_name: str = "",
) -> list[Expression]:
    """A fact for every context whose text reaches the code in `text`."""
    found: list[Expression] = []
    if "${{" not in text.value or scope.never_runs:
        return found
    reading.spend(len(text.value))
    for fence in find(text.value):
        inner = text.value[fence.inner_start : fence.inner_end]
        node, _ = parse_inner(inner)
        if node is None:
            continue
        for ref in flowing(node):
            fact = Expression(
                span=text.place(fence.inner_start + ref.start, fence.inner_start + ref.end),
                path=path,
                key=reading.unique(f"{key}:{ref.name}"),
                text=inner.strip(),
                context=ref.name,
                source=classify(ref.path, node, scope),
                sink=sink,
                sink_name=sink_name,
                triggers=reading.events,
                job=job,
            )
            found.append(reading.add(fact))
    return found


def whole_secrets_in(reading: Reading, text: Text, path: str, key: str) -> None:
    """A fact where all secrets at once go into a variable or an input."""
    if "secrets" not in text.value.lower() or "${{" not in text.value:
        return
    for fence in find(text.value):
        inner = text.value[fence.inner_start : fence.inner_end]
        node, _ = parse_inner(inner)
        for ref in flowing(node) if node is not None else ():
            whole = len(ref.path) == 1 or ref.path[1] == "*"
            if ref.path[0] == "secrets" and (whole or _takes_apart(node)):
                fact = Expression(
                    span=text.place(fence.inner_start + ref.start, fence.inner_start + ref.end),
                    path=path,
                    key=reading.unique(f"{key}:{ref.name}"),
                    text=inner.strip(),
                    context=ref.name,
                    source="secret",
                    sink="value",
                    triggers=reading.events,
                )
                reading.add(fact)


def _takes_apart(node: Node | None) -> bool:
    """Whether a secret's text is read as JSON: GitHub masks the whole, not its parts."""
    return node is not None and any(
        isinstance(part, Call) and part.name == "fromjson" for part in walk(node)
    )


def classify(path: Sequence[str], node: Node, scope: Scope, followed: int = 0) -> Class:
    """Where the value of a context comes from."""
    whole = any(isinstance(part, Call) and part.name == "tojson" for part in walk(node))
    if len(path) == 2 and not scope.from_outside:
        whole = False
    if any(_reads(path, pattern, whole=whole) for pattern in _ATTACKER):
        return "attacker"
    name = ".".join(path)
    if _below(name, untrusted_contexts.INPUT_CONTEXTS):
        fixed = (
            scope.reading.input_types.get(path[-1], "") in _FIXED_TYPES
            and "client_payload" not in path
        )
        return "trusted" if fixed else "input"
    if path[0] == "env" and len(path) > 1:
        return _environment(path[1], scope, followed)
    if path[0] == "matrix" and scope.matrix_fixed:
        return "trusted"
    if path[0] in ("steps", "needs", "jobs") and path[-1] in untrusted_contexts.SAFE_ENDINGS:
        return "trusted"
    known = _BY_CONTEXT.get(path[0])
    if known is not None:
        return known
    return "trusted" if _below(name, untrusted_contexts.TRUSTED_CONTEXTS) else "other"


def _environment(name: str, scope: Scope, followed: int) -> Class:
    text = scope.env(name)
    if text is None or followed >= _INDIRECTIONS:
        return "environment"
    worst: Class = "trusted"
    for fence in find(text.value):
        node, _ = parse_inner(text.value[fence.inner_start : fence.inner_end])
        for ref in flowing(node) if node else ():
            found = classify(ref.path, node, scope, followed + 1) if node else worst
            if _RANK.index(found) < _RANK.index(worst):
                worst = found
    return worst


_RANK: tuple[Class, ...] = (
    "attacker",
    "input",
    "step-output",
    "job-output",
    "other",
    "matrix",
    "environment",
    "secret",
    "trusted",
)
"""From the worst to the best."""


def worst(one: Class, other: Class) -> Class:
    """The worse of two."""
    return one if _RANK.index(one) <= _RANK.index(other) else other


def _below(name: str, beginnings: Sequence[str]) -> bool:
    return any(name == begin or name.startswith(begin + ".") for begin in beginnings)


def _reads(path: Sequence[str], pattern: Sequence[str], *, whole: bool) -> bool:
    """Whether a path reads the pattern's field; `whole`: or an object that holds it, as JSON."""
    if len(path) < len(pattern) and not whole:
        return False
    return len(path) > 1 and all(
        step == wanted or (step == "*" and len(path) > 2) or (wanted == "*" and step.isdigit())
        for step, wanted in zip(path, pattern, strict=False)
    )
