"""Policy files: what is read, and where each fault is."""

# ruff: noqa: E501 - a case is a row

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plumblint.policy.document import offset_in, read_document
from plumblint.policy.error import PolicyError
from plumblint.policy.load import read_policy
from plumblint.source import Source
from plumblint.tables import ROWS

GOOD = """\
title: Image floats
severity: error
confidence: high
preset: recommended
since: 0.1.0
on: image
when: image.tag is not None
deny: image.tag == "latest"
at: tag
message: "`{image.text}` moves"
why: Because.
remedy: Pin it.
examples:
  - bad: {Dockerfile: "FROM a:latest\\n"}
    hits: [latest]
  - good: {Dockerfile: "FROM a:1\\n"}
"""


def read(text, path="rules/pinning/latest-tag.yaml", **how):
    return read_policy(Source(path, text), "pinning", tables=ROWS, **how)


def faults(text, **how):
    with pytest.raises(PolicyError) as caught:
        read(text, **how)
    return [fault.removeprefix("rules/pinning/latest-tag.yaml:") for fault in caught.value.faults]


def test_a_good_file():
    record = read(GOOD, foreign=True)
    assert record["id"] == "latest-tag"
    assert record["guardrail"] == "pinning"
    assert record["status"] == "stable"
    assert record["at"] == ["tag"]
    assert record["examples"] == [
        {"line": 14, "bad": {"Dockerfile": "FROM a:latest\n"}, "hits": ["latest"]},
        {"line": 16, "good": {"Dockerfile": "FROM a:1\n"}},
    ]
    assert record["lines"]["deny"] == 8


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("severity: error", "severty: error", "2:1: there is no key `severty`. Did you mean `severity`?"),
        ("why: Because.\n", "", "1:1: the key `why` is missing"),
        ("severity: error", "severity: eror", "2:11: `severity` is one of error, warning, note. Did you mean `error`?"),
        ("since: 0.1.0", "since: 0.1", "5:8: `since` wants a text, not a number; write \"0.1\""),
        ("on: image", "on: imag", "6:5: there is no fact `imag`. Did you mean `image`?"),
        ("image.tag ==", "image.tga ==", "8:7: there is no field of image `tga`. Did you mean `tag`?"),
        ("image.tag ==", "image.tag is not None and image.orgin ==", "8:33: there is no field of image `orgin`. Did you mean `origin`?"),
        ('image.tag == "latest"', 'image.origin == "form"', "8:23: `image.origin` is never 'form'"),
        ('image.tag == "latest"', 'image.digest < "a"', "8:7: `image.digest` may be absent"),
        ('deny: image.tag == "latest"', 'deny: >-\n  image.tag == "a"\n  or image.tga == "b"', "10:6: there is no field of image `tga`"),
        ('deny: image.tag == "latest"', 'deny: |\n  image.tag == "a"  # why\n  or image.tga == "b"', "10:6: there is no field of image `tga`"),
        ('deny: image.tag == "latest"', "deny: 'image.tag == \"a\" or image.tga'", "8:28: there is no field of image `tga`"),
        ('deny: image.tag == "latest"', 'deny: image.tag ==\n  "a" or\n  image.tga', "10:3: there is no field of image `tga`"),
        ("at: tag", "at: tga", "9:5: there is no field of image `tga`"),
        ("at: tag", "at: tag.x", "9:5: text has no field `x`"),
        ("{image.text}", "{image.txet}", "10:12: there is no field of image `txet`. Did you mean `text`?"),
        ("{image.text}", "{text}", "10:12: `{text}` is no field"),
        ("{image.text}", "{image.text!r}", "10:12: `{image.text!r}` is no field"),
        ("{image.text}", "{image.text:>9}", "10:12: `{image.text:>9}` is no field"),
        ("{image.text}", "{image.__class__}", "10:12: there is no field of image `__class__`"),
        ("{image.text}", "{image[0]}", "10:12: `{image[0]}` is no field"),
        ("{image.text}", "{ image.text", "10:12: a single brace"),
        ("{image.text}", "{stage.name}", "10:12: there is no `stage` here"),
        ("{image.text}", "{options.x}", "10:12: there is no option `x`"),
        ("  - good: {Dockerfile: \"FROM a:1\\n\"}\n", "", "14:3: there is no good example"),
        ("    hits: [latest]\n", "", "14:5: a bad example wants `hits`"),
        ("hits: [latest]", "hits: [1]", '15:12: `hits` wants texts: write "1"'),
        ("hits: [latest]", "hit: [latest]", "15:5: there is no key `hit` of an example. Did you mean `hits`?"),
        ('good: {Dockerfile: "FROM a:1\\n"}', 'good: {../x: "FROM a:1\\n"}', "16:12: `../x` is no path below"),
        ('good: {Dockerfile: "FROM a:1\\n"}', "good: {x: {base46: YQ==}}", "16:16: there is no key `base46` of a file"),
        ('good: {Dockerfile: "FROM a:1\\n"}', "good: {x: {base64: '?'}}", "16:24: this is no base64"),
        ('good: {Dockerfile: "FROM a:1\\n"}', "good: {x: a}\n    untracked: [y]", "17:16: the example has no file `y`"),
        ("why: Because.", "why: Because.\nwhy: Because.", "12:1: the key `why` is there twice"),
        ("why: Because.", "why: &a Because.", "11:6: anchors and aliases"),
        ("why: Because.", "why: !!python/object/apply:os.system [ls]", "11:6: the tag tag:yaml.org,2002:python"),
        ("why: Because.", "why: !x Because.", "11:6: the tag !x"),
        ("why: Because.", "why: [", "13:9: this is no YAML"),
        ("why: Because.", "why: Because.\n---\na: b", "12:1: a policy file holds one policy"),
        ("why: Because.", "security_severity: 6.1\nwhy: Because.", '11:20: `security_severity` is a text: write "6.1"'),
        ("why: Because.", "security_severity: '11'\nwhy: Because.", "11:20: `security_severity` is a number"),
        ("why: Because.", "why: Because.\noptions: {most: {type: integer, default: x, doc: d}}", "12:42: the default of `most` is no integer"),
        ("why: Because.", "why: Because.\noptions: {most: {type: int, default: 3, doc: d}}", "12:24: `type` is one of"),
        ("why: Because.", "why: Because.\noptions: {Most: {type: integer, default: 3, doc: d}}", "12:11: an option's name"),
        ("why: Because.", "why: Because.\nalso: DL3007", "12:7: `also` wants a list of texts"),
    ],
)  # fmt: skip
def test_faults_have_their_place(old, new, fault):
    assert old in GOOD
    found = faults(GOOD.replace(old, new, 1))
    assert any(line.startswith(fault) for line in found), found


def test_values_of_variables_are_not_shown():
    text = GOOD.replace("on: image", "on: variable").replace("image.tag", "variable.value")
    text = text.replace("at: tag", "at: value").replace("image.text", "variable.value")
    assert faults(text) == ["10:12: `variable.value` may be a secret: show its name"]


def test_all_faults_are_told_at_once():
    text = GOOD.replace("severity: error", "severity: x").replace("at: tag", "at: x")
    assert [fault.split(" ")[0] for fault in faults(text)] == ["2:11:", "9:5:"]


def test_a_guard_in_when_holds_in_deny():
    read(GOOD.replace('image.tag == "latest"', 'image.tag > "9"'))


def test_the_schema_is_asked_of_policies_from_elsewhere():
    text = GOOD.replace("title: Image floats", f"title: {'x' * 200}")
    read(text)
    assert faults(text, foreign=True)[0].startswith("1:8: ")
    text = GOOD.replace("since: 0.1.0", "since: soon")
    assert faults(text, foreign=True)[0].startswith("5:8: ")


def test_the_file_name_is_the_id():
    with pytest.raises(PolicyError, match="in kebab-case, not `Latest_Tag`"):
        read(GOOD, path="x/Latest_Tag.yaml")


def test_files_of_examples():
    text = GOOD.replace(
        'good: {Dockerfile: "FROM a:1\\n"}',
        "good: {a: !!binary gIE=, b: {link: ../x}, c: {mode: 0, text: x}, d: {base64: YQ==}}\n"
        "    untracked: [a]\n    name: what it shows",
    )
    assert read(text, foreign=True)["examples"][1] == {
        "line": 16,
        "name": "what it shows",
        "untracked": ["a"],
        "good": {
            "a": {"base64": "gIE="},
            "b": {"link": "../x"},
            "c": {"mode": 0, "text": "x"},
            "d": {"base64": "YQ=="},
        },
    }


@pytest.mark.parametrize(
    "text", ["", "[]", "a", "- a", "{", "a: b: c", "\x00", "? [a]\n: b", "*a", "%YAML 9"]
)
def test_what_is_no_policy(text):
    assert faults(text)


@given(st.text(max_size=80))
def test_any_text_is_a_policy_error(text):
    with pytest.raises(PolicyError):
        read(text)


def test_bytes_that_are_no_text():
    with pytest.raises(PolicyError, match="1:4: the file is not UTF-8"):
        read_policy(Source("a/b.yaml", "abc\ufffd", bad_bytes=3), "a")


def test_deep_nesting_is_refused():
    assert "nested too deeply" in faults("a: " + "[" * 30 + "]" * 30)[0]
    assert "nesting" in faults("a: " + "[" * 5000)[0]


@given(st.text(alphabet="ab cd", min_size=1, max_size=30).filter(str.strip), st.data())
def test_places_in_scalars(text, data):
    words = " ".join(text.split())
    folded = words.replace(" ", "\n  ", 1)
    offset = data.draw(st.integers(0, len(words) - 1))
    for style in (f"k: {folded}\n", f"k: >\n  {folded}\n", f"k: '{folded}'\n", f'k: "{folded}"\n'):
        source = Source("x", style)
        node = read_document(source).value["k"]
        if not words[offset].isspace():
            assert source.text[offset_in(source, node, offset)] == words[offset]
