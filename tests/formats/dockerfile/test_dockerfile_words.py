"""Variable expansion, as BuildKit does it, and where each part comes from."""

from __future__ import annotations

import pytest

from plumblint.formats.dockerfile.scope import Budget, Variables, undecided
from plumblint.formats.dockerfile.value import Piece, Value
from plumblint.formats.dockerfile.words import expand, expand_words
from plumblint.syntax.segments import Segments

VALUES = {"name": "value", "empty": "", "path": "a/b/c.tar.gz", "stars": "a*b"}


def scope(*, surely_unset: bool = True) -> Variables:
    values = {name: Value((Piece(text, 0, 0),), text) for name, text in VALUES.items()}
    variables = Variables(Budget(), values, surely_unset=surely_unset)
    variables.set("argument", undecided("argument", unset_by_default=True))
    variables.set("platform", undecided("platform"))
    return variables


def expanded(text: str, escape: str = "\\", *, surely_unset: bool = True) -> str | None:
    got = expand(text, 0, Segments(), scope(surely_unset=surely_unset), escape)
    return "fault" if got.fault is not None else got.value.text


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("plain", "plain"),
        ("$name", "value"),
        ("${name}", "value"),
        ("x$name.y", "xvalue.y"),
        ("$none", ""),
        ("$", "$"),
        ("$1x", "x"),
        ("\\$name", "$name"),
        ("'$name'", "$name"),
        ('"$name"', "value"),
        ('"\\$name \\n"', "$name \\n"),
        ("a\\ b", "a b"),
        ("${none:-x}", "x"),
        ("${none-x}", "x"),
        ("${empty:-x}", "x"),
        ("${empty-x}", ""),
        ("${name:-x}", "value"),
        ("${none:-${name}}", "value"),
        ("${none:-'a b'}", "a b"),
        ("${name:+x}", "x"),
        ("${empty:+x}", ""),
        ("${empty+x}", "x"),
        ("${none+x}", ""),
        ("${name:?m}", "value"),
        ("${empty?m}", ""),
        ("${empty:?m}", "fault"),
        ("${none?m}", "fault"),
        ("${path#*/}", "b/c.tar.gz"),
        ("${path##*/}", "c.tar.gz"),
        ("${path%.*}", "a/b/c.tar"),
        ("${path%%.*}", "a/b/c"),
        ("${path#x}", "a/b/c.tar.gz"),
        ("${path/\\//-}", "a-b/c.tar.gz"),
        ("${path//\\//-}", "a-b-c.tar.gz"),
        ("${name//?/x}", "xxxxx"),
        ("${stars/\\*/-}", "a-b"),
        ("${name#\\q}", "fault"),
        ("${none#a}", ""),
        ("${}", "fault"),
        ("${name", "fault"),
        ("${name^^}", "fault"),
        ("${name:1}", "fault"),
        ("${name:#a}", "fault"),
        ("'open", "fault"),
        ('"open', "fault"),
        ("${a:-" * 200 + "}" * 200, "fault"),
        ("$argument", None),
        ("${argument:-x}", "x"),
        ("${argument:+x}", ""),
        ("${argument:?x}", None),
        ("${platform:-x}", None),
        ("a-${platform}", None),
    ],
)
def test_every_form(text: str, result: str | None) -> None:
    assert expanded(text) == result


def test_the_escape_character_is_the_files() -> None:
    assert expanded("c:\\x`$name", "`") == "c:\\x$name"


def test_what_a_base_image_may_set_is_undecided() -> None:
    assert expanded("$none", surely_unset=False) is None
    assert expanded("${none:-x}", surely_unset=False) is None


def test_known_parts_stay_known_and_uses_are_reported() -> None:
    got = expand("r/$platform:$name", 0, Segments(), scope(), "\\")
    assert [piece.text for piece in got.value.pieces] == ["r/", None, ":", "value"]
    assert [(use.name, use.start, use.end) for use in got.uses] == [
        ("platform", 2, 11),
        ("name", 12, 17),
    ]
    assert got.value.names == ("platform",)


def test_a_default_stands_where_it_is_written() -> None:
    got = expand("node:${none:-lts}", 0, Segments.shifted(100), scope(), "\\")
    piece = got.value.pieces[-1]
    assert (piece.text, piece.start, piece.end, piece.verbatim) == ("lts", 113, 116, True)


def test_words_are_split_after_expansion() -> None:
    variables = scope()
    variables.set("two", Value((Piece("a b", 0, 0),), "a b"))
    words = expand_words('x$two "$two" c', 0, Segments(), variables, "\\")
    assert [word.value.text for word in words] == ["xa", "b", "a b", "c"]


def test_growth_is_limited() -> None:
    variables = scope()
    value = Value((Piece("x" * 60_000, 0, 0),), "x")
    variables.set("big", value)
    assert expand("$big$big", 0, Segments(), variables, "\\").fault is not None
