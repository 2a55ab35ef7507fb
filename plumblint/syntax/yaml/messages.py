"""libyaml's complaints, said to the person who has to mend the file."""

from __future__ import annotations

import re
from typing import Any

from plumblint.source import Fault

_CONTROL = r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


def unreadable(text: str, shift: int) -> Fault:
    """The fault of a text with a character that YAML does not allow."""
    match = re.compile(_CONTROL).search(text, shift)
    if match is None:
        return Fault(0, 0, "the text is no YAML")
    code = ord(match.group())
    name = "a NUL character" if not code else f"the character U+{code:04X}"
    message = f"YAML does not allow {name}; in a double-quoted string write it as an escape"
    return Fault(match.start(), match.end(), message)


def explain(text: str, shift: int, error: Any) -> Fault:
    """The fault of a scanner's or parser's error."""
    at, line = _place(text, shift, error.problem_mark)
    opened, opened_line = at, line
    if error.context_mark is not None:
        opened, opened_line = _place(text, shift, error.context_mark)
    problem = error.problem or "it cannot be read"
    context = error.context or ""
    character = text[at : at + 1]
    message = _known(problem, context, character, opened_line, text[opened : opened + 1])
    if message is None:
        message = f"the YAML cannot be read: {problem}" + (f" {context}" if context else "")
    if "stream" in problem or "not closed" in message:
        return Fault(opened, min(opened + 1, len(text)), message)
    return Fault(at, min(at + 1, len(text)), message)


def _place(text: str, shift: int, mark: Any) -> tuple[int, int]:
    at = min(mark.index + shift, len(text))
    return at, text.count("\n", 0, at) + 1


def _known(problem: str, context: str, character: str, line: int, opener: str) -> str | None:
    if character == "\t" and ("cannot start any token" in problem or "indentation" in problem):
        return "YAML does not allow a tab here; indent with spaces"
    if character == "\ufeff":
        return "a byte order mark (U+FEFF) stands in the middle of the file; delete it"
    if "cannot start any token" in problem:
        return f"a value cannot start with `{character}`; put it in quotes"
    if "mapping values are not allowed" in problem:
        return "a `:` cannot stand here: put the value in quotes, or mend the indentation"
    if "block sequence entries are not allowed" in problem:
        return "a `- ` item cannot stand here; mend the indentation, or put the value in quotes"
    if "unexpected end of stream" in problem:
        return f"the quote of line {line} is not closed" if "scalar" in context else None
    if "expected ',' or" in problem or "flow" in context:
        return f"the `{opener}` of line {line} is not closed, or a comma is missing in it"
    if "could not find expected ':'" in problem:
        return f"a `:` is missing after the key of line {line}"
    if "expected key" in problem or "block mapping" in context:
        return f"this does not fit the mapping of line {line}; check the indentation"
    if "'-' indicator" in problem or "block collection" in context:
        return f"this does not fit the list of line {line}; check the indentation"
    if "undefined tag handle" in problem:
        return "the tag's handle is not declared in this document"
    if "document start" in problem:
        return "a second document must begin with `---`; or check the indentation"
    return None
