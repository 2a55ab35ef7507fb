"""What is repeated: `for` expressions, `dynamic` blocks and resources with `for_each`.

All of them go over a collection that may be known, partly known or undecided.
"""

from __future__ import annotations

from plumblint.formats.terraform.value import Value, scalar, unknown

EXPANSION_LIMIT = 100
"""How many times one thing is repeated at most."""

TOTAL_LIMIT = 5000
"""How many times things of one module are repeated at most: they may nest."""


def each(collection: Value) -> list[Value]:
    """The iterator (`each`, or that of a `dynamic` block) for each item of a collection.

    One whose key and value are undecided where the collection is.
    """
    data = collection.data
    if data is None:
        return []
    found = pairs(collection, of_set=True)
    if found is None:
        return [unknown(collection.source, collection.span)]
    return [Value({"key": key, "value": item}, item.span) for key, item in found[:EXPANSION_LIMIT]]


def pairs(collection: Value, *, of_set: bool = False) -> list[tuple[Value, Value]] | None:
    """Keys and items of a collection, None where it is not decided what its items are.

    The key of a list's item is its number, of a set's the item itself.
    """
    data = collection.data
    if collection.partial:
        return None
    if isinstance(data, dict):
        return [(Value(key, item.span), item) for key, item in data.items()]
    if isinstance(data, tuple):
        return [
            (Value(str(scalar(item)) if of_set else number, item.span), item)
            for number, item in enumerate(data)
        ]
    return None
