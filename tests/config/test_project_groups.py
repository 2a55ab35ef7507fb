"""What the configuration says belongs together is read together."""

from __future__ import annotations

from plumblint.config import Config
from plumblint.facts import Container, Resource
from plumblint.formats import format_of
from plumblint.repo import ProjectGroup, Repo
from plumblint.run import run


def facts(name: str, files: dict[str, str], groups: list[ProjectGroup], kind: str) -> list:
    repo = Repo(files)
    repo.groups = groups
    reader = format_of(name)
    found = {kind: list(files)} if name == "compose" else {
        "terraform": [path for path in files if path.endswith(".tf")],
        "tfvars": [path for path in files if path.endswith(".tfvars")],
    }  # fmt: skip
    units = reader.units(found, repo)
    return [fact for unit in units for fact in reader.read(unit, repo) if kind == fact.KIND]


COMPOSE = {
    "base.compose.yaml": "services:\n  web:\n    image: a:1\n    privileged: true\n",
    "prod.compose.yaml": "services:\n  web:\n    privileged: false\n",
}


def test_compose_files_that_are_used_together() -> None:
    group = ProjectGroup(compose=list(COMPOSE))
    (web,) = facts("compose", COMPOSE, [group], Container.KIND)
    assert web.privileged is False


TERRAFORM = {
    "app/main.tf": 'variable "acl" {}\nresource "aws_s3_bucket" "b" {\n  acl = var.acl\n}\n',
    "app/terraform.tfvars": 'acl = "private"\n',
    "app/dev.tfvars": 'acl = "log"\n',
    "env/prod.tfvars": 'acl = "public-read"\n',
}


def acl(*groups: ProjectGroup) -> object:
    (bucket,) = facts("terraform", TERRAFORM, list(groups), Resource.KIND)
    return bucket.attributes["acl"]


def test_values_of_another_folder() -> None:
    assert acl() == "private"
    assert acl(ProjectGroup(tfvars=["env/prod.tfvars"], module="app")) == "public-read"
    both = ["env/prod.tfvars", "app/dev.tfvars"]
    assert acl(ProjectGroup(tfvars=both, module="app/")) == "log"
    assert acl(ProjectGroup(tfvars=["env/gone.tfvars"], module="app")) == "private"


def test_build_arguments_that_are_always_given() -> None:
    text = "ARG TAG=latest\nFROM debian:${TAG}\n"

    def found(group: ProjectGroup) -> list:
        repo = Repo({"Dockerfile": text})
        config = Config(projects=[group], select=["latest-tag"])
        return list(run(repo, config, today="2026-01-01").report.findings)

    assert found(ProjectGroup())
    assert not found(ProjectGroup(build_args={"TAG": "12.5"}))
    assert found(ProjectGroup(build_args={"TAG": "12.5"}, dockerfiles=["other/Dockerfile"]))


def test_a_run_tells_the_repo() -> None:
    repo = Repo(COMPOSE)
    config = Config(projects=[ProjectGroup(compose=list(COMPOSE))], select=["privileged-container"])
    assert not run(repo, config, today="2026-01-01").report.findings
    assert run(
        Repo(COMPOSE), Config(select=["privileged-container"]), today="2026-01-01"
    ).report.findings
