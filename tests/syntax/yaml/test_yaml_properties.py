from __future__ import annotations

import os
from pathlib import Path

import pytest

pytest.importorskip("hypothesis")
from hypothesis import given, settings
from hypothesis import strategies as st
from yaml_checks import check_tree

from plumblint.syntax.yaml import MergeResolver, parse

PIECES = st.sampled_from(
    ["a", "b c", "é", "😊", "\n", "\n  ", "\n    ", "\r\n  ", "\r ", "  ", "- ", ": ", "? ", "{",
     "}", "[", "]", ", ", "*x", "&x ", "<<: ", "|\n ", "|2-\n  ", ">\n  ", ">+\n ", "|-\n", "'",
     "''", '"', "\\n", "\\x41", "\\\n", "\\u263A", "\\ ", "#", " # c\n", "!reset ", "!!str ",
     "!<x,y> ", "---\n", "...\n", "%YAML 1.1\n", "\t", "\x85", "\u2028", "\ufeff", "\x00",
     "\ud800", "\xa0", "~", "a: ", "\n\n"]
)  # fmt: skip
TEXTS = st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=60))
INDENTED = st.lists(
    st.tuples(st.integers(0, 4), st.sampled_from(["", "a", "b  ", "# c", "\tx", "c d"]),
              st.sampled_from(["\n", "\n", "\r\n", "\r", "\x85", "\u2028"])), max_size=8
).map(lambda lines: "".join(" " * n + t + end for n, t, end in lines))  # fmt: skip
HEADERS = st.sampled_from(["|", ">", "|-", ">-", "|+", ">+", "|1", ">2", "|2+", ">1-", "> # c"])


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_any_text_gives_a_tree_with_exact_spans(text):
    documents, faults = parse(text)
    for root in documents:
        check_tree(text, root)
    for fault in faults:
        assert 0 <= fault.start <= fault.end <= len(text)
        assert fault.message


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(["", "k: ", "- &x ", "- - ", "a:\n b: !t "]), HEADERS, INDENTED)
def test_block_scalars(before, header, lines):
    text = f"{before}{header}\n{lines}"
    for root in parse(text)[0]:
        check_tree(text, root)


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(["", "k: ", "- ", "a:\n b: !t &q "]),
    st.sampled_from(["'", '"', ""]),
    st.lists(
        st.sampled_from(
            ["a", " ", "\t", "\n ", "\r\n ", "\\\n ", "\\\r\n  ", "\\n", "\\ ", "''", "é", "\\\\",
             "\x85 ", "\u2029 ", "\\U0001F600", "\\/", "\n\n ", "#", ":", "\\\t"]
        ),
        max_size=12,
    ),
)  # fmt: skip
def test_flow_scalars(before, quote, parts):
    text = f"{before}{quote}{''.join(parts)}{quote}\n"
    for root in parse(text)[0]:
        check_tree(text, root)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_merges_of_any_text(text):
    from yaml_checks import nodes

    from plumblint.syntax.yaml import Mapping

    merges = MergeResolver()
    for root in parse(text)[0]:
        for node in nodes(root):
            if isinstance(node, Mapping):
                merges.entries(node)


def corpus_files():
    folder = os.environ.get("PLUMBLINT_CORPUS")
    if not folder or not Path(folder).is_dir():
        pytest.skip("PLUMBLINT_CORPUS names no folder of real repos")
    return [
        path
        for path in sorted(Path(folder).rglob("*.y*ml"))
        if path.suffix in {".yml", ".yaml"} and path.is_file() and path.stat().st_size < 200_000
    ]


def test_every_scalar_of_the_corpus_stands_at_its_span():
    read = 0
    for path in corpus_files():
        text = path.read_bytes().decode("utf-8", errors="replace").removeprefix("\ufeff")
        documents, faults = parse(text)
        read += not faults
        for root in documents:
            check_tree(text, root)
    assert read
