"""Short ways to the facts of a Dockerfile's text."""

from __future__ import annotations

from typing import TypeVar

from plumblint.facts import Fact, Process
from plumblint.formats.dockerfile.read import read_dockerfile
from plumblint.source import Source

AnyFact = TypeVar("AnyFact", bound=Fact)


def facts(text: str, kind: type[AnyFact]) -> list[AnyFact]:
    """The facts of a kind."""
    return [fact for fact in read_dockerfile(Source("Dockerfile", text)) if isinstance(fact, kind)]


def one(text: str, kind: type[AnyFact]) -> AnyFact:
    """The only fact of a kind."""
    (fact,) = facts(text, kind)
    return fact


def place(text: str, fact: Fact, field: str) -> str:
    """The text under a field's origin."""
    origin = fact.origin_of(field)
    assert origin is not None
    return text[origin.span.start : origin.span.end]


def process(text: str) -> Process:
    """The process of the final stage."""
    return one(text, Process)
