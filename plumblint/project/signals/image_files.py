"""ImageFiles: from a path inside an image to the file of the repo that was copied there."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from fnmatch import fnmatchcase

from plumblint.facts import Copy, Unknown
from plumblint.repo import Repo, normal

SEARCHED = ("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin")
"""The PATH of an image that sets none."""
_DEEPEST = 6
_MOST_STEPS = 5000
"""COPY instructions looked at for one path."""


class ImageFiles:
    """What the COPY and ADD of a Dockerfile brought into an image.

    `contexts` are the folders that the image may be built from, the most
    likely first; `mounts` are (target, folder of the repo) of bind mounts,
    which hide what was copied.
    """

    def __init__(
        self,
        repo: Repo,
        copies: Sequence[Copy],
        contexts: Sequence[str],
        workdir: str | None,
        mounts: Sequence[tuple[str, str]] = (),
        path: Sequence[str] = (),
    ) -> None:
        self.repo = repo
        self.contexts = tuple(contexts)
        self.workdir = workdir
        self._copies = [copy for copy in copies if copy.keyword]
        self._mounts = mounts
        self._path = (*path, *SEARCHED)
        self._steps = 0

    def absolute(self, path: str, folder: str | None) -> str | None:
        """A path in the image, from `folder` on where it is relative."""
        if path.startswith("/"):
            return posixpath.normpath(path)
        if folder is None:
            return None
        return posixpath.normpath(posixpath.join(folder, path))

    def program(self, name: str, folder: str | None) -> str | None:
        """The repo's file behind a program's name or path."""
        if "/" in name:
            return self.find(name, folder)
        for place in self._path:
            found = self.find(f"{place}/{name}", None)
            if found is not None:
                return found
        return None

    def find(self, path: str, folder: str | None) -> str | None:
        """The repo's file at a path of the image, None where it is not one that is known."""
        whole = self.absolute(path, folder)
        if whole is None:
            return self._by_name(path)
        for target, source in self._mounts:
            inside = _below(whole, target)
            if inside is not None:
                return self._file(normal(f"{source}/{inside}"))
        final = [copy for copy in self._copies if copy.final_stage]
        self._steps = 0
        return self._copied(whole, final, 0)

    def origin_stage(self, path: str, folder: str | None) -> str | None:
        """The stage or image that a program was copied from, None where it was not."""
        whole = self.absolute(path, folder)
        for copy in reversed(self._copies):
            if copy.final_stage and isinstance(copy.from_stage, str) and whole is not None:
                destination = self._destination(copy)
                if destination is not None and _below(whole, destination) is not None:
                    return copy.from_stage
        return None

    def _copied(self, whole: str, copies: Sequence[Copy], depth: int) -> str | None:
        for copy in reversed(copies):
            self._steps += 1
            if self._steps > _MOST_STEPS:
                break
            for source in self._sources(copy, whole):
                if copy.from_stage is None:
                    found = self._in_context(source)
                elif isinstance(copy.from_stage, Unknown) or depth > _DEEPEST:
                    found = None
                else:
                    stage = copy.from_stage.lower()
                    there = [one for one in self._copies if one.stage == stage]
                    found = self._copied(posixpath.normpath("/" + source), there, depth + 1)
                if found is not None:
                    return found
        return None

    def _sources(self, copy: Copy, whole: str) -> list[str]:
        """Where in its context (or stage) a COPY may have taken the file from."""
        destination = self._destination(copy)
        if destination is None:
            return []
        inside = _below(whole, destination)
        if inside is None:
            return []
        found = []
        into_folder = copy.destination in (".", "./") or str(copy.destination).endswith("/")
        for source in copy.sources:
            if not isinstance(source, str) or "://" in source:
                continue
            source = source.strip("/") or "."
            name = posixpath.basename(source)
            if inside == "":
                found.append(source)
            else:
                found.append(posixpath.normpath(f"{source}/{inside}"))
                if "/" not in inside and fnmatchcase(inside, name):
                    folder = posixpath.dirname(source)
                    found.append(posixpath.join(folder, inside))
            if not into_folder and inside == "" and "*" in source:
                found.pop()
        return found

    def _destination(self, copy: Copy) -> str | None:
        if not isinstance(copy.destination, str):
            return None
        folder = copy.workdir if isinstance(copy.workdir, str) else None
        if copy.workdir is None:
            folder = "/"
        return self.absolute(copy.destination, folder)

    def _in_context(self, source: str) -> str | None:
        found = [
            path
            for context in self.contexts
            if (path := self._file(normal(f"{context}/{source}"))) is not None
        ]
        return found[0] if found else None

    def _file(self, path: str | None) -> str | None:
        return path if path and self.repo.exists(path) else None

    def _by_name(self, path: str) -> str | None:
        """A relative path below a folder that is not known: the one file that fits."""
        wanted = path.removeprefix("./")
        found = {
            where
            for context in self.contexts
            if (where := self._file(normal(f"{context}/{wanted}"))) is not None
        }
        return found.pop() if len(found) == 1 else None


def _below(path: str, folder: str) -> str | None:
    """`path` seen from `folder`, empty where both are the same, None where it is not below."""
    if path == folder:
        return ""
    start = folder.rstrip("/") + "/"
    return path[len(start) :] if path.startswith(start) else None
