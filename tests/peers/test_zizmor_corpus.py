"""On real workflows: what zizmor finds in the audits that we follow is ours too, what is a finding
only for zizmor is one that we leave out on purpose, and the files that it cannot read are read."""

from __future__ import annotations

import os
import re
import statistics
from functools import cache
from pathlib import Path

import pytest
from zizmor_runs import ZIZMOR, zizmor

from plumblint.config import Config
from plumblint.policy.catalogue import load_catalogue
from plumblint.repo.folder import open_folder
from plumblint.run import run
from plumblint.tables.untrusted_contexts import ATTACKER_CONTEXTS

CORPUS = os.environ.get("PLUMBLINT_CORPUS", "")
pytestmark = [
    pytest.mark.skipif(ZIZMOR is None, reason="zizmor is not installed"),
    pytest.mark.skipif(not CORPUS, reason="PLUMBLINT_CORPUS is not set"),
]

SAME = {
    "archived-uses": ("archived-action",),
    "hardcoded-container-credentials": ("hardcoded-container-credentials",),
    "insecure-commands": ("insecure-commands",),
    "overprovisioned-secrets": ("secrets-dumped",),
    "unpinned-images": ("latest-tag", "untagged-image", "floating-tag", "undigested-image"),
    "unpinned-uses": ("unpinned-action", "branch-pinned-action", "unpinned-github-action"),
    "unredacted-secrets": ("unmasked-secret",),
    "unsound-condition": ("unsound-condition",),
    "unsound-contains": ("unsound-contains",),
}
"""Audits that we follow finding by finding."""
SAME_BY_FILE = {"excessive-permissions": ("excessive-permissions", "permissions-unstated")}
"""Audits with several findings for what is one cause."""
ONE_JOB_OR_WEAK = 0.95
"""The rest: a write that one job alone inherits, `read-all`, scopes of little power."""
SKIPPED_FILES = re.compile(r"failed to val")


@cache
def outcomes():
    found = []
    for folder in sorted(Path(CORPUS).iterdir()):
        repo = open_folder(str(folder))
        if not any(path.startswith(".github/workflows/") for path in repo.files):
            continue
        config = Config(preset="all", preview=True)
        outcome = run(repo, config, today="2026-01-15", paths=[".github"])
        ours = {}
        for finding in outcome.report.findings:
            source = repo.source(finding.span.path)
            first = source.position(finding.span.start)[0] if source else 1
            ours.setdefault(finding.span.path, []).append((finding.policy.id, first))
        theirs, warnings = zizmor(folder)
        theirs = [one for one in theirs if one.path.startswith(".github/")]
        workflows = [
            path
            for path in outcome.project.files.get("workflow", ())
            if path.startswith(".github/workflows/")
        ]
        found.append((folder.name, ours, theirs, warnings, workflows))
    return found


def is_ours(one, ours, policies):
    return any(
        name in policies and one.first <= line <= one.last for name, line in ours.get(one.path, ())
    )


@pytest.mark.parametrize("audit", SAME)
def test_findings_of_the_same_audits_are_ours(audit):
    lost = [
        f"{repo}/{one}"
        for repo, ours, theirs, _, _ in outcomes()
        for one in theirs
        if one.audit == audit and not is_ours(one, ours, SAME[audit])
    ]
    assert not lost


@pytest.mark.parametrize("audit", SAME_BY_FILE)
def test_files_of_audits_with_many_findings_a_cause(audit):
    both, only = set(), set()
    for repo, ours, theirs, _, _ in outcomes():
        for path in {one.path for one in theirs if one.audit == audit}:
            names = {name for name, _ in ours.get(path, ())}
            (both if names & {*SAME_BY_FILE[audit]} else only).add(f"{repo}/{path}")
    assert len(both) / len(both | only) >= ONE_JOB_OR_WEAK, sorted(only)


def test_what_strangers_write_into_scripts_is_ours():
    lost = [
        f"{repo}/{one}"
        for repo, ours, theirs, _, _ in outcomes()
        for one in theirs
        if one.audit == "template-injection"
        and one.severity == "High"
        and one.text.lower() in ATTACKER_CONTEXTS
        and not is_ours(one, ours, ("template-injection",))
    ]
    assert not lost


def test_fewer_findings_a_file():
    recommended = {p.id for p in load_catalogue().policies if p.preset == "recommended"}
    ours_each, theirs_each = [], []
    for _, ours, theirs, _, workflows in outcomes():
        for path in workflows:
            ours_each.append(sum(name in recommended for name, _ in ours.get(path, ())))
            theirs_each.append(sum(one.path == path for one in theirs))
    print(len(ours_each), statistics.median(ours_each), statistics.median(theirs_each))
    assert statistics.median(ours_each) < statistics.median(theirs_each)
    assert sum(ours_each) < sum(theirs_each)


def test_files_that_zizmor_leaves_unread_are_read():
    for repo, ours, theirs, warnings, workflows in outcomes():
        if any(SKIPPED_FILES.search(line) for line in warnings):
            silent = set(workflows) - {one.path for one in theirs}
            assert any(path in ours for path in silent), repo
            assert not any(n == "syntax-error" for p in silent for n, _ in ours.get(p, ())), repo
