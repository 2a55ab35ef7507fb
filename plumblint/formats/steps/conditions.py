"""The `if:` of a job or step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from plumblint.facts import Condition, Maybe, Unknown
from plumblint.formats.steps.reading import Reading, Text, single_expression
from plumblint.syntax.expressions import (
    Call,
    Comparison,
    Failure,
    Node,
    Partial,
    evaluate,
    find,
    parse,
    reference,
    references,
    truth,
    walk,
)
from plumblint.syntax.expressions import Literal as Literal_

_ACTORS = frozenset(
    ("github.actor", "github.triggering_actor", "github.event.sender.login",
     "github.event.pull_request.sender.login", "github.actor_id", "github.event.sender.id")
)  # fmt: skip
_BOT_IDS = frozenset(("49699333", "29139614"))
"""Of Dependabot and Renovate, as `https://api.github.com/users/dependabot[bot]` gives them."""
_CHOSEN = frozenset(
    ("github.ref", "github.head_ref", "github.base_ref", "github.ref_name", "github.sha",
     "github.actor", "github.triggering_actor")
)  # fmt: skip
_MOST_EVENTS = 10
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
    condition.triggers = reading.events
    for node in nodes:
        condition.bot = condition.bot or _bot(node)
        condition.list_as_text = condition.list_as_text or _list_as_text(node)
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
    known: set[bool | None] = set()
    if not events or "workflow_call" in events or len(events) > _MOST_EVENTS:
        known.add(_truth(node, {}))
    else:
        known.update(_truth(node, {"event_name": event}) for event in events)
    (value,) = known if len(known) == 1 else (None,)
    return Unknown(text) if value is None else value


def _bot(node: Node) -> str | None:
    """The bot's name that the last actor is compared with, where that lets it through."""
    for part in walk(node):
        if not isinstance(part, Comparison) or part.operator != "==":
            continue
        for one, other in ((part.left, part.right), (part.right, part.left)):
            ref = reference(one)
            if ref is not None and ref.name in _ACTORS and isinstance(other, Literal_):
                name = str(other.value)
                if name.endswith("[bot]") or name in _BOT_IDS:
                    return name
    return None


def _list_as_text(node: Node) -> str | None:
    """A `contains` whose first argument is a text with several words, and whose second is a value
    of the event: it also finds a part of a word.
    """
    for part in walk(node):
        if not isinstance(part, Call) or part.name != "contains" or len(part.arguments) != 2:
            continue
        where, what = part.arguments
        ref = reference(what)
        if not isinstance(where, Literal_) or not isinstance(where.value, str) or ref is None:
            continue
        if ref.name in _CHOSEN or ref.name.startswith(("inputs.", "env.", "github.event.")):
            return f"contains('{where.value}', {ref.name})"
    return None


def decide(text: str, github: Mapping[str, object]) -> bool | None:
    """Whether a condition holds where only these fields of `github` are known."""
    node, _ = parse(text)
    return _truth(node, github) if node else None


def _truth(node: Node, github: Mapping[str, object]) -> bool | None:
    value = evaluate(node, {"github": Partial(github)})
    return None if isinstance(value, Failure) else truth(value)
