"""What a repo's configuration adds to the knowledge here (`tables:`), for the run in hand.

Analyses ask it besides the shipped rows.  `teach` replaces all of it, so
nothing of one run is left for the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

NAMES = ("base_images", "check_actions", "check_commands", "deploy_actions", "deploy_commands")
"""The tables that analyses ask; all others are for policies."""


class Local:
    """The local entries, by table."""

    __slots__ = NAMES

    def __init__(self) -> None:
        self.deploy_actions: frozenset[str] = frozenset()
        """Actions that deploy, in lower case, without their ref."""
        self.check_actions: dict[str, str] = {}
        """Kinds of check by action, in lower case."""
        self.deploy_commands: tuple[tuple[str, ...], ...] = ()
        """The first words of commands that deploy."""
        self.check_commands: tuple[tuple[tuple[str, ...], str], ...] = ()
        """The first words of commands that check, and the kind of check."""
        self.base_images: dict[str, dict[str, Any]] = {}
        """What base images bring, by repository; a final `*` stands for anything."""


LOCAL = Local()
"""The entries in effect."""


def teach(tables: Mapping[str, Any]) -> None:
    """Let `tables` be all that is known locally."""
    LOCAL.deploy_actions = frozenset(map(_action, tables.get("deploy_actions", ())))
    LOCAL.check_actions = {
        _action(name): kind for name, kind in _items(tables.get("check_actions", {}))
    }
    LOCAL.deploy_commands = tuple(map(_words, tables.get("deploy_commands", ())))
    LOCAL.check_commands = tuple(
        (_words(name), kind) for name, kind in _items(tables.get("check_commands", {}))
    )
    LOCAL.base_images = dict(_items(tables.get("base_images", {})))


def begins_with(words: Sequence[Any], start: Sequence[str]) -> bool:
    """Whether a command's words begin so."""
    return bool(start) and len(words) >= len(start) and list(words[: len(start)]) == list(start)


def _items(table: Any) -> Iterable[tuple[str, Any]]:
    return table.items() if isinstance(table, Mapping) else ()


def _action(name: str) -> str:
    return str(name).partition("@")[0].rstrip("/").lower()


def _words(text: str) -> tuple[str, ...]:
    return tuple(str(text).split())
