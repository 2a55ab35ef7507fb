"""`plumblint ignore`: insert ignore comments, with a reason, for what is found now."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from plumblint.cli.errors import broken
from plumblint.cli.names import selecting
from plumblint.cli.output import to_standard_output
from plumblint.cli.places import config_of, open_repo

if TYPE_CHECKING:
    from plumblint.config import Config
    from plumblint.repo import Repo
    from plumblint.settle.report_model import Report, Reported

_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")

Wanted = dict[str, dict[int, set[str]]]
"""Ids by path and line."""


@click.command("ignore")
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("--reason", required=True, metavar="TEXT", help="Why; it stands in each comment.")
@click.option("--until", metavar="YYYY-MM-DD", help="The last day on which they hold.")
@click.option("--diff", is_flag=True, help="Show what would change, and change nothing.")
@selecting
def command(paths: tuple[str, ...], reason: str, until: str | None, **given: Any) -> None:
    """Insert `# plumblint: ignore[…]` comments for what is found at PATHS, or in the whole repo.

    Name policies with --select to ignore only those.  A file is changed only
    where the comments do what they should: hide exactly these findings.
    """
    from plumblint.cli.known import known_findings
    from plumblint.config import ConfigError
    from plumblint.policy.error import PolicyError
    from plumblint.run import run

    reason = " ".join(reason.split())
    if not reason:
        raise click.UsageError("--reason wants a text")
    if until is not None and not _DAY.match(until):
        raise click.UsageError(f"--until wants a day as YYYY-MM-DD, not `{until}`")
    repo, named = open_repo(paths)
    config = config_of(repo, given)
    try:
        known = known_findings(repo, config, new_from=None, baseline=None)

        def judged(repo: Repo) -> Report:
            from plumblint.cli.check import today

            return run(repo, config, today=today(), paths=named, known=known).report

        before = judged(repo)
        wanted, left = _wanted(before, repo, config)
        texts = _texts(repo, config, wanted, reason, until or "")
        texts, refused = _tried(repo, judged, before, texts)
    except (ConfigError, PolicyError) as error:
        raise broken(error) from error
    _save(repo, texts, diff=given["diff"])
    done = sum(
        len(ids) for path, lines in wanted.items() if path in texts for ids in lines.values()
    )
    click.echo(f"{done} ignored in {len(texts)} files.", err=True)
    for finding in left:
        click.echo(f"{finding.span.path}: {finding.policy.id}: this file takes no comment; "
                   "use `per-path` in .plumblint.yaml", err=True)  # fmt: skip
    for path in refused:
        click.echo(f"{path}: left as it is: comments would not hide just these findings; "
                   "use `ignore-file` or `per-path`", err=True)  # fmt: skip
    sys.exit(1 if left or refused else 0)


def _kinds(repo: Repo, config: Config, named: tuple[str, ...] = ()) -> dict[str, str]:
    from plumblint.discover import discover

    found = discover(repo, config.exclude, named)
    return {path: kind for kind, paths in found.items() for path in paths}


def _wanted(report: Report, repo: Repo, config: Config) -> tuple[Wanted, list[Reported]]:
    """The ids to ignore by path and line, and the findings that no comment can hide."""
    from plumblint.settle.write_ignores import takes_comments

    kinds = _kinds(repo, config, tuple({finding.span.path for finding in report.findings}))
    wanted: Wanted = {}
    left = []
    for finding in report.findings:
        path = finding.span.path
        source = repo.source(path)
        if source is None or not takes_comments(path, kinds.get(path, "")):
            left.append(finding)
            continue
        line = source.position(finding.span.start)[0]
        wanted.setdefault(path, {}).setdefault(line, set()).add(finding.policy.id)
    return wanted, left


def _texts(repo: Repo, config: Config, wanted: Wanted, reason: str, until: str) -> dict[str, str]:
    from plumblint.settle.write_ignores import with_ignores

    kinds = _kinds(repo, config, tuple(wanted))
    texts = {}
    for path, lines in wanted.items():
        source = repo.source(path)
        if source is not None:
            texts[path] = with_ignores(source, kinds[path], lines, reason, until)
    return texts


def _tried(
    repo: Repo, judged: Any, before: Report, texts: Mapping[str, str]
) -> tuple[dict[str, str], list[str]]:
    """The texts that hide what they should and bring nothing new, and the paths of the others."""
    from plumblint.repo import OverlayRepo

    refused = {path for path, text in texts.items() if not _means_the_same(repo, path, text)}
    for _ in range(3):
        kept = {path: text for path, text in texts.items() if path not in refused}
        after = judged(OverlayRepo(repo, kept))
        there = {finding.span.path for finding in after.findings} & kept.keys()
        hidden = _hidden(after)
        gone = {
            path
            for path in kept
            if hidden.get(path, 0)
            < _hidden(before).get(path, 0)
            + sum(finding.span.path == path for finding in before.findings)
        }
        wrong = there | gone
        if not wrong:
            return kept, sorted(refused)
        refused |= wrong
    return {}, sorted(texts)


def _means_the_same(repo: Repo, path: str, text: str) -> bool:
    """Whether a comment is one: in the middle of a quoted text of YAML it would be text."""
    source = repo.source(path)
    if source is None or source.bad_bytes is not None:
        return False
    if not path.endswith((".yaml", ".yml")):
        return True
    import yaml

    def values(of: str) -> list[tuple[str, str | None, str | None]]:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        return [
            (type(event).__name__, getattr(event, "value", None), getattr(event, "anchor", None))
            for event in yaml.parse(of, Loader=loader)
        ]

    try:
        return values(source.text) == values(text)
    except yaml.YAMLError:
        return False


def _hidden(report: Report) -> dict[str, int]:
    counts: dict[str, int] = {}
    for entry in report.suppressed:
        path = entry.finding.span.path
        counts[path] = counts.get(path, 0) + 1
    return counts


def _save(repo: Repo, texts: Mapping[str, str], *, diff: bool) -> None:
    from plumblint.cli.places import root_of

    for path, text in texts.items():
        source = repo.source(path)
        if source is None:
            continue
        if diff:
            import difflib

            lines = difflib.unified_diff(
                source.text.splitlines(keepends=True), text.splitlines(keepends=True),
                f"a/{path}", f"b/{path}",
            )  # fmt: skip
            to_standard_output("".join(lines))
            continue
        full = os.path.join(root_of(repo), path)
        data = text.encode("utf-8", errors="surrogateescape")
        with open(full, "wb") as file:
            file.write((b"\xef\xbb\xbf" if source.bom else b"") + data)
