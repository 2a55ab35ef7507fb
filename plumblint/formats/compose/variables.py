"""`environment`, `env_file` and build arguments as Variable facts."""

from __future__ import annotations

from typing import Literal

from plumblint.facts import Maybe, Origin, Variable
from plumblint.formats.compose.environment import EnvFile
from plumblint.formats.compose.project import join, read_env
from plumblint.formats.compose.service import Block
from plumblint.formats.compose.text import Text
from plumblint.formats.compose.tree import Items, Table
from plumblint.repo import normal

_Kind = Literal["env", "build-arg", "env-file"]


def read_environment(block: Block) -> tuple[Variable, ...]:
    """The environment of a service: of its env files what it does not set itself."""
    found: dict[str, Variable] = {}
    for file in _env_files(block):
        for name, part in file.values.items():
            text = Text((part,), part.span, part.value or "")
            variable = _variable(block, name, text, "env-file")
            variable.span = text.span if part.length else file.keys[name]
            variable.trace(name=Origin(file.keys[name], literal=True), value=text.origin())
            found[name] = variable
    for key, value in block.table.pairs("environment"):
        found[key.flat] = _pair(block, key, value, "env")
    return tuple(found.values())


def read_arguments(block: Block) -> tuple[list[Variable], dict[str, Maybe[str]] | None]:
    """The arguments of a service's build, and their values by name."""
    build = block.table.table("build")
    found = [_pair(block, key, value, "build-arg") for key, value in _pairs(build)]
    return found, {variable.name: variable.value for variable in found} or None


def _pairs(build: Table | None) -> list[tuple[Text, Text | None]]:
    return build.pairs("args") if build is not None else []


def _pair(block: Block, key: Text, value: Text | None, kind: _Kind) -> Variable:
    if value is None:  # passed through: from `.env`, or the shell that starts compose
        parts = block.project.environment.parts(key.flat, key.span)
        value = Text(parts, key.span, key.flat) if parts is not None else None
    variable = _variable(block, key.flat, value, kind)
    place = value.span if value is not None and value.parts else key.span
    variable.span = place
    variable.trace(
        name=Origin(key.span, key.via, literal=True),
        value=value.origin() if value is not None and value.parts else Origin(place),
    )
    return variable


def _variable(block: Block, name: str, value: Text | None, kind: _Kind) -> Variable:
    what = "build.args" if kind == "build-arg" else "environment"
    path = f"{block.path}.{what}.{name}"
    return Variable(
        span=block.key.span,
        path=path,
        key=path,
        name=name,
        value=value.known if value is not None else None,
        literal=value is not None and value.literal,
        default=value is not None and value.default,
        kind=kind,
        container=block.path,
    )


def _env_files(block: Block) -> list[EnvFile]:
    value = block.table.get("env_file")
    items = value.items if isinstance(value, Items) else [value]
    found = []
    for item in items:
        text = item.text("path") if isinstance(item, Table) else item
        if not isinstance(text, Text) or text.null or text.string is None:
            continue
        path = normal(join(text.folder, text.string))
        if text.string.startswith(("/", "~")) or path is None:
            continue
        file = read_env(block.reading, path)
        if file is not None:
            found.append(file)
    return found
