from __future__ import annotations

import subprocess
import sys
import time

import pytest
import yaml
from yaml_checks import nodes

from plumblint.syntax.yaml import LimitFault, Mapping, MergeResolver, Scalar, Sequence, parse


@pytest.fixture(params=["libyaml", "pure"], autouse=True)
def parser(request, monkeypatch):
    """Each test with both of PyYAML's parsers."""
    if request.param == "pure":
        monkeypatch.setattr(yaml, "__with_libyaml__", False)
    elif not yaml.__with_libyaml__:
        pytest.skip("PyYAML was built without libyaml")
    return request.param


def one(text):
    documents, faults = parse(text)
    assert not faults
    (root,) = documents
    return root


def find(root, name):
    """The value of the first key of that name."""
    for node in nodes(root):
        if isinstance(node, Mapping):
            for key, value in node.pairs:
                if isinstance(key, Scalar) and key.value == name:
                    return value
    raise AssertionError(name)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("k: v  # c\n", "v"),
        ("k: &x !t 'a b'\n", "'a b'"),
        ("k: |\n  a\n  b\n\n# c\nl: 1\n", "|\n  a\n  b"),
        ("k: |+\n  a\n\nl: 1\n", "|+\n  a\n\n"),
        ("k: |1\n  a  \n   \nl: 1\n", "|1\n  a  \n   "),
        ("k: >-  # c\n\nl: 1\n", ">-"),
        ("k:\n  - a\n  - b: c\n\n# x\nl: 1\n", "- a\n  - b: c"),
        ("k: {a: b, c}  \nl: 1\n", "{a: b, c}"),
        ("k: !reset\nl: 1\n", ""),
        ("k: &x\n  # c\n  a: b\n\n\nl: *x\n", "a: b"),
        ("\ufeffk: é😊x\n", "é😊x"),
        ("# \x85\u2028\nk: a b\r\n", "a b"),
        ("k: a\n  b\n\n  c\n", "a\n  b\n\n  c"),
        ("k: [\n  a,\n]\n", "[\n  a,\n]"),
    ],
)
def test_spans(text, written):
    node = find(one(text), "k")
    assert text[node.start : node.end] == written


def test_styles_tags_and_anchors():
    root = one("a: &x !override\n  - 1\nb: !!str no\nc: 'no'\nd: no\ne: !reset null\n")
    assert (find(root, "a").tag, find(root, "a").anchor) == ("!override", "x")
    assert (find(root, "b").tag, find(root, "b").plain) == ("!!str", False)
    assert (find(root, "c").style, find(root, "c").plain) == ("'", False)
    assert find(root, "d").plain
    assert (find(root, "e").tag, find(root, "e").value) == ("!reset", "null")
    assert root.outer_start == root.start == 0


def test_repeated_keys_and_documents_stay():
    documents, faults = parse("a: 1\na: 2\n---\n- b\n---\n")
    assert not faults
    assert [key.value for key, _ in documents[0].pairs] == ["a", "a"]
    assert isinstance(documents[1], Sequence)
    assert documents[2].value == ""


def test_aliases_are_the_node_and_keep_their_place():
    text = "a: &x [1]\nb: *x\nc: [*x]\n"
    root = one(text)
    assert find(root, "a") is find(root, "b") is find(root, "c").items[0]
    start, end = root.aliased[1]
    assert text[start:end] == "*x"
    start, end = find(root, "c").aliased[0]
    assert text[start:end] == "*x"
    assert text[root.end - 1] == "]"


def test_alias_to_nothing_and_to_itself():
    for text, words in [("a: *b\n", "not defined"), ("a: &b [*b]\n", "would never end")]:
        documents, (fault,) = parse(text)
        assert text[fault.start : fault.end] == "*b"
        assert words in fault.message
        assert len(documents) == 1


def test_anchors_do_not_cross_documents():
    assert len(parse("a: &x 1\n---\nb: *x\n")[1]) == 1


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a: b: c", ": c", "put the value in quotes"),
        ("a:\n\tb: c", "\tb", "tab"),
        ("a: @x", "@x", "`@`"),
        ('a: "x\nb: c\n', '"x', "the quote of line 1 is not closed"),
        ("a: [1, 2\nb: c\n", "[1", "`[` of line 1 is not closed"),
        ("a:\n  b: c\n d: e\n", "d: e", "indentation"),
        ("- a\nb: c\n", "b: c", "list of line 1"),
        ("a: é\0c", "\0c", "NUL"),
        ("a: é\ud800c", "\ud800c", "U+D800"),
        ("a: !x!y z\n", "!x!y", "not declared"),
    ],
)
def test_faults_speak_to_people(text, place, words):
    documents, (fault,) = parse(text)
    assert words in fault.message
    assert text[fault.start :].startswith(place)
    assert not documents


def test_what_came_before_a_fault_is_kept_by_document():
    documents, faults = parse("a: 1\n---\nb: [\n")
    assert [type(root) for root in documents] == [Mapping]
    assert len(faults) == 1


def bomb(levels=9, width=9):
    lines = ["x0: &x0 [a]"]
    lines += [f"x{n + 1}: &x{n + 1} [{', '.join([f'*x{n}'] * width)}]" for n in range(levels)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    "text",
    ["- " * 100_000, "? " * 100_000, "[a, " * 50_000, "[\n" * 50_000, bomb(),
     "a: &x\n <<: *x\n" + "b: *x\n" * 1000],
    ids=["items", "keys", "flow", "flow lines", "bomb", "self merge"],
)  # fmt: skip
def test_hostile_texts_end_soon(text):
    begin = time.process_time()
    _, faults = parse(text)
    assert time.process_time() - begin < 10
    assert faults


@pytest.mark.parametrize("bracket", ["[", "{", "[{"])
def test_brackets_without_end(bracket):
    _, faults = parse(bracket * (200_000 // len(bracket)))
    assert faults


def test_limits_are_told_from_errors():
    assert isinstance(parse("- " * 300)[1][0], LimitFault)
    assert isinstance(parse(bomb())[1][0], LimitFault)
    assert not isinstance(parse("a: [")[1][0], LimitFault)


def test_long_scalars(parser):
    size = 500_000 if parser == "libyaml" else 50_000
    begin = time.process_time()
    assert len(find(one("k: " + "x" * size), "k").value) == size
    node = find(one("k: |\n" + "  ab\n" * (size // 5)), "k")
    assert node.segments.source(3) == 12
    node = find(one('k: "' + "\\n" * (size // 2) + '"'), "k")
    assert node.segments.span(10, 12) == (24, 28)
    assert time.process_time() - begin < 10


def test_merge_keys():
    root = one(
        "a: &a {x: 1, y: 2}\nb: &b {y: 3, z: 4}\nc: {y: 5, <<: [*a, *b]}\nd: &d {<<: *a}\n"
        "e: {<<: *d, '<<': 6}\n"
    )
    merges = MergeResolver()

    def values(name):
        return {entry.key.value: entry.value.value for entry in merges.entries(find(root, name))}

    assert values("c") == {"y": "5", "x": "1", "z": "4"}
    assert values("e") == {"x": "1", "y": "2", "<<": "6"}
    (entry,) = [e for e in merges.entries(find(root, "e")) if e.key.value == "x"]
    assert len(entry.through) == 2
    assert not merges.faults


def test_merge_of_what_is_no_mapping():
    merges = MergeResolver()
    text = "a: &a 1\nb: {<<: *a}\n"
    merges.entries(find(one(text), "b"))
    (fault,) = merges.faults
    assert text[fault.start : fault.end] == "*a"


def test_merge_bombs_are_cheap():
    text = "x0: &x0 {k: v}\n" + "".join(
        f"x{n + 1}: &x{n + 1} {{<<: [{', '.join([f'*x{n}'] * 4)}], k{n}: v}}\n" for n in range(8)
    )
    root = one(text)
    merges = MergeResolver()
    assert len(merges.entries(root.pairs[-1][1])) == 9
    chain = "x0: &x0 {k: v}\n" + "".join(
        f"x{n + 1}: &x{n + 1} {{<<: *x{n}, k{n}: v}}\n" for n in range(1500)
    )
    documents, _ = parse(chain)
    for root in documents:
        merges.entries(root.pairs[-1][1])
    assert merges.truncated or not documents


def test_importing_the_reader_does_not_import_pyyaml():
    code = "import plumblint.syntax.yaml, sys; sys.exit('yaml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
