from __future__ import annotations

import pytest

from plumblint.discover import discover
from plumblint.facts import Container, Image
from plumblint.project.build import build
from plumblint.repo import Repo


def project_of(inline):
    text = f"services:\n  web:\n    build:\n      dockerfile_inline: {inline}\n    init: true\n"
    repo = Repo({"compose.yaml": text})
    return build(repo, discover(repo, ())), text


def test_a_dockerfile_within_a_compose_file_is_read_in_its_place():
    project, text = project_of("|\n        FROM node:latest\n\n        USER app\n        CMD x y")
    (service,) = project.of(Container)
    assert (service.user, service.user_is_root) == ("app", False)
    assert text[service.origin_of("user").span.start :].startswith("app")
    (image,) = project.of(Image)
    span = image.origin_of("tag").span
    assert (span.path, text[span.start : span.end]) == ("compose.yaml", "latest")
    assert service.process.argv == ("/bin/sh", "-c", "x y")
    assert service.process.init == "docker-init"


@pytest.mark.parametrize(
    "inline",
    [
        '"FROM a\\nUSER b"',
        "|\n        FROM ${X}",
        "|\n        FROM a\n        RUN <<E\n        x\n        E",
    ],
)
def test_what_compose_makes_another_text_of_is_left_alone(inline):
    project, _ = project_of(inline)
    assert not project.of(Image)
    assert len(project.of(Container)) == 1
