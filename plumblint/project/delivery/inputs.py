"""Where the inputs of called workflows and actions come from: the callers in the repo."""

from __future__ import annotations

from plumblint.facts import Action, Expression, Origin, Related, Unknown, Workflow
from plumblint.formats.steps.sinks import Class, worst
from plumblint.project.project import Project
from plumblint.syntax.expressions import find, flowing, parse
from plumblint.tables import untrusted_contexts

_DEEPEST = 5
"""Callers of callers that are followed."""
_MOST_CALLERS = 100


class _Callers:
    """Who calls what in the repo, and with what."""

    def __init__(self, project: Project) -> None:
        self.of: dict[str, list[Action]] = {}
        for action in project.of(Action):
            if isinstance(action.resolves_to, str):
                self.of.setdefault(action.resolves_to, []).append(action)
        self.started: dict[str, Workflow] = {fact.span.path: fact for fact in project.of(Workflow)}
        self._known: dict[tuple[str, str], tuple[Class, Action | None]] = {}

    def source(self, path: str, name: str, above: frozenset[str]) -> tuple[Class, Action | None]:
        """The worst that an input may be, and the caller that hands it over."""
        key = (path, name)
        known = self._known.get(key)
        if known is None:
            known = self._source(path, name, above)
            if not above:
                self._known[key] = known
        return known

    def _source(self, path: str, name: str, above: frozenset[str]) -> tuple[Class, Action | None]:
        callers = self.of.get(path, ())[:_MOST_CALLERS]
        workflow = self.started.get(path)
        by_hand = workflow is not None and any(
            event in ("workflow_dispatch", "repository_dispatch") for event in workflow.events
        )
        if not callers or path in above or len(above) >= _DEEPEST:
            return "input", None
        found: Class = "input" if by_hand else "trusted"
        by: Action | None = None
        for action in callers:
            value = (action.inputs or {}).get(name)
            if value is None or isinstance(value, str):
                continue
            one = self._of_text(value, action.span.path, above | {path})
            if worst(one, found) != found:
                found, by = one, action
        return found, by

    def _of_text(self, value: Unknown, path: str, above: frozenset[str]) -> Class:
        result: Class = "trusted"
        for fence in find(value.text):
            node, _ = parse(value.text[fence.inner_start : fence.inner_end])
            for ref in flowing(node) if node is not None else ():
                result = worst(result, self._of_context(ref.name, path, above))
        return result

    def _of_context(self, name: str, path: str, above: frozenset[str]) -> Class:
        first, _, rest = name.partition(".")
        if first == "inputs" and rest:
            return self.source(path, rest, above)[0]
        if any(name == known for known in untrusted_contexts.ATTACKER_CONTEXTS):
            return "attacker"
        if name.startswith(("github.event.inputs.", "github.event.client_payload")):
            return "input"
        kinds: dict[str, Class] = {
            "secrets": "secret", "steps": "step-output", "needs": "job-output",
            "matrix": "matrix", "env": "environment",
        }  # fmt: skip
        if first in kinds:
            return kinds[first]
        trusted = untrusted_contexts.TRUSTED_CONTEXTS
        return "trusted" if any(name == t or name.startswith(f"{t}.") for t in trusted) else "other"


def follow_inputs(project: Project) -> None:
    """Say of each expression that reads an input what the repo's callers hand over.

    Where nobody in the repo calls it, it stays an input: others may call it.
    """
    callers = _Callers(project)
    for fact in project.of(Expression):
        if fact.source != "input" or not fact.context.startswith("inputs."):
            continue
        name = fact.context.partition(".")[2]
        source, by = callers.source(fact.span.path, name, frozenset())
        fact.source = source
        if by is not None and source == "attacker":
            via = (Related(by.span, "what a stranger writes is handed over here"),)
            fact.trace(context=Origin(fact.span, via))
