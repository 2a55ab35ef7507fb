"""Entrypoints that go on as another user."""

from __future__ import annotations

import pytest

from plumblint.discover import discover
from plumblint.facts import Container, Image, Unknown
from plumblint.project.build import build
from plumblint.repo import Repo

STARTS_A_SCRIPT = 'FROM debian:12.5\nCOPY run.sh /\nENTRYPOINT ["/run.sh"]\n'


def project(files):
    repo = Repo(files)
    return build(repo, discover(repo, ()))


def is_root(dockerfile, **files):
    found = project({"Dockerfile": dockerfile, **files}).of(Container)
    return next(one for one in found if one.kind == "dockerfile").user_is_root


@pytest.mark.parametrize(
    "line",
    [
        'exec gosu app "$@"',
        'exec su-exec app:app "$@"',
        'exec setpriv --reuid=app --regid=app --clear-groups -- "$@"',
        'exec setpriv --reuid 1000 "$@"',
        "exec runuser -u app -- server",
        "su app -c server",
        "su -s /bin/sh -c server app ",
        'exec su - app -c "server"',
        "exec chpst -u app server",
        "exec s6-setuidgid app server",
        "sudo -E -u app server",
    ],
)
def test_scripts_that_step_down(line):
    script = f"#!/bin/sh\nset -e\nchown app /data\n{line}\n"
    assert is_root(STARTS_A_SCRIPT, **{"run.sh": script}) is False


@pytest.mark.parametrize(
    "line",
    ['exec "$@"', "exec gosu root server", "# exec gosu app", "exec su-exec 0 x", "exec app"],
)
def test_scripts_that_do_not(line):
    script = f"#!/bin/sh\n{line}\n"
    assert is_root(STARTS_A_SCRIPT, **{"run.sh": script}) is True


def test_words_of_the_instruction():
    assert is_root('FROM debian:12.5\nENTRYPOINT ["gosu", "app", "server"]\n') is False
    assert is_root("FROM debian:12.5\nCMD exec gosu app server\n") is False
    assert is_root('FROM debian:12.5\nENTRYPOINT ["server", "--user", "app"]\n') is True


def test_an_action_of_github_has_to_be_root():
    answer = is_root(
        'FROM debian:12.5\nENTRYPOINT ["x"]\n',
        **{"action.yml": "name: a\ndescription: b\nruns:\n  using: docker\n  image: Dockerfile\n"},
    )
    assert isinstance(answer, Unknown)


def test_an_image_that_the_repo_names_is_built_here():
    files = {
        "compose.yaml": "services:\n  base: {build: base, image: acme-base}\n",
        "base/Dockerfile": "FROM debian:12.5\n",
        "app/Dockerfile": "FROM acme-base\n",
        ".github/workflows/ci.yml": (
            "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n"
            "      - run: docker build -t other-base --tag=third .\n"
        ),
        "x/Dockerfile": "FROM other-base\n",
        "y/Dockerfile": "FROM third\n",
        "z/Dockerfile": "FROM stranger\n",
    }
    built = {
        image.text: image.built_here for image in project(files).of(Image) if image.origin == "from"
    }
    assert built == {
        "debian:12.5": False,
        "acme-base": True,
        "other-base": True,
        "third": True,
        "stranger": False,
    }
