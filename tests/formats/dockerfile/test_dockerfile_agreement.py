"""Our reading of Dockerfiles against two independent ones.

PyPI `dockerfile` wraps BuildKit's own parser, as of v0.12.5; `dockerfile-parse` is
another implementation, which knows no here-documents.  Compared on samples, on the
fixtures, and on each Dockerfile of the folder that PLUMBLINT_CORPUS names.
"""

from __future__ import annotations

import re

import pytest
from dockerfile_samples import SAMPLES, corpus

from plumblint.formats.dockerfile.arguments import KEYWORDS
from plumblint.formats.dockerfile.parse import parse
from plumblint.formats.dockerfile.tree import Instruction
from plumblint.repo import decode

KNOWN = {
    "heredoc blank before name": "`<< EOF` with a blank is newer than v0.12.5",
}
"""Samples that v0.12.5 reads otherwise than BuildKit does now, and why."""

NEWER = re.compile(r"<<-?[ \t]+\S|^#\s*check\s*=|\[.*\][^\S\n]*\S", re.MULTILINE)
"""What v0.12.5 did not know: a blank behind `<<`, the check directive, text behind a JSON array."""


def ours(instruction: Instruction) -> tuple[object, ...]:
    """An instruction in the shape that `dockerfile` gives."""
    inner = instruction.child or instruction
    if inner.keyword in ("ENV", "LABEL"):
        values = [
            word.text
            for pair in inner.pairs
            for word in (pair.name, pair.value)
            if word is not None
        ]
    else:
        # theirs gives one empty value to what is no instruction
        values = [word.text for word in inner.words] if inner.keyword in KEYWORDS else [""]
    heredocs = [] if instruction.child else inner.heredocs
    return (
        instruction.keyword,
        instruction.child.keyword if instruction.child else None,
        instruction.json,
        tuple(
            f"--{flag.name}" if flag.value is None else f"--{flag.name}={flag.value}"
            for flag in instruction.flags
        ),
        tuple(values),
        tuple((heredoc.name, heredoc.fd, heredoc) for heredoc in heredocs),
        instruction.start_line,
        instruction.end_line,
    )


def agree(text: str) -> str:
    """What differs, empty for nothing."""
    dockerfile = pytest.importorskip("dockerfile")
    tree = parse(text)
    try:
        theirs = dockerfile.parse_string(text)
    except dockerfile.GoParseError as error:
        return "" if tree.faults else f"refused: {error}"
    if len(tree.instructions) != len(theirs):
        return f"{len(tree.instructions)} instructions, they have {len(theirs)}"
    for mine, other in zip(tree.instructions, theirs, strict=True):
        keyword, child, json, flags, values, heredocs, first, last = ours(mine)
        bodies = tuple((n, fd, text[h.body_start : h.body_end]) for n, fd, h in heredocs)
        here = (keyword, child, json, flags, values, bodies, first, last)
        there = (
            (other.cmd or "").upper(),
            (other.sub_cmd or "").upper() or None,
            other.json,
            other.flags,
            other.value,
            tuple((h.name, h.file_descriptor, h.content) for h in other.heredocs),
            other.start_line,
            other.end_line,
        )
        if here != there:
            return f"{here}\n{there}"
    return ""


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_samples_are_read_as_buildkit_reads_them(name: str) -> None:
    difference = agree(SAMPLES[name])
    if name in KNOWN:
        assert difference, "no longer a difference"
    else:
        assert difference == ""


def test_the_corpus_is_read_as_buildkit_reads_it() -> None:
    differences = {}
    for path in corpus():
        source = decode(str(path), path.read_bytes())
        if source.bad_bytes is None and "\0" not in source.text:
            difference = agree(source.text)
            if difference and not NEWER.search(source.text):
                differences[str(path)] = difference
    assert differences == {}


def agree_with_dockerfile_parse(text: str) -> str:
    """What `dockerfile-parse` has otherwise; keywords and values, white space apart."""
    from io import BytesIO

    dockerfile_parse = pytest.importorskip("dockerfile_parse")
    parser = dockerfile_parse.DockerfileParser(fileobj=BytesIO(text.encode()))
    theirs = [
        (one["instruction"], "".join(one["value"].split()))
        for one in parser.structure
        if one["instruction"] != "COMMENT"
    ]
    mine = [
        (one.keyword, "".join(_with_flags(text, one).split())) for one in parse(text).instructions
    ]
    return "" if mine == theirs else f"{mine}\n{theirs}"


def _with_flags(text: str, instruction: Instruction) -> str:
    return "".join(text[one.start : one.end] for one in instruction.flags) + instruction.value


def misread_by_dockerfile_parse(text: str) -> bool:
    """Whether the text has what `dockerfile-parse` is known to misread."""
    tree = parse(text)
    return (
        any(one.heredocs or one.empty_continuation for one in tree.walk())
        or tree.escape != "\\"
        or re.search(r"\\\\[ \t]*$|\\\s*\Z", text, re.MULTILINE) is not None
        or any("\\\n" in text[one.start : one.end] for i in tree.walk() for one in i.flags)
        or any(
            text[one.start : one.start + len(one.keyword)].upper() != one.keyword
            for one in tree.walk()
        )  # a keyword that goes on behind a continuation
    )


def test_the_corpus_is_read_as_dockerfile_parse_reads_it() -> None:
    differences = {}
    for path in corpus():
        source = decode(str(path), path.read_bytes())
        if source.bad_bytes is None and not misread_by_dockerfile_parse(source.text):
            difference = agree_with_dockerfile_parse(source.text)
            if difference:
                differences[str(path)] = difference
    assert differences == {}


@pytest.mark.parametrize("name", ["plain", "platform", "json lists", "case", "expose"])
def test_plain_samples_are_read_as_dockerfile_parse_reads_them(name: str) -> None:
    assert agree_with_dockerfile_parse(SAMPLES[name]) == ""
