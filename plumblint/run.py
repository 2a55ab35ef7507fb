"""The whole pipeline, top to bottom: paths → sources → facts → findings → report.

    discover   which files, and as what            plumblint/discover.py
    build      read each unit, link, analyse       plumblint/formats, plumblint/project
    judge      policy × fact                       plumblint/policy
    settle     merge, supersede, ignore, order     plumblint/settle

Reporting is up to the caller (`plumblint/report`): nothing here prints.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import Any

from plumblint import __version__
from plumblint.config import Config
from plumblint.config.resolve import Choice, choose
from plumblint.discover import discover
from plumblint.facts import Problem, Secret, Suppression
from plumblint.policy.catalogue import Catalogue, load_catalogue, shipped_catalogue
from plumblint.policy.finding import Finding, Undecided
from plumblint.policy.judge import judge
from plumblint.policy.model import Policy
from plumblint.project.build import Progress, build
from plumblint.project.project import Project
from plumblint.repo import Repo
from plumblint.settle.baseline import Baseline
from plumblint.settle.report_model import Report
from plumblint.settle.settle import SettleOptions, settle
from plumblint.tables import TABLES, Tables
from plumblint.tables.local import teach


class Outcome:
    """A run: its report, and what only some callers look at."""

    __slots__ = ("project", "report", "timings", "undecided")

    def __init__(
        self,
        report: Report,
        project: Project,
        undecided: Sequence[Undecided],
        timings: dict[str, float],
    ) -> None:
        self.report = report
        self.project = project
        self.undecided = undecided
        """Where policies could not tell."""
        self.timings = timings
        """Seconds that each policy took."""


def run(
    repo: Repo,
    config: Config,
    *,
    today: str,
    paths: Sequence[str] = (),
    catalogue: Catalogue | None = None,
    known: Sequence[Baseline] = (),
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Judge a repo.

    `paths` are the files and folders that were named, relative to the root:
    they are read even where excluded, and only what touches them is reported;
    the whole repo stays the context.  `today` is the UTC day, YYYY-MM-DD;
    `known` are findings that are not reported again; `jobs` the processes
    that read (0 for one a core, None for as many as the repo is worth);
    `progress` is told what is being done.  Raises PolicyError, ConfigError.
    """
    catalogue = catalogue or catalogue_of(config)
    choice = choose(catalogue, config)
    teach(config.tables)
    repo.groups = config.projects
    files = discover(repo, config.exclude, paths)
    wanted = {policy.on for policy in choice.policies}
    project = build(repo, files, wanted, jobs=jobs, progress=progress)
    if progress:
        progress("judging")
    settling = SettleOptions(
        today=today,
        severities=choice.severities,
        per_path=choice.path_rules,
        paths=paths,
        baselines=known,
    )
    tables = Tables(config.tables) if config.tables else TABLES
    return _judged(project, choice, tables, catalogue, settling)


def _judged(
    project: Project,
    choice: Choice,
    tables: Tables,
    catalogue: Catalogue,
    settling: SettleOptions,
) -> Outcome:
    """Judge the facts of a project, and settle what is found."""
    policies = choice.policies
    problems: list[Problem] = []
    timings: dict[str, float] = {}
    findings, undecided = judge(
        project.facts,
        policies,
        options=choice.options,
        tables=tables,
        problems=problems,
        timings=timings,
    )

    def judge_suppressions(facts: Sequence[Suppression]) -> list[Finding]:
        return judge(facts, policies, options=choice.options, tables=tables)[0]

    report = settle(
        findings,
        problems=[*project.of(Problem), *problems],
        kinds={path: kind for kind, paths in project.files.items() for path in paths},
        source=project.repo.source,
        policies=policies,
        known=catalogue.names,
        version=__version__,
        options=settling,
        secrets=project.of(Secret),
        judge_suppressions=judge_suppressions,
    )
    return Outcome(report, project, undecided, timings)


def catalogue_of(config: Config) -> Catalogue:
    """The shipped policies and the configuration's own.  Raises PolicyError."""
    if not config.policies:
        return shipped_catalogue()
    folders = {os.path.realpath(folder): folder for folder in reversed(config.policies)}
    return load_catalogue(reversed(folders.values()), tables=tuple(config.tables))


def findings_of(
    repo: Repo, select: Iterable[str], *, catalogue: Catalogue | None = None, **config: Any
) -> list[Finding]:
    """What the named policies deny in a repo, before settling: for proofs by example."""
    settings = Config(select=tuple(select), **config)
    catalogue = catalogue or catalogue_of(settings)
    policies = catalogue.select(settings.select)
    teach(settings.tables)
    files = discover(repo, settings.exclude)
    project = build(repo, files, {policy.on for policy in policies})
    tables = Tables(settings.tables) if settings.tables else TABLES
    findings, _ = judge(project.facts, policies, options=settings.options, tables=tables)
    suppressions = any(policy.on == Suppression.KIND for policy in policies)
    if not suppressions:
        return findings
    return [*findings, *_suppression_findings(repo, files, policies, catalogue)]


def _suppression_findings(
    repo: Repo,
    files: dict[str, list[str]],
    policies: Sequence[Policy],
    catalogue: Catalogue,
) -> list[Finding]:
    """What policies about ignore comments deny; every other policy counts as enabled."""
    found: list[Finding] = []

    def keep(facts: Sequence[Suppression]) -> list[Finding]:
        found.extend(judge(facts, policies)[0])
        return found

    everything = build(repo, files)
    settle(
        judge(everything.facts, catalogue.policies)[0],
        problems=(),
        kinds={path: kind for kind, paths in files.items() for path in paths},
        source=repo.source,
        policies=catalogue.policies,
        known=catalogue.names,
        version=__version__,
        options=SettleOptions(today="2026-01-15"),
        judge_suppressions=keep,
    )
    return found
