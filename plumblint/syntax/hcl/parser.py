"""Bodies: attributes and blocks."""

from __future__ import annotations

from plumblint.syntax.hcl.body import Attribute, Block, Body, Label
from plumblint.syntax.hcl.expression import ExpressionParser
from plumblint.syntax.hcl.nodes import Expression, Invalid, Literal, Template
from plumblint.syntax.hcl.scanner import Failure, across_lines, identifier, within_line

BOM = "\ufeff"


def parse(text: str) -> Body:
    """The body of an HCL2 file, whatever `text` is.

    What could not be read is in the body's `faults`, in the order of the text;
    everything else is in the tree.  An attribute whose value could not be read
    is there with an `Invalid` value.  Time and memory are linear.
    """
    return _BodyParser(text).file()


def parse_template(text: str) -> Template | None:
    """A file that `templatefile` reads, whatever `text` is; None where it is not valid."""
    parser = ExpressionParser(text)
    try:
        template = parser.rest()
    except Failure:
        return None
    return None if parser.faults else template


class _BodyParser(ExpressionParser):
    """Reads bodies."""

    def file(self) -> Body:
        body = Body(0, self.size)
        self.pos = 1 if self.text.startswith(BOM) else 0
        self._fill(body)
        body.faults = sorted(self.faults, key=lambda fault: fault.start)
        return body

    def _fill(self, body: Body) -> bool:
        """Read items up to the closing brace, and go behind it; False where it is missing."""
        names: set[str] = set()
        while True:
            self.blank = across_lines
            try:
                char = self.skip()
            except Failure:
                char = ""
            if not char:
                body.end = self.size
                return False
            if char == "}":
                self.pos += 1
                if self.nest:
                    body.end = self.pos - 1
                    return True
                self.fault("this `}` closes nothing", self.pos - 1, self.pos)
                continue
            if not self.room():
                body.end = self.size
                return False
            self.blank = within_line
            self.brackets = 0
            start, depth = self.pos, self.depth
            try:
                self._entry(body, names)
            except Failure:
                self.depth = depth
                self.resume(start)

    def _entry(self, body: Body, names: set[str]) -> None:
        """One attribute or block."""
        start = self.pos
        match = identifier(self.text, start)
        if match is None:
            raise self.failure("the name of an argument or the type of a block is missing here")
        name = match[0]
        self.pos = match.end()
        char = self.skip()
        if char == "=" and not self.text.startswith("==", self.pos):
            self.pos += 1
            if name in names:
                self.fault(f"`{name}` is set twice", start, start + len(name))
            names.add(name)
            attribute, whole = self._attribute(name, start)
            body.items.append(attribute)
            if whole and not self._line_ends():
                raise self.failure("a line end is missing behind this value")
        else:
            self._block(body, name, start)
            if not self._line_ends():
                self.fault("a line end is missing behind this block", self.pos, self.pos + 1)

    def _line_ends(self) -> bool:
        char = self.skip()
        return char in ("", "\n", "#") or self.text.startswith("//", self.pos)

    def _attribute(self, name: str, start: int) -> tuple[Attribute, bool]:
        """The attribute, and whether its value could be read."""
        end, depth = start + len(name), self.depth
        begin = self.pos
        value: Expression
        try:
            self.skip()
            begin = self.pos
            value = self.expression()
        except Failure:
            self.depth = depth
            self.blank = within_line
            failed = self.pos
            self.resume(start)
            value = Invalid(begin, max(begin, min(failed, self.pos)))
            return Attribute(name, start, end, value), False
        return Attribute(name, start, end, value), True

    def _block(self, parent: Body, block_type: str, start: int) -> None:
        """A block whose labels or opening brace are at the present place."""
        labels: list[Label] = []
        while (char := self.skip()) != "{":
            labels.append(self._label(char))
        self.pos += 1
        block = Block((start, self.pos), block_type, labels)
        body = block.body
        parent.items.append(block)
        self.deeper()
        self.nest += 1
        header_end = self.pos
        closed = self._one_line(body) or self._fill(body)
        self.nest -= 1
        self.depth -= 1
        if not closed:
            self.fault("this block is never closed", start, header_end)
            self._hoist(body, parent)
        self.blank = within_line
        self.brackets = 0
        block.end = self.pos if closed else body.end

    def _label(self, char: str) -> Label:
        """A quoted or bare label, whose first character is `char`."""
        start = self.pos
        if char == '"':
            text = self.quoted()
            if type(text) is Literal and isinstance(text.value, str):
                return Label(start, self.pos, text.value)
            self.fault("a label cannot have sequences", start, self.pos)
            return Label(start, self.pos, self.text[start + 1 : self.pos - 1])
        match = identifier(self.text, start)
        if match is None:
            raise self.failure("`=` and a value, or `{` are missing here")
        self.pos = match.end()
        return Label(start, self.pos, match[0])

    def _one_line(self, body: Body) -> bool:
        """Read `}` or `name = value }` on the header's line; False where the body goes on."""
        if self._line_ends():
            return False
        start = self.pos
        match = identifier(self.text, start)
        if match is not None:
            self.pos = match.end()
            if self.skip() != "=":
                self.pos = start
                self.fault("a nested block must be on a line of its own", start, match.end())
                return False
            self.pos += 1
            attribute, _ = self._attribute(match[0], start)
            body.items.append(attribute)
        body.end = self.pos
        if self.skip() == "}":
            body.end = self.pos
            self.pos += 1
            return True
        if self.pos < self.size:
            self.fault("`}` is missing here: a block on one line", self.pos, self.pos + 1)
            self.pos += self.text[self.pos] == ","
        return False

    def _hoist(self, body: Body, parent: Body) -> None:
        """Give the blocks at column 1 in an unclosed block back to where they belong."""
        for index, item in enumerate(body.items):
            if type(item) is Block and self.text[item.start - 1] == "\n":
                parent.items.extend(body.items[index:])
                body.end = item.start
                del body.items[index:]
                return
