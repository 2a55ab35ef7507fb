"""What the parser makes of each construct, with its places and faults."""

from __future__ import annotations

import pytest

from plumblint.formats.dockerfile.parse import INSTRUCTION_LIMIT, parse
from plumblint.formats.dockerfile.tree import Dockerfile, Instruction


def only(text: str, keyword: str) -> Instruction:
    """The one instruction of that keyword."""
    (found,) = [one for one in parse(text).walk() if one.keyword == keyword]
    return found


def messages(tree: Dockerfile) -> list[str]:
    """The faults' messages."""
    return [fault.message for fault in tree.faults]


def test_directives_have_the_span_of_their_value() -> None:
    text = "# syntax = docker/dockerfile:1 \n#escape=`\n# check=skip=all\nFROM a\n"
    tree = parse(text)
    assert [(one.name, one.value) for one in tree.directives] == [
        ("syntax", "docker/dockerfile:1"),
        ("escape", "`"),
        ("check", "skip=all"),
    ]
    assert [text[one.start : one.end] for one in tree.directives] == [
        "docker/dockerfile:1",
        "`",
        "skip=all",
    ]
    assert tree.escape == "`"
    assert tree.faults == []


@pytest.mark.parametrize("first", ["# hello\n", "\n", "# foo=1\n"])
def test_a_directive_stands_at_the_top_or_not_at_all(first: str) -> None:
    assert parse(f"{first}# escape=`\nFROM a\n").escape == "\\"


def test_bom_and_crlf() -> None:
    tree = parse("\ufeff# escape=`\r\nFROM a\r\nRUN b `\r\n  c\r\n")
    assert [(one.keyword, one.value) for one in tree.instructions] == [
        ("FROM", "a"),
        ("RUN", "b   c"),
    ]


def test_a_continued_value_knows_its_places() -> None:
    text = "FROM a\nRUN one \\\n  # two\n\n  && three\n"
    run = only(text, "RUN")
    assert run.value == "one   && three"
    at = run.value.index("three")
    assert text[slice(*run.segments.span(at, at + 5))] == "three"
    assert (run.start_line, run.end_line) == (2, 5)
    assert run.empty_continuation is not None
    assert [text[one.start : one.end] for one in parse(text).comments] == ["# two"]


def test_flags() -> None:
    text = 'FROM a\nCOPY --from=b "--chown=a b" --link c d\n'
    copy = only(text, "COPY")
    assert [(one.name, one.value) for one in copy.flags] == [("from", "b")]
    text = "FROM a\nCOPY --from=b --chown='a b' --link c d\n"
    copy = only(text, "COPY")
    assert [(one.name, one.value) for one in copy.flags] == [
        ("from", "b"),
        ("chown", "a b"),
        ("link", None),
    ]
    assert [text[one.value_start : one.end] for one in copy.flags] == ["b", "'a b'", ""]
    assert [word.text for word in copy.words] == ["c", "d"]


@pytest.mark.parametrize(
    ("arguments", "items"),
    [
        ('["a", "b c"]', ["a", "b c"]),
        ("[]", []),
        ('[ "\\u00e4\\n" ]', ["ä\n"]),
        ('["\\ud800"]', ["\ufffd"]),
        ("['a']", None),
        ('["a",]', None),
        ('["a"] b', None),
        ("[ -f x ]", None),
        ("[NaN]", None),
        ("[" * 5000, None),
    ],
)
def test_json_form(arguments: str, items: list[str] | None) -> None:
    command = only(f"FROM a\nCMD {arguments}\n", "CMD")
    assert command.json == (items is not None)
    assert [word.text for word in command.words] == (items if items is not None else [arguments])


def test_json_items_have_places_without_quotes() -> None:
    text = 'FROM a\nCMD ["node", "x\\ty"]\n'
    words = only(text, "CMD").words
    assert [text[word.start : word.end] for word in words] == ["node", "x\\ty"]
    assert [word.verbatim for word in words] == [True, False]


@pytest.mark.parametrize("arguments", ['["a", 1]', "[null]", '["a", ["b"]]', "[1e999]"])
def test_json_arrays_of_something_else_are_refused(arguments: str) -> None:
    tree = parse(f"FROM a\nCMD {arguments}\nUSER b\n")
    assert messages(tree) == ["a JSON array of arguments must hold strings only"]
    assert tree.instructions[-1].keyword == "USER"


def test_heredocs() -> None:
    text = "FROM a\nRUN cat <<A 3<<-'B'\n1\n$x\nA\n\t2\n\tB\nUSER b\n"
    first, second = only(text, "RUN").heredocs
    assert (first.name, first.fd, first.expand, first.chomp) == ("A", 0, True, False)
    assert (second.name, second.fd, second.expand, second.chomp) == ("B", 3, False, True)
    assert text[first.start : first.end] == "<<A"
    assert text[second.start : second.end] == "3<<-'B'"
    assert text[first.body_start : first.body_end] == "1\n$x\n"
    assert text[second.body_start : second.body_end] == "\t2\n"
    assert only(text, "USER").value == "b"


def test_an_open_heredoc_is_one_fault() -> None:
    text = "FROM a\nRUN cat <<EOF\nUSER b\n"
    tree = parse(text)
    assert messages(tree) == ["the here-document has no end: no line is exactly `EOF`"]
    assert text[tree.faults[0].start : tree.faults[0].end] == "<<EOF"


def test_a_shift_that_reads_as_heredoc_hides_nothing() -> None:
    tree = parse("FROM a\nRUN echo $((1 << 2))\nUSER b\n")
    assert len(tree.faults) == 1
    assert [one.keyword for one in tree.instructions] == ["FROM", "RUN", "USER"]


def test_pairs() -> None:
    text = "FROM a\nENV a=1 b=\"2 3\" c='4'\nENV d e  f\nARG g h=i\n"
    env, old, arg = parse(text).instructions[1:]
    assert [(p.name.text, p.value and p.value.text) for p in env.pairs] == [
        ("a", "1"),
        ("b", '"2 3"'),
        ("c", "'4'"),
    ]
    assert [(p.name.text, p.value and p.value.text, p.spaced) for p in old.pairs] == [
        ("d", "e  f", True)
    ]
    assert [(p.name.text, p.value and p.value.text) for p in arg.pairs] == [
        ("g", None),
        ("h", "i"),
    ]


def test_onbuild() -> None:
    text = "FROM a\nONBUILD COPY --from=b <<E c\n1\nE\n"
    tree = parse(text)
    child = tree.instructions[1].child
    assert child is not None
    assert [one.value for one in child.flags] == ["b"]
    assert [one.name for one in child.heredocs] == ["E"]
    assert tree.faults == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", ""),
        ("# only\n", ""),
        ("ARG a\n", "ARG"),
        ("RUN a\nFROM b\n", "RUN"),
        ("FROM a\nRUNN b\n", "RUNN"),
        ("FROM a\nRUN\u00a0ls\n", "RUN\u00a0ls"),
        ("FROM a b\n", "a b"),
        ("FROM a AS 1\n", "a AS 1"),
        ("FROM\n", "FROM"),
        ("FROM a\nCOPY b\n", "b"),
        ("FROM a\nCOPY --from=$b c d\n", "c d"),
        ("FROM a\nCOPY --frm=b c d\n", "--frm=b"),
        ("FROM a\nCOPY --from=b --from=b c d\n", "--from=b"),
        ("FROM a\nADD --from=b c d\n", "--from=b"),
        ("FROM a\nCOPY --link=maybe b c\n", "--link=maybe"),
        ("FROM a\nRUN --network=full b\n", "--network=full"),
        ("FROM a\nENV b\n", "b"),
        ("FROM a\nENV b=1 c\n", "c"),
        ("FROM a\nENV =b\n", "=b"),
        ("FROM a\nUSER\n", "USER"),
        ("FROM a\nSHELL bash -c\n", "bash -c"),
        ("FROM a\nHEALTHCHECK curl x\n", "curl x"),
        ("FROM a\nHEALTHCHECK --interval=soon CMD x\n", "CMD x"),
        ("FROM a\nHEALTHCHECK NONE x\n", "NONE x"),
        ("FROM a\nONBUILD FROM b\n", "FROM b"),
        ('FROM a\nVOLUME [""]\n', '[""]'),
        ("# escape=x\nFROM a\n", "x"),
        ("# escape=`\n# escape=`\nFROM a\n", "`"),
    ],
)
def test_what_buildkit_refuses_is_a_fault_at_its_place(text: str, place: str) -> None:
    (fault,) = parse(text).faults
    assert text[fault.start : fault.end] == place


@pytest.mark.parametrize(
    "text",
    [
        "FROM a\nHEALTHCHECK --interval=1m30s --retries=3 CMD x\n",
        "FROM a\nHEALTHCHECK --what=1 NONE\n",
        "FROM a\nARG --x=1 b\n",
        "FROM a\nRUN\n",
        "FROM a\nCMD\n",
        "FROM a\nENTRYPOINT []\n",
        "ARG a=b\nFROM ${a}\n",
        "FROM a\nRUN --mount=type=cache,target=/x --mount=type=bind,from=b c\n",
    ],
)
def test_what_buildkit_takes_is_no_fault(text: str) -> None:
    assert messages(parse(text)) == []


def test_long_lines_and_many_instructions() -> None:
    assert "longer than" in messages(parse("FROM a\nRUN " + "x" * 70_000 + "\n"))[0]
    tree = parse("FROM a\n" + "USER b\n" * (INSTRUCTION_LIMIT + 5))
    assert len(tree.instructions) == INSTRUCTION_LIMIT
    assert len(tree.limits) == 1
