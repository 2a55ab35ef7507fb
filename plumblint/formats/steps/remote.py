"""What a step sends to a server: commands behind `ssh host`, and scripts of SSH actions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from plumblint.facts import Command, Step, Sure, Unknown
from plumblint.formats.commands import ScriptOptions, read_commands
from plumblint.source import Source
from plumblint.syntax.segments import Segments

_VALUED = frozenset(("-p", "-i", "-o", "-l", "-F", "-J", "-L", "-R", "-D", "-b", "-c", "-e", "-m",
                     "-S", "-W", "-w", "-E", "-I", "-O", "-Q"))  # fmt: skip
_HEREDOC = re.compile(r"<<-?[ \t]*(['\"]?)([A-Za-z_][A-Za-z0-9_]*)\1")
_LIMIT = 50_000
"""Characters of a script for a server that are looked at."""


class Remote:
    """The commands that a step runs on a server, and their text."""

    __slots__ = ("commands", "text")

    def __init__(self, commands: Sequence[Command], text: str) -> None:
        self.commands = commands
        self.text = text


def remote_of(step: Step) -> Remote:
    """What a step runs on servers, as far as it is written out."""
    there = [command for command in step.commands if command.place == "ssh"]
    texts = [command.text for command in there]
    texts += [
        _behind_host(command.argv)
        for command in step.commands
        if command.place != "ssh" and command.name == "ssh"
    ]
    script = step.script
    written = script.text if isinstance(script, Unknown) else script or ""
    if any(command.name in ("ssh", "sshpass") for command in step.commands):
        texts += _heredocs(written)
    text = "\n".join(part for part in texts if part)[:_LIMIT]
    inside = [text for text in texts[len(there) :] if text]
    commands = [*there, *(found for text in inside for found in _parsed(text, step))]
    return Remote(commands, text)


def _behind_host(argv: Sequence[Sure[str]]) -> str:
    at = 1
    while at < len(argv):
        word = argv[at]
        if not isinstance(word, str) or not word.startswith("-"):
            break
        at += 2 if word in _VALUED else 1
    return " ".join(_written(word) for word in argv[at + 1 :])


def _written(word: Sure[str]) -> str:
    if not isinstance(word, Unknown):
        return word
    return "".join("$X" if piece is None else piece for piece in word.pieces)


def _heredocs(script: str) -> list[str]:
    """The bodies of the here-documents of a script."""
    found: list[str] = []
    at = 0
    while match := _HEREDOC.search(script, at):
        start = script.find("\n", match.end())
        if start < 0:
            break
        end = re.compile(rf"^[ \t]*{match[2]}[ \t]*$", re.MULTILINE).search(script, start)
        stop = end.start() if end else len(script)
        found.append(script[start + 1 : stop])
        at = end.end() if end else len(script)
    return found


def _parsed(text: str, step: Step) -> list[Command]:
    source = Source(step.span.path, text[:_LIMIT])
    commands, _ = read_commands(
        source,
        source.text,
        Segments(),
        ScriptOptions("sh"),
        place="ssh",
        path=step.path,
        job=step.job,
        expressions=True,
    )
    for command in commands:
        command.span = step.span  # its place in the workflow is not known more exactly
    return commands
