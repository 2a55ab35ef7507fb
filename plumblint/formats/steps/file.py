"""Opening a workflow's or action's file: its root mapping, and Problems for what is wrong."""

from __future__ import annotations

from collections.abc import Callable

from plumblint.facts import Fact
from plumblint.formats.steps.document import Table, is_null, read_document, repeated_keys, table
from plumblint.formats.steps.reading import ProblemKind, Reading, TooMuch
from plumblint.repo import Repo, Unreadable
from plumblint.source import Source

MOST_CHARACTERS = 1024 * 1024
"""Of a workflow or action; the largest in use have a tenth of it, and GitHub's parser has a
limit too."""


def open_file(path: str, repo: Repo, *, root: str, read_as: str) -> tuple[Reading, Table | None]:
    """The file's Reading, with Problems already on it, and its root mapping if there is one."""
    got = repo.read(path)
    if isinstance(got, Unreadable):
        reading = Reading(Source(path, ""), root)
        kind: ProblemKind = "too-large" if got.kind == "too-large" else "unreadable"
        reading.problem(kind, 0, 0, got.message, read_as)
        return reading, None
    reading = Reading(got, root)
    if got.bad_bytes is not None:
        at = got.bad_bytes
        message = "the file is not UTF-8, which YAML needs: save it as UTF-8"
        reading.problem("encoding", at, at + 1, message, read_as)
        return reading, None
    if len(got.text) > MOST_CHARACTERS:
        message = f"the {read_as} has more than {MOST_CHARACTERS:,} characters, so it is not read"
        reading.problem("limit", 0, 1, message, read_as)
        return reading, None
    node, faults = read_document(got)
    for fault in (*faults, *repeated_keys(got, node)):
        reading.problem("syntax", fault.start, fault.end, fault.message, read_as)
    block = table(got, node)
    if block is None and not faults:
        what = "empty" if is_null(node) else "no mapping"
        message = f"the {read_as} is {what}: GitHub expects keys and values at its top level"
        reading.problem("syntax", 0, min(len(got.text), 1), message, read_as)
    return reading, block


def read_limited(reading: Reading, read: Callable[[], None], read_as: str) -> list[Fact]:
    """The facts after `read`, with a Problem where it ran out of budget."""
    try:
        read()
    except TooMuch:
        message = "the file means more than plumblint follows: aliases or lists repeat too much"
        reading.problem("limit", 0, min(len(reading.source.text), 1), message, read_as)
    return reading.facts
