"""The command line: commands, options, exit codes; the only place that prints or exits."""

from __future__ import annotations

from plumblint.cli.group import main

__all__ = ["main"]
