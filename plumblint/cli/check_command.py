"""`plumblint check` for click."""

from __future__ import annotations

from typing import Any

import click

from plumblint.cli.check import check
from plumblint.cli.names import with_options
from plumblint.cli.options import CHECK


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path())
@with_options(CHECK)
def command(**given: Any) -> None:
    """Judge the files of a repo: those at PATHS, or all of the current one.

    The whole repo is the context; PATHS only say what is reported.  `-` is
    standard input, the text of the file that --stdin-filename names.
    """
    check(**given)
