"""Facts of small modules."""

from __future__ import annotations

from plumblint.facts import Fact, Unknown
from plumblint.formats import terraform
from plumblint.repo import Repo


def facts(contents: dict[str, str] | str, kind: str = "") -> list[Fact]:
    if isinstance(contents, str):
        contents = {"main.tf": contents}
    repo = Repo(contents)
    files: dict[str, list[str]] = {"terraform": [], "tfvars": []}
    for path in repo.files:
        if path.endswith((".tf", ".tf.json", ".tofu")):
            files["terraform"].append(path)
        elif path.endswith((".tfvars", ".tfvars.json")):
            files["tfvars"].append(path)
    found = [fact for unit in terraform.units(files, repo) for fact in terraform.read(unit, repo)]
    return [fact for fact in found if kind == fact.KIND] if kind else found


def one(contents: dict[str, str] | str, kind: str) -> Fact:
    [fact] = facts(contents, kind)
    return fact


def under(text: str, fact: Fact, field: str) -> str:
    origin = fact.origin_of(field)
    return text[origin.span.start : origin.span.end]


# --- the module itself -------------------------------------------------------------------


def test_inputs_and_outputs() -> None:
    text = (
        'variable "db_password" {\n  type = string\n  default = "hunter2"\n  sensitive = true\n}\n'
        'output "url" {\n  value = aws_x.y.url\n}\n'
    )
    variable = one(text, "input")
    assert (variable.name, variable.type, variable.default) == ("db_password", "string", "hunter2")
    assert variable.sensitive is True
    assert under(text, variable, "default") == "hunter2"
    output = one(text, "output")
    assert (output.name, output.value, output.sensitive) == ("url", "aws_x.y.url", False)
    secret = one(text, "variable")
    assert (secret.name, secret.value, secret.default) == ("db_password", "hunter2", True)
    assert secret.path == "variable.db_password.default"


def test_structured_default_is_its_text() -> None:
    assert one('variable "x" {\n  default = { a = 1 }\n}\n', "input").default == "{ a = 1 }"
    assert one('variable "x" {\n  default = null\n}\n', "input").default is None


def test_modules() -> None:
    text = """\
module "a" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "~> 5.1.0"
}
module "b" {
  source = "git::https://example.com/x.git//sub?depth=1&ref=v1.2.0"
}
module "c" {
  source = "../network"
}
module "d" {
  source = "github.com/a/b?ref=main"
}
module "e" {
  source = "git@github.com:a/b.git"
}
module "f" {
  source  = "app.terraform.io/org/vpc/aws"
  version = ">= 1"
}
"""
    a, b, c, d, e, f = facts({"live/main.tf": text}, "module")
    assert (a.source_kind, a.version, a.version_exact, a.version_bounded, a.ref_kind) == (
        "registry", "~> 5.1.0", True, True, None,
    )  # fmt: skip
    assert (b.source_kind, b.ref, b.ref_kind) == ("git", "v1.2.0", "tag")
    assert under(text, b, "ref") == "v1.2.0"
    assert (c.source_kind, c.folder, c.ref_kind) == ("local", "network", None)
    assert (d.source_kind, d.ref_kind) == ("git", "branch")
    assert (e.source_kind, e.ref_kind) == ("git", "none")
    assert (f.source_kind, f.version_exact, f.version_bounded) == ("registry", False, False)


def test_providers() -> None:
    text = """\
terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = ">= 5.0" }
  }
}
provider "aws" {
  access_key = "AKIAIOSFODNN7EXAMPLE"
  secret_key = var.secret
}
"""
    provider, required = facts(text, "provider")
    assert (required.source, required.version, required.required) == (
        "hashicorp/aws", ">= 5.0", True,
    )  # fmt: skip
    assert (provider.name, provider.required) == ("aws", False)
    access, secret = facts(text, "variable")
    assert (access.name, access.literal, access.path) == (
        "access_key", True, "provider.aws.access_key",
    )  # fmt: skip
    assert under(text, access, "value") == "AKIAIOSFODNN7EXAMPLE"
    assert isinstance(secret.value, Unknown)
    assert secret.literal is False


def test_backend_and_root() -> None:
    text = 'terraform {\n  backend "s3" {\n    bucket  = "b"\n    encrypt = true\n  }\n}\n'
    backend = one(text, "backend")
    assert (backend.type, backend.partial) == ("s3", False)
    assert backend.attributes == {"bucket": "b", "encrypt": "true"}
    root = one(text, "root_module")
    assert (root.folder, root.evidence, root.backend) == ("", ("backend",), "s3")


def test_partial_backend() -> None:
    assert one('terraform {\n  backend "s3" {}\n}\n', "backend").partial is True


def test_what_makes_a_root() -> None:
    provider = 'provider "aws" {\n  region = "x"\n}\n'
    assert one({"live/main.tf": provider}, "root_module").evidence == ("provider block",)
    assert facts({"modules/a/main.tf": provider}, "root_module") == []
    assert facts({"examples/a/main.tf": provider}, "root_module") == []
    assert facts({"a/main.tf": 'resource "a" "b" {\n}\n'}, "root_module") == []
    values = {"a/main.tf": 'resource "a" "b" {\n}\n', "a/terraform.tfvars": "x = 1\n"}
    assert one(values, "root_module").evidence == ("tfvars",)
    locked = {"a/main.tf": 'resource "a" "b" {\n}\n', "a/.terraform.lock.hcl": ""}
    assert one(locked, "root_module").evidence == ("lock file",)


# --- resources ----------------------------------------------------------------------------


def test_attributes() -> None:
    text = """\
resource "aws_db_instance" "main" {
  engine  = "postgres"
  backup_retention_period = 0
  tags = { Name = "x" }
  list = ["a", "b"]
  none = null
  empty = []
  other = data.x.y.z
  logging {
    bucket = "l"
  }
  logging {
    bucket = "m"
  }
}
"""
    resource = one(text, "resource")
    assert (resource.type, resource.name, resource.mode) == ("aws_db_instance", "main", "resource")
    attributes = dict(resource.attributes)
    assert attributes.pop("other").text == "data.x.y.z"
    assert attributes == {
        "engine": "postgres", "backup_retention_period": "0", "tags": "{}", "tags.Name": "x",
        "list": "a", "list[1]": "b", "empty": "[]", "logging": "{}", "logging.bucket": "l",
        "logging[1]": "{}", "logging[1].bucket": "m",
    }  # fmt: skip
    place = resource.places["backup_retention_period"]
    assert text[place.span.start : place.span.end] == "0"
    assert place.literal


def test_names_resolve_with_their_places() -> None:
    text = """\
variable "retention" {
  default = 0
}
locals {
  days = var.retention
}
resource "aws_db_instance" "main" {
  backup_retention_period = local.days
}
"""
    resource = one(text, "resource")
    assert resource.attributes["backup_retention_period"] == "0"
    origin = resource.places["backup_retention_period"]
    assert text[origin.span.start : origin.span.end] == "0"
    shown = [text[use.span.start : use.span.end] for use in origin.via]
    assert shown == ["var.retention", "local.days"]


def test_values_files() -> None:
    main = 'variable "n" {\n  default = 1\n}\nresource "a" "b" {\n  n = var.n\n}\n'
    loaded = one({"main.tf": main, "terraform.tfvars": "n = 2\n"}, "resource")
    assert loaded.attributes["n"] == "2"
    assert loaded.places["n"].span.path == "terraform.tfvars"
    later = {"main.tf": main, "terraform.tfvars": "n = 2\n", "x.auto.tfvars": "n = 3\n"}
    assert one(later, "resource").attributes["n"] == "3"
    named = one({"main.tf": main, "prod.tfvars": "n = 4\n"}, "resource")
    assert isinstance(named.attributes["n"], Unknown)


def test_count_zero_is_no_resource() -> None:
    assert facts('resource "a" "b" {\n  count = 0\n}\n', "resource") == []
    assert facts('resource "a" "b" {\n  count = var.n\n}\n', "resource")


def test_secret_arguments() -> None:
    text = (
        'resource "aws_db_instance" "x" {\n  password = "hunter2hunter2"\n'
        '  password_length = "9"\n  secret_name = "n"\n  auth_token = var.t\n'
        '  user_data = "#!/bin/sh"\n}\n'
    )
    names = [fact.name for fact in facts(text, "variable")]
    assert names == ["password", "auth_token", "user_data"]


def test_environment_maps() -> None:
    text = (
        'resource "aws_lambda_function" "f" {\n  image_uri = "x/y:latest"\n'
        '  environment {\n    variables = { A = "1" }\n  }\n}\n'
    )
    variable = one(text, "variable")
    assert (variable.name, variable.value, variable.kind) == ("A", "1", "env")
    image = one(text, "image")
    assert (image.origin, image.tag) == ("lambda", "latest")


def test_provisioners() -> None:
    text = (
        'resource "null_resource" "x" {\n  provisioner "local-exec" {\n'
        '    command = "curl x | sh"\n  }\n  provisioner "remote-exec" {\n'
        '    inline = ["a", "b"]\n  }\n}\n'
    )
    local, remote = facts(text, "provisioner")
    assert (local.type, local.text, local.resource) == (
        "local-exec", "curl x | sh", "null_resource.x",
    )  # fmt: skip
    assert under(text, local, "text") == "curl x | sh"
    assert remote.text == "a\nb"


# --- problems -----------------------------------------------------------------------------


def test_problems() -> None:
    problem = one("a = [1 2]\n", "problem")
    assert (problem.kind, problem.read_as) == ("syntax", "terraform")
    assert problem.span.start == 7
    kinds = [fact.kind for fact in facts("a = " + "[" * 500, "problem")]
    assert "limit" in kinds


def test_bytes_that_do_not_decode() -> None:
    repo = Repo({"main.tf": b'a = "\xff"\n'})
    [unit] = terraform.units({"terraform": ["main.tf"]}, repo)
    assert [fact.kind for fact in terraform.read(unit, repo)] == ["encoding"]


def test_missing_file() -> None:
    repo = Repo({})
    [unit] = terraform.units({"terraform": ["x/main.tf"]}, repo)
    assert [fact.kind for fact in terraform.read(unit, repo)] == ["unreadable"]


def test_json_form() -> None:
    text = '{"resource": {"aws_s3_bucket": {"b": {"acl": "public-read"}}}}'
    resource = one({"main.tf.json": text}, "resource")
    assert resource.attributes == {"acl": "public-read"}
    origin = resource.places["acl"]
    assert text[origin.span.start : origin.span.end] == "public-read"
