"""Stop: what ends a run before it judges: wrong usage, configuration or policies."""

from __future__ import annotations

import sys

EXIT_CODE = 2
"""Of a run that could not be made."""


class Stop(Exception):  # noqa: N818 -- nothing went wrong in the program
    """Why there is no run: a fault a line, for people."""

    def __init__(self, *faults: str) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))

    def show(self) -> None:
        """Print the faults to standard error."""
        for fault in self.faults:
            sys.stderr.write(f"error: {fault}\n")


def broken(error: Exception) -> Stop:
    """The Stop of a configuration or policies that cannot be used."""
    return Stop(*(getattr(error, "faults", None) or (str(error),)))
