"""Whether a job runs though one that it waits for has failed: its conditions, played through."""

from __future__ import annotations

from plumblint.facts import Condition, Job
from plumblint.project.delivery.timeline import UnitLine
from plumblint.syntax.expressions import Failure, Partial, evaluate, parse, truth

_STATUS_FUNCTIONS = frozenset(("success", "always", "failure", "cancelled"))
_MOST_JOBS = 150
"""Jobs of a workflow whose results are played through; real ones have fewer than a hundred."""


class Gating:
    """The jobs of one workflow, and what becomes of each when one of them fails."""

    def __init__(self, unit: UnitLine) -> None:
        self._jobs = {name: line.job for name, line in unit.jobs.items() if line.job is not None}
        self._order = self._sorted()
        self._played: dict[str | None, dict[str, str | None]] = {}

    def gates(self, failing: str, job: str) -> bool | None:
        """Whether `job` is skipped when `failing` fails; None where the files do not decide it."""
        result = self._play(failing).get(job)
        if result == "skipped":
            return True
        if result is None:
            return None
        return False

    def bypass(self, failing: str, job: str) -> Job | None:
        """The first job on the way from `failing` to `job` that runs in spite of the failure."""
        results = self._play(failing)
        for name in self._order:
            fact = self._jobs[name]
            if name == failing or results.get(name) != "success":
                continue
            if (name == job or name in self.above(job)) and failing in self.above(name):
                return fact
        return None

    def above(self, job: str) -> set[str]:
        """The jobs that a job waits for, directly or not."""
        fact = self._jobs.get(job)
        return {name.lower() for name in fact.needs_closure} if fact is not None else set()

    def _sorted(self) -> list[str]:
        """The jobs, each behind those it needs; jobs in a circle are left out."""
        if len(self._jobs) > _MOST_JOBS:
            return []
        waiting = {
            name: {need.lower() for need in fact.needs} & self._jobs.keys()
            for name, fact in self._jobs.items()
        }
        order: list[str] = []
        while True:
            ready = [name for name, needs in waiting.items() if not needs]
            if not ready:
                return order
            for name in ready:
                del waiting[name]
            for needs in waiting.values():
                needs.difference_update(ready)
            order += ready

    def _play(self, failing: str | None) -> dict[str, str | None]:
        """The result of every job; None where it is not known whether it runs."""
        known = self._played.get(failing)
        if known is not None:
            return known
        results: dict[str, str | None] = {}
        for name in self._order:
            if name == failing:
                results[name] = "failure"
                continue
            runs = self._runs(self._jobs[name], results)
            results[name] = "success" if runs else "skipped" if runs is False else None
        self._played[failing] = results
        return results

    def _runs(self, fact: Job, results: dict[str, str | None]) -> bool | None:
        above = [results.get(name.lower(), "success") for name in fact.needs_closure]
        status = "success"
        if "failure" in above:
            status = "failure"
        elif "skipped" in above:
            status = "skipped"
        unsure = None in above
        condition = fact.condition
        if condition is None or not _STATUS_FUNCTIONS & set(condition.functions):
            if status != "success":
                return False
            if condition is None:
                return None if unsure else True
        elif condition.always_true_by_text:
            return True
        value = _value(condition, fact, results, status)
        if value is None and status == "success" and not unsure:
            return True  # what else it asks is not about the jobs before it
        if value is None and status != "success" and _looks_at_results(condition, results, fact):
            return None
        if value is None:
            return True
        return value


def _value(
    condition: Condition, fact: Job, results: dict[str, str | None], status: str
) -> bool | None:
    node, _ = parse(condition.text)
    if node is None:
        return None
    needs = {
        name.lower(): {"result": results.get(name.lower()) or "success"} for name in fact.needs
    }
    known = {name: Partial(result) for name, result in needs.items()}
    value = evaluate(node, {"needs": known}, status=status)
    return None if isinstance(value, Failure) else truth(value)


def _looks_at_results(condition: Condition, results: dict[str, str | None], fact: Job) -> bool:
    """Whether a condition asks for the result of a job that did not succeed."""
    for name in fact.needs:
        if results.get(name.lower()) not in ("success",) and any(
            context.startswith(f"needs.{name.lower()}.") for context in condition.contexts
        ):
            return True
    return any(context in ("needs", "needs.*", "needs.*.result") for context in condition.contexts)


def step_survives(condition: Condition | None) -> bool | None:
    """Whether a step runs after a failure before it; None where it asks for an outcome."""
    if condition is None:
        return False
    if condition.always_true_by_text:
        return False
    if not {"always", "failure", "cancelled"} & set(condition.functions):
        return False
    if any(context.startswith("steps.") for context in condition.contexts):
        return None
    node, _ = parse(condition.text)
    if node is None:
        return None
    value = evaluate(node, {}, status="failure")
    known = None if isinstance(value, Failure) else truth(value)
    return known is not False
