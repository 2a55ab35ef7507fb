"""Policies as SARIF rules (reportingDescriptor objects)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from plumblint.report.links import HOME, policy_page
from plumblint.report.policy_text import help_markdown

if TYPE_CHECKING:
    from plumblint.policy.model import Policy

LONGEST_DESCRIPTION = 1024
"""Characters that GitHub takes of a description."""
_PROBLEM_SEVERITIES = {"error": "error", "warning": "warning", "note": "recommendation"}
"""GitHub's `problem.severity` by our severity."""


def rule(policy: Policy) -> dict[str, Any]:
    """The rule object of a policy."""
    page = policy_page(policy.id)
    tags = [policy.guardrail]
    properties: dict[str, Any] = {
        "tags": tags,
        "precision": policy.confidence,
        "problem.severity": _PROBLEM_SEVERITIES[policy.severity],
    }
    if policy.security_severity:
        tags.insert(0, "security")
        properties["security-severity"] = f"{float(policy.security_severity):.1f}"
    return {
        "id": policy.id,
        "name": _pascal_case(policy.id),
        "shortDescription": {"text": _described(policy.title)},
        "fullDescription": {"text": _described(policy.why or policy.title)},
        "help": {"text": _help_text(policy, page), "markdown": help_markdown(policy)},
        "helpUri": page,
        "defaultConfiguration": {"level": policy.severity},
        "properties": properties,
    }


def descriptor(name: str, text: str) -> dict[str, Any]:
    """The object that describes a notification, as complete as a rule's."""
    return {
        "id": name,
        "name": _pascal_case(name),
        "shortDescription": {"text": text},
        "fullDescription": {"text": text},
        "help": {"text": text},
        "helpUri": HOME,
    }


def _pascal_case(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("-"))


def _described(text: str) -> str:
    """The first paragraph, in plain text, as a sentence, within the limit."""
    text = " ".join(text.strip().split("\n\n")[0].split())
    text = re.sub(r"`([^`]*)`", r"'\1'", text)
    if not text.endswith((".", "!", "?")):
        text += "."
    if len(text) > LONGEST_DESCRIPTION:
        text = text[: LONGEST_DESCRIPTION - 1].rsplit(" ", 1)[0] + "…"
    return text


def _help_text(policy: Policy, page: str) -> str:
    parts = [policy.why.strip()]
    if policy.remedy:
        parts.append(f"Remedy: {policy.remedy.strip()}")
    return "\n\n".join([*parts, page])
