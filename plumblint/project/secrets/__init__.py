"""Which literals of the repo are secrets: in variables, commands, addresses, raw text and files."""

from __future__ import annotations

from plumblint.project.secrets.find import find_secrets

__all__ = ["find_secrets"]
