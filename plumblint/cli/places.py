"""The repo that paths on the command line lie in, and the configuration that holds there."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from plumblint.cli.errors import Stop, broken

if TYPE_CHECKING:
    from plumblint.config import Config
    from plumblint.repo import Repo
    from plumblint.repo.folder import FolderRepo


def open_repo(paths: Sequence[str]) -> tuple[FolderRepo, list[str]]:
    """The repo that the paths lie in, and the paths relative to its root (none for all of it)."""
    from plumblint.repo.folder import find_root, open_folder

    for path in paths:
        if not os.path.lexists(path):
            raise Stop(f"there is no file or folder `{path}`")
    places = [os.path.abspath(path) for path in paths] or [os.getcwd()]
    start = places[0] if len(places) == 1 else os.path.commonpath(places)
    root = find_root(start)
    named = [_below(place, root) for place in places]
    repo = open_folder(root)
    return repo, ([] if "." in named else named)


def open_with_stdin(name: str) -> tuple[Repo, str]:
    """The repo of the file that standard input stands for, and the file's path in it."""
    from plumblint.repo import OverlayRepo
    from plumblint.repo.folder import find_root, open_folder

    place = os.path.abspath(name)
    root = find_root(place if os.path.isdir(os.path.dirname(place)) else os.getcwd())
    path = _below(place, root)
    data = sys.stdin.buffer.read()
    return OverlayRepo(open_folder(root), {path: data}), path


def _below(place: str, root: str) -> str:
    """A path relative to the root; links in its folders are followed, its last part is not."""
    folder, name = os.path.split(place)
    real = os.path.join(os.path.realpath(folder), name) if name else os.path.realpath(place)
    inside = os.path.relpath(real, os.path.realpath(root)).replace(os.sep, "/")
    if inside == ".." or inside.startswith("../"):
        raise Stop(f"`{place}` lies outside the repo at {root}")
    return inside


def root_of(repo: Repo) -> str:
    """Where a repo's files are on disk."""
    return getattr(repo, "root", None) or root_of(repo._under)  # type: ignore[attr-defined]


def config_of(repo: Repo, given: dict[str, Any]) -> Config:
    """The repo's configuration with what the command line says laid over.

    Raises a usage error that tells all faults.
    """
    from plumblint.config import ConfigError, Name
    from plumblint.config.load import load_config

    settings: dict[str, Any] = {}
    for name in ("select", "ignore"):
        names = [Name(one, f"--{name}") for some in given.get(name) or () for one in some]
        if names:
            settings[name] = names
    for name in ("exclude", "policies"):
        if given.get(name):
            settings[name] = list(given[name])
    for name in ("preset", "fail_on"):
        if given.get(name) is not None:
            settings[name] = given[name]
    if given.get("preview"):
        settings["preview"] = True
    for folder in settings.get("policies", ()):
        if not os.path.isdir(folder):
            raise Stop(f"--policies: there is no folder `{folder}`")
    try:
        return load_config(repo, root_of(repo), settings, file=given.get("config_file"))
    except ConfigError as error:
        raise broken(error) from error
