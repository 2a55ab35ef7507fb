"""Installations: what package managers install within one RUN."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from plumblint.facts import Command, Installation, Sure, Unknown
from plumblint.formats.dockerfile import bases, habits
from plumblint.formats.dockerfile.reading import Reading, mixed
from plumblint.formats.dockerfile.scripts import Script
from plumblint.formats.dockerfile.stage import Stage, mount_fields
from plumblint.formats.dockerfile.tree import Instruction
from plumblint.tables import package_managers as table

_VERSIONED_PIP = re.compile(r"pip[23](?:\.[0-9]+)?\Z")
_PYTHON = re.compile(r"python[0-9.]*\Z|pypy[0-9.]*\Z")
_APT = frozenset(("apt", "apt-get", "aptitude"))
_MANY_CALLS = 500
"""With more calls in one RUN it is not looked which install uses an update."""
_TRUE = ("1", "true", "on", "yes", "off")


class _Call:
    """A package manager's command: its row and where the verb stands."""

    __slots__ = ("command", "options", "packages", "row", "verb")

    def __init__(self, command: Command, row: table.Row, verb: str) -> None:
        self.command = command
        self.row = row
        self.verb = verb
        self.packages: list[Sure[str]] = []
        self.options: list[Sure[str]] = []


def read_installations(
    reading: Reading, script: Script, settings: habits.Settings
) -> list[Installation]:
    """Add an Installation for each install and update of a RUN, and give them back."""
    if script.instruction.keyword != "RUN":
        return []
    found: list[Installation] = []
    updated: set[str] = set()
    removed: dict[str, Sure[bool]] = {}
    cleaning = _Cleaning(script.commands)
    calls = {
        number: call
        for number, command in enumerate(script.commands)
        if (call := _call(command)) is not None
    }
    installs = {number for number, call in calls.items() if call.verb not in call.row[3]}
    removal = habits.Removal(script.commands, _programs(calls.values()))
    for number, call in calls.items():
        command = call.command
        program = call.row[0]
        if program not in removed:
            removed[program] = _lists_removed(reading, script, call.row, cleaning)
        label = script.stage.label
        installation = Installation(
            span=command.span,
            path=command.path,
            key=f"{label} {program} {command.text}",
            manager=program,
            verb=call.verb,
            packages=mixed(call.packages),
            options=mixed(call.options),
            stage=label,
            final_stage=script.stage.index in reading.final_chain,
            update_in_layer=_family(program) in updated,
            lists_removed=any(option in call.row[7] for option in call.options) or removed[program],
            kept=mixed(removal.kept(call.packages, command)),
        )
        if call.verb in call.row[3]:
            updated.add(_family(program))
            if len(calls) < _MANY_CALLS:
                used = habits.used_in_layer(script.commands, number, installs)
                installation.used_in_layer = used
        else:
            installation.assumes_yes = habits.assumes_yes(program, command, settings)
            installation.recommends = habits.recommends(program, command, settings)
        found.append(reading.add(installation))
    return found


def mark_late_uses(stages: Sequence[Stage], found: Mapping[int, Sequence[Installation]]) -> None:
    """Tell of each update of the lists whether a later RUN installs from them alone.

    `found` are the installations of each stage by its index.  A stage that
    grows from another goes on behind its end.
    """
    later: dict[int, set[str]] = {}
    for stage in reversed(stages):
        bare = later.pop(stage.index, set())
        for installation in reversed(found.get(stage.index, ())):
            family = _family(installation.manager)
            if installation.verb == "update":
                installation.used_later = family in bare
                bare.discard(family)
            elif not installation.update_in_layer and not table.FRESH_LISTS.intersection(
                installation.options
            ):
                bare.add(family)
        if stage.parent is not None and bare:
            later.setdefault(stage.parent.index, set()).update(bare)


def _programs(calls: Iterable[_Call]) -> set[str]:
    """The programs that may take away what these installed; apt's family shares the packages."""
    names = {call.row[0] for call in calls}
    if names & _APT:
        names |= _APT
    return names | ({"pip3"} if "pip" in names else set())


def _family(program: str) -> str:
    return "apt" if program in _APT else program


def _call(command: Command) -> _Call | None:
    words: list[Sure[str]] = list(command.argv)
    if not words or not isinstance(words[0], str):
        return None
    name = words[0].rsplit("/", 1)[-1]
    if _PYTHON.match(name) and words[1:2] == ["-m"] and len(words) > 2:
        words = words[2:]
        name = str(words[0])
    name = table.SAME.get(name, name)
    if _VERSIONED_PIP.match(name):
        name = "pip"
    for row in table.ROWS:
        if row[0] == name:
            call = _match(command, row, words)
            if call is not None:
                return call
    return None


def _match(command: Command, row: table.Row, words: list[Sure[str]]) -> _Call | None:
    """The call if the words are the row's; options may stand before the verb."""
    expected = list(row[1])
    call: _Call | None = None
    skip = False
    options: list[Sure[str]] = []
    for word in words[1:]:
        if skip:
            skip = False
            options.append(word)
        elif isinstance(word, str) and word.startswith("-") and len(word) > 1:
            options.append(word)
            skip = word in row[4]
        elif call is not None:
            call.packages.append(word)
        elif not isinstance(word, str):
            return None
        elif expected:
            if word != expected.pop(0):
                return None
        elif _is_verb(row, word):
            call = _Call(command, row, word)
        else:
            return None
    if call is not None:
        call.options = options
    elif row[0] == "yarn" and not row[1] and all(str(word).startswith("-") for word in words[1:]):
        call = _Call(command, row, "install")
        call.options = options
    return call


def _is_verb(row: table.Row, word: str) -> bool:
    if word in row[2] or word in row[3] or word in table.UPGRADE_VERBS:
        return True
    return word == "update" and row[0] in table.UPDATE_UPGRADES


class _Cleaning:
    """What a RUN cleans up: commands by program and first word, and paths it removes."""

    __slots__ = ("calls", "removed", "undecided")

    def __init__(self, commands: list[Command]) -> None:
        self.calls: set[tuple[str, str]] = set()
        self.removed: dict[str, None] = {}
        self.undecided = False
        """Whether it removes something whose path is not known."""
        for command in commands:
            words = command.argv
            if not isinstance(command.name, str):
                continue
            if len(words) > 1 and isinstance(words[1], str):
                self.calls.add((command.name, words[1]))
            if command.name in ("rm", "find"):
                for word in words[1:]:
                    if isinstance(word, str):
                        self.removed[word] = None
                    else:
                        self.undecided = True


def _lists_removed(
    reading: Reading, script: Script, row: table.Row, cleaning: _Cleaning
) -> Sure[bool]:
    """Whether the RUN leaves no lists or caches of the manager behind."""
    if _off_by_variable(script, row) or _mounted(script.instruction, row[5]):
        return True
    if any(call in cleaning.calls for call in row[6]):
        return True
    if any(_inside(path, row[5]) for path in cleaning.removed):
        return True
    if cleaning.undecided or (_has_variables(row) and not _base_is_known(reading, script)):
        return Unknown(script.instruction.value[:200])
    return False


def _has_variables(row: table.Row) -> bool:
    return any(not name.startswith("-") for name in row[7])


def _base_is_known(reading: Reading, script: Script) -> bool:
    """Whether the base image surely sets no variable that switches a cache off."""
    image = reading.from_images.get(script.stage.root.index)
    return image is not None and bases.find(image) is not None


def _off_by_variable(script: Script, row: table.Row) -> bool:
    for name in row[7]:
        if name.startswith("-"):
            continue
        value = script.stage.variables.lookup(name) if name in script.stage.env else None
        if value is not None and (value.text or "").lower() in _TRUE:
            return True
    return False


def _mounted(instruction: Instruction, places: tuple[str, ...]) -> bool:
    for flag in instruction.flags:
        if flag.name != "mount" or not flag.value:
            continue
        fields = {name: value for name, value, _ in mount_fields(flag.value)}
        if fields.get("type") not in ("cache", "tmpfs"):
            continue
        target = fields.get("target") or fields.get("dst") or fields.get("destination") or ""
        if _inside(target, places):
            return True
    return False


def _inside(path: str, places: tuple[str, ...]) -> bool:
    """Whether a path is, or lies in, one of the places; a trailing `*` does not matter."""
    bare = path.rstrip("*/")
    return any(place in path or (bare and place.startswith(bare + "/")) for place in places)
