"""Runs of zizmor, for the tests that compare with it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ZIZMOR = (
    os.environ.get("PLUMBLINT_ZIZMOR")
    or shutil.which("zizmor")
    or shutil.which("zizmor", path=os.path.dirname(sys.executable))
)
"""The program, None where it is not installed (`pip install zizmor`)."""


class Found:
    """A finding of zizmor: audit, severity, path, first and last line, what it reads."""

    def __init__(self, item):
        places = [at for at in item["locations"] if at["symbolic"]["kind"] == "Primary"]
        place = (places or item["locations"])[0]
        self.audit = item["ident"]
        self.severity = item["determinations"]["severity"]
        self.path = place["symbolic"]["key"]["Local"]["verbatim_path"].removeprefix("./")
        span = place["concrete"]["location"]
        self.first = span["start_point"]["row"] + 1
        self.last = span["end_point"]["row"] + 1
        kind = place["symbolic"]["feature_kind"]
        part = kind.get("Subfeature", {}).get("fragment", {}) if isinstance(kind, dict) else {}
        self.text = str(part.get("Raw") or place["concrete"]["feature"])

    def __repr__(self):
        return f"{self.audit} {self.path}:{self.first} {self.text[:60]!r}"


def zizmor(folder: str | Path, *paths: str) -> tuple[list[Found], list[str]]:
    """What zizmor finds offline as it comes, and the lines in which it warns."""
    assert ZIZMOR is not None
    done = subprocess.run(
        [
            ZIZMOR,
            "--offline",
            "--no-config",
            "--no-exit-codes",
            "--format",
            "json",
            *(paths or "."),
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    items = json.loads(done.stdout or "[]")
    warnings = [line for line in done.stderr.splitlines() if " WARN " in line or "fatal" in line]
    local = [item for item in items if "Local" in item["locations"][0]["symbolic"]["key"]]
    return [Found(item) for item in local if not item["ignored"]], warnings
