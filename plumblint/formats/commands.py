"""From a shell script to Command facts: what every format that holds scripts lowers them with."""

from __future__ import annotations

import re
from typing import Literal, cast

from plumblint.facts import Command, Many, Sure, Unknown
from plumblint.source import Fault, Source
from plumblint.syntax.segments import Segments
from plumblint.syntax.shell import mask_expressions, parse
from plumblint.syntax.shell import nodes as shell_nodes
from plumblint.syntax.shell.commands import Command as ShellCommand
from plumblint.syntax.shell.occurrence import Occurrence
from plumblint.syntax.shell.occurrences import walk_commands
from plumblint.tables.command_wrappers import COMMAND_WRAPPERS, QUERIES, RAISES_RIGHTS

Place = Literal[
    "run", "step", "ssh", "entrypoint", "command", "provisioner", "script", "healthcheck", "hook"
]
_CONTINUATION = re.compile(r"[ \t]*\\\r?\n[ \t]*|[ \t]*\r?\n[ \t]*")
_ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\+?=")
_DECIDES = frozenset(("if", "elif", "while", "until", "!"))
"""What takes a failure as an answer, and so does not swallow it."""
_KEPT_TEXT = 4000
_SHOWN_TEXT = 200
_WRAPPER_WORDS = 20
"""Words in which the program behind wrappers is looked for."""


MOST_WORDS = 30_000
"""Words of shell that are read of one file; the largest scripts in use have a twentieth of it."""


class ScriptOptions:
    """How a script is run: by which shell, and with which options from the start."""

    __slots__ = ("dialect", "errexit", "pipefail", "shell")

    def __init__(
        self, shell: str, *, dialect: str = "bash", errexit: bool = False, pipefail: bool = False
    ) -> None:
        self.shell = shell
        self.dialect = dialect
        self.errexit = errexit
        self.pipefail = pipefail


def read_commands(
    source: Source,
    text: str,
    segments: Segments,
    options: ScriptOptions,
    *,
    place: Place,
    path: str,
    job: str = "",
    expressions: bool = False,
) -> tuple[list[Command], list[Fault]]:
    """The simple commands of a script in their order, and what could not be read.

    `segments` maps the text to `source`; `expressions` tells that GitHub's
    `${{ … }}` are replaced before the shell reads it.  Keys are left to the
    caller: they hold the command's text.
    """
    masked = mask_expressions(text) if expressions else text
    original = text if expressions else None
    script = parse(
        masked,
        dialect=options.dialect,
        places=segments,
        original=original,
        most_words=max(0, MOST_WORDS - source.shell_words),
    )
    source.shell_words += script.words
    source.unread = source.unread or script.limit
    found = walk_commands(
        script, errexit=options.errexit, pipefail=options.pipefail, dialect=options.dialect
    )
    statuses = (text.rfind("$?"), text.rfind("PIPESTATUS"))
    commands = []
    for occurrence in found:
        command = _command(source, occurrence, statuses, options)
        if command is not None:
            command.path = path
            command.key = command.text[:100]
            command.place = place
            command.job = job
            command.shell = options.shell
            commands.append(command)
    return commands, list(script.faults)


def word_value(word: shell_nodes.Word) -> Sure[str]:
    """A word's value; Unknown with its known pieces where the script alone does not say it."""
    if all(isinstance(part, shell_nodes.Literal) for part in word.parts):
        return word.literal or ""
    pieces: list[str | None] = []
    for part in word.parts:
        if not isinstance(part, shell_nodes.Literal):
            pieces.append(None)
        elif pieces and pieces[-1] is not None:
            pieces[-1] += part.value
        else:
            pieces.append(part.value)
    return Unknown(word.text[:_KEPT_TEXT], tuple(pieces))


def without_wrappers(words: list[Sure[str]]) -> tuple[int, tuple[str, ...]]:
    """The index of the program's word behind wrappers such as `sudo`, and the wrappers."""
    wrappers: list[str] = []
    at = 0
    while at < len(words):
        word = words[at]
        name = word.rsplit("/", 1)[-1] if isinstance(word, str) else ""
        if name not in COMMAND_WRAPPERS:
            break
        behind = _behind(words, at + 1, name)
        if behind is None:
            break
        wrappers.append(name)
        at = behind
    return at, tuple(wrappers)


def _behind(words: list[Sure[str]], at: int, name: str) -> int | None:
    valued, operands = COMMAND_WRAPPERS[name]
    while at < len(words):
        word = words[at]
        if not isinstance(word, str):
            if not operands:
                break
            operands -= 1
        elif word in QUERIES.get(name, ()):
            return None
        elif word.startswith("-") and len(word) > 1:
            at += word in valued
        elif not _ASSIGNMENT.match(word):
            if not operands:
                break
            operands -= 1
        at += 1
    return at if at < len(words) else None


def _command(
    source: Source, occurrence: Occurrence, statuses: tuple[int, int], options: ScriptOptions
) -> Command | None:
    node = occurrence.command
    if not node.words:
        return None
    words = [word_value(word) for word in node.words]
    at, wrappers = without_wrappers(words)
    first = words[at]
    argv = tuple(words[at:])
    if isinstance(first, str):
        first = first.rsplit("/", 1)[-1] or first
    by = _ignored_by(occurrence, statuses, options)
    return Command(
        span=source.span(*node.span),
        path="",
        name=first,
        argv=cast("Many[str]", argv),  # it may hold Unknown words, which its type does not say
        options=tuple(
            word.partition("=")[0]
            for word in argv[1:]
            if isinstance(word, str) and word.startswith("-") and len(word) > 1
        ),
        text=_one_line(node.text, _KEPT_TEXT),
        place="script",
        wrappers=wrappers,
        privileged_by=next((name for name in wrappers if name in RAISES_RIGHTS), None),
        pipeline=_one_line((occurrence.pipeline or node).text, _SHOWN_TEXT),
        piped_into=_neighbour(occurrence, 1),
        piped_from=_neighbour(occurrence, -1),
        failure_ignored=by is not None,
        failure_ignored_by=by,
        under_errexit=occurrence.errexit is True,
        under_pipefail=occurrence.pipefail is True,
        last=occurrence.last,
    )


def _one_line(text: str, limit: int) -> str:
    return _CONTINUATION.sub(" ", text[: 2 * limit]).strip()[:limit]


def _neighbour(occurrence: Occurrence, step: int) -> str | None:
    """The program before or behind it in its pipeline, wrappers left out: `curl … | sudo bash`."""
    pipeline, at = occurrence.pipeline, occurrence.position + step
    if pipeline is None or not 0 <= at < len(pipeline.commands):
        return None
    other = pipeline.commands[at]
    if not isinstance(other, ShellCommand) or not other.words:
        return None  # a loop has words too: those it goes through, or none
    values = [word_value(word) for word in other.words[:_WRAPPER_WORDS]]
    program = values[without_wrappers(values)[0]]
    return program.rsplit("/", 1)[-1] if isinstance(program, str) and program else None


def _ignored_by(
    occurrence: Occurrence, statuses: tuple[int, int], options: ScriptOptions
) -> str | None:
    """What swallows a command's failure, as written; None where it is not swallowed."""
    by, at = occurrence.ignored_by, occurrence.ignored_at
    status, pipe_status = statuses
    end = occurrence.command.read_end
    if by in _DECIDES:
        return None
    if by == "|" and pipe_status >= end:
        return None
    if by:
        follower = _CONTINUATION.sub(" ", at.text).strip() if at is not None else ""
        if by == "&&" and (
            follower.startswith(("exit", "return", "false")) or "GITHUB_OUTPUT" in follower
        ):
            return None  # its success is what is judged, or handed on
        return f"{by} {follower}"[:200] if by in ("||", "&&", "|") else by
    if occurrence.failure_passes and status < end and occurrence.errexit is False:
        return "set +e" if options.errexit else "no set -e"
    return None
