"""Evaluation: a Dockerfile's stages in order, what each grows from and needs of the others."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from plumblint.formats.dockerfile.scope import Budget, Variables, global_variables, undecided
from plumblint.formats.dockerfile.stage import Assigned, Referred, Setting, Stage, references
from plumblint.formats.dockerfile.tree import Dockerfile, Instruction, Word
from plumblint.formats.dockerfile.value import Piece, Value
from plumblint.formats.dockerfile.words import Expanded, Use, expand, expand_words
from plumblint.source import Fault

REFERENCE_LIMIT = 20_000
"""Uses of variables beyond it are not listed."""

STAGE_LIMIT = 1000
"""Stages beyond it are not evaluated."""


class Evaluation:
    """A Dockerfile's stages in order, its global ARGs, and faults that only evaluation shows."""

    def __init__(
        self, tree: Dockerfile, arguments: Mapping[str, Value | None] | None = None
    ) -> None:
        self.tree = tree
        self.budget = Budget()
        self.arguments = arguments or {}
        """Build arguments given from outside by name, None for a value that is not decided."""
        self.globals = global_variables(self.budget)
        self.global_arguments: list[Assigned] = []
        self.stages: list[Stage] = []
        self.faults: list[Fault] = []
        self.limits: list[Fault] = []
        self.references: list[Referred] = []
        self._by_name: dict[str, Stage] = {}
        self._current: Stage | None = None
        self._faulty: Instruction | None = None
        self._run()

    @property
    def final(self) -> Stage | None:
        """The stage that is built."""
        return self.stages[-1] if self.stages else None

    def find(self, reference: str) -> Stage | None:
        """The stage that `--from` names: by index, or by name in any case."""
        if reference.isascii() and reference.isdigit() and len(reference) < 7:
            index = int(reference)
            return self.stages[index] if index < len(self.stages) else None
        return self._by_name.get(reference.lower())

    def _run(self) -> None:
        stage: Stage | None = None
        for instruction in self.tree.instructions:
            if instruction.keyword == "FROM":
                if len(self.stages) >= STAGE_LIMIT:
                    message = f"more than {STAGE_LIMIT} stages: the rest is not read"
                    self.limits.append(Fault(instruction.start, instruction.end, message))
                    break
                stage = self._open(instruction)
            elif stage is not None:
                stage.instructions.append(instruction)
                self._apply(stage, instruction)
            elif instruction.keyword == "ARG":
                self._argument(instruction, self.globals, None)
        self._connect()

    def expand(self, word: Word, instruction: Instruction, scope: Variables) -> Expanded:
        """A word with its variables replaced; a fault is noted."""
        got = expand(word.text, word.at, instruction.segments, scope, self.tree.escape)
        self._refer(got.uses, instruction, scope)
        if got.fault is not None:
            self._note(got.fault, instruction)
        return got

    def _refer(self, uses: list[Use], instruction: Instruction, scope: Variables) -> None:
        stage = self._current
        for use in uses:
            if len(self.references) < REFERENCE_LIMIT:
                self.references.append(Referred(stage, instruction, use, scope))

    def _note(self, fault: Fault, instruction: Instruction) -> None:
        """One fault for each instruction: an open quote spoils the words behind it too."""
        if self._faulty is not instruction:
            self._faulty = instruction
            self.faults.append(fault)

    def _open(self, instruction: Instruction) -> Stage:
        stage = self._current = Stage(len(self.stages), instruction)
        words = instruction.words
        if len(words) == 3 and words[1].text.lower() == "as":
            stage.name = words[2].text.lower()
        stage.variables = Variables(self.budget, surely_unset=False)
        if words:
            stage.base_word = words[0]
            got = self.expand(words[0], instruction, self.globals)
            stage.base = got.value
            stage.expanded[id(instruction)] = [got]
            self._grow(stage, got)
        self.stages.append(stage)
        if stage.name:
            self._by_name[stage.name] = stage
        return stage

    def _grow(self, stage: Stage, got: Expanded) -> None:
        text = got.value.text
        if text is None:
            stage.maybe_stage = any(_may_be(name, got.value) for name in self._by_name)
            return
        parent = self._by_name.get(text)
        if parent is not None:
            stage.inherit(parent)
        elif text == "scratch":
            stage.variables = Variables(self.budget, surely_unset=True)
        elif not text and got.fault is None and stage.base_word is not None:
            word = stage.base_word
            self.faults.append(Fault(word.start, word.end, "the image's name is empty here"))

    def _apply(self, stage: Stage, instruction: Instruction) -> None:
        keyword = instruction.keyword
        if keyword == "ARG":
            self._argument(instruction, stage.variables, stage)
        elif keyword in ("ENV", "LABEL"):
            self._assign(stage, instruction)
        elif keyword in ("COPY", "ADD", "VOLUME"):
            expanded = [
                self.expand(word, instruction, stage.variables) for word in instruction.words
            ]
            stage.expanded[id(instruction)] = expanded
            stage.workdirs[id(instruction)] = stage.workdir
            if keyword == "VOLUME":
                stage.volumes += [(instruction, one.value) for one in expanded]
        elif keyword == "EXPOSE":
            self._expose(stage, instruction)
        elif keyword in ("USER", "WORKDIR", "STOPSIGNAL"):
            if keyword == "WORKDIR":
                stage.workdirs[id(instruction)] = stage.workdir
            if instruction.words:
                got = self.expand(instruction.words[0], instruction, stage.variables)
                stage.expanded[id(instruction)] = [got]
                self._set(stage, instruction, got.value)
        else:
            self._set(stage, instruction, None)

    @staticmethod
    def _set(stage: Stage, instruction: Instruction, value: Value | None) -> None:
        keyword = instruction.keyword
        if keyword == "USER":
            stage.user = Setting(instruction, value)
        elif keyword == "WORKDIR":
            stage.workdir = Setting(instruction, _joined_path(stage.workdir, value))
        elif keyword == "STOPSIGNAL":
            stage.stop_signal = Setting(instruction, value)
        elif keyword == "HEALTHCHECK" and instruction.words:
            stage.healthcheck = Setting(instruction, None, stage.shell)
        elif keyword == "SHELL" and instruction.json and instruction.words:
            stage.shell = instruction
        elif keyword == "CMD":
            stage.command = Setting(instruction, None, stage.shell)
            stage.own_command = True
        elif keyword == "ENTRYPOINT":
            stage.entrypoint = Setting(instruction, None, stage.shell)
            if not stage.own_command:
                stage.command = None

    def _argument(self, instruction: Instruction, scope: Variables, stage: Stage | None) -> None:
        for pair in instruction.pairs:
            name = pair.name.text
            value: Value | None = None
            uses: list[Use] = []
            if pair.value is not None:
                got = self.expand(pair.value, instruction, scope)
                value, uses = got.value, got.uses
            assigned = Assigned(instruction, pair, value, uses)
            (stage.assigned if stage else self.global_arguments).append(assigned)
            if name in self.arguments:
                scope.set(name, self.arguments[name] or undecided(name))
            elif value is not None:
                scope.set(name, value)
            elif stage is None:
                if scope.get(name) is None:
                    scope.set(name, undecided(name, unset_by_default=True))
            else:
                outer = self.globals.get(name)
                if outer is not None:
                    scope.set(name, outer)
                elif scope.get(name) is None:
                    scope.set(name, undecided(name, unset_by_default=True))

    def _assign(self, stage: Stage, instruction: Instruction) -> None:
        made = []
        for pair in instruction.pairs:
            if pair.value is None:
                continue
            name = pair.name.text
            if "$" in name:
                known = self.expand(pair.name, instruction, stage.variables).value.text
                name = known if known is not None else name
            got = self.expand(pair.value, instruction, stage.variables)
            made.append((name, Assigned(instruction, pair, got.value, got.uses)))
        for name, assigned in made:
            if instruction.keyword == "LABEL":
                stage.labels[name] = assigned
                continue
            stage.assigned.append(assigned)
            stage.env[name] = assigned
            if assigned.value is not None:
                stage.variables.set(name, assigned.value)

    def _expose(self, stage: Stage, instruction: Instruction) -> None:
        expanded: list[Expanded] = []
        for word in instruction.words:
            expanded += expand_words(
                word.text, word.at, instruction.segments, stage.variables, self.tree.escape
            )
        if expanded:
            self._refer(expanded[0].uses, instruction, stage.variables)
        for one in expanded:
            if one.fault is not None:
                self._note(one.fault, instruction)
        stage.expanded[id(instruction)] = expanded
        stage.ports += [(instruction, one.value) for one in expanded]

    def _connect(self) -> None:
        """Which stages the final one needs."""
        for stage in self.stages:
            for instruction in stage.instructions:
                for reference in references(instruction):
                    other = self.find(reference)
                    if other is not None:
                        stage.needs.add(other.index)
        pending = [self.stages[-1]] if self.stages else []
        while pending:
            stage = pending.pop()
            if not stage.used:
                stage.used = True
                pending += [self.stages[index] for index in stage.needs]


def _may_be(name: str, value: Value) -> bool:
    """Whether a value with undecided pieces can be this stage's name."""
    known = [piece.text for piece in value.pieces if piece.text is not None]
    if len(known) == 0:
        return False
    first, last = value.pieces[0].text or "", value.pieces[-1].text or ""
    return name.startswith(first) and name.endswith(last) and len(first) + len(last) <= len(name)


def _joined_path(before: Setting | None, value: Value | None) -> Value | None:
    """A WORKDIR behind another: a relative path continues it, undecided from an undecided one."""
    text = value.text if value is not None else None
    if value is None or text is None or text.startswith("/") or text[1:2] == ":":
        return value
    if before is None:
        return value
    if before.value is None or before.value.text is None:
        start = value.pieces[0].start if value.pieces else 0
        return Value((Piece(None, start, start), *value.pieces), value.written)
    pieces = value.pieces
    place = (pieces[0].start, pieces[0].end) if pieces else (0, 0)
    joined = posixpath.normpath(posixpath.join(before.value.text, text))
    return Value((Piece(joined[:4096], *place),), value.written)
