"""Dockerfiles as workflows build them."""

from __future__ import annotations

import pytest

from plumblint.discover import discover
from plumblint.facts import Container, Image, Process, Unknown
from plumblint.project.build import build
from plumblint.repo import Repo

DOCKERFILE = """\
ARG TAG=latest
FROM node:${TAG} AS app
USER root
CMD ["app"]
FROM app AS debug
USER 1
CMD ["debug"]
"""
WORKFLOW = """\
on: push
jobs:
  a:
    runs-on: x
    steps:
      - uses: docker/build-push-action@v6
        with:
"""


def project(*inputs: str, compose: str = ""):
    """The project of a workflow with one build step."""
    files = {
        "api/Dockerfile": DOCKERFILE,
        ".github/workflows/ci.yml": WORKFLOW + "".join(f"          {line}\n" for line in inputs),
    }
    if compose:
        files["compose.yaml"] = compose
    repo = Repo(files)
    return build(repo, discover(repo, ()))


def users(found):
    return [one.user for one in found.of(Container) if one.kind == "dockerfile"]


def test_a_pushed_stage_is_a_container_too():
    found = project("context: api", "push: true", "target: App")
    assert users(found) == ["1", "root"]
    assert [process.argv for process in found.of(Process)] == [("debug",), ("app",)]


@pytest.mark.parametrize(
    "inputs",
    [
        ("context: api", "target: app"),
        ("context: api", "push: false", "target: app"),
        ("context: api", "push: true"),
        ("context: api", "push: true", "target: debug"),
        ("context: api", "push: true", "target: '${{ matrix.target }}'"),
        ("context: elsewhere", "push: true", "target: app"),
    ],
)
def test_other_builds_add_nothing(inputs):
    assert users(project(*inputs)) == ["1"]


def tag(found):
    return next(image.tag for image in found.of(Image) if image.origin == "from")


def test_arguments_that_every_build_gives_replace_the_default():
    given = ("context: .", "file: api/Dockerfile", "push: true", "build-args: |")
    assert tag(project(*given, "  TAG=22.3.0", "  X=1")) == "22.3.0"
    assert isinstance(tag(project(*given, "  TAG=${{ matrix.tag }}")), Unknown)
    assert tag(project(*given, "  OTHER=1")) == "latest"
    assert tag(project("context: api", "build-args: TAG=22.3.0")) == "latest"


def test_a_service_that_does_not_give_it_leaves_the_default_in_use():
    given = ("context: api", "push: true", "build-args: TAG=22.3.0")
    assert tag(project(*given, compose="services:\n  a: {build: api}\n")) == "latest"
    compose = "services:\n  a: {build: {context: api, args: {TAG: 22.3.0}}}\n"
    assert tag(project(*given, compose=compose)) == "22.3.0"
