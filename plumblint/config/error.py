"""ConfigError: a configuration that cannot be used, with the places of all that is wrong."""

from __future__ import annotations

from collections.abc import Iterable


class ConfigError(Exception):
    """A broken configuration; `faults` holds a `file:line:column: message` each."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))
