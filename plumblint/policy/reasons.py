"""Why a policy denies a fact or does not: its conditions one by one, with the values they saw."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from plumblint.facts import Fact
from plumblint.policy.expression import Scope, compile_expression, load_function, parse
from plumblint.policy.model import Policy


class Reason:
    """One condition of a policy."""

    __slots__ = ("answer", "key", "text", "values")

    def __init__(
        self, key: str, text: str, answer: bool | str | None, values: list[tuple[str, Any]]
    ) -> None:
        self.key = key
        """`when` or `deny`."""
        self.text = text
        self.answer = answer
        """True, False, None (undecided), or `"not asked"` behind a False."""
        self.values = values
        """The fields that it names, with what they hold."""


def reasons(
    policy: Policy,
    fact: Fact,
    options: Mapping[str, Any],
    tables: Mapping[str, Any],
    names: Collection[str],
) -> list[Reason]:
    """The conditions of a policy, in order, as they are answered for a fact.

    `names` are those of all tables.
    """
    from plumblint.policy.catalogue import option_types

    scope = Scope(policy.on, option_types(policy), names)
    found: list[Reason] = []
    before: list[str] = []
    for key, text in _conditions(policy):
        values = [(name, _value(fact, name)) for name in _fields(text, policy.on)]
        if found and found[-1].answer in (False, "not asked"):
            found.append(Reason(key, text, "not asked", values))
            continue
        found.append(Reason(key, text, _answer(scope, before, text, fact, options, tables), values))
        before.append(text)
    return found


def _answer(
    scope: Scope,
    before: list[str],
    text: str,
    fact: Fact,
    options: Mapping[str, Any],
    tables: Mapping[str, Any],
) -> bool | None:
    """The answer of a condition, none of those `before` it being false."""
    whole = load_function(compile_expression(scope, *before, text))(fact, options, tables)
    if whole is None and before:  # an earlier one may be the undecided one
        earlier = load_function(compile_expression(scope, *before))(fact, options, tables)
        if earlier is None:
            return _alone(scope, text, fact, options, tables)
    answer: bool | None = whole
    return answer


def _alone(
    scope: Scope, text: str, fact: Fact, options: Mapping[str, Any], tables: Mapping[str, Any]
) -> bool | None:
    from plumblint.policy.expression import ExpressionError

    try:
        source = compile_expression(scope, text)
    except ExpressionError:  # it leans on what an earlier one made sure
        return None
    answer: bool | None = load_function(source)(fact, options, tables)
    return answer


def _conditions(policy: Policy) -> Iterator[tuple[str, str]]:
    """What is joined by `and`, in order."""
    for key, text in (("when", policy.when), ("deny", policy.deny)):
        if not text:
            continue
        tree = parse(text)
        joined = isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And)
        for part in tree.values if isinstance(tree, ast.BoolOp) and joined else [tree]:
            yield key, ast.unparse(part)


def _fields(text: str, kind: str) -> list[str]:
    """The fields of the fact that a condition names, each once, the longest way to each."""
    found: dict[str, None] = {}
    for node in ast.walk(parse(text)):
        name = ast.unparse(node) if isinstance(node, ast.Attribute) else ""
        if name.startswith(f"{kind}.") and not any(
            longer.startswith(f"{name}.") for longer in found
        ):
            found[name] = None
    return list(found)


def _value(fact: Fact, name: str) -> Any:
    value: Any = fact
    for field in name.split(".")[1:]:
        if not isinstance(value, Fact):
            return value
        value = getattr(value, field)
    return value
