from __future__ import annotations

from typing import Any, TypeVar

import pytest

from plumblint.syntax.segments import Segments
from plumblint.syntax.shell import mask_expressions, parse
from plumblint.syntax.shell.commands import (
    AndOr,
    Case,
    Command,
    For,
    FunctionDefinition,
    Group,
    If,
    Pipeline,
    Subshell,
    Test,
    While,
)
from plumblint.syntax.shell.nodes import (
    Arithmetic,
    Array,
    CommandSubstitution,
    Expression,
    Literal,
    Node,
    Parameter,
    ProcessSubstitution,
    Redirection,
    Word,
)

N = TypeVar("N", bound=Node)


def every(text: str, kind: type[N], **options: Any) -> list[N]:
    found: list[N] = []
    stack: list[Node] = [parse(text, **options)]
    while stack:
        node = stack.pop()
        stack.extend(reversed(list(node.children())))
        if isinstance(node, kind):
            found.append(node)
    return found


def words(text: str) -> list[str | None]:
    return [word.literal for word in every(text, Command)[0].words]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("a 'b c' \"d e\" f\\ g", ["a", "b c", "d e", "f g"]),
        ("a'b'\"c\"d", ["abcd"]),
        ("echo '' \"\"", ["echo", "", ""]),
        ("echo $'a\\tb\\x41\\u00e9'", ["echo", "a\tbAé"]),
        ('echo $"hi"', ["echo", "hi"]),
        ("echo \"a\\$b\\n\\\"\"", ["echo", 'a$b\\n"']),
        ("a \\\n  b\\\nc # d", ["a", "bc"]),
        ("a#b '#c' #d", ["a#b", "#c"]),
        ("echo $x \"${y}\" a$(b)", ["echo", None, None, None]),
        ("echo $ a$", ["echo", "$", "a$"]),
        ("echo a\r\nb", ["echo", "a"]),
        ("ls @(a|b).c !(x y)", ["ls", "@(a|b).c", "!(x y)"]),
        ("echo {a,b} ~/x *.c }", ["echo", "{a,b}", "~/x", "*.c", "}"]),
    ],
)  # fmt: skip
def test_words(text: str, values: list[str | None]) -> None:
    assert words(text) == values


def test_continuation_before_a_blank_is_not_part_of_the_word() -> None:
    assert [word.text for word in every("a b\\\n  c", Word)] == ["a", "b", "c"]


def test_verbatim_is_the_place_without_quotes() -> None:
    text = "export KEY 'a b' \"x\"y"
    quoted, mixed = every(text, Command)[0].words[2:]
    assert quoted.verbatim is not None
    assert text[slice(*quoted.verbatim)] == "a b"
    assert mixed.verbatim is None


def test_parameters() -> None:
    text = '$a ${b:-"c d"} ${#e} ${!f} ${g[1]%.*} ${h//x/y} "${i:+\'}" ${#} ${@}'
    found = every(text, Parameter)
    assert [(p.prefix, p.name, p.operator) for p in found] == [
        ("", "a", ""), ("", "b", ":-"), ("#", "e", ""), ("!", "f", ""), ("", "g", "%"),
        ("", "h", "//"), ("", "i", ":+"), ("", "#", ""), ("", "@", ""),
    ]  # fmt: skip
    assert [p.argument.text if p.argument else None for p in found] == [
        None, '"c d"', None, None, ".*", "x/y", "'", None, None,
    ]  # fmt: skip
    assert found[1].argument
    assert found[1].argument.literal == "c d"


def test_template_of_terraform_is_no_fault() -> None:
    script = parse("REGION=${ region }\n")
    assert not script.faults
    assert every("REGION=${ region }\n", Parameter)[0].name == ""


def test_substitutions_nest() -> None:
    text = 'x "$(a "$(b `c \\`d\\``)")" $(( 1 + $(e) )) $((f); g) <(h) >(i)'
    assert [c.name for c in every(text, Command)] == list("xabcdefghi")
    assert len(every(text, Arithmetic)) == 1
    assert len(every(text, CommandSubstitution)) == 6
    assert [p.direction for p in every(text, ProcessSubstitution)] == ["<", ">"]
    inner = every(text, Command)[4]
    assert text[inner.start : inner.end] == "d"


def test_assignments() -> None:
    text = "A=1 B+='x y' c[1]=z d=(e 'f g') E= env F=2"
    command = every(text, Command)[0]
    assert [a.name for a in command.assignments] == ["A", "B", "c", "d", "E"]
    assert [a.value.literal for a in command.assignments] == ["1", "x y", "z", None, ""]
    assert command.assignments[1].append
    assert command.assignments[2].subscript
    assert [e.literal for e in every(text, Array)[0].elements] == ["e", "f g"]
    assert command.name == "env"


def test_redirections() -> None:
    found = every("a >b 2>&1 &>>c <d <<<'e f' {fd}>g 3<&- >|h", Redirection)
    assert [(r.fd, r.operator, r.target.literal if r.target else None) for r in found] == [
        ("", ">", "b"), ("2", ">&", "1"), ("", "&>>", "c"), ("", "<", "d"), ("", "<<<", "e f"),
        ("{fd}", ">", "g"), ("3", "<&", "-"), ("", ">|", "h"),
    ]  # fmt: skip


def test_ampersand_before_a_redirection_in_sh() -> None:
    assert [s.terminator for s in parse("a &>b", dialect="sh").statements] == ["&", ""]  # type: ignore[attr-defined]


def test_heredocs() -> None:
    text = "cat <<A <<-'B' | sh && c\nx $y\nA\n\t$z\n\tB\nlast"
    script = parse(text)
    first, second = every(text, Redirection)
    assert not script.faults
    assert first.heredoc
    assert second.heredoc
    assert (first.heredoc.text, first.heredoc.literal) == ("x $y\n", None)
    assert (second.heredoc.text, second.heredoc.literal) == ("\t$z\n", "$z\n")
    assert (first.quoted, second.quoted) == (False, True)
    assert [c.name for c in every(text, Command)] == ["cat", "sh", "c", "last"]


def test_lists_and_pipelines() -> None:
    (chain,) = every("a | b |& c && ! d || e &", AndOr)
    assert chain.operators == ["&&", "||"]
    piped, negated, single = chain.items
    assert isinstance(piped, Pipeline)
    assert isinstance(negated, Pipeline)
    assert piped.operators == ["|", "|&"]
    assert negated.negated
    assert isinstance(single, Command)


@pytest.mark.parametrize(
    ("text", "kind", "names"),
    [
        ("if a; then b; elif c\nthen d; else e; fi > f", If, "abcde"),
        ("while a; do b; done", While, "ab"),
        ("until a\ndo b\ndone", While, "ab"),
        ("for x in 1 2; do a; done", For, "a"),
        ("for x\ndo a; done", For, "a"),
        ("for ((i=0; i<3; i++)); do a; done", For, "a"),
        ("select x in 1; do a; done", For, "a"),
        ("case $x in a|b) a;; (c) b ;& *) c\nesac", Case, "abc"),
        ("( a; b )", Subshell, "ab"),
        ("{ a; b; }", Group, "ab"),
        ("f() { a; }", FunctionDefinition, "a"),
        ("function f\n( a )", FunctionDefinition, "a"),
        ("[[ a =~ ^(b|c d)$ && $(a) < b ]]", Test, "a"),
        ("coproc N { a; }", Group, "a"),
        ("time -p a", Pipeline, "a"),
    ],
)
def test_compound_commands(text: str, kind: type[Node], names: str) -> None:
    assert not parse(text).faults
    assert every(text, kind)
    assert [command.name for command in every(text, Command)] == list(names)


@pytest.mark.parametrize(
    ("text", "message", "names"),
    [
        ("a 'b", "a single quote is never closed", ["a"]),
        ('a "b $(c)', "a double quote is never closed", ["a", "c"]),
        ("a $(b", "this `$(` is never closed", ["a", "b"]),
        ("a ${b", "this `${` is never closed", ["a"]),
        ("{ a; b", "this `{` has no `}`", ["a", "b"]),
        ("if a; then b", "this `if` has no `fi`", ["a", "b"]),
        ("(if a; then b); c", "this `if` has no `fi`", ["a", "b", "c"]),
        ("a <<E\nb", "this here-document has no line `E` that ends it", ["a"]),
        ("a; done; b", "unexpected `done`", ["a", "b"]),
        ("a &&", "nothing follows `&&`", ["a"]),
        ("a |\n", "nothing follows `|`", ["a"]),
        ("a; | b", "unexpected `|`", ["a", "b"]),
    ],
)
def test_faults_and_what_is_read_all_the_same(text: str, message: str, names: list[str]) -> None:
    assert [fault.message for fault in parse(text).faults] == [message]
    assert [command.name for command in every(text, Command)] == names


def test_expressions_are_parts_of_words() -> None:
    text = "docker push \"r/${{ matrix.x }}:${{ '}}' }}\" '${{ a }}' b"
    masked = mask_expressions(text)
    command = every(masked, Command, original=text)[0]
    assert [word.literal for word in command.words] == ["docker", "push", None, None, "b"]
    assert command.words[2].text == "\"r/${{ matrix.x }}:${{ '}}' }}\""
    found = every(masked, Expression, original=text)
    assert [part.text for part in found] == ["${{ matrix.x }}", "${{ '}}' }}", "${{ a }}"]


def test_masking_leaves_what_never_ends() -> None:
    assert mask_expressions("a ${{ b") == "a ${{ b"
    assert "$" not in mask_expressions("a ${{ 'b }} c ${{ d }}")


def test_places_in_a_block_scalar() -> None:
    source = "run: |\n  a \\\n    'b c'\n  d\n"
    value = "a \\\n  'b c'\nd\n"
    segments = Segments([(0, 9), (4, 15), (12, 25)])
    found = every(value, Word, places=segments)
    assert [source[word.start : word.end] for word in found] == ["a", "'b c'", "d"]
    assert [word.literal for word in found] == ["a", "b c", "d"]


def test_comments() -> None:
    script = parse("# a\nb # c\r\nd '#e'")
    assert [comment.text for comment in script.comments] == ["# a", "# c"]


def test_literal_of_an_escape_spans_what_is_written() -> None:
    (literal,) = every("a\\ b", Literal)
    assert (literal.text, literal.value) == ("a\\ b", "a b")
