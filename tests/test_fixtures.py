"""The real command line on whole repos: all that it finds in each stands in its `expected.txt`.

`PLUMBLINT_ACCEPT=1 pytest tests/test_fixtures.py` writes what is found now; read the difference
before it is committed.
"""

from __future__ import annotations

import difflib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from fixture_checkout import FIXTURES, GIT, REPOS, checkout


def lint(repo: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "plumblint", "check", *arguments],
        cwd=repo, env={**os.environ, **GIT, "NO_COLOR": "1", "PYTHONUTF8": "1"},
        capture_output=True, text=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("name", REPOS)
def test_all_that_is_found_is_expected(name: str, tmp_path: Path) -> None:
    done = lint(checkout(name, tmp_path), "-o", "concise")
    assert "Traceback" not in done.stderr, done.stderr
    expected = FIXTURES / name / "expected.txt"
    if os.environ.get("PLUMBLINT_ACCEPT"):
        expected.write_text(done.stdout, encoding="utf-8", newline="\n")
    wanted = expected.read_text(encoding="utf-8")
    assert done.stdout == wanted, "".join(
        difflib.unified_diff(
            wanted.splitlines(True), done.stdout.splitlines(True), "expected", "found", n=0
        )
    )
    assert "internal-error" not in done.stdout
    assert done.returncode == any(" warning " in line or " error " in line
                                  for line in wanted.splitlines())  # fmt: skip


def test_there_is_a_sound_repo() -> None:
    assert (FIXTURES / "shop-sound" / "expected.txt").read_text(encoding="utf-8") == ""


def test_every_file_of_a_known_kind_is_read_or_reported(tmp_path: Path) -> None:
    import json

    from plumblint.discover import DEFAULT_EXCLUDES, discover
    from plumblint.repo.folder import open_folder

    repo = checkout("odd-inputs", tmp_path)
    summary = json.loads(lint(repo, "-o", "json").stdout)["summary"]
    known = sum(map(len, discover(open_folder(str(repo)), DEFAULT_EXCLUDES).values()))
    spoken_of = {*summary["files_unread"], *summary["templates"]}
    assert summary["files_read"] + len(spoken_of) >= known
