"""Which configurations the schema has found sound before, in the user's cache folder.

Importing jsonschema costs as much as a whole run on a small repo, and a
configuration rarely changes.  A mark is an empty file, named by the hash of
the configuration and of the schema; it says nothing else.
"""

from __future__ import annotations

import os

from plumblint import __version__
from plumblint.config.schema import SCHEMA
from plumblint.source import Source


class Mark:
    """The mark of one configuration."""

    def __init__(self, source: Source, *, nearer: bool) -> None:
        from hashlib import sha256

        home = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
        parts = (__version__, str(SCHEMA), str(nearer), source.path, source.text)
        digest = sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()[:32]
        self._path = os.path.join(home, "plumblint", f"config-{digest}")

    def is_set(self) -> bool:
        """Whether the configuration was found sound."""
        return os.path.isfile(self._path)

    def set(self) -> None:
        """Remember that it is; a cache that cannot be written is none."""
        try:
            os.makedirs(os.path.dirname(self._path), mode=0o700, exist_ok=True)
            os.close(os.open(self._path, os.O_CREAT | os.O_WRONLY, 0o600))
        except OSError:
            return
