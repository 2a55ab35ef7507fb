"""The tree of small texts, and the verdict on every construct that other parsers trip over."""

from __future__ import annotations

import pytest

from plumblint.syntax.hcl import parse
from plumblint.syntax.hcl.body import Block
from plumblint.syntax.hcl.nodes import (
    Binary,
    Call,
    Conditional,
    Directive,
    ForExpr,
    Heredoc,
    Interpolation,
    Invalid,
    Literal,
    Object,
    Template,
    Text,
    Traversal,
    Tuple,
    Unary,
)
from plumblint.syntax.hcl.scanner import MAX_DEPTH


def value(text: str):
    body = parse(f"a = {text}\n")
    assert not body.faults, body.faults
    return body.attributes[0].value


def at(text: str, node) -> str:
    return text[node.start : node.end]


# The verdicts are those of `terraform fmt` 1.11.4.
VALID = [
    "",
    "\ufeffa = 1\n",
    "a = 1\r\nb = 2\r\n",
    "π = 3\n",
    "for = 1\n",
    "a-b = x-1\n",
    "_a = 1",
    "a = /* x */ 1\n",
    "/* c */ a = 1 // d",
    "a = 1 /*\n*/\n",
    'b "x" /* c */ {\n}\n',
    'b c "d" {\n}\n',
    "b { a = 1 }\n",
    "b { }",
    'a = "$$${1}"\n',
    'a = "$" \n',
    'a = "\\u00e9\\U0001F600"\n',
    'a = "${~ x ~}"\n',
    'a = "${\n x\n}"\n',
    'a = "${x ?\n 1 : 2}"\n',
    'a = "a${"b${"c"}"}"\n',
    'a = "%{ if x }a%{ endif }"\n',
    'a = "%{ for k, v in x ~}\\n${v}%{ endfor ~}"\n',
    "a = <<-_EOT\n  x\n  _EOT  \n",
    "a = f(<<A\nx\nA\n, 1)\n",
    "a = <<E\nE\n",
    "a = <<E\n%{ if x }\n${y\n}\n%{ endif }\nE\n",
    "a = <<E\n${x}E\nE\n",
    "a = x . y\n",
    "a = x.*.y[0]\n",
    "a = x[ * ].y.*.z\n",
    "a = x.0.y\n",
    "a = (x\n.y)\n",
    "a = (1\n+ 2\n- 3)\n",
    "a = core::upper(x)\n",
    "a = b::c ::d (1)\n",
    "a = f(\n)\n",
    "a = [1\n,2,\n]\n",
    "a = {(x) = 1, (y) : 2}\n",
    "a = {\n # c\n b = 1 # d\n // e\n}\n",
    "a = {for k, v in x : k\n=> v... if v}\n",
    "a = [\n# c\nfor x in y: x]\n",
    "a = { forx = 1, for-x = 2 }\n",
    "a = 1.5E-3\n",
    "a = - - 1\n",
    "a = !!x\n",
    "a = a < b < c == d\n",
    "a = x ? y : z ? 1 : 2\n",
]

INVALID = [
    "a = <<EOT\nx\nEOT",
    "a = <<EOT \nx\nEOT\n",
    "a = 1\rb = 2\n",
    "a\ufeff = 1\n",
    "a = {for = 1}\n",
    "a = f(x..., )\n",
    "b { a = 1, b = 2 }\n",
    "b { c {} }\n",
    "b {\n a = 1 }\n",
    "b\n{\n}\n",
    "b {\n} c {\n}\n",
    "b {\n",
    "}\n",
    'b "${x}" {}\n',
    "a = 1\na = 2\n",
    '"a" = 1\n',
    'a = "x\ny"\n',
    'a = "x\\q"\n',
    'a = "${}"\n',
    'a = "%{ if x }a"\n',
    'a = "%{ endif }"\n',
    'a = "%{if x}a%{else}b%{else}c%{endif}"\n',
    "a = 1 /*\n",
    "a = { a = 1 b = 2 }\n",
    "a = {\n a =\n 1}\n",
    "a = x ?\n 1 : 2\n",
    "a = [1,,2]\n",
    "a = [for x in y : x...]\n",
    "a = {for x in y : x}\n",
    "a = x.0.1.y\n",
    "a = x[0,1]\n",
    "a = 'x'\n",
    "a = 1 & 2\n",
    "a = 1b\n",
    "a = .5\n",
    "a == 1\n",
    'a= {"a" "b"}\n',
    "\f a = 1\n",
]


@pytest.mark.parametrize("text", VALID)
def test_valid(text: str) -> None:
    assert parse(text).faults == []


@pytest.mark.parametrize("text", INVALID)
def test_invalid(text: str) -> None:
    assert parse(text).faults


def test_blocks_and_labels() -> None:
    text = 'resource "aws_instance" web {\n  ami = "x"\n  tag {}\n}\n'
    [block] = parse(text).blocks
    assert [label.text for label in block.labels] == ["aws_instance", "web"]
    assert [at(text, label) for label in block.labels] == ['"aws_instance"', "web"]
    assert at(text, block) == text.rstrip()
    assert text[block.start : block.type_end] == block.type == "resource"
    assert block.body.attribute("ami").value.value == "x"
    assert [inner.type for inner in block.body.blocks_of("tag")] == ["tag"]


def test_attribute_spans() -> None:
    text = "  name =  [1] # c\n"
    [attribute] = parse(text).attributes
    assert at(text, attribute) == "name =  [1]"
    assert text[attribute.name_start : attribute.name_end] == "name"
    assert at(text, attribute.value) == "[1]"


@pytest.mark.parametrize(
    ("text", "expected"),
    [('"x"', "x"), ('""', ""), ("12", 12), ("1.5", 1.5), ("1e3", 1000.0), ("true", True),
     ("null", None), (r'"a\n\t\"\\\u00e9"', 'a\n\t"\\é'), ('"$${x} %%{y} $z"', "${x} %{y} $z")],
)  # fmt: skip
def test_literals(text: str, expected: object) -> None:
    node = value(text)
    assert type(node) is Literal
    assert node.value == expected


def test_a_number_of_very_many_digits_is_a_float() -> None:
    assert value("9" * 5000).value == float("inf")


def test_template_parts() -> None:
    node = value('"a${x}%{if y}b%{endif}"')
    assert type(node) is Template
    assert [type(part) for part in node.parts] == [Text, Interpolation, Directive, Text, Directive]
    assert [part.keyword for part in node.parts if type(part) is Directive] == ["if", "endif"]
    assert [part.value for part in node.parts if type(part) is Text] == ["a", "b"]


def test_heredoc_places() -> None:
    text = "a = <<-EOT\n  x ${y}\n  EOT\nb = 1\n"
    body = parse(text)
    node = body.attributes[0].value
    assert type(node) is Heredoc
    assert (node.flush, node.marker) == (True, "EOT")
    assert text[node.content_start : node.content_end] == "  x ${y}\n"
    assert at(text, node).endswith("  EOT")
    assert body.attribute("b") is not None


def test_traversal() -> None:
    node = value('aws_x.y["k"][*].z')
    assert type(node) is Traversal
    assert node.words == ("aws_x", "y")
    assert [type(step).__name__ for step in node.steps] == [
        "AttributeStep", "IndexStep", "SplatStep", "AttributeStep",
    ]  # fmt: skip
    node = value("f(x).y")
    assert (node.name, node.words, type(node.source)) == ("", (), Call)


def test_calls() -> None:
    node = value("core::upper(x, [1]...)")
    assert type(node) is Call
    assert (node.name, node.expand, len(node.arguments)) == ("core::upper", True, 2)


def test_precedence() -> None:
    node = value("1 - 2 + 3 * 4 == x && !y || z ? p : q")
    assert type(node) is Conditional
    either = node.condition
    assert type(either) is Binary
    assert either.operators == ["||"]
    both = either.operands[0]
    assert both.operators == ["&&"]
    assert type(both.operands[1]) is Unary
    equal = both.operands[0]
    assert equal.operators == ["=="]
    assert equal.operands[0].operators == ["-", "+"]
    assert equal.operands[0].operands[2].operators == ["*"]


def test_objects() -> None:
    node = value('{ a = 1, "b" : 2\n (c) = 3\n 4 = 5 }')
    assert type(node) is Object
    assert [item.name for item in node.items] == ["a", "b", None, "4"]


def test_for_expressions() -> None:
    node = value("{ for k, v in x : k => v... if k }")
    assert type(node) is ForExpr
    assert (node.names, node.grouped) == (("k", "v"), True)
    assert node.key is not None
    assert node.condition is not None


def test_a_long_sum_is_no_deep_tree() -> None:
    node = value("1" + "+1" * 20_000)
    assert type(node) is Binary
    assert len(node.operands) == 20_001


@pytest.mark.parametrize("opening", ["[", "{a=", "(", '"${', "f(", "x[", "1?"])
def test_depth_is_limited(opening: str) -> None:
    faults = parse("a = " + opening * 20_000).faults
    assert any(f"deeper than {MAX_DEPTH}" in fault.message for fault in faults)


def test_depth_of_blocks_is_limited() -> None:
    faults = parse("b {\n" * 20_000).faults
    assert any(f"deeper than {MAX_DEPTH}" in fault.message for fault in faults)


# --- what remains after a fault ---------------------------------------------------------


def test_a_bad_value_leaves_the_rest() -> None:
    text = 'r "a" {\n  x = [1 2\n  3]\n  y = 2\n}\nr "b" {\n}\n'
    body = parse(text)
    assert len(body.faults) == 1
    first, second = body.blocks
    assert type(first.body.attribute("x").value) is Invalid
    assert first.body.attribute("y").value.value == 2
    assert second.labels[0].text == "b"


def test_an_unclosed_bracket_ends_with_its_block() -> None:
    body = parse('r "a" {\n  x = [\n    1,\n}\nr "b" {\n  y = 1\n}\n')
    assert [block.labels[0].text for block in body.blocks] == ["a", "b"]


def test_an_unclosed_block_ends_at_the_next_in_column_one() -> None:
    text = 'r "a" {\n  x = 1\n\nr "b" {\n  y = 1\n}\n'
    body = parse(text)
    assert [block.labels[0].text for block in body.blocks] == ["a", "b"]
    [fault] = body.faults
    assert at(text, fault) == 'r "a" {'


def test_an_unclosed_string_ends_with_its_line() -> None:
    body = parse('a = "x\nb = 1\nc = "y"\n')
    assert [type(item.value) for item in body.attributes] == [Invalid, Literal, Literal]
    assert len(body.faults) == 1


def test_a_bad_line_in_a_block() -> None:
    body = parse('r "a" {\n  ???\n  x = 1\n}\n')
    [block] = body.blocks
    assert type(block) is Block
    assert block.body.attribute("x") is not None


def test_an_unclosed_object_at_the_root_is_one_fault() -> None:
    body = parse("a = {\n  b = 1 2\n}\nc = 3\n")
    assert len(body.faults) == 1
    assert [item.name for item in body.attributes] == ["a", "c"]


def test_tuple_items() -> None:
    node = value("[1, [2], ]")
    assert type(node) is Tuple
    assert len(node.items) == 2
