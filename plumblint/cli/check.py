"""`plumblint check`: judge a repo and report."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from plumblint.report import REPORTERS

if TYPE_CHECKING:
    from plumblint.config import Config
    from plumblint.repo import Repo
    from plumblint.settle.report_model import Report

SEVERITIES = ("error", "warning", "note")


class Names(click.ParamType):
    """Names, separated by commas; the option may be repeated too."""

    name = "names"

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        """The names in order."""
        if isinstance(value, tuple):
            return value
        return tuple(part for part in (piece.strip() for piece in value.split(",")) if part)


class Output(click.ParamType):
    """`FORMAT` or `FORMAT=FILE`."""

    name = "format[=file]"

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        """The format and the file, None for standard output."""
        if isinstance(value, tuple):
            return value
        name, _, file = value.partition("=")
        if name not in REPORTERS:
            from plumblint.cli.group import did_you_mean

            known = ", ".join(REPORTERS)
            hint = did_you_mean(name, REPORTERS)
            self.fail(f"there is no format `{name}`.{hint} Known are {known}.", param, ctx)
        return name, file or None


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path())
@click.option(
    "-o", "--output", "outputs", multiple=True, type=Output(),
    help="A format (text, sarif, json …), or FORMAT=FILE; several are possible.",
)  # fmt: skip
@click.option("--select", multiple=True, type=Names(), help="Only these policies.")
@click.option("--ignore", multiple=True, type=Names(), help="Not these policies.")
@click.option(
    "--preset", type=click.Choice(("recommended", "strict", "all")), help="Which policies."
)
@click.option("--fail-on", type=click.Choice(SEVERITIES), help="Least severity that fails.")
@click.option("--exclude", multiple=True, help="A pattern of paths to leave out.")
@click.option("--force-exclude", is_flag=True, help="Leave them out even where they are named.")
@click.option("--exit-zero", is_flag=True, help="Exit 0 even with findings.")
def command(
    paths: tuple[str, ...], outputs: tuple[tuple[str, str | None], ...], **given: Any
) -> None:
    """Judge the files of a repo: those at PATHS, or all of the current one."""
    from plumblint.policy.catalogue import UnknownNameError
    from plumblint.policy.error import PolicyError
    from plumblint.run import run

    gc.disable()
    repo, named = open_repo(paths)
    config = config_of(given)
    if given["force_exclude"]:
        named = _not_excluded(named, config)
        if paths and not named:
            return
    try:
        outcome = run(repo, config, today=f"{datetime.now(UTC):%Y-%m-%d}", paths=named)
    except (UnknownNameError, PolicyError) as error:
        raise click.UsageError(str(error)) from error
    write(outcome.report, outputs or (("text", None),), config)
    code = outcome.report.exit_code(config.fail_on)
    sys.exit(0 if given["exit_zero"] and code == 1 else code)


def open_repo(paths: Sequence[str]) -> tuple[Repo, list[str]]:
    """The repo that the paths lie in, and the paths relative to its root (none for all of it)."""
    from plumblint.repo.folder import find_root, open_folder

    for path in paths:
        if not os.path.lexists(path):
            raise click.UsageError(f"there is no file or folder `{path}`")
    places = [os.path.abspath(path) for path in paths] or [os.getcwd()]
    start = places[0] if len(places) == 1 else os.path.commonpath(places)
    root = find_root(start)
    real = os.path.realpath(root)
    named = []
    for place in places:
        inside = os.path.relpath(_real_parent(place), real).replace(os.sep, "/")
        if inside.startswith("../"):
            raise click.UsageError(f"`{place}` lies outside the repo at {root}")
        named.append(inside)
    repo = open_folder(root)
    return repo, ([] if "." in named else named)


def _real_parent(place: str) -> str:
    """The path with links resolved in its folders, not in its last part."""
    folder, name = os.path.split(place)
    return os.path.join(os.path.realpath(folder), name) if name else os.path.realpath(place)


def config_of(given: dict[str, Any]) -> Config:
    """The configuration with what the command line says."""
    from plumblint.config import Config

    settings: dict[str, Any] = {
        "select": tuple(name for names in given["select"] for name in names),
        "ignore": tuple(name for names in given["ignore"] for name in names),
        "exclude": given["exclude"],
    }
    for name in ("preset", "fail_on"):
        if given[name] is not None:
            settings[name] = given[name]
    return Config(**settings)


def _not_excluded(named: Sequence[str], config: Config) -> list[str]:
    from plumblint.discover import matcher

    left_out = matcher(config.exclude)
    return [path for path in named if not left_out(path)]


def write(report: Report, outputs: Sequence[tuple[str, str | None]], config: Config) -> None:
    """Render the report in each format, to standard output or its file."""
    import shutil

    from plumblint.report import RenderOptions, reporter
    from plumblint.report.render_options import wants_color

    for name, file in outputs:
        terminal = file is None and sys.stdout.isatty()
        width = shutil.get_terminal_size((120, 24)).columns if terminal else 120
        options = RenderOptions(
            color=wants_color(os.environ, terminal=terminal), width=width, fail_on=config.fail_on
        )
        text = reporter(name).render(report, options)
        if file is None:
            sys.stdout.write(text)
        else:
            try:
                with open(file, "w", encoding="utf-8", newline="\n") as target:
                    target.write(text)
            except OSError as error:
                raise click.UsageError(f"cannot write {file}: {error.strerror}") from error
