"""Policy: one rule with its documentation; its expressions are compiled when first asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, cast

from plumblint.policy.message import Part

if TYPE_CHECKING:
    from plumblint.facts import Fact
    from plumblint.facts.fact import Severity

Decision = Callable[["Fact", Mapping[str, Any], Mapping[str, Any]], bool | None]
"""A compiled expression: (fact, options, tables) → True, False, None (undecided)."""

HOT = ("id", "guardrail", "title", "severity", "confidence", "preset", "since", "status", "on",
       "when", "deny", "at", "message", "supersedes", "also", "options", "security_severity",
       "fix", "path")  # fmt: skip
"""The fields that judging, selecting and reporting need, in the order of a row."""

TEXTS = ("why", "remedy", "references", "examples", "lines")
"""The fields that only explanations and proofs need; kept apart."""


class Policy:
    """A policy as its YAML file says."""

    __slots__ = (*HOT, "_decide", "_load_decision", "_load_texts", "_parts", "_texts")

    id: str
    """Kebab-case: the file's stem."""
    guardrail: str
    """The folder."""
    title: str
    severity: Severity
    confidence: str
    """`high`, `medium`, `low`."""
    preset: str
    """`recommended` or `strict`."""
    since: str
    """The version that brought it."""
    status: str
    """`preview`, `stable`, `deprecated`."""
    on: str
    """The kind of fact it judges."""
    when: str
    """The condition under which it judges; empty for always."""
    deny: str
    """The condition it denies."""
    at: tuple[str, ...]
    """The field reported, as a path; empty for the fact's own place."""
    message: str
    """With `{field}` names."""
    supersedes: tuple[str, ...]
    """Ids of policies that are silent where this one speaks."""
    also: tuple[str, ...]
    """Peers' codes of equal or narrower checks."""
    options: dict[str, dict[str, Any]]
    """`type`, `default` and `doc` by name."""
    security_severity: str
    """0.1 to 10.0 for a security policy, else empty."""
    fix: str
    """The edit that mends it, empty where there is none."""
    path: str
    """Its YAML file, relative to the folder of its catalogue's parent: `rules/pinning/x.yaml`."""

    def __init__(
        self,
        row: tuple[Any, ...],
        load_texts: Callable[[str], Mapping[str, Any]],
        load_decision: Callable[[Policy], Decision],
    ) -> None:
        (
            self.id, self.guardrail, self.title, self.severity, self.confidence, self.preset,
            self.since, self.status, self.on, self.when, self.deny, self.at, self.message,
            self.supersedes, self.also, self.options, self.security_severity, self.fix, self.path,
        ) = row  # fmt: skip
        self._load_texts = load_texts
        self._load_decision = load_decision
        self._texts: Mapping[str, Any] | None = None
        self._decide: Decision | None = None
        self._parts: list[Part] | None = None

    @property
    def decide(self) -> Decision:
        """`when` and `deny` as one function, compiled when first asked for."""
        if self._decide is None:
            self._decide = self._load_decision(self)
        return self._decide

    @property
    def message_parts(self) -> list[Part]:
        """The message, split at its fields."""
        if self._parts is None:
            from plumblint.policy.message import split_message

            self._parts = split_message(self.message)
        return self._parts

    @property
    def defaults(self) -> dict[str, Any]:
        """The options' defaults by name."""
        return {name: option["default"] for name, option in self.options.items()}

    def _text(self, name: str) -> Any:
        if self._texts is None:
            self._texts = self._load_texts(self.id)
        return self._texts[name]

    @property
    def why(self) -> str:
        """What goes wrong, in Markdown."""
        return cast("str", self._text("why"))

    @property
    def remedy(self) -> str:
        """What to do, in Markdown."""
        return cast("str", self._text("remedy"))

    @property
    def references(self) -> tuple[str, ...]:
        """Links."""
        return tuple(self._text("references"))

    @property
    def examples(self) -> tuple[dict[str, Any], ...]:
        """Small trees: `bad` or `good` by path, `hits`, `untracked`, `fixed`, `line`.

        A file is a text, or a dict with `base64`, `link` or `mode`.
        """
        return tuple(self._text("examples"))

    @property
    def lines(self) -> dict[str, int]:
        """The line of each key in its YAML file."""
        return dict(self._text("lines"))

    def __repr__(self) -> str:
        return f"<policy {self.id}>"
