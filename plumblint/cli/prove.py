"""`plumblint test`: policies against their own examples."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from plumblint.cli.errors import broken
from plumblint.cli.names import counted
from plumblint.cli.places import config_of, open_repo

if TYPE_CHECKING:
    from plumblint.config import Config
    from plumblint.policy.catalogue import Catalogue
    from plumblint.policy.model import Policy


@click.command("test")
@click.argument("folders", nargs=-1, type=click.Path())
@click.option("--config", "config_file", type=click.Path(), metavar="FILE")
@click.option("-v", "--verbose", is_flag=True, help="Name what holds too.")
def command(folders: tuple[str, ...], **given: Any) -> None:
    """Prove policies by their examples.

    Those in FOLDERS, which may be files too; without any those that are
    configured here, else the shipped ones.  Exits 1 where an example does not
    hold, 2 where a policy cannot be used.
    """
    from plumblint.policy.error import PolicyError
    from plumblint.prove import prove
    from plumblint.run import findings_of

    for folder in folders:
        if not os.path.exists(folder):
            raise click.UsageError(f"there is no folder or file `{folder}`")
    files = {os.path.normpath(path) for path in folders if not os.path.isdir(path)}
    wanted = tuple(os.path.dirname(f) or "." if os.path.isfile(f) else f for f in folders)
    repo, _ = open_repo(())
    config = config_of(repo, {**given, "policies": tuple(dict.fromkeys(wanted))})
    try:
        catalogue, policies = _to_prove(config)
        if files:
            policies = [policy for policy in policies if _is_among(policy, folders, files)]
        failures = []
        for policy in policies:
            found = prove(
                policy,
                lambda repo, name=policy.id: findings_of(  # type: ignore[misc]
                    repo, [name], catalogue=catalogue, tables=config.tables
                ),
            )
            failures += found
            if given["verbose"]:
                held = len(policy.examples) - len({failure.line for failure in found})
                click.echo(f"{policy.id}: {held} of {len(policy.examples)} examples hold")
    except PolicyError as error:
        raise broken(error) from error
    for failure in failures:
        click.echo(str(failure))
    examples = sum(len(policy.examples) for policy in policies)
    click.echo(
        f"{counted(len(policies), 'policy', 'policies')}, "
        f"{counted(examples, 'example', 'examples')}: "
        + (f"{counted(len(failures), 'does', 'do')} not hold." if failures else "all hold."),
        err=True,
    )
    sys.exit(1 if failures else 0)


def _is_among(policy: Policy, folders: tuple[str, ...], files: set[str]) -> bool:
    """Whether a policy is one of the files, or in one of the folders."""
    path = os.path.normpath(policy.path)
    below = (os.path.normpath(folder) + os.sep for folder in folders)
    return path in files or path.startswith(tuple(below))


def _to_prove(config: Config) -> tuple[Catalogue, list[Policy]]:
    """The catalogue, and those of its policies that are to be proved."""
    from plumblint.policy.catalogue import shipped_catalogue
    from plumblint.run import catalogue_of

    catalogue = catalogue_of(config)
    if not config.policies:
        return catalogue, list(catalogue.policies)
    shipped = shipped_catalogue().by_id
    return catalogue, [policy for policy in catalogue.policies if policy.id not in shipped]
