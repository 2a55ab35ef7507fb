"""`plumblint baseline`: take down what is found now, so that runs report only what is new."""

from __future__ import annotations

import os
from typing import Any

import click

from plumblint.cli.errors import broken
from plumblint.cli.names import selecting
from plumblint.cli.places import config_of, open_repo


@click.command("baseline")
@selecting
@click.option("--file", type=click.Path(), metavar="FILE", help="Default: at the repo's root.")
@click.option("--prune", is_flag=True, help="Only take out entries that match no more.")
def command(**given: Any) -> None:
    """Write the baseline: all that is found now, or with --prune what of it still is.

    `plumblint check` takes up `.plumblint-baseline.json` at the repo's root
    by itself and reports only what is not in it.
    """
    from plumblint.cli.check import today
    from plumblint.cli.known import read_baseline
    from plumblint.config import ConfigError
    from plumblint.policy.error import PolicyError
    from plumblint.run import run
    from plumblint.settle.baseline import FILE, Baseline

    repo, _ = open_repo(())
    path = given["file"] or os.path.join(repo.root, FILE)
    there = read_baseline(path) if os.path.exists(path) else None
    if given["prune"] and there is None:
        raise click.UsageError(f"there is no baseline {os.path.relpath(path)} to prune")
    config = config_of(repo, given)
    try:
        report = run(repo, config, today=today()).report
    except (ConfigError, PolicyError) as error:
        raise broken(error) from error
    enabled = {policy.id for policy in report.policies}
    now = Baseline.of(report.findings)
    left = there.part(report.findings, lambda _: 1)[2] if there else []
    stale = [entry for entry in left if entry[0] in enabled]
    if given["prune"] and there is not None:
        now = there.without(stale)
    elif there is not None:  # what this run does not judge stays as it is
        now = Baseline([
            *now.entries.elements(),
            *(entry for entry in there.entries.elements() if entry[0] not in enabled),
        ])  # fmt: skip
    try:
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(now.dumps())
    except OSError as error:
        raise click.UsageError(f"cannot write {path}: {error.strerror}") from error
    before = there.entries.total() if there else 0
    added = (now.entries - there.entries).total() if there else now.entries.total()
    click.echo(
        f"{os.path.relpath(path)}: {now.entries.total()} findings are known "
        f"({added} added, {before + added - now.entries.total()} taken out).",
        err=True,
    )
