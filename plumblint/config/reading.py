"""Reads configuration files: what they extend, which is nearer."""

from __future__ import annotations

import os
from collections.abc import Sequence

from plumblint.config.document import TABLE, has_table, read_toml, read_yaml
from plumblint.config.error import ConfigError
from plumblint.config.faults import check_shape
from plumblint.config.layers import Settings, laid_over
from plumblint.config.load import NAMES, PROJECT_FILE
from plumblint.config.model import Config, Name
from plumblint.config.settings import settings_of
from plumblint.discover import DEFAULT_EXCLUDES, matcher
from plumblint.policy.document import Node
from plumblint.policy.error import did_you_mean
from plumblint.repo import Repo, Unreadable, decode, normal
from plumblint.source import Source

PACKAGE = "package:"
"""What an installed package is named with, in `extends` and `policies`."""
PACKAGE_FILE = "plumblint.yaml"
"""The configuration of a package."""
PACKAGE_POLICIES = ("policies", "rules")
"""The folders of a package that may hold its policies; the package itself where neither is."""
DEEPEST = 10
"""Configurations that extend each other."""


def read_config(repo: Repo, root: str, given: Settings, *, file: str | None = None) -> Config:
    """As `load_config`, where there is something to read.  Raises ConfigError."""
    loader = _Loader(repo, root)
    if file is not None:
        return Config(**laid_over(loader.from_disk(file), given))
    found = _found(repo, "")
    base = loader.read(found, "") if found else {}
    nearer: list[tuple[str, Settings]] = []
    for folder, there in _nearer(repo, base):
        over = laid_over(_above(nearer, folder) or base, loader.read(there, folder, nearer=True))
        nearer.append((folder, over))
    configs = [(folder, Config(**laid_over(settings, given))) for folder, settings in nearer]
    whole = laid_over(base, given)
    extra = [pattern for _, settings in nearer for pattern in settings.get("exclude", ())]
    whole["exclude"] = list(dict.fromkeys((*whole.get("exclude", ()), *extra)))
    return Config(**whole, nearer=configs)


def _above(nearer: Sequence[tuple[str, Settings]], folder: str) -> Settings | None:
    """The settings of the nearest folder above that has some."""
    holders = [entry for entry in nearer if f"{folder}/".startswith(f"{entry[0]}/")]
    return max(holders, key=lambda entry: len(entry[0]))[1] if holders else None


_Found = tuple[Source, Node]


def _found(repo: Repo, folder: str) -> _Found | None:
    """The configuration that stands in a folder.  Raises ConfigError."""
    prefix = f"{folder}/" if folder else ""
    there: list[_Found] = []
    for name in NAMES:
        source = _read(repo, prefix + name)
        if source is not None:
            there.append((source, read_yaml(source)))
    project = repo.source(prefix + PROJECT_FILE)
    if project is not None and has_table(project):
        table = read_toml(project)
        if table is not None:
            there.append((project, table))
    if len(there) > 1:
        raise ConfigError(
            (
                f"{there[1][0].path}:1:1: there is a configuration in {there[0][0].path} too; "
                "keep one of them",
            )
        )
    return there[0] if there else None


def _read(repo: Repo, path: str) -> Source | None:
    """A file's text, None where there is none.  Raises ConfigError where it cannot be had."""
    got = repo.read(path)
    if isinstance(got, Unreadable):
        if got.kind == "missing":
            return None
        raise ConfigError((f"{path}:1:1: the configuration cannot be read: {got.message}",))
    return got


def _nearer(repo: Repo, base: Settings) -> list[tuple[str, _Found]]:
    """The configurations in folders below the root, outermost first."""
    left_out = matcher((*DEFAULT_EXCLUDES, *base.get("exclude", ())))
    folders = set()
    for path in repo.files:
        folder, _, name = path.rpartition("/")
        if folder and name in (*NAMES, PROJECT_FILE) and not left_out(path):
            folders.add(folder)
    found = []
    for folder in sorted(folders, key=lambda folder: (folder.count("/"), folder)):
        there = _found(repo, folder)
        if there is not None:
            found.append((folder, there))
    return found


class _Loader:
    """Reads configurations and what they extend."""

    def __init__(self, repo: Repo, root: str) -> None:
        self._repo = repo
        self._root = os.path.realpath(root)

    def read(self, found: _Found, folder: str, *, nearer: bool = False) -> Settings:
        """The settings of a configuration in a folder of the repo.  Raises ConfigError."""
        source, node = found
        return self._settings(source, node, folder, (source.path,), None, nearer=nearer)

    def from_disk(self, path: str) -> Settings:
        """The settings of a file that the command line names.  Raises ConfigError."""
        source = _from_disk(path)
        node = read_toml(source) if path.endswith(".toml") else read_yaml(source)
        if node is None:
            raise ConfigError((f"{path}:1:1: there is no table `[{TABLE}]` in it",))
        return self._settings(source, node, "", (path,), os.path.dirname(os.path.abspath(path)))

    def _settings(
        self,
        source: Source,
        node: Node,
        folder: str,
        way: tuple[str, ...],
        disk: str | None,
        *,
        nearer: bool = False,
    ) -> Settings:
        """The settings of a tree, laid over what it extends.

        `way` are the files that led here; `disk` is the folder of a file that
        is not taken from the repo.
        """
        check_shape(node, source, nearer=nearer)
        own = settings_of(node, source, folder)
        here = source.path.rpartition("/")[0]
        own["policies"] = [self._policies(name, here, disk) for name in own.get("policies", ())]
        base: Settings = {}
        for name in own.pop("extends", ()):
            base = laid_over(base, self._extended(name, (here, folder), way, disk, nearer=nearer))
        own["files"] = [source.path]
        if not own["policies"]:
            del own["policies"]
        return laid_over(base, own)

    def _extended(
        self,
        name: Name,
        folders: tuple[str, str],
        way: tuple[str, ...],
        disk: str | None,
        *,
        nearer: bool,
    ) -> Settings:
        """The settings of what `extends` names.

        `folders` are where the naming file lies, and where patterns are at home.
        """
        here, folder = folders
        if name.startswith(PACKAGE):
            path = os.path.join(_package(name), PACKAGE_FILE)
            inside: str | None = os.path.dirname(path)
        elif disk is not None:
            path = os.path.normpath(os.path.join(disk, name))
            inside = os.path.dirname(path)
        else:
            path, inside = _inside(name, here), None
        if path in way or len(way) >= DEEPEST:
            raise ConfigError((f"{name.place}: `{name}` leads back to itself or too deep",))
        if inside is not None:
            source: Source | None = _from_disk(path, name)
        else:
            source = _read(self._repo, path)
        if source is None:
            hint = did_you_mean(
                path, (p for p in self._repo.files if p.endswith((".yaml", ".yml")))
            )
            raise ConfigError((f"{name.place}: there is no file `{path}`.{hint}",))
        return self._settings(
            source, read_yaml(source), folder, (*way, path), inside, nearer=nearer
        )

    def _policies(self, name: Name, folder: str, disk: str | None) -> Name:
        """The folder on disk that `policies` names."""
        if name.startswith(PACKAGE):
            package = _package(name)
            there = (os.path.join(package, below) for below in PACKAGE_POLICIES)
            return Name(next(filter(os.path.isdir, there), package), name.place)
        if disk is not None:
            path = os.path.join(disk, name)
        else:
            path = os.path.join(self._root, _inside(name, folder))
            if not f"{os.path.realpath(path)}/".startswith(f"{self._root}/"):
                raise ConfigError((f"{name.place}: `{name}` is a link that leaves the repo",))
        if not os.path.isdir(path):
            raise ConfigError((f"{name.place}: there is no folder `{name}`",))
        return Name(_short(path), name.place)


def _short(path: str) -> str:
    """A path as a person would write it from here."""
    here = os.path.relpath(path)
    return path if here.startswith("..") else here


def _inside(name: Name, folder: str) -> str:
    """A path of the repo that a configuration in `folder` names.  Raises ConfigError."""
    path = None if name.startswith(("/", "~")) else normal(f"{folder}/{name}")
    if path is None:
        raise ConfigError(
            (
                f"{name.place}: `{name}` leaves the repo; install it as a Python package and write "
                f"`{PACKAGE}NAME`",
            )
        )
    return path


def _package(name: Name) -> str:
    """The folder of an installed package, found without importing it.  Raises ConfigError."""
    from importlib.util import find_spec

    module = name.removeprefix(PACKAGE).replace("-", "_")
    spec = None
    if module.isidentifier():
        try:
            spec = find_spec(module)
        except (ImportError, ValueError):
            spec = None
    places = list(spec.submodule_search_locations or ()) if spec else []
    if not places:
        raise ConfigError((f"{name.place}: no Python package `{module}` is installed",))
    return places[0]


def _from_disk(path: str, name: Name | None = None) -> Source:
    place = name.place if name else "--config"
    try:
        with open(path, "rb") as file:
            return decode(path, file.read(1 << 20))
    except OSError as error:
        raise ConfigError((f"{place}: {path} cannot be read: {error.strerror or error}",)) from None
