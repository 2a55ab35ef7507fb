"""Which lines an ignore comment speaks for, and what it names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plumblint.settle.blocks import blocks, hcl_blocks, indented_regions
from plumblint.settle.ignore_comments import ignores
from plumblint.source import Source


def read(text: str, kind: str = "yaml") -> list[tuple[str, tuple[str, ...], int, int]]:
    return [
        (ignore.tool, ignore.ids, ignore.first_line, ignore.last_line)
        for ignore in ignores(Source("x", text), kind)
    ]


@pytest.mark.parametrize(
    ("comment", "ids", "reason", "until"),
    [
        ("# plumblint: ignore[a]", ("a",), None, None),
        ("#plumblint:ignore[a, b,c]  because of x", ("a", "b", "c"), "because of x", None),
        ("# plumblint: ignore[DL3007] -- why", ("DL3007",), "why", None),
        ("# plumblint: ignore[a] until=2030-01-31 -- why #12", ("a",), "why #12", "2030-01-31"),
        ("# plumblint: ignore[a] until=soon", ("a",), None, "soon"),
        ("# plumblint: ignore[a] why # zizmor: ignore[b]", ("a",), "why", None),
        ("# plumblint: ignore[] why", (), "why", None),
        ("# plumblint: ignore why", (), "why", None),
        ("# plumblint: ignore", (), None, None),
        ("# see # plumblint: ignore[a]", ("a",), None, None),
    ],
)
def test_what_a_comment_of_ours_says(
    comment: str, ids: tuple[str, ...], reason: str | None, until: str | None
) -> None:
    first = ignores(Source("x", comment + "\r\nb: 1\r\n"), "yaml")[0]
    assert (first.ids, first.reason, first.until) == (ids, reason, until)
    text = (comment + "\r\n")[first.start : first.end]
    assert text.startswith("#")
    assert not text.endswith("\r")


@pytest.mark.parametrize(
    "text",
    [
        "# plumblint ignore[a]",
        "# plumblint: ignored[a]",
        "x#plumblint: ignore[a]",
        "// plumblint: ignore[a]",
        "/* plumblint: ignore[a] */",
    ],
)
def test_what_is_no_comment_of_ours_in_yaml(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("kind", ["yaml", "dockerfile", "hcl"])
def test_a_file_comment_speaks_for_every_line(kind: str) -> None:
    text = "a: 1\n# plumblint: ignore-file[x, y] until=2030-01-01 why\nb: 1\n"
    (found,) = ignores(Source("x", text), kind)
    assert (found.ids, found.first_line, found.last_line) == (("x", "y"), 1, 4)
    assert (found.until, found.reason) == ("2030-01-01", "why")


def test_hcl_comments() -> None:
    for text in ("# plumblint: ignore[a]", "// plumblint: ignore[a]", "/* plumblint: ignore[a] */"):
        assert read(text + "\nx = 1\n", "hcl") == [("plumblint", ("a",), 2, 2)]
    assert ignores(Source("x", "/* plumblint: ignore[a] why */"), "hcl")[0].reason == "why"


def test_the_line_itself_or_the_line_below() -> None:
    own = "plumblint"
    assert read("a: 1 # plumblint: ignore[x]\nb: 2\n") == [(own, ("x",), 1, 1)]
    assert read("  # plumblint: ignore[x]\na: 1\nb: 2\n") == [(own, ("x",), 2, 2)]
    assert read("# plumblint: ignore[x]\n# more\n# plumblint: ignore[y]\na: 1\n") == [
        (own, ("x",), 4, 4),
        (own, ("y",), 4, 4),
    ]
    assert read("# plumblint: ignore[x]\n\na: 1\n") == [(own, ("x",), 2, 2)]
    assert read("# plumblint: ignore[x]") == [(own, ("x",), 1, 1)]


def test_a_comment_above_a_block_scalar_holds_for_the_block() -> None:
    text = "steps:\n  # plumblint: ignore[x]\n  - run: |\n      a\n\n      b\n\n  - run: c\n"
    assert read(text) == [("plumblint", ("x",), 3, 6)]
    behind = "steps:\n  - run: |  # plumblint: ignore[x]\n      a\n  - run: c\n"
    assert read(behind) == [("plumblint", ("x",), 2, 3)]


def test_a_comment_inside_of_a_script() -> None:
    text = "run: |\n  # plumblint: ignore[x]\n  a\n  b\n"
    assert read(text) == [("plumblint", ("x",), 3, 3)]


def test_a_comment_above_an_instruction_holds_for_all_of_it() -> None:
    text = "FROM a\n# plumblint: ignore[x]\nRUN a \\\n  # note\n\n  b \\\n  c\nRUN d\n"
    assert read(text, "dockerfile") == [("plumblint", ("x",), 3, 7)]
    heredoc = "# plumblint: ignore[x]\nRUN <<EOF cat <<-'END'\na\nEOF\nb\n\tEND\nRUN d\n"
    assert read(heredoc, "dockerfile") == [("plumblint", ("x",), 2, 6)]


def test_hadolint() -> None:
    text = "# hadolint ignore=DL3007,SC1091\nFROM a \\\n b\n# hadolint global ignore=DL3008\n"
    assert read(text, "dockerfile") == [
        ("hadolint", ("DL3007", "SC1091"), 2, 3),
        ("hadolint", ("DL3008",), 1, 5),
    ]


def test_zizmor_speaks_for_its_line() -> None:
    text = "# zizmor: ignore[a]\n- uses: x # zizmor: ignore[b, c] # v4\n"
    assert read(text) == [("zizmor", ("a",), 1, 1), ("zizmor", ("b", "c"), 2, 2)]


def test_checkov_speaks_for_what_is_around_it() -> None:
    text = "#checkov:skip=CKV_DOCKER_3:why not\nFROM a\nUSER x\n"
    assert read(text, "dockerfile") == [("checkov", ("CKV_DOCKER_3",), 1, 4)]
    assert ignores(Source("x", text), "dockerfile")[0].reason == "why not"
    hcl = 'a = 1\nresource "a" "b" {\n  c {\n    # checkov:skip=CKV_1\n  }\n}\nd = 2\n'
    assert read(hcl, "hcl") == [("checkov", ("CKV_1",), 2, 6)]
    assert read("# checkov:skip=CKV_1\na = 1\n", "hcl") == [("checkov", ("CKV_1",), 1, 1)]
    jobs = "jobs:\n  a:\n    x: 1\n    # checkov:skip=CKV_1\n    y:\n      z: 1\n  b:\n    x: 1\n"
    assert read(jobs) == [("checkov", ("CKV_1",), 3, 6)]


def test_trivy_speaks_for_the_block_below() -> None:
    comments = "#trivy:ignore:AVD-AWS-0086 #trivy:ignore:aws-1[exp:2020-01-01]\n"
    hcl = comments + 'resource "a" "b" {\n  c = 1\n}\n'
    assert read(hcl, "hcl") == [("trivy", ("AVD-AWS-0086",), 2, 4), ("trivy", ("aws-1",), 2, 4)]
    assert ignores(Source("x", hcl), "hcl")[1].expired("2026-01-01")


def test_tflint_speaks_for_its_line_or_the_one_below() -> None:
    hcl = 'module "a" {\n  # tflint-ignore: terraform_module_pinned_source\n  source = "x"\n}\n'
    assert read(hcl, "hcl") == [("tflint", ("terraform_module_pinned_source",), 3, 3)]
    assert read("# tflint-ignore-file: a, b\n\nx = 1\n", "hcl")[0][1:] == (("a", "b"), 1, 4)


@pytest.mark.parametrize(
    ("until", "expired"),
    [("2026-05-31", False), ("2026-06-01", False), ("2026-05-30", True), ("2026-5-31", True),
     ("never", True), ("", True)],
)  # fmt: skip
def test_the_last_day_is_inclusive_and_a_malformed_one_is_over(until: str, expired: bool) -> None:
    (ignore,) = ignores(Source("x", f"# plumblint: ignore[a] until={until} why"), "yaml")
    assert ignore.expired("2026-05-31") is expired


def test_instructions_know_the_escape_directive() -> None:
    text = "# escape=`\nRUN a `\n  b\nRUN c \\\nRUN d\n"
    assert blocks(Source("x", text), "dockerfile") == {2: 3}
    assert blocks(Source("x", "RUN a \\"), "dockerfile") == {}
    assert blocks(Source("x", "RUN cat <<EOF\nnever closed"), "dockerfile") == {1: 2}
    assert blocks(Source("x", "ENV a=<<EOF\nRUN b"), "dockerfile") == {}


def test_block_scalars() -> None:
    text = "a: |\n  1\nb:\n- |\n 2\n- c: >-  # x\n    3\n  d: &e |2+\n     4\nf: x | y\n"
    assert blocks(Source("x", text), "yaml") == {1: 2, 4: 5, 6: 7, 8: 9}
    assert blocks(Source("x", "a: |\nb: 1\n"), "yaml") == {}


def test_hcl_constructs() -> None:
    text = "a = <<-EOT\n  x\n  EOT\nb {\n  c = [\n    1\n  ]\n}\n"
    assert blocks(Source("x", text), "hcl") == {1: 3}
    assert hcl_blocks(Source("x", text)) == {4: 8, 5: 7}


def test_regions_of_equal_depth() -> None:
    first, last = indented_regions(Source("x", "a\n  b\n    c\n\n  d\ne"))
    assert list(zip(first[1:], last[1:], strict=True)) == [
        (1, 6), (2, 5), (3, 4), (4, 4), (2, 5), (1, 6),
    ]  # fmt: skip


PIECES = st.sampled_from(
    ["# plumblint: ignore[a] x", "#checkov:skip=A:", "# hadolint ignore=A", "#trivy:ignore:A", " ",
     "\n", "\n  ", "run: |", "{", "}", "<<EOF", "EOF", "\\\n", "RUN x", "# zizmor: ignore[b]", "- "]
)  # fmt: skip


@given(
    st.lists(PIECES, max_size=40).map("".join), st.sampled_from(["yaml", "hcl", "dockerfile", ""])
)
def test_every_text_gives_lines_of_the_file(text: str, kind: str) -> None:
    lines = text.count("\n") + 1
    for tool, _, first, last in read(text, kind):
        assert tool
        assert 1 <= first <= last <= lines


DOCKERFILE = """\
# check=skip=UndefinedVar,LegacyKeyValueFormat
# hadolint stage ignore=DL3009
FROM a AS one
RUN x
FROM b
# check=skip=MaintainerDeprecated
MAINTAINER ann
"""


def test_build_checks_are_skipped_for_the_file_or_the_instruction_below() -> None:
    assert [found for found in read(DOCKERFILE, "dockerfile") if found[0] == "buildkit"] == [
        ("buildkit", ("UndefinedVar", "LegacyKeyValueFormat"), 1, 8),
        ("buildkit", ("MaintainerDeprecated",), 7, 7),
    ]


def test_skip_all_names_the_build_checks() -> None:
    ((_, ids, first, _),) = read("# check=error=true;skip=all\nFROM a\n", "dockerfile")
    assert "UndefinedVar" in ids
    assert first == 1


def test_a_stage_comment_of_hadolint_holds_up_to_the_next_from() -> None:
    found = [found for found in read(DOCKERFILE, "dockerfile") if found[0] == "hadolint"]
    assert found == [("hadolint", ("DL3009",), 3, 4)]
    assert read("# hadolint stage ignore=DL3009\n", "dockerfile") == [
        ("hadolint", ("DL3009",), 1, 1)
    ]
