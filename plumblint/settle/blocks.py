"""Lines that belong together: what a comment above the first of them speaks for.

All line numbers are 1-based; all functions are linear in the text.
"""

from __future__ import annotations

import re

from plumblint.source import Source
from plumblint.syntax.pattern import lazy_pattern

_ESCAPE_DIRECTIVE = lazy_pattern(r"#[ \t]*escape[ \t]*=[ \t]*([\\`])[ \t]*\Z", re.IGNORECASE)
_DIRECTIVE = lazy_pattern(r"#[ \t]*[A-Za-z]+[ \t]*=")
_DOCKER_HEREDOC = lazy_pattern(r"""(?<!\S)\d*<<(-?)(["']?)([A-Za-z_]\w*)\2(?!\S)""")
_HEREDOC_KEYWORDS = ("RUN", "COPY", "ADD", "ONBUILD")

_YAML_PREFIX = lazy_pattern(r" *(?:- +)*")
_BLOCK_SCALAR = lazy_pattern(
    r"(?:(?<=:)|(?<=-))[ \t]+(?:[&!]\S+[ \t]+){0,2}[|>][-+0-9]{0,2}[ \t]*(?:#.*)?\Z"
)

_HCL_HEREDOC = lazy_pattern(r"<<-?([A-Za-z_][\w-]*)[ \t]*\Z")
_HCL_OPENS = lazy_pattern(r"[{\[(][ \t]*(?:(?:#|//).*)?\Z")
_HCL_CLOSES = lazy_pattern(r"[ \t]*[}\])]")


def blocks(source: Source, kind: str) -> dict[int, int]:
    """The last line of each construct of several lines, by its first.

    These are a Dockerfile's instructions, block scalars of YAML, heredocs of
    HCL; `kind` is one of `dockerfile`, `hcl`, `yaml`, others have none.
    """
    lines = _lines(source)
    if kind == "dockerfile":
        return _instructions(lines)
    if kind == "yaml":
        return _block_scalars(lines)
    return _hcl_heredocs(lines) if kind == "hcl" else {}


def hcl_blocks(source: Source) -> dict[int, int]:
    """The last line of each `{ … }`, `[ … ]` of HCL that ends its first line, by that line."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for number, line in enumerate(_lines(source), 1):
        if _HCL_CLOSES.match(line) and opened:
            found[opened.pop()] = number
        if _HCL_OPENS.search(line):
            opened.append(number)
    return found


def indented_regions(source: Source) -> tuple[list[int], list[int]]:
    """For each line the first and last of the lines around it that are indented as deep.

    Both lists have an unused item 0.
    """
    lines = _lines(source)
    depth = [
        len(line) - len(line.lstrip(" ")) if line.strip() else 1 << 30  # a blank parts nothing
        for line in lines
    ]
    first = [0] * (len(lines) + 1)
    last = [0, *[len(lines)] * len(lines)]
    shallower: list[int] = []
    for at, here in enumerate(depth):
        while shallower and depth[shallower[-1]] > here:
            last[shallower.pop() + 1] = at
        same = shallower and depth[shallower[-1]] == here
        first[at + 1] = (
            first[shallower[-1] + 1] if same else (shallower[-1] + 2 if shallower else 1)
        )
        shallower.append(at)
    return first, last


def _lines(source: Source) -> list[str]:
    return [line.removesuffix("\r") for line in source.text.split("\n")]


def _instructions(lines: list[str]) -> dict[int, int]:
    found: dict[int, int] = {}
    escape = _escape(lines)
    at = 0
    while at < len(lines):
        if _is_void(lines[at]):
            at += 1
            continue
        begin = at
        words = []
        while at < len(lines):
            line = lines[at]
            at += 1
            if begin + 1 < at and _is_void(line):
                continue
            words.append(line)
            if not line.rstrip().endswith(escape):
                break
        at = _after_heredocs(lines, at, words)
        if at > begin + 1:
            found[begin + 1] = at
    return found


def _escape(lines: list[str]) -> str:
    """The escape character: a parser directive may change it, above everything else."""
    for line in lines:
        if not _DIRECTIVE.match(line):
            break
        directive = _ESCAPE_DIRECTIVE.match(line)
        if directive:
            return directive[1]
    return "\\"


def _is_void(line: str) -> bool:
    """Whether a line of a Dockerfile is blank or a comment."""
    return not line.strip() or line.lstrip().startswith("#")


def _after_heredocs(lines: list[str], at: int, words: list[str]) -> int:
    """The index of the line after the heredocs that an instruction opens."""
    if not words[0].lstrip().upper().startswith(_HEREDOC_KEYWORDS):
        return at
    for line in words:
        for opener in _DOCKER_HEREDOC.finditer(line):
            while at < len(lines):
                closing = lines[at].lstrip("\t") if opener[1] else lines[at]
                at += 1
                if closing == opener[3]:
                    break
    return at


def _block_scalars(lines: list[str]) -> dict[int, int]:
    found: dict[int, int] = {}
    at = 0
    while at < len(lines):
        line = lines[at]
        begin = at
        at += 1
        header = _BLOCK_SCALAR.search(line)
        prefix = _YAML_PREFIX.match(line)
        if header is None or prefix is None:
            continue
        key = prefix.end()
        if header.start() < key:  # an item of a list, without a key
            key = line.rindex("-", 0, key)
        end = begin
        while at < len(lines):
            content = lines[at]
            if content.strip():
                if len(content) - len(content.lstrip(" ")) <= key:
                    break
                end = at
            at += 1
        if end > begin:
            found[begin + 1] = end + 1
    return found


def _hcl_heredocs(lines: list[str]) -> dict[int, int]:
    found: dict[int, int] = {}
    at = 0
    while at < len(lines):
        opener = _HCL_HEREDOC.search(lines[at])
        begin = at
        at += 1
        if opener is None:
            continue
        while at < len(lines):
            closing = lines[at].strip()
            at += 1
            if closing == opener[1]:
                break
        found[begin + 1] = at
    return found
