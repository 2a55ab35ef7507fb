"""The format for people: exact output on small reports."""

from __future__ import annotations

import re
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_reports import LONG, ODD, finding, full, hostile, make_policy, one, place, report

from plumblint.facts import Related
from plumblint.report import RenderOptions, reporter
from plumblint.report.render_options import wants_color
from plumblint.report.snippet import cell_width, draw
from plumblint.settle.report_model import Report
from plumblint.source import Source, Span


def text(shown: Report, **options) -> str:
    return reporter("text").render(shown, RenderOptions(**{"width": 60, **options}))


def snippet(source: Source, span: Span, **given) -> str:
    """The output of one finding without its headline and the summary."""
    shown = text(report(finding(span, policy=ODD, **given), sources=(source,)))
    return "\n".join(shown.splitlines()[1:-2])


def test_a_finding_in_full() -> None:
    assert text(one()) == dedent("""\
        error[latest-tag]: `latest` floats
         --> Dockerfile:1:11
          |
        1 | FROM node:latest
          |           ^^^^^^
        2 | RUN a
          |
          = help: Name the version that is meant.

        Found 1 error in 1 file.
        """)


def test_the_summary_counts_everything() -> None:
    assert text(full()).splitlines()[-4:] == [
        "Found 1 error, 1 warning and 1 note (1 suppressed) in 7 files.",
        "1 file could not be read, or not in full: gone.yaml.",
        "1 template left out: h/t.yaml.",
        "A note.",
    ]


def test_a_clean_run() -> None:
    assert text(report(files_read=1200)) == "Found nothing in 1,200 files.\n"


def test_a_file_that_cannot_be_had_has_no_snippet() -> None:
    assert snippet(Source("x", ""), Span("gone", 5, 9)) == " --> gone:1:1"


def test_tabs_emoji_wide_and_combining_characters_are_measured() -> None:
    source = Source("x", "a\t🔥漢e\u0301|HERE漢|\n")
    assert snippet(source, place(source, "HERE漢")) == dedent("""\
         --> x:1:8
          |
        1 | a    🔥漢e\u0301|HERE漢|
          |            ^^^^^^""")


def test_carriage_returns_and_control_characters() -> None:
    source = Source("x", "one\r\n\x00two\x1b[31m\u202e\r\nthree\r\n")
    assert snippet(source, place(source, "two")) == dedent("""\
         --> x:2:2
          |
        1 | one
        2 | \\x00two\\x1b[31m\\u202e
          |     ^^^
        3 | three""")


@pytest.mark.parametrize("ending", ["", "\n", "\r\n"])
def test_an_empty_span_at_the_end_of_the_file(ending: str) -> None:
    source = Source("x", "a" + ending)
    end = len(source.text)
    expected = " --> x:2:1\n  |\n1 | a\n2 |\n  | ^" if ending else " --> x:1:2\n  |\n1 | a\n  |  ^"
    assert snippet(source, source.span(end, end)) == expected
    assert snippet(source, source.span(end + 5, end + 9)) == expected


def test_an_empty_file() -> None:
    assert snippet(Source("x", ""), Span("x", 0, 0)) == " --> x:1:1\n  |\n1 |\n  | ^"


def test_long_lines_are_cut_around_the_place() -> None:
    source = Source("x", "a" * 300 + "HERE" + "b" * 300 + "\n")
    shown = snippet(source, place(source, "HERE")).splitlines()
    assert shown[2] == f"1 | …{'a' * 25}HERE{'b' * 25}…"
    assert shown[3] == f"  | {' ' * 26}^^^^"


def test_a_place_at_the_end_of_a_long_line_shows_what_comes_before() -> None:
    source = Source("x", "a" * 300 + "HERE\n")
    shown = snippet(source, place(source, "HERE")).splitlines()
    assert shown[2] == f"1 | …{'a' * 50}HERE"


def test_a_place_longer_than_the_terminal() -> None:
    source = Source("x", "漢" * 300)
    shown = snippet(source, source.span(0, 300)).splitlines()
    assert shown[2] == f"1 | {'漢' * 27}…"
    assert shown[3] == f"  | {'^' * 54}"


def test_several_lines() -> None:
    source = Source("x", "top\nRUN a \\\n  b\nend\n")
    assert snippet(source, source.span(4, 16)) == dedent("""\
         --> x:2:1
          |
        1 |   top
        2 | / RUN a \\
        3 | |   b
          | |___^
        4 |   end""")


def test_six_lines_at_most() -> None:
    source = Source("x", "".join(f"line {n}\n" for n in range(1, 12)))
    assert snippet(source, source.span(0, len(source.text))) == dedent("""\
          --> x:1:1
           |
         1 | / line 1
         2 | | line 2
         3 | | line 3
         4 | | line 4
        ... |
        11 | | line 11
           | |_______^""")


def test_related_places_have_their_own_blocks() -> None:
    here = Source("x", "FROM ${A}\n")
    there = Source("sub/y", "1\n2\nA=latest\n")
    shown = text(
        report(
            finding(
                place(there, "latest"),
                policy=LONG,
                related=(
                    Related(place(here, "${A}"), "used here"),
                    Related(place(here, "${A}"), "used here"),
                    Related(Span("gone", 0, 1), "and here"),
                ),
            ),
            sources=(here, there),
        )
    )
    assert shown.startswith(
        dedent("""\
        warning[long-run]: `latest` floats
         --> sub/y:3:3
          |
        2 | 2
        3 | A=latest
          |   ^^^^^^
         ::: x:1:6
          |
        1 | FROM ${A}
          |      ---- used here
         ::: gone:1:1
          | and here
          |
          = help: Name the version that is meant.
        """)
    )


def test_help_is_wrapped() -> None:
    policy = make_policy("x", remedy="word " * 30)
    shown = text(report(finding(Span("gone", 0, 0), policy=policy)))
    assert "\n          word word" in shown
    assert max(map(len, shown.splitlines())) <= 60


def test_colour_changes_nothing_but_colour() -> None:
    for shown in (one(), full(), hostile()):
        colored = text(shown, color=True)
        assert "\x1b[1;31m" in colored
        assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == text(shown)


def test_nothing_of_a_scanned_file_steers_the_terminal_or_the_runner() -> None:
    for name in ("text", "concise"):
        shown = reporter(name).render(hostile(), RenderOptions())
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
        assert "##[" not in shown
        assert not any(line.lstrip().startswith("::error") for line in shown.splitlines())


def test_secrets_are_masked_wherever_their_line_shows() -> None:
    source = Source("x", "a: 1\nkey: AKIAIOSFODNN7EXAMPLE\nb: 2\n")
    secret = place(source, "AKIAIOSFODNN7EXAMPLE")
    shown = report(
        finding(secret), finding(place(source, "b: 2")), sources=(source,), secrets=[secret]
    )
    for name in ("text", "sarif", "json", "jsonl", "markdown", "junit"):
        rendered = reporter(name).render(shown, RenderOptions())
        assert "IOSFODNN" not in rendered
    assert "key: AKIA****************\n" in text(shown)


@pytest.mark.parametrize(
    ("environ", "terminal", "wanted"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"FORCE_COLOR": "0"}, True, False),
        ({"TERM": "dumb"}, True, False),
    ],
)
def test_when_to_colour(environ: dict[str, str], terminal: bool, wanted: bool) -> None:
    assert wants_color(environ, terminal=terminal) is wanted


LINES = st.text(st.sampled_from("ab \t漢🔥\u0301\x1b\u202e\u200d\x00é"), max_size=120)


@given(LINES, st.integers(0, 120), st.integers(0, 120), st.integers(20, 80))
def test_a_line_fits_and_its_mark_lies_on_it(line: str, one: int, other: int, width: int) -> None:
    start, end = sorted((min(one, len(line)), min(other, len(line))))
    drawn = draw(line, start, end, width)
    assert cell_width(drawn.text) <= width
    assert drawn.mark_width >= 1
    assert drawn.mark_start + drawn.mark_width <= width + 1
    assert drawn.text.isprintable() or "\u200d" in drawn.text


def test_what_to_do_is_said_once_a_policy() -> None:
    source = Source("Dockerfile", "FROM a:latest\nFROM b:latest\n")
    shown = text(report(*(finding(source.span(at, at + 6)) for at in (7, 21)), sources=(source,)))
    assert shown.count("error[") == 2
    assert shown.count("= help: ") == 1
