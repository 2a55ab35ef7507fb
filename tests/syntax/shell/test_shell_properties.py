from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from plumblint.syntax.segments import Segments
from plumblint.syntax.shell import mask_expressions, parse
from plumblint.syntax.shell.nodes import Node, Origin, Redirection, Script

PIECES = (
    "a", "b=1", "if ", "then ", "else ", "elif ", "fi", "while ", "until ", "for ", "x in ", "do ",
    "done", "case ", "esac", " in ", ";;", ";&", "{ ", "}", "(", ")", "((", "))", "[[ ", " ]]",
    "function ", "f()", "coproc ", "select ", "time ", "! ", "|", "|&", "||", "&&", "&", ";", "\n",
    "\r\n", "\r", " ", "\t", "\\", "\\\n", "#", "'", '"', "`", "\\`", "$(", "$((", "${", "${x:-",
    "${x[", "$", "$'", '$"', "$[", "$x", "<<E\n", "<<-'E'\n", "E\n", "\tE\n", "<<<", "<(", ">(",
    ">", ">>", "2>&1", "&>", "{fd}>", "<", "a=(", "a+=(", "a[1]=", "@(", "!(", "=~ ", "}}", "${{",
    "${{ x }}", "${{ '}}' }}", "\ue000", "\ue001", "\x00", "é", "\ud800", "set -e", "echo ",
)  # fmt: skip
SCRIPTS = st.one_of(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.text())
DIALECTS = st.sampled_from(["bash", "sh"])


def check_tree(node: Node, origin: Origin) -> None:
    assert node.read_start <= node.read_end
    assert node.text == node.origin.text[node.read_start : node.read_end]
    at = node.read_start
    for child in node.children():
        check_tree(child, origin)
        if isinstance(node, Redirection) and child is node.heredoc:
            continue
        if child.origin is node.origin:
            assert at <= child.read_start
            assert child.read_end <= node.read_end
            if not hasattr(node, "words"):  # redirections stand between words
                at = child.read_end
        assert node.start <= child.start
        assert child.end <= node.end


@given(SCRIPTS, DIALECTS)
@settings(max_examples=600, deadline=None)
def test_any_text_gives_a_tree_whose_spans_nest(text: str, dialect: str) -> None:
    script = parse(text, dialect=dialect)
    assert script.text == text
    check_tree(script, script.origin)
    for fault in script.faults:
        assert 0 <= fault.start <= fault.end <= len(text)
    for comment in script.comments:
        assert comment.text.startswith("#")
        assert "\n" not in comment.text


@given(SCRIPTS, st.integers(0, 9))
@settings(max_examples=300, deadline=None)
def test_masked_expressions_keep_every_offset(text: str, offset: int) -> None:
    masked = mask_expressions(text)
    assert len(masked) == len(text)
    script = parse(masked, offset, original=text)
    check_tree(script, script.origin)
    assert script.text == text
    assert (script.start, script.end) == (offset, offset + len(text))


@given(SCRIPTS)
@settings(max_examples=300, deadline=None)
def test_indented_script_gives_places_in_its_source(text: str) -> None:
    """Every word without a line feed is found again at its place in the source."""
    pairs = []
    source = "run: |\n"
    at = 0
    for line in text.splitlines(keepends=True):
        source += "    "
        pairs.append((at, len(source)))
        source += line
        at += len(line)
    script = parse(text, places=Segments(pairs))
    stack: list[Node] = [script]
    while stack:
        node = stack.pop()
        stack.extend(node.children())
        if len(node.text.splitlines()) == 1 and node.origin is script.origin:
            assert source[node.start : node.end] == node.text


def test_deep_nesting_is_a_fault_and_no_exception() -> None:
    for unit in ("(", "$(", "{ ", "if ", '"$(', "${x:-", "a=(", "f() ", "case x in a) "):
        script = parse(unit * 3000)
        assert script.faults, unit
        assert isinstance(script, Script)


@given(SCRIPTS, DIALECTS, st.integers(0, 12))
@settings(max_examples=300, deadline=None)
def test_a_limit_of_words_ends_the_reading_with_one_fault(
    text: str, dialect: str, most: int
) -> None:
    script = parse(text, dialect=dialect, most_words=most)
    check_tree(script, script.origin)
    assert script.words <= most
    assert (script.limit is None) or script.limit in script.faults
    if script.limit is None:
        assert [str(f) for f in script.faults] == [
            str(f) for f in parse(text, dialect=dialect).faults
        ]


def test_the_words_before_a_limit_are_read() -> None:
    script = parse("a b | c\n" * 100, most_words=10)
    assert script.words == 10
    assert script.limit is not None
    assert script.limit.start == 26
    assert len(script.statements) == 4
