"""Values of literal expressions; the heredoc answers are those of `terraform console` 1.11.4."""

from __future__ import annotations

import pytest

from plumblint.syntax.hcl import NOT_STATIC, parse, static
from plumblint.syntax.hcl.nodes import Heredoc, Template, Text
from plumblint.syntax.hcl.static import heredoc_parts, template_parts


def expression(text: str):
    body = parse(f"a = {text}\n")
    assert not body.faults
    return body.attributes[0].value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('"x"', "x"),
        ("-1", -1),
        ("- -1", 1),
        ("!true", False),
        ("null", None),
        ("(1)", 1),
        ('[1, "a", [true]]', [1, "a", [True]]),
        ('{ a = 1, "b" : { c = null } }', {"a": 1, "b": {"c": None}}),
        ("{ a = 1, a = 2 }", {"a": 2}),
        ("<<E\nx\n y\nE", "x\n y\n"),
        ("<<-E\n  x\n    y\n  E", "x\n  y\n"),
        ("<<-E\n    x\n  y\nE", "  x\ny\n"),
        ("<<-E\n  x\n\n  y\nE", "x\n\ny\n"),
        ("<<-E\n  x\n \n  y\nE", "x\n \ny\n"),
        ("<<E\n$${x}\nE", "${x}\n"),
    ],
)
def test_literal(text: str, value: object) -> None:
    assert static(expression(text)) == value


@pytest.mark.parametrize(
    "text",
    ["x", '"${x}"', "[1, x]", "{ a = x }", "{ (a) = 1 }", "f(1)", "1 + 1", "!1", "-true", '-"x"',
     "<<E\n${x}\nE", "x ? 1 : 2", "[for a in []: a]"],
)  # fmt: skip
def test_not_literal(text: str) -> None:
    assert static(expression(text)) is NOT_STATIC


def texts(parts: list[object]) -> list[str]:
    return [part.value for part in parts if type(part) is Text]


def test_indentation_with_sequences() -> None:
    node = expression("<<-E\n    a ${x}\n      b\n    ${y}\n    E")
    assert type(node) is Heredoc
    assert texts(heredoc_parts(node)) == ["a ", "\n  b\n", "\n"]
    node = expression("<<-E\n    a\n${y}\n    E")
    assert texts(heredoc_parts(node)) == ["    a\n", "\n"]


def test_strip_markers() -> None:
    node = expression('"a  ${~ x ~}  b"')
    assert type(node) is Template
    assert texts(template_parts(node)) == ["a", "b"]
