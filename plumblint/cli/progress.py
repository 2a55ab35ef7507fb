"""A line on a terminal's standard error that tells how far a long run is."""

from __future__ import annotations

import sys
from time import monotonic

QUIET_SECONDS = 2.0
"""Before that there is nothing to see."""
_BETWEEN = 0.1
_CLEAR = "\r\x1b[2K"


class Progress:
    """Called with what is being done; shows it on a terminal, never in a pipe."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._next = monotonic() + QUIET_SECONDS
        self._shown = False

    def __call__(self, text: str, done: int = 0, total: int = 0) -> None:
        """Say what is being done, and how many of how many things are."""
        if not self._terminal or monotonic() < self._next:
            return
        import shutil

        from plumblint.report.escape import visible

        self._next = monotonic() + _BETWEEN
        self._shown = True
        count = f"{done}/{total} " if total else ""
        line = f"plumblint: {count}{visible(text)}"
        width = shutil.get_terminal_size().columns - 1
        sys.stderr.write(_CLEAR + line[:width])
        sys.stderr.flush()

    def end(self) -> None:
        """Clear the line."""
        if self._shown:
            self._shown = False
            sys.stderr.write(_CLEAR)
            sys.stderr.flush()
