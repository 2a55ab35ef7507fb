"""Cases that other linters of workflows get wrong, with what must and must not be found."""

from __future__ import annotations

from pathlib import Path

import pytest

from plumblint.config import Config
from plumblint.repo import Repo
from plumblint.run import run

CASES = Path(__file__).parent.parent / "fixtures" / "workflow-peers"
NAMES = sorted(path.name for path in CASES.iterdir() if path.is_dir())


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


@pytest.mark.parametrize("name", NAMES)
def test_case(name):
    repo = Repo(files_of(CASES / name))
    report = run(repo, Config(preset="all", preview=True), today="2026-01-15").report
    found = {}
    for finding in report.findings:
        source = repo.source(finding.span.path)
        line = source.position(finding.span.start)[0] if source else 1
        found[f"{finding.policy.id} {finding.span.path}:{line}"] = finding.policy.id
    wanted, unwanted = expected_of(CASES / name)
    assert not set(wanted) - set(found), sorted(found)
    assert not set(unwanted) & {*found, *found.values()}, sorted(found)


def test_there_are_cases():
    assert len(NAMES) >= 30
