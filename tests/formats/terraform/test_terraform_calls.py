"""Modules together: who calls whom, and what arguments decide."""

from __future__ import annotations

import time

from plumblint.facts import Fact, FirewallRule, Image, Provider, Resource, RootModule, Unknown
from plumblint.project.build import build
from plumblint.project.project import Project
from plumblint.repo import Repo

GROUP = """\
variable "port" {
  type = number
}
variable "from" {
  default = ["10.0.0.0/8"]
}
resource "aws_security_group" "this" {
  ingress {
    from_port   = var.port
    to_port     = var.port
    protocol    = "tcp"
    cidr_blocks = var.from
  }
}
"""
ROOT = 'terraform {\n  backend "gcs" {}\n}\n'
PROVIDER = 'provider "aws" {\n  region = "x"\n}\n'


def project(contents: dict[str, str]) -> Project:
    paths = sorted(path for path in contents if path.endswith((".tf", ".tofu", ".tf.json")))
    return build(Repo(contents), {"terraform": paths})


def keys(found: Project, kind: type[Fact]) -> list[str]:
    return [fact.key for fact in found.of(kind)]


def test_arguments_of_a_root_module_are_followed() -> None:
    call = ROOT + 'module "web" {\n  source = "../group"\n  port   = 22\n}\n'
    found = project({"group/main.tf": GROUP, "live/main.tf": call})
    own, passed = found.of(FirewallRule)
    assert isinstance(own.from_port, Unknown)
    assert (passed.from_port, passed.sources) == (22, ("10.0.0.0/8",))
    assert passed.path == "module.web.aws_security_group.this"
    origin = passed.origin_of("from_port")
    assert origin is not None
    assert origin.span.path == "live/main.tf"
    assert call[origin.span.start : origin.span.end] == "22"


def test_calls_are_followed_through_modules() -> None:
    wrapper = 'variable "p" {}\nmodule "g" {\n  source = "../group"\n  port = var.p\n}\n'
    call = ROOT + 'module "w" {\n  source = "../wrapper"\n  p = 22\n}\n'
    found = project({"group/main.tf": GROUP, "wrapper/main.tf": wrapper, "live/main.tf": call})
    assert keys(found, Resource) == [
        "aws_security_group.this", "module.w.module.g.aws_security_group.this",
    ]  # fmt: skip
    assert found.of(FirewallRule)[-1].to_port == 22


def test_what_no_argument_touches_is_there_once() -> None:
    module = 'variable "x" {}\nresource "a" "b" {\n  y = 1\n}\n'
    call = ROOT + 'module "m" {\n  source = "../m"\n  x = 1\n}\n'
    found = project({"m/main.tf": module, "live/main.tf": call})
    assert keys(found, Resource) == ["a.b"]


def test_modules_that_call_each_other_end() -> None:
    a = ROOT + 'module "b" {\n  source = "../b"\n  x = 1\n}\n'
    b = 'module "a" {\n  source = "../a"\n  x = 1\n}\nmodule "b" {\n  source = "./"\n}\n'
    started = time.process_time()
    assert project({"a/main.tf": a, "b/main.tf": b}).of(Resource) == []
    assert time.process_time() - started < 10


def test_a_module_that_another_calls_is_no_root() -> None:
    call = PROVIDER + 'module "m" {\n  source = "./m"\n}\n'
    found = project({"main.tf": call, "m/main.tf": PROVIDER})
    assert [root.folder for root in found.of(RootModule)] == [""]


def test_a_backend_that_a_tool_writes_is_unknown() -> None:
    plain = project({"live/a/main.tf": PROVIDER})
    assert [root.backend for root in plain.of(RootModule)] == [None]
    for path, text in (
        ("live/root.hcl", ""),
        ("atmos.yaml", ""),
        ("b.tf.tpl", 'terraform {\n  backend "gcs" {}\n}'),
    ):
        [root] = project({"live/a/main.tf": PROVIDER, path: text}).of(RootModule)
        assert isinstance(root.backend, Unknown)


def test_a_provider_that_others_give_values_makes_no_root() -> None:
    text = 'variable "region" {}\nprovider "aws" {\n  region = var.region\n}\n'
    assert project({"main.tf": text}).of(RootModule) == []
    default = text.replace("{}", '{\n  default = "x"\n}', 1)
    assert len(project({"main.tf": default}).of(RootModule)) == 1
    assert project({"fargate-examples/a/main.tf": PROVIDER}).of(RootModule) == []


def test_providers_know_their_module() -> None:
    required = (
        'terraform {\n  required_providers {\n    aws = {\n      version = ">= 5"\n    }\n  }\n'
    )
    contents = {"m/main.tf": required + "}\n", "live/main.tf": required + '  backend "gcs" {}\n}\n',
                "live/.terraform.lock.hcl": ""}  # fmt: skip
    live, module = project(contents).of(Provider)
    assert (live.module, live.applied, live.locked, live.version_bounded) == (
        "live", True, True, False,
    )  # fmt: skip
    assert (module.applied, module.locked) == (False, False)


def test_each_instance_is_a_resource() -> None:
    text = (
        'resource "aws_lambda_function" "f" {\n  for_each  = { a = "x:1", b = "y:latest" }\n'
        '  image_uri = each.value\n}\nresource "a" "none" {\n  for_each = {}\n}\n'
        'variable "v" {\n  default = {}\n}\nresource "a" "maybe" {\n  for_each = var.v\n}\n'
    )
    found = project({"main.tf": text})
    assert keys(found, Resource) == [
        'aws_lambda_function.f["a"]', 'aws_lambda_function.f["b"]', "a.maybe",
    ]  # fmt: skip
    assert [image.tag for image in found.of(Image)] == ["1", "latest"]


def test_containers_from_a_template_file() -> None:
    text = (
        'variable "tag" {\n  default = "latest"\n}\n'
        'resource "aws_ecs_task_definition" "t" {\n'
        "  container_definitions = "
        'templatefile("${path.module}/c.json.tpl", { tag = var.tag })\n}\n'
    )
    template = '[{"name": "web", "image": "nginx:${tag}", "memory": ${memory}}]\n'
    found = project({"live/main.tf": text, "live/c.json.tpl": template})
    [image] = found.of(Image)
    assert (image.repository, image.tag) == ("nginx", "latest")
    origin = image.origin_of("tag")
    assert origin is not None
    assert text[origin.span.start : origin.span.end] == "latest"
