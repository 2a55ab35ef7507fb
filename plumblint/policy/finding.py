"""Finding: a policy that a fact breaks, with its places.  Undecided: one that might."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plumblint.source import Span

if TYPE_CHECKING:
    from plumblint.facts import Related
    from plumblint.policy.model import Policy


class Finding:
    """What `policy` denies at `span`."""

    __slots__ = ("fact_path", "fix", "key", "message", "policy", "related", "span")

    def __init__(
        self,
        policy: Policy,
        span: Span,
        message: str,
        related: tuple[Related, ...] = (),
        fact_path: str = "",
        key: str = "",
        fix: Any = None,
    ) -> None:
        self.policy = policy
        self.span = span
        """The smallest place that shows the defect, the one a person would edit."""
        self.message = message
        """One line of plain text, not escaped for any medium."""
        self.related = related
        """Further places, perhaps in other files."""
        self.fact_path = fact_path
        """The way to the fact for people: `services.web.image`."""
        self.key = key
        """As `fact_path`, but stable when others are inserted."""
        self.fix = fix
        """The edit that mends it, None where there is none."""

    def __repr__(self) -> str:
        return f"<{self.policy.id} {self.span!r}>"


class Undecided:
    """A policy whose answer hangs on a value that the files do not decide."""

    __slots__ = ("fact_path", "key", "policy", "span")

    def __init__(self, policy: Policy, span: Span, fact_path: str, key: str) -> None:
        self.policy = policy
        self.span = span
        self.fact_path = fact_path
        self.key = key

    def __repr__(self) -> str:
        return f"<undecided {self.policy.id} {self.span!r}>"
