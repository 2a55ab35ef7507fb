"""`permissions:` of a workflow or job."""

from __future__ import annotations

from typing import Literal

from plumblint.facts import Origin, Permission
from plumblint.formats.steps.document import Table, text_of
from plumblint.formats.steps.reading import Reading, Text, as_text


def read_permissions(
    reading: Reading, block: Table, level_of: Literal["workflow", "job"], path: str, job: str
) -> list[Permission] | None:
    """A Permission for each scope, or one for a shorthand; None where nothing is stated."""
    key = block.key("permissions")
    if key is None:
        return None
    prefix = f"{path}.permissions" if path else "permissions"
    scopes = block.table("permissions")
    entries: list[tuple[Text, Text]] = []
    for scope, node in scopes.items() if scopes else ():
        level = text_of(reading.source, node)
        if level is not None:
            entries.append((scope, level))
    shorthand = block.text("permissions")
    if shorthand is not None and shorthand.value.strip():
        entries.append((shorthand, shorthand))
    found: list[Permission] = []
    for scope, level in entries:
        name = "*" if scope is level else scope.value.lower()
        permission = Permission(
            span=level.span,
            path=prefix if scope is level else f"{prefix}.{scope.value}",
            key=prefix if scope is level else f"{prefix}.{name}",
            scope=name,
            level=as_text(level),
            level_of=level_of,
            job=job,
        )
        literal = level.verbatim(0, len(level.value))
        permission.trace(level=Origin(level.span, literal=literal))
        found.append(reading.add(permission))
    return found
