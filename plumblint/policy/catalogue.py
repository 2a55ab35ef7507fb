"""The catalogue: every policy there is, by id, peers' code, guardrail and preset.

A wheel brings the shipped policies as a generated module, so nothing is
parsed or compiled at start-up.  A checkout reads `rules/` and keeps what it
read, as JSON, in the user's cache folder under the contents' hashes.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any

from plumblint.policy.error import PolicyError, did_you_mean
from plumblint.policy.model import HOT, TEXTS, Decision, Policy

PRESETS = ("recommended", "strict", "all")
"""Names that select by preset; `strict` holds all of `recommended`."""


class UnknownNameError(ValueError):
    """A name that selects nothing."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name = name
        super().__init__(f"there is no policy `{name}`.{did_you_mean(name, known)}")


class Catalogue:
    """Policies, sorted by id."""

    __slots__ = ("_codes", "by_id", "guardrails", "policies")

    def __init__(self, policies: Iterable[Policy]) -> None:
        self.policies = tuple(sorted(policies, key=lambda policy: policy.id))
        self.by_id = {policy.id: policy for policy in self.policies}
        self.guardrails: dict[str, list[Policy]] = {}
        """The policies of each guardrail."""
        for policy in self.policies:
            self.guardrails.setdefault(policy.guardrail, []).append(policy)
        self._codes: dict[str, list[Policy]] | None = None

    @property
    def codes(self) -> dict[str, list[Policy]]:
        """The policies by peers' codes, in lower case."""
        if self._codes is None:
            self._codes = {}
            for policy in self.policies:
                for code in policy.also:
                    self._codes.setdefault(code.lower(), []).append(policy)
        return self._codes

    def preset(self, name: str) -> list[Policy]:
        """The policies of a preset; previews only in `all`."""
        return [
            policy
            for policy in self.policies
            if name == "all" or (policy.status == "stable" and name in ("strict", policy.preset))
        ]

    def named(self, name: str) -> list[Policy]:
        """The policies that an id, a guardrail, a peer's code or a preset names.

        Raises UnknownNameError.
        """
        if name in self.by_id:
            return [self.by_id[name]]
        if name in self.guardrails:
            return list(self.guardrails[name])
        if name in PRESETS:
            return self.preset(name)
        found = self.codes.get(name.lower())
        if found is None:
            raise UnknownNameError(name, (*self.names, *PRESETS))
        return list(found)

    def select(self, names: Iterable[str]) -> list[Policy]:
        """The policies that any of the names names, by id, each once.  Raises UnknownNameError."""
        chosen = {policy.id for name in names for policy in self.named(name)}
        return [policy for policy in self.policies if policy.id in chosen]

    @property
    def names(self) -> frozenset[str]:
        """Every id, guardrail and peer's code."""
        codes = (code for policy in self.policies for code in policy.also)
        return frozenset((*self.by_id, *self.guardrails, *codes))


def load_catalogue(
    folders: Iterable[str] = (),
    *,
    shipped: bool = True,
    cache: bool = True,
    tables: Collection[str] = (),
) -> Catalogue:
    """The shipped policies and those in `folders`.

    `tables` are names of tables besides the shipped ones.  Raises PolicyError
    with all faults of all files.
    """
    policies = list(_shipped(cache=cache)) if shipped else []
    faults: list[str] = []
    for folder in folders:
        try:
            policies += read_folder(folder, cache=cache, foreign=True, tables=tables)
        except PolicyError as error:
            faults += error.faults
    by_id: dict[str, Policy] = {}
    for policy in policies:
        first = by_id.setdefault(policy.id, policy)
        if first is not policy:
            faults.append(f"{policy.path}:1:1: the id `{policy.id}` is taken by {first.path}")
    if faults:
        raise PolicyError(faults)
    return Catalogue(policies)


def _shipped(*, cache: bool) -> list[Policy]:
    try:
        from plumblint import _catalogue  # type: ignore[attr-defined, unused-ignore]
    except ImportError:
        return read_folder(checkout_rules(), cache=cache, foreign=False)
    decisions: Mapping[str, Decision] = _catalogue.DECISIONS
    return [
        Policy(row, _generated_texts, lambda policy: decisions[policy.id])
        for row in _catalogue.ROWS
    ]


def _generated_texts(policy_id: str) -> Mapping[str, Any]:
    from plumblint import _catalogue_texts  # type: ignore[attr-defined, unused-ignore]

    texts: Mapping[str, Any] = _catalogue_texts.TEXTS[policy_id]
    return texts


def checkout_rules() -> str:
    """The folder of the shipped policies in a checkout."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    return os.path.join(os.path.dirname(package), "rules")


def read_folder(
    folder: str, *, cache: bool = True, foreign: bool = True, tables: Collection[str] = ()
) -> list[Policy]:
    """The policies of a folder of YAML files.  Raises PolicyError."""
    from plumblint.policy.folder import read_records

    records = read_records(folder, cache=cache, foreign=foreign, tables=tables)
    return [policy_of(record, tables) for record in records]


def policy_of(record: Mapping[str, Any], tables: Collection[str] = ()) -> Policy:
    """The policy of a record."""
    extra = tuple(tables)
    return Policy(
        row_of(record),
        lambda _: {name: record[name] for name in TEXTS},
        lambda policy: _compiled(policy, extra),
    )


_TUPLES = frozenset(("at", "supersedes", "also"))


def row_of(record: Mapping[str, Any]) -> tuple[Any, ...]:
    """The hot fields of a record, in order."""
    return tuple(tuple(record[name]) if name in _TUPLES else record[name] for name in HOT)


def _compiled(policy: Policy, tables: Collection[str]) -> Decision:
    from plumblint.policy.expression import load_function

    decision: Decision = load_function(source_of(policy, tables))
    return decision


def source_of(policy: Policy, tables: Collection[str] = (), name: str = "decide") -> str:
    """The Python source of a policy's decision."""
    from plumblint.policy.expression import Scope, compile_expression
    from plumblint.tables import ROWS

    scope = Scope(policy.on, option_types(policy), (*ROWS, *tables))
    return compile_expression(scope, *filter(None, (policy.when, policy.deny)), name=name)


def option_types(policy: Policy) -> dict[str, Any]:
    """The types of a policy's options by name."""
    from plumblint.policy.vocabulary import Type

    return {name: _option_type(row["type"], Type) for name, row in policy.options.items()}


def _option_type(kind: Any, make: Any) -> Any:
    return make(kind, item=make("text") if kind == "list" else None)


@lru_cache(maxsize=1)
def shipped_catalogue() -> Catalogue:
    """The shipped policies, loaded once."""
    return load_catalogue()
