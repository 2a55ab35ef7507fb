"""SARIF of real runs: valid by the OASIS schema, and in step with what else is reported.

PLUMBLINT_CORPUS may name a folder of checkouts, which are run over too.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from fixture_checkout import REPOS, checkout

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "tests/data/sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
CORPUS = Path(os.environ.get("PLUMBLINT_CORPUS") or os.devnull)
CHECKOUTS = [path for path in sorted(CORPUS.iterdir()) if path.is_dir()] if CORPUS.is_dir() else []


@pytest.mark.parametrize("name", REPOS)
def test_sarif_of_a_fixture_is_valid(name: str, tmp_path: Path) -> None:
    check(checkout(name, tmp_path), tmp_path)


@pytest.mark.parametrize("repo", CHECKOUTS, ids=lambda repo: repo.name)
def test_sarif_of_the_corpus_is_valid(repo: Path, tmp_path: Path) -> None:
    check(repo, tmp_path)


def check(repo: Path, tmp_path: Path) -> None:
    sarif, other = tmp_path / "out.sarif", tmp_path / "out.json"
    done = subprocess.run(
        [sys.executable, "-m", "plumblint", "-o", f"sarif={sarif}", "-o", f"json={other}", "."],
        cwd=repo, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    log = json.loads(sarif.read_text(encoding="utf-8"))
    jsonschema.Draft4Validator(SCHEMA).validate(log)
    (run,) = log["runs"]
    report = json.loads(other.read_text(encoding="utf-8"))
    assert len(run["results"]) == len(report["findings"]) + len(report["suppressed"])
    known = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert {result["ruleId"] for result in run["results"]} <= known
    assert run["columnKind"] == "unicodeCodePoints"
    for result in run["results"]:
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        if result["ruleId"] != "unreadable-file":
            assert result["partialFingerprints"]["primaryLocationLineHash"]
        assert not uri.startswith(("/", "file:", "../"))
