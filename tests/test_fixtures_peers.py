"""Cases that other linters get wrong, with what must and must not be found."""

from __future__ import annotations

from pathlib import Path

import pytest

from plumblint.config import Config
from plumblint.repo import Repo
from plumblint.run import run

FIXTURES = Path(__file__).parent.parent / "fixtures"
LEAST = {"compose-peers": 50, "dockerfile-peers": 60, "workflow-peers": 30}
CASES = [
    pytest.param(path, id=f"{folder}/{path.name}")
    for folder in LEAST
    for path in sorted((FIXTURES / folder).iterdir())
    if path.is_dir()
]


def files_of(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "expected.txt"
    }


def expected_of(folder):
    """The findings that must be there as `id path:line`, and those or the ids that must not."""
    lines = (folder / "expected.txt").read_text(encoding="utf-8").splitlines()
    said = [line for line in lines if line and not line.startswith("#")]
    return (
        [line for line in said if not line.startswith("!")],
        [line[1:] for line in said if line.startswith("!")],
    )


@pytest.mark.parametrize("folder", CASES)
def test_case(folder):
    repo = Repo(files_of(folder))
    report = run(repo, Config(preset="all", preview=True), today="2026-01-15").report
    found = {}
    for finding in report.findings:
        source = repo.source(finding.span.path)
        line = source.position(finding.span.start)[0] if source else 1
        found[f"{finding.policy.id} {finding.span.path}:{line}"] = finding.policy.id
    wanted, unwanted = expected_of(folder)
    assert not set(wanted) - set(found), sorted(found)
    assert not set(unwanted) & {*found, *found.values()}, sorted(found)


@pytest.mark.parametrize(("folder", "least"), LEAST.items())
def test_there_are_cases(folder, least):
    assert sum(path.is_dir() for path in (FIXTURES / folder).iterdir()) >= least
