"""`on:` in its three shapes."""

from __future__ import annotations

from typing import Literal

from plumblint.facts import Filter, Trigger
from plumblint.formats.steps.document import Node, Table, table, text_of
from plumblint.formats.steps.reading import Reading, Text

_DISPATCH = ("workflow_dispatch", "workflow_call")


def read_triggers(reading: Reading, block: Table) -> list[Trigger]:
    """A Trigger for each event of `on:`, be it one name, a list of names or a mapping."""
    events = block.table("on")
    if events is not None:
        return [reading.add(_trigger(reading, name, node)) for name, node in events.items()]
    return [reading.add(_trigger(reading, name, None)) for name in block.texts("on")]


def _trigger(reading: Reading, name: Text, node: Node | None) -> Trigger:
    event = name.value.strip()
    trigger = Trigger(span=name.span, path=f"on.{event}", key=f"on.{event}", event=event)
    filters = table(reading.source, node)
    if filters is None:
        return trigger
    trigger.branches = (*_values(filters, "branches"), *_negated(filters, "branches-ignore"))
    trigger.tags = (*_values(filters, "tags"), *_negated(filters, "tags-ignore"))
    trigger.paths = (*_values(filters, "paths"), *_negated(filters, "paths-ignore"))
    for kind in ("paths", "paths-ignore"):
        _filters(reading, event, kind, filters)
    trigger.types = _values(filters, "types")
    trigger.workflows = _values(filters, "workflows")
    inputs = filters.table("inputs") if event in _DISPATCH else None
    trigger.inputs = tuple(key.value for key, _ in inputs.items()) if inputs else ()
    return trigger


def _filters(
    reading: Reading, event: str, kind: Literal["paths", "paths-ignore"], filters: Table
) -> None:
    for at, text in enumerate(filters.texts(kind)):
        pattern = text.value.strip()
        key = f"on.{event}.{kind}"
        reading.add(
            Filter(
                span=text.span,
                path=f"{key}[{at}]",
                key=reading.unique(f"{key}.{pattern}"),
                kind=kind,
                pattern=pattern.removeprefix("!"),
                negated=pattern.startswith("!"),
                event=event,
            )
        )


def _values(filters: Table, name: str) -> tuple[str, ...]:
    return tuple(text.value for text in filters.texts(name))


def _negated(filters: Table, name: str) -> tuple[str, ...]:
    """What is ignored, as GitHub writes exclusions in the other list: with a `!`."""
    return tuple(f"!{value}" for value in _values(filters, name))


def input_types(block: Table) -> dict[str, str]:
    """The declared types of the inputs, by lower-case name; `string` wherever two differ."""
    types: dict[str, str] = {}
    events = block.table("on")
    for event in _DISPATCH:
        inputs = events.table(event) if events else None
        inputs = inputs.table("inputs") if inputs else None
        for name, node in inputs.items() if inputs else ():
            declared = table(block.source, node)
            kind = text_of(block.source, declared.node_of("type")) if declared else None
            value = kind.value if kind else "string"
            key = name.value.lower()
            types[key] = value if types.get(key, value) == value else "string"
    return types
