"""Build contexts: which files of the repo a COPY brings, and what no .dockerignore keeps out.

The context of a Dockerfile is what a compose service or a workflow says; else
its own folder or the nearest one above in which every file that it copies by
name is there.  Where neither tells, nothing is claimed.
"""

from __future__ import annotations

import posixpath
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from plumblint.facts import Container, Copy
from plumblint.project.dockerignore import Ignored, compile_glob, read_patterns
from plumblint.project.project import Project
from plumblint.repo import Repo, normal

MOST_FILES = 20_000
"""Files of one context that are looked at; of a larger one nothing is listed."""
MOST_MATCHES = 2_000_000
"""Files times patterns of a context that are tried; of a larger one nothing is listed."""
MOST_BROUGHT = 2_000
"""Files that one COPY lists."""
MOST_BROUGHT_FROM_ONE = 100_000
"""Files that all the COPYs from one context list together; what comes later lists none."""
_EVERYTHING = frozenset((".", "./", "/", "./.", "*", "./*"))
_SAMPLES = (".env.example", ".env.sample", ".env.template", ".env.dist", "env.example")
_GLOB = frozenset("*?[")


def fill_contexts(project: Project) -> None:
    """Tell of each COPY and ADD from the context what it brings."""
    if not project.wants(Copy):
        return
    by_file: dict[str, list[Copy]] = {}
    for copy in project.of(Copy):
        if copy.from_stage is None:
            by_file.setdefault(copy.span.path, []).append(copy)
    told = _told(project)
    contexts: dict[tuple[str, str], _Context] = {}
    for path, copies in by_file.items():
        folder = told[path] if path in told else _inferred(project.repo, path, copies)
        if folder is None:
            continue
        ignore_file = _ignore_file(project.repo, path, folder)
        key = (folder, ignore_file)
        if key not in contexts:
            contexts[key] = _Context(project.repo, folder, ignore_file)
        for copy in copies:
            contexts[key].fill(copy)


def _told(project: Project) -> dict[str, str | None]:
    """The context by Dockerfile that compose services name; None where they name several."""
    told: dict[str, str | None] = {}
    for container in project.of(Container):
        folder, path = container.build_context, container.build_dockerfile
        if not isinstance(folder, str) or not isinstance(path, str):
            continue
        clean = normal(folder)
        known = told.setdefault(path, clean)
        if known != clean:
            told[path] = None
    return told


def _inferred(repo: Repo, path: str, copies: Sequence[Copy]) -> str | None:
    """The nearest folder, from the Dockerfile's own upwards, that has all that is copied."""
    wanted = [
        source
        for copy in copies
        for source in copy.sources
        if isinstance(source, str) and not _GLOB.intersection(source) and "://" not in source
    ]
    folder = posixpath.dirname(path)
    while True:
        if all(_is_there(repo, folder, source) for source in wanted):
            return folder
        if not folder:
            return None
        folder = posixpath.dirname(folder)


def _is_there(repo: Repo, folder: str, source: str) -> bool:
    place = normal(source)
    if place is None:
        return False
    path = posixpath.join(folder, place) if place else folder
    return not path or repo.exists(path) or _has_folder(repo, path)


def _has_folder(repo: Repo, path: str) -> bool:
    at = bisect_left(repo.files, path + "/")
    return at < len(repo.files) and repo.files[at].startswith(path + "/")


def _ignore_file(repo: Repo, dockerfile: str, folder: str) -> str:
    """The ignore file that BuildKit reads: the Dockerfile's own before the context's."""
    own = dockerfile + ".dockerignore"
    return own if repo.exists(own) else posixpath.join(folder, ".dockerignore")


class _Context:
    """A build context with its ignore file."""

    __slots__ = ("_files", "_folder", "_ignore_file", "_ignored", "_left", "_repo")

    def __init__(self, repo: Repo, folder: str, ignore_file: str) -> None:
        self._repo = repo
        self._folder = folder
        self._ignore_file = ignore_file if repo.exists(ignore_file) else None
        source = repo.source(ignore_file) if self._ignore_file is not None else None
        self._ignored = Ignored(read_patterns(source.text)) if source is not None else None
        self._files: list[str] | None = None
        self._left = MOST_BROUGHT_FROM_ONE

    def fill(self, copy: Copy) -> None:
        """Say of a copy what it brings."""
        copy.context = self._folder or "."
        copy.ignore_file = self._ignore_file
        sources = [source for source in copy.sources if isinstance(source, str)]
        if self._ignored is not None:
            copy.ignored = tuple(source for source in sources if self._keeps_out(source))
        found = repo_text(self._repo, copy)
        if any(source in _EVERYTHING for source in sources) and "--exclude" not in found:
            copy.unfiltered = tuple(self._unfiltered())
        if self._left > 0:
            copy.brings = self._brings(sources)
            self._left -= len(copy.brings) + 1

    def _brings(self, sources: Sequence[str]) -> tuple[str, ...]:
        brought: dict[str, None] = {}
        for source in sources:
            for path in self._under(source):
                brought[path] = None
                if len(brought) >= MOST_BROUGHT:
                    break
        return tuple(brought)

    def _lets_through(self, path: str) -> bool:
        return self._ignored is None or not self._ignored.matches(path)

    def _unfiltered(self) -> Iterable[str]:
        if not self._folder and self._lets_through(".git/HEAD"):
            yield ".git"
        if self._has_env() and self._lets_through(".env"):
            yield ".env"

    def _has_env(self) -> bool:
        """Whether a `.env` lies in the context, or is made there from a sample and not tracked."""
        if self._repo.exists(posixpath.join(self._folder, ".env")):
            return True
        return any(self._repo.exists(posixpath.join(self._folder, name)) for name in _SAMPLES)

    def _keeps_out(self, source: str) -> bool:
        """Whether all there is of a source is ignored."""
        place = normal(source)
        if not place or _GLOB.intersection(source) or "://" in source:
            return False
        if self._repo.exists(posixpath.join(self._folder, place)):
            return not self._lets_through(place)
        inside = self._below(place)
        return bool(inside) and not any(self._lets_through(path) for path in inside)

    def _under(self, source: str) -> Iterable[str]:
        """The files of the repo that a source brings, by their path in the repo."""
        place = normal(source) if "://" not in source else None
        if place is None:
            return
        pattern = compile_glob(place) if _GLOB.intersection(place) else None
        if pattern is None and place and self._repo.exists(posixpath.join(self._folder, place)):
            if self._lets_through(place):
                yield posixpath.join(self._folder, place)
            return
        for path in self._below(place) if pattern is None else self._listing():
            if (pattern is None or pattern.fits(path)) and self._lets_through(path):
                yield posixpath.join(self._folder, path)

    def _below(self, place: str) -> list[str]:
        """The files of the context below one of its folders."""
        files = self._listing()
        if not place:
            return files
        return files[bisect_left(files, place + "/") : bisect_left(files, place + "0")]

    def _listing(self) -> list[str]:
        """The files of the context, by their path in it; none of a context that is too large."""
        if self._files is None:
            start = self._folder + "/" if self._folder else ""
            files = self._repo.files
            first = bisect_left(files, start)
            last = bisect_left(files, start[:-1] + "0") if start else len(files)
            patterns = self._ignored.size if self._ignored is not None else 0
            small = last - first <= MOST_FILES and (last - first) * patterns <= MOST_MATCHES
            self._files = [path[len(start) :] for path in files[first:last]] if small else []
        return self._files


def repo_text(repo: Repo, copy: Copy) -> str:
    """The text of a copy's instruction."""
    source = repo.source(copy.span.path)
    return source.text[copy.span.start : copy.span.end] if source is not None else ""
