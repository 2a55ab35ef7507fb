"""The JSON form gives the tree of the native form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plumblint.syntax.hcl import static
from plumblint.syntax.hcl.json_body import parse_json
from plumblint.syntax.hcl.nodes import Literal, Template, Traversal

TEXT = """\
{
  "//": "a comment",
  "terraform": {"backend": {"s3": {"bucket": "b"}}, "required_version": ">= 1.5"},
  "resource": {
    "aws_instance": {
      "a": {"ami": "${var.ami}", "n": [1, -2.5, true, null]},
      "b": [{"tag": "x\\ty $${z}", "provisioner": [{"local-exec": {"command": "ls"}}]}]
    }
  },
  "output": {"x": {"value": "${f(\\"q\\")}"}}
}
"""


def test_tree() -> None:
    body = parse_json(TEXT)
    assert body.faults == []
    kinds = [(block.type, [label.text for label in block.labels]) for block in body.blocks]
    assert kinds == [
        ("terraform", []),
        ("resource", ["aws_instance", "a"]),
        ("resource", ["aws_instance", "b"]),
        ("output", ["x"]),
    ]
    terraform, first, second, output = body.blocks
    assert terraform.body.blocks_of("backend")[0].labels[0].text == "s3"
    ami = first.body.attribute("ami").value
    assert type(ami) is Template
    assert type(ami.parts[0].expression) is Traversal
    assert TEXT[ami.start : ami.end] == '"${var.ami}"'
    assert static(first.body.attribute("n").value) == [1, -2.5, True, None]
    tag = second.body.attribute("tag").value
    assert type(tag) is Literal
    assert tag.value == "x\ty ${z}"
    assert second.body.blocks_of("provisioner")[0].body.attribute("command").value.value == "ls"
    assert type(output.body.attribute("value").value) is Template


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"a": }', '{"a": 1,}', '{"a" 1}', '{"a": "\n"}', '{"a": 01}', "{}x",
             '{"resource": 1}', "[" * 5000, '{"a":' * 5000],
)  # fmt: skip
def test_faults(text: str) -> None:
    assert parse_json(text).faults


def test_values() -> None:
    body = parse_json('{"resource": {"a": 1}}', values_only=True)
    assert body.blocks == []
    assert static(body.attribute("resource").value) == {"a": 1}


JSON_WORDS = ["{", "}", "[", "]", ":", ",", '"', '"resource"', '"a"', '"${x}"', "${", "1", "null",
              "\\", "\\u00e9", " ", "\n", "-"]  # fmt: skip


@given(st.lists(st.sampled_from(JSON_WORDS), max_size=40).map("".join) | st.text(max_size=60))
def test_any_text(text: str) -> None:
    for fault in parse_json(text).faults:
        assert 0 <= fault.start <= fault.end <= len(text)
