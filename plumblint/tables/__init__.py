"""Knowledge as data.  `TABLES` are those that policies can ask, as `tables.name`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from importlib import import_module
from typing import Any

ROWS: dict[str, tuple[str, str, str]] = {
    "archived_actions": (
        "archived_actions",
        "ARCHIVED_ACTIONS",
        "Actions that nobody maintains any more, and what to use in their place",
    ),
    "branch_names": ("branch_names", "BRANCH_NAMES", "Names of refs that are branches"),
    "base_repositories": (
        "base_images",
        "BASE_REPOSITORIES",
        "Repositories of well-known base images",
    ),
    "build_tools": ("build_tools", "BUILD_TOOLS", "Packages that compile"),
    "dangerous_capabilities": (
        "capabilities",
        "DANGEROUS_CAPABILITIES",
        "Kernel capabilities by which a container gets at its host",
    ),
    "codename_tags": ("floating_tags", "CODENAME_TAGS", "Debian's and Ubuntu's release names"),
    "floating_tags": ("floating_tags", "FLOATING_TAGS", "Image tags that name a channel"),
    "one_number_versions": (
        "image_versions",
        "ONE_NUMBER_VERSIONS",
        "Images whose releases have one number",
    ),
    "two_number_versions": (
        "image_versions",
        "TWO_NUMBER_VERSIONS",
        "Images whose releases have two numbers",
    ),
    "ssh_actions": ("ssh_actions", "SSH_ACTIONS", "Actions that work on a server over SSH"),
    "untrusted_contexts": (
        "untrusted_contexts",
        "ATTACKER_CONTEXTS",
        "Event fields that strangers can fill in",
    ),
}
"""By the name in policies: the module here, its attribute (a collection of texts, or a dict by
text), and what it holds."""


class Tables(dict[str, Any]):
    """The tables by name, each imported when first asked for; `extra` entries are added."""

    def __init__(self, extra: Mapping[str, Collection[Any]] | None = None) -> None:
        super().__init__()
        self._extra = extra or {}

    def __missing__(self, name: str) -> Any:
        module, attribute, _ = ROWS[name]
        table = getattr(import_module(f"plumblint.tables.{module}"), attribute)
        more = self._extra.get(name)
        if isinstance(table, Mapping):
            if more is not None:
                added = more if isinstance(more, Mapping) else dict.fromkeys(more, "")
                table = {**table, **added}
        elif more is not None or not isinstance(table, frozenset):
            table = frozenset((*table, *(more or ())))
        self[name] = table
        return table


TABLES = Tables()
"""The tables as shipped."""
