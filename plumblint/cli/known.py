"""What is known before a run: the baseline's findings, and those of an earlier commit."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from plumblint.cli.errors import Stop
from plumblint.cli.places import root_of

if TYPE_CHECKING:
    from plumblint.cli.progress import Progress
    from plumblint.config import Config
    from plumblint.repo import Repo
    from plumblint.settle.baseline import Baseline


def known_findings(
    repo: Repo,
    config: Config,
    *,
    new_from: str | None,
    baseline: str | None,
    wanted: bool = True,
    progress: Progress | None = None,
) -> list[Baseline]:
    """The baselines of a run.

    `baseline` is a file that the command line names; without it the repo's
    own counts, where it has one and it is `wanted`.
    """
    from plumblint.settle.baseline import FILE

    found = []
    if baseline is not None:
        found.append(read_baseline(baseline))
    elif wanted:
        own = os.path.join(root_of(repo), FILE)
        if os.path.isfile(own):
            found.append(read_baseline(own))
    if new_from is not None:
        found.append(_at_commit(repo, config, new_from, progress))
    return found


def read_baseline(path: str) -> Baseline:
    """The baseline of a file."""
    from plumblint.settle.baseline import BaselineError, loads

    shown = os.path.relpath(path)
    try:
        with open(path, encoding="utf-8") as file:
            return loads(file.read(), path if shown.startswith("..") else shown)
    except BaselineError as error:
        raise Stop(str(error)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise Stop(f"the baseline {path} cannot be read: {error}") from None


def _at_commit(repo: Repo, config: Config, ref: str, progress: Progress | None) -> Baseline:
    """What a run at the commit where HEAD left `ref` finds."""
    from plumblint.cli.check import today
    from plumblint.repo.git_tree import Changes, GitError, fork_point, open_commit
    from plumblint.run import run
    from plumblint.settle.baseline import Baseline, line_in

    root = root_of(repo)
    try:
        commit = fork_point(root, ref)
        before = open_commit(root, commit)
    except GitError as error:
        hint = "; in CI, fetch it first (`fetch-depth: 0`)" if os.environ.get("CI") else ""
        raise Stop(f"--new-from: git knows no commit `{ref}` here{hint}") from error
    changes = Changes(root, commit)
    try:
        report = run(before, config, today=today(), progress=progress).report
        return Baseline.of(
            report.findings,
            renames=changes.renames,
            line_of=lambda finding: line_in(finding, report.original),
            old_place=changes.old_place,
        )
    finally:
        before.close()
