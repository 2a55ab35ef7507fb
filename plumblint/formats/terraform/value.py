"""Values with their places: what an expression of a module comes to.

A value is known, Unknown, or a list or map whose items are values themselves,
so that what is known in a partly known structure stays known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from plumblint.facts import Origin, Related, Unknown
from plumblint.source import Span

Data: TypeAlias = "str | int | float | bool | Unknown | tuple[Value, ...] | dict[str, Value] | None"

TEXT_LIMIT = 100_000
"""Characters; a longer text made of others is Unknown (doubling would grow without end)."""

RUN_LIMIT = 1000
"""Runs of one text; one of more is Unknown as a whole."""

SHOWN = 120
"""Characters of an undecided expression that are kept to show it."""


class Run:
    """A stretch of a text that comes from one place; `text` is None where undecided."""

    __slots__ = ("literal", "span", "text", "via")

    def __init__(
        self, text: str | None, span: Span, via: tuple[Related, ...] = (), *, literal: bool = False
    ) -> None:
        self.text = text
        self.span = span
        self.via = via
        self.literal = literal

    def used(self, use: Related) -> Run:
        """The same, come by one more place."""
        return Run(self.text, self.span, (*self.via, use), literal=self.literal)


class Value:
    """What an expression comes to.

    `source` is the expression as written; `runs` tell where the characters of
    a text come from; `decoded` is the structure that a text encodes
    (`jsonencode`); `partial` says of a map or list that it may have more
    items; `default` that the value is only a variable's default.
    """

    __slots__ = (
        "data",
        "decoded",
        "default",
        "literal",
        "partial",
        "runs",
        "source",
        "span",
        "via",
    )

    def __init__(
        self,
        data: Data,
        span: Span,
        source: str = "",
        *,
        via: tuple[Related, ...] = (),
        literal: bool = False,
    ) -> None:
        self.data = data
        self.span = span
        self.source = source
        self.via = via
        self.literal = literal
        self.runs: list[Run] = []
        self.decoded: Value | None = None
        self.partial = False
        self.default = False

    def __repr__(self) -> str:
        return f"Value({self.data!r})"

    @property
    def known(self) -> bool:
        """Whether the value itself (not all of its items) is decided."""
        return not isinstance(self.data, Unknown)

    def origin(self, start: int = 0, end: int = -1) -> Origin:
        """Where the value, or the characters of its text from `start` to `end`, come from."""
        if not self.runs:
            return Origin(self.span, self.via, literal=self.literal)
        if end < 0:
            end = sum(len(run.text or "") for run in self.runs)
        offset = 0
        for run in self.runs:
            length = len(run.text or "")
            if offset <= start and end <= offset + length and run.text is not None:
                if not run.literal:
                    return Origin(run.span, run.via)
                begin = run.span.start + start - offset
                span = Span(run.span.path, begin, begin + end - start)
                return Origin(span, run.via, literal=True)
            offset += length
        via = {related.span: related for run in self.runs for related in run.via}
        return Origin(self.span, (*self.via, *via.values()))

    def used(self, span: Span, *, default: bool = False) -> Value:
        """The value as it arrives at a place that names it."""
        use = Related(span, "used here")
        result = Value(self.data, self.span, self.source, literal=self.literal)
        result.via = (*self.via, use)
        result.runs = [run.used(use) for run in self.runs]
        result.decoded = self.decoded
        result.partial = self.partial
        result.default = self.default or default
        return result


def unknown(source: str, span: Span) -> Value:
    """A value that the files do not decide."""
    shown = source if len(source) <= SHOWN else source[:SHOWN] + "…"
    result = Value(Unknown(shown), span, shown)
    result.runs = [Run(None, span)]
    result.partial = True
    return result


def text_value(runs: list[Run], span: Span, source: str) -> Value:
    """The text that runs make up."""
    if len(runs) > RUN_LIMIT or (
        len(runs) > 1 and sum(len(run.text or "") for run in runs) > TEXT_LIMIT
    ):
        return unknown(source, span)
    if any(run.text is None for run in runs):
        shown = source if len(source) <= SHOWN else source[:SHOWN] + "…"
        result = Value(Unknown(shown, _pieces(runs)), span, shown)
        result.runs = runs
        return result
    result = Value("".join(run.text or "" for run in runs), span, source)
    result.runs = runs or [Run("", span, literal=True)]
    result.literal = len(runs) <= 1 and all(run.literal for run in runs)
    result.via = runs[0].via if len(runs) == 1 else ()
    return result


def _pieces(runs: Sequence[Run]) -> tuple[str | None, ...]:
    pieces: list[str | None] = []
    known: list[str] = []
    for run in runs:
        if run.text is not None:
            known.append(run.text)
            continue
        if text := "".join(known):
            pieces.append(text)
        known = []
        pieces.append(None)
    if text := "".join(known):
        pieces.append(text)
    return tuple(pieces)


def as_runs(value: Value) -> list[Run]:
    """The runs of a value that is pasted into a text."""
    if value.runs:
        return value.runs
    text = scalar(value)
    if not isinstance(text, str):
        return [Run(None, value.span, value.via)]
    return [Run(text, value.span, value.via, literal=value.literal)]


def scalar(value: Value | None) -> str | Unknown | None:
    """A value as text: None for null, absent and structures."""
    if value is None:
        return None
    data = value.data
    if isinstance(data, bool):
        return "true" if data else "false"
    if isinstance(data, (int, float)):
        return str(int(data)) if isinstance(data, int) or data.is_integer() else repr(data)
    return data if isinstance(data, (str, Unknown)) else None


def scalar_or(value: Value | None, default: str) -> str | Unknown:
    """A value as text, or what holds where it is absent."""
    text = scalar(value)
    return default if text is None else text


def shown(text: str | int | Unknown | None) -> str:
    """A text for paths and keys: an undecided one as its source puts it."""
    return text.text if isinstance(text, Unknown) else str(text)


def flag(value: Value | None) -> bool | Unknown | None:
    """A value as a bool; Terraform takes the words `true` and `false` too."""
    if value is None:
        return None
    data = value.data
    if isinstance(data, Unknown):
        return Unknown(data.text)  # its known pieces, which are text, say nothing here
    if isinstance(data, bool):
        return data
    return {"true": True, "false": False}.get(data) if isinstance(data, str) else None


def number(value: Value | None) -> int | Unknown | None:
    """A value as a whole number."""
    text = scalar(value)
    if isinstance(text, Unknown):
        return Unknown(text.text)
    if text is None:
        return None
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 20 else None


def member(value: Value | None, name: str) -> Value | None:
    """An item of a map by name: None where it is absent or null."""
    if value is None:
        return None
    data = value.data
    if isinstance(data, dict):
        found = data.get(name)
        if found is not None:
            return None if found.data is None else found
        return unknown(value.source, value.span) if value.partial else None
    return unknown(value.source, value.span) if isinstance(data, Unknown) else None


def items(value: Value | None) -> tuple[Value, ...]:
    """The items of a list; a map or an undecided value counts as a list of itself."""
    if value is None or value.data is None:
        return ()
    return value.data if isinstance(value.data, tuple) else (value,)


def select(value: Value | None, path: str) -> list[Value]:
    """Every value at a dotted path; blocks and lists on the way are entered."""
    found = list(items(value))
    for name in path.split(".") if path else ():
        step: list[Value] = []
        for parent in found:
            if isinstance(parent.data, dict):
                step.extend(items(member(parent, name)))
        found = step[:1000]
    return found


def first(value: Value | None, path: str) -> Value | None:
    """The first value at a dotted path, else None; Unknown where the way to it is."""
    for name in path.split("."):
        entries = items(value)
        if not entries:
            return None
        value = member(entries[0], name)
    return value


def texts(values: Iterable[Value]) -> tuple[Any, ...]:
    """The texts of values, each a str or Unknown; structures are left out."""
    found = (scalar(value) for value in values)
    return tuple(text for text in found if text is not None)
