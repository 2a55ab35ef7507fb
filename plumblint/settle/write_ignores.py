"""Ignore comments for findings: where a comment has to stand, and the text with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from plumblint.settle.blocks import blocks
from plumblint.source import Source

COMMENT_KINDS = {
    "dockerfile": "dockerfile",
    "compose": "yaml",
    "workflow": "yaml",
    "action": "yaml",
    "terraform": "hcl",
    "tfvars": "hcl",
}
"""The comment syntax by the kind that `discover` gives a file."""

_NO_COMMENTS = (".json",)
"""Ends of names of files that cannot hold a comment."""


def takes_comments(path: str, kind: str) -> bool:
    """Whether a file of a kind can hold an ignore comment."""
    return kind in COMMENT_KINDS and not path.endswith(_NO_COMMENTS)


def line_for(source: Source, kind: str, line: int) -> int:
    """The line above which a comment for `line` has to stand.

    That is the first line of what it is in: an instruction of a Dockerfile, a
    script in YAML, a heredoc of HCL.
    """
    within = blocks(source, COMMENT_KINDS.get(kind, kind))
    holders = [first for first, last in within.items() if first <= line <= last]
    return min(holders, default=line)


def with_ignores(
    source: Source, kind: str, wanted: Mapping[int, Collection[str]], reason: str, until: str = ""
) -> str:
    """The text with a comment for each line in `wanted`, which gives the ids by line."""
    above: dict[int, set[str]] = {}
    for line, ids in wanted.items():
        above.setdefault(line_for(source, kind, line), set()).update(ids)
    pieces = []
    done = 0
    for line in sorted(above):
        start = source.line_starts[line - 1]
        pieces.append(source.text[done:start])
        pieces.append(_comment(source, line, above[line], reason, until))
        done = start
    return "".join((*pieces, source.text[done:]))


def _comment(source: Source, line: int, ids: Iterable[str], reason: str, until: str) -> str:
    """The comment's line, indented and ended as the one below it."""
    text = source.line(line)
    indent = text[: len(text) - len(text.lstrip(" \t"))]
    start = source.line_starts[line - 1]
    ending = "\r\n" if source.text.startswith("\r\n", start + len(text)) else "\n"
    parts = [f"# plumblint: ignore[{', '.join(sorted(ids))}]"]
    parts += [f"until={until}"] if until else []
    parts += [reason] if reason else []
    return f"{indent}{' '.join(parts)}{ending}"
