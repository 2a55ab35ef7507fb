"""Evaluation: what resolves, what stays Unknown, and that hostile modules end."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_terraform_read import facts, one

from plumblint.facts import Unknown


def value(expression: str, before: str = ""):
    text = f'{before}\nresource "a" "b" {{\n  x = {expression}\n}}\n'
    return (one(text, "resource").attributes or {}).get("x")


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('"a${1 + 2}b"', "a3b"),
        ("7 * 24 - 1", "167"),
        ("1 > 2", "false"),
        ("!(true && false)", "true"),
        ('true ? "a" : var.x', "a"),
        ('[1, 2][1]', "2"),
        ('{ a = { b = "c" } }.a["b"]', "c"),
        ('lower("AbC")', "abc"),
        ('core::upper("a")', "A"),
        ('coalesce(null, "", "x")', "x"),
        ('try("x", var.y)', "x"),
        ('lookup({ a = "1" }, "b", "2")', "2"),
        ('merge({ a = "1" }, { a = "2" }).a', "2"),
        ('join("-", ["a", "b"])', "a-b"),
        ('sensitive("x")', "x"),
        ("null", None),
        ('"$${x}"', "${x}"),
        ('"a\\tb"', "a\tb"),
        ("true || var.x", "true"),
    ],
)  # fmt: skip
def test_known(expression: str, expected: str | None) -> None:
    assert value(expression) == expected


@pytest.mark.parametrize(
    "expression",
    ["var.x", "local.x", "data.a.b.c", "f(1)", "1 / 0", "each.value", "[1][7]", "aws_a.b[*].c",
     'timestamp()', "var.x ? 1 : 2", 'merge({ a = 1 }, var.x).a', "-true", '"%{ if x }y%{ endif }"',
     'file("missing")', 'file("../../x")', "[for a in var.x : a]",
     "[for a in [1] : a if var.x]", "element([], 0)", "length(var.x)", "var.x[*].a"],
)  # fmt: skip
def test_unknown(expression: str) -> None:
    found = value(expression)
    assert isinstance(found, Unknown)
    assert found.text.strip('"') in expression


def test_known_pieces_of_an_undecided_text() -> None:
    found = value('"a-${var.x}-${1}b"')
    assert found.text == "a-${var.x}-${1}b"
    assert found.pieces == ("a-", None, "-1b")


def test_heredoc() -> None:
    assert value("<<E\na${1}\nE") == "a1\n"


def test_circles_end() -> None:
    assert isinstance(value("local.a", "locals {\n  a = local.b\n  b = local.a\n}\n"), Unknown)
    assert isinstance(value("var.a", 'variable "a" {\n  default = var.a\n}\n'), Unknown)


def test_a_long_chain_of_locals_ends() -> None:
    chain = "".join(f"  l{number} = local.l{number + 1}\n" for number in range(2000))
    assert isinstance(value("local.l0", f"locals {{\n{chain}  l2000 = 1\n}}\n"), Unknown)


def test_doubling_ends() -> None:
    doubled = "".join(
        f'  l{number} = "${{local.l{number + 1}}}${{local.l{number + 1}}}"\n'
        for number in range(40)
    )
    assert isinstance(value("local.l0", f'locals {{\n{doubled}  l40 = "xx"\n}}\n'), Unknown)
    listed = "".join(
        f"  l{number} = [local.l{number + 1}, local.l{number + 1}]\n" for number in range(40)
    )
    text = (
        f'locals {{\n{listed}  l40 = "x"\n}}\nresource "aws_ecs_task_definition" "b" {{\n'
        "  container_definitions = jsonencode(local.l0)\n  secret = local.l0\n}\n"
    )
    assert len(facts(text)) < 5000


def test_nested_dynamic_blocks_end() -> None:
    opening = 'dynamic "ingress" {\n for_each = local.l\n content {\n'
    text = (
        f'locals {{\n  l = [{"1," * 100}]\n}}\nresource "aws_security_group" "x" {{\n'
        f"{opening * 6}from_port = 1\n{'}' + chr(10) + '}' + chr(10)}"
    )
    text += "}\n}\n" * 5 + "}\n"
    assert len(facts(text, "firewall_rule")) <= 100


def test_format() -> None:
    assert value('format("%s:%s", "a", 1)') == "a:1"
    assert value('format("%s:%s", "a", var.x)').pieces == ("a:", None)
    assert isinstance(value('format("%05d", 1)'), Unknown)


EXPRESSIONS = st.sampled_from(
    ["1", '"x"', "var.a", "local.b", "[1, var.a]", "{ image = local.b }", "null", "<<E\n{\nE\n",
     'jsonencode([{ image = "a:${var.a}", environment = var.a }])', '"${local.b}:${var.a}"',
     '"[{\\"image\\": \\"x:${var.a}\\", \\"user\\": ${var.a}}]"', "merge(local.b, var.a)",
     "each.value", "true", '"0.0.0.0/0"', '["0.0.0.0/0", local.b]', "???", "[for v in local.b : v]",
     "{ for k, v in [var.a, 1] : v => k if v != var.a }", "local.b[*].x", "toset([var.a, 1])",
     "keys(local.b)", "element([local.b], -1)", 'split("", "a")', "one(local.b)",
     'templatefile("main.tf", { a = 1 })', "distinct([[], 1])", "each.key", "length(local.b)"],
)  # fmt: skip
NAMES = st.sampled_from(
    ["image", "container_definitions", "ingress", "password", "source", "version", "default",
     "for_each", "environment", "cidr_blocks", "from_port", "protocol", "ports", "name", "user"]
)  # fmt: skip
HEADERS = st.sampled_from(
    ['resource "aws_ecs_task_definition" "a"', 'resource "aws_security_group" "s"', "locals",
     'resource "kubernetes_pod" "p"', 'variable "a"', 'module "m"', 'provider "p"', "terraform",
     'resource "google_compute_firewall" "g"', 'resource "azurerm_network_security_rule" "z"',
     "resource", 'resource "a"', 'backend "s3"', "ingress", 'dynamic "ingress"', "content", "spec",
     "container", "security_context", "allow", 'provisioner "local-exec"', "required_providers",
     'output "o"', "module", 'data "a" "b"']
)  # fmt: skip


@st.composite
def bodies(draw: st.DrawFn, depth: int = 3) -> str:
    attributes = draw(st.lists(st.tuples(NAMES, EXPRESSIONS), max_size=4))
    text = "".join(f"{name} = {value}\n" for name, value in attributes)
    if depth:
        inner = draw(st.lists(st.tuples(HEADERS, bodies(depth=depth - 1)), max_size=2))
        text += "".join(f"{header} {{\n{body}}}\n" for header, body in inner)
    return text


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    bodies(), st.sampled_from(["locals {\n  b = 1\n}\n", 'locals {\n  b = { x = "y" }\n}\n', ""])
)
def test_any_module_has_an_answer(text: str, before: str) -> None:
    whole = before + 'variable "a" {\n  default = "v"\n}\n' + text
    for fact in facts(whole):
        assert 0 <= fact.span.start <= fact.span.end <= len(whole)
        for origin in fact.origins:
            if origin is not None:
                assert 0 <= origin.span.start <= origin.span.end <= len(whole)
