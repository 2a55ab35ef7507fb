"""A module's folder: its files, their trees, and the scope that names have in it."""

from __future__ import annotations

from copy import copy
from typing import Any

from plumblint.facts import Fact, Problem
from plumblint.formats.format import Unit
from plumblint.formats.terraform.scope import Scope
from plumblint.formats.terraform.value import Value
from plumblint.repo import Repo, Unreadable
from plumblint.source import Source
from plumblint.syntax.hcl.body import Attribute, Block, Body
from plumblint.syntax.hcl.scanner import BEYOND

AUTOMATIC = ("terraform.tfvars", "terraform.tfvars.json")
"""Files of values that Terraform loads by itself, beside `*.auto.tfvars[.json]`."""


class ModuleFolder:
    """The trees of a unit, and `problems` for what could not be read."""

    def __init__(self, unit: Unit, repo: Repo) -> None:
        self.folder = unit.path if unit.path != "." else ""
        self.repo = repo
        self.files: list[tuple[Source, Body]] = []
        self.values: list[tuple[Source, Body]] = []
        self.problems: list[Fact] = []
        for path in unit.paths:
            self._load(path)
        self.scope = self._scope()

    def blocks(self, block_type: str) -> list[tuple[Source, Block]]:
        """The top-level blocks of a type, in the order of files."""
        return [
            (source, block) for source, body in self.files for block in body.blocks_of(block_type)
        ]

    def called_with(self, given: dict[str, Value]) -> ModuleFolder:
        """The same folder as a module that is passed arguments; its own tfvars say nothing then."""
        called = copy(self)
        called.values = []
        called.problems = []
        called.scope = called._scope()
        called.scope.given = given
        return called

    def _load(self, path: str) -> None:
        got = self.repo.read(path)
        if isinstance(got, Unreadable):
            kind = "too-large" if got.kind == "too-large" else "unreadable"
            span = Source(path, "").span(0, 0)
            self._problem(kind, got.message, path, span.start, span.end)
            return
        if got.bad_bytes is not None or got.utf16:
            message = "the file is not UTF-8, which Terraform requires: save it as UTF-8"
            at = got.bad_bytes or 0
            self._problem("encoding", message, path, at, at + 1)
        values_only = path.endswith((".tfvars", ".tfvars.json"))
        body = _parse(got, values_only)
        for fault in body.faults:
            beyond = "nested deeper" in fault.message or fault.message.endswith(BEYOND)
            kind = "limit" if beyond else "syntax"
            self._problem(kind, fault.message, path, fault.start, fault.end)
        (self.values if values_only else self.files).append((got, body))

    def _problem(self, kind: Any, message: str, path: str, start: int, end: int) -> None:
        span = Source(path, "").span(start, end)
        problem = Problem(
            span=span, path=path, key=f"{path}: {message}", kind=kind, message=message,
            read_as="terraform",
        )  # fmt: skip
        self.problems.append(problem)

    def _scope(self) -> Scope:
        scope = Scope(self.folder, self.repo)
        for source, block in self.blocks("variable"):
            if block.labels:
                scope.variables.setdefault(block.labels[0].text, (source, block))
        for source, block in self.blocks("locals"):
            for attribute in block.body.attributes:
                scope.locals.setdefault(attribute.name, (source, attribute))
        for source, attribute in self._assignments(automatic=True):
            scope.assigned[attribute.name] = (source, attribute)
        for _, attribute in self._assignments(automatic=False):
            if attribute.name not in scope.assigned:
                scope.undecided.add(attribute.name)
        return scope

    def _assignments(self, *, automatic: bool) -> list[tuple[Source, Attribute]]:
        """The values of files that Terraform loads, by itself or as configured, or of the others.

        A later one counts more.
        """
        told = {path: at for at, path in enumerate(self._configured(), 2)}

        def rank(path: str) -> int:
            return told.get(path, path.rsplit("/", 1)[-1] not in AUTOMATIC)

        return [
            (source, attribute)
            for source, body in sorted(self.values, key=lambda pair: rank(pair[0].path))
            if (source.path in told or loads_itself(source.path)) is automatic
            for attribute in body.attributes
        ]

    def _configured(self) -> list[str]:
        """The files of values that the configuration says are used here, in order."""
        return [path for group in self.repo.groups for path in group.tfvars]


def loads_itself(path: str) -> bool:
    """Whether Terraform loads a tfvars file without being told to."""
    name = path.rsplit("/", 1)[-1]
    return name in AUTOMATIC or name.endswith((".auto.tfvars", ".auto.tfvars.json"))


def _parse(source: Source, values_only: bool) -> Body:
    if source.path.endswith(".json"):
        from plumblint.syntax.hcl.json_body import parse_json

        return parse_json(source.text, values_only=values_only)
    from plumblint.syntax.hcl import parse

    return parse(source.text)
