"""Containers, images and firewall rules of resources."""

from __future__ import annotations

import pytest
from test_terraform_read import facts, one, under

from plumblint.facts import Unknown

DEFINITION = """\
[
  {
    "name": "web",
    "image": "acme/web:${var.tag}",
    "user": "root",
    "privileged": true,
    "readonlyRootFilesystem": false,
    "stopTimeout": 5,
    "cpu": ${var.cpu},
    "environment": [{"name": "DB_PASSWORD", "value": "hunter2"}],
    "portMappings": [{"containerPort": 80, "hostPort": 8080}],
    "linuxParameters": {"capabilities": {"add": ["SYS_ADMIN"]}}
  }
]
"""
VARIABLES = 'variable "tag" {\n  default = "latest"\n}\nvariable "cpu" {\n}\n'


def ecs(definitions: str) -> str:
    return (
        f'{VARIABLES}resource "aws_ecs_task_definition" "app" {{\n  network_mode = "host"\n'
        f"  container_definitions = {definitions}\n}}\n"
    )


def as_heredoc() -> str:
    return ecs("<<-EOT\n" + DEFINITION + "  EOT")


def as_jsonencode() -> str:
    return ecs(
        "jsonencode(" + DEFINITION.replace("${var.cpu}", "var.cpu").replace('": ', '" = ') + ")"
    )


def as_quoted() -> str:
    return ecs('"' + DEFINITION.replace('"', '\\"').replace("\n", "\\n") + '"')


@pytest.mark.parametrize("text", [as_heredoc(), as_jsonencode(), as_quoted()])
def test_ecs(text: str) -> None:
    container = one(text, "container")
    assert (container.kind, container.name) == ("ecs", "web")
    assert (container.user, container.user_is_root, container.privileged) == ("root", True, True)
    assert container.read_only is False
    assert container.added_capabilities == ("SYS_ADMIN",)
    assert container.host_namespaces == ("network",)
    assert isinstance(container.limits["cpus"], Unknown)
    assert container.process.grace_seconds == 5
    for field, shown in {"user": "root", "privileged": "true"}.items():
        assert under(text, container, field) == shown


@pytest.mark.parametrize("text", [as_heredoc(), as_jsonencode(), as_quoted()])
def test_image_of_ecs(text: str) -> None:
    image = one(text, "image")
    assert (image.text, image.repository, image.tag) == ("acme/web:latest", "acme/web", "latest")
    assert image is one(text, "image") or image.origin == "ecs"
    assert under(text, image, "tag") == "latest"
    assert text.index('default = "latest"') < image.origin_of("tag").span.start < text.index("cpu")
    [use] = image.origin_of("tag").via
    assert text[use.span.start : use.span.end] == "var.tag"
    assert under(text, image, "repository") == "acme/web"
    assert image.origin_of("repository").literal


@pytest.mark.parametrize("text", [as_heredoc(), as_jsonencode(), as_quoted()])
def test_what_hangs_on_a_container(text: str) -> None:
    container = one(text, "container")
    variable = one(text, "variable")
    assert (variable.name, variable.value, variable.literal) == ("DB_PASSWORD", "hunter2", True)
    assert under(text, variable, "value") == "hunter2"
    assert variable.container == container.path
    port = one(text, "port")
    assert (port.target, port.published) == (80, "8080")


def test_definitions_in_a_file_of_the_repo() -> None:
    main = ecs('file("${path.module}/task.json")')
    task = '[{"name": "web", "image": "nginx:latest"}]'
    image = one({"infra/main.tf": main, "infra/task.json": task}, "image")
    span = image.origin_of("tag").span
    assert (span.path, task[span.start : span.end]) == ("infra/task.json", "latest")


def test_known_tag_of_an_undecided_repository() -> None:
    text = ecs('jsonencode([{ name = "a", image = "${aws_ecr.x.url}:latest" }])')
    image = one(text, "image")
    assert isinstance(image.text, Unknown)
    assert image.tag == "latest"
    assert under(text, image, "tag") == "latest"


def test_definitions_nobody_knows() -> None:
    assert facts(ecs('templatefile("x.json", {})'), "container") == []
    assert facts(ecs("jsonencode([for x in var.all : x])"), "container") == []
    assert facts(ecs('"not json"'), "container") == []


def test_merged_definitions() -> None:
    text = ecs('jsonencode([merge(var.more, { name = "a", image = "b:1" })])')
    container = one(text, "container")
    assert container.image.tag == "1"
    assert isinstance(container.privileged, Unknown)


KUBERNETES = """\
resource "kubernetes_deployment_v1" "app" {
  spec {
    template {
      spec {
        host_network = true
        termination_grace_period_seconds = 0
        security_context {
          run_as_user = 1000
        }
        container {
          name  = "app"
          image = "reg.local:5000/app:latest"
          env {
            name  = "A"
            value = "1"
          }
          env {
            name = "B"
            value_from {
            }
          }
        }
        init_container {
          name  = "init"
          image = "busybox"
          security_context {
            run_as_user = 0
            capabilities {
              drop = ["ALL"]
            }
          }
        }
      }
    }
  }
}
"""


def test_kubernetes() -> None:
    app, init = facts(KUBERNETES, "container")
    assert (app.kind, app.name, app.host_namespaces) == ("kubernetes", "app", ("network",))
    assert (app.user, app.user_is_root, app.process.grace_seconds) == ("1000", False, 0)
    assert app.image.tag == "latest"
    assert [variable.name for variable in app.env] == ["A"]
    assert (init.user_is_root, init.dropped_capabilities) == (True, ("ALL",))
    assert init.image.tag is None


def test_cloud_run_and_azure() -> None:
    text = """\
resource "google_cloud_run_v2_service" "a" {
  template {
    containers {
      image = "gcr.io/p/a:latest"
    }
  }
}
resource "azurerm_container_group" "b" {
  container {
    name  = "b"
    image = "b:1"
    environment_variables = { X = "y" }
  }
}
"""
    origins = [(image.origin, image.tag) for image in facts(text, "image")]
    assert origins == [("cloud-run", "latest"), ("container-app", "1")]
    assert one(text, "variable").name == "X"


# --- firewalls ----------------------------------------------------------------------------


def rules(text: str) -> list[tuple[object, ...]]:
    return [
        (rule.direction, rule.protocol, rule.from_port, rule.to_port, rule.world, rule.allow)
        for rule in facts(text, "firewall_rule")
    ]


OPEN = ("ingress", "tcp", 22, 22, True, True)


@pytest.mark.parametrize(
    "rule",
    [
        'ingress {\n self = true\n from_port = 1\n to_port = 1\n protocol = "tcp"\n}\n'
        'ingress {\n from_port = 22\n to_port = 22\n protocol = "tcp"\n'
        ' cidr_blocks = ["0.0.0.0/0"]\n}',
        'ingress = [{ from_port = 22, to_port = 22, protocol = "tcp", cidr_blocks = '
        'concat(["10.0.0.0/8"], ["0.0.0.0/0"]) }]',
        'dynamic "ingress" {\n for_each = toset([22])\n content {\n from_port = ingress.value\n'
        '  to_port = ingress.value\n protocol = "tcp"\n ipv6_cidr_blocks = ["::/0"]\n }\n}',
        'ingress {\n from_port = 22\n to_port = 22\n protocol = "6"\n'
        ' cidr_blocks = ["0.0.0.0/1", "128.0.0.0/1"]\n}',
    ],
)
def test_aws_security_group(rule: str) -> None:
    text = f'resource "aws_security_group" "x" {{\n{rule}\n}}\n'
    assert OPEN in rules(text)


def test_aws_rule_resources() -> None:
    text = """\
resource "aws_security_group_rule" "a" {
  type        = "ingress"
  from_port   = 22
  to_port     = 22
  protocol    = "tcp"
  cidr_blocks = ["0.0.0.0/0"]
}
resource "aws_vpc_security_group_ingress_rule" "b" {
  ip_protocol = "-1"
  cidr_ipv4   = "0.0.0.0/0"
}
resource "aws_vpc_security_group_egress_rule" "c" {
  ip_protocol = "tcp"
  cidr_ipv4   = var.unknown
}
"""
    first, second, third = rules(text)
    assert first == OPEN
    assert second == ("ingress", "all", 0, 65535, True, True)
    assert third[0] == "egress"
    assert isinstance(third[4], Unknown)
    rule = facts(text, "firewall_rule")[0]
    assert text[rule.span.start : rule.span.end] == "0.0.0.0/0"


def test_google_firewall() -> None:
    text = """\
resource "google_compute_firewall" "a" {
  source_ranges = ["0.0.0.0/0"]
  allow {
    protocol = "tcp"
    ports    = ["22", "8000-8080"]
  }
  deny {
    protocol = "all"
  }
}
resource "google_compute_firewall" "b" {
  source_tags = ["x"]
  allow {
    protocol = "tcp"
  }
}
"""
    assert rules(text) == [
        OPEN,
        ("ingress", "tcp", 8000, 8080, True, True),
        ("ingress", "all", 0, 65535, True, False),
        ("ingress", "tcp", 0, 65535, False, True),
    ]


def test_azure_rules() -> None:
    text = """\
resource "azurerm_network_security_rule" "a" {
  direction              = "Inbound"
  access                 = "Allow"
  protocol               = "Tcp"
  destination_port_range = "22"
  source_address_prefix  = "Internet"
}
resource "azurerm_network_security_group" "b" {
  security_rule {
    direction               = "Outbound"
    access                  = "Deny"
    protocol                = "*"
    destination_port_ranges = ["*"]
    destination_address_prefix = "10.0.0.0/8"
  }
}
"""
    assert rules(text) == [OPEN, ("egress", "all", 0, 65535, False, False)]
