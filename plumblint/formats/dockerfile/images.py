"""Images: FROM, COPY --from, RUN --mount=from= and the frontend of `# syntax=`."""

from __future__ import annotations

from typing import Literal

from plumblint.facts import Image, Sure, Unknown
from plumblint.formats.dockerfile.reading import Reading
from plumblint.formats.dockerfile.stage import Stage, mount_fields
from plumblint.formats.dockerfile.tree import Flag, Instruction
from plumblint.formats.dockerfile.value import Piece, Value, origin
from plumblint.syntax.image_reference import split

_NAMES_LIMIT = 50
_PARTS = ("registry", "repository", "tag", "digest")


def read_images(reading: Reading) -> None:
    """Add an Image for whatever the Dockerfile pulls, and for stages that grow from stages."""
    syntax = reading.tree.directive("syntax")
    if syntax is not None:
        text = syntax.value.split(" ")[0]
        piece = Piece(text, syntax.start, syntax.start + len(text), verbatim=True)
        value = Value((piece,), text)
        span = (syntax.start, syntax.start + len(text))
        reading.add(_image(reading, value, span, "frontend", "syntax", "syntax"))
    for stage in reading.evaluation.stages:
        _from(reading, stage)
        for instruction in stage.instructions:
            if instruction.keyword == "COPY":
                _copy_from(reading, stage, instruction)
            elif instruction.keyword == "RUN":
                for flag in instruction.flags:
                    if flag.name == "mount" and flag.value:
                        _mount_from(reading, stage, flag, flag.value)


def _from(reading: Reading, stage: Stage) -> None:
    word = stage.base_word
    if word is None or stage.base.text == "":
        return
    image = _image(
        reading,
        stage.base,
        (word.start, word.end),
        "from",
        reading.path(stage, "FROM"),
        f"{stage.label} FROM",
    )
    if stage.parent is not None or stage.base.text == "scratch":
        image.built_here = True
    elif stage.maybe_stage:
        image.built_here = Unknown(stage.base.written)
    image.stages = _names(reading, stage.index)
    reading.from_images[stage.index] = reading.add(image)


def _copy_from(reading: Reading, stage: Stage, instruction: Instruction) -> None:
    flag = instruction.flag("from")
    if flag is None or not flag.value or _is_stage(reading, flag.value):
        return
    _reference(reading, stage, flag, flag.value, 0, "copy-from")


def _mount_from(reading: Reading, stage: Stage, flag: Flag, text: str) -> None:
    for name, value, at in mount_fields(text):
        if name == "from" and value and not _is_stage(reading, value):
            _reference(reading, stage, flag, value, at, "mount-from")


def _is_stage(reading: Reading, name: str) -> bool:
    if name == "scratch" or "$" in name or name.isdigit():
        return True
    return reading.evaluation.find(name) is not None


def _reference(
    reading: Reading,
    stage: Stage,
    flag: Flag,
    text: str,
    at: int,
    kind: Literal["copy-from", "mount-from"],
) -> None:
    start, end = flag.value_start + at, flag.value_start + at + len(text)
    verbatim = reading.source.text[start:end] == text
    if not verbatim:
        start, end = flag.start, flag.end
    value = Value((Piece(text, start, end, verbatim=verbatim),), text)
    what = "COPY --from" if kind == "copy-from" else "RUN --mount"
    path = reading.path(stage, what)
    image = _image(reading, value, (start, end), kind, path, f"{stage.label} {what} {text}")
    image.stages = _names(reading, len(reading.evaluation.stages))
    reading.add(image)


def _names(reading: Reading, before: int) -> tuple[str, ...]:
    """The names of the stages up to one, the nearest first."""
    stages = reading.evaluation.stages[max(before - _NAMES_LIMIT, 0) : before]
    return tuple(stage.name for stage in reversed(stages) if stage.name)


def _image(
    reading: Reading,
    value: Value,
    span: tuple[int, int],
    kind: Literal["from", "copy-from", "mount-from", "frontend"],
    path: str,
    key: str,
) -> Image:
    source = reading.source
    known: Sure[str] = value.known
    parts = split(known)
    image = Image(
        span=source.span(*span),
        path=path,
        key=key,
        text=known,
        registry=parts.registry,
        repository=parts.repository,
        tag=parts.tag,
        digest=parts.digest,
        origin=kind,
    )
    whole = origin(value.pieces, source, span)
    origins = {"text": whole}
    spans = split(value.flat()).spans if isinstance(known, Unknown) else parts.spans
    for part, (begin, end) in spans.items():
        pieces = value.part(begin, end)
        if pieces and getattr(image, part) is not None:
            origins[part] = origin(pieces, source, span)
    if whole.span != image.span:
        for part in _PARTS:
            # what is absent is added where the rest of the reference is written
            origins.setdefault(part, whole)
    image.trace(**origins)
    return image
