from __future__ import annotations

from plumblint.syntax.segments import Segments


def test_without_pairs_the_value_is_the_source() -> None:
    assert Segments().span(2, 5) == (2, 5)
    assert Segments.shifted(10).span(2, 5) == (12, 15)


def test_block_scalar() -> None:
    source = "script: |\n    make\n    curl x\n"
    segments = Segments([(0, 14), (5, 23)])
    first, last = segments.span(0, 4), segments.span(5, 11)
    assert source[slice(*first)] == "make"
    assert source[slice(*last)] == "curl x"
    assert source[slice(*segments.span(0, 5))] == "make\n"
    assert segments.source(5) == 23
    assert segments.contiguous(0, 5)
    assert not segments.contiguous(0, 6)
    assert segments.span(5, 5) == (23, 23)


def test_escaped_character_is_longer_in_the_source() -> None:
    segments = Segments([(0, 1), (2, 4)], {1: 2})  # "a\nb" in double quotes: the value is a, LF, b
    assert segments.span(0, 2) == (1, 4)
    assert segments.span(2, 3) == (4, 5)
    assert not segments.contiguous(0, 2)


def test_last_of_equal_offsets_counts() -> None:
    assert Segments([(0, 5), (0, 9)]).source(0) == 9
