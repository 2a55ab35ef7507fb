"""What a run would read, how it is configured, what it did: for `--show-…` and `--statistics`."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from plumblint.cli.output import to_standard_output

if TYPE_CHECKING:
    from plumblint.config import Config
    from plumblint.repo import Repo
    from plumblint.run import Outcome


def files(repo: Repo, config: Config, named: Sequence[str]) -> None:
    """Print the files that would be read, with their kinds."""
    from plumblint.discover import discover

    found = discover(repo, config.exclude, named)
    inside = tuple(f"{path}/" for path in named)
    lines = sorted(
        (path, kind)
        for kind, paths in found.items()
        for path in paths
        if not named or path in named or path.startswith(inside)
    )
    to_standard_output("".join(f"{path}\t{kind}\n" for path, kind in lines))


def config(repo: Repo, config: Config, named: Sequence[str]) -> None:
    """Print the settings in effect as JSON."""
    del repo, named
    to_standard_output(json.dumps(settings_object(config), indent=2, ensure_ascii=False) + "\n")


def settings_object(config: Config) -> dict[str, Any]:
    """The settings as JSON data, by the names of the configuration's keys."""
    rules: dict[str, dict[str, Any]] = {name: dict(given) for name, given in config.options.items()}
    for name, severity in config.severities.items():
        rules.setdefault(name, {})["severity"] = severity
    made: dict[str, Any] = {
        "files": list(config.files),
        "preset": config.preset,
        "preview": config.preview,
        "select": list(config.select),
        "ignore": list(config.ignore),
        "fail-on": config.fail_on,
        "exclude": list(config.exclude),
        "policies": list(config.policies),
        "per-path": [
            {
                "paths": list(settings.patterns),
                "ignore": list(settings.ignore),
                "severity": dict(settings.severities),
            }
            for settings in config.per_path
        ],
        "rules": rules,
        "tables": dict(config.tables),
        "projects": [
            {
                "compose": list(group.compose),
                "build-args": dict(group.build_args),
                "dockerfiles": list(group.dockerfiles),
                "tfvars": list(group.tfvars),
                "module": group.module,
            }
            for group in config.projects
        ],
    }
    if config.nearer:
        made["nearer"] = {folder: settings_object(there) for folder, there in config.nearer}
    return made


def undecided(outcome: Outcome) -> None:
    """List where policies hang on a value that the files do not decide."""
    report = outcome.report
    lines = []
    for entry in outcome.undecided:
        source = report.source(entry.span.path)
        line, column = source.position(entry.span.start) if source else (1, 1)
        lines.append((entry.span.path, line, column, entry.policy.id, entry.fact_path))
    for path, line, column, policy, fact in sorted(set(lines)):
        sys.stderr.write(f"{path}:{line}:{column}: undecided {policy} ({fact})\n")
    sys.stderr.write(f"{len(set(lines))} undecided.\n")


def statistics(outcome: Outcome) -> None:
    """Print how much each policy found and took, most first."""
    report = outcome.report
    found = Counter(finding.policy.id for finding in report.findings)
    hidden = Counter(entry.finding.policy.id for entry in report.suppressed)
    known = Counter(finding.policy.id for finding in report.known)
    asked = Counter(entry.policy.id for entry in outcome.undecided)
    facts = Counter(fact.KIND for fact in outcome.project.facts)
    rows = [
        (
            policy.id,
            found[policy.id],
            hidden[policy.id],
            known[policy.id],
            asked[policy.id],
            facts[policy.on],
            1000 * outcome.timings.get(policy.id, 0.0),
        )
        for policy in report.policies
    ]
    rows.sort(key=lambda row: (-row[1], -row[2], row[0]))
    width = max((len(row[0]) for row in rows), default=6)
    head = f"{'policy':<{width}} {'found':>7} {'ignored':>7} {'known':>6} {'undecided':>9}"
    sys.stderr.write(f"{head} {'facts':>7} {'ms':>7}\n")
    for name, *numbers, spent in rows:
        a, b, c, d, e = numbers
        sys.stderr.write(f"{name:<{width}} {a:>7} {b:>7} {c:>6} {d:>9} {e:>7} {spent:>7.1f}\n")
