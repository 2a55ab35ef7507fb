"""CPU time of processes, compared in rounds so that a busy machine is busy for all alike."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple


class Cost(NamedTuple):
    """Of one process and its children."""

    cpu: float
    """Seconds, of user and system."""
    megabytes: float
    code: int


def run(command: Sequence[str], cwd: str | Path | None = None) -> Cost:
    """Run a command to its end, its output thrown away."""
    process = subprocess.Popen(
        command, cwd=cwd, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
    )  # fmt: skip
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit, process.returncode)


def rounds(
    commands: Mapping[str, Sequence[str]], number: int, cwd: str | Path | None = None
) -> dict[str, list[Cost]]:
    """Each command once a round, after one round that only warms up."""
    found: dict[str, list[Cost]] = {name: [] for name in commands}
    for turn in range(number + 1):
        for name, command in commands.items():
            cost = run(command, cwd)
            if turn:
                found[name].append(cost)
    return found


def median(costs: Sequence[Cost]) -> float:
    """Of the CPU seconds."""
    return statistics.median(cost.cpu for cost in costs)


def ratio(costs: Sequence[Cost], base: Sequence[Cost]) -> float:
    """The median of the ratios within each round."""
    pairs = zip(costs, base, strict=True)
    return statistics.median(cost.cpu / other.cpu for cost, other in pairs)
