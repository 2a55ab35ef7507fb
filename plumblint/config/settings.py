"""Settings: what one configuration says, and one laid over another.

Settings are the arguments of `Config` by name; what a configuration does not
say is not there.
"""

from __future__ import annotations

from typing import Any

from plumblint.config.faults import place_of
from plumblint.config.model import Name, PathSettings, ProjectGroup
from plumblint.policy.document import Node
from plumblint.source import Source

Settings = dict[str, Any]

_ADDED = ("ignore", "exclude", "policies", "per_path", "projects", "files")
_MERGED = ("severities", "tables", "options")


def settings_of(root: Node, source: Source, folder: str) -> Settings:
    """The settings of a checked tree; `folder` is where its patterns are at home, from the root.

    `policies` and `extends` stay as written.
    """
    parts: dict[str, Node] = root.value
    made: Settings = {}

    def names(node: Node) -> list[Name]:
        items = node.value if isinstance(node.value, list) else [node]
        return [Name(item.plain, place_of(source, item)) for item in items]

    def keyed(node: Node) -> dict[Any, Any]:
        return {
            Name(key, place_of(source, node.keys[key])): value.data()
            for key, value in node.value.items()
        }

    for key in ("select", "ignore", "policies", "extends"):
        if key in parts:
            made[key] = names(parts[key])
    for key, name in (("preset", "preset"), ("preview", "preview"), ("fail-on", "fail_on")):
        if key in parts:
            made[name] = parts[key].data()
    if "exclude" in parts:
        made["exclude"] = [below(folder, pattern) for pattern in names(parts["exclude"])]
    if "tables" in parts:
        made["tables"] = keyed(parts["tables"])
    if "rules" in parts:
        made["severities"], made["options"] = _rules(parts["rules"], source)
    if "per-path" in parts:
        made["per_path"] = [
            PathSettings(
                [below(folder, pattern) for pattern in names(entry.value["paths"])],
                ignore=names(entry.value["ignore"]) if "ignore" in entry.value else (),
                severities=keyed(entry.value["severity"]) if "severity" in entry.value else None,
            )
            for entry in parts["per-path"].value
        ]
    if "projects" in parts:
        made["projects"] = [_group(entry.data()) for entry in parts["projects"].value]
    return made


def _rules(node: Node, source: Source) -> tuple[dict[Name, Any], dict[Name, dict[Name, Any]]]:
    severities: dict[Name, Any] = {}
    options: dict[Name, dict[Name, Any]] = {}
    for key, rule in node.value.items():
        name = Name(key, place_of(source, node.keys[key]))
        for setting, value in rule.value.items():
            if setting == "severity":
                severities[name] = value.data()
            else:
                option = Name(setting, place_of(source, rule.keys[setting]))
                options.setdefault(name, {})[option] = value.data()
    return severities, options


def _group(data: dict[str, Any]) -> ProjectGroup:
    return ProjectGroup(
        compose=data.get("compose", ()),
        build_args=data.get("build-args"),
        dockerfiles=data.get("dockerfiles", ()),
        tfvars=data.get("tfvars", ()),
        module=data.get("module"),
    )


def below(folder: str, pattern: str) -> str:
    """A pattern of .gitignore in `folder` as one at the root."""
    if not folder:
        return pattern
    negated = "!" if pattern.startswith("!") else ""
    pattern = pattern.removeprefix("!")
    bound = "/" in pattern.rstrip("/")
    inner = pattern.lstrip("/") if bound else f"**/{pattern}"
    return f"{negated}/{folder}/{inner}"


def laid_over(base: Settings, upper: Settings) -> Settings:
    """`upper` over `base`: lists add up, mappings merge, the rest replaces.

    A preset or a selection replaces what was selected before; what is
    selected by its very name is no longer ignored.
    """
    made = {**base, **upper}
    if "preset" in upper and "select" not in upper:
        made.pop("select", None)
    chosen = frozenset(upper.get("select", ()))
    kept = {**base, "ignore": [name for name in base.get("ignore", ()) if name not in chosen]}
    for key in _ADDED:
        if key in kept or key in upper:
            made[key] = [*kept.get(key, ()), *upper.get(key, ())]
    for key in _MERGED:
        if key in base or key in upper:
            made[key] = _merged(base.get(key) or {}, upper.get(key) or {}, key)
    return made


def _merged(one: dict[str, Any], more: dict[str, Any], key: str) -> dict[str, Any]:
    made = dict(one)
    for name, value in more.items():
        there = made.pop(name, None)  # so that the place of the later name is kept
        if key == "severities" or there is None:
            made[name] = value
        elif isinstance(there, dict) and isinstance(value, dict):
            made[name] = {**there, **value}
        elif isinstance(there, list) and isinstance(value, list):
            made[name] = [*there, *value]
        else:
            made[name] = value
    return made
