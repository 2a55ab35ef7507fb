from __future__ import annotations

import pytest

pytest.importorskip("hypothesis")
from hypothesis import given
from hypothesis import strategies as st

from plumblint.syntax.expressions import Failure, evaluate, find, parse, truth, walk

_PIECES = st.sampled_from(
    ["a", "github", ".", "*", "[", "]", "(", ")", ",", "!", "==", "<", "&&", "||", "'x'", "'",
     "1", "-.5", "0x1", "true", "contains", "format", "toJSON", " ", "\n", "é", "😊", "}}", "${{"]
)  # fmt: skip
_ATOMS = st.sampled_from(["true", "false", "a", "b", "''", "'x'", "0", "3", "null", "a.c", "!b"])
_TREES = st.recursive(
    _ATOMS,
    lambda below: st.one_of(
        st.tuples(below, st.sampled_from(["&&", "||", "==", "!=", "<", ">=", " && "]), below).map(
            "".join
        ),
        below.map("({})".format),
        below.map("!({})".format),
        st.tuples(below, below).map(lambda pair: f"contains({pair[0]}, {pair[1]})"),
        st.tuples(below, below, below).map(lambda three: f"case({', '.join(three)})"),
        below.map("format('{{0}}', {})".format),
    ),
    max_leaves=8,
)
_VALUES = st.sampled_from([None, True, False, 0.0, 1.0, "", "x", "3", [], ["x"], {}, {"c": "x"}])


@given(st.one_of(st.text(), st.lists(_PIECES, max_size=40).map("".join)))
def test_total_and_within_the_text(text):
    node, faults = parse(text, 7)
    assert (node is None) == bool(faults)
    for part in [*faults, *(walk(node) if node else ())]:
        assert 7 <= part.start <= part.end <= 7 + len(text)
    if node:
        evaluate(node, {})


@given(st.lists(_PIECES, max_size=40).map("".join))
def test_fences_are_in_order(text):
    at = 0
    for fence in find(text):
        assert at <= fence.start < fence.inner_start <= fence.inner_end <= fence.end
        assert text.startswith("${{", fence.start)
        assert not fence.closed or text[fence.inner_end : fence.end] == "}}"
        at = fence.end


@given(_TREES, _VALUES, _VALUES)
def test_what_is_decided_holds_for_all_values(text, a, b):
    node, faults = parse(text)
    assert not faults
    full = evaluate(node, {"a": a, "b": b})
    partial = evaluate(node, {"a": a})
    if isinstance(full, Failure) or isinstance(partial, Failure):
        return
    if truth(partial) is not None:
        assert truth(partial) is truth(full)


@given(_TREES)
def test_parentheses_change_nothing(text):
    node, _ = parse(text)
    again, _ = parse(f"(({text}))")
    assert [type(part) for part in walk(node)] == [type(part) for part in walk(again)]
