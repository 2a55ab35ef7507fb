"""What a configuration gets wrong by the schema, each with its place and a suggestion."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from plumblint.config.checked import Mark
from plumblint.config.error import ConfigError
from plumblint.config.schema import ROOT_ONLY, SCHEMA
from plumblint.policy.document import Node
from plumblint.policy.error import did_you_mean
from plumblint.source import Source

_KINDS = {
    "string": "a text",
    "array": "a list",
    "object": "a mapping",
    "boolean": "true or false",
    "number": "a number",
    "integer": "a whole number",
}


def place_of(source: Source, node: Node) -> str:
    """Where a node stands, as `file:line:column`."""
    line, column = source.position(node.start)
    return f"{source.path}:{line}:{column}"


def check_shape(root: Node, source: Source, *, nearer: bool = False) -> None:
    """Judge a tree by the schema.  Raises ConfigError with all faults.

    `nearer` is a configuration of a folder below the root: what holds for a
    whole run has no place in it.
    """
    mark = Mark(source, nearer=nearer)
    if mark.is_set():
        return
    import jsonschema

    faults: list[tuple[int, str]] = []
    for error in jsonschema.Draft202012Validator(SCHEMA).iter_errors(root.data()):
        node = _node_at(root, list(error.absolute_path))
        for at, message in _told(error, node, list(error.absolute_path)):
            faults.append((at.start, f"{place_of(source, at)}: {message}"))
    if nearer and isinstance(root.value, dict):
        for key, place in root.keys.items():
            if key in ROOT_ONLY:
                message = f"`{key}` holds for the whole run: it belongs in the root's configuration"
                faults.append((place.start, f"{place_of(source, place)}: {message}"))
    if faults:
        raise ConfigError(fault for _, fault in sorted(faults))
    mark.set()


def _told(error: Any, node: Node, path: list[str | int]) -> Iterable[tuple[Node, str]]:
    """The nodes that a schema error is about, and what is wrong with each."""
    key = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
    where = f"`{key}`" if key else "a configuration"
    match error.validator:
        case "additionalProperties" if isinstance(node.value, dict):
            known = list(error.schema.get("properties", {}))
            of = f" in {where}" if key else ""
            for name, place in node.keys.items():
                if name not in known:
                    yield place, f"there is no key `{name}`{of}.{_hint(name, known)}"
        case "required":
            missing = [name for name in error.validator_value if name not in node.value]
            yield node, f"an entry of {where} wants `{missing[0]}`"
        case "enum":
            choices = [str(choice) for choice in error.validator_value]
            told = f"{where} is one of {', '.join(choices)}, not `{node.plain}`"
            yield node, f"{told}.{did_you_mean(node.plain, choices)}"
        case "type":
            wanted = error.validator_value
            kinds = [wanted] if isinstance(wanted, str) else wanted
            told = " or ".join(_KINDS.get(kind, kind) for kind in kinds)
            yield node, f"{where} wants {told}, not {_found(node)}{_quoting(node, kinds)}"
        case "minLength":
            yield node, f"{where} wants a text that is not empty"
        case _:
            yield node, f"{where}: {error.message.splitlines()[0][:200]}"


def _hint(name: str, known: Sequence[str]) -> str:
    hint = did_you_mean(name, known) or did_you_mean(name.replace("_", "-"), known)
    return hint or f" There are {', '.join(known)}."


def _found(node: Node) -> str:
    if isinstance(node.value, dict):
        return "a mapping"
    if isinstance(node.value, list):
        return "a list"
    return "nothing" if node.value is None else f"`{node.plain}`"


def _quoting(node: Node, kinds: Sequence[str]) -> str:
    simple = isinstance(node.value, bool | int | float)
    return f'; write "{node.plain}"' if simple and "string" in kinds else ""


def _node_at(node: Node, path: Sequence[str | int]) -> Node:
    """The innermost node on a path of keys and indexes."""
    for step in path:
        if isinstance(node.value, dict) and str(step) in node.value:
            node = node.value[str(step)]
        elif isinstance(node.value, list) and isinstance(step, int):
            node = node.value[step]
    return node
