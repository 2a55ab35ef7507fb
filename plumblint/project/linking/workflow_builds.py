"""Images that workflows build: which stage they push, which build arguments they always give.

A pushed stage that is not the Dockerfile's last is a thing that will run too.
A build argument that every build of the repo gives (workflows that push and
compose services) replaces the default of its ARG: what the default says is
then never used, so it is not judged.
"""

from __future__ import annotations

import re

from plumblint.facts import Action, Container, Stage, Unknown
from plumblint.project.project import Project
from plumblint.repo import normal

BUILD_ACTION = "docker/build-push-action"
_ARGUMENT = re.compile(r"^[ \t]*\"?([A-Za-z_]\w*)=([^\"\r\n]*)", re.MULTILINE)


class Build:
    """One build of a Dockerfile: the stage it makes, the arguments it gives."""

    __slots__ = ("arguments", "target")

    def __init__(
        self, target: str | Unknown | None, arguments: dict[str, str | Unknown | None]
    ) -> None:
        self.target = target
        self.arguments = arguments


def workflow_builds(project: Project) -> dict[str, list[Build]]:
    """The builds that workflows push, by Dockerfile; those that are not decided are left out."""
    found: dict[str, list[Build]] = {}
    for action in project.of(Action):
        if action.name != BUILD_ACTION:
            continue
        inputs = action.inputs or {}
        path = _dockerfile(inputs.get("context"), inputs.get("file"))
        if path is not None and _pushes(inputs.get("push")):
            build = Build(inputs.get("target"), _arguments(inputs.get("build-args")))
            found.setdefault(path, []).append(build)
    return found


def apply_builds(project: Project) -> None:
    """Read Dockerfiles with the arguments that all their builds give; add the stages pushed."""
    builds = workflow_builds(project)
    for path, pushed in builds.items():
        if path not in project.units:
            continue
        arguments = _always_given(pushed + _of_services(project, path))
        if arguments:
            _read_again(project, path, arguments)
        _add_targets(project, path, pushed)


def _read_again(project: Project, path: str, arguments: dict[str, str | None]) -> None:
    from plumblint.formats.dockerfile.read import read_dockerfile

    source = project.repo.source(path)
    if source is not None:
        project.replace_unit(path, read_dockerfile(source, arguments))


def _add_targets(project: Project, path: str, builds: list[Build]) -> None:
    stages = [fact for fact in project.units[path] if isinstance(fact, Stage)]
    wanted = {build.target.lower() for build in builds if isinstance(build.target, str)}
    for stage in stages[:-1]:
        if stage.container is not None and {stage.name, str(stage.index)} & wanted:
            project.add(stage.container)
            if stage.container.process is not None:
                project.add(stage.container.process)


def _of_services(project: Project, path: str) -> list[Build]:
    return [
        Build(service.build_target, dict(service.build_arguments or {}))
        for service in project.of(Container)
        if service.kind == "compose" and service.build_dockerfile == path
    ]


def _always_given(builds: list[Build]) -> dict[str, str | None]:
    """The arguments that each build gives; None for a value that is not one and known."""
    names = set(builds[0].arguments).intersection(*(build.arguments for build in builds))
    given: dict[str, str | None] = {}
    for name in sorted(names):
        values = [build.arguments[name] for build in builds]
        first = values[0]
        same = isinstance(first, str) and all(value == first for value in values)
        given[name] = first if same and isinstance(first, str) else None
    return given


def _dockerfile(context: object, file: object) -> str | None:
    """The path of a Dockerfile, None where the inputs leave it open or it lies elsewhere."""
    context = "" if context is None else context
    if not isinstance(context, str) or "://" in context or "$" in context:
        return None
    if file is None:
        return normal(f"{context}/Dockerfile")
    return normal(file) if isinstance(file, str) else None


def _pushes(push: object) -> bool:
    return push is not None and push != "false"


def _arguments(text: object) -> dict[str, str | Unknown | None]:
    """Names and values of the `build-args` input, a line each."""
    written = text.text if isinstance(text, Unknown) else text
    if not isinstance(written, str):
        return {}
    found: dict[str, str | Unknown | None] = {}
    for name, value in _ARGUMENT.findall(written):
        found[name] = Unknown(value) if "${{" in value else value.strip()
    return found
