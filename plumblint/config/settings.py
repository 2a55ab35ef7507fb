"""From the tree of a configuration to what it says."""

from __future__ import annotations

from typing import Any

from plumblint.config.faults import place_of
from plumblint.config.layers import Settings, below
from plumblint.config.model import Name, PathSettings
from plumblint.policy.document import Node
from plumblint.repo import ProjectGroup
from plumblint.source import Source


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
