"""Places: where the field that a policy reports was decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plumblint.facts.fact import Fact, Origin
from plumblint.source import Span


def place_of(fact: Fact, at: Sequence[str]) -> tuple[Span, Origin | None]:
    """The place that the field path `at` was decided at, and its origin where one is known.

    A path may go through facts (`process.signal`) and end in a map's entry
    (`attributes.versioning.enabled`).  Where nothing exact is known it is the
    place of the innermost fact on the way.
    """
    holder = fact
    for number, field in enumerate(at):
        value = getattr(holder, field)
        origin = holder.origin_of(field)
        if isinstance(value, dict):
            origin = _entry(holder, ".".join(at[number + 1 :])) or origin
        elif isinstance(value, Fact):
            if number < len(at) - 1:
                holder = value
                continue
            origin = origin or Origin(value.span)
        return (origin.span, origin) if origin else (holder.span, None)
    return holder.span, None


def _entry(holder: Fact, path: str) -> Origin | None:
    """The origin of a map's entry, or of the innermost one that it lies in."""
    places: Mapping[str, Origin] = getattr(holder, "places", None) or {}
    while path:
        if path in places:
            return places[path]
        path = path.rpartition(".")[0]
    return None
