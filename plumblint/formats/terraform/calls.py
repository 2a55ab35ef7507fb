"""Modules as their callers in the repo use them: resources under the arguments that are passed."""

from __future__ import annotations

from collections.abc import Mapping

from plumblint.facts import (
    Container,
    Fact,
    FirewallRule,
    Healthcheck,
    Image,
    Mount,
    Origin,
    Port,
    Process,
    Resource,
)
from plumblint.formats.format import Unit
from plumblint.formats.terraform.evaluate import Evaluator
from plumblint.formats.terraform.module import ModuleFolder
from plumblint.formats.terraform.resources import read_resources
from plumblint.repo import Repo, normal
from plumblint.syntax.hcl.body import Block
from plumblint.syntax.hcl.nodes import Literal

DEPTH_LIMIT = 5
"""How deep calls are followed."""

CALL_LIMIT = 1000
"""How many calls of one repo are followed."""

_META = frozenset({"source", "version", "count", "for_each", "providers", "depends_on"})
_KINDS = (Container, FirewallRule, Healthcheck, Image, Mount, Port, Process, Resource)


class Callers:
    """Follows the calls of local modules; folders are parsed once."""

    def __init__(self, units: Mapping[str, Unit], repo: Repo) -> None:
        self.units = units
        self.repo = repo
        self.calls = 0
        self._folders: dict[str, ModuleFolder] = {}

    def read(self, folder: str) -> list[Fact]:
        """What the arguments decide that `folder` passes to the modules it calls, and they on."""
        unit = self.units.get(folder or ".")
        if unit is None:
            return []
        return self._follow(ModuleFolder(unit, self.repo), "", 0)

    def _folder(self, path: str) -> ModuleFolder | None:
        if path not in self._folders:
            unit = self.units.get(path or ".")
            if unit is None:
                return None
            self._folders[path] = ModuleFolder(unit, self.repo)
        return self._folders[path]

    def _follow(self, caller: ModuleFolder, prefix: str, depth: int) -> list[Fact]:
        facts: list[Fact] = []
        for source, block in caller.blocks("module"):
            path = _local(caller, block)
            if path is None or not block.labels or depth >= DEPTH_LIMIT:
                continue
            called = self._folder(path)
            if called is None or called.folder == caller.folder:
                continue
            self.calls += 1
            if self.calls > CALL_LIMIT:
                break
            evaluator = Evaluator(caller.scope, source)
            given = {
                attribute.name: evaluator.value(attribute.value)
                for attribute in block.body.attributes
                if attribute.name not in _META
            }
            own = called.called_with(given)
            name = f"{prefix}module.{block.labels[0].text}."
            if any(value.known for value in given.values()):
                facts += _renamed(_affected(own), name)
            facts += self._follow(own, name, depth + 1)
        return facts


def _local(caller: ModuleFolder, block: Block) -> str | None:
    """The folder of the repo that a call names."""
    source = block.body.attribute("source")
    if source is None or not isinstance(source.value, Literal):
        return None
    text = source.value.value
    if not isinstance(text, str) or not (text.startswith(("./", "../")) or text in (".", "..")):
        return None
    return normal(f"{caller.folder}/{text}")


def _affected(module: ModuleFolder) -> list[Fact]:
    """The facts of a module that an argument has a part in."""
    own = {source.path for source, _ in module.files}
    return [
        fact
        for fact in read_resources(module)
        if isinstance(fact, _KINDS)
        and any(origin.span.path not in own for origin in _origins(fact))
    ]


def _origins(fact: Fact) -> list[Origin]:
    places = (fact.places or {}).values() if isinstance(fact, Resource) else ()
    return [origin for origin in (*fact.origins, *places) if isinstance(origin, Origin)]


def _renamed(facts: list[Fact], name: str) -> list[Fact]:
    for fact in facts:
        fact.path = name + fact.path
        fact.key = name + fact.key
    return facts
