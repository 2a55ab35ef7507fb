"""JSON in a text (a heredoc, a file, a quoted string) → values with their places in the source."""

from __future__ import annotations

import re
from bisect import bisect_right

from plumblint.formats.terraform.value import Run, Value, text_value, unknown
from plumblint.source import Span
from plumblint.syntax.hcl.json_body import read_json
from plumblint.syntax.hcl.nodes import Expression, Literal, Object, Tuple

_HOLE = "\ue000"
_QUOTE = re.compile(r'\\.|"', re.DOTALL).finditer


def decode(value: Value | None) -> Value | None:
    """The structure that a value holds as JSON text, with what is known of it.

    The value itself where it is a structure already; None where it is no JSON.
    """
    if value is None or value.decoded is not None:
        return value.decoded if value else None
    if isinstance(value.data, (tuple, dict)):
        return value
    if not value.runs or all(run.text is None for run in value.runs):
        return None
    return _Decoder(value).result()


class _Decoder:
    """Reads the joined runs of a text, undecided ones standing as holes."""

    def __init__(self, value: Value) -> None:
        self.value = value
        self.runs: list[Run] = value.runs
        self.starts: list[int] = []
        texts: list[str] = []
        size = 0
        inside = False
        for run in self.runs:
            self.starts.append(size)
            if run.text is not None:
                text = run.text
                inside = _inside(text, inside)
            else:
                text = _HOLE if inside else f'"{_HOLE}"'
            texts.append(text)
            size += len(text)
        self.text = "".join(texts)

    def result(self) -> Value | None:
        node, _ = read_json(self.text)
        return self._value(node) if node is not None else None

    def _value(self, node: Expression) -> Value:
        if isinstance(node, Tuple):
            items = tuple(self._value(item) for item in node.items)
            return Value(items, self._span(node.start, node.end))
        if isinstance(node, Object):
            members = {item.name or "": self._value(item.value) for item in node.items}
            return Value(members, self._span(node.start, node.end))
        assert isinstance(node, Literal)
        if isinstance(node.value, str):
            return self._text(node, node.value)
        run = self.runs[self._index(node.start)]
        span = self._span(node.start, node.end)
        shown = self.text[node.start : node.end]
        return Value(node.value, span, shown, via=run.via, literal=run.literal)

    def _text(self, node: Literal, text: str) -> Value:
        start, end = node.start + 1, node.end - 1
        span = self._span(start, end) if start < end else self._span(node.start, node.end)
        if self.text[start:end] == text:
            return text_value(self._runs(start, end), span, text)
        if _HOLE in text:
            return unknown(text.replace(_HOLE, "…"), span)
        return text_value([Run(text, span)], span, text)

    def _runs(self, start: int, end: int) -> list[Run]:
        """The runs of a part of the text."""
        found: list[Run] = []
        index = self._index(start)
        while start < end:
            run, begin = self.runs[index], self.starts[index]
            stop = min(end, self.starts[index + 1] if index + 1 < len(self.starts) else end)
            if run.text is None:
                found.append(run)
            elif stop > start:
                span = run.span
                if run.literal:
                    first = span.start + start - begin
                    span = Span(span.path, first, first + stop - start)
                found.append(Run(self.text[start:stop], span, run.via, literal=run.literal))
            start = max(start, stop)
            index += 1
        return found

    def _index(self, offset: int) -> int:
        return max(bisect_right(self.starts, offset) - 1, 0)

    def _span(self, start: int, end: int) -> Span:
        """The source span of a part of the text, as exact as its runs are."""
        first, last = self._index(start), self._index(max(end - 1, start))
        one, other = self.runs[first], self.runs[last]
        begin, stop = one.span.start, other.span.end
        if one.literal:
            begin += start - self.starts[first]
        if other.literal:
            stop = other.span.start + end - self.starts[last]
        if one.span.path != other.span.path or stop < begin:
            return self.value.span
        return Span(one.span.path, begin, stop)


def _inside(text: str, inside: bool) -> bool:
    """Whether a JSON string is open behind `text`."""
    for match in _QUOTE(text):
        if match[0] == '"':
            inside = not inside
    return inside
