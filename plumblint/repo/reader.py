"""Repo: the only reader of files.

Every path is relative to the repo's root, with forward slashes.  A repo
answers from memory what it was asked before, and remembers what was asked
(misses too) in `asked`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from plumblint.source import Source

SIZE_LIMIT = 5 * 1024 * 1024
"""Bytes; larger files are reported, not read."""


class Unreadable:
    """Why a file cannot be read: `kind` is one of `missing`, `unreadable`, `too-large`."""

    __slots__ = ("kind", "message")

    def __init__(self, kind: str, message: str) -> None:
        self.kind = kind
        self.message = message


def decode(path: str, data: bytes) -> Source:
    """The text of a file, as UTF-8 (UTF-16 by its byte order mark)."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16", errors="replace")
        return Source(path, text, bom=True, utf16=True)
    bom = data.startswith(b"\xef\xbb\xbf")
    if bom:
        data = data[3:]
    try:
        return Source(path, data.decode("utf-8"), bom=bom)
    except UnicodeDecodeError as error:
        bad = len(data[: error.start].decode("utf-8"))
        return Source(path, data.decode("utf-8", errors="replace"), bom=bom, bad_bytes=bad)


def normal(path: str) -> str | None:
    """`path` without `.` and `..`, None if it leaves the root."""
    parts: list[str] = []
    for part in path.replace("\\", "/").split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


class ProjectGroup:
    """Files that belong together (`projects`); paths are relative to the root."""

    __slots__ = ("build_args", "compose", "dockerfiles", "module", "tfvars")

    def __init__(
        self,
        *,
        compose: Sequence[str] = (),
        build_args: Mapping[str, str] | None = None,
        dockerfiles: Sequence[str] = (),
        tfvars: Sequence[str] = (),
        module: str | None = None,
    ) -> None:
        self.compose = tuple(compose)
        """Compose files that are used together, in order."""
        self.build_args = build_args or {}
        """Build arguments that are always given."""
        self.dockerfiles = tuple(dockerfiles)
        """The Dockerfiles that get them; none for all."""
        self.tfvars = tuple(tfvars)
        """Variable files that are used together, in order."""
        self.module = module
        """The folder of the Terraform module that they are for."""


class Repo:
    """A repo in memory: `contents` by path, bytes or text; the form of examples and tests."""

    def __init__(self, contents: Mapping[str, str | bytes], untracked: Iterable[str] = ()) -> None:
        self._contents = contents
        self._untracked = frozenset(untracked)
        self._known: dict[str, Source | Unreadable] = {}
        self._files: tuple[str, ...] | None = None
        self._file_set: frozenset[str] = frozenset()
        self.asked: set[str] = set()
        self.groups: Sequence[ProjectGroup] = ()
        """Which files belong together, where the configuration says so."""

    @property
    def files(self) -> tuple[str, ...]:
        """Every file that belongs to the repo (not ignored by git), sorted."""
        if self._files is None:
            self._files = tuple(sorted(self._list()))
            self._file_set = frozenset(self._files)
        return self._files

    def exists(self, path: str) -> bool:
        """Whether `path` is a file of the repo."""
        self.asked.add(path)
        return bool(self.files) and path in self._file_set

    def tracked(self, path: str) -> bool | None:
        """Whether git tracks `path`; None where there is no git to ask."""
        return self.exists(path) and path not in self._untracked

    def read(self, path: str) -> Source | Unreadable:
        """The file's text, or why it cannot be had."""
        known = self._known.get(path)
        if known is None:
            self.asked.add(path)
            known = self._known[path] = self._read(path)
        return known

    def source(self, path: str) -> Source | None:
        """The file's text, None if it cannot be had."""
        got = self.read(path)
        return got if isinstance(got, Source) else None

    @property
    def sources_read(self) -> list[Source]:
        """The texts of all files that were read so far."""
        return [known for known in self._known.values() if isinstance(known, Source)]

    def _list(self) -> Iterable[str]:
        return self._contents

    def _read(self, path: str) -> Source | Unreadable:
        data = self._bytes(path)
        if isinstance(data, Unreadable):
            return data
        if len(data) > SIZE_LIMIT:
            size = len(data) / 1024 / 1024
            return Unreadable("too-large", f"the file has {size:.1f} MB, over the limit of 5 MB")
        return decode(path, data)

    def _bytes(self, path: str) -> bytes | Unreadable:
        data = self._contents.get(path)
        if data is None:
            return Unreadable("missing", "no such file")
        return data.encode("utf-8", errors="surrogateescape") if isinstance(data, str) else data


class OverlayRepo(Repo):
    """Another repo with some files replaced: standard input in place of a file."""

    def __init__(self, under: Repo, contents: Mapping[str, str | bytes]) -> None:
        super().__init__(contents)
        self._under = under

    def tracked(self, path: str) -> bool | None:
        """As the repo underneath."""
        return self._under.tracked(path)

    def _list(self) -> Iterable[str]:
        return {*self._under.files, *self._contents}

    def _bytes(self, path: str) -> bytes | Unreadable:
        return super()._bytes(path) if path in self._contents else self._under._bytes(path)
