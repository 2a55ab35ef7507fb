from __future__ import annotations

import pytest

from plumblint.syntax.expressions import (
    Failure,
    Undecided,
    evaluate,
    find,
    flowing,
    parse,
    references,
    truth,
    walk,
)


def fences(text):
    return [text[fence.start : fence.end] for fence in find(text)]


def value(text, contexts=None, status=None):
    node, faults = parse(text)
    assert faults == []
    return evaluate(node, contexts or {}, status=status)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a ${{ b }} c ${{d}}", ["${{ b }}", "${{d}}"]),
        ("${{ '}}' }}!", ["${{ '}}' }}"]),
        ("${{ 'it''s }}' }}", ["${{ 'it''s }}' }}"]),
        ("${{}}", ["${{}}"]),
        ("$ {{ a }} }}", []),
        ("${{ format('{0}}}', 1) }}}}", ["${{ format('{0}}}', 1) }}"]),
    ],
)
def test_fences(text, wanted):
    assert fences(text) == wanted


def test_an_open_fence_runs_to_the_end():
    [fence] = find("x ${{ a ' }} ")
    assert (fence.closed, fence.start, fence.end, fence.inner_start) == (False, 2, 13, 5)


def test_places_are_shifted_by_the_offset():
    node, _ = parse(" a.b && 'x'", 100)
    assert [(part.start, part.end) for part in walk(node)][:2] == [(101, 111), (101, 104)]
    assert parse("1 )", 100)[1][0].start == 102


def test_only_named_contexts():
    assert parse("GitHub.sha", names={"github"})[1] == []
    assert parse("vars.x", names={"github"})[1][0].message == "there is no context `vars` here"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("github.event.issue.title", ["github.event.issue.title"]),
        ("github['event'].commits[0].message", ["github.event.commits.0.message"]),
        ("github.event.*.body", ["github.event.*.body"]),
        ("a[b.c].d || e", ["a.*.d", "b.c", "e"]),
        ("contains(a.b, 'x') && c", ["a.b", "c"]),
    ],
)
def test_references(text, wanted):
    assert [found.name for found in references(parse(text)[0])] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a.b == 'x' && inputs.c || 'd'", ["inputs.c"]),
        ("a || b", ["a", "b"]),
        ("!a", []),
        ("contains(a, 'x')", []),
        ("format('{0}', a, toJSON(b))", ["a", "b"]),
        ("case(a, b, c)", ["b", "c"]),
        ("a[b]", ["a.*"]),
        ("fromJSON(a).b", ["a"]),
    ],
)
def test_flowing(text, wanted):
    assert [found.name for found in flowing(parse(text)[0])] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("github.ref == 'x'", None),
        ("false && github.ref", False),
        ("github.ref && false", False),
        ("true || github.ref", True),
        ("github.ref || true", True),
        ("github.ref || false", None),
        ("!(github.ref && false)", True),
        ("always()", True),
        ("always() && github.ref", None),
        ("failure()", None),
        ("hashFiles('x') || true", True),
        ("contains(github.ref, 'x') || 1 == 1", True),
        ("case(true, 1, github.ref)", True),
        ("case(github.ref, 1, 2)", None),
        ("contains(fromJSON('[\"A\"]'), 'a')", True),
        ("inputs.list.*", None),
    ],
)
def test_three_valued(text, wanted):
    assert truth(value(text)) is wanted


def test_undecided_inside_a_given_context():
    contexts = {"inputs": {"a": Undecided(), "b": "x"}}
    assert value("inputs.B", contexts) == "x"
    assert isinstance(value("toJSON(inputs)", contexts), Undecided)
    assert isinstance(value("inputs.a", contexts), Undecided)


def test_status():
    assert value("failure() || cancelled()", status="cancelled") is True
    assert value("success()", status="failure") is False


@pytest.mark.parametrize(
    "text", ["fromJSON('')", "fromJSON('{')", "format('{')", "format('{1}', 0)", "case(1, 2, 3)"]
)
def test_failures(text):
    assert isinstance(value(text), Failure)


@pytest.mark.parametrize(
    "text", ["contains('a')", "join()", "case(true, 1)", "always(1)", "'a'.b", "1 == == 2", '"a"']
)
def test_rejected(text):
    node, faults = parse(text)
    assert node is None
    assert len(faults) == 1


def test_limits():
    assert parse("(" * 10_000)[0] is None
    assert parse("(" * 90 + "1" + ")" * 90)[1] == []
    assert parse("a" * 21_001)[0] is None
    assert parse("a" + ".b" * 49)[1] == []
    assert parse("a" + ".b" * 50)[0] is None
    assert parse("1" + "==1" * 50)[0] is None
    assert parse(" || ".join("a" * 1000))[1] == []
