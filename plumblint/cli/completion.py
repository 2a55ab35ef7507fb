"""`plumblint completion`: scripts that complete commands, options and names in a shell."""

from __future__ import annotations

from typing import Any

import click

from plumblint.cli.names import Choice
from plumblint.cli.output import to_standard_output


@click.command("completion")
@click.argument("shell", type=Choice(("bash", "zsh", "fish")))
def command(shell: str) -> None:
    """Print the completion script of a shell.

    bash: `eval "$(plumblint completion bash)"` in ~/.bashrc; zsh likewise;
    fish: `plumblint completion fish > ~/.config/fish/completions/plumblint.fish`.
    """
    from click.shell_completion import get_completion_class

    from plumblint.cli.group import main

    made = get_completion_class(shell)
    if made is None:
        raise click.UsageError(f"click cannot complete in {shell}")
    to_standard_output(made(main, {}, "plumblint", "_PLUMBLINT_COMPLETE").source())


def policy_names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
    """The ids of policies that begin so."""
    from plumblint.policy.catalogue import shipped_catalogue

    return [
        click.shell_completion.CompletionItem(policy.id, help=policy.title)
        for policy in shipped_catalogue().policies
        if policy.id.startswith(incomplete)
    ]
