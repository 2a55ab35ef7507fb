"""Services over the Dockerfiles they are built from."""

from __future__ import annotations

from plumblint.discover import discover
from plumblint.facts import Container, Unknown
from plumblint.project.build import build
from plumblint.repo import Repo

DOCKERFILE = """\
FROM debian:12.5 AS dev
CMD ["dev"]
FROM debian:12.5
ARG WHO=root
USER $WHO
HEALTHCHECK CMD true
ENTRYPOINT ["/app"]
CMD ["serve"]
"""


def containers(compose: str, dockerfile: str = DOCKERFILE) -> dict[str, Container]:
    """The containers by kind and name, after linking."""
    repo = Repo({"compose.yaml": "services:\n" + compose, "Dockerfile": dockerfile})
    project = build(repo, discover(repo, ()))
    return {f"{found.kind} {found.name}".strip(): found for found in project.of(Container)}


def test_a_service_inherits_what_it_does_not_say():
    found = containers("  web:\n    build: .\n")
    web, image = found["compose web"], found["dockerfile"]
    assert web.user == "root"
    assert web.user_is_root is True
    assert web.healthcheck is image.healthcheck
    assert web.process.argv == ("/app", "serve")
    assert web.origin_of("user").span == image.origin_of("user").span
    assert [related.label for related in web.origin_of("user").via][-1] == "service web runs it"
    assert image.run_by == ("compose.yaml services.web",)


def test_its_own_words_come_first():
    web = containers(
        "  web:\n    build: .\n    user: '7'\n    command: [migrate]\n    stop_signal: SIGINT\n"
    )["compose web"]
    assert web.user_is_root is False
    assert web.process.argv == ("/app", "migrate")
    assert web.process.stop_signal == "SIGINT"


def test_an_entrypoint_drops_the_images_command():
    web = containers("  web:\n    build: .\n    entrypoint: [sh]\n")["compose web"]
    assert web.process.argv == ("sh",)


def test_target_and_arguments_choose():
    found = containers(
        "  dev:\n    build: {context: ., target: dev}\n"
        "  arg:\n    build: {context: ., args: {WHO: app}}\n"
    )
    assert found["compose dev"].process.argv == ("dev",)
    assert found["compose arg"].user_is_root is False


def test_what_every_service_overrides_is_undecided_in_the_image():
    image = containers("  a:\n    build: .\n    user: '1'\n  b:\n    build: .\n    user: '2'\n")
    assert isinstance(image["dockerfile"].user_is_root, Unknown)
    image = containers("  a:\n    build: .\n    user: '1'\n  b:\n    build: .\n")
    assert image["dockerfile"].user_is_root is True
