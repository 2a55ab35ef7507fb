"""Bodies → maps of values: arguments and nested blocks in one shape.

A nested block is an item of a list under its type, so that `ingress { … }`,
`ingress = [{ … }]` and `dynamic "ingress"` read alike.
"""

from __future__ import annotations

from plumblint.formats.terraform.evaluate import Evaluator
from plumblint.formats.terraform.loops import TOTAL_LIMIT, each
from plumblint.formats.terraform.value import Value
from plumblint.syntax.hcl.body import Attribute, Block, Body
from plumblint.syntax.hcl.nodes import Traversal


def body_value(evaluator: Evaluator, body: Body, start: int, end: int, without: str = "") -> Value:
    """The map of a body's arguments and blocks but the argument `without`.

    `start` to `end` is the place to show for it.
    """
    members: dict[str, Value] = {}
    result = Value(members, evaluator.source.span(start, end))
    nested: dict[str, list[Value]] = {}
    for item in body.items:
        if isinstance(item, Attribute):
            if item.name == without:
                continue
            members.setdefault(item.name, evaluator.value(item.value))
        elif item.type == "dynamic" and item.labels:
            _expand(evaluator, item, nested.setdefault(item.labels[0].text, []))
        else:
            inner = body_value(evaluator, item.body, item.start, item.type_end)
            nested.setdefault(item.type, []).append(inner)
    for name, found in nested.items():
        if name not in members:
            members[name] = Value(tuple(found), found[0].span if found else result.span)
    return result


def _expand(evaluator: Evaluator, block: Block, into: list[Value]) -> None:
    """The blocks that a `dynamic` block makes; one with undecided items where `for_each` is so."""
    contents = block.body.blocks_of("content")
    over = block.body.attribute("for_each")
    if not contents or over is None:
        return
    iterator = block.labels[0].text
    given = block.body.attribute("iterator")
    if given is not None and isinstance(given.value, Traversal):
        iterator = given.value.name
    content = contents[0]
    for item in each(evaluator.value(over.value)):
        evaluator.scope.expansions += 1
        if evaluator.scope.expansions > TOTAL_LIMIT:
            return
        inner = Evaluator(evaluator.scope, evaluator.source, {**evaluator.names, iterator: item})
        into.append(body_value(inner, content.body, block.start, block.labels[0].end))
