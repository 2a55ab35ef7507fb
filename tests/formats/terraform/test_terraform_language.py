"""Newer parts of the language, and the other forms of its files."""

from __future__ import annotations

import json

from plumblint.facts import (
    Command,
    Fact,
    FirewallRule,
    Module,
    Problem,
    Provisioner,
    Resource,
    Unknown,
)
from plumblint.formats import terraform
from plumblint.repo import Repo


def facts(contents: dict[str, str]) -> list[Fact]:
    repo = Repo(contents)
    files = {"terraform": [], "tfvars": []}
    for path in repo.files:
        files["tfvars" if "tfvars" in path else "terraform"].append(path)
    return [fact for unit in terraform.units(files, repo) for fact in terraform.read(unit, repo)]


def of(kind: type[Fact], contents: dict[str, str]) -> list[Fact]:
    return [fact for fact in facts(contents) if isinstance(fact, kind)]


NEWER = """\
moved {
  from = aws_instance.a
  to   = module.b.aws_instance.a["x"]
}
removed {
  from = aws_instance.gone
  lifecycle {
    destroy = false
  }
  provisioner "local-exec" {
    when    = destroy
    command = "echo bye"
  }
}
import {
  for_each = { a = "i-1" }
  to       = aws_instance.c[each.key]
  id       = each.value
}
check "health" {
  data "http" "site" {
    url = "https://example.com"
  }
  assert {
    condition     = data.http.site.status_code == 200
    error_message = "${data.http.site.url} is down"
  }
}
ephemeral "aws_secretsmanager_secret_version" "db" {
  secret_id = "db"
}
locals {
  parsed = provider::aws::arn_parse("arn:aws:s3:::x")
  upper  = core::upper("x")
  list   = [for k, v in var.x : v if v != null && try(v.a, null) != "b"]
  map    = { for s in var.x : s.name => s... }
}
resource "aws_instance" "a" {
  ami = local.upper
  tags = {
    (local.upper) = "y"
    "quoted"      : 1,
  }
  user_data = <<-EOT
    %{ for h in var.hosts ~}
    host ${h.name}
    %{ endfor ~}
  EOT
  lifecycle {
    precondition {
      condition     = var.a > 1e3
      error_message = <<EOT
multi
EOT
    }
  }
}
"""


def test_newer_blocks_are_read() -> None:
    found = facts({"main.tf": NEWER})
    assert [fact for fact in found if isinstance(fact, Problem)] == []
    assert [fact.key for fact in found if isinstance(fact, Resource)] == [
        "aws_instance.a", "ephemeral.aws_secretsmanager_secret_version.db",
    ]  # fmt: skip
    attributes = found[0].attributes
    assert attributes["ami"] == "X"
    assert attributes["tags.X"] == "y"
    assert attributes["tags.quoted"] == "1"
    assert isinstance(attributes["user_data"], Unknown)


def test_json_means_the_same() -> None:
    native = """\
resource "aws_security_group" "web" {
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
module "vpc" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "~> 5.0"
}
resource "null_resource" "x" {
  provisioner "local-exec" {
    command = "true"
  }
}
"""
    rule = {"from_port": 22, "to_port": 22, "protocol": "tcp", "cidr_blocks": ["0.0.0.0/0"]}
    written = json.dumps(
        {
            "resource": {
                "aws_security_group": {"web": {"ingress": [rule]}},
                "null_resource": {"x": {"provisioner": [{"local-exec": {"command": "true"}}]}},
            },
            "module": {"vpc": {"source": "terraform-aws-modules/vpc/aws", "version": "~> 5.0"}},
        }
    )
    for kind in (FirewallRule, Module, Provisioner):
        [one] = of(kind, {"main.tf": native})
        [other] = of(kind, {"main.tf.json": written})
        fields = [field for field in kind.FIELDS if field not in ("span", "origins")]
        assert [getattr(one, field) for field in fields] == [
            getattr(other, field) for field in fields
        ]


def test_tofu_files_are_part_of_the_module() -> None:
    contents = {
        "main.tofu": 'resource "a" "b" {\n  x = var.x\n}\n',
        "variables.tf": 'variable "x" {\n  default = 1\n}\n',
        "terraform.tfvars.json": '{"x": 2}\n',
    }
    [resource] = of(Resource, contents)
    assert resource.attributes == {"x": "2"}


def test_ports_and_sources_of_other_clouds() -> None:
    text = """\
resource "linode_firewall" "a" {
  inbound {
    action   = "ACCEPT"
    protocol = "TCP"
    ports    = "443, 20-25"
    ipv4     = ["0.0.0.0/0"]
  }
}
resource "oci_core_security_list" "b" {
  ingress_security_rules {
    protocol = "6"
    source   = "0.0.0.0/0"
    tcp_options {
      min = 22
      max = 22
    }
  }
  ingress_security_rules {
    protocol = "6"
    source   = "0.0.0.0/0"
  }
}
resource "alicloud_security_group_rule" "c" {
  type        = "ingress"
  ip_protocol = "tcp"
  policy      = "drop"
  port_range  = "22/22"
  cidr_ip     = "0.0.0.0/0"
}
"""
    web, ssh, list_ssh, list_all, dropped = of(FirewallRule, {"main.tf": text})
    assert (web.services, ssh.services) == ((), ("ssh",))
    assert list_ssh.services == ("ssh",)
    assert (list_all.from_port, list_all.to_port) == (0, 65535)
    assert {"ssh", "database", "remote-desktop"} < set(list_all.services)
    assert (dropped.services, dropped.allow) == (("ssh",), False)


def test_a_template_in_a_range_is_undecided() -> None:
    text = """\
resource "google_compute_firewall" "a" {
  source_ranges = ["${google_compute_address.a.address}/${var.length}"]
  allow {
    protocol = "tcp"
    ports    = ["${var.port}"]
  }
}
"""
    [rule] = of(FirewallRule, {"main.tf": text})
    assert isinstance(rule.world, Unknown)
    assert not any(rule.world.pieces)
    assert [type(service) for service in rule.services] == [Unknown]


def test_commands_of_provisioners() -> None:
    text = """\
variable "host" {
  default = "example.com"
}
resource "null_resource" "x" {
  provisioner "local-exec" {
    interpreter = ["/bin/bash", "-ec"]
    command     = <<-EOT
      curl -fsSL https://${var.host}/install.sh | sh
      echo ${aws_instance.web.id} || true
      ls
    EOT
  }
  provisioner "remote-exec" {
    inline = ["sudo apt-get install -y nginx", "systemctl \\"start\\" ${var.host}"]
  }
  provisioner "local-exec" {
    interpreter = ["python3", "-c"]
    command     = "print(1)"
  }
}
"""
    curl, shell, echo, true, ls, apt, systemctl = of(Command, {"main.tf": text})
    assert (curl.name, curl.piped_into, curl.place, curl.shell) == (
        "curl", "sh", "provisioner", "bash",
    )  # fmt: skip
    assert curl.argv[-1] == "https://example.com/install.sh"
    written = text[curl.span.start : curl.span.end]
    assert written == "curl -fsSL https://${var.host}/install.sh"
    assert (shell.name, true.name) == ("sh", "true")
    assert isinstance(echo.argv[1], Unknown)
    assert (echo.text, ls.under_errexit) == ("echo ${aws_instance.web.id}", True)
    assert (apt.name, apt.privileged_by, apt.under_errexit) == ("apt-get", "sudo", False)
    assert systemctl.argv == ("systemctl", "start", "example.com")


def test_ranges_that_are_empty_by_a_default_are_undecided() -> None:
    text = """\
variable "ranges" { default = [] }
resource "google_compute_firewall" "a" {
  source_ranges = var.ranges
  allow { protocol = "tcp" }
}
resource "google_compute_firewall" "b" {
  allow { protocol = "tcp" }
}
"""
    filled, open_to_all = of(FirewallRule, {"main.tf": text})
    assert isinstance(filled.world, Unknown)
    assert open_to_all.world is True
