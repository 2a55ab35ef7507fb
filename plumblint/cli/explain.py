"""`plumblint explain`: a policy in full, or why it did or did not deny at a place."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, Any

import click

from plumblint.cli.completion import policy_names
from plumblint.cli.errors import broken
from plumblint.cli.output import to_standard_output
from plumblint.cli.places import config_of, open_repo
from plumblint.cli.rules import catalogue_here, named_policies

if TYPE_CHECKING:
    from plumblint.cli.facts import Shown
    from plumblint.config import Config
    from plumblint.facts import Fact
    from plumblint.policy.catalogue import Catalogue
    from plumblint.policy.model import Policy
    from plumblint.repo import Repo

_PLACE = re.compile(r"(?P<path>.+?):(?P<line>[0-9]{1,9})(?::[0-9]+)?\Z")
_ANSWERS = {True: "true", False: "FALSE", None: "undecided", "not asked": "not asked"}


@click.command("explain")
@click.argument("names", nargs=-1, required=True, shell_complete=policy_names)
@click.option("--at", "place", metavar="FILE:LINE", help="Why it denies there, or does not.")
@click.option("--config", "config_file", type=click.Path(), metavar="FILE")
@click.option("--policies", multiple=True, type=click.Path(), metavar="FOLDER",
              help="A folder of further policies.")  # fmt: skip
def command(names: tuple[str, ...], place: str | None, **given: Any) -> None:
    """Tell all of policies: why, what to do, examples.

    NAMES are ids, guardrails or peers' codes.
    """
    if place is not None:
        _at(names, place, given)
        return
    from plumblint.report.policy_text import page

    catalogue, _ = catalogue_here(given)
    pages = [page(policy) for policy in named_policies(names, catalogue)]
    to_standard_output(_styled("\n---\n\n".join(pages)))


def _styled(text: str) -> str:
    """Headings in bold on a terminal."""
    from plumblint.report.render_options import wants_color

    if not wants_color(os.environ, terminal=sys.stdout.isatty()):
        return text
    return re.sub(r"^(#+ .*|\*\*.*\*\*)$", "\x1b[1m\\1\x1b[0m", text, flags=re.MULTILINE)


def _at(names: tuple[str, ...], place: str, given: dict[str, Any]) -> None:
    found = _PLACE.match(place)
    if found is None:
        raise click.UsageError(f"--at wants FILE:LINE, not `{place}`")
    repo, named = open_repo((found["path"],))
    path, line = named[0] if named else ".", int(found["line"])
    source = repo.source(path)
    if source is None or not 1 <= line <= len(source.line_starts):
        raise click.UsageError(f"there is no line {line} in {found['path']}")
    config = config_of(repo, given)
    from plumblint.config import ConfigError
    from plumblint.policy.error import PolicyError
    from plumblint.run import catalogue_of

    try:
        catalogue = catalogue_of(config)
        _explain(named_policies(names, catalogue), catalogue, repo, config, path, line)
    except (ConfigError, PolicyError) as error:
        raise broken(error) from error


def _explain(
    policies: list[Policy], catalogue: Catalogue, repo: Repo, config: Config, path: str, line: int
) -> None:
    from plumblint.cli.facts import Shown, project_of

    project = project_of(repo, config, [path])
    shown = Shown(project)
    facts = [fact for fact in project.facts if _covers(fact, repo, path, line)]
    lines: list[str] = []
    for policy in policies:
        judged = [fact for fact in facts if policy.on == fact.KIND]
        if not judged:
            lines.append(f"{policy.id} judges {policy.on} facts, and there is none at this line.")
            kinds = sorted({fact.KIND for fact in facts})
            if kinds:
                lines.append(f"Here there are: {', '.join(kinds)}.")
        for fact in judged:
            lines += _reasons(policy, fact, config, catalogue, shown)
        lines += _outcome(policy, catalogue, repo, config, path, line)
        lines.append("")
    to_standard_output("\n".join(lines))


def _covers(fact: Fact, repo: Repo, path: str, line: int) -> bool:
    """Whether a fact, or one of the places its fields come from, is at a line."""
    spans = [fact.span, *(origin.span for origin in fact.origins if origin is not None)]
    source = repo.source(path)
    if source is None:
        return False
    for span in spans:
        if span.path != path:
            continue
        first = source.position(span.start)[0]
        last = source.position(max(span.end - 1, span.start))[0]
        if first == line or (span is fact.span and first <= line <= last):
            return True
    return False


def _reasons(
    policy: Policy, fact: Fact, config: Config, catalogue: Catalogue, shown: Shown
) -> list[str]:
    from plumblint.config.resolve import choose
    from plumblint.policy.reasons import reasons
    from plumblint.tables import ROWS, TABLES, Tables

    options = {**policy.defaults, **choose(catalogue, config).options.get(policy.id, {})}
    tables = Tables(config.tables) if config.tables else TABLES
    told = reasons(policy, fact, options, tables, (*ROWS, *config.tables))
    answers = [reason.answer for reason in told]
    verdict = (
        "does not deny"
        if False in answers
        else "cannot tell about"
        if None in answers
        else "denies"
    )
    lines = [f"{policy.id} {verdict} {fact.KIND} {shown.place(fact)} ({shown.safe(fact.path)})"]
    for reason in told:
        lines.append(f"  {reason.key}: {reason.text}  → {_ANSWERS[reason.answer]}")
        if reason.answer != "not asked":
            lines += [f"      {name} = {shown.value(value)}" for name, value in reason.values]
    return lines


def _outcome(
    policy: Policy, catalogue: Catalogue, repo: Repo, config: Config, path: str, line: int
) -> list[str]:
    """What became of it in a run: reported, ignored, superseded, not enabled."""
    from plumblint.cli.check import today
    from plumblint.config.resolve import choose
    from plumblint.run import run

    if policy.id not in {one.id for one in choose(catalogue, config).policies}:
        return [f"  It does not take part here: it is of the preset `{policy.preset}`, or ignored."]
    report = run(repo, config, today=today(), catalogue=catalogue).report
    source = repo.source(path)
    if source is None:
        return []

    def here(span: Any) -> bool:
        return span.path == path and source.position(span.start)[0] == line

    if any(one.policy.id == policy.id and here(one.span) for one in report.findings):
        return ["  In a run it is reported."]
    for entry in report.suppressed:
        if entry.finding.policy.id == policy.id and here(entry.finding.span):
            return [f"  In a run it is ignored by the comment at {entry.by.path}."]
    others = sorted({
        one.policy.id
        for one in report.findings
        if here(one.span) and policy.id in one.policy.supersedes
    })  # fmt: skip
    if others:
        return [f"  In a run {', '.join(others)} speaks instead of it."]
    return ["  In a run it reports nothing at this line."]
