"""PID 1 of a service, as far as the compose file says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import cast

from plumblint.facts import Many, Maybe, Origin, Process, Sure, Unknown
from plumblint.formats.compose.scalars import boolean, seconds
from plumblint.formats.compose.service import Block
from plumblint.formats.compose.text import Text
from plumblint.formats.compose.tree import Items, Value
from plumblint.formats.compose.words import MOST_WORDS, open_quote, too_long, words_of
from plumblint.tables.known_bases import KnownBase
from plumblint.tables.signal_names import signal_name

_SHELLS = frozenset(("sh", "bash", "dash", "ash", "zsh", "ksh"))
_IMAGES_ENTRYPOINT = Unknown("the image's ENTRYPOINT")
_IMAGES_SIGNAL = Unknown("the image's STOPSIGNAL")


def mixed(words: Iterable[Sure[str]]) -> Many[str]:
    """Words as a field takes them; some may be Unknown, which the type does not say."""
    return cast("Many[str]", tuple(words))


def read_process(block: Block, known: KnownBase | None, shell: Maybe[str]) -> Process | None:
    """PID 1, None where the service says nothing of it; `shell` is what `sh` is in its image."""
    table = block.table
    given, start = table.get("command"), table.get("entrypoint")
    settings = [table.text(name) for name in ("stop_signal", "stop_grace_period", "init")]
    places = [place for place in (given, start, *settings) if place is not None]
    if not places:
        return None
    _complain(block, given)
    _complain(block, start)
    command = [word.known for word in words_of(given)]
    entrypoint: list[Sure[str]] = [word.known for word in words_of(start)]
    if start is None and command and not block.built and not _starts_anything(known):
        entrypoint = [_IMAGES_ENTRYPOINT]
    path = f"{block.path}.process"
    process = Process(
        span=places[0].span,
        path=path,
        key=path,
        argv=mixed([*entrypoint, *command]),
        entrypoint=mixed(entrypoint),
        command=mixed(command),
        text=_shown([*words_of(start), *words_of(given)], start, given),
        one_string=_one_string(start) or (start is None and _one_string(given)),
        stop_signal=known.stop_signal if known is not None else _IMAGES_SIGNAL,
    )
    if given is not None or start is not None:
        process.form = "exec"
        process.entrypoint_form = "exec" if start is not None else None
        process.shell = _shell([*entrypoint, *command], shell)
        where = Origin(places[0].span, places[0].via)
        process.trace(argv=where, form=where, text=where, one_string=where)
    _settings(block, process)
    return process


def _settings(block: Block, process: Process) -> None:
    init = block.table.text("init")
    if init is not None:
        decided = boolean(init)
        if isinstance(decided, Unknown):
            process.init = decided
        elif decided:
            process.init = "docker-init"
        process.trace(init=init.origin())
    signal = block.table.text("stop_signal")
    if signal is not None:
        known = signal.known
        process.stop_signal = known if isinstance(known, Unknown) else signal_name(known)
        process.trace(stop_signal=signal.origin())
    grace = block.table.text("stop_grace_period")
    if grace is not None:
        period = grace.known
        process.grace_seconds = period if isinstance(period, Unknown) else seconds(period)
        process.trace(grace_seconds=grace.origin())


def _complain(block: Block, value: Value | None) -> None:
    if isinstance(value, Text) and open_quote(value):
        block.reading.problem(value.span, "docker compose refuses this: a quote is not closed")
    elif value is not None and too_long(value):
        message = "a command of this length is not split into its words"
        if isinstance(value, Items):
            message = f"{MOST_WORDS:,} words of a command are read, more are not"
        block.reading.problem(value.span, message, "limit")


def _starts_anything(known: KnownBase | None) -> bool:
    """Whether an image's own ENTRYPOINT only hands over to the command."""
    return known is not None and known.row[7] is None


def _shown(words: list[Text], start: Value | None, given: Value | None) -> Maybe[str]:
    if start is None and given is None:
        return None
    unknown = next((word.known for word in words if isinstance(word.known, Unknown)), None)
    text = " ".join(value.written for value in words)
    if unknown is not None:
        return Unknown(text)
    return " ".join(str(word.known) for word in words)


def _one_string(value: Value | None) -> bool:
    """Whether a list is one item with blanks, which no program is called."""
    if not isinstance(value, Items) or len(value.items) != 1:
        return False
    text = value.items[0]
    return isinstance(text, Text) and re.match(r"[^\s-]\S*\s+\S", text.flat) is not None


def _shell(argv: list[Sure[str]], of_image: Maybe[str]) -> Maybe[str]:
    """The shell that interprets a `-c` string."""
    if len(argv) < 3 or not isinstance(argv[0], str):
        return None
    name = argv[0].rsplit("/", 1)[-1]
    flags = [word for word in argv[1:4] if isinstance(word, str) and word.startswith("-")]
    if name not in _SHELLS or not any("c" in flag.lstrip("-") for flag in flags):
        return None
    if name == "ash":
        return "busybox"
    if name == "sh" and isinstance(of_image, str) and of_image != "none":
        return of_image
    return name
