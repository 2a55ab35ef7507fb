"""Commands that a service runs: `command`, `entrypoint`, health checks and hooks."""

from __future__ import annotations

from typing import Literal

from plumblint.facts import Command, Healthcheck, Maybe, Origin, Sure, Unknown
from plumblint.formats.commands import ScriptOptions, read_commands, without_wrappers
from plumblint.formats.compose.processes import mixed
from plumblint.formats.compose.scalars import boolean
from plumblint.formats.compose.service import Block
from plumblint.formats.compose.text import Text
from plumblint.formats.compose.tree import Items, Table, Value
from plumblint.formats.compose.words import words_of
from plumblint.source import Span
from plumblint.tables.command_wrappers import RAISES_RIGHTS

Place = Literal["entrypoint", "command", "healthcheck", "hook"]
_SHELLS = frozenset(("sh", "bash", "dash", "ash", "zsh", "ksh"))
_KEPT_TEXT = 4000


def read_scripts(block: Block, shell: Maybe[str]) -> None:
    """Add the commands of a service; `shell` is what `sh` is in its image."""
    start, given = words_of(block.table.get("entrypoint")), words_of(block.table.get("command"))
    if start:
        _exec_form(block, [*start, *given], "entrypoint", "entrypoint", shell)
    elif given and not given[0].flat.startswith("-"):  # else they are options of the ENTRYPOINT
        _exec_form(block, given, "command", "command", shell)
    for hook in ("pre_start", "post_start", "pre_stop"):
        value = block.table.get(hook)
        for item in value.items if isinstance(value, Items) else ():
            if isinstance(item, Table):
                _exec_form(block, words_of(item.get("command")), "hook", hook, shell)


def read_healthcheck(block: Block, shell: Maybe[str]) -> Healthcheck | None:
    """The health check that a service states, its commands added to the facts."""
    table = block.table.table("healthcheck")
    if table is None:
        return None
    path = f"{block.path}.healthcheck"
    test = table.get("test")
    disable = table.text("disable")
    decided = boolean(disable)
    disabled: Sure[bool] = False if decided is None else decided
    key = block.table.key("healthcheck")
    made = Healthcheck(
        span=key.span if key is not None else table.span,
        path=path,
        key=path,
        disabled=disabled,
        test=Unknown("the image's HEALTHCHECK"),
    )
    if disable is not None:
        made.trace(disabled=disable.origin())
    words = words_of(test) if isinstance(test, Items) else []
    first = words[0].string if words else None
    if isinstance(test, Text):
        made.test = test.known
        _script(block, test, "healthcheck", "healthcheck.test", _options("sh", shell))
    elif first == "NONE":
        made.disabled, made.test = True, None
        made.trace(disabled=words[0].origin())
    elif first == "CMD-SHELL" and len(words) > 1:
        made.test = words[1].known
        _script(block, words[1], "healthcheck", "healthcheck.test", _options("sh", shell))
    elif first == "CMD":
        made.test = _joined(words[1:])
        _exec_form(block, words[1:], "healthcheck", "healthcheck.test", shell)
    if test is not None:
        made.trace(test=Origin(test.span, test.via))
    return block.reading.add(made)


def _joined(words: list[Text]) -> Sure[str]:
    text = " ".join(word.written for word in words)
    unknown = any(isinstance(word.known, Unknown) for word in words)
    return Unknown(text) if unknown else " ".join(str(word.known) for word in words)


def _options(name: str, shell: Maybe[str]) -> ScriptOptions:
    """How a shell reads a script; `shell` is what `sh` is."""
    if name == "ash":
        name = "busybox"
    elif name == "sh" and isinstance(shell, str) and shell != "none":
        name = shell
    return ScriptOptions(name, dialect="dash" if name == "dash" else "bash")


def _exec_form(block: Block, words: list[Text], place: Place, what: str, shell: Maybe[str]) -> None:
    if not words or not words[0].flat:
        return
    argv = [word.known for word in words]
    at, wrappers = without_wrappers(argv)
    name = argv[at]
    if isinstance(name, str):
        name = name.rsplit("/", 1)[-1] or name
    text = " ".join(word.written for word in words)[:_KEPT_TEXT]
    same = words[0].span.path == words[-1].span.path
    end = words[-1].span.end if same else words[0].span.end
    path = f"{block.path}.{what}"
    block.reading.add(
        Command(
            span=Span(words[0].span.path, words[0].span.start, max(end, words[0].span.start)),
            path=path,
            key=f"{path} {text[:100]}",
            name=name,
            argv=mixed(argv[at:]),
            options=tuple(
                word.partition("=")[0]
                for word in argv[at + 1 :]
                if isinstance(word, str) and word.startswith("-") and len(word) > 1
            ),
            text=text,
            place=place,
            job=block.name,
            wrappers=wrappers,
            privileged_by=next((word for word in wrappers if word in RAISES_RIGHTS), None),
            last=True,
        )
    )
    if isinstance(name, str) and name in _SHELLS:
        for index in range(at + 1, len(words) - 1):
            flag = argv[index]
            if isinstance(flag, str) and flag.startswith("-") and "c" in flag.lstrip("-"):
                _script(block, words[index + 1], place, what, _options(name, shell), flag)
                break


def _script(
    block: Block, text: Text, place: Place, what: str, options: ScriptOptions, flags: str = ""
) -> None:
    source = block.reading.repo.source(text.span.path)
    if source is None:
        return
    options.errexit = "e" in flags
    script, segments = text.script()
    path = f"{block.path}.{what}"
    commands, _ = read_commands(
        source, script, segments, options, place=place, path=path, job=block.name
    )
    for command in commands:
        command.key = f"{path} {command.key}"
        block.reading.add(command)


def healthcheck_words(value: Value | None) -> list[Text]:
    """The words of a health check's list."""
    return words_of(value) if isinstance(value, Items) else []
