"""`plumblint COMMAND`; without a command it is `plumblint check`."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import click

from plumblint import __version__
from plumblint.cli.errors import EXIT_CODE, Stop
from plumblint.cli.options import COMMANDS

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_OWN_OPTIONS = ("--help", "-h", "--version", "-V")


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
        if first not in _OWN_OPTIONS and first not in COMMANDS:
            if not ctx.resilient_parsing:
                _check_word(first)
                _check_order(args)
            if args or not ctx.resilient_parsing:
                args = ["check", *args]
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Commands, and what may follow `check`, which need not be written."""
        from click.shell_completion import CompletionItem

        own = super().shell_complete(ctx, incomplete)
        if not incomplete.startswith("-"):
            return [*own, CompletionItem(incomplete, type="file")]
        check = self.get_command(ctx, "check")
        there = {item.value for item in own}
        further = check.shell_complete(ctx, incomplete) if check else []
        return [*own, *(item for item in further if item.value not in there)]

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a Stop ends it with its own exit code."""
        try:
            return super().invoke(ctx)
        except Stop as stop:
            stop.show()
            ctx.exit(EXIT_CODE)


def _check_word(word: str) -> None:
    """Refuse a word that is neither a command nor a path, with the command it may have meant."""
    if not word or word.startswith("-") or "/" in word or _exists(word):
        return
    from plumblint.cli.names import did_you_mean

    hint = did_you_mean(word, COMMANDS)
    raise click.UsageError(f"there is no command, file or folder `{word}`.{hint}")


def _check_order(args: list[str]) -> None:
    """Refuse a command behind options, which would be taken for a path."""
    from plumblint.cli.quick import paths_among

    for word in paths_among(args):
        if word in COMMANDS and not _exists(word):
            raise click.UsageError(f"a command comes first: `plumblint {word} …`")


def _exists(path: str) -> bool:
    import os

    return os.path.lexists(path)


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, "-V", "--version", message="%(prog)s %(version)s")
def main() -> None:
    """Judge a repo's Dockerfiles, compose files, GitHub workflows and Terraform.

    `plumblint [PATHS]` is short for `plumblint check [PATHS]`, and takes the
    options of `plumblint check --help`.
    """
