"""The shell commands of provisioners."""

from __future__ import annotations

from plumblint.facts import Command, Unknown
from plumblint.formats.commands import ScriptOptions, read_commands
from plumblint.formats.terraform.value import Run, Value, scalar
from plumblint.repo import Repo
from plumblint.source import Source, Span
from plumblint.syntax.segments import Segments

_UNDECIDED = "${_}"
"""What stands in a script for what Terraform puts there: a word that the shell does not decide."""

_SHELLS = {"bash": "bash", "sh": "sh", "dash": "sh", "ash": "sh", "zsh": "bash", "ksh": "bash"}
_TEXT_LIMIT = 100_000
_SHOWN = 4000


def read_script(repo: Repo, value: Value, interpreter: list[Value], path: str) -> list[Command]:
    """The commands of a script that a value holds, empty where another program reads it."""
    shell = _shell(interpreter)
    runs = value.runs or ([Run(value.data, value.span)] if isinstance(value.data, str) else [])
    if shell is None or not runs:
        return []
    source = repo.source(value.span.path)
    if source is None:
        return []
    texts: list[str] = []
    pairs: list[tuple[int, int]] = []
    size = 0
    for run in runs:
        place = _place(run, value.span, source)
        if place is None:
            return []
        text = _UNDECIDED if run.text is None else run.text
        pairs.append((size, place[0]))
        if not run.literal and len(text) > 1:
            pairs.append((size + len(text) - 1, place[1] - 1))
        texts.append(text)
        size += len(text)
    if size > _TEXT_LIMIT:
        return []
    words = [scalar(item) for item in interpreter[1:]]
    errexit = any(isinstance(word, str) and _flag(word, "e") for word in words)
    options = ScriptOptions(shell, dialect=shell, errexit=errexit)
    commands, _ = read_commands(
        source, "".join(texts), Segments(pairs), options, place="provisioner", path=path
    )
    for command in commands:
        if not command.span.start < command.span.end <= value.span.end:
            command.span = value.span
        if _UNDECIDED in command.text:
            written = source.text[command.span.start : command.span.end][:_SHOWN]
            command.text = " ".join(written.split())
        command.key = f"{path} {command.key}"
    return commands


def _shell(interpreter: list[Value]) -> str | None:
    if not interpreter:
        return "sh"
    program = scalar(interpreter[0])
    if not isinstance(program, str):
        return None
    return _SHELLS.get(program.rsplit("/", 1)[-1])


def _flag(word: str, letter: str) -> bool:
    return word.startswith("-") and not word.startswith("--") and letter in word


def _place(run: Run, script: Span, source: Source) -> tuple[int, int] | None:
    """Where a run is in its script: there itself, else where it is used, `${}` included."""
    for span in (run.span, *(related.span for related in reversed(run.via))):
        if span.path == script.path and script.start <= span.start and span.end <= script.end:
            start, end = span.start, span.end
            if not run.literal and source.text[max(start - 2, 0) : start] == "${":
                start, end = start - 2, end + source.text.startswith("}", end)
            return start, end
    return None


def joined(words: tuple[str | Unknown, ...]) -> str | Unknown | None:
    """Commands as one text; Unknown where one of them is."""
    undecided = next((word for word in words if isinstance(word, Unknown)), None)
    if undecided is not None:
        return undecided
    return "\n".join(word for word in words if isinstance(word, str)) if words else None
