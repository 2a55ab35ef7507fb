"""A step of a job or of a composite action."""

from __future__ import annotations

from collections.abc import Iterator

from plumblint.facts import Action, Command, Maybe, Origin, Step, Unknown
from plumblint.formats.commands import ScriptOptions, read_commands
from plumblint.formats.steps.conditions import read_condition
from plumblint.formats.steps.document import Table, node_span, table
from plumblint.formats.steps.reading import Reading, Text, as_text
from plumblint.formats.steps.shells import script_options
from plumblint.formats.steps.sinks import Scope, expressions_in
from plumblint.formats.steps.uses import read_uses
from plumblint.formats.steps.variables import inputs_of, read_variables
from plumblint.repo import Repo
from plumblint.tables.ssh_actions import SSH_ACTIONS
from plumblint.tables.untrusted_contexts import CODE_INPUTS

_GROUP_DEPTH = 4
"""Levels of `parallel:` within `parallel:` that are followed; GitHub allows one."""


class Surroundings:
    """What a step inherits from its job."""

    __slots__ = ("folder", "job", "scope", "shell", "windows")

    def __init__(
        self,
        scope: Scope,
        *,
        job: str = "",
        shell: str | None = None,
        folder: Maybe[str] = None,
        windows: bool = False,
    ) -> None:
        self.scope = scope
        self.job = job
        self.shell = shell
        """`defaults.run.shell` in effect."""
        self.folder = folder
        """`defaults.run.working-directory` in effect."""
        self.windows = windows


class ReadStep:
    """A Step fact with what only the reading of its file needs."""

    __slots__ = ("block", "fact", "inputs", "position")

    def __init__(self, fact: Step, block: Table, inputs: dict[str, Text], position: int) -> None:
        self.fact = fact
        self.block = block
        self.inputs = inputs
        self.position = position
        """Its index among the job's steps, groups flattened."""


def read_steps(
    reading: Reading, block: Table, path: str, key: str, around: Surroundings, repo: Repo
) -> list[ReadStep]:
    """The steps under `steps:`; `parallel:` groups are flattened."""
    found: list[ReadStep] = []
    for step, step_path in _flat(reading, block, f"{path}.steps" if path else "steps", "steps", 0):
        step_key = reading.unique(f"{key}.steps.{_name(step)}" if key else f"steps.{_name(step)}")
        found.append(_read_step(reading, step, step_path, step_key, around, repo, len(found)))
    return found


def _flat(
    reading: Reading, block: Table, path: str, name: str, depth: int
) -> Iterator[tuple[Table, str]]:
    for index, node in enumerate(block.sequence(name)):
        step = table(reading.source, node)
        if step is None:
            continue
        reading.spend(10 * len(step))
        if step.node_of("parallel") is not None and depth < _GROUP_DEPTH:
            yield from _flat(reading, step, f"{path}[{index}].parallel", "parallel", depth + 1)
        else:
            yield step, f"{path}[{index}]"


def _name(step: Table) -> str:
    for name in ("id", "name", "uses", "run", "wait"):
        text = step.text(name)
        if text is not None and text.value:
            return text.value.partition("@")[0] if name == "uses" else text.value[:80]
    return "step"


def _read_step(
    reading: Reading,
    block: Table,
    path: str,
    key: str,
    around: Surroundings,
    repo: Repo,
    position: int,
) -> ReadStep:
    head = block.text("name") or block.text("uses") or block.text("run")
    folder = block.string("working-directory")
    fact = Step(
        span=head.span if head else node_span(reading.source, block.node),
        path=path,
        key=key,
        id=block.string("id"),
        name=block.string("name"),
        continue_on_error=block.boolean("continue-on-error"),
        timeout_minutes=block.number("timeout-minutes"),
        working_directory=around.folder if folder is None else folder,
        job=around.job,
    )
    reading.add(fact)
    _trace(fact, block)
    condition = block.text("if")
    if condition is not None:
        fact.condition = read_condition(reading, condition, "step", path, key, around.job)
    variables, env = read_variables(reading, block.table("env"), "step-env", path, key)
    fact.env = tuple(variables)
    inputs: dict[str, Text] = {}
    scope = around.scope.inner(env).under(fact.condition)
    if uses := block.text("uses"):
        action = read_uses(
            reading, uses, f"{path}.uses", f"{key}.uses", job=around.job, repo=repo, of_job=False
        )
        fact.action = reading.add(action)
        _, inputs = read_variables(reading, block.table("with"), "input", path, key)
        action.inputs = inputs_of(inputs)
        commands = _read_inputs(reading, action, inputs, path, key, scope)
        fact.commands = tuple(commands)
    elif run := block.text("run"):
        fact.commands = tuple(_read_run(reading, fact, run, block, around, scope))
    if fact.continue_on_error is True:
        for command in fact.commands:
            if not command.failure_ignored:
                command.failure_ignored = True
                command.failure_ignored_by = "continue-on-error: true"
    return ReadStep(fact, block, inputs, position)


def _trace(fact: Step, block: Table) -> None:
    fields = {
        "id": "id",
        "name": "name",
        "script": "run",
        "shell": "shell",
        "continue_on_error": "continue-on-error",
        "timeout_minutes": "timeout-minutes",
    }
    origins = {}
    for field, name in fields.items():
        text = block.text(name)
        if text is not None:
            literal = text.verbatim(0, len(text.value))
            origins[field] = Origin(text.span, literal=literal)
    fact.trace(**origins)


def _read_run(
    reading: Reading, fact: Step, run: Text, block: Table, around: Surroundings, scope: Scope
) -> list[Command]:
    path, key = f"{fact.path}.run", f"{fact.key}.run"
    reading.judge_expressions(run)
    fact.script = as_text(run)
    expressions_in(reading, run, "run", path, key, scope, job=around.job)
    named = block.text("shell")
    shell = named.value if named else around.shell
    options = script_options(shell, windows=around.windows)
    if options is None:
        fact.shell = shell or "pwsh"
        return []
    fact.shell = shell or "bash"
    if shell is not None and "${{" in shell:
        fact.shell = Unknown(shell)
    return _commands(reading, run, options, "step", path, key, around.job)


def _read_inputs(
    reading: Reading, action: Action, inputs: dict[str, Text], path: str, key: str, scope: Scope
) -> list[Command]:
    """Expressions in inputs that are run as code; the commands of scripts for a server."""
    commands: list[Command] = []
    name = action.name if isinstance(action.name, str) else ""
    for known in CODE_INPUTS.get(name, ()):
        if known in inputs:
            expressions_in(
                reading,
                inputs[known],
                "script" if known == "script" else "input",
                f"{path}.with.{known}",
                f"{key}.with.{known}",
                scope,
                job=action.job,
                sink_name=f"{name} {known}",
            )
    for known in SSH_ACTIONS.get(name, ()):
        if known in inputs:
            stops = inputs.get("script_stop")
            options = ScriptOptions("sh", errexit=stops is not None and stops.value == "true")
            place, place_key = f"{path}.with.{known}", f"{key}.with.{known}"
            text = inputs[known]
            commands += _commands(reading, text, options, "ssh", place, place_key, action.job)
    return commands


def _commands(
    reading: Reading,
    text: Text,
    options: ScriptOptions,
    place: str,
    path: str,
    key: str,
    job: str,
) -> list[Command]:
    reading.spend(10 * len(text.value))
    commands, _ = read_commands(
        reading.source,
        text.value,
        text.segments,
        options,
        place="ssh" if place == "ssh" else "step",
        path=path,
        job=job,
        expressions=True,
    )
    for command in commands:
        command.key = reading.unique(f"{key}:{command.text[:80]}")
        reading.add(command)
    return commands
