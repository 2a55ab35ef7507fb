"""`permissions:` of a workflow or job."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from plumblint.facts import Origin, Permission
from plumblint.formats.steps.document import Table, text_of
from plumblint.formats.steps.reading import Reading, Text, as_text
from plumblint.tables.token_scopes import POWERFUL_SCOPES

if TYPE_CHECKING:
    from plumblint.formats.workflow.jobs import ReadJob


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
            shared_writes=tuple(POWERFUL_SCOPES) if level.value == "write-all" else (),
        )
        literal = level.verbatim(0, len(level.value))
        permission.trace(level=Origin(level.span, literal=literal))
        found.append(reading.add(permission))
    return found


def mark_shared_writes(permissions: Sequence[Permission], jobs: Sequence[ReadJob]) -> None:
    """Fill `shared_writes` of a workflow's block: one cause is one finding, however many scopes.

    A job that calls a workflow only passes the token on, and counts as well.
    """
    heirs = [job for job in jobs if job.block.key("permissions") is None]
    if len(heirs) < 2:
        return
    writes = [
        permission
        for permission in permissions
        if permission.level == "write" and permission.scope in POWERFUL_SCOPES
    ]
    if writes:
        writes[0].shared_writes = tuple(permission.scope for permission in writes)
