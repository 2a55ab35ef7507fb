"""The real command line in a process of its own, with what it cost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

MOST_SECONDS = 10
MOST_MEGABYTES = 500


class Run(NamedTuple):
    """What a run said, and what it cost."""

    code: int
    out: str
    err: str
    seconds: float
    megabytes: float

    @property
    def report(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out)
        return found


def run(root: Path, *arguments: str, before: tuple[str, ...] = ()) -> Run:
    """`plumblint ARGUMENTS` in a folder.

    The wall clock decides whether it took too long only together with the CPU time, as other
    processes may hold this one up.
    """
    out, err = root.parent / "out.txt", root.parent / "err.txt"
    with out.open("wb") as to, err.open("wb") as log:
        began = time.monotonic()
        process = subprocess.Popen(
            [*before, sys.executable, "-m", "plumblint", *arguments],
            cwd=root, stdin=subprocess.DEVNULL, stdout=to, stderr=log,
            env={**os.environ, "NO_COLOR": "1", "GIT_CEILING_DIRECTORIES": str(root.parent)},
        )  # fmt: skip
        while (done := os.wait4(process.pid, os.WNOHANG))[0] == 0:
            if time.monotonic() - began > MOST_SECONDS * 30:
                process.kill()
            time.sleep(0.02)
        process.returncode = os.waitstatus_to_exitcode(done[1])
    usage = done[2]
    wall = time.monotonic() - began
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return Run(
        process.returncode,
        out.read_text("utf-8", errors="surrogateescape"),
        err.read_text("utf-8", errors="replace"),
        min(wall, usage.ru_utime + usage.ru_stime),
        usage.ru_maxrss / unit,
    )
