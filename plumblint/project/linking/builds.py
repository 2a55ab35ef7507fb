"""A compose service that is built here takes from its Dockerfile what it does not say itself.

Docker's rules: a service's `entrypoint` also drops the image's CMD, its
`command` replaces CMD alone, each other field replaces the image's.  Each
inherited field keeps the place in the Dockerfile that decided it, with the
service as a related place, so that a defect is reported once, where it is
decided.  What every service that runs an image says otherwise is Unknown in
the image's own container: nobody runs it as it is.
"""

from __future__ import annotations

from typing import Any

from plumblint.facts import Container, Fact, Origin, Problem, Process, Related, Stage, Unknown
from plumblint.formats.dockerfile.read import read_dockerfile
from plumblint.project.linking.inline import inline_dockerfile
from plumblint.project.linking.processes import laid_over
from plumblint.project.project import Project

_INHERITED = ("user", "user_is_root", "workdir", "base", "healthcheck")
"""Fields that a service takes from its image as they are."""
_OWN_USER = Unknown("each service that runs it sets its own user")
_OWN_PROCESS = Unknown("each service that runs it starts something else")


def join_builds(project: Project) -> None:
    """Lay each built service over the container of its Dockerfile."""
    images = _Images(project)
    runs: dict[int, list[Container]] = {}
    containers: dict[int, Container] = {}
    for service in project.of(Container):
        if service.kind != "compose":
            continue
        built = images.container_of(service)
        if built is None:
            continue
        own_user, own_start = service.user is not None, _starts_otherwise(service)
        _inherit(service, built)
        final = images.as_read(service, built)
        if final is not None:
            containers[id(final)] = final
            runs.setdefault(id(final), []).append(service)
            final.run_by = (*final.run_by, f"{service.span.path} {service.path}")
            images.note(final, own_user=own_user, own_start=own_start)
    images.settle(containers)


class _Images:
    """The containers that the repo's Dockerfiles build, by file, arguments and target."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._facts: dict[tuple[str, tuple[tuple[str, str | None], ...]], list[Fact]] = {}
        self._own: dict[int, list[tuple[bool, bool]]] = {}
        self._finals = {
            container.span.path: container
            for container in reversed(project.of(Container))
            if container.kind == "dockerfile"
        }
        """Of several of one file the first is its last stage, others are what workflows push."""

    def container_of(self, service: Container) -> Container | None:
        """The container that a service's build makes, None where the files do not tell."""
        path, target = service.build_dockerfile, service.build_target
        if isinstance(target, Unknown):
            return None
        if service.build_inline is not None:
            facts = self._read_inline(service)
        elif isinstance(path, str):
            facts = self._read(path, service)
        else:
            return None
        stages = [fact for fact in facts if isinstance(fact, Stage)]
        if not stages:
            return None
        if not target:
            return stages[-1].container
        wanted = target.lower()
        for stage in reversed(stages):
            if stage.name == wanted or str(stage.index) == wanted:
                return stage.container
        return None

    def as_read(self, service: Container, built: Container) -> Container | None:
        """The Dockerfile's own container, if it is the one that `built` is made by."""
        path = service.build_dockerfile
        final = self._finals.get(path) if isinstance(path, str) else None
        return final if final is not None and final.key == built.key else None

    def note(self, final: Container, *, own_user: bool, own_start: bool) -> None:
        """Remember what a service that runs `final` says itself."""
        self._own.setdefault(id(final), []).append((own_user, own_start))

    def settle(self, containers: dict[int, Container]) -> None:
        """Make Unknown what every service says otherwise."""
        for key, said in self._own.items():
            container = containers[key]
            if all(user for user, _ in said):
                container.user_is_root = _OWN_USER
            if container.process is not None and all(start for _, start in said):
                container.process.signal = _OWN_PROCESS

    def _read_inline(self, service: Container) -> list[Fact]:
        """The facts of a Dockerfile within the compose file; all but its container are new."""
        source = inline_dockerfile(self._project, service)
        facts = read_dockerfile(source, _arguments(service)) if source is not None else []
        for fact in facts:
            if not isinstance(fact, Container | Process | Problem):
                fact.path = f"{service.path}.build.dockerfile_inline: {fact.path}"
                fact.key = f"{service.key}.build.dockerfile_inline {fact.key}"
                self._project.add(fact)
        return facts

    def _read(self, path: str, service: Container) -> list[Fact]:
        arguments = _arguments(service)
        if not arguments and path in self._project.units:
            return self._project.units[path]
        key = (path, tuple(sorted(arguments.items())))
        if key not in self._facts:
            source = self._project.repo.source(path)
            self._facts[key] = read_dockerfile(source, arguments) if source else []
        return self._facts[key]


def _arguments(service: Container) -> dict[str, str | None]:
    return {
        name: value if isinstance(value, str) else None
        for name, value in (service.build_arguments or {}).items()
    }


def _starts_otherwise(service: Container) -> bool:
    """Whether a service replaces what the image starts, or puts an init before it."""
    process = service.process
    return process is not None and bool(process.entrypoint or process.command or process.init)


def _inherit(service: Container, built: Container) -> None:
    via = Related(service.span, f"service {_shown(service.name)} runs it")
    says_user = service.user is not None
    for field in _INHERITED:
        if field in ("user", "user_is_root"):
            if says_user:
                continue
        elif getattr(service, field) is not None:
            continue
        value: Any = getattr(built, field)
        setattr(service, field, value)
        origin = built.origin_of(field)
        if origin is None and field == "user_is_root":
            origin = Origin(built.span)
        if origin is not None:
            where = Origin(origin.span, (*origin.via, via), literal=origin.literal)
            service.trace(**{field: where})
    service.process = laid_over(service, built, via)


def _shown(name: str | Unknown) -> str:
    return name.text if isinstance(name, Unknown) else name
