"""What the services of a project make together, and what each does to its data.

Who waits for a health check that is not there, who wants a port or a name that
another one has, which database keeps its data in nothing but its container.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from plumblint.facts import (
    Container,
    Dependency,
    Fact,
    Maybe,
    Mount,
    Origin,
    Port,
    Related,
    Service,
    Unknown,
)
from plumblint.project.project import Project
from plumblint.project.secrets.test_paths import is_own_machine
from plumblint.tables import database_images as table
from plumblint.tables.known_bases import repository_name

Health = Maybe[Literal["stated", "disabled", "missing"]]
Kept = Maybe[Literal["volume", "bind", "tmpfs", "nowhere"]]
_TESTS = re.compile(
    r"(?:^|[/._-])(?:tests?|testing|e2e|ci|integration|specs?|cypress|playwright|benchmarks?)"
    r"(?:[/._-]|$)"
)
_IMAGES_CHECK = Unknown("the health check of its image")
_EVERYWHERE = frozenset(("", "0.0.0.0", "::", "[::]", "*"))
_KINDS = frozenset(("compose", "kubernetes", "ecs", "cloud-run"))
_KEPT: dict[str, Literal["bind", "tmpfs"]] = {"bind": "bind", "tmpfs": "tmpfs"}
_MOST_COMPARED = 2000
_MOST_NAMED = 20


def judge_services(project: Project) -> None:
    """Fill in what needs more than one service, or a table of servers."""
    if not project.wants(Container, Dependency, Mount, Port, Service):
        return
    overlays = {(service.span, service.name) for service in project.of(Service) if service.overlay}
    for container in project.of(Container):
        if container.kind in _KINDS:
            _tell_of_tests(container)
            if (container.span, container.name) not in overlays:
                _tell_of_database(container)
            _tell_mounts(container)
    for facts in project.units.values():
        services = {fact.name: fact for fact in facts if isinstance(fact, Service)}
        if services:
            containers = {
                fact.name: fact
                for fact in facts
                if isinstance(fact, Container) and isinstance(fact.name, str)
            }
            _link_dependencies(facts, containers)
            _find_clashes(containers.values())
            _find_equal_names(services.values())


def _tell_of_tests(container: Container) -> None:
    texts = [container.span.path, container.name, *container.profiles]
    container.for_tests = is_own_machine(container.span.path) or any(
        isinstance(text, str) and _is_test(text) for text in texts
    )
    for port in container.ports:
        port.for_tests = container.for_tests


def _is_test(text: str) -> bool:
    return _TESTS.search(text.lower()) is not None


def _tell_mounts(container: Container) -> None:
    repository = repository_of(container)
    for mount in container.mounts:
        mount.image = repository


def repository_of(container: Container) -> str | None:
    """The repository of what a container runs; for one built here that of its known base."""
    if container.build_context is not None:
        return container.base.name if container.base is not None else None
    return repository_name(container.image) if container.image is not None else None


# databases


def _tell_of_database(container: Container) -> None:
    repository = repository_of(container)
    row = next((row for row in table.ROWS if row[0] == repository), None)
    ports = row[3] if row is not None else table.CACHES.get(repository or "", ())
    if not ports or not _runs_server(container):
        return
    name = row[1] if row is not None else (repository or "").rpartition("/")[2]
    for port in container.ports:
        if isinstance(port.target, int) and port.target in ports:
            port.database = name
    if row is None or container.one_shot:
        return
    paths = _data_paths(container, row[2])
    if paths is None:
        return
    container.data_path = _shown_path(container, paths)
    container.data_kept = _kept(container.mounts, paths)
    place = container.image.span if container.image is not None else container.span
    container.trace(data_path=Origin(place), data_kept=Origin(place))


def _runs_server(container: Container) -> bool:
    process = container.process
    if process is None:
        return True
    if process.entrypoint_form is not None and not _names_server(process.entrypoint):
        return False
    words = process.command
    first = words[0] if words else "-"
    return isinstance(first, str) and (first.startswith("-") or _names_server(words))


def _names_server(words: Sequence[str]) -> bool:
    return any(
        isinstance(word, str) and word.rsplit("/", 1)[-1] in table.PROGRAMS for word in words[:3]
    )


def _data_paths(container: Container, paths: Sequence[str]) -> tuple[str, ...] | None:
    """Where the data may be mounted, None where a setting puts it elsewhere."""
    process = container.process
    for word in process.command if process is not None else ():
        if not isinstance(word, str) or word.startswith(table.DATA_OPTIONS):
            return None
    more = []
    for variable in container.env:
        if variable.name in table.DATA_VARIABLES:
            if not isinstance(variable.value, str) or not variable.value.startswith("/"):
                return None
            more.append(variable.value)
    return (*paths, *more)


def _shown_path(container: Container, paths: Sequence[str]) -> str:
    """Where a volume belongs: one folder up since PostgreSQL 18."""
    tag = container.image.tag if container.image is not None else None
    if paths[:2] != table.POSTGRES_PATHS or isinstance(tag, Unknown):
        return paths[0]
    major = table.POSTGRES_MAJOR.match(tag or "")
    newest = tag in (None, "latest", "alpine")
    return paths[newest or (major is not None and int(major[1]) >= table.POSTGRES_MOVED)]


def _kept(mounts: Iterable[Mount], paths: Sequence[str]) -> Kept:
    undecided: Unknown | None = None
    for mount in mounts:
        target = mount.target
        if isinstance(target, Unknown):
            undecided = target
        elif target is not None and any(_covers(target, path) for path in paths):
            return _KEPT.get(mount.kind, "volume")
    return undecided if undecided is not None else "nowhere"


def _covers(target: str, path: str) -> bool:
    target, path = target.rstrip("/"), path.rstrip("/")
    return target == path or path.startswith(target + "/") or target.startswith(path + "/")


# health


def _link_dependencies(facts: Iterable[Fact], containers: dict[str, Container]) -> None:
    for fact in facts:
        if isinstance(fact, Dependency):
            target = containers.get(fact.target)
            if target is None:
                fact.healthcheck = Unknown(f"the service {fact.target}, which is elsewhere")
                continue
            fact.healthcheck = _health(target)
            fact.restart = target.restart
            where = Related(target.span, f"service {fact.target}")
            own = fact.origin_of("condition") or Origin(fact.span)
            fact.trace(healthcheck=Origin(own.span, (*own.via, where)))


def _health(container: Container) -> Health:
    check = container.healthcheck
    if check is not None:
        if isinstance(check.disabled, Unknown):
            return check.disabled
        if check.disabled:
            return "disabled"
        if check.test is not None and check.origin_of("test") is not None:
            return "stated"
        if container.build_context is not None:
            return "stated" if isinstance(check.test, str) else _IMAGES_CHECK
    return "missing" if _image_has_none(container) else _IMAGES_CHECK


def _image_has_none(container: Container) -> bool:
    """Whether the image is known to bring no check: built here on, or being, a known base."""
    base = container.base
    if base is None or base.healthcheck is not False or "*" in base.name:
        return False
    image = container.image
    return container.build_context is not None or image is None or not image.built_here


# what only one can have


def _find_clashes(containers: Iterable[Container]) -> None:
    """Ports of the host that two of the services want."""
    taken: dict[tuple[str, str], list[tuple[Container, Port]]] = {}
    compared = 0
    for container in containers:
        if "network" in container.host_namespaces:
            continue
        for port in container.ports:
            if not isinstance(port.published, str) or not port.published.isdecimal():
                continue
            if isinstance(port.protocol, Unknown) or isinstance(port.host_ip, Unknown):
                continue
            if port.published == "0":
                continue
            others = taken.setdefault((port.published, port.protocol), [])
            found = []
            for other, first in others:
                compared += 1
                if compared > _MOST_COMPARED:
                    return
                if _meet(port, first) and run_together(container.profiles, other.profiles):
                    found.append(first)
            others.append((container, port))
            if found:
                _note_clash(port, found)


def _note_clash(port: Port, others: list[Port]) -> None:
    port.clashes_with = tuple(other.path for other in others)
    own = port.origin_of("published") or Origin(port.span)
    if own.span.path != port.span.path:  # it is written in an env file that others use too
        own = Origin(port.span, own.via)
    places = tuple(
        Related((other.origin_of("published") or Origin(other.span)).span, "published here too")
        for other in others[:3]
    )
    port.trace(clashes_with=Origin(own.span, (*own.via, *places)))


def _meet(one: Port, other: Port) -> bool:
    a, b = one.host_ip or "", other.host_ip or ""
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return False
    return a == b or a in _EVERYWHERE or b in _EVERYWHERE


def run_together(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether services with these profiles are surely started by one `docker compose up`."""
    return not one or not other or not set(one).isdisjoint(other)


def _find_equal_names(services: Iterable[Service]) -> None:
    taken: dict[str, list[Service]] = {}
    for service in services:
        name = service.container_name
        if not isinstance(name, str) or not name or service.overlay:
            continue
        others = taken.setdefault(name, [])
        found = [
            other
            for other in others[:_MOST_NAMED]
            if run_together(service.profiles, other.profiles)
        ]
        others.append(service)
        if found:
            service.clashes_with = tuple(other.name for other in found)
            own = service.origin_of("container_name") or Origin(service.span)
            first = found[0].origin_of("container_name") or Origin(found[0].span)
            related = Related(first.span, "called so too")
            service.trace(clashes_with=Origin(own.span, (*own.via, related)))
