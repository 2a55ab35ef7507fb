"""parse: a Dockerfile's text → its tree.

Exact to BuildKit's own parser (moby/buildkit frontend/dockerfile/parser and
instructions, dockerfile 1.26) in what is an instruction, where it ends, and what
its arguments are.  Unlike it, the rest of the file is read after an error.
"""

from __future__ import annotations

import re

from plumblint.formats.dockerfile.arguments import read_arguments
from plumblint.formats.dockerfile.blanks import SEPARATORS, SPACE
from plumblint.formats.dockerfile.flags import read_flags
from plumblint.formats.dockerfile.heredocs import KEYWORDS as WITH_HEREDOCS
from plumblint.formats.dockerfile.heredocs import announced
from plumblint.formats.dockerfile.lines import LineReader, LogicalLine
from plumblint.formats.dockerfile.tree import Dockerfile, Heredoc, Instruction
from plumblint.formats.dockerfile.validate import validate
from plumblint.source import Fault
from plumblint.syntax.segments import Segments

INSTRUCTION_LIMIT = 20_000
"""Instructions beyond it are not read."""

_KEYWORD = re.compile(f"[^{SEPARATORS}]+")
_LETTER = re.compile("[A-Za-z]")


def parse(text: str) -> Dockerfile:
    """The tree of a Dockerfile, whatever the text; what BuildKit rejects is in its `faults`.

    Linear in the length of the text.
    """
    tree = Dockerfile()
    lines = LineReader(text, tree)
    while (line := lines.logical_line()) is not None:
        if len(tree.instructions) >= INSTRUCTION_LIMIT:
            message = f"more than {INSTRUCTION_LIMIT} instructions: the rest is not read"
            at = line.runs[0][1]
            tree.limits.append(Fault(at, at, message))
            break
        tree.instructions.append(_instruction(text, line, lines, tree))
    validate(tree, len(text))
    tree.faults.sort(key=lambda fault: (fault.start, fault.end))
    return tree


def _instruction(text: str, line: LogicalLine, lines: LineReader, tree: Dockerfile) -> Instruction:
    stripped = line.text.strip(SPACE)
    begin = line.text.find(stripped)
    places = Segments(line.runs)
    made = _read(line.text, begin, begin + len(stripped), places, tree)
    made.start_line = line.first_line
    made.empty_continuation = line.empty_continuation
    inner = made.child if made.keyword == "ONBUILD" else made
    if inner and inner.keyword in WITH_HEREDOCS and not inner.json and "<<" in line.text:
        for heredoc, start, end in announced(line.text):
            heredoc.start, heredoc.end = places.span(start, end)
            _body(text, heredoc, made, lines, tree)
            inner.heredocs.append(heredoc)
    made.end_line = lines.line_number
    if made.child is not None:
        made.child.start_line, made.child.end_line = made.start_line, made.end_line
        made.child.end = max(made.child.end, made.end)
    return made


def _read(
    line: str,
    begin: int,
    end: int,
    places: Segments,
    tree: Dockerfile,
    *,
    nested: bool = False,
) -> Instruction:
    """The instruction that the joined line holds from `begin` to `end`."""
    keyword = _KEYWORD.match(line, begin, end)
    behind = keyword.end() if keyword else begin
    start, finish = places.span(begin, end)
    made = Instruction(line[begin:behind], start, finish)
    made.keyword_start, made.keyword_end = places.span(begin, behind)
    made.flags, at = read_flags(
        line[:end] if end < len(line) else line, behind, tree.escape, places
    )
    value = line[at:end]
    bare = value.strip(SPACE)
    at += value.find(bare)
    made.value = bare
    made.segments = _moved(places, at)
    made.value_start, made.value_end = places.span(at, at + len(bare))
    if not bare:
        made.value_start = made.value_end = finish
    if made.keyword == "ONBUILD" and bare:
        if not nested:
            made.child = _read(line, at, at + len(bare), places, tree, nested=True)
    else:
        fault = read_arguments(made, tree.escape)
        if fault is not None:
            tree.faults.append(fault)
    return made


def _moved(places: Segments, by: int) -> Segments:
    """The map of a part of the line that begins at `by`."""
    if by == 0:
        return places
    pairs = places.pairs
    kept = [(value - by, source) for value, source in pairs if value > by]
    return Segments([(0, places.source(by)), *kept])


def _body(
    text: str, heredoc: Heredoc, owner: Instruction, lines: LineReader, tree: Dockerfile
) -> None:
    first = last = None
    before = lines.place
    while (got := lines.raw_line()) is not None:
        start, end, behind = got
        first = start if first is None else first
        content = text[start:end]
        if (content.lstrip("\t") if heredoc.chomp else content) == heredoc.name:
            heredoc.terminated = True
            heredoc.body_start, heredoc.body_end = first, start
            owner.end = end
            return
        last = behind
    if _LETTER.search(heredoc.name):
        heredoc.body_start = len(text) if first is None else first
        heredoc.body_end = len(text) if last is None else last
        owner.end = heredoc.body_end
    else:
        # `$((1 << 2))`: surely no here-document was meant, so the next line is an instruction
        heredoc.body_start = heredoc.body_end = owner.end
        lines.go_back(before)
    tree.faults.append(
        Fault(
            heredoc.start,
            heredoc.end,
            f"the here-document has no end: no line is exactly `{heredoc.name}`",
        )
    )
