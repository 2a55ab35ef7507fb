"""Stage: what one stage of a Dockerfile sets, inheritance included."""

from __future__ import annotations

from plumblint.formats.dockerfile.scope import Budget, Variables
from plumblint.formats.dockerfile.tree import Instruction, Pair, Word
from plumblint.formats.dockerfile.value import Value
from plumblint.formats.dockerfile.words import Expanded, Use

_DECLARED_LIMIT = 100
_MANY = 1000


class Setting:
    """What an instruction set, and the shell in force there."""

    __slots__ = ("instruction", "shell", "value")

    def __init__(
        self, instruction: Instruction, value: Value | None, shell: Instruction | None = None
    ) -> None:
        self.instruction = instruction
        self.value = value
        self.shell = shell
        """The SHELL in force, None for the image's own."""


class Assigned:
    """A `name=value` of ENV, ARG or LABEL with its expanded value."""

    __slots__ = ("instruction", "pair", "uses", "value")

    def __init__(
        self, instruction: Instruction, pair: Pair, value: Value | None, uses: list[Use]
    ) -> None:
        self.instruction = instruction
        self.pair = pair
        self.value = value
        self.uses = uses


class Referred:
    """A variable's use, and what was known of the variable there."""

    __slots__ = ("declared", "defined", "instruction", "stage", "use")

    def __init__(
        self, stage: Stage | None, instruction: Instruction, use: Use, scope: Variables
    ) -> None:
        self.stage = stage
        self.instruction = instruction
        self.use = use
        self.defined: bool | None = scope.get(use.name) is not None
        """None where the base image may set it."""
        self.declared: tuple[str, ...] = ()
        if not self.defined:
            if use.value is None:
                self.declared = scope.names(_DECLARED_LIMIT)
            else:
                self.defined = None


class Stage:
    """One stage, evaluated; what it inherits from the stage it grows from is included."""

    def __init__(self, index: int, instruction: Instruction) -> None:
        self.index = index
        self.instruction = instruction
        self.name: str | None = None
        self.base = Value((), "")
        self.base_word: Word | None = None
        self.parent: Stage | None = None
        self.maybe_stage = False
        """Whether the undecided base may turn out to be a stage."""
        self.instructions: list[Instruction] = []
        self.variables = Variables(Budget(), surely_unset=False)
        self.needs: set[int] = set()
        self.used = False
        self.expanded: dict[int, list[Expanded]] = {}
        """The expanded words of an instruction by its `id`."""
        self.workdirs: dict[int, Setting | None] = {}
        """The WORKDIR in force before a COPY, ADD or WORKDIR by its `id`."""
        self.assigned: list[Assigned] = []
        """The ENV and ARG of this stage itself."""
        self.env: dict[str, Assigned] = {}
        self.labels: dict[str, Assigned] = {}
        self.ports: list[tuple[Instruction, Value]] = []
        self.volumes: list[tuple[Instruction, Value]] = []
        self.user: Setting | None = None
        self.workdir: Setting | None = None
        self.stop_signal: Setting | None = None
        self.healthcheck: Setting | None = None
        self.shell: Instruction | None = None
        self.entrypoint: Setting | None = None
        self.command: Setting | None = None
        self.own_command = False

    @property
    def label(self) -> str:
        """Its name, else its number."""
        return self.name or str(self.index)

    @property
    def root(self) -> Stage:
        """The stage at the end of its chain, which grows from an image."""
        stage = self
        while stage.parent is not None:
            stage = stage.parent
        return stage

    def chain(self) -> list[Stage]:
        """The stage itself, then those it grows from."""
        stages = [self]
        while stages[-1].parent is not None:
            stages.append(stages[-1].parent)
        return stages

    def inherit(self, parent: Stage) -> None:
        """Take over what the parent set."""
        self.parent = parent
        self.needs.add(parent.index)
        self.variables = parent.variables.child()
        self.env = dict(parent.env) if len(self.variables) else {}
        self.labels = dict(parent.labels) if len(parent.labels) < _MANY else {}
        self.ports = list(parent.ports[:_MANY])
        self.volumes = list(parent.volumes[:_MANY])
        self.user = parent.user
        self.workdir = parent.workdir
        self.stop_signal = parent.stop_signal
        self.healthcheck = parent.healthcheck
        self.shell = parent.shell
        self.entrypoint = parent.entrypoint
        self.command = parent.command


def references(instruction: Instruction) -> list[str]:
    """What `--from` of COPY and of RUN's mounts name."""
    if instruction.keyword == "COPY":
        flag = instruction.flag("from")
        return [flag.value] if flag is not None and flag.value else []
    found = []
    if instruction.keyword == "RUN":
        for flag in instruction.flags:
            if flag.name == "mount" and flag.value:
                found += [value for key, value, _ in mount_fields(flag.value) if key == "from"]
    return [value for value in found if value]


def mount_fields(text: str) -> list[tuple[str, str, int]]:
    """The fields of a `--mount` in order: name, value, and where the value begins in the text."""
    fields = []
    at = 0
    for field in text.split(","):
        name, equals, value = field.strip('"').partition("=")
        begin = at + field.find("=") + 1 if equals else at + len(field)
        fields.append((name.lower(), value, begin))
        at += len(field) + 1
    return fields
