"""Configuration files as trees with places: YAML, and the table of a pyproject.toml."""

from __future__ import annotations

import re
from typing import Any

from plumblint.config.error import ConfigError
from plumblint.policy.document import Node, read_document
from plumblint.policy.error import PolicyError
from plumblint.source import Source

TABLE = "tool.plumblint"
"""The table of pyproject.toml."""

_CONTENT = re.compile(r"^[ \t]*(?!#|---[ \t]*$)[^\s#]", re.MULTILINE)
_TABLE = re.compile(
    r"^[ \t]*\[{1,2}[ \t]*tool[ \t]*\.[ \t]*[\"']?plumblint\b|^[ \t]*plumblint[ \t]*[.=]",
    re.MULTILINE,
)
_HEADER = re.compile(r"[ \t]*\[\[?[ \t]*(?P<name>[^\]\n]+?)[ \t]*\]\]?[ \t]*(?:#.*)?$")
_KEY = re.compile(
    r"""[ \t]*(?P<name>(?:"[^"\n]*"|'[^'\n]*'|[\w-]+)(?:[ \t]*\.[ \t]*[\w"'-]+)*)[ \t]*="""
)
_ITEM = re.compile(r"""(?P<quote>["'])(?P<text>(?:(?!(?P=quote))[^\\\n])*)(?P=quote)""")
_PART = re.compile(r""""([^"]*)"|'([^']*)'|([\w-]+)""")
_TOML_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)\Z")


def read_yaml(source: Source) -> Node:
    """The tree of a YAML file; one that holds nothing is an empty mapping.  Raises ConfigError."""
    if source.bad_bytes is None and not _CONTENT.search(source.text):
        return Node({}, 0, 0)
    try:
        return read_document(source, what="configuration")
    except PolicyError as error:
        raise ConfigError(error.faults) from None


def has_table(source: Source) -> bool:
    """Whether a pyproject.toml may hold a table of ours."""
    return _TABLE.search(source.text) is not None


def read_toml(source: Source) -> Node | None:
    """The tree of `[tool.plumblint]`, None where there is none.  Raises ConfigError.

    TOML's parser keeps no places: those of keys and texts are looked up in
    the text afterwards, line by line.
    """
    import tomllib

    try:
        whole = tomllib.loads(source.text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = _TOML_PLACE.search(str(error))
        line, column = (place[1] or "1", place[2] or "1") if place else ("1", "1")
        reason = _TOML_PLACE.sub("", str(error))
        raise ConfigError((f"{source.path}:{line}:{column}: this is no TOML: {reason}",)) from None
    tool = whole.get("tool")
    table = tool.get("plumblint") if isinstance(tool, dict) else None
    if table is None:
        return None
    return _Places(source).node(table, tuple(TABLE.split(".")))


class _Places:
    """Where keys and texts of a TOML file stand."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._keys: dict[tuple[str, ...], tuple[int, int]] = {}
        table: tuple[str, ...] = ()
        for number, start in enumerate(source.line_starts, 1):
            line = source.line(number)
            header = _HEADER.match(line)
            key = _KEY.match(line)
            if header:
                table = _parts(header["name"])
                self._note(table, start + header.start("name"), start + header.end("name"))
            elif key:
                path = (*table, *_parts(key["name"]))
                self._note(path, start + key.start("name"), start + key.end("name"))

    def _note(self, path: tuple[str, ...], start: int, end: int) -> None:
        for length in range(1, len(path) + 1):
            self._keys.setdefault(path[:length], (start, end))

    def node(self, data: Any, path: tuple[str, ...]) -> Node:
        """The tree of a value at a path of keys."""
        start, end = self._place(path)
        if isinstance(data, dict):
            made = Node({key: self.node(value, (*path, key)) for key, value in data.items()},
                        start, end)  # fmt: skip
            for key in data:
                made.keys[key] = Node(key, *self._place((*path, key)), plain=key)
            return made
        if isinstance(data, list):
            return Node(self._items(data, path), start, end)
        return Node(data, start, end, plain=str(data))

    def _place(self, path: tuple[str, ...]) -> tuple[int, int]:
        while path and path not in self._keys:
            path = path[:-1]
        return self._keys.get(path, (0, 0))

    def _items(self, data: list[Any], path: tuple[str, ...]) -> list[Node]:
        """The items of a list: texts are looked for behind the key, in order."""
        nodes = [self.node(item, path) for item in data]
        texts = (node for node in nodes if isinstance(node.value, str))
        wanted = next(texts, None)
        for found in _ITEM.finditer(self._source.text, self._place(path)[1]):
            if wanted is None:
                break
            if found["text"] == wanted.value:
                wanted.start, wanted.end = found.start("text"), found.end("text")
                wanted = next(texts, None)
        return nodes


def _parts(name: str) -> tuple[str, ...]:
    return tuple("".join(found) for found in _PART.findall(name))
