"""Both hooks, as pre-commit installs and runs them.

Installing them needs a package index and most of a minute, so that is done in CI and where
PLUMBLINT_ONLINE is set.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
BAD = "FROM node:latest\nCOPY app /app\nUSER 10001\n"
GOOD = "FROM node:22.3.0-slim\nCOPY app /app\nUSER 10001\n"
OFFLINE = ("No matching distribution", "ConnectionError", "NewConnectionError", "Read timed out",
           "Could not fetch URL", "Could not install packages", "Temporary failure")  # fmt: skip

if importlib.util.find_spec("pre_commit") is None:
    pytest.skip("pre-commit is not installed", allow_module_level=True)
if not (ROOT / ".git").exists():
    pytest.skip("pre-commit clones hooks, and this is no git checkout", allow_module_level=True)


def git(repo: Path, *arguments: str) -> None:
    names = ("-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *names, *arguments], cwd=repo, check=True, capture_output=True)


def pre_commit(repo: Path, *arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", *arguments, "--color=never"],
        cwd=repo, env={**environment, "PRE_COMMIT_HOME": str(home)}, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    if done.returncode == 3 and any(word in done.stdout + done.stderr for word in OFFLINE):
        pytest.skip("the hook cannot be installed here: no package index")
    return done


def repo_with(folder: Path, dockerfile: str) -> Path:
    folder.mkdir()
    git(folder, "init", "-q")
    (folder / "Dockerfile").write_text(dockerfile)
    (folder / "notes.txt").write_text("x\n")
    git(folder, "add", "-A")
    return folder


def test_the_manifest_is_valid(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(
    not (os.environ.get("CI") or os.environ.get("PLUMBLINT_ONLINE")),
    reason="hooks are installed from a package index in CI, or with PLUMBLINT_ONLINE=1",
)
def test_both_hooks_from_end_to_end(tmp_path: Path) -> None:
    bad = repo_with(tmp_path / "bad", BAD)
    done = pre_commit(bad, "try-repo", str(ROOT), "--all-files", home=tmp_path / "home")
    assert done.returncode == 1, done.stdout + done.stderr
    hooks = done.stdout.split("hook id: ")[1:]
    assert [hook.split()[0] for hook in hooks] == ["plumblint", "plumblint-repo"], done.stdout
    for hook in hooks:
        assert "exit code: 1" in hook
        assert "error[latest-tag]" in hook
        assert "Dockerfile:1:11" in hook


def test_the_named_files_are_what_is_reported(tmp_path: Path) -> None:
    repo = repo_with(tmp_path / "repo", GOOD)
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    for hook in hooks:
        hook["language"] = "system"
        hook["entry"] = f"{sys.executable} -m {hook['entry']}"
    config = {"repos": [{"repo": "local", "hooks": hooks}]}
    (repo / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    git(repo, "add", "-A")
    home = tmp_path / "home"
    clean = pre_commit(repo, "run", home=home)
    assert clean.returncode == 0, clean.stdout + clean.stderr
    assert clean.stdout.count("Passed") == 2
    (repo / "compose.yaml").write_text("services:\n  web:\n    image: nginx:latest\n")
    git(repo, "add", "-A")
    git(repo, "commit", "-q", "--no-verify", "-m", "x")
    (repo / "Dockerfile").write_text(GOOD + "EXPOSE 3000\n")
    git(repo, "add", "-A")
    staged = pre_commit(repo, "run", "plumblint", home=home)
    assert staged.returncode == 0, staged.stdout
    assert "Passed" in staged.stdout
    whole = pre_commit(repo, "run", "plumblint-repo", home=home)
    assert whole.returncode == 1, whole.stdout
    assert "compose.yaml:3:18" in whole.stdout
