"""Containers: what runs if a stage is the target, inheritance included."""

from __future__ import annotations

from plumblint.facts import (
    Base,
    Container,
    Healthcheck,
    Image,
    Mount,
    Origin,
    Port,
    Related,
    Unknown,
    Variable,
)
from plumblint.formats.dockerfile import bases
from plumblint.formats.dockerfile.processes import read_process
from plumblint.formats.dockerfile.reading import Reading
from plumblint.formats.dockerfile.stage import Setting, Stage
from plumblint.formats.dockerfile.tree import Instruction
from plumblint.formats.dockerfile.value import Value
from plumblint.source import Span
from plumblint.syntax.pattern import lazy_pattern
from plumblint.tables.known_bases import user_is_root

_PORT = lazy_pattern(r"(?:([^/]*):)?([0-9]{1,5})(?:-([0-9]{1,5}))?(?:/([A-Za-z]+))?\Z")
_RANGE_LIMIT = 20


def read_container(reading: Reading, stage: Stage, variables: dict[int, Variable]) -> Container:
    """The container of a stage; `variables` are the facts of its ENV pairs by their `id`."""
    root = stage.root
    image = reading.from_images.get(root.index)
    known = bases.find(image) if image is not None else None
    path = reading.path(stage, "container")
    span = reading.span(stage.instruction)
    container = Container(
        span=span,
        path=path,
        key=f"{stage.label} container",
        kind="dockerfile",
        name=stage.name or "",
        image=image,
    )
    base: Base | None = None
    if known is not None and image is not None:
        base = bases.fact(known, image, image.span, path)
    container.base = base
    _user(reading, stage, container, known, image)
    container.env = tuple(
        variables[id(one.pair)] for one in stage.env.values() if id(one.pair) in variables
    )
    container.mounts = _mounts(reading, stage, path)
    container.ports = _ports(reading, stage, path)
    container.healthcheck = _healthcheck(reading, stage, path)
    container.labels = {
        name: one.value.known if one.value is not None else None
        for name, one in stage.labels.items()
    } or None
    if stage.workdir is not None and stage.workdir.value is not None:
        container.workdir = stage.workdir.value.known
        container.trace(workdir=_origin(reading, stage, stage.workdir))
    container.process = read_process(reading, stage, base, known, path)
    return container


def _user(
    reading: Reading,
    stage: Stage,
    container: Container,
    known: bases.KnownBase | None,
    image: Image | None,
) -> None:
    if stage.user is not None and stage.user.value is not None:
        container.user = stage.user.value.known
        container.user_is_root = user_is_root(container.user)
        where = _origin(reading, stage, stage.user)
        container.trace(user=where, user_is_root=where)
        return
    if known is None:
        text = image.text if image is not None else ""
        shown = text.text if isinstance(text, Unknown) else text
        container.user_is_root = Unknown(f"the user of {shown}")
        return
    if known.steps_down is not None and stage.entrypoint is None:
        container.user_is_root = user_is_root(known.steps_down)
    elif known.user is None:
        container.user_is_root = Unknown(f"the user of {known.row[0]}")
    else:
        container.user_is_root = user_is_root(known.user)
    if image is not None:
        first = stage.root.instruction
        where = Origin(reading.span(first))
        container.trace(user_is_root=inherited(reading, stage, first, where))


def _origin(reading: Reading, stage: Stage, setting: Setting) -> Origin | None:
    """Where a setting was decided; through the FROM where another stage set it."""
    instruction, value = setting.instruction, setting.value
    if value is None:
        return None
    where = reading.origin(value, instruction.value_start, instruction.value_end)
    return inherited(reading, stage, instruction, where)


def inherited(reading: Reading, stage: Stage, instruction: Instruction, where: Origin) -> Origin:
    """The origin, with the FROM that it came by where the instruction is another stage's."""
    if instruction.start >= stage.instruction.start:
        return where
    via = Related(reading.span(stage.instruction), "inherited here")
    return Origin(where.span, (*where.via, via), literal=where.literal)


def _mounts(reading: Reading, stage: Stage, path: str) -> tuple[Mount, ...]:
    made: list[Mount] = []
    for instruction, value in stage.volumes:
        made.append(
            reading.keyed(
                Mount(
                    span=_place(reading, value, instruction),
                    path=f"{path}.mounts[{len(made)}]",
                    key=f"{path}.mounts {value.written}",
                    kind="volume",
                    target=value.known,
                )
            )
        )
    return tuple(made)


def _ports(reading: Reading, stage: Stage, path: str) -> tuple[Port, ...]:
    made: list[Port] = []
    for instruction, value in stage.ports:
        span = _place(reading, value, instruction)
        text = value.text
        match = _PORT.match(text) if text is not None else None
        if text is not None and match is None:
            continue
        numbers: list[int | Unknown] = [Unknown(value.written)]
        protocol: str | Unknown = Unknown(value.written)
        if match is not None:
            first, last = int(match[2]), int(match[3] or match[2])
            numbers = list(range(first, min(last, first + _RANGE_LIMIT) + 1))
            protocol = (match[4] or "tcp").lower()
        for number in numbers:
            shown = value.written if isinstance(number, Unknown) else number
            made.append(
                reading.keyed(
                    Port(
                        span=span,
                        path=f"{path}.ports[{len(made)}]",
                        key=f"{path}.ports {shown}",
                        target=number,
                        protocol=protocol,
                    )
                )
            )
    return tuple(made)


def _place(reading: Reading, value: Value, instruction: Instruction) -> Span:
    where = reading.origin(value, instruction.value_start, instruction.value_end)
    inside = instruction.start <= where.span.start and where.span.end <= instruction.end
    return where.span if inside else reading.span(instruction)


def _healthcheck(reading: Reading, stage: Stage, path: str) -> Healthcheck | None:
    setting = stage.healthcheck
    if setting is None:
        return None
    instruction = setting.instruction
    words = instruction.words
    disabled = bool(words) and words[0].text.upper() == "NONE"
    test = " ".join(word.text for word in words[1:]) if len(words) > 1 else None
    return Healthcheck(
        span=reading.span(instruction),
        path=f"{path}.healthcheck",
        key=f"{path}.healthcheck",
        disabled=disabled,
        test=None if disabled else test,
    )
