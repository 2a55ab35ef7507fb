"""Project: the facts of all units of a repo, and the repo they were read from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar, cast

from plumblint.facts import Fact
from plumblint.repo import Repo

_Fact = TypeVar("_Fact", bound=Fact)


class Project:
    """What the formats read; linking and the analyses add to it."""

    __slots__ = ("_by_kind", "files", "repo", "units", "wanted")

    def __init__(
        self,
        repo: Repo,
        files: Mapping[str, Sequence[str]],
        wanted: Iterable[str] | None = None,
    ) -> None:
        self.repo = repo
        self.files = files
        """The discovered files by kind (`dockerfile`, `compose`, `workflow`, …), sorted."""
        self.units: dict[str, list[Fact]] = {}
        """The facts of each unit as its format read them, by the unit's path."""
        self.wanted = None if wanted is None else frozenset(wanted)
        """The kinds of fact that somebody will look at; None for all of them."""
        self._by_kind: dict[str, list[Fact]] = {}

    def add(self, fact: Fact) -> None:
        """Put a fact to the others of its kind."""
        self._by_kind.setdefault(fact.KIND, []).append(fact)

    def add_unit(self, path: str, facts: list[Fact]) -> None:
        """Put the facts of a unit to the others."""
        self.units.setdefault(path, []).extend(facts)
        for fact in facts:
            self._by_kind.setdefault(fact.KIND, []).append(fact)

    def replace_unit(self, path: str, facts: list[Fact]) -> None:
        """Let `facts` be those of a unit, in place of what was read."""
        gone = {id(fact) for fact in self.units.pop(path, ())}
        for kind, known in self._by_kind.items():
            self._by_kind[kind] = [fact for fact in known if id(fact) not in gone]
        self.add_unit(path, facts)

    def of(self, kind: type[_Fact]) -> list[_Fact]:
        """All facts of a kind, in the order in which they were read."""
        return cast("list[_Fact]", self._by_kind.get(kind.KIND, []))

    def replace(self, kind: type[_Fact], facts: list[_Fact]) -> None:
        """Let `facts` be all facts of a kind."""
        self._by_kind[kind.KIND] = cast("list[Fact]", facts)

    def wants(self, *kinds: type[Fact]) -> bool:
        """Whether facts of one of `kinds` are of use to anybody."""
        return self.wanted is None or any(kind.KIND in self.wanted for kind in kinds)

    @property
    def facts(self) -> list[Fact]:
        """Every fact."""
        return [fact for facts in self._by_kind.values() for fact in facts]
