"""Base images: the row of the table that an image reference means."""

from __future__ import annotations

from plumblint.tables.known_bases import KnownBase, fact, find, repository_name

__all__ = ["KnownBase", "fact", "find", "repository_name"]
