"""Scopes: which variables hold where, as BuildKit evaluates a Dockerfile.

ARG before the first FROM is global: it holds in FROM, and in a stage where ARG
names it again.  ENV and ARG of a stage hold from their line on, and in the stages
that grow from it.  Source: moby/buildkit frontend/dockerfile/dockerfile2llb.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from plumblint.formats.dockerfile.value import Piece, Value

PLATFORM_ARGUMENTS = frozenset(
    f"{where}{what}"
    for where in ("BUILD", "TARGET")
    for what in ("PLATFORM", "OS", "OSVERSION", "ARCH", "VARIANT")
) | {"TARGETSTAGE"}
"""Global ARGs that BuildKit sets; their values depend on who builds."""

_EXPANSION_BUDGET = 4_000_000
_COPY_BUDGET = 2_000_000


class Budget:
    """What the expansions of one file may cost: characters, and entries of copied scopes."""

    __slots__ = ("_characters", "_entries")

    def __init__(self) -> None:
        self._characters = _EXPANSION_BUDGET
        self._entries = _COPY_BUDGET

    def spend(self, amount: int) -> bool:
        """Whether `amount` more characters are allowed."""
        self._characters -= amount
        return self._characters >= 0

    def copy(self, entries: int) -> bool:
        """Whether a scope with that many names may be copied."""
        self._entries -= entries
        return self._entries >= 0


class Variables:
    """The variables at one place; `surely_unset` tells what an unknown name means.

    In FROM and where a stage grows from scratch an unknown name is surely unset;
    elsewhere the base image may bring it.
    """

    __slots__ = ("_budget", "_values", "surely_unset")

    def __init__(
        self, budget: Budget, values: Mapping[str, Value] = {}, *, surely_unset: bool
    ) -> None:
        self._budget = budget
        self._values = dict(values)
        self.surely_unset = surely_unset

    def child(self) -> Variables:
        """A copy for a stage that grows from this one."""
        if self._budget.copy(len(self._values)):
            return Variables(self._budget, self._values, surely_unset=self.surely_unset)
        return Variables(self._budget, surely_unset=False)

    def set(self, name: str, value: Value) -> None:
        """From here on `name` is `value`."""
        self._values[name] = value

    def get(self, name: str) -> Value | None:
        """What the file itself says of `name`."""
        return self._values.get(name)

    def lookup(self, name: str) -> Value | None:
        """The value, undecided where something outside may set it, None where surely unset."""
        value = self._values.get(name)
        if value is None and (not self.surely_unset or name == "PATH"):
            return undecided(name)
        return value

    def spend(self, amount: int) -> bool:
        """Whether that much more may be expanded."""
        return self._budget.spend(amount)

    def __len__(self) -> int:
        return len(self._values)

    def names(self, limit: int) -> tuple[str, ...]:
        """The first names the file sets up to here."""
        return tuple(islice(self._values, limit))


def undecided(name: str, *, unset_by_default: bool = False) -> Value:
    """The value of a variable that the files do not decide."""
    written = "${" + name + "}"
    return Value((Piece(None, 0, 0, name=name),), written, unset_by_default=unset_by_default)


def global_variables(budget: Budget) -> Variables:
    """What holds before the first line."""
    values = {name: undecided(name) for name in PLATFORM_ARGUMENTS}
    return Variables(budget, values, surely_unset=True)
