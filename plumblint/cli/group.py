"""`plumblint COMMAND`; without a command it is `plumblint check`."""

from __future__ import annotations

from importlib import import_module

import click

from plumblint import __version__
from plumblint.cli.errors import EXIT_CODE, Stop
from plumblint.cli.options import COMMANDS

_OWN_OPTIONS = ("--help", "-h", "--version")


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
        if first not in _OWN_OPTIONS and first not in COMMANDS and not ctx.resilient_parsing:
            args = ["check", *args]
            _check_word(first)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a Stop ends it with its own exit code."""
        try:
            return super().invoke(ctx)
        except Stop as stop:
            stop.show()
            ctx.exit(EXIT_CODE)


def _check_word(word: str) -> None:
    """Refuse a word that is neither a command nor a path, with the command it may have meant."""
    import os

    if not word or word.startswith("-") or "/" in word or os.path.lexists(word):
        return
    from plumblint.cli.names import did_you_mean

    hint = did_you_mean(word, COMMANDS)
    raise click.UsageError(f"there is no command, file or folder `{word}`.{hint}")


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message="%(prog)s %(version)s")
def main() -> None:
    """Judge a repo's Dockerfiles, compose files, GitHub workflows and Terraform.

    `plumblint [PATHS]` is short for `plumblint check [PATHS]`.
    """
