"""A policy file → a record: plain JSON data, checked against vocabulary and types.

Each fault is told with its place; all faults of a file are told at once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any

from plumblint.facts import KINDS
from plumblint.policy.document import Node, fault, offset_in, read_document
from plumblint.policy.error import PolicyError, did_you_mean
from plumblint.policy.examples import read_examples
from plumblint.policy.expression import ExpressionError, Scope, check
from plumblint.policy.message import split_message
from plumblint.policy.schema import (
    CONFIDENCES,
    ID_PATTERN,
    KEYS,
    OPTION_TYPES,
    PRESETS,
    REQUIRED,
    SEVERITIES,
    STATUSES,
    schema_faults,
)
from plumblint.policy.vocabulary import Type, field_types
from plumblint.source import Source

WITHOUT_EXAMPLES = "internal-error"
"""The policy about our own crashes, which no example shows."""

Record = dict[str, Any]
"""A policy as JSON data: the fields of `model.HOT` and `model.TEXTS` by name."""


def read_policy(
    source: Source, guardrail: str, *, tables: Collection[str] = (), foreign: bool = False
) -> Record:
    """The record of a policy file.  `foreign` asks the JSON Schema too.  Raises PolicyError."""
    root = read_document(source)
    reader = _Reader(source, root)
    record = reader.read(guardrail, tables)
    if foreign and not reader.faults:
        for path, message in schema_faults(_json_data(root)):
            reader.add(_node_at(root, path), message)
    if reader.faults:
        raise PolicyError(reader.faults)
    return record


_NOT_SHOWN = frozenset((("variable", "value"),))
"""Fields that messages do not show, as they may hold secrets."""


class _Reader:
    def __init__(self, source: Source, root: Node) -> None:
        self.source = source
        self.root = root
        self.faults: list[str] = []

    def add(self, node: Node, message: str, offset: int | None = None) -> None:
        """Note what is wrong at a node."""
        at = node.start if offset is None else offset
        self.faults += fault(self.source, at, message).faults

    def read(self, guardrail: str, tables: Collection[str]) -> Record:
        """The record; only of use where there are no `faults` afterwards."""
        root = self.root
        if not isinstance(root.value, dict):
            self.add(root, "a policy is a mapping: `title: …`, `on: …`, `deny: …`")
            return {}
        policy_id = re.sub(r"\.ya?ml$", "", self.source.path.rpartition("/")[2])
        if not re.match(ID_PATTERN, policy_id):
            self.add(root, f"the file's name is the policy's id, in kebab-case, not `{policy_id}`")
        self._check_keys(policy_id)
        record: Record = {
            "id": policy_id,
            "guardrail": guardrail,
            "title": self.text("title"),
            "severity": self.choice("severity", SEVERITIES),
            "confidence": self.choice("confidence", CONFIDENCES),
            "preset": self.choice("preset", PRESETS),
            "since": self.text("since"),
            "status": self.choice("status", STATUSES, "stable"),
            "supersedes": self.texts("supersedes"),
            "also": self.texts("also"),
            "references": self.texts("references"),
            "security_severity": self.security_severity(),
            "fix": self.text("fix"),
            "path": self.source.path,
            "why": self.text("why"),
            "remedy": self.text("remedy"),
            "lines": {k: self.source.position(n.start)[0] for k, n in root.keys.items()},
        }
        self._judgement(record, tables)
        examples = root.value.get("examples")
        record["examples"] = read_examples(
            examples, self.source, self.add, needed=policy_id != WITHOUT_EXAMPLES
        )
        return record

    def _check_keys(self, policy_id: str) -> None:
        for name, node in self.root.keys.items():
            if name not in KEYS:
                self.add(node, f"there is no key `{name}`.{did_you_mean(name, KEYS)}")
        for name in REQUIRED:
            if name not in self.root.value and (name, policy_id) != ("examples", WITHOUT_EXAMPLES):
                self.add(self.root, f"the key `{name}` is missing")

    # Values of keys

    def text(self, key: str) -> str:
        """The text of a key, empty where it is missing."""
        node = self.root.value.get(key)
        if node is None:
            return ""
        if not isinstance(node.value, str) or not node.value.strip():
            kind = _kind(node)
            self.add(node, f"`{key}` wants a text, not {kind}{_quoting(node)}")
            return ""
        return node.value.strip()

    def choice(self, key: str, choices: Sequence[str], default: str = "") -> str:
        """A key with set values."""
        node = self.root.value.get(key)
        if node is None:
            return default
        if node.value not in choices:
            hint = did_you_mean(str(node.value), choices)
            self.add(node, f"`{key}` is one of {', '.join(choices)}.{hint}")
            return default
        return str(node.value)

    def texts(self, key: str) -> list[str]:
        """A list of texts."""
        node = self.root.value.get(key)
        if node is None:
            return []
        if not isinstance(node.value, list):
            self.add(node, f"`{key}` wants a list of texts, not {_kind(node)}")
            return []
        for item in node.value:
            if not isinstance(item.value, str) or not item.value:
                self.add(item, f"`{key}` wants texts, not {_kind(item)}{_quoting(item)}")
        return [str(item.value) for item in node.value]

    def security_severity(self) -> str:
        """A number from 0.1 to 10.0, as text."""
        node = self.root.value.get("security_severity")
        if node is None:
            return ""
        number = node.plain if isinstance(node.value, str | int | float) else ""
        if not re.match(r"(10(\.0)?|[0-9](\.[0-9])?)\Z", number):
            self.add(node, '`security_severity` is a number from "0.1" to "10.0", in quotes')
        elif not isinstance(node.value, str):
            self.add(node, f'`security_severity` is a text: write "{number}"')
        return number

    # What it judges

    def _judgement(self, record: Record, tables: Collection[str]) -> None:
        on = self.root.value.get("on")
        kind = record["on"] = self.text("on")
        options, types = self._options()
        record["options"] = options
        record["at"], record["message"] = [], self.text("message")
        record["when"], record["deny"] = self.text("when"), self._deny()
        if kind not in KINDS:
            if on is not None and kind:
                hint = did_you_mean(kind, KINDS)
                self.add(on, f"there is no fact `{kind}`.{hint or f' There are {_listed(KINDS)}'}")
            return
        scope = Scope(kind, types, tables)
        if self._expression(scope, "when"):
            self._expression(scope, "deny", record["when"])
        self._message(kind, options)
        at = self.root.value.get("at")
        if at is not None:
            record["at"] = self._at(at, kind, self.text("at"))

    def _deny(self) -> str:
        node = self.root.value.get("deny")
        return "True" if node is not None and node.value is True else self.text("deny")

    def _expression(self, scope: Scope, key: str, before: str = "") -> bool:
        """Whether an expression is sound, where `before` is not false."""
        node = self.root.value.get(key)
        if node is None or not isinstance(node.value, str) or not node.value.strip():
            return True
        try:
            check(scope, node.value, *filter(None, (before,)))
        except ExpressionError as error:
            self.add(node, error.message, offset_in(self.source, node, error.offset))
            return False
        return True

    def _message(self, kind: str, options: dict[str, Any]) -> None:
        node = self.root.value.get("message")
        if node is None or not isinstance(node.value, str):
            return
        try:
            parts = split_message(node.value)
        except ValueError as error:
            text, offset = error.args
            self.add(node, text, offset_in(self.source, node, offset))
            return
        for part in parts:
            if isinstance(part, str):
                continue
            offset = offset_in(self.source, node, node.value.find("{" + ".".join(part)))
            if part[0] == "options":
                if part[1] not in options or len(part) != 2:
                    hint = did_you_mean(part[1], options)
                    self.add(node, f"there is no option `{part[1]}`.{hint}", offset)
            elif part[0] != kind:
                hint = f"a message names fields of `{kind}` and `options` only"
                self.add(node, f"there is no `{part[0]}` here: {hint}", offset)
            elif tuple(part[-2:]) in _NOT_SHOWN:
                self.add(node, f"`{'.'.join(part)}` may be a secret: show its name", offset)
            else:
                self._path(node, kind, part[1:], offset)

    def _path(self, node: Node, kind: str, path: Sequence[str], offset: int) -> Type | None:
        """The type of a field, reached through facts."""
        found = Type("fact", fact=kind)
        for field in path:
            if found.kind != "fact":
                self.add(node, f"{found.present()} has no field `{field}`", offset)
                return None
            fields = {n: t for n, t in field_types(found.fact).items() if t.kind != "hidden"}
            if field not in fields:
                hint = did_you_mean(field, fields)
                self.add(node, f"there is no field of {found.fact} `{field}`.{hint}", offset)
                return None
            found = fields[field]
        return found

    def _at(self, node: Node, kind: str, text: str) -> list[str]:
        path = text.split(".")
        types = field_types(kind)
        for number, field in enumerate(path):
            found = types.get(field)
            if found is not None and found.kind == "map":
                path_to_map = path[: number + 1]
                self._path(node, kind, path_to_map, node.start)
                return path
            if found is None or found.kind != "fact":
                break
            types = field_types(found.fact)
        self._path(node, kind, path, node.start)
        return path

    def _options(self) -> tuple[dict[str, Any], dict[str, Type]]:
        node = self.root.value.get("options")
        if node is None:
            return {}, {}
        if not isinstance(node.value, dict):
            self.add(node, f"`options` wants a mapping by name, not {_kind(node)}")
            return {}, {}
        options: dict[str, Any] = {}
        types: dict[str, Type] = {}
        for name, option in node.value.items():
            if not re.match(r"[a-z][a-z0-9_]*\Z", name):
                self.add(node.keys[name], f"an option's name is in snake_case, not `{name}`")
            elif self._option(name, option):
                options[name] = option.data()
                kind = options[name]["type"]
                types[name] = Type(kind, item=Type("text") if kind == "list" else None)
        return options, types

    def _option(self, name: str, node: Node) -> bool:
        """Whether an option is sound."""
        before = len(self.faults)
        if not isinstance(node.value, dict):
            self.add(node, f"the option `{name}` wants `type`, `default` and `doc`")
            return False
        for key, place in node.keys.items():
            if key not in ("type", "default", "doc"):
                hint = did_you_mean(key, ("type", "default", "doc"))
                self.add(place, f"there is no key `{key}` of an option.{hint}")
        for key in ("type", "default", "doc"):
            if key not in node.value:
                self.add(node, f"the option `{name}` has no `{key}`")
        kind, default = node.value.get("type"), node.value.get("default")
        if kind is not None and kind.value not in OPTION_TYPES:
            self.add(kind, f"`type` is one of {', '.join(OPTION_TYPES)}")
        elif (
            kind is not None and default is not None and not fits_option(kind.value, default.data())
        ):
            self.add(default, f"the default of `{name}` is no {kind.value}")
        return len(self.faults) == before


_OPTION_VALUES: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "integer": (int,),
    "number": (int, float),
    "flag": (bool,),
    "list": (list, tuple),
}


def fits_option(kind: str, value: object) -> bool:
    """Whether a value is of an option's type."""
    if isinstance(value, bool) and kind != "flag":
        return False
    if isinstance(value, list | tuple) and not all(isinstance(item, str) for item in value):
        return False
    return isinstance(value, _OPTION_VALUES[kind])


def _listed(names: Collection[str]) -> str:
    return ", ".join(sorted(names))


def _kind(node: Node) -> str:
    kinds = {dict: "a mapping", list: "a list", bool: "true or false", int: "a number",
             float: "a number", bytes: "bytes"}  # fmt: skip
    return kinds.get(type(node.value), "an empty one")


def _quoting(node: Node) -> str:
    simple = isinstance(node.value, bool | int | float)
    return f'; write "{node.plain}"' if simple else ""


def _json_data(node: Node) -> Any:
    """The tree as JSON data, bytes as text."""
    if isinstance(node.value, dict):
        return {key: _json_data(value) for key, value in node.value.items()}
    if isinstance(node.value, list):
        return [_json_data(value) for value in node.value]
    return node.plain if isinstance(node.value, bytes) else node.value


def _node_at(node: Node, path: Sequence[str | int]) -> Node:
    """The innermost node on a path of keys and indexes."""
    for step in path:
        if isinstance(node.value, dict) and step in node.value:
            node = node.value[str(step)]
        elif isinstance(node.value, list) and isinstance(step, int):
            node = node.value[step]
    return node
