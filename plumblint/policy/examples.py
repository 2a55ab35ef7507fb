"""The examples of a policy file: small trees of files, and what must be found in them."""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Callable
from typing import Any

from plumblint.policy.document import Node
from plumblint.policy.error import did_you_mean
from plumblint.repo import normal
from plumblint.source import Source

KEYS = ("name", "bad", "good", "hits", "untracked", "fixed")
FILE_KEYS = ("base64", "link", "mode", "text")

Add = Callable[[Node, str], None]
"""Notes what is wrong at a node."""


def read_examples(
    node: Node | None, source: Source, add: Add, *, needed: bool
) -> list[dict[str, Any]]:
    """The examples as JSON data: a file is a text, or a dict with some of `FILE_KEYS`."""
    if node is None:
        return []
    if not isinstance(node.value, list):
        add(node, "`examples` wants a list of `bad: {path: text}` and `good: {path: text}`")
        return []
    examples = [read_example(item, source, add) for item in node.value]
    if needed:
        for kind in ("bad", "good"):
            if not any(kind in example for example in examples):
                add(node, f"there is no {kind} example: a policy is proved by both")
    return examples


def read_example(node: Node, source: Source, add: Add) -> dict[str, Any]:
    """One example."""
    if not isinstance(node.value, dict):
        add(node, "an example is a mapping with `bad` or `good`")
        return {}
    parts: dict[str, Node] = node.value
    _check_keys(node, parts, add)
    example: dict[str, Any] = {"line": source.position(node.start)[0]}
    for key in ("bad", "good", "fixed"):
        if key in parts:
            example[key] = _files(parts[key], add)
    for key in ("hits", "untracked"):
        if key in parts:
            example[key] = _texts(parts[key], key, add)
    tree = example.get("bad") or example.get("good") or {}
    for path in example.get("untracked", ()):
        if path not in tree:
            add(parts["untracked"], f"the example has no file `{path}`")
    if "name" in parts:
        example["name"] = parts["name"].plain
    return example


def _check_keys(node: Node, parts: dict[str, Node], add: Add) -> None:
    for key, place in node.keys.items():
        if key not in KEYS:
            add(place, f"there is no key `{key}` of an example.{did_you_mean(key, KEYS)}")
    if ("bad" in parts) == ("good" in parts):
        add(node, "an example is either `bad` or `good`")
    elif "good" in parts:
        for key in ("hits", "fixed"):
            if key in parts:
                add(node.keys[key], f"a good example has no `{key}`")
    elif "hits" not in parts:
        add(node, "a bad example wants `hits`: the exact text under each finding")


def _texts(node: Node, key: str, add: Add) -> list[str]:
    if not isinstance(node.value, list) or not node.value:
        add(node, f"`{key}` wants a list of texts")
        return []
    for item in node.value:
        if not isinstance(item.value, str):
            add(item, f'`{key}` wants texts: write "{item.plain}"')
    return [item.plain for item in node.value]


def _files(node: Node, add: Add) -> dict[str, Any]:
    if not isinstance(node.value, dict) or not node.value:
        add(node, "the files of an example are a mapping: `path: text`")
        return {}
    files: dict[str, Any] = {}
    for path, content in node.value.items():
        if path.startswith("/") or normal(path) != path:
            add(node.keys[path], f"`{path}` is no path below the root of the example")
        files[path] = _file(content, add)
    return files


def _file(node: Node, add: Add) -> Any:
    if isinstance(node.value, str):
        return node.value
    if isinstance(node.value, bytes):
        return {"base64": b64encode(node.value).decode()}
    if not isinstance(node.value, dict) or not node.value:
        add(node, f"a file is a text, or a mapping with {', '.join(FILE_KEYS)}")
        return ""
    for key, value in node.value.items():
        if key not in FILE_KEYS:
            add(node.keys[key], f"there is no key `{key}` of a file.{did_you_mean(key, FILE_KEYS)}")
        elif not isinstance(value.value, int if key == "mode" else str):
            add(value, f"`{key}` wants a {'number' if key == 'mode' else 'text'}")
        elif key == "base64":
            try:
                b64decode(str(value.value), validate=True)
            except (Base64Error, ValueError):
                add(value, "this is no base64")
    return node.data()
