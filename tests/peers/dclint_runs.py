"""Runs of dclint, for the tests that compare with it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

DCLINT = os.environ.get("PLUMBLINT_DCLINT") or shutil.which("dclint")
"""The program, None where it is not installed (`npm install -g dclint`)."""


def dclint(paths: list[str], folder: Path) -> list[tuple[str, str, int, str]]:
    """Path, rule, line and message of each finding; `folder` takes the report.

    The report goes to a file, as dclint cuts it off on a pipe.
    """
    assert DCLINT is not None
    report = folder / "dclint.json"
    subprocess.run(
        [DCLINT, "--formatter", "json", "--output-file", str(report), *paths],
        capture_output=True,
        timeout=300,
        check=False,
    )
    return [
        (file["filePath"], found["rule"], found["line"], found["message"])
        for file in json.loads(report.read_text(encoding="utf-8"))
        for found in file["messages"]
    ]
