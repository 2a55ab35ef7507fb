"""The `if:` of a job or step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from plumblint.facts import Condition, Maybe, Unknown
from plumblint.formats.steps.reading import Reading, Text, single_expression
from plumblint.syntax.expressions import (
    Call,
    Failure,
    Node,
    Partial,
    evaluate,
    find,
    parse,
    references,
    truth,
    walk,
)

_STATUS = ("success", "always", "failure", "cancelled")


def read_condition(
    reading: Reading, text: Text, owner: Literal["job", "step"], path: str, key: str, job: str
) -> Condition:
    """The condition as a fact; text without a fence is one expression as a whole.

    Anything around a fence, a line end of a block scalar too, makes the whole a
    string, and a string that is not empty is true.
    """
    fences = find(text.value)
    _judge(reading, text, bare=not fences)
    inner = text.value if not fences else single_expression(text)
    around = bool(fences) and text.value != text.value.strip()
    nodes = _nodes(text, inner)
    condition = Condition(
        span=text.place(0, len(text.value.rstrip())),
        path=f"{path}.if",
        key=f"{key}.if",
        text=(inner if inner is not None else text.value).strip(),
        owner=owner,
        job=job,
        functions=_functions(nodes),
        contexts=tuple(dict.fromkeys(ref.name for node in nodes for ref in references(node))),
    )
    condition.always_true_by_text = around or (bool(fences) and inner is None)
    if condition.always_true_by_text:
        condition.value = True
    elif nodes:
        condition.value = _value(nodes[0], text.value, reading.events)
    else:
        condition.value = Unknown(text.value)
    return reading.add(condition)


def _judge(reading: Reading, text: Text, *, bare: bool) -> None:
    if not bare:
        reading.judge_expressions(text)
        return
    reading.spend(len(text.value))
    for fault in parse(text.value)[1]:
        span = text.place(fault.start, fault.end)
        message = f"GitHub cannot read the condition: {fault.message}"
        reading.problem("syntax", span.start, span.end, message, "expression")


def _nodes(text: Text, inner: str | None) -> list[Node]:
    if inner is not None:
        insides = [inner]
    else:
        insides = [text.value[f.inner_start : f.inner_end] for f in find(text.value)]
    return [node for node, _ in map(parse, insides) if node]


def _functions(nodes: list[Node]) -> tuple[str, ...]:
    called = {part.name for node in nodes for part in walk(node) if isinstance(part, Call)}
    return tuple(name for name in _STATUS if name in called)


def _value(node: Node, text: str, events: tuple[str, ...]) -> Maybe[bool]:
    github: dict[str, object] = {}
    if len(events) == 1 and events[0] != "workflow_call":
        github["event_name"] = events[0]
    known = _truth(node, github)
    return Unknown(text) if known is None else known


def decide(text: str, github: Mapping[str, object]) -> bool | None:
    """Whether a condition holds where only these fields of `github` are known."""
    node, _ = parse(text)
    return _truth(node, github) if node else None


def _truth(node: Node, github: Mapping[str, object]) -> bool | None:
    value = evaluate(node, {"github": Partial(github)})
    return None if isinstance(value, Failure) else truth(value)
