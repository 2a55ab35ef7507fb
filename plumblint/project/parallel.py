"""Reading units in several processes, where there are enough of them to be worth it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence

from plumblint.facts import Fact
from plumblint.formats import Format, Unit
from plumblint.project.limits import take_limits
from plumblint.repo import Repo

WORTH_IT = 100
"""Units from which on more processes save more than they cost."""
MOST = 8
"""Processes that are taken by themselves."""
_CHUNK = 8
"""Units that a process reads before it reports."""

_Work = Sequence[tuple[Unit, Format]]
_work: tuple[Repo, _Work] | None = None
"""What the processes read; they are forks, so it need not be sent to them."""


def processes(jobs: int | None, units: int) -> int:
    """How many processes read: `jobs`, 0 for one a core, None for what the number is worth."""
    if not hasattr(os, "fork") or sys.platform == "darwin":
        return 1
    cores = _cores()
    if jobs is None:
        return min(cores, MOST) if units >= WORTH_IT else 1
    return max(min(jobs or cores, units), 1)


def read_in_parallel(
    repo: Repo, units: _Work, count: int
) -> Iterator[tuple[int, list[Fact] | None]]:
    """The facts of each unit by its number, in any order; None where its reader failed."""
    global _work  # noqa: PLW0603 -- read by the forks only
    import multiprocessing

    starts = range(0, len(units), _CHUNK)
    _work = (repo, units)
    try:
        with multiprocessing.get_context("fork").Pool(count) as pool:
            for found in pool.imap_unordered(_read_chunk, starts):
                yield from found
    finally:
        _work = None


def _read_chunk(start: int) -> list[tuple[int, list[Fact] | None]]:
    if _work is None:
        return []
    repo, units = _work
    found: list[tuple[int, list[Fact] | None]] = []
    for number, (unit, reader) in enumerate(units[start : start + _CHUNK], start):
        try:
            found.append((number, [*reader.read(unit, repo), *take_limits(repo)]))
        except Exception:  # noqa: BLE001 -- read once more by the parent, which reports it
            found.append((number, None))
    return found


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
