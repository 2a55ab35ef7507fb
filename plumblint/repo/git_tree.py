"""A commit as a Repo: git's own tree, without a checkout.

One `git cat-file --batch` answers all reads; links are followed inside the
tree only.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Mapping

from plumblint.repo.reader import SIZE_LIMIT, Repo, Unreadable, normal

_LINK = "120000"
_FILES = ("100644", "100755", "100664")
_LINKS_FOLLOWED = 40
_HUNK = re.compile(r"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")


class GitError(Exception):
    """What git refuses, for people."""


class GitTreeRepo(Repo):
    """The files of a commit."""

    def __init__(self, root: str, tree: Mapping[str, tuple[str, str]]) -> None:
        """`tree` gives mode and object by path."""
        super().__init__({})
        self.root = os.path.realpath(root)
        self._tree = tree
        self._git: subprocess.Popen[bytes] | None = None
        self._owner = 0
        """The process that started git: a fork may not share its pipes."""

    def tracked(self, path: str) -> bool | None:
        """Whether the commit has `path`."""
        return path in self._tree

    def close(self) -> None:
        """End git."""
        if self._git is not None:
            git, self._git = self._git, None
            git.communicate()

    def _list(self) -> Iterable[str]:
        return self._tree

    def _bytes(self, path: str) -> bytes | Unreadable:
        for _ in range(_LINKS_FOLLOWED):
            entry = self._tree.get(path)
            if entry is None:
                through = self._through_folder_link(path)
                if through is None:
                    return Unreadable("missing", "no such file")
            elif entry[0] != _LINK:
                return self._object(entry[1])
            else:
                target = self._object(entry[1])
                if isinstance(target, Unreadable):
                    return target
                through = _joined(path, target.decode("utf-8", "surrogateescape"))
                if through is None:
                    return Unreadable(
                        "unreadable", "it is a link that leaves the repo, so it is not followed"
                    )
            path = through
        return Unreadable("unreadable", "Too many levels of symbolic links")

    def _through_folder_link(self, path: str) -> str | None:
        """The path with the link among its folders followed, None where there is none."""
        parts = path.split("/")
        for length in range(1, len(parts)):
            folder = "/".join(parts[:length])
            entry = self._tree.get(folder)
            if entry is not None and entry[0] == _LINK:
                target = self._object(entry[1])
                if isinstance(target, bytes):
                    there = _joined(folder, target.decode("utf-8", "surrogateescape"))
                    return None if there is None else normal(f"{there}/{'/'.join(parts[length:])}")
        return None

    def _object(self, name: str) -> bytes | Unreadable:
        if self._git is None or self._owner != os.getpid():
            self._owner = os.getpid()
            self._git = subprocess.Popen(
                ["git", "-C", self.root, "cat-file", "--batch"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        asked, answer = self._git.stdin, self._git.stdout
        if asked is None or answer is None:
            return Unreadable("unreadable", "git does not answer")
        asked.write(f"{name}\n".encode())
        asked.flush()
        head = answer.readline().split()
        if len(head) != 3:
            return Unreadable("unreadable", "git does not have it")
        size = int(head[2])
        data = answer.read(min(size, SIZE_LIMIT + 1))
        left = size - len(data) + 1  # the line feed behind it
        while left > 0:
            skipped = answer.read(min(left, 1 << 16))
            if not skipped:
                break
            left -= len(skipped)
        return data


def _joined(path: str, target: str) -> str | None:
    """Where a link leads, None out of the root."""
    folder = path.rpartition("/")[0]
    return None if target.startswith("/") else normal(f"{folder}/{target}")


def open_commit(root: str, commit: str) -> GitTreeRepo:
    """The repo as a commit has it.  Raises GitError."""
    listing = ask_git(root, "ls-tree", "-r", "-z", "--full-tree", commit)
    tree = {}
    for entry in listing.split("\0"):
        about, _, path = entry.partition("\t")
        if path:
            mode, _, name = about.split(" ")
            if mode == _LINK or mode in _FILES:
                tree[path] = (mode, name)
    return GitTreeRepo(root, tree)


def fork_point(root: str, ref: str) -> str:
    """The commit at which HEAD left `ref`, or `ref`'s own where they share none.

    Raises GitError.
    """
    commit = ask_git(root, "rev-parse", "--verify", "--quiet", "--end-of-options",
                     f"{ref}^{{commit}}").strip()  # fmt: skip
    try:
        return ask_git(root, "merge-base", commit, "HEAD").strip() or commit
    except GitError:
        return commit


class Changes:
    """What happened to the lines of files since a commit."""

    def __init__(self, root: str, commit: str) -> None:
        """Ask git; where it cannot tell, nothing is known to be moved or unchanged."""
        self.renames: dict[str, str] = {}
        """The new path of a moved file by its old one."""
        self._old_paths: dict[str, str] = {}
        self._hunks: dict[str, list[tuple[int, int, int]]] = {}
        try:
            text = ask_git(
                root,
                "diff",
                "-U0",
                "-M",
                "--no-color",
                "--no-ext-diff",
                "--no-textconv",
                "--src-prefix=a/",
                "--dst-prefix=b/",
                commit,
                "--",
            )
            self._known = True  # fmt: skip
        except GitError:
            text = ""
            self._known = False
        old = new = ""
        for line in text.split("\n"):
            if line.startswith("diff --git "):
                old = new = ""
            elif line.startswith("rename from "):
                old = line[len("rename from ") :]
            elif line.startswith("rename to "):
                new = line[len("rename to ") :]
                self.renames[old] = new
                self._old_paths[new] = old
            elif line.startswith("+++ b/"):
                new = line[len("+++ b/") :].rstrip("\t")
            elif new and (hunk := _HUNK.match(line)):
                removed, start, added = (int(part) if part else 1 for part in hunk.groups())
                self._hunks.setdefault(new, []).append((removed, start, added))

    def old_place(self, path: str, line: int) -> tuple[str, int] | None:
        """Where an unchanged line was at the commit, None for one that came or changed since."""
        if not self._known:
            return None
        shift = 0
        for removed, start, added in self._hunks.get(path, ()):
            if start <= line < start + added:
                return None
            if start + (added or 1) <= line:
                shift += removed - added
        return self._old_paths.get(path, path), line + shift


def ask_git(root: str, *arguments: str) -> str:
    """What git prints.  Raises GitError."""
    command = ["git", "-C", root, "-c", "core.fsmonitor=false", "-c", "core.quotePath=false"]
    try:
        done = subprocess.run([*command, *arguments], capture_output=True, check=True)
    except OSError as error:
        raise GitError(f"git cannot be run: {error.strerror}") from None
    except subprocess.CalledProcessError as error:
        told = error.stderr.decode("utf-8", "replace").strip().splitlines()
        raise GitError(told[-1] if told else f"git {arguments[0]} failed") from None
    return done.stdout.decode("utf-8", "surrogateescape")
