"""`plumblint COMMAND`; without a command it is `plumblint check`."""

from __future__ import annotations

import difflib
from importlib import import_module
from typing import Any

import click

COMMANDS: dict[str, str] = {
    "check": "plumblint.cli.check",
}
"""The module of each command, imported when it is called; each has a `command`."""


class Commands(click.Group):
    """Commands imported when called; `check` is what arguments without a command mean."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of `--help`."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name]).command
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `check` first where no command is named."""
        first = args[0] if args else ""
        if first not in ("--help", "-h", "--version") and first not in COMMANDS:
            args = ["check", *args]
        return super().parse_args(ctx, args)


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="plumblint", message="%(prog)s %(version)s")
def main() -> None:
    """Judge a repo's Dockerfiles, compose files, GitHub workflows and Terraform.

    `plumblint [PATHS]` is short for `plumblint check [PATHS]`.
    """


def did_you_mean(name: str, known: Any) -> str:
    """A question with the nearest known name, or nothing."""
    near = difflib.get_close_matches(name, list(known), n=1)
    return f" Did you mean `{near[0]}`?" if near else ""
