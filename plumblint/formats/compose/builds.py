"""`build`: from what a service's image is made."""

from __future__ import annotations

from plumblint.facts import Container, Maybe, Unknown
from plumblint.formats.compose.images import image_of
from plumblint.formats.compose.project import join
from plumblint.formats.compose.service import Block
from plumblint.formats.compose.text import Text
from plumblint.formats.compose.tree import Table
from plumblint.formats.compose.variables import read_arguments
from plumblint.repo import normal

_IMAGE = "docker-image://"
_REMOTE = ("http://", "https://", "git@", "git://", "ssh://", "github.com/", "oci:", "service:")


def read_build(block: Block, container: Container) -> None:
    """Fill in what a service is built from; its arguments become facts."""
    build = block.table.get("build")
    if build is None:
        return
    if isinstance(build, Text):
        context: Text | None = build
        table = Table({}, build.span)
    elif isinstance(build, Table):
        context, table = build.text("context"), build
    else:
        return
    folder = _context(block, context)
    container.build_context = folder
    if context is not None:
        container.trace(build_context=context.origin())
    inline = table.text("dockerfile_inline")
    if inline is not None:
        container.build_inline = inline.known
        container.trace(build_inline=inline.origin())
    else:
        container.build_dockerfile = _dockerfile(folder, table.text("dockerfile"))
        place = table.text("dockerfile") or context
        if place is not None:
            container.trace(build_dockerfile=place.origin())
    target = table.text("target")
    if target is not None:
        container.build_target = target.known
        container.trace(build_target=target.origin())
    variables, values = read_arguments(block)
    for variable in variables:
        block.reading.add(variable)
    container.build_arguments = values
    _contexts(block, table)


def _context(block: Block, context: Text | None) -> Maybe[str]:
    if context is None:
        return block.project.folder
    text = context.string
    if text is None or text.startswith((*_REMOTE, "/", "~")) or ".git#" in text:
        return Unknown(context.written)
    path = normal(join(context.folder, text))
    return Unknown(context.written) if path is None else path


def _dockerfile(folder: Maybe[str], dockerfile: Text | None) -> Maybe[str]:
    if isinstance(folder, Unknown) or folder is None:
        return folder
    if dockerfile is None:
        return join(folder, "Dockerfile")
    text = dockerfile.string
    if text is None or text.startswith(("/", "~")):
        return Unknown(dockerfile.written)
    path = normal(join(folder, text))
    return Unknown(dockerfile.written) if path is None else path


def _contexts(block: Block, table: Table) -> None:
    for name, value in table.pairs("additional_contexts"):
        if value is not None and value.flat.startswith(_IMAGE):
            text = value.cut(len(_IMAGE), len(value.flat))
            path = f"{block.path}.build.additional_contexts.{name.flat}"
            block.reading.add(image_of(text, path, origin="build-context"))
