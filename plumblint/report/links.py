"""Where people read more: the addresses that reports name."""

from __future__ import annotations

HOME = "https://github.com/plumblint/plumblint"
"""The project's page."""
FACTS_PAGE = f"{HOME}/blob/main/docs/facts.md"
"""The reference of facts and their fields."""


def policy_page(policy_id: str) -> str:
    """The documentation of a policy."""
    return f"{HOME}/blob/main/docs/policies/{policy_id}.md"
