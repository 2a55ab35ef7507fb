"""Images that a compose file names."""

from __future__ import annotations

from typing import Literal

from plumblint.facts import Image, Unknown
from plumblint.formats.compose.text import Text
from plumblint.syntax.image_reference import split

_PARTS = ("registry", "repository", "tag", "digest")


def image_of(text: Text, path: str, *, origin: Literal["compose", "build-context"]) -> Image:
    """The image of a text, with the place of each part."""
    text = text.strip()
    known = text.known
    parts = split(known)
    image = Image(
        span=text.span,
        path=path,
        key=path,
        text=known,
        registry=parts.registry,
        repository=parts.repository,
        tag=parts.tag,
        digest=parts.digest,
        origin=origin,
    )
    whole = text.origin()
    origins = {"text": whole}
    spans = split(text.flat).spans if isinstance(known, Unknown) else parts.spans
    for part, (start, end) in spans.items():
        if start < end and getattr(image, part) is not None:
            origins[part] = text.cut(start, end).origin()
    if whole.span != image.span:
        for part in _PARTS:
            # what is absent is added where the rest of the reference is written
            origins.setdefault(part, whole)
    image.trace(**origins)
    return image
