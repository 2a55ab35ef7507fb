"""A Dockerfile that stands within a compose file (`dockerfile_inline`), with its places there."""

from __future__ import annotations

import re

from plumblint.facts import Container
from plumblint.project.project import Project
from plumblint.source import Source

_NOT_A_LINE_END = re.compile(r"[^\n]")


def inline_dockerfile(project: Project, service: Container) -> Source | None:
    """The Dockerfile as a source of the compose file's path, all before it blank.

    So every offset is that of the compose file.  None where compose makes another text
    of it (variables, quotes, folded lines) or where indentation counts (here-documents).
    """
    text = service.build_inline
    origin = service.origin_of("build_inline")
    if not isinstance(text, str) or origin is None or "<<" in text:
        return None
    source = project.repo.source(origin.span.path)
    if source is None:
        return None
    block = source.text[origin.span.start : origin.span.end]
    if _lines(block) != _lines(text):
        return None
    before = _NOT_A_LINE_END.sub(" ", source.text[: origin.span.start])
    return Source(source.path, before + block, bom=source.bom)


def _lines(text: str) -> list[str]:
    """The lines without what indents them."""
    return [line.strip() for line in text.strip().splitlines()]
