"""Which compose files belong together, as docker compose finds them without `-f`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from plumblint.formats.compose.environment import EnvFile
from plumblint.formats.compose.project import folder_of, join
from plumblint.formats.format import Unit
from plumblint.repo import Repo, normal
from plumblint.source import Span

MAIN = ("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml")
"""The names of a project's file; the first that is there is taken."""
OVERRIDES = (
    "compose.override.yaml",
    "compose.override.yml",
    "docker-compose.override.yml",
    "docker-compose.override.yaml",
)
"""The names of the file that is laid over it; the first that is there is taken."""


def group(files: Sequence[str], repo: Repo) -> list[Unit]:
    """A unit for each configured project, for each folder's, and one for each other file."""
    found = []
    taken: set[str] = set()
    for configured in repo.groups:
        known = [path for path in configured.compose if repo.exists(path)]
        if known:
            found.append(Unit("compose", known[0], tuple(known)))
            taken.update(known)
    folders: dict[str, list[str]] = {}
    for path in files:
        if path in taken:
            continue
        folders.setdefault(folder_of(path), []).append(path)
    for folder, paths in folders.items():
        project = default_project(folder, set(paths).__contains__, repo)
        if project:
            found.append(Unit("compose", project[0], tuple(project)))
        found += [Unit("compose", path) for path in paths if path not in project]
    return found


def default_project(folder: str, exists: Callable[[str], bool], repo: Repo) -> list[str]:
    """The files that `docker compose up` reads in a folder, in their order; empty for none."""
    named = _named_in_env(folder, repo)
    if named:
        return named
    main = [path for name in MAIN if exists(path := join(folder, name))][:1]
    over = [path for name in OVERRIDES if exists(path := join(folder, name))][:1]
    return [*main, *over] if main else []


def _named_in_env(folder: str, repo: Repo) -> list[str]:
    """The files of `COMPOSE_FILE` in `.env`, where all of them are in the repo."""
    path = join(folder, ".env")
    source = repo.source(path) if repo.exists(path) else None
    if source is None or "COMPOSE_FILE" not in source.text:
        return []
    env = EnvFile(source)
    use = Span(path, 0, 0)
    parts = env.parts("COMPOSE_FILE", use)
    separator = env.parts("COMPOSE_PATH_SEPARATOR", use)
    value = parts[0].value if parts else None
    if not value:
        return []
    names = value.split((separator[0].value if separator else None) or ":")
    found = [normal(join(folder, name)) for name in names if name]
    known = [name for name in found if name is not None and repo.exists(name)]
    return known if len(known) == len(found) else []
