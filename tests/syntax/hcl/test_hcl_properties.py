"""What holds for any text: an answer, spans in order, faults within the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plumblint.syntax.hcl import parse, parse_template, static
from plumblint.syntax.hcl.body import Attribute, Block, Body, Label
from plumblint.syntax.hcl.nodes import Literal, Node, Template

WORDS = [
    "a", "b", "for", "if", "in", "true", "null", "else", "endif", "x.y", "=", "==", "=>", ":",
    "::", ",", ".", "...", "*", "?", "+", "-", "!", "&&", "||", "/", "<", "<<E\n", "<<-E\n",
    "E\n", "{", "}", "[", "]", "(", ")", '"', '"s"', "${", "%{", "$${", "~", "\\", "\\n", "#",
    "//", "/*", "*/", "\n", "\n\n", "\r\n", "\r", " ", "\t", "\ufeff", "é", "1", "2.5", "1e9",
    "\x00", "\u2028",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(WORDS), max_size=60).map("".join) | st.text(max_size=80)

IDENTIFIERS = st.sampled_from(["a", "b_c", "d-e", "é", "count", "for_each"])
STRINGS = st.sampled_from(['"x"', '"a${b}c"', '"%{ if x }y%{ endif }"', '"\\"\\u00e9$$"', '""'])
LEAVES = st.sampled_from(["1", "2.5", "null", "true", "x.y[0].z", "m[*].n"]) | STRINGS


def _nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(inner, inner)
    return st.one_of(
        st.lists(inner, max_size=3).map(lambda items: "[" + ", ".join(items) + "]"),
        pair.map(lambda p: f"{{ a = {p[0]}\n (b) : {p[1]} }}"),
        pair.map(lambda p: f"core::f({p[0]},\n {p[1]}...)"),
        pair.map(lambda p: f"({p[0]} == 1 ? {p[1]} : -x)"),
        pair.map(lambda p: f"({p[0]} + {p[1]} * 2)"),
        inner.map(lambda text: f"[for k, v in {text} : k /* c */ if v]"),
        inner.map(lambda text: f'"p${{ {text} }}s"'),
        inner.map(lambda text: f"f(<<-E\n  p ${{ {text} }} s\n  E\n)"),
    )


EXPRESSIONS = st.recursive(LEAVES, _nested, max_leaves=8)
ATTRIBUTES = st.tuples(IDENTIFIERS, EXPRESSIONS)


@st.composite
def files(draw: st.DrawFn, depth: int = 2) -> str:
    items = []
    for name, value in draw(st.lists(ATTRIBUTES, max_size=3, unique_by=lambda pair: pair[0])):
        items.append(f"{name} = {value} # c\n")
    if depth:
        bodies = draw(st.lists(files(depth=depth - 1), max_size=2))
        items.extend(f'block "l" w {{\n{inner}}}\n' for inner in bodies)
    return "".join(items)


def check(text: str) -> Body:
    body = parse(text)
    assert (body.start, body.end) == (0, len(text))
    stack: list[Node] = [body]
    while stack:
        node = stack.pop()
        last = node.start
        for child in node.children():
            assert last <= child.start <= child.end <= node.end, (node, child)
            last = child.end
            stack.append(child)
        check_slice(text, node)
    for fault in body.faults:
        assert 0 <= fault.start <= fault.end <= len(text)
        assert fault.message
    return body


def check_slice(text: str, node: Node) -> None:
    here = text[node.start : node.end]
    if type(node) is Attribute:
        assert text[node.name_start : node.name_end] == node.name
        assert here.startswith(node.name)
        static(node.value)
    elif type(node) is Block:
        assert here.startswith(node.type)
    elif type(node) is Label:
        assert here.strip('"') == node.text or '"' in here
    elif type(node) is Literal and isinstance(node.value, str):
        assert here[0] == here[-1] == '"'
    elif type(node) is Template:
        assert here[0] == here[-1] == '"'
        assert node.parts[0].start == node.start + 1
        assert node.parts[-1].end == node.end - 1


@given(TEXTS)
def test_any_text(text: str) -> None:
    check(text)


@given(files())
def test_valid_files(text: str) -> None:
    assert check(text).faults == []


@given(files(), st.data())
def test_damaged_files(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text)))
    word = data.draw(st.sampled_from(WORDS))
    length = data.draw(st.integers(0, 5))
    check(text[:place] + word + text[place + length :])


@given(st.sampled_from(WORDS), st.sampled_from(WORDS), st.integers(0, 400))
def test_repetition(first: str, second: str, count: int) -> None:
    check("a = " + (first + second) * count)


@given(TEXTS)
def test_any_text_as_a_template(text: str) -> None:
    template = parse_template(text)
    if template is None:
        return
    assert (template.start, template.end) == (0, len(text))
    ends = [0]
    for part in template.parts:
        assert ends[-1] <= part.start < part.end <= len(text)
        ends.append(part.end)


def test_template_files() -> None:
    template = parse_template('[{"image": "a:${tag}"}, %{ for x in y ~}\n1, %{ endfor }]\n')
    assert template is not None
    assert [type(part).__name__ for part in template.parts] == [
        "Text", "Interpolation", "Text", "Directive", "Text", "Directive", "Text",
    ]  # fmt: skip
    assert parse_template("${") is None
    assert parse_template("%{ if x }") is None


def test_a_file_beyond_the_limit_of_items_has_one_fault() -> None:
    from plumblint.syntax.hcl.scanner import MAX_ITEMS

    body = parse("a {\n" + "b {}\n" * (MAX_ITEMS + 5) + "}\nc = 2\n")
    (fault,) = body.faults
    assert fault.message.startswith("more than 100,000")
