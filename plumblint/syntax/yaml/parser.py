"""Text to node trees, by libyaml's events.

The events come from PyYAML's binding of libyaml, or where that is missing from
its own parser, which gives the same marks twenty times slower.  PyYAML's
composers and constructors are not used: they recurse, expand aliases and crash
on deep nesting.  All here is iterative and within budgets.
"""

from __future__ import annotations

import re
from typing import Any

from plumblint.source import Fault
from plumblint.syntax.yaml.messages import explain, unreadable
from plumblint.syntax.yaml.nodes import Mapping, Node, Scalar, Sequence
from plumblint.syntax.yaml.scalars import block_end

_DEEPEST = 200
_MOST_NODES = 500_000
_MOST_EXPANDED = 2_000_000
_PROPERTIES = re.compile(
    r"(?:[ \t\r\n\x85\u2028\u2029]+(?:#[^\r\n\x85\u2028\u2029]*)?"
    r"|&[0-9A-Za-z_-]+|!<[^>\s]*>|![^\s,\[\]{}]*)*"
)
_CORE = "tag:yaml.org,2002:"


class LimitFault(Fault):
    """A file that is deeper or larger, or grows larger by its aliases, than is read."""

    __slots__ = ()


def parse(text: str) -> tuple[list[Node], list[Fault]]:
    """The root nodes of the documents of a text, and what could not be read.

    A document that cannot be read to its end is left out, as is what follows it.
    Aliases to nothing and to a node around themselves are faults, but read as
    empty scalars.  At most 200 levels, 500,000 nodes, and 2,000,000 when all
    aliases are counted as often as they are used.  Any text is taken; the time is
    linear in its length.
    """
    shift = len(text) - len(text.lstrip("\ufeff"))  # libyaml leaves a byte order mark uncounted
    builder = _Builder(text, shift)
    import yaml  # 20 ms, so only where there is YAML

    try:
        builder.read(_event_source(yaml, text[shift:]))
    except (yaml.YAMLError, UnicodeError) as error:
        if isinstance(error, UnicodeError) or not hasattr(error, "problem_mark"):
            builder.faults.append(unreadable(text, shift))
        else:
            builder.faults.append(explain(text, shift, error))
    except (RecursionError, ValueError, OverflowError, MemoryError) as error:
        builder.faults.append(Fault(0, 0, f"the YAML could not be read: {type(error).__name__}"))
    return builder.documents, builder.faults


def _event_source(yaml: Any, text: str) -> Any:
    return yaml.CSafeLoader(text) if yaml.__with_libyaml__ else yaml.SafeLoader(text)


class _Open:
    """A collection being read; `size` counts its nodes, aliases expanded."""

    __slots__ = ("key", "node", "size")

    def __init__(self, node: Mapping | Sequence) -> None:
        self.node = node
        self.key: Node | None = None
        self.size = 1


class _Builder:
    __slots__ = (
        "_anchors", "_count", "_last_end", "_root", "_shift", "_stack", "_text", "documents",
        "faults",
    )  # fmt: skip

    def __init__(self, text: str, shift: int) -> None:
        self.documents: list[Node] = []
        self.faults: list[Fault] = []
        self._text = text
        self._shift = shift
        self._stack: list[_Open] = []
        self._anchors: dict[str, tuple[Node, int] | None] = {}
        self._root: Node | None = None
        self._count = 0
        self._last_end = 0

    def read(self, loader: Any) -> None:
        """Take all events; YAML's errors come out as they are."""
        from yaml import events

        try:
            while True:
                event = loader.get_event()
                kind = type(event)
                if kind is events.ScalarEvent:
                    self._scalar(event)
                elif kind is events.MappingStartEvent or kind is events.SequenceStartEvent:
                    self._begin(event, kind is events.MappingStartEvent)
                    if self._too_much(event):
                        return
                elif kind is events.MappingEndEvent or kind is events.SequenceEndEvent:
                    self._end(event)
                elif kind is events.AliasEvent:
                    if not self._alias(event):
                        return
                elif kind is events.DocumentStartEvent:
                    self._anchors = {}
                    self._root = None
                elif kind is events.DocumentEndEvent:
                    if self._root is not None:
                        self.documents.append(self._root)
                elif event is None or kind is events.StreamEndEvent:
                    return
                if self._count > _MOST_NODES:
                    at = event.start_mark.index + self._shift
                    message = f"the file has more than {_MOST_NODES:,} nodes, so it is not read"
                    self.faults.append(LimitFault(at, at, message))
                    return
        finally:
            loader.dispose()

    def _scalar(self, event: Any) -> None:
        start = event.start_mark.index + self._shift
        end = event.end_mark.index + self._shift
        style = event.style or ""
        node = Scalar(self._text, event.value, style, start, end)
        if event.anchor is not None or event.tag is not None:
            self._properties(node, event, end)
        if style in {"|", ">"}:
            node.end = block_end(self._text, node.start, end, style, event.value)
        self._last_end = node.end
        self._place(node, 1, None)
        if node.anchor is not None:
            self._anchors[node.anchor] = (node, 1)

    def _properties(self, node: Node, event: Any, end: int) -> None:
        """Note anchor and tag, and let the node begin behind them."""
        node.anchor = event.anchor
        tag = event.tag
        node.tag = "!!" + tag[len(_CORE) :] if tag and tag.startswith(_CORE) else tag
        match = _PROPERTIES.match(self._text, node.start, end)
        node.start = min(match.end(), end) if match else node.start
        if node.start == end:  # an empty scalar: no blanks after its properties
            before = self._text[node.outer_start : end].rstrip(" \t\r\n\x85\u2028\u2029")
            node.start = node.end = node.outer_start + len(before)

    def _begin(self, event: Any, mapping: bool) -> None:
        start = event.start_mark.index + self._shift
        flow = bool(event.flow_style)
        node = Mapping(start, flow) if mapping else Sequence(start, flow)
        if event.anchor is not None or event.tag is not None:
            self._properties(node, event, len(self._text))
            if node.anchor is not None:
                self._anchors[node.anchor] = None
        self._stack.append(_Open(node))

    def _end(self, event: Any) -> None:
        frame = self._stack.pop()
        node = frame.node
        if node.flow and event.end_mark.index > event.start_mark.index:
            self._last_end = event.end_mark.index + self._shift
        node.end = max(self._last_end, node.start)
        if node.anchor is not None:
            self._anchors[node.anchor] = (node, frame.size)
        self._place(node, frame.size, None)

    def _alias(self, event: Any) -> bool:
        """Put the node in place that an alias names; False where the tree grows too large."""
        start = event.start_mark.index + self._shift
        self._last_end = end = event.end_mark.index + self._shift
        name = event.anchor
        known = self._anchors.get(name)
        if known is None:
            if name in self._anchors:
                message = f"`*{name}` stands inside the node it names, so that would never end"
            else:
                message = f"`*{name}` names an anchor that is not defined before it (`&{name}`)"
            self.faults.append(Fault(start, end, message))
            known = (Scalar(self._text, "", "", start, start), 1)
        if known[1] + (self._stack[-1].size if self._stack else 0) > _MOST_EXPANDED:
            message = f"with its aliases expanded the file has over {_MOST_EXPANDED:,} nodes"
            self.faults.append(LimitFault(start, end, message))
            return False
        self._place(known[0], known[1], (start, end))
        return True

    def _place(self, node: Node, size: int, alias: tuple[int, int] | None) -> None:
        """Hang a node where it belongs."""
        self._count += 1
        if not self._stack:
            self._root = node
            return
        frame = self._stack[-1]
        frame.size += size
        parent = frame.node
        if isinstance(parent, Sequence):
            if alias:
                parent.aliased = parent.aliased or {}
                parent.aliased[len(parent.items)] = alias
            parent.items.append(node)
        elif frame.key is None:
            frame.key = node
        else:
            if alias:
                parent.aliased = parent.aliased or {}
                parent.aliased[len(parent.pairs)] = alias
            parent.pairs.append((frame.key, node))
            frame.key = None

    def _too_much(self, event: Any) -> bool:
        if len(self._stack) <= _DEEPEST:
            return False
        at = event.start_mark.index + self._shift
        message = f"the file is nested deeper than {_DEEPEST} levels, so it is not read"
        self.faults.append(LimitFault(at, min(at + 1, len(self._text)), message))
        return True
