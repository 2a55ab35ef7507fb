"""read: the files of a compose project → facts."""

from __future__ import annotations

from collections.abc import Sequence

from plumblint.facts import ComposeFile, Fact, Origin
from plumblint.formats.compose.checks import check
from plumblint.formats.compose.project import Project, folder_of, open_project
from plumblint.formats.compose.reading import Reading
from plumblint.formats.compose.services import blocks_of, is_complete, read_services
from plumblint.formats.compose.tree import Table
from plumblint.formats.compose.units import default_project
from plumblint.repo import Repo
from plumblint.syntax.yaml import Mapping, Scalar


def read_project(paths: Sequence[str], repo: Repo) -> list[Fact]:
    """Every fact of the project of these files."""
    reading = Reading(repo)
    project = open_project(reading, paths)
    main = default_project(folder_of(paths[0]), repo.exists, repo)
    is_main = list(paths) == main
    base: set[str] = set()
    if not is_main and main and not all(map(_complete, _tables(project))):
        base = _service_names(repo, main)
    blocks = blocks_of(project, main=is_main, base=base)
    for path in paths:
        _file(reading, path)
    read_services(blocks)
    check(project, blocks, main=is_main)
    return reading.facts


def _complete(table: Table) -> bool:
    return is_complete(table)


def _tables(project: Project) -> list[Table]:
    return [value for _, _, value in project.services.items() if isinstance(value, Table)]


def _file(reading: Reading, path: str) -> None:
    """A fact for each document of a file."""
    got = reading.documents(path)
    for root in got[1] if got is not None else ():
        if got is None or not isinstance(root, Mapping):
            continue
        source = got[0]
        file = ComposeFile(
            span=source.span(root.start, root.start + 1), path=path, key="compose file"
        )
        for key, value in root.pairs:
            if not isinstance(key, Scalar) or not isinstance(value, Scalar):
                continue
            if key.value in {"version", "name"}:
                setattr(file, key.value, value.value)
                file.trace(**{key.value: Origin(source.span(key.start, key.end))})
        reading.add(file)


def _service_names(repo: Repo, paths: Sequence[str]) -> set[str]:
    """The services that files name, without looking further."""
    names: set[str] = set()
    reading = Reading(repo)  # its Problems are those of the other project
    for path in paths:
        got = reading.documents(path)
        for root in got[1] if got is not None else ():
            pairs = root.pairs if isinstance(root, Mapping) else ()
            for key, value in pairs:
                is_services = isinstance(key, Scalar) and key.value == "services"
                if is_services and isinstance(value, Mapping):
                    names.update(k.value for k, _ in value.pairs if isinstance(k, Scalar))
    return names
