"""Expressions against plain Python, against all that Unknowns may be, and Kleene's tables."""

from __future__ import annotations

from functools import cache

from container_facts import ATOMS, CONTAINERS, completed, function_of
from hypothesis import given
from hypothesis import strategies as st

compiled = cache(function_of)


@given(st.sampled_from(sorted(ATOMS)), CONTAINERS)
def test_without_unknown_it_says_what_python_says(text, container):
    known = completed(container)
    assert compiled(text)(known, {}, {}) is ATOMS[text](known)


@given(st.sampled_from(sorted(ATOMS)), CONTAINERS)
def test_a_certain_answer_holds_whatever_unknowns_turn_out_to_be(text, container):
    answer = compiled(text)(container, {}, {})
    assert answer in (True, False, None)
    if answer is not None:
        assert ATOMS[text](completed(container)) is answer


class Tree:
    """An expression with the reference's own answer: the minimum, maximum or complement."""

    def __init__(self, text, value):
        self.text = text
        self.value = value


RANK = {False: 0, None: 1, True: 2}
VERDICT = {rank: verdict for verdict, rank in RANK.items()}
LEAVES = st.sampled_from(sorted(ATOMS)).map(
    lambda text: Tree(text, lambda c: RANK[compiled(text)(c, {}, {})])
)


def joined(word, trees):
    best = min if word == "and" else max
    text = f" {word} ".join(f"({tree.text})" for tree in trees)
    return Tree(text, lambda c: best(tree.value(c) for tree in trees))


TREES = st.recursive(
    LEAVES,
    lambda inner: (
        st.builds(joined, st.sampled_from(["and", "or"]), st.lists(inner, min_size=2, max_size=4))
        | inner.map(lambda t: Tree(f"not ({t.text})", lambda c: 2 - t.value(c)))
    ),
    max_leaves=8,
)


@given(TREES, CONTAINERS)
def test_and_or_not_are_kleenes(tree, container):
    assert function_of(tree.text)(container, {}, {}) is VERDICT[tree.value(container)]
