"""How a secret becomes a fact: its place is the value itself, so that reports can mask it."""

from __future__ import annotations

from typing import Any

from plumblint.facts import Origin, Related, Secret
from plumblint.project.project import Project
from plumblint.project.secrets.test_paths import is_test_path
from plumblint.project.secrets.values import entropy_of, is_random, redacted
from plumblint.source import Span


def record(project: Project, span: Span, value: str, **fields: Any) -> Secret:
    """Add the fact of a secret `value` (empty for one that is not written out) at `span`."""
    path = fields.pop("path", "") or span.path
    secret = Secret(
        span=span,
        path=path,
        key=fields.pop("key", "") or path,
        redacted=redacted(value) if value else "",
        entropy=round(entropy_of(value[:4096]), 2),
        random=is_random(value),
        test_path=is_test_path(span.path),
        **fields,
    )
    project.add(secret)
    return secret


def given(
    project: Project,
    span: Span,
    name: str,
    declared: dict[str, list[Secret]],
    path: str = "",
) -> None:
    """A build argument that is given a secret: a related place of its ARG, else a fact."""
    if name in declared:
        for secret in declared[name]:
            origin = secret.origin_of("name") or Origin(secret.span)
            here = Related(span, "the secret is given here")
            secret.trace(name=Origin(origin.span, (*origin.via, here), literal=origin.literal))
        return
    record(
        project, span, "", kind="build-argument", name=name, path=path, key=f"build-arg {name}",
        place="build-arg", likeness="reference",
    )  # fmt: skip


def unquoted(text: str, span: Span) -> Span:
    """`span` without quotes around what stands there."""
    first, last = text[span.start : span.start + 1], text[span.end - 1 : span.end]
    if first and first == last and first in "\"'" and span.end - span.start >= 2:
        return Span(span.path, span.start + 1, span.end - 1)
    return span


def located(text: str, span: Span, value: str) -> Span:
    """The place of `value` within `span`; `span` itself where it is written another way there."""
    at = text.rfind(value, span.start, span.end) if value else -1
    return Span(span.path, at, at + len(value)) if at >= 0 else span
