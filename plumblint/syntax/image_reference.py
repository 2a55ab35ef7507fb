"""Image references: `[registry/]repository[:tag][@digest]`, whole or partly known.

The rules are those of distribution/reference: the first component is a
registry if it holds a dot or a colon, or is `localhost`; a tag follows a
colon after the last slash; a digest follows `@`.
"""

from __future__ import annotations

from plumblint.facts import Unknown

_HOLE = "\0"


class ImageParts:
    """The parts of a reference, each with its place in the text (None where undecided)."""

    __slots__ = ("digest", "registry", "repository", "spans", "tag")

    def __init__(self) -> None:
        self.registry: str | Unknown | None = None
        self.repository: str | Unknown | None = None
        self.tag: str | Unknown | None = None
        self.digest: str | Unknown | None = None
        self.spans: dict[str, tuple[int, int]] = {}
        """Start and end in the text by part; empty for a text that is Unknown."""


def split(text: str | Unknown) -> ImageParts:
    """Split a reference; parts that touch an undecided piece are Unknown themselves.

    A hole may hold anything, a tag too: of `${IMAGE}` only is known that all
    parts are Unknown, of `${IMAGE}:1.2` the tag is `1.2`.
    """
    if isinstance(text, str):
        return _split(text, None)
    flat = "".join(_HOLE if piece is None else piece for piece in text.pieces)
    parts = _split(flat, text)
    parts.spans = {}
    return parts


def _split(flat: str, unknown: Unknown | None) -> ImageParts:
    parts = ImageParts()
    rest, end = flat, len(flat)
    at = rest.find("@")
    if at >= 0:
        _set(parts, "digest", rest, at + 1, end, unknown)
        rest = rest[:at]
    colon = rest.rfind(":")
    if colon > rest.rfind("/"):
        _set(parts, "tag", rest, colon + 1, len(rest), unknown)
        rest = rest[:colon]
    slash = rest.find("/")
    first = rest[:slash] if slash >= 0 else ""
    start = 0
    if slash >= 0 and ("." in first or ":" in first or first == "localhost" or _HOLE in first):
        _set(parts, "registry", rest, 0, slash, unknown)
        start = slash + 1
    _set(parts, "repository", rest, start, len(rest), unknown)
    if unknown is not None and rest.endswith(_HOLE) and parts.tag is None and parts.digest is None:
        parts.tag = parts.digest = unknown  # `app${SUFFIX}`: the hole may bring `:1.2`
    return parts


def _set(
    parts: ImageParts, name: str, flat: str, start: int, end: int, unknown: Unknown | None
) -> None:
    value = flat[start:end]
    setattr(parts, name, unknown if _HOLE in value else value)
    parts.spans[name] = (start, end)
