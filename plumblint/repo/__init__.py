"""Repo: the only reader of files, in its forms: memory, a folder, an overlay."""

from __future__ import annotations

from plumblint.repo.reader import (
    SIZE_LIMIT,
    OverlayRepo,
    ProjectGroup,
    Repo,
    Unreadable,
    decode,
    normal,
)

__all__ = ["SIZE_LIMIT", "OverlayRepo", "ProjectGroup", "Repo", "Unreadable", "decode", "normal"]
