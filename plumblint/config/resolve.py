"""The names of a Config against the catalogue: which policies take part, where, how severe."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from plumblint.config.error import ConfigError
from plumblint.policy.catalogue import Catalogue, UnknownNameError
from plumblint.settle.settle import PathRule

if TYPE_CHECKING:
    from plumblint.config.model import Config, PathSettings
    from plumblint.facts.fact import Severity
    from plumblint.policy.model import Policy

ALWAYS = "internal-error"
"""The policy that nothing but its own name leaves out: our crashes are never silent."""


class Choice:
    """What of a catalogue takes part in a run."""

    __slots__ = ("options", "path_rules", "policies", "severities")

    def __init__(
        self,
        policies: list[Policy],
        severities: dict[str, Severity],
        options: dict[str, dict[str, Any]],
        path_rules: list[PathRule],
    ) -> None:
        self.policies = policies
        """By id; those that only a nearer configuration wants are among them."""
        self.severities = severities
        """Severities in effect by policy id."""
        self.options = options
        """Options by policy id and name, of the right types."""
        self.path_rules = path_rules
        """What holds for some paths only, in order."""


def choose(catalogue: Catalogue, config: Config) -> Choice:
    """Resolve a configuration.  Raises ConfigError with all names that mean nothing."""
    resolver = _Resolver(catalogue)
    at_root = resolver.enabled(config)
    zones = [(folder, there, resolver.enabled(there)) for folder, there in config.nearer]
    union = set(at_root).union(*(ids for _, _, ids in zones))
    severities = resolver.severities(config.severities)
    options = resolver.options(config)
    rules = [resolver.path_rule(settings) for settings in config.per_path]
    _check_tables(config, resolver.faults)
    if zones:
        zone_of = _zones(config)
        if union.difference(at_root):
            rules.insert(0, PathRule(lambda p: not zone_of(p), ignore=union.difference(at_root)))
        seen = {id(settings) for settings in config.per_path}
        for folder, there, ids in reversed(zones):
            own = resolver.severities(there.severities)
            changed = {name: level for name, level in own.items() if severities.get(name) != level}
            rules.append(
                PathRule(_same(zone_of, folder), ignore=union.difference(ids), severities=changed)
            )
            for settings in there.per_path:
                if id(settings) not in seen:
                    seen.add(id(settings))
                    rules.append(resolver.path_rule(settings))
            resolver.refuse_options(config, there)
    if resolver.faults:
        raise ConfigError(dict.fromkeys(resolver.faults))
    policies = [policy for policy in catalogue.policies if policy.id in union]
    return Choice(policies, severities, options, rules)


def _zones(config: Config) -> Callable[[str], str]:
    """A function that gives the folder whose configuration counts for a path, "" for the root."""
    folders = tuple((f"{folder}/", folder) for folder, _ in config.nearer)

    def zone_of(path: str) -> str:
        return next((folder for start, folder in folders if path.startswith(start)), "")

    return zone_of


def _same(zone_of: Callable[[str], str], folder: str) -> Callable[[str], bool]:
    return lambda path: zone_of(path) == folder


class _Resolver:
    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.faults: list[str] = []

    def _named(self, name: str) -> list[Policy]:
        """The policies of a name; an unknown one is noted."""
        try:
            return self._catalogue.named(name)
        except UnknownNameError as error:
            place = getattr(name, "place", "")
            self.faults.append(f"{place}: {error}" if place else str(error))
            return []

    def _ids(self, names: Iterable[str]) -> set[str]:
        return {policy.id for name in names for policy in self._named(name)}

    def enabled(self, config: Config) -> list[str]:
        """The ids of the policies that a configuration enables."""
        chosen = self._ids(config.select) if config.select else _of_preset(self._catalogue, config)
        if ALWAYS in self._catalogue.by_id and ALWAYS not in config.ignore:
            chosen.add(ALWAYS)
        left_out = self._ids(config.ignore).difference(() if ALWAYS in config.ignore else (ALWAYS,))
        return sorted(chosen.difference(left_out))

    def severities(self, given: Mapping[str, Severity]) -> dict[str, Severity]:
        """Severities by id; what is named by its id counts more than its group."""
        made: dict[str, Severity] = {}
        for name in sorted(given, key=lambda name: name in self._catalogue.by_id):
            made.update(dict.fromkeys((policy.id for policy in self._named(name)), given[name]))
        return made

    def path_rule(self, settings: PathSettings) -> PathRule:
        """What `per-path` says, by id."""
        from plumblint.discover import matcher

        matches = matcher(settings.patterns)
        return PathRule(
            lambda path: bool(matches(path)),
            ignore=self._ids(settings.ignore),
            severities=self.severities(settings.severities),
        )

    def options(self, config: Config) -> dict[str, dict[str, Any]]:
        """The options of policies, each checked against its type."""
        from plumblint.policy.error import did_you_mean

        made: dict[str, dict[str, Any]] = {}
        for name, given in config.options.items():
            if name not in self._catalogue.by_id:
                self._unknown_policy(name)
                continue
            policy = self._catalogue.by_id[name]
            for option, value in given.items():
                place = getattr(option, "place", "")
                known = policy.options.get(option)
                if known is None:
                    hint = did_you_mean(option, (*policy.options, "severity"))
                    there = ", ".join(policy.options) or "no options"
                    self.faults.append(
                        f"{place}: `{name}` has no option `{option}`.{hint or f' It has {there}.'}"
                    )
                elif not _fits(known["type"], value):
                    self.faults.append(f"{place}: `{option}` wants a {known['type']}")
                else:
                    value = tuple(value) if isinstance(value, list) else value
                    made.setdefault(str(name), {})[str(option)] = value
        return made

    def _unknown_policy(self, name: str) -> None:
        before = len(self.faults)
        self._named(name)
        if len(self.faults) == before:  # a guardrail, a peer's code
            place = getattr(name, "place", "")
            self.faults.append(f"{place}: options want a policy's id, not `{name}`")

    def refuse_options(self, root: Config, there: Config) -> None:
        """Options of a nearer configuration: a policy has one set of them in a run."""
        for name, given in there.options.items():
            for option, value in given.items():
                if root.options.get(name, {}).get(option) != value:
                    self.faults.append(
                        f"{getattr(option, 'place', '')}: options hold for the whole run: "
                        f"`{option}` belongs in the root's configuration"
                    )


def _of_preset(catalogue: Catalogue, config: Config) -> set[str]:
    if config.preset == "all":
        return {policy.id for policy in catalogue.policies}
    statuses = ("stable", "preview") if config.preview else ("stable",)
    return {
        policy.id
        for policy in catalogue.policies
        if policy.status in statuses and config.preset in ("strict", policy.preset)
    }


def _fits(kind: str, value: object) -> bool:
    from plumblint.policy.load import fits_option

    return fits_option(kind, value)


def _check_tables(config: Config, faults: list[str]) -> None:
    """Note tables that nothing asks: only own policies may bring new ones."""
    if not config.tables:
        return
    from plumblint.config.schema import LOCAL_TABLES
    from plumblint.policy.error import did_you_mean
    from plumblint.tables import ROWS

    known = (*LOCAL_TABLES, *ROWS)
    for name in config.tables:
        if name not in known:
            hint = did_you_mean(name, known)
            if hint or not config.policies:
                faults.append(f"{getattr(name, 'place', '')}: there is no table `{name}`.{hint}")
