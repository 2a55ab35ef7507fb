"""Facts of resources and data sources."""

from __future__ import annotations

from typing import Any

from plumblint.facts import Fact, Provisioner, Resource, Unknown
from plumblint.formats.terraform.blocks import body_value
from plumblint.formats.terraform.containers import read_containers
from plumblint.formats.terraform.evaluate import STEP_LIMIT, Evaluator
from plumblint.formats.terraform.firewall import read_rules
from plumblint.formats.terraform.loops import TOTAL_LIMIT, each
from plumblint.formats.terraform.module import ModuleFolder
from plumblint.formats.terraform.scripts import joined, read_script
from plumblint.formats.terraform.value import Value, member, scalar, select, texts, unknown
from plumblint.formats.terraform.variables import attribute_variables
from plumblint.source import Source
from plumblint.syntax.hcl.body import Block
from plumblint.syntax.hcl.nodes import Literal
from plumblint.tables.terraform_resources import STORAGE_ACCESS

_ATTRIBUTE_LIMIT = 2000
"""Attributes kept of one resource."""

_STEP_LIMIT = 10_000
"""Values looked at for that: locals that name locals can repeat one without end."""

_COMMANDS = {"local-exec": ("command",), "remote-exec": ("inline", "script", "scripts")}

_SCRIPTS = {"local-exec": "command", "remote-exec": "inline"}


def read_resources(module: ModuleFolder) -> list[Fact]:
    """Every fact of the resources of a module."""
    facts: list[Fact] = []
    for mode in ("resource", "data", "ephemeral"):
        for source, block in module.blocks(mode):
            if len(block.labels) == 2 and not _switched_off(block):
                facts += _repeated(module, source, block)
    return facts


def _repeated(module: ModuleFolder, source: Source, block: Block) -> list[Fact]:
    """A resource's facts, for each of the items where `for_each` says which they are."""
    evaluator = Evaluator(module.scope, source)
    over = block.body.attribute("for_each")
    if over is None:
        return _resource(module, source, block, evaluator)
    facts: list[Fact] = []
    defaults = module.scope.defaults
    collection = evaluator.value(over.value)
    found = each(collection)
    if not found and module.scope.defaults > defaults:
        # Empty by a variable's default: what callers pass is not known.
        found = [unknown(collection.source, collection.span)]
    for item in found:
        module.scope.expansions += 1
        if module.scope.expansions > TOTAL_LIMIT or module.scope.steps > STEP_LIMIT:
            break
        inner = Evaluator(module.scope, source, {"each": item})
        key = scalar(member(item, "key"))
        which = f'["{key}"]' if isinstance(key, str) else ""
        facts += _resource(module, source, block, inner, which)
    return facts


def _mode(block: Block) -> Any:
    return block.type


def _switched_off(block: Block) -> bool:
    """Whether `count` is the literal 0."""
    count = block.body.attribute("count")
    return count is not None and isinstance(count.value, Literal) and count.value.value == 0


def _resource(
    module: ModuleFolder, source: Source, block: Block, evaluator: Evaluator, which: str = ""
) -> list[Fact]:
    """A resource's facts; `which` is its index, as in `["a"]`."""
    kind, name = (label.text for label in block.labels)
    address = f"{kind}.{name}" if block.type == "resource" else f"{block.type}.{kind}.{name}"
    address += which
    end = max(block.labels[-1].end, block.start)
    body = body_value(evaluator, block.body, block.start, end, "for_each" if which else "")
    attributes, places = flatten(body)
    resource = Resource(
        span=body.span, path=address, key=address, mode=_mode(block), type=kind, name=name,
        attributes=attributes or None, module=module.folder,
    )  # fmt: skip
    resource.places = {path: value.origin() for path, value in places.items()}
    _access(resource, body)
    facts: list[Fact] = [resource]
    if block.type != "resource":
        return facts
    facts += read_containers(kind, address, body)
    facts += read_rules(kind, address, body)
    facts += attribute_variables(body, "", address)
    facts += _provisioners(evaluator, block, address)
    return facts


def _access(resource: Resource, body: Value) -> None:
    """Who may read the objects of storage."""
    for kind, argument, everybody in STORAGE_ACCESS:
        if kind != resource.type or resource.access in ("public", "website"):
            continue
        stated = select(body, argument)
        public = [value for value in stated if scalar(value) in everybody]
        undecided = [text for text in map(scalar, stated) if isinstance(text, Unknown)]
        if public:
            resource.access = "website" if member(body, "website") is not None else "public"
        elif undecided:
            resource.access = Unknown(undecided[0].text)
        elif stated and resource.access is None:
            resource.access = "private"
        for value in (public or stated)[:1]:
            if public or resource.origin_of("access") is None:
                resource.trace(access=value.origin())


def flatten(body: Value) -> tuple[dict[str, str | Unknown | None], dict[str, Value]]:
    """A body's scalars by dotted path, and their values.

    Of repeated blocks and of lists the first item has the plain path, the
    others `path[1]` and so on; a block or map is there itself too, as `{}`,
    and an empty list as `[]`, so that a policy can ask whether it is stated.
    """
    attributes: dict[str, str | Unknown | None] = {}
    values: dict[str, Value] = {}
    pending: list[tuple[str, Value]] = [("", body)]
    steps = 0
    while pending and len(attributes) < _ATTRIBUTE_LIMIT and steps < _STEP_LIMIT:
        steps += 1
        path, value = pending.pop()
        data = value.data
        if isinstance(data, dict):
            if path:
                attributes[path], values[path] = "{}", value
            inner = [(f"{path}.{key}" if path else key, item) for key, item in data.items()]
            pending.extend(reversed(inner[:_ATTRIBUTE_LIMIT]))
        elif isinstance(data, tuple):
            if not data:
                attributes[path] = Unknown(value.source) if value.partial else "[]"
                values[path] = value
            numbered = [
                (path if index == 0 else f"{path}[{index}]", item)
                for index, item in enumerate(data[:_ATTRIBUTE_LIMIT])
            ]
            pending.extend(reversed(numbered))
        elif data is not None:
            attributes[path], values[path] = scalar(value), value
    return attributes, values


def _provisioners(evaluator: Evaluator, block: Block, address: str) -> list[Fact]:
    facts: list[Fact] = []
    for index, inner in enumerate(block.body.blocks_of("provisioner")):
        if not inner.labels:
            continue
        kind = inner.labels[0].text
        value = body_value(evaluator, inner.body, inner.start, inner.labels[0].end)
        found = [item for name in _COMMANDS.get(kind, ()) for item in select(value, name)]
        text = joined(texts(found))
        path = f"{address}.provisioner[{index}]"
        fact = Provisioner(
            span=value.span, path=path, key=f"{address}.provisioner.{kind}", type=kind,
            resource=address, text=text,
        )  # fmt: skip
        if found:
            fact.trace(text=found[0].origin())
        facts.append(fact)
        for script in select(value, _SCRIPTS.get(kind, "")) if kind in _SCRIPTS else ():
            given = select(value, "interpreter")
            facts += read_script(evaluator.scope.repo, script, given, path)
        facts += attribute_variables(value, "", path)
    return facts
