"""What a command, a name or an action does for a delivery besides checking and deploying.

The knowledge stands in `plumblint.tables`; here it is only looked up.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from plumblint.facts import Sure, Unknown
from plumblint.formats.steps.recognise import (
    TEXT_LIMIT,
    Words,
    compose_words,
    first_is_script,
    found_in,
    input_has,
    program,
    stem_of,
    subcommand,
    task_names,
    unwrapped,
)
from plumblint.tables import delivery_steps, deploy_actions, deploy_commands

DeliveryKind = delivery_steps.Kind


@cache
def _delivery_rows() -> dict[str, list[delivery_steps.Row]]:
    rows: dict[str, list[delivery_steps.Row]] = {}
    for row in delivery_steps.DELIVERY_COMMANDS:
        for name in row[1].split("|"):
            rows.setdefault(name, []).append(row)
    return rows


def delivery_kinds(words: Words, text: str) -> list[DeliveryKind]:
    """What a command does for a delivery besides checking and deploying; often nothing."""
    text = text[:TEXT_LIMIT]
    words = unwrapped(words)
    if not words or isinstance(words[0], Unknown) or found_in(deploy_commands.NEVER, text):
        return []
    words = compose_words(words)
    if first_is_script(words) and isinstance(words[1], str):
        inner = program(words[1])
        words = [inner, *words[2:]] if inner in _delivery_rows() else words
    found: list[DeliveryKind] = []
    for kind, _, follow, needed, excluded, _ in _delivery_rows().get(program(words[0]), ()):
        if kind in found or (needed and not found_in(needed, text)) or found_in(excluded, text):
            continue
        if subcommand(words, follow) is not None:
            found.append(kind)
    if not found:
        named = (delivery_name_kind(stem_of(task)) for task in task_names(words))
        found = [kind for kind in named if kind]
    return found[:3]


def delivery_name_kind(name: str) -> DeliveryKind | None:
    """What the name of a step, task, script or job says that it does for a delivery."""
    name = name[:200]
    for kind, pattern in delivery_steps.DELIVERY_NAMES:
        if found_in(pattern, name):
            if kind == "migration" and found_in(delivery_steps.NOT_A_MIGRATION, name):
                return None
            return kind
    return None


def delivery_kind_of_action(name: str) -> DeliveryKind | None:
    """What an action does for a delivery, by its lower-case name."""
    return delivery_steps.DELIVERY_ACTIONS.get(name)


def verifies_itself(mechanism: str, inputs: Mapping[str, Sure[str] | None]) -> bool:
    """Whether a way of deploying waits until the new version works."""
    return found_in(delivery_steps.SELF_VERIFYING, mechanism) or any(
        name in inputs and input_has(inputs, name, pattern)
        for name, pattern in delivery_steps.VERIFYING_INPUTS
    )


def reverts_itself(mechanism: str, inputs: Mapping[str, Sure[str] | None]) -> bool:
    """Whether a way of deploying goes back by itself, or keeps the version before."""
    return found_in(delivery_steps.KEEPS_VERSIONS, mechanism) or any(
        name in inputs and input_has(inputs, name, pattern)
        for name, pattern in delivery_steps.REVERTING_INPUTS
    )


def switches_at_once(mechanism: str) -> bool:
    """Whether a deployment that is stopped leaves either the old or the new version."""
    return found_in(delivery_steps.SWITCHES_AT_ONCE, mechanism)


def platform_cleans_previews(mechanism: str) -> bool:
    """Whether the platform itself takes previews away, or they cost nothing."""
    return found_in(delivery_steps.PREVIEW_CLEANED_BY_PLATFORM, mechanism)


def request_can_fail(text: str) -> bool:
    """Whether a `curl` or the like fails on a bad answer, or its status is looked at."""
    return found_in(delivery_steps.REQUEST_FAILS, text[:TEXT_LIMIT])


def request_asks_health(text: str) -> bool:
    """Whether a `curl` or the like asks if something works."""
    text = text[:TEXT_LIMIT]
    return found_in(delivery_steps.REQUEST_ASKS_HEALTH, text) and not found_in(
        delivery_steps.REQUEST_DOES_OTHERWISE, text
    )


def releases_on_server(text: str) -> bool:
    """Whether commands for a server bring a new version there."""
    return found_in(deploy_commands.RELEASES_ON_SERVER, text[: 10 * TEXT_LIMIT])


def edits_manifest(text: str) -> bool:
    """Whether a command writes an image's tag into a manifest."""
    return found_in(deploy_commands.EDITS_MANIFEST, text[:TEXT_LIMIT])


def names_release(names: str) -> bool:
    """Whether names tell of a release in the widest sense."""
    return found_in(deploy_commands.RELEASE_NAMES, names)


def names_operation(names: str) -> bool:
    """Whether names tell of work on what runs already."""
    return found_in(deploy_commands.OPERATION_NAMES, names)


def names_production(names: str) -> bool | None:
    """Whether names say production, None where they name no environment at all."""
    if found_in(deploy_commands.PRODUCTION_NAMES, names):
        return True
    return False if found_in(deploy_commands.OTHER_ENVIRONMENTS, names) else None


def is_ephemeral_cluster(name: str, words: Words) -> bool:
    """Whether an action (by name) or a command starts a cluster on the runner."""
    if name in deploy_actions.EPHEMERAL_CLUSTER_ACTIONS:
        return True
    if not words:
        return False
    known = program(words[0])
    return any(
        known == tool and subcommand(words, (first,)) is not None
        for tool, first in deploy_actions.EPHEMERAL_CLUSTER_COMMANDS
    )


def not_an_application(names: str, around: str = "") -> bool:
    """Whether the names at a deployment tell that it is no release of the application.

    `around` are further names, in which a deployment may be spoken of.
    """
    if found_in(deploy_actions.NOT_A_DEPLOYMENT, names):
        return True
    restarts = found_in(deploy_actions.ONLY_RESTARTS, names)
    return restarts and not names_deployment(f"{names} {around}")


def names_deployment(names: str) -> bool:
    """Whether the names of a job and its workflow say that it deploys."""
    return found_in(deploy_commands.DEPLOY_SCRIPT, names)


def is_preview_name(names: str) -> bool:
    """Whether the names around a deployment tell of a preview."""
    return found_in(deploy_actions.PREVIEW_NAMES, names)
