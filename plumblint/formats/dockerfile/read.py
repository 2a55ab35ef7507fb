"""read: a Dockerfile → facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from plumblint.facts import Fact, Installation, Problem
from plumblint.formats.dockerfile.containers import read_container
from plumblint.formats.dockerfile.declarations import (
    read_copies,
    read_instructions,
    read_references,
    read_stages,
    read_variables,
)
from plumblint.formats.dockerfile.habits import Settings, read_settings
from plumblint.formats.dockerfile.images import read_images
from plumblint.formats.dockerfile.installations import mark_late_uses, read_installations
from plumblint.formats.dockerfile.parse import parse
from plumblint.formats.dockerfile.reading import Reading
from plumblint.formats.dockerfile.scope import undecided
from plumblint.formats.dockerfile.scripts import read_scripts
from plumblint.formats.dockerfile.stages import Evaluation
from plumblint.formats.dockerfile.tree import Dockerfile
from plumblint.formats.dockerfile.value import Piece, Value
from plumblint.source import Fault, Source

_FAULT_LIMIT = 20


def read_dockerfile(
    source: Source, arguments: Mapping[str, str | None] | None = None
) -> list[Fact]:
    """Every fact of a Dockerfile, with Problem facts for what BuildKit would reject.

    `arguments` are build arguments that who builds surely gives, None for one whose
    value is not known; they replace the defaults of ARG.
    """
    tree = parse(source.text)
    template = template_problem(source, tree)
    if template is not None:
        return [template]
    given = {name: _given(name, text) for name, text in (arguments or {}).items()}
    evaluation = Evaluation(tree, given)
    reading = Reading(source, tree, evaluation)
    _problems(reading)
    read_images(reading)
    read_instructions(reading)
    stages = read_stages(reading)
    variables = read_variables(reading)
    read_references(reading)
    settings: dict[int, Settings] = {}
    installations: dict[int, list[Installation]] = {}
    for stage in evaluation.stages:
        parent = settings.get(stage.parent.index) if stage.parent is not None else None
        settings[stage.index] = read_settings(reading, stage, parent)
        container = read_container(reading, stage, variables)
        stages[stage.index].container = container
        for script in read_scripts(reading, stage, container.base):
            made = read_installations(reading, script, settings[stage.index])
            installations.setdefault(stage.index, []).extend(made)
        read_copies(reading, stage)
        if stage is evaluation.final:
            reading.facts += container.mounts
            reading.facts += container.ports
            reading.add(container)
            if container.process is not None:
                reading.add(container.process)
    mark_late_uses(evaluation.stages, installations)
    return reading.facts


def template_problem(source: Source, tree: Dockerfile) -> Problem | None:
    """The note for a file that is a template of a Dockerfile: it has `{{ … }}` as lines or names.

    Only where BuildKit would refuse the file as it is.
    """
    if not tree.faults or ("{{" not in source.text and "{%" not in source.text):
        return None
    for fault in tree.faults:
        start = source.text.rfind("\n", 0, fault.start) + 1
        line = source.text[start : source.text.find("\n", fault.end)]
        if "{{" in line or "{%" in line:
            return Problem(
                span=source.span(fault.start, fault.end),
                path="template",
                key="template",
                kind="template",
                message="this is a template of a Dockerfile: what it renders to is not judged",
                read_as="dockerfile",
            )
    return None


def _given(name: str, text: str | None) -> Value:
    if text is None:
        return undecided(name)
    return Value((Piece(text, -1, -1),), text)


def _problems(reading: Reading) -> None:
    tree, evaluation = reading.tree, reading.evaluation
    for fault in (tree.limits + evaluation.limits)[:1]:
        _problem(reading, fault, "limit")
    for fault in (tree.faults + evaluation.faults)[:_FAULT_LIMIT]:
        _problem(reading, fault, "syntax")


def _problem(reading: Reading, fault: Fault, kind: Literal["limit", "syntax"]) -> None:
    reading.add(
        Problem(
            span=reading.source.span(fault.start, fault.end),
            path=f"line {reading.source.position(fault.start)[0]}",
            key=f"problem {fault.message}",
            kind=kind,
            message=fault.message,
            read_as="dockerfile",
        )
    )
