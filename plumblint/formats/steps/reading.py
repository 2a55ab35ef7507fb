"""What a workflow or action is read with: values with their places, and the facts so far."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, TypeVar

from plumblint.facts import Fact, Problem, Sure, Unknown
from plumblint.source import Fault, Source, Span
from plumblint.syntax.expressions import Node, Undecided, evaluate, find, parse, to_text
from plumblint.syntax.segments import Segments

ProblemKind = Literal["syntax", "unreadable", "too-large", "encoding", "limit"]
_Fact = TypeVar("_Fact", bound=Fact)
_BUDGET = 2_000_000
_BUDGET_PER_CHARACTER = 50
_FACT_COST = 50
_BLANKS = re.compile(r"\s+")


class Text:
    """A scalar: its value, and where each character of it stands."""

    __slots__ = ("segments", "source", "value")

    def __init__(self, source: Source, value: str, segments: Segments) -> None:
        self.source = source
        self.value = value
        self.segments = segments

    def place(self, start: int, end: int) -> Span:
        """The span in the file of a stretch of the value."""
        return self.source.span(*self.segments.span(start, end))

    @property
    def span(self) -> Span:
        """The span of the whole value, quotes and trailing line ends left out."""
        return self.place(0, len(self.value.rstrip("\r\n")) or len(self.value))

    def verbatim(self, start: int, end: int) -> bool:
        """Whether the file's text at a stretch is the value, so that a fix may replace it."""
        return self.segments.contiguous(start, end) and "${{" not in self.value[start:end]


@lru_cache(maxsize=512)
def parse_inner(inner: str) -> tuple[Node | None, list[Fault]]:
    """The tree of a fence's inside with places from its start; neither may be changed."""
    return parse(inner)


def as_text(text: Text) -> Sure[str]:
    """The text after GitHub has replaced its `${{ … }}`; Unknown where one is undecided."""
    value = text.value
    if "${{" not in value:
        return value
    pieces: list[str | None] = []
    at = 0
    for fence in find(value):
        if fence.start > at:
            pieces.append(value[at : fence.start])
        pieces.append(_fence_text(value[fence.inner_start : fence.inner_end]))
        at = fence.end
    if at < len(value):
        pieces.append(value[at:])
    known = [piece for piece in pieces if piece is not None]
    if len(known) == len(pieces):
        return "".join(known)
    return Unknown(value, tuple(pieces))


def _fence_text(inner: str) -> str | None:
    node, _ = parse_inner(inner)
    value = evaluate(node, {}) if node else Undecided()
    return to_text(value) if value is None or isinstance(value, str | float | bool) else None


def single_expression(text: Text) -> str | None:
    """The inside of the one `${{ … }}` that is the whole value, else None."""
    value = text.value.strip()
    if not value.startswith("${{"):
        return None
    fences = find(value)
    if len(fences) == 1 and fences[0].closed and fences[0].end == len(value):
        return value[fences[0].inner_start : fences[0].inner_end]
    return None


class TooMuch(Exception):  # noqa: N818 -- it ends a reading, it is not an error of the program
    """Aliases let the file grow beyond the budget."""


class Reading:
    """One file being read; collects its facts.

    Aliases can make a small file mean a huge one, so all that is looked at is
    paid for from a budget that grows with the file: the time stays linear.
    """

    __slots__ = (
        "_budget",
        "_counts",
        "_faults",
        "events",
        "facts",
        "from_outside",
        "input_types",
        "root",
        "source",
    )

    def __init__(self, source: Source, root: str = "") -> None:
        self.source = source
        self.root = root
        """The folder that `./` in a `uses` means, empty for the repo's root."""
        self.facts: list[Fact] = []
        self.events: tuple[str, ...] = ()
        self.from_outside = True
        """Whether an event may bring a payload that anybody can write."""
        self.input_types: dict[str, str] = {}
        """Types of the declared inputs by lower-case name."""
        self._counts: dict[str, int] = {}
        self._faults: set[tuple[int, int]] = set()
        self._budget = _BUDGET + _BUDGET_PER_CHARACTER * len(source.text)

    def add(self, fact: _Fact) -> _Fact:
        """Put a fact on the list and give it back."""
        self.spend(_FACT_COST)
        self.facts.append(fact)
        return fact

    def spend(self, characters: int) -> None:
        """Pay for looking at so many characters; raises TooMuch."""
        self._budget -= characters
        if self._budget < 0:
            raise TooMuch

    def problem(self, kind: ProblemKind, start: int, end: int, message: str, read_as: str) -> None:
        """A Problem at a place of the file, once for each place."""
        if (start, end) in self._faults:
            return
        self._faults.add((start, end))
        self.facts.append(
            Problem(
                span=self.source.span(start, end),
                path=read_as,
                key=f"{kind}:{message}",
                kind=kind,
                message=message,
                read_as=read_as,
            )
        )

    def judge_expressions(self, text: Text) -> None:
        """A Problem for each `${{ … }}` that GitHub would refuse."""
        self.spend(len(text.value))
        if "${{" not in text.value:
            return
        for fence in find(text.value):
            if not fence.closed:
                message = "the `${{` is not closed: `}}` is missing"
                span = text.place(fence.start, fence.inner_start)
                self.problem("syntax", span.start, span.end, message, "expression")
                continue
            at = fence.inner_start
            for fault in parse_inner(text.value[at : fence.inner_end])[1]:
                span = text.place(at + fault.start, at + fault.end)
                message = f"GitHub cannot read the expression: {fault.message}"
                self.problem("syntax", span.start, span.end, message, "expression")

    def unique(self, key: str) -> str:
        """The key, with `#n` from its second use on."""
        key = _BLANKS.sub(" ", key.strip())[:120]
        count = self._counts[key] = self._counts.get(key, 0) + 1
        return key if count == 1 else f"{key}#{count}"
