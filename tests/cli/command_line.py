"""Running the command line in a repo of its own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from click.testing import CliRunner, Result

from plumblint.cli.group import main


def write(root: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files below a folder."""
    for path, text in files.items():
        full = root / path
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_bytes(text if isinstance(text, bytes) else text.encode())


def git(root: Path, *arguments: str) -> str:
    """Run git in a folder, as nobody in particular."""
    settings = {
        "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "a",
        "GIT_COMMITTER_EMAIL": "a@example.org", "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
    }  # fmt: skip
    done = subprocess.run(
        ["git", "-C", str(root), *arguments],
        check=True, capture_output=True, text=True, env={**os.environ, **settings},
    )  # fmt: skip
    return done.stdout


def commit(root: Path, message: str = "m") -> None:
    """Commit all there is; the first time makes the repo."""
    if not (root / ".git").exists():
        git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-q", "--allow-empty", "-m", message)


def run(root: Path, *arguments: str, stdin: str | bytes | None = None) -> Result:
    """`plumblint ARGUMENTS` in a folder."""
    here = os.getcwd()
    os.chdir(root)
    try:
        return CliRunner().invoke(main, list(arguments), input=stdin, prog_name="plumblint")
    finally:
        os.chdir(here)
