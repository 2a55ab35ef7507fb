"""Processes: what PID 1 is, from ENTRYPOINT, CMD and SHELL."""

from __future__ import annotations

import re

from plumblint.facts import Base, Maybe, Origin, Process, Related, Sure, Unknown
from plumblint.formats.dockerfile.bases import KnownBase
from plumblint.formats.dockerfile.reading import Reading, mixed
from plumblint.formats.dockerfile.stage import Setting, Stage
from plumblint.formats.dockerfile.tree import Instruction
from plumblint.source import Span
from plumblint.syntax.pattern import lazy_pattern
from plumblint.syntax.shell.parameters import uses_parameters
from plumblint.tables.signal_names import signal_name

DEFAULT_SHELL = ("/bin/sh", "-c")
WINDOWS_SHELL = ("cmd", "/S", "/C")
_LOOKS_LIKE_JSON = lazy_pattern(r"\[(?:\s*[\"'“”‘’]|[^\s\[\]])")
_SHELL_NAMES = ("sh", "bash", "dash", "ash", "zsh", "ksh")


def read_process(
    reading: Reading, stage: Stage, base: Base | None, known: KnownBase | None, path: str
) -> Process | None:
    """PID 1 of a stage's container, None where neither it nor a stage below it says."""
    entrypoint = _given(stage.entrypoint)
    command = _given(stage.command)
    deciding = entrypoint or command
    if deciding is None:
        return None
    instruction = deciding.instruction
    spoken = [one.instruction for one in (entrypoint, command) if one is not None]
    shell_entrypoint = entrypoint is not None and not entrypoint.instruction.json
    own = _argv(reading, entrypoint) if entrypoint is not None else []
    given = _argv(reading, command) if command is not None else []
    argv = own if shell_entrypoint else [*own, *given]
    process = Process(
        span=value_span(reading, instruction),
        path=f"{path}.process",
        key=f"{stage.label} process",
        argv=mixed(argv),
        entrypoint=mixed(own),
        command=mixed(given),
        text=" ".join(one.value for one in spoken),
        form="exec" if instruction.json else "shell",
        entrypoint_form=None,
        command_ignored=entrypoint is not None
        and shell_entrypoint
        and command is not None
        and not uses_parameters(entrypoint.instruction.value),
        one_string=_one_string(instruction),
        malformed_json=looks_like_json(instruction),
        shell=_shell(argv, base),
        stop_signal=_stop_signal(stage, known),
    )
    if entrypoint is not None:
        process.entrypoint_form = "exec" if entrypoint.instruction.json else "shell"
    _trace(reading, stage, process, entrypoint, command)
    return process


def value_span(reading: Reading, instruction: Instruction) -> Span:
    """The arguments of an instruction, the whole instruction where it has none."""
    if instruction.value_start == instruction.value_end:
        return reading.span(instruction)
    return reading.source.span(instruction.value_start, instruction.value_end)


def _one_string(instruction: Instruction) -> bool:
    """Whether the exec form is one item with blanks, which no program is called."""
    words = instruction.words
    if not instruction.json or len(words) != 1:
        return False
    return re.match(r"[^\s-]\S*\s+\S", words[0].text) is not None


def looks_like_json(instruction: Instruction) -> bool:
    """Whether arguments were meant as JSON but are none, and so are run by a shell."""
    value = instruction.value
    if instruction.keyword == "HEALTHCHECK" and len(instruction.words) > 1:
        value = instruction.words[1].text
    return not instruction.json and _LOOKS_LIKE_JSON.match(value) is not None


def shell_argv(shell: Instruction | None, *, windows: bool) -> tuple[str, ...]:
    """What a shell form is handed to."""
    if shell is not None:
        return tuple(word.text for word in shell.words)
    return WINDOWS_SHELL if windows else DEFAULT_SHELL


def _given(setting: Setting | None) -> Setting | None:
    """The setting, unless it is empty (`ENTRYPOINT []`)."""
    return setting if setting is not None and setting.instruction.words else None


def _argv(reading: Reading, setting: Setting) -> list[Sure[str]]:
    instruction = setting.instruction
    if instruction.json:
        return [word.text for word in instruction.words]
    shell = shell_argv(setting.shell, windows=reading.tree.escape == "`")
    return [*shell, instruction.value]


def _shell(argv: list[Sure[str]], base: Base | None) -> Maybe[str]:
    """The shell that interprets a shell form or a `-c` string."""
    if len(argv) < 3 or not isinstance(argv[0], str):
        return None
    name = argv[0].rsplit("/", 1)[-1]
    flags = [word for word in argv[1:4] if isinstance(word, str) and word.startswith("-")]
    if name not in _SHELL_NAMES or not any("c" in flag.lstrip("-") for flag in flags):
        return name if argv[0] in ("cmd", "powershell", "pwsh") else None
    if name == "ash":
        return "busybox"
    if name != "sh" or base is None:
        return name
    return base.shell if isinstance(base.shell, str) else name


def _stop_signal(stage: Stage, known: KnownBase | None) -> Sure[str]:
    setting = stage.stop_signal
    if setting is None or setting.value is None:
        return known.stop_signal if known is not None else Unknown("the base image's STOPSIGNAL")
    value = setting.value.known
    return value if isinstance(value, Unknown) else signal_name(value)


def _trace(
    reading: Reading,
    stage: Stage,
    process: Process,
    entrypoint: Setting | None,
    command: Setting | None,
) -> None:
    deciding = entrypoint or command
    if deciding is None:
        return
    via: tuple[Related, ...] = ()
    if deciding.instruction.start < stage.instruction.start:
        via = (Related(reading.span(stage.instruction), "inherited here"),)
    where = Origin(process.span, via)
    for field, one in (("entrypoint", entrypoint), ("command", command)):
        if one is not None:
            process.trace(**{field: Origin(value_span(reading, one.instruction), via)})
    if entrypoint is not None and command is not None:
        process.trace(
            command_ignored=Origin(
                value_span(reading, command.instruction),
                (Related(process.span, "ENTRYPOINT in shell form"),),
            )
        )
    process.trace(argv=where, form=where, text=where, malformed_json=where, one_string=where)
    setting = stage.stop_signal
    if setting is not None and setting.value is not None:
        instruction = setting.instruction
        process.trace(
            stop_signal=reading.origin(
                setting.value, instruction.value_start, instruction.value_end
            )
        )
