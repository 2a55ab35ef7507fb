"""A fixture as a git checkout of its own, apart from the checkout that the tests run in."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

FIXTURES = Path(__file__).parent.parent / "fixtures"
REPOS = sorted(path.parent.name for path in FIXTURES.glob("*/expected.txt"))
"""The fixtures that are whole repos."""
GIT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_COUNT": "1",
    "GIT_CONFIG_KEY_0": "init.defaultBranch",
    "GIT_CONFIG_VALUE_0": "main",
}
"""No settings but these."""


def checkout(name: str, to: Path) -> Path:
    """The fixture in the folder `to`, without what is expected of it."""
    repo = to / name
    shutil.copytree(
        FIXTURES / name, repo, symlinks=True, ignore=lambda folder, _: (
            ["expected.txt"] if Path(folder) == FIXTURES / name else []
        )
    )  # fmt: skip
    for command in (["init", "-q"], ["add", "-A", "-f"]):
        subprocess.run(["git", *command], cwd=repo, check=True, env={**os.environ, **GIT})
    return repo
