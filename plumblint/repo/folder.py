"""A folder on disk as a Repo: its root, its files, what git tracks.

Inside a git checkout git itself lists the files; elsewhere the folder is
walked and `.gitignore` files are honoured through pathspec.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from plumblint.repo.reader import SIZE_LIMIT, Repo, Unreadable

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_CONFIGS = (".plumblint.yaml", ".plumblint.yml")
_NO_PROGRAMS = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null")
"""A repo's own configuration may name programs that git would run while it lists files."""
_SKIPPED = frozenset((".git", ".hg", ".svn", "node_modules", "__pycache__", ".terraform", ".venv"))


class FolderRepo(Repo):
    """A folder on disk.  Links that leave it are not followed."""

    def __init__(self, root: str, listing: Iterable[str], tracked: frozenset[str] | None) -> None:
        super().__init__({})
        self.root = os.path.realpath(root)
        self._listing = listing
        self._tracked = tracked

    def tracked(self, path: str) -> bool | None:
        """Whether git tracks `path`; None outside a checkout."""
        return None if self._tracked is None else path in self._tracked

    def _list(self) -> Iterable[str]:
        return self._listing

    def _bytes(self, path: str) -> bytes | Unreadable:
        full = os.path.join(self.root, path)
        real = os.path.realpath(full)
        if real != self.root and not real.startswith(self.root + os.sep):
            return Unreadable(
                "unreadable", "it is a link that leaves the repo, so it is not followed"
            )
        try:
            with open(real, "rb", opener=_open_plainly) as file:
                if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    return Unreadable("unreadable", "it is not a regular file")
                return file.read(SIZE_LIMIT + 1)
        except FileNotFoundError:
            return Unreadable("missing", "no such file")
        except OSError as error:
            return Unreadable("unreadable", error.strerror or str(error))


def _open_plainly(path: str, flags: int) -> int:
    """Open without waiting on a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def find_root(start: str) -> str:
    """The root of the repo that `start` lies in.

    The git top level, else the nearest folder with our configuration, else
    `start` itself (a file's folder).
    """
    folder = os.path.abspath(start)
    if not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    configured = None
    current = folder
    while True:
        if os.path.exists(os.path.join(current, ".git")):
            return current
        if configured is None and any(os.path.exists(os.path.join(current, c)) for c in _CONFIGS):
            configured = current
        parent = os.path.dirname(current)
        if parent == current:
            return configured or folder
        current = parent


def open_folder(root: str) -> FolderRepo:
    """The repo at `root`."""
    if os.path.exists(os.path.join(root, ".git")):
        listing = _git_listing(root)
        if listing is not None:
            tracked, others = listing
            return FolderRepo(root, (*tracked, *others), frozenset(tracked))
    return FolderRepo(root, _Walk(root), None)


def _git_listing(root: str) -> tuple[list[str], list[str]] | None:
    """Tracked files and others that are not ignored; None where git cannot be asked."""
    import subprocess

    def ask(*options: str) -> list[str]:
        done = subprocess.run(
            ["git", "-C", root, *_NO_PROGRAMS, "ls-files", "-z", *options],
            capture_output=True, check=True,
        )  # fmt: skip
        return [name for name in done.stdout.decode("utf-8", "surrogateescape").split("\0") if name]

    try:
        tracked = ask("--cached")
        others = ask("--others", "--exclude-standard")
    except (OSError, subprocess.CalledProcessError):
        return None
    there = [name for name in dict.fromkeys(tracked) if os.path.lexists(os.path.join(root, name))]
    return there, others


_Rules = tuple[str, "GitIgnoreSpec"]
"""A folder and its .gitignore."""


class _Walk:
    """The files below a folder, ignored ones left out; walked when first asked."""

    def __init__(self, root: str) -> None:
        self._root = root

    def __iter__(self) -> Iterator[str]:
        pending: list[tuple[str, tuple[_Rules, ...]]] = [("", ())]
        while pending:
            folder, specs = pending.pop()
            try:
                entries = sorted(os.scandir(os.path.join(self._root, folder)), key=lambda e: e.name)
            except OSError:
                continue
            if any(entry.name == ".gitignore" for entry in entries):
                specs = (*specs, (folder, self._ignore_spec(folder)))
            for entry in entries:
                path = f"{folder}{entry.name}"
                is_folder = entry.is_dir(follow_symlinks=False)
                if entry.name in _SKIPPED or _ignored(path + "/" * is_folder, specs):
                    continue
                if is_folder:
                    pending.append((path + "/", specs))
                else:
                    yield path

    def _ignore_spec(self, folder: str) -> GitIgnoreSpec:
        import pathspec

        with open(os.path.join(self._root, folder, ".gitignore"), errors="replace") as file:
            return pathspec.GitIgnoreSpec.from_lines(file)


def _ignored(path: str, specs: tuple[_Rules, ...]) -> bool:
    verdict = False
    for folder, spec in specs:
        result = spec.check_file(path[len(folder) :])
        if result.include is not None:
            verdict = bool(result.include)
    return verdict
