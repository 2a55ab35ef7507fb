"""Folders of policy files, and the cache of what was read from them.

The cache holds checked records as JSON, by the hash of what they were read
from and the stamp of the engine that checked them; nothing in it is executed
but expressions, which are checked again when compiled.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator
from typing import Any

from plumblint import __version__
from plumblint.policy.error import PolicyError

MOST_BYTES = 1024 * 1024
"""Of a policy file."""


def policy_files(folder: str) -> Iterator[tuple[str, str]]:
    """Path and guardrail of each policy file below a folder, sorted.

    The guardrail is the folder that the file is in.
    """
    root = os.path.abspath(folder)
    for here, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.endswith((".yaml", ".yml")) and not name.startswith("."):
                yield os.path.join(here, name), os.path.basename(here)


def read_records(
    folder: str, *, cache: bool = True, foreign: bool = True, tables: Collection[str] = ()
) -> list[dict[str, Any]]:
    """The checked records of the policies in a folder.  Raises PolicyError."""
    from hashlib import sha256

    files = list(policy_files(folder))
    if not files:
        raise PolicyError((f"{folder}:1:1: there is no policy here: no *.yaml file",))
    store = _Store(folder, foreign, tables) if cache else None
    known = store.load() if store else {}
    kept: dict[str, dict[str, Any]] = {}
    faults: list[str] = []
    for path, guardrail in files:
        shown = _shown(path, folder, foreign)
        try:
            data = _bytes(path, folder)
        except OSError as error:
            faults.append(f"{shown}:1:1: the file cannot be read: {error.strerror or error}")
            continue
        key = sha256(f"{shown}\0{guardrail}\0".encode() + data).hexdigest()
        record = known.get(key)
        if record is None:
            try:
                record = _read(shown, guardrail, data, foreign, tables)
            except PolicyError as error:
                faults += error.faults
                continue
        kept[key] = record
    if faults:
        raise PolicyError(faults)
    if store and kept.keys() != known.keys():
        store.save(kept)
    return list(kept.values())


def _shown(path: str, folder: str, foreign: bool) -> str:
    """The path in messages: below the shipped folder's parent, or as the user named the folder."""
    root = os.path.abspath(folder)
    below = os.path.relpath(path, root).replace(os.sep, "/")
    top = folder.replace(os.sep, "/").rstrip("/") if foreign else os.path.basename(root)
    return f"{top}/{below}"


def _bytes(path: str, folder: str) -> bytes:
    """The content of a policy file.  Raises OSError; also for a link that leaves the folder."""
    real = os.path.realpath(path)
    if not real.startswith(os.path.join(os.path.realpath(folder), "")) or not os.path.isfile(real):
        raise OSError("it is no file of this folder")
    with open(real, "rb") as file:
        return file.read(MOST_BYTES + 1)


def _read(
    path: str, guardrail: str, data: bytes, foreign: bool, tables: Collection[str]
) -> dict[str, Any]:
    from plumblint.policy.load import read_policy
    from plumblint.repo import decode
    from plumblint.tables import ROWS

    if len(data) > MOST_BYTES:
        raise PolicyError((f"{path}:1:1: the file is too large for a policy",))
    names = (*ROWS, *tables)
    return read_policy(decode(path, data), guardrail, tables=names, foreign=foreign)


class _Store:
    """The cache file of one folder."""

    def __init__(self, folder: str, foreign: bool, tables: Collection[str]) -> None:
        from hashlib import sha256

        home = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
        name = f"{os.path.abspath(folder)}\0{foreign}\0{sorted(tables)}"
        digest = sha256(name.encode(errors="surrogateescape")).hexdigest()[:24]
        self._path = os.path.join(home, "plumblint", f"policies-{digest}.json")

    def load(self) -> dict[str, dict[str, Any]]:
        """What is stored, nothing where it does not fit this engine."""
        try:
            with open(self._path, encoding="utf-8") as file:
                stored = json.load(file)
            if stored["engine"] == _engine():
                records: dict[str, dict[str, Any]] = stored["records"]
                return records
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return {}

    def save(self, records: dict[str, dict[str, Any]]) -> None:
        """Store the records; a cache that cannot be written is none."""
        temporary = f"{self._path}.{os.getpid()}"
        try:
            os.makedirs(os.path.dirname(self._path), mode=0o700, exist_ok=True)
            with open(temporary, "w", encoding="utf-8") as file:
                json.dump({"engine": _engine(), "records": records}, file, ensure_ascii=False)
            os.replace(temporary, self._path)
        except OSError:
            return


def _engine() -> str:
    """A stamp of all that checks policies: the version, and in a checkout the files themselves."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    stamps = [__version__]
    for folder in ("policy", "facts", "tables"):
        with os.scandir(os.path.join(package, folder)) as entries:
            for entry in sorted(entries, key=lambda e: e.name):
                if entry.name.endswith(".py"):
                    stat = entry.stat()
                    stamps.append(f"{entry.name}:{stat.st_size}:{stat.st_mtime_ns}")
    return " ".join(stamps)
