"""Ignore comments, our own and those of peers: what they name and which lines they speak for."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Literal

from plumblint.settle.blocks import blocks, hcl_blocks, indented_regions
from plumblint.source import Source

Reach = Literal["line-or-block", "line", "next-block", "enclosing", "stage", "file"]
"""Which lines a comment speaks for.

`line-or-block`: its own line, or alone on a line the construct below;
`line`: its own line only;  `next-block`: the construct below, braces included;
`enclosing`: what surrounds it;  `stage`: from the FROM below to the next one;
`file`: everything.
"""

_BUILD_CHECKS = (
    "CopyIgnoredFile", "DuplicateStageName", "FromPlatformFlagConstDisallowed",
    "InvalidBaseImagePlatform", "JSONArgsRecommended", "LegacyKeyValueFormat",
    "MaintainerDeprecated", "MultipleInstructionsDisallowed", "ReservedStageName",
    "SecretsUsedInArgOrEnv", "UndefinedArgInFrom", "UndefinedVar", "WorkdirRelativePath",
)  # fmt: skip
"""What `skip=all` names: BuildKit's checks that policies here answer for."""

_END = r"(?=[ \t](?://|#)[ \t]*(?:plumblint|hadolint|zizmor|checkov|bridgecrew|trivy|dclint)\b|$)"
_COMMENTS: tuple[tuple[str, Reach, re.Pattern[str]], ...] = (
    # docs/ignores.md
    (
        "plumblint",
        "line-or-block",
        re.compile(
            rf"(?P<mark>\#|//|/\*)[ \t]*plumblint:[ \t]*ignore\b(?!-file)"
            rf"(?:\[(?P<ids>[^\]\n]{{0,1000}})\])?(?P<reason>[^\n]*?){_END}",
            re.MULTILINE,
        ),
    ),
    (
        "plumblint",
        "file",
        re.compile(
            rf"(?P<mark>\#|//|/\*)[ \t]*plumblint:[ \t]*ignore-file\b"
            rf"(?:\[(?P<ids>[^\]\n]{{0,1000}})\])?(?P<reason>[^\n]*?){_END}",
            re.MULTILINE,
        ),
    ),
    # https://github.com/hadolint/hadolint#inline-ignores
    (
        "hadolint",
        "next-block",
        re.compile(r"(?P<mark>\#)[ \t]*hadolint[ \t]+ignore[ \t]*=[ \t]*(?P<ids>[\w, \t]+)"),
    ),
    (
        "hadolint",
        "file",
        re.compile(
            r"(?P<mark>\#)[ \t]*hadolint[ \t]+global[ \t]+ignore[ \t]*=[ \t]*(?P<ids>[\w, \t]+)"
        ),
    ),
    (
        "hadolint",
        "stage",
        re.compile(
            r"(?P<mark>\#)[ \t]*hadolint[ \t]+stage[ \t]+ignore[ \t]*=[ \t]*(?P<ids>[\w, \t]+)"
        ),
    ),
    # https://docs.docker.com/reference/dockerfile/#check
    (
        "buildkit",
        "next-block",
        re.compile(r"(?P<mark>\#)[ \t]*check[ \t]*=[ \t]*(?:error=\w+;)?skip=(?P<ids>[\w,]+)"),
    ),
    # https://docs.zizmor.sh/usage/#with-comments
    (
        "zizmor",
        "line",
        re.compile(
            rf"(?P<mark>\#)[ \t]*zizmor:[ \t]*ignore\[(?P<ids>[\w, \t-]+)\]"
            rf"(?P<reason>[^\n]*?){_END}",
            re.MULTILINE,
        ),
    ),
    # https://www.checkov.io/2.Basics/Suppressing%20and%20Skipping%20Policies.html
    (
        "checkov",
        "enclosing",
        re.compile(
            rf"(?P<mark>\#|//)[ \t]*(?:checkov|bridgecrew):skip=(?P<ids>\w+)"
            rf"(?::(?P<reason>[^\n]*?))?{_END}",
            re.MULTILINE,
        ),
    ),
    # https://trivy.dev/docs/latest/scanner/misconfiguration/#skipping-resources-by-inline-comments
    (
        "trivy",
        "next-block",
        re.compile(
            r"(?P<mark>\#|//)[ \t]*trivy:ignore:(?P<ids>[\w-]+)"
            r"(?:\[exp:(?P<until>[^\]\n]{0,40})\])?"
        ),
    ),
    # https://github.com/terraform-linters/tflint/blob/master/docs/user-guide/annotations.md
    (
        "tflint",
        "line-or-block",
        re.compile(r"(?P<mark>\#|//|/\*)[ \t]*tflint-ignore:[ \t]*(?P<ids>[\w, \t]+)"),
    ),
    # https://github.com/zavoloklom/docker-compose-linter: only comments with ids
    (
        "dclint",
        "line",
        re.compile(r"(?P<mark>\#)[ \t]*dclint[ \t]+disable-line[ \t]+(?P<ids>[\w, \t-]+)"),
    ),
    (
        "dclint",
        "file",
        re.compile(r"(?P<mark>\#)[ \t]*dclint[ \t]+disable[ \t]+(?P<ids>[\w, \t-]+)"),
    ),
    (
        "tflint",
        "file",
        re.compile(r"(?P<mark>\#|//|/\*)[ \t]*tflint-ignore-file:[ \t]*(?P<ids>[\w, \t]+)"),
    ),
)
"""Tool, reach and pattern of each kind of comment, with where it is documented."""

_HEAD = re.compile(r"(?:[ \t]*#[^\n]*\n?)*")
_FROM = re.compile(r"^[ \t]*FROM\b", re.MULTILINE | re.IGNORECASE)
_NOT_BLANK = re.compile(r"[^ \t\r]")
_UNTIL = re.compile(r"[ \t]*until=(?P<day>\S*)")
_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\Z")

MOST_IGNORES = 10_000
"""Ignore comments honoured in one file."""


class Ignore:
    """An ignore comment; lines are 1-based."""

    __slots__ = (
        "end", "first_line", "ids", "last_line", "line", "reason", "start", "tool", "trailing",
        "until",
    )  # fmt: skip

    def __init__(self, tool: str, ids: tuple[str, ...], start: int, end: int, line: int) -> None:
        self.tool = tool
        """`plumblint`, `hadolint`, `buildkit`, `zizmor`, `checkov`, `trivy`, `tflint`,
        `dclint`."""
        self.ids = ids
        """What it names, as written; empty if it names nothing, and so ignores nothing."""
        self.start = start
        self.end = end
        self.line = line
        """Where it stands."""
        self.first_line = line
        self.last_line = line
        """The lines it speaks for."""
        self.trailing = False
        """Whether it stands behind something: then it holds for a place that touches its line."""
        self.reason: str | None = None
        self.until: str | None = None
        """The last day it holds, as written."""

    def expired(self, today: str) -> bool:
        """Whether it holds no more on the UTC day `today` (YYYY-MM-DD); a malformed day is over."""
        return self.until is not None and (not _DAY.match(self.until) or self.until < today)


def ignores(source: Source, kind: str) -> list[Ignore]:
    """The ignore comments of a file, in order.

    `kind` is one of `dockerfile`, `hcl`, `yaml`, or anything else for plain
    lines.  In a shell script inside of YAML its comments count too.
    """
    text = source.text
    reading = _Reading(source, kind)
    found = []
    for tool, reach, pattern in _COMMENTS:
        for match in pattern.finditer(text):
            if _is_comment(text, match.start(), match["mark"], kind):
                found.append(reading.ignore(tool, reach, match))
            if len(found) >= MOST_IGNORES:
                break
    found.sort(key=lambda ignore: ignore.start)
    return found


def _is_comment(text: str, start: int, mark: str, kind: str) -> bool:
    """Whether a comment may begin at `start`: at the line's start or behind a blank."""
    return (mark == "#" or kind == "hcl") and (start == 0 or text[start - 1] in " \t\n\r")


def _marks(kind: str) -> tuple[str, ...]:
    """What begins a comment."""
    return ("#", "//", "/*") if kind == "hcl" else ("#",)


class _Reading:
    """What is known of a file while its comments are read."""

    def __init__(self, source: Source, kind: str) -> None:
        self._source = source
        self._kind = kind
        self._blocks = blocks(source, kind)
        self._braces = hcl_blocks(source) if kind == "hcl" else {}
        self._outer: dict[int, tuple[int, int]] | None = None
        self._regions: tuple[list[int], list[int]] | None = None
        self._below: dict[int, int] = {}
        self._head: int | None = None
        self._stages: list[int] | None = None

    def ignore(self, tool: str, reach: Reach, match: re.Match[str]) -> Ignore:
        """The ignore comment of a match."""
        start = match.start()
        line = self._source.position(start)[0]
        ids = tuple(part for part in re.split(r"[,\s]+", match["ids"] or "") if part)
        if tool == "buildkit":
            ids = _BUILD_CHECKS if ids == ("all",) else ids
            reach = "file" if self._is_directive(start) else reach
        made = Ignore(tool, ids, start, match.start() + len(match[0].rstrip()), line)
        groups = match.groupdict()
        made.until = groups.get("until")
        reason = (groups.get("reason") or "").removesuffix("*/")
        day = _UNTIL.match(reason)
        if tool == "plumblint" and day:
            made.until = day["day"]
            reason = reason[day.end() :]
        made.reason = reason.strip().lstrip("-–—:").strip() or None
        self._set_lines(made, reach, self._is_comment_line(line))
        return made

    def _set_lines(self, made: Ignore, reach: Reach, alone: bool) -> None:
        line = made.line
        if reach == "file" or (reach == "enclosing" and self._kind == "dockerfile"):
            made.first_line, made.last_line = 1, len(self._source.line_starts)
        elif reach == "enclosing":
            made.first_line, made.last_line = self._enclosing(line)
        elif reach == "stage":
            made.first_line, made.last_line = self._stage(line)
        elif reach == "line" or not alone:
            made.trailing = True
            made.last_line = max(line, self._end_of(line, reach))
        else:
            made.first_line = self._next_code(line)
            made.last_line = self._end_of(made.first_line, reach)

    def _is_directive(self, start: int) -> bool:
        """Whether only comments stand before a place: a directive speaks for the whole file."""
        if self._head is None:
            match = _HEAD.match(self._source.text)
            self._head = match.end() if match else 0
        return start < self._head

    def _stage(self, line: int) -> tuple[int, int]:
        """The lines of the stage whose FROM is the first below a line."""
        if self._stages is None:
            found = _FROM.finditer(self._source.text)
            self._stages = [self._source.position(match.start())[0] for match in found]
        at = bisect_right(self._stages, line)
        if at == len(self._stages):
            return line, line
        last = self._stages[at + 1] - 1 if at + 1 < len(self._stages) else None
        return self._stages[at], last or len(self._source.line_starts)

    def _end_of(self, line: int, reach: Reach) -> int:
        """The last line of the construct that begins at `line`."""
        if reach == "line":
            return line
        end = self._blocks.get(line, line)
        return max(end, self._braces.get(line, line)) if reach == "next-block" else end

    def _next_code(self, line: int) -> int:
        """The line that a comment line speaks for: the first below that is no comment."""
        passed = []
        last = len(self._source.line_starts)
        while line < last and line not in self._below:
            passed.append(line)
            line += 1
            if not self._is_comment_line(line):
                break
        target = self._below.get(line, line)
        self._below.update(dict.fromkeys(passed, target))
        return target

    def _is_comment_line(self, line: int) -> bool:
        """Whether a line holds nothing but a comment."""
        first = _NOT_BLANK.search(self._source.text, self._source.line_starts[line - 1])
        return first is not None and self._source.text.startswith(_marks(self._kind), first.start())

    def _enclosing(self, line: int) -> tuple[int, int]:
        """The outermost braces around a line of HCL; elsewhere what is indented as deep."""
        if self._kind == "hcl":
            if self._outer is None:
                self._outer = _outermost(self._braces)
            return self._outer.get(line, (line, line))
        if self._regions is None:
            self._regions = indented_regions(self._source)
        first, last = self._regions
        return first[line], last[line]


def _outermost(braces: dict[int, int]) -> dict[int, tuple[int, int]]:
    """The first and last line of the outermost braces around each line."""
    found: dict[int, tuple[int, int]] = {}
    reached = 0
    for first, last in sorted(braces.items()):
        if first > reached:
            found.update(dict.fromkeys(range(first, last + 1), (first, last)))
            reached = last
    return found
