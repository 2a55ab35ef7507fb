"""What surrounds an installation in its RUN and stage: settings, answers, what is taken away."""

from __future__ import annotations

import re
from collections.abc import Sequence

from plumblint.facts import Command, Sure, Unknown
from plumblint.formats.dockerfile.reading import Reading
from plumblint.formats.dockerfile.stage import Stage
from plumblint.formats.dockerfile.tree import Instruction
from plumblint.syntax.pattern import lazy_pattern
from plumblint.tables import installation_habits as table

_YES = lazy_pattern(table.YES_SETTINGS, re.IGNORECASE)
_RECOMMENDS = lazy_pattern(table.RECOMMENDS_SETTING, re.IGNORECASE)
_RECOMMENDS_OFF = lazy_pattern(rf"(?:{table.RECOMMENDS_OFF})\Z", re.IGNORECASE)
_YES_OPTIONS = {name: lazy_pattern(rf"(?:{text})\Z") for name, text in table.YES_OPTIONS.items()}
_ONLY_SHOWS = lazy_pattern(rf"(?:{table.APT_ONLY_SHOWS})\Z")
_OPTION_NAME = lazy_pattern(table.OPTION_NAMES, re.IGNORECASE)
_NEVER = 1 << 60


class Settings:
    """From which place of the file on a stage's package managers are set up otherwise."""

    __slots__ = ("recommends_off", "undecided", "yes")

    def __init__(self, parent: Settings | None) -> None:
        self.yes: int = -1 if parent is not None and parent.yes < _NEVER else _NEVER
        """Nobody is asked any more."""
        off = parent is not None and parent.recommends_off < _NEVER
        self.recommends_off: int = -1 if off else _NEVER
        """Recommended packages stay out."""
        undecided = parent is not None and parent.undecided < _NEVER
        self.undecided: int = -1 if undecided else _NEVER
        """Settings are copied that may say anything."""


def read_settings(reading: Reading, stage: Stage, parent: Settings | None) -> Settings:
    """The settings of a stage; `parent` are those of the stage it grows from."""
    settings = Settings(parent)
    for instruction in stage.instructions:
        if instruction.keyword in ("RUN", "ENV", "ARG"):
            text = reading.source.text[instruction.start : instruction.end]
            if settings.yes == _NEVER and _YES.search(text):
                settings.yes = _written_at(instruction, text, _YES)
            if settings.recommends_off == _NEVER and _RECOMMENDS.search(text):
                settings.recommends_off = _written_at(instruction, text, _RECOMMENDS)
        elif instruction.keyword in ("COPY", "ADD") and _copies_settings(instruction):
            settings.undecided = min(settings.undecided, instruction.start)
    return settings


def _written_at(instruction: Instruction, text: str, pattern: re.Pattern[str]) -> int:
    match = pattern.search(text)
    return instruction.start + (match.start() if match else 0)


def _copies_settings(instruction: Instruction) -> bool:
    destination = instruction.words[-1].text if instruction.words else ""
    return destination.startswith(table.APT_SETTINGS) or destination in ("/", "/etc", "/etc/")


def assumes_yes(program: str, command: Command, settings: Settings) -> Sure[bool]:
    """Whether an installation asks nobody."""
    like = table.ASKS_LIKE.get(program)
    if like is None or command.piped_from is not None or settings.yes < command.span.start:
        return True
    quiet = 0
    undecided = False
    for word in command.argv[1:]:
        if not isinstance(word, str):
            undecided = undecided or _may_be_option(word)
        elif _YES_OPTIONS[like].match(word):
            return True
        elif word in ("-q", "--quiet"):
            quiet += 1
    if quiet > 1 and like == "apt-get":
        return True
    if undecided or settings.undecided < command.span.start:
        return Unknown(command.text)
    return False


def recommends(program: str, command: Command, settings: Settings) -> Sure[bool]:
    """Whether apt installs what is recommended, too."""
    if table.ASKS_LIKE.get(program) != "apt-get" or settings.recommends_off < command.span.start:
        return False
    undecided = settings.undecided < command.span.start
    for word in command.argv[1:]:
        if not isinstance(word, str):
            undecided = undecided or _may_be_option(word)
        elif _RECOMMENDS_OFF.match(word) or _ONLY_SHOWS.match(word):
            return False
    return Unknown(command.text) if undecided else True


def _may_be_option(word: Unknown) -> bool:
    """Whether an undecided word may be an option: by its beginning, else by the variable's name."""
    first = word.pieces[0] if word.pieces else None
    return first.startswith("-") if first else _OPTION_NAME.search(word.text) is not None


def used_in_layer(commands: Sequence[Command], after: int, installs: set[int]) -> Sure[bool]:
    """Whether something is installed behind the update that is the command number `after`.

    `installs` are the numbers of the commands that do.  A script that is not
    known may do so.
    """
    answer: Sure[bool] = False
    for number in range(after + 1, len(commands)):
        if number in installs:
            return True
        command = commands[number]
        if command.name not in table.HARMLESS and not _cleans(command):
            answer = Unknown(command.text)
    return answer


def _cleans(command: Command) -> bool:
    words = [word for word in command.argv[1:] if isinstance(word, str)]
    verbs = [word for word in words if not word.startswith("-")]
    return command.name in table.ASKS_LIKE and verbs[:1] in (
        ["clean"],
        ["autoclean"],
        ["update"],
        ["distclean"],
    )


class Removal:
    """What a RUN takes away again."""

    __slots__ = ("names", "undecided")

    def __init__(self, commands: Sequence[Command], programs: set[str]) -> None:
        self.names: set[str] = set()
        self.undecided = False
        """Whether it takes away something that the script does not name."""
        swept = False
        for command in commands:
            swept = swept or (command.name == "apt-mark" and "auto" in command.argv)
            verbs = [word for word in command.argv[1:3] if isinstance(word, str)]
            if command.name not in programs or not table.REMOVE_VERBS.intersection(verbs):
                continue
            if swept and not table.SWEEPS.isdisjoint(command.argv):
                self.undecided = True  # whatever was not marked as wanted goes
            for word in command.argv[1:]:
                if isinstance(word, str):
                    self.names.add(word)
                else:
                    self.undecided = True

    def kept(self, packages: Sequence[Sure[str]], command: Command) -> tuple[Sure[str], ...]:
        """Those of the packages that stay."""
        if not self.names and not self.undecided:
            return tuple(packages)
        if self._group(command):
            return ()
        left = [package for package in packages if package not in self.names]
        if self.undecided:
            return tuple(Unknown(str(package)) for package in left)
        return tuple(left)

    def _group(self, command: Command) -> bool:
        """Whether the group is removed that apk installs the packages as."""
        words = command.argv
        for at, word in enumerate(words[:-1]):
            if word in table.GROUP_OPTIONS:
                return words[at + 1] in self.names or not isinstance(words[at + 1], str)
        return any(
            isinstance(word, str)
            and word.startswith("--virtual=")
            and word.partition("=")[2] in self.names
            for word in words
        )
