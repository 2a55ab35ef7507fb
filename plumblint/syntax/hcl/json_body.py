"""The JSON form of Terraform's language (`*.tf.json`), read into the same tree."""

from __future__ import annotations

import json
import re

from plumblint.source import Fault
from plumblint.syntax.hcl.body import Attribute, Block, Body, Label
from plumblint.syntax.hcl.expression import ExpressionParser
from plumblint.syntax.hcl.nodes import (
    Expression,
    Interpolation,
    Invalid,
    Item,
    Literal,
    Object,
    Template,
    Tuple,
)
from plumblint.syntax.hcl.parser import BOM
from plumblint.syntax.hcl.scanner import Failure, across_lines

# Which keys are blocks, and how many labels they have.  Source: Terraform's documentation,
# "JSON Configuration Syntax"; every other key is an argument or a nested block, which the
# schemas of providers tell apart and this reader does not: it gives an attribute.
_LABELS: dict[str, dict[str, int]] = {
    "": {
        "resource": 2, "data": 2, "ephemeral": 2, "variable": 1, "output": 1, "module": 1,
        "provider": 1, "check": 1, "locals": 0, "terraform": 0, "moved": 0, "import": 0,
        "removed": 0,
    },
    "terraform": {"backend": 1, "cloud": 0, "required_providers": 0},
    "resource": {"provisioner": 1, "connection": 0, "lifecycle": 0, "dynamic": 1},
}  # fmt: skip
_COMMENT = "//"

_space = re.compile(r"[ \t\n\r]*+").match
_string = re.compile(r'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+"').match
_number = re.compile(r"-?+(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?+(?:[eE][-+]?+[0-9]++)?+").match
_word = re.compile(r"(?:true|false|null)(?!\w)").match
_WORDS = {"true": True, "false": False, "null": None}
_SEQUENCE = re.compile(r"(?<![$%])[$%]\{").search


def parse_json(text: str, *, values_only: bool = False) -> Body:
    """The body of a JSON file; `values_only` for `*.tfvars.json`, which has no blocks.

    Strings are read as templates, as Terraform does.  A block's labels may lie
    before its span, as one key `resource` holds many blocks.
    """
    return _JsonParser(text).file(values_only)


def read_json(text: str) -> tuple[Expression | None, list[Fault]]:
    """Any JSON value as an expression, strings as they are; None where it has a fault."""
    parser = _JsonParser(text)
    parser.plain = True
    return parser.whole(), parser.faults


class _JsonParser(ExpressionParser):
    """Reads JSON values into expressions, then objects into bodies."""

    plain = False

    def whole(self) -> Expression | None:
        """The one value that the text is."""
        try:
            value = self._value()
            if self._space():
                raise self.failure("the JSON value ends before this")
        except Failure:
            return None
        return value

    def file(self, values_only: bool) -> Body:
        body = Body(0, self.size)
        self.pos = 1 if self.text.startswith(BOM) else 0
        try:
            value = self._value()
            if self._space() or type(value) is not Object:
                raise self.failure("one JSON object is wanted here")
        except Failure:
            body.faults = list(self.faults)
            return body
        self._fill(body, value, {} if values_only else _LABELS[""])
        body.faults = list(self.faults)
        return body

    def _space(self) -> str:
        match = _space(self.text, self.pos)
        assert match is not None
        self.pos = match.end()
        return self.text[self.pos : self.pos + 1]

    def _value(self) -> Expression:
        """Any JSON value."""
        char, start = self._space(), self.pos
        if char == "{":
            return self._members()
        if char == "[":
            return self._elements()
        if char == '"':
            return self._text()
        if match := _word(self.text, start):
            self.pos = match.end()
            return Literal(start, self.pos, _WORDS[match[0]])
        if match := _number(self.text, start):
            self.pos = match.end()
            digits = match[0]
            whole = digits.lstrip("-").isdigit() and len(digits) < 300
            return Literal(start, self.pos, int(digits) if whole else float(digits))
        raise self.failure("a JSON value is missing here")

    def _elements(self) -> Tuple:
        start = self.pos
        self.pos += 1
        self.deeper()
        items: list[Expression] = []
        if self._space() != "]":
            items.append(self._value())
            while self._space() == ",":
                self.pos += 1
                items.append(self._value())
        if self._space() != "]":
            raise self.failure("`,` or `]` is missing here")
        self.pos += 1
        self.depth -= 1
        return Tuple(start, self.pos, items)

    def _members(self) -> Object:
        start = self.pos
        self.pos += 1
        self.deeper()
        items: list[Item] = []
        if self._space() != "}":
            items.append(self._member())
            while self._space() == ",":
                self.pos += 1
                items.append(self._member())
        if self._space() != "}":
            raise self.failure("`,` or `}` is missing here")
        self.pos += 1
        self.depth -= 1
        return Object(start, self.pos, items)

    def _member(self) -> Item:
        if self._space() != '"':
            raise self.failure("a key in double quotes is missing here")
        match = self._matched_string()
        key = Literal(match[0], self.pos, match[1])
        if self._space() != ":":
            raise self.failure("`:` is missing here")
        self.pos += 1
        return Item(key, self._value())

    def _matched_string(self) -> tuple[int, str]:
        """Where the string at the present place begins, and its value."""
        start = self.pos
        match = _string(self.text, start)
        if match is None:
            raise self.failure("this string is not closed, or has a character it may not have")
        self.pos = match.end()
        return start, json.loads(match[0])

    def _text(self) -> Expression:
        """A string: literal, or a template."""
        start, value = self._matched_string()
        end = self.pos
        if self.plain:
            return Literal(start, end, value)
        if not _SEQUENCE(value):
            value = value.replace("$${", "${").replace("%%{", "%{")
            return Literal(start, end, value)
        known, depth = len(self.faults), self.depth
        self.pos, self.blank = start, across_lines
        result: Expression | None = None
        try:
            result = self.quoted()
        except Failure:
            self.depth = depth
        if result is None or self.pos != end or len(self.faults) > known:
            # Quotes within the sequence are escaped in JSON: undecided, but no fault.
            del self.faults[known:]
            self.pos = end
            hole = Interpolation(start + 1, end - 1, Invalid(start + 1, end - 1), False, False)
            return Template(start, end, [hole])
        return result

    def _fill(self, body: Body, value: Object, labels: dict[str, int]) -> None:
        """Make a body's items of an object's members."""
        for item in value.items:
            name = item.name or ""
            if name == _COMMENT:
                continue
            if name in labels:
                for header, inner in self._blocks(item, labels[name]):
                    self._block(body, name, header, inner)
            else:
                attribute = Attribute(name, item.start, item.key.end, item.value)
                body.items.append(attribute)

    def _blocks(self, item: Item, depth: int) -> list[tuple[list[Item], Object]]:
        """The blocks below a key: the keys on the way, and the object that is the body."""
        found: list[tuple[list[Item], Object]] = []
        pending: list[tuple[list[Item], Expression]] = [([item], item.value)]
        while pending:
            way, value = pending.pop()
            if type(value) is Tuple:
                pending.extend((way, element) for element in reversed(value.items))
            elif type(value) is not Object:
                self.faults.append(Fault(value.start, value.end, "an object is wanted here"))
            elif len(way) <= depth:
                members = [inner for inner in value.items if inner.name != _COMMENT]
                pending.extend(([*way, inner], inner.value) for inner in reversed(members))
            else:
                found.append((way, value))
        return found

    def _block(self, parent: Body, block_type: str, way: list[Item], value: Object) -> None:
        key = way[-1].key
        names = [(item.key, item.name or "") for item in way[1:]]
        labels = [Label(node.start, node.end, name) for node, name in names]
        block = Block((min(key.start, value.start), value.end), block_type, labels)
        block.type_end = way[0].key.end
        block.body.start, block.body.end = value.start + 1, value.end - 1
        nested = "resource" if block_type in ("data", "ephemeral") else block_type
        self._fill(block.body, value, _LABELS.get(nested, {}))
        parent.items.append(block)
