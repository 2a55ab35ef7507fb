"""The image that a container runs: its files, its shell, its base's own entrypoint."""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping

from plumblint.facts import Action, Command, Container, Copy, Stage, Unknown, Variable
from plumblint.project.project import Project
from plumblint.project.signals.follow import Image
from plumblint.project.signals.image_files import ImageFiles
from plumblint.repo import Repo, normal
from plumblint.tables.base_entrypoints import ENTRYPOINT_SCRIPTS, EXECS_ITS_ARGUMENTS

_BUILD_ACTION = "docker/build-push-action"


class Facts:
    """The facts that images are known by, by the file they stand in."""

    __slots__ = ("action_folders", "commands", "copies", "env", "repo", "said", "stages")

    def __init__(self, project: Project) -> None:
        self.repo = project.repo
        self.action_folders = {
            posixpath.dirname(path) for path in project.files.get("action", ())
        } - {""}
        """Folders of actions: a Dockerfile beside one is the action's, which runs to its end."""
        self.copies: dict[str, list[Copy]] = {}
        self.commands: dict[str, list[Command]] = {}
        self.stages: dict[str, list[Stage]] = {}
        self.env: dict[str, frozenset[str]] = {}
        """The names that a Dockerfile's ENV set."""
        self.said: dict[str, set[str]] = {}
        """The contexts that others build a Dockerfile from."""
        for copy in project.of(Copy):
            self.copies.setdefault(copy.span.path, []).append(copy)
        for command in project.of(Command):
            self.commands.setdefault(command.span.path, []).append(command)
        for stage in project.of(Stage):
            self.stages.setdefault(stage.span.path, []).append(stage)
        for variable in project.of(Variable):
            if variable.kind == "env":
                path = variable.span.path
                self.env[path] = self.env.get(path, frozenset()) | {variable.name}
        for container in project.of(Container):
            built, context = container.build_dockerfile, container.build_context
            if isinstance(built, str) and isinstance(context, str):
                self.said.setdefault(built, set()).add(context)
        for action in project.of(Action):
            if action.name == _BUILD_ACTION:
                self._built_by(action.inputs or {})

    def _built_by(self, inputs: Mapping[str, object]) -> None:
        """A workflow's build step; without `context` it builds from the repo's root."""
        context, file = inputs.get("context", ""), inputs.get("file")
        context = "" if context is None else context
        if not isinstance(context, str) or "://" in context or "$" in context:
            return
        folder = normal(context)
        if folder is None or not (file is None or isinstance(file, str)):
            return
        path = normal(file or f"{folder}/Dockerfile")
        if path is not None:
            self.said.setdefault(path, set()).add(folder)


def image_of(facts: Facts, container: Container) -> Image | None:
    """The image of a container, None where its base may put something before what is run."""
    process = container.process
    if process is None:
        return None
    base = container.base
    if not process.entrypoint and not _passes_through(container):
        return None
    dockerfile = _dockerfile(container)
    copies = facts.copies.get(dockerfile, []) if dockerfile is not None else []
    workdir = container.workdir if isinstance(container.workdir, str) else None
    files = ImageFiles(
        facts.repo,
        copies,
        _contexts(facts, container, dockerfile, copies),
        workdir,
        _mounts(container),
        _search_path(container),
    )
    shell = base.shell if base is not None and isinstance(base.shell, str) else None
    if dockerfile is not None and _replaces_sh(facts.commands.get(dockerfile, ())):
        shell = None
    image = Image(files, shell, workdir)
    image.env = frozenset(variable.name for variable in container.env)
    if dockerfile is not None:
        image.env |= facts.env.get(dockerfile, frozenset())
    if base is not None:
        image.entrypoint_scripts = ENTRYPOINT_SCRIPTS
    image.stage_bases = {
        str(name).lower(): stage.container.base.name
        for stage in facts.stages.get(dockerfile or "", ())
        if stage.container is not None and stage.container.base is not None
        for name in (stage.name, stage.index)
        if name is not None
    }
    return image


def _passes_through(container: Container) -> bool:
    """Whether the base image starts CMD as it is, or by a script that execs it."""
    base = container.base
    if base is None:
        return False
    if base.forwards_signals is None:
        return not base.minimal or base.name == "scratch" or "distroless" in base.name
    return base.name in EXECS_ITS_ARGUMENTS


def _dockerfile(container: Container) -> str | None:
    if container.kind == "dockerfile":
        return container.span.path
    path = container.build_dockerfile
    return path if isinstance(path, str) else None


def _contexts(
    facts: Facts, container: Container, dockerfile: str | None, copies: list[Copy]
) -> list[str]:
    """The folders that an image is built from: as said, else the Dockerfile's or the root."""
    if isinstance(container.build_context, str) and container.kind != "dockerfile":
        return [container.build_context]
    if dockerfile is None:
        return []
    folder = posixpath.dirname(dockerfile)
    candidates = sorted(facts.said.get(dockerfile, ())) or list(
        dict.fromkeys((folder, posixpath.dirname(folder), ""))
    )
    named = [
        re.split(r"[^/]*[*?\[]", source)[0]
        for copy in copies
        if copy.from_stage is None
        for source in copy.sources
        if isinstance(source, str) and "://" not in source
    ]
    for candidate in candidates:
        if all(_exists(facts.repo, candidate, source) for source in named):
            return [candidate]
    return candidates[:1]


def _exists(repo: Repo, context: str, source: str) -> bool:
    path = normal(f"{context}/{source}")
    if path is None:
        return False
    if path == "" or repo.exists(path):
        return True
    files = repo.files
    at = bisect_left(files, path + "/")
    return at < len(files) and files[at].startswith(path + "/")


def _mounts(container: Container) -> list[tuple[str, str]]:
    """Bind mounts of folders of the repo, by target."""
    found = []
    for mount in container.mounts:
        if mount.kind not in ("bind", "volume") or not isinstance(mount.target, str):
            continue
        source = mount.source if mount.kind == "bind" else None
        if isinstance(source, str) and not source.startswith(("/", "~")):
            folder = posixpath.dirname(container.span.path)
            path = normal(f"{folder}/{source}")
            if path is not None:
                found.append((posixpath.normpath(mount.target), path))
    return found


def _search_path(container: Container) -> list[str]:
    for variable in container.env:
        if variable.name == "PATH":
            value = variable.value
            text = value if isinstance(value, str) else ""
            if isinstance(value, Unknown):
                text = "".join(piece for piece in value.pieces if piece is not None)
            return [part for part in text.split(":") if part.startswith("/")]
    return []


def _replaces_sh(commands: Iterable[Command]) -> bool:
    """Whether a RUN puts another shell behind `/bin/sh`."""
    for command in commands:
        words = [word for word in command.argv if isinstance(word, str)]
        if command.name in ("ln", "mv", "cp", "rm") and any(
            word in ("/bin/sh", "/usr/bin/sh") for word in words
        ):
            return True
        if command.name in ("dpkg-reconfigure", "update-alternatives") and "dash" in command.text:
            return True
    return False
