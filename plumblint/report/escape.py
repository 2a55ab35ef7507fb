"""Making hostile text harmless for terminals, Markdown and XML."""

from __future__ import annotations

import re
from unicodedata import category

_UNSAFE = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
"""Unicode categories that steer a terminal, reorder or hide text."""
_HARMLESS = frozenset("\u200d")
"""Format characters that emoji are made of."""

_MARKDOWN = r"([\\`*_{}\[\]<>#|~&!$])"
_NOT_XML = r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
"""Outside of the Char production of XML 1.0."""
_XML = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\t": "&#9;"}


def visible(text: str) -> str:
    """`text` with each control, bidirectional and invisible character spelt out."""
    if text.isprintable():
        return text
    return "".join(map(visible_character, text))


def visible_character(character: str) -> str:
    """A character, or its escape if it would steer a terminal."""
    if category(character) in _UNSAFE and character not in _HARMLESS:
        return _spelt_out(character)
    return character


def one_line(text: str) -> str:
    """`text` on a single line, made visible; runs of white space become one blank."""
    return visible(" ".join(text.split()))


def shown_path(path: str) -> str:
    """A path for the beginning of a line: none may look like a workflow command."""
    return visible(f"./{path}" if path.startswith(":") else path)


def inert(text: str) -> str:
    """`text` without `##[`, which a GitHub runner obeys anywhere in a line of a step's log."""
    return text.replace("##[", "##\u200b[")


def markdown(text: str) -> str:
    """`text` as literal Markdown (GitHub flavour) on a single line, fit for a table's cell.

    Code between single backticks stays code; whatever else would format, link,
    mention or open a tag is escaped.
    """
    pieces = one_line(text).split("`")
    paired = len(pieces) if len(pieces) % 2 else len(pieces) - 1
    done = []
    for at, piece in enumerate(pieces):
        if at >= paired:
            done.append("\\`" + _literal(piece))
        else:
            done.append(code(piece) if at % 2 else _literal(piece))
    return "".join(done)


def code(text: str) -> str:
    """`text` as a Markdown code span, whatever backticks and bars it holds."""
    text = one_line(text).replace("|", "\\|")
    if not text:
        return "\\`\\`"
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def xml(text: str) -> str:
    """`text` for XML content and attributes; what XML 1.0 cannot hold is spelt out."""
    text = re.sub(_NOT_XML, lambda found: _spelt_out(found[0]), text)
    return re.sub(r'[&<>"\n\t]', lambda found: _XML[found[0]], text).replace("\r", "&#13;")


def _literal(text: str) -> str:
    return re.sub(_MARKDOWN, r"\\\1", text).replace("@", "@<!-- -->")


def _spelt_out(character: str) -> str:
    code_point = ord(character)
    if code_point < 0x100:
        return f"\\x{code_point:02x}"
    return f"\\u{code_point:04x}" if code_point < 0x10000 else f"\\U{code_point:08x}"
