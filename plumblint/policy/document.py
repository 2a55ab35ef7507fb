"""Policy files as YAML trees with places.

The tree is built from libyaml's events; nothing is constructed.  A policy
file is plain YAML 1.2 data: no anchors, no aliases, no tags but `!!binary`
and `!!str`, no duplicate keys, one document.
"""

from __future__ import annotations

import binascii
import re
from typing import Any

from plumblint.policy.error import PolicyError
from plumblint.source import Source

DEEPEST = 20
"""Levels of nesting."""
_BINARY = "tag:yaml.org,2002:binary"
_STRING = "tag:yaml.org,2002:str"
_WORDS = {"null": None, "~": None, "": None, "true": True, "false": False}
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}\Z")
_FLOAT = re.compile(r"[-+]?(?:[0-9]{1,300}\.[0-9]{0,40}|\.[0-9]{1,40})(?:[eE][-+]?[0-9]{1,3})?\Z")


class Node:
    """A value with its place: `value` is a scalar, a list of nodes or a dict of nodes."""

    __slots__ = ("end", "keys", "plain", "start", "value")

    def __init__(self, value: Any, start: int, end: int, *, plain: str = "") -> None:
        self.value = value
        self.start = start
        self.end = end
        self.plain = plain
        """Of a scalar its text, before it was read as a number or a word."""
        self.keys: dict[str, Node] = {}
        """Of a mapping the nodes of its keys."""

    def data(self) -> Any:
        """The plain value of the whole tree; bytes stay bytes."""
        if isinstance(self.value, dict):
            return {key: node.data() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.data() for node in self.value]
        return self.value


def fault(source: Source, offset: int, message: str) -> PolicyError:
    """The error for what is wrong at an offset."""
    line, column = source.position(offset)
    return PolicyError((f"{source.path}:{line}:{column}: {message}",))


def read_document(source: Source, what: str = "policy") -> Node:
    """The tree of a file that holds one `what`.  Raises PolicyError."""
    import yaml

    if source.bad_bytes is not None:
        raise fault(source, source.bad_bytes, "the file is not UTF-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        events = list(yaml.parse(source.text, Loader=loader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        offset = min(mark.index, len(source.text)) if mark else 0
        raise fault(source, offset, f"this is no YAML: {error.problem}") from None
    except yaml.YAMLError as error:
        position = getattr(error, "position", 0)
        raise fault(
            source, position, "a character here is not allowed in YAML; write it as an escape"
        ) from None
    return _Builder(source, what).build(events)


class _Builder:
    """Builds the tree with a stack, not by recursion."""

    def __init__(self, source: Source, what: str) -> None:
        self._source = source
        self._what = what
        self._root: Node | None = None
        self._open: list[Node] = []
        self._keys: list[Node | None] = []

    def build(self, events: list[Any]) -> Node:
        documents = 0
        for event in events:
            name = type(event).__name__
            start, end = event.start_mark.index, event.end_mark.index
            if name == "DocumentStartEvent":
                documents += 1
                if documents > 1:
                    raise fault(self._source, start, f"a {self._what} file holds one {self._what}")
            elif name in ("MappingStartEvent", "SequenceStartEvent"):
                self._check(event, start)
                node = Node({} if name[0] == "M" else [], start, end)
                self._add(node)
                self._open.append(node)
                self._keys.append(None)
                if len(self._open) > DEEPEST:
                    raise fault(self._source, start, "this is nested too deeply")
            elif name in ("MappingEndEvent", "SequenceEndEvent"):
                self._open.pop().end = end
                self._keys.pop()
            elif name in ("ScalarEvent", "AliasEvent"):
                self._check(event, start)
                self._add(self._scalar(event, start, end))
        if self._root is None:
            raise fault(self._source, 0, "the file is empty")
        return self._root

    def _check(self, event: Any, start: int) -> None:
        if event.anchor:
            told = f"anchors and aliases are not read in {self._what} files"
            raise fault(self._source, start, told)
        if event.tag not in (None, "!", _STRING, _BINARY):
            told = f"the tag {event.tag} is not read in {self._what} files"
            raise fault(self._source, start, told)

    def _scalar(self, event: Any, start: int, end: int) -> Node:
        text = event.value
        value = text
        if event.tag == _BINARY:
            try:
                value = binascii.a2b_base64(text)
            except binascii.Error as error:
                raise fault(self._source, start, f"this is no base64: {error}") from None
        elif event.implicit[0] and event.tag is None:
            value = resolve(text)
        return Node(value, start, end, plain=text)

    def _add(self, node: Node) -> None:
        if not self._open:
            self._root = node
            return
        holder = self._open[-1]
        if isinstance(holder.value, list):
            holder.value.append(node)
            return
        key = self._keys[-1]
        if key is None:
            if not node.plain and not isinstance(node.value, str):
                raise fault(self._source, node.start, "a key is a plain text")
            if node.plain in holder.value:
                raise fault(self._source, node.start, f"the key `{node.plain}` is there twice")
            self._keys[-1] = node
        else:
            holder.value[key.plain] = node
            holder.keys[key.plain] = key
            self._keys[-1] = None


def resolve(text: str) -> Any:
    """The value of a plain scalar by YAML 1.2's core rules."""
    word = text.lower()
    if word in _WORDS and text in (word, word.upper(), word.title()):
        return _WORDS[word]
    if _INTEGER.match(text):
        return int(text)
    return float(text) if _FLOAT.match(text) else text


def offset_in(source: Source, node: Node, offset: int) -> int:
    """The place in the file of a code point of a scalar's text.

    Folding and indentation only move blanks, so the characters that are none
    are counted; of a text with escapes the start is all that is known.
    """
    text = node.plain
    start = node.start
    raw = source.text[start : node.end]
    if raw[:1] in "|>":
        header = raw.find("\n")
        start, raw = start + header, raw[header:]
    elif raw[:1] in "\"'":
        if "\\" in raw or "''" in raw[1:-1]:
            return node.start
        start, raw = start + 1, raw[1:]
    wanted = sum(not char.isspace() for char in text[:offset])
    for at, char in enumerate(raw):
        if not char.isspace():
            if wanted == 0:
                return start + at
            wanted -= 1
    return node.start
