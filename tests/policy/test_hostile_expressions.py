"""Expressions from strangers: what is refused, and that the rest is harmless and quick."""

from __future__ import annotations

import ast
import builtins

import pytest
from container_facts import container, decide, function_of, image
from hypothesis import given
from hypothesis import strategies as st

from plumblint.policy.expression import ExpressionError, Scope, compile_expression
from plumblint.policy.operations import STEPS, StepsExhaustedError

HOSTILE = [
    "__import__('os').system('x')",
    "container.__class__.__mro__",
    "container.__init__",
    "container.span.path == 'x'",
    "container.origins",
    "container._names",
    "(lambda: 1)()",
    "lambda: 1",
    "9 ** 9 ** 9 > container.user",
    "'a' * 10 ** 9 == container.user",
    "'a' + 'b' == container.user",
    "[x for x in container.ports]",
    "[x for x in container.ports for y in container.ports]",
    "any(x.target == 1 for x in container.ports for y in container.ports)",
    "any(any(any(any(any(a for a in container.mounts) for b in container.ports) "
    "for c in container.env) for d in container.ports) for e in container.env)",
    "{x: 1 for x in container.ports}",
    "f'{container.user}' == 'x'",
    "'{0.__class__}'.format(container) == 'x'",
    "'%s' % container.user == 'x'",
    "container.user.__len__() > 3",
    "container.user[0] == 'x'",
    "(x := container.user) == 'a'",
    "container.user if container.user else 'x'",
    "open('/etc/passwd')",
    "eval('1')",
    "exec('1')",
    "getattr(container, 'user')",
    "vars(container)",
    "print",
    "isinstance(container, 3)",
    "truth(container.user)",
    "compile_pattern('x')",
    "len(*container.ports) > 3",
    "len(value=container.ports) > 3",
    "lower(lower)",
    "any(any(x == 'a' for x in container.host_namespaces) for x in container.ports)",
    "any(container.user for container in container.ports)",
    "any(options == 'a' for options in container.host_namespaces)",
    "any(_ == 'a' for _ in container.host_namespaces)",
    "any(a == 'a' for a, b in container.host_namespaces)",
    "any(x == 'a' async for x in container.host_namespaces)",
    "container.user == b'x'",
    "container.user == 1j",
    "container.user == ...",
    "9" * 3000 + " == 1",
    "1e999 < 3",
    "await container",
    "yield container",
    "*container",
    "container.user; import os",
    "container.user) or (container.user",
    "container.user\n)\nimport os\n(",
    "not " * 900 + "container.user",
    "(" * 150 + "container.user" + ")" * 150,
    "-" * 3000 + "1 == 1",
    "container.user" + " and container.user" * 400,
    "x" * 5000,
    "container.user == 'a\x00b'" + "\x00",
    "container.user == '\ud800'",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_else_of_python_is_reachable(text):
    try:
        source = compile_expression(Scope("container"), text)
    except ExpressionError:
        return
    assert "import" not in source
    assert text.lstrip("(").startswith("container.user")
    assert decide(text, container(user="a")) in (True, False)


@pytest.mark.parametrize("text", ["2 > 1", "1 == 1", "True", "'a' in ('a', 'b')"])
def test_constants_are_harmless(text):
    assert decide(text, container()) is True


@given(
    st.text(max_size=60)
    | st.text(alphabet="container.user()[]{}'\" \nandortif=<>!:*#", max_size=60)
)
def test_any_text_compiles_or_is_an_expression_error(text):
    try:
        source = compile_expression(Scope("container"), text)
    except ExpressionError as error:
        place = error.offset
        source = "0"
    else:
        place = 0
    assert 0 <= place <= len(text)
    assert ast.parse(source)


def test_emitted_functions_have_no_builtins_but_isinstance():
    function = function_of("container.user == 'a'")
    assert list(function.__globals__["__builtins__"]) == ["isinstance"]
    assert builtins.open not in function.__globals__.values()


def test_loops_have_a_budget():
    names = tuple(f"n{number}" for number in range(500))
    text = (
        "any(any(a == b and a != b for a in container.host_namespaces)"
        " for b in container.host_namespaces)"
    )
    with pytest.raises(StepsExhaustedError):
        decide(text, container(host_namespaces=names))
    long = container(host_namespaces=("x" * STEPS,) * 100)
    with pytest.raises(StepsExhaustedError):
        decide("any(matches(a, 'y') for a in container.host_namespaces)", long)


def test_patterns_are_linear():
    text = "a" * 50_000 + "!"
    assert decide("matches(image.tag, '^(a+)+$')", image(tag=text)) is False
    assert decide("matches(image.tag, '(a|a)*b')", image(tag=text)) is False
    assert decide("glob(image.tag, '*a*a*a*a*b')", image(tag=text)) is False


def test_the_deepest_and_longest_allowed_compile():
    text = "container.user == 'a'"
    deep = "not (" * 35 + text + ")" * 35
    assert decide(deep, container(user="a")) is False
    wide = " or ".join([text] * 150)
    assert decide(wide, container(user="a")) is True
    nested = "any(any(any(any(a == b and c == d for a in container.host_namespaces) " + (
        "for b in container.host_namespaces) for c in container.host_namespaces) "
        "for d in container.host_namespaces)"
    )
    assert decide(nested, container(host_namespaces=("x",))) is True
