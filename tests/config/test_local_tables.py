"""Local facts that the configuration teaches the analyses."""

from __future__ import annotations

import pytest

from plumblint.config import Config
from plumblint.facts import Check, Container, Deployment
from plumblint.repo import Repo
from plumblint.run import run
from plumblint.tables.local import LOCAL, teach

WORKFLOW = """\
on: push
jobs:
  a:
    runs-on: ubuntu-24.04
    steps:
      - run: make verify -j4
      - uses: acme/check@v1
      - uses: Acme/Ship@v2
      - run: bin/ship it --now
"""
TABLES = {
    "check_commands": {"make verify": "test"},
    "check_actions": {"acme/check": "lint"},
    "deploy_actions": ["acme/ship@v2"],
    "deploy_commands": ["bin/ship it"],
}


@pytest.fixture(autouse=True)
def _forget():
    yield
    teach({})


def project(files: dict[str, str], tables: dict) -> object:
    config = Config(preset="all", tables=tables)
    return run(Repo(files), config, today="2026-01-01").project


def test_own_checks_and_deployments() -> None:
    files = {".github/workflows/a.yml": WORKFLOW}
    known = project(files, TABLES)
    assert {check.kind for check in known.of(Check)} >= {"test", "lint"}
    mechanisms = {deployment.mechanism for deployment in known.of(Deployment)}
    assert mechanisms >= {"acme/ship", "bin/ship it"}
    assert all(d.tier == "certain" for d in known.of(Deployment))
    plain = project(files, {})
    assert "acme/ship" not in {deployment.mechanism for deployment in plain.of(Deployment)}


def test_own_base_images() -> None:
    files = {"Dockerfile": 'FROM registry.example.com/base/web:1\nCMD ["app"]\n'}
    tables = {"base_images": {"registry.example.com/base/*": {"user": "app", "shell": "none"}}}
    (container,) = project(files, tables).of(Container)
    assert container.user_is_root is False
    assert container.base.shell == "none"
    (container,) = project(files, {}).of(Container)
    assert container.user_is_root is not False


def test_nothing_of_a_run_is_left_for_the_next() -> None:
    project({"Dockerfile": ""}, TABLES)
    assert LOCAL.deploy_actions
    project({"Dockerfile": ""}, {})
    assert not LOCAL.deploy_actions


def test_tables_of_policies_grow() -> None:
    config = Config(select=["floating-tag"], tables={"floating_tags": ["ours"]})
    repo = Repo({"Dockerfile": "FROM debian:ours\nUSER 1\n"})
    assert run(repo, config, today="2026-01-01").report.findings
    plain = Config(select=["floating-tag"])
    assert not run(repo, plain, today="2026-01-01").report.findings
