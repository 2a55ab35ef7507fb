"""What holds for the tree of any text."""

from __future__ import annotations

from plumblint.syntax.yaml import Mapping, Node, Scalar, Sequence, parse

BREAKS = "\r\n\x85\u2028\u2029"


def nodes(root: Node) -> list[Node]:
    """All nodes of a tree, shared ones once."""
    found: dict[int, Node] = {}
    pending = [root]
    while pending:
        node = pending.pop()
        if id(node) in found:
            continue
        found[id(node)] = node
        if isinstance(node, Sequence):
            pending.extend(node.items)
        elif isinstance(node, Mapping):
            for key, value in node.pairs:
                pending += [key, value]
    return list(found.values())


def check_scalar(text: str, node: Scalar) -> None:
    """The text at the span is the scalar as written, and each character of its value is there."""
    written = text[node.start : node.end]
    assert text[node.outer_start : node.outer_start + 1] in {"&", "!"} or (
        node.outer_start == node.start
    )
    if node.style:
        assert written[0] == node.style
        assert node.style in "|>" or written[-1] == node.style
    elif "\n" not in written and "\r" not in written and not set(written) & set(BREAKS):
        assert written == node.value
    explicit = node.style in {"|", ">"} and any(c.isdigit() for c in written[:3])
    odd = node.value.endswith(("\u2028", "\u2029")) or written.startswith(
        ("---", "...", "%", "\ufeff")  # something else at the start of a document
    )
    key = not node.style and written.endswith(":")  # `::` maps `:` to nothing, and so would `:`
    if written and not explicit and not odd and not key:
        line_end = "\n" if node.style in {"|", ">"} and node.value.endswith("\n") else ""
        documents, faults = parse(written + (line_end if "+" not in written[:3] else ""))
        assert not faults, (written, faults)
        (again,) = documents
        if isinstance(again, Scalar):  # alone `a: b` from within a flow would be a mapping
            assert (again.value, again.style) == (node.value, node.style)
    check_segments(text, node)


def check_segments(text: str, node: Scalar) -> None:
    value, at = node.value, node.start
    for index, character in enumerate(value):
        start, end = node.segments.span(index, index + 1)
        assert at <= start < end <= max(len(text), node.end), (value, index)
        at = end
        source = text[start:end]
        if source == character:
            continue
        if node.style == '"' and source.startswith("\\"):
            continue
        if node.style == "'" and source == "''":
            continue
        assert source in {"\r\n", "\r", "\n", "\x85"}, (value, index, source)
        assert character == "\n" or (character == " " and node.style not in {"|"})


def check_tree(text: str, root: Node) -> None:
    for node in nodes(root):
        assert 0 <= node.outer_start <= node.start <= node.end <= len(text)
        if isinstance(node, Scalar):
            check_scalar(text, node)
            continue
        if node.flow and text[node.start : node.start + 1] in {"[", "{"}:
            assert text[node.end - 1] in "]}"
        children = (
            list(enumerate(node.items))
            if isinstance(node, Sequence)
            else [(index, value) for index, (_, value) in enumerate(node.pairs)]
        )
        for index, child in children:
            start, end = node.aliased.get(index, (child.outer_start, child.end))
            assert node.start <= start <= end <= node.end
            if index in node.aliased:
                assert text[start] == "*"
