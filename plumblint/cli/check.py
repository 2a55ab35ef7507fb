"""`plumblint check`: judge a repo and report."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from time import gmtime, strftime
from typing import TYPE_CHECKING, Any

from plumblint.cli.errors import Stop, broken
from plumblint.cli.output import OutputSettings, write
from plumblint.cli.places import config_of, open_repo, open_with_stdin, root_of

if TYPE_CHECKING:
    from plumblint.config import Config
    from plumblint.repo import Repo
    from plumblint.run import Outcome


def check(
    paths: tuple[str, ...], outputs: tuple[tuple[str, str | None], ...] = (), **given: Any
) -> None:
    """Judge the repo of `paths` and exit.  Raises Stop.

    `given` are the options of the table by name.
    """
    gc.disable()
    repo, named = _open(paths, given["stdin_filename"])
    config = config_of(repo, given)
    if given["force_exclude"]:
        there = bool(named)
        named = _not_excluded(named, config)
        if there and not named:
            return
    if given["show_config"] or given["show_files"]:
        from plumblint.cli import show

        (show.config if given["show_config"] else show.files)(repo, config, named)
        return
    outcome = _judge(repo, config, named, given)
    report = outcome.report
    settings = OutputSettings(
        outputs,
        fail_on=config.fail_on,
        color=given["color"],
        category=given["sarif_category"],
        root=root_of(repo),
    )
    write(report, settings)
    if given["statistics"] or given["show_undecided"]:
        from plumblint.cli import show

        if given["show_undecided"]:
            show.undecided(outcome)
        if given["statistics"]:
            show.statistics(outcome)
    code = report.exit_code(config.fail_on)
    sys.exit(0 if given["exit_zero"] and code == 1 else code)


def today() -> str:
    """The UTC day, YYYY-MM-DD."""
    return strftime("%Y-%m-%d", gmtime())


def _open(paths: Sequence[str], stdin_filename: str | None) -> tuple[Repo, list[str]]:
    if "-" in paths or stdin_filename is not None:
        if stdin_filename is None:
            raise Stop("`-` wants --stdin-filename: a file is read as its name says")
        if any(path != "-" for path in paths):
            raise Stop("--stdin-filename names the only file that is reported on")
        repo, path = open_with_stdin(stdin_filename)
        return repo, [path]
    return open_repo(paths)


def _judge(repo: Repo, config: Config, named: Sequence[str], given: dict[str, Any]) -> Outcome:
    from plumblint.cli.known import known_findings
    from plumblint.cli.progress import Progress
    from plumblint.config import ConfigError
    from plumblint.policy.error import PolicyError
    from plumblint.run import run

    progress = Progress()
    try:
        known = known_findings(
            repo,
            config,
            new_from=given["new_from"],
            baseline=given["baseline"],
            wanted=not given["no_baseline"],
            progress=progress,
        )
        return run(
            repo,
            config,
            today=today(),
            paths=named,
            known=known,
            jobs=given["jobs"],
            progress=progress,
        )
    except (ConfigError, PolicyError) as error:
        raise broken(error) from error
    finally:
        progress.end()


def _not_excluded(named: Sequence[str], config: Config) -> list[str]:
    from plumblint.discover import matcher

    left_out = matcher(config.exclude)
    return [path for path in named if not left_out(path) and not left_out(f"{path}/")]
