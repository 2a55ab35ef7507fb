"""Commands: what RUN, CMD, ENTRYPOINT and HEALTHCHECK run."""

from __future__ import annotations

from typing import Literal

from plumblint.facts import Base, Command, Sure
from plumblint.formats.commands import ScriptOptions, read_commands, without_wrappers
from plumblint.formats.dockerfile.processes import shell_argv
from plumblint.formats.dockerfile.reading import Reading, mixed
from plumblint.formats.dockerfile.stage import Stage, mount_fields
from plumblint.formats.dockerfile.tree import Heredoc, Instruction, Word
from plumblint.source import Span
from plumblint.syntax.pattern import lazy_pattern
from plumblint.syntax.segments import Segments
from plumblint.tables.command_wrappers import RAISES_RIGHTS

Where = Literal["run", "entrypoint", "command", "healthcheck"]

_PLACES: dict[str, Where] = {
    "RUN": "run",
    "ENTRYPOINT": "entrypoint",
    "CMD": "command",
    "HEALTHCHECK": "healthcheck",
}
_SHELLS = ("sh", "bash", "dash", "ash", "zsh", "ksh")
_SHEBANG = lazy_pattern(r"#![ \t]*(?:\S*/env[ \t]+(?:-S[ \t]+)?)?(\S+)([^\n]*)")
_ONLY_HEREDOC = lazy_pattern(r"[0-9]*<<-?[\t\n\f\r ]*[^<\s]+\Z")
_FED_SHELL = lazy_pattern(
    r"(?:sudo[ \t]+(?:-\S+[ \t]+)*)?(?:/(?:usr/)?bin/)?(sh|bash|dash|ash|zsh|ksh)((?:[ \t]+-\S*)*)"
    r"(?:[ \t]+pipefail)?[ \t]*[0-9]*<<"
)


class Script:
    """The commands of one instruction."""

    __slots__ = ("commands", "instruction", "shell_faults", "stage")

    def __init__(self, instruction: Instruction, stage: Stage) -> None:
        self.instruction = instruction
        self.stage = stage
        self.commands: list[Command] = []
        self.shell_faults = 0


def read_scripts(reading: Reading, stage: Stage, base: Base | None) -> list[Script]:
    """The scripts of a stage in their order, but for those that a later one makes void.

    Their commands are added to the facts.
    """
    scripts = []
    void = {
        id(one)
        for keyword in ("CMD", "ENTRYPOINT", "HEALTHCHECK")
        for one in [each for each in stage.instructions if each.keyword == keyword][:-1]
    }
    shell: Instruction | None = stage.parent.shell if stage.parent is not None else None
    for instruction in stage.instructions:
        if instruction.keyword == "SHELL" and instruction.json and instruction.words:
            shell = instruction
        inner = instruction.child or instruction
        if inner.keyword in _PLACES and inner.words and id(instruction) not in void:
            script = Script(inner, stage)
            _read(reading, script, shell, base, onbuild=inner is not instruction)
            scripts.append(script)
    return scripts


def _read(
    reading: Reading,
    script: Script,
    shell: Instruction | None,
    base: Base | None,
    *,
    onbuild: bool,
) -> None:
    instruction = script.instruction
    words = instruction.words
    if instruction.keyword == "HEALTHCHECK":
        words = words[1:]
    if not words:
        return
    if instruction.json:
        _exec_form(reading, script, words, base)
    else:
        argv = shell_argv(shell, windows=reading.tree.escape == "`" and not _is_linux(base))
        options = shell_options(argv, base)
        if options is not None:
            text, places = _shell_text(reading, instruction, words[0])
            _add(reading, script, text, places, _by_shebang(text, options))
            _fed(reading, script, base)
    place = _PLACES[instruction.keyword]
    path = reading.path(script.stage, f"{'ONBUILD ' if onbuild else ''}{instruction.keyword}")
    mounts = mount_types(instruction)
    shipped = script.stage.index in reading.final_chain and not _at_home(reading.source.path)
    for command in script.commands:
        command.path = path
        command.key = f"{script.stage.label} {instruction.keyword} {command.key}"
        command.place = place
        command.job = reading.stage_path(script.stage)
        command.mounts = mounts
        command.in_image = place == "run" and shipped
        reading.add(command)


def _at_home(path: str) -> bool:
    """Whether the image is the one that developers work in, with rights of their own."""
    return "/.devcontainer/" in f"/{path}"


def _is_linux(base: Base | None) -> bool:
    """Whether the base image is known to have a POSIX shell."""
    return base is not None and isinstance(base.shell, str) and base.shell != "none"


def mount_types(instruction: Instruction) -> tuple[str, ...]:
    """The types of a RUN's `--mount` flags."""
    types = []
    for flag in instruction.flags:
        if flag.name == "mount" and flag.value:
            found = [value for name, value, _ in mount_fields(flag.value) if name == "type"]
            types.append(found[-1].lower() if found else "bind")
    return tuple(types)


def shell_options(argv: tuple[str, ...], base: Base | None) -> ScriptOptions | None:
    """How a shell reads a script, None for what is no POSIX shell (PowerShell, cmd)."""
    if not argv:
        return None
    name = argv[0].rsplit("/", 1)[-1]
    if name not in _SHELLS:
        return None
    shown = name
    if name == "sh" and base is not None and isinstance(base.shell, str) and base.shell != "none":
        shown = base.shell
    elif name == "ash":
        shown = "busybox"
    letters = "".join(
        word[1:] for word in argv[1:] if word.startswith("-") and not word.startswith("--")
    )
    return ScriptOptions(
        shown,
        dialect="dash" if shown == "dash" else "bash",
        errexit="e" in letters or "errexit" in argv,
        pipefail="pipefail" in argv,
    )


def _by_shebang(text: str, options: ScriptOptions) -> ScriptOptions | None:
    """The options of a here-document that is run as a file of its own, by its `#!` line."""
    match = _SHEBANG.match(text)
    if match is None:
        return options
    words = (match[1], *match[2].split())
    name = match[1].rsplit("/", 1)[-1]
    return shell_options(words, None) if name in _SHELLS else None


def _shell_text(reading: Reading, instruction: Instruction, word: Word) -> tuple[str, Segments]:
    """The script that the shell is given, and where its characters stand.

    A RUN that is nothing but a here-document is that document; otherwise the
    documents follow the line, as in a script.
    """
    places = _from(instruction.segments, word.at)
    if not instruction.heredocs or not instruction.heredocs[-1].terminated:
        return word.text, places
    first = instruction.heredocs[0]
    if _ONLY_HEREDOC.match(word.text) and len(instruction.heredocs) == 1:
        return reading.source.text[first.body_start : first.body_end], _shifted(first)
    head = word.text + "\n"
    pairs = [*places.pairs, (len(head), first.body_start)]
    return head + reading.source.text[first.body_start : instruction.end], Segments(pairs)


def _from(segments: Segments, at: int) -> Segments:
    if at == 0:
        return segments
    kept = [(value - at, source) for value, source in segments.pairs if value > at]
    return Segments([(0, segments.source(at)), *kept])


def _shifted(heredoc: Heredoc) -> Segments:
    return Segments.shifted(heredoc.body_start)


def _add(
    reading: Reading,
    script: Script,
    text: str,
    places: Segments,
    options: ScriptOptions | None,
) -> None:
    if options is None:
        return
    commands, faults = read_commands(
        reading.source,
        text,
        places,
        options,
        place=_PLACES[script.instruction.keyword],
        path="",
    )
    script.commands += commands
    script.shell_faults += len(faults)


def _fed(reading: Reading, script: Script, base: Base | None) -> None:
    """The here-document that a shell reads from its standard input (`RUN bash <<EOF`)."""
    heredocs = script.instruction.heredocs
    match = _FED_SHELL.match(script.instruction.value) if len(heredocs) == 1 else None
    if match is None:
        return
    heredoc = heredocs[0]
    options = shell_options((match[1], *match[2].split()), base)
    body = reading.source.text[heredoc.body_start : heredoc.body_end]
    _add(reading, script, body, _shifted(heredoc), options)


def _exec_form(reading: Reading, script: Script, words: list[Word], base: Base | None) -> None:
    argv: list[Sure[str]] = [word.text for word in words]
    source = reading.source.text
    start, end = words[0].start, words[-1].end
    start -= source[start - 1 : start] == '"'
    end += source[end : end + 1] == '"'
    at, wrappers = without_wrappers(argv)
    name = str(argv[at]).rsplit("/", 1)[-1]
    script.commands.append(
        _exec_command(reading.source.span(start, end), name, tuple(argv[at:]), wrappers, argv)
    )
    if name in _SHELLS and len(argv) > at + 2:
        options = shell_options(tuple(str(word) for word in argv[at:]), base)
        flags = [index for index in range(at + 1, len(words)) if _has_c(words[index].text)]
        if flags and flags[0] + 1 < len(words):
            word = words[flags[0] + 1]
            places = _from(script.instruction.segments, word.at)
            if not word.verbatim:
                places = Segments([(0, word.start)])
            _add(reading, script, word.text, places, options)


def _has_c(text: str) -> bool:
    return text.startswith("-") and not text.startswith("--") and "c" in text


def _exec_command(
    span: Span,
    name: str,
    argv: tuple[Sure[str], ...],
    wrappers: tuple[str, ...],
    whole: list[Sure[str]],
) -> Command:
    text = " ".join(str(word) for word in whole)[:4000]
    return Command(
        span=span,
        path="",
        key=text[:100],
        name=name,
        argv=mixed(argv),
        options=tuple(
            str(word).partition("=")[0]
            for word in argv[1:]
            if str(word).startswith("-") and len(str(word)) > 1
        ),
        text=text,
        place="run",
        wrappers=wrappers,
        privileged_by=next((one for one in wrappers if one in RAISES_RIGHTS), None),
        last=True,
    )
