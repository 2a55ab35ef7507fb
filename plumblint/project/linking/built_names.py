"""Images that the repo builds itself under a name: who names them elsewhere pulls nothing."""

from __future__ import annotations

from collections.abc import Iterator

from plumblint.facts import Command, Image
from plumblint.project.project import Project

_BUILDERS = frozenset(("docker", "podman", "buildah", "nerdctl"))
_NAMING = ("-t", "--tag")


def mark_built(project: Project) -> None:
    """Let `built_here` hold for every image whose whole name the repo gives to one of its own."""
    names = {*_of_services(project), *_of_commands(project)}
    if not names:
        return
    for image in project.of(Image):
        if image.built_here is False and isinstance(image.text, str) and image.text in names:
            image.built_here = True


def _of_services(project: Project) -> Iterator[str]:
    """The names that compose gives to what it builds."""
    for image in project.of(Image):
        if image.origin == "compose" and image.built_here is True and isinstance(image.text, str):
            yield image.text


def _of_commands(project: Project) -> Iterator[str]:
    """The names behind `-t` of `docker build` and `docker buildx build`."""
    for command in project.of(Command):
        if command.name not in _BUILDERS or "build" not in command.argv[1:3]:
            continue
        for at, word in enumerate(command.argv):
            if not isinstance(word, str):
                continue
            if word in _NAMING and at + 1 < len(command.argv):
                name = command.argv[at + 1]
                if isinstance(name, str):
                    yield name
            elif word.startswith("--tag="):
                yield word.partition("=")[2]
