"""The table of base images: its rows can be reached, its patterns are patterns."""

from __future__ import annotations

import re

import pytest

from plumblint.facts import Image
from plumblint.formats.dockerfile import bases
from plumblint.source import Span
from plumblint.tables import base_images as table


def image(text: str, tag: str | None = None) -> Image:
    """An image of a known reference."""
    registry, _, repository = text.partition("/")
    if not repository or "." not in registry:
        registry, repository = "", text
    return Image(
        span=Span("Dockerfile", 0, 0),
        path="FROM",
        text=text,
        registry=registry or None,
        repository=repository,
        tag=tag,
        origin="from",
    )


@pytest.mark.parametrize("row", table.ROWS, ids=[row[0] for row in table.ROWS])
def test_each_row_is_found_by_its_own_name(row: table.Row) -> None:
    known = bases.find(image(row[0].replace("*", "something")))
    assert known is not None
    assert known.row is row
    assert row[-1]


def test_patterns_compile() -> None:
    for rows in (table.TAG_SHELLS, table.TAG_USERS, table.TAG_STOP_SIGNALS):
        for row in rows:
            re.compile(row[0] if rows is table.TAG_SHELLS else row[1])
    re.compile(table.SLIM_TAG)
    re.compile(table.DEBUG_TAG)


@pytest.mark.parametrize(
    ("name", "tag", "shell", "minimal", "bulky"),
    [
        ("node", "22", "dash", False, True),
        ("node", "22-slim", "dash", False, False),
        ("node", "22-alpine3.20", "busybox", False, False),
        ("node", None, "dash", False, True),
        ("debian", "12", "dash", False, False),
        ("eclipse-temurin", "21-jre-ubi9-minimal", "bash", False, False),
        ("mcr.microsoft.com/dotnet/aspnet", "8.0-jammy-chiseled", "none", True, False),
        ("gcr.io/distroless/base", "latest", "none", True, False),
        ("gcr.io/distroless/base", "debug", "busybox", False, False),
    ],
)
def test_the_tag_tells_more(
    name: str, tag: str | None, shell: str, minimal: bool, bulky: bool
) -> None:
    of = image(name, tag)
    known = bases.find(of)
    assert known is not None
    base = bases.fact(known, of, of.span, "container")
    assert (base.shell, base.minimal, base.bulky) == (shell, minimal, bulky)


@pytest.mark.parametrize("name", ["acme/node", "ghcr.io/acme/debian", "nodejs"])
def test_other_images_are_not_known(name: str) -> None:
    assert bases.find(image(name)) is None
