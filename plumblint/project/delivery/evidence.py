"""What tells of a deployment that it is verified, that data is migrated, that a run was good."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from plumblint.facts import Check, Container, DeliveryStep, Deployment, Resource, Sure
from plumblint.formats.steps import delivery_terms
from plumblint.project.delivery.surroundings import GATES, Around
from plumblint.project.delivery.timeline import JobLine, Part, Timelines, UnitLine
from plumblint.project.delivery.ways import Way
from plumblint.project.project import Project

_VERSION = re.compile(
    r"(?i)github\.sha|GITHUB_SHA|ref_name|GITHUB_REF|rev-parse|git describe|run_number"
    r"|semantic-release|git tag|gh release|version"
)
_MIGRATES_BY_NAME = re.compile(r"(?i)migrat|deploy|release")
_REQUEST = re.compile(r"^\s*(?:\S*/)?(?:curl|wget|http|https|xh)\b")
_BACKS_UP = re.compile(r"\bwrangler(?:@\S+)?\s+d1\b")
"""Tools that can go back in time without a backup of one's own: D1's Time Travel."""
_CIRCUIT_BREAKER = "deployment_circuit_breaker.rollback"
"""The attribute of an `aws_ecs_service` with which AWS goes back by itself."""


class Evidence:
    """Looks at what surrounds a way."""

    def __init__(self, project: Project, timelines: Timelines, around: Around) -> None:
        self._project = project
        self._timelines = timelines
        self._around = around
        self._with_services = {
            (fact.span.path, fact.path.split(".services.")[0])
            for fact in project.of(Container)
            if fact.kind == "service" and fact.path.startswith("jobs.")
        }
        self._by_name: dict[str, list[UnitLine]] = {}
        for unit in timelines.units.values():
            if unit.workflow is not None and isinstance(unit.workflow.name, str):
                self._by_name.setdefault(unit.workflow.name.lower(), []).append(unit)

    def inputs(self, way: Way) -> Mapping[str, Sure[str] | None]:
        """The inputs of the deploying step's action."""
        line, at = way.last.line, way.part.step
        if way.part.uses is None and 0 <= at < len(line.steps):
            action = line.steps[at].action
            return (action.inputs or {}) if action is not None else {}
        job = line.job
        if at < 0 and job is not None and job.uses is not None:
            return job.uses.inputs or {}
        return {}

    def is_remote(self, way: Way) -> bool:
        """Whether another repo's workflow deploys, which nobody reads here."""
        return way.part.step < 0 or way.deployment.transport in ("hook", "gitops", "script")

    def verifications(self, way: Way) -> list[str]:
        """What asks afterwards whether it works, and fails where it does not."""
        found: list[str] = []
        for part in self._around.after(way):
            fact = part.fact
            if isinstance(fact, DeliveryStep):
                if fact.kind == "verification" and _can_fail(fact):
                    found.append(fact.text)
            elif isinstance(fact, Check) and not fact.failure_ignored:
                later = part.step > way.part.step or fact.job.lower() != way.last.line.id
                if fact.kind == "test" and later:
                    found.append(fact.text)
        return found

    def migrations(self, way: Way) -> list[DeliveryStep]:
        """What changes the schema around it; not that of a test's own database."""
        lines: list[tuple[UnitLine, JobLine]] = []
        for hop in way.hops:
            lines.append((hop.unit, hop.line))
            above = self._around.gating(hop.unit).above(hop.line.id)
            behind = self._around.followers(hop)
            for name, line in hop.unit.jobs.items():
                if (name in above or name in behind) and _MIGRATES_BY_NAME.search(name):
                    lines.append((hop.unit, line))
        return [
            fact
            for unit, line in lines
            if (unit.path, f"jobs.{line.job.id if line.job else ''}") not in self._with_services
            for fact in line.of("migration")
            if not _BACKS_UP.search(fact.text) and not fact.on_failure
        ]

    def follows_failure(self, way: Way, conditions: Sequence[str]) -> bool:
        """Whether it starts after a workflow that may have failed: nobody asks its conclusion."""
        if any("conclusion" in condition for condition in conditions):
            return False
        triggers = [
            trigger
            for trigger in (way.top.unit.workflow.triggers if way.top.unit.workflow else ())
            if trigger.event == "workflow_run"
        ]
        if not any(not trigger.types or "completed" in trigger.types for trigger in triggers):
            return False
        return not any("conclusion" in self._text(hop.unit) for hop in way.hops)

    def checks_of_other_workflows(
        self, way: Way, events: Sequence[str]
    ) -> tuple[list[Check], bool]:
        """Checks of the workflow whose completion starts this one; whether it is not known."""
        workflow = way.top.unit.workflow
        if "workflow_run" not in events or workflow is None:
            return [], False
        if set(events) - {"workflow_run", "workflow_dispatch"}:
            return [], False  # another event reaches it without that workflow
        found: list[Check] = []
        unknown = False
        for trigger in workflow.triggers:
            for name in trigger.workflows if trigger.event == "workflow_run" else ():
                units = self._by_name.get(name.lower())
                if not units:
                    unknown = True
                    continue
                for unit in units:
                    for line in unit.jobs.values():
                        found += [c for c in self._around.all_checks(line) if _counts(c)]
                        unknown = unknown or self._around.is_opaque(line)
        return found, unknown

    def names_version(self, unit: UnitLine) -> bool:
        """Whether a workflow's text names a version of any kind."""
        return _VERSION.search(self._text(unit)) is not None

    def _text(self, unit: UnitLine) -> str:
        source = self._project.repo.source(unit.path)
        return source.text if source is not None else ""

    def rollbacks(self) -> list[str]:
        """Everything in the repo that goes back to an earlier version."""
        found = [fact.text for fact in self._project.of(DeliveryStep) if fact.kind == "rollback"]
        for unit in self._timelines.units.values():
            names = [unit.path.rsplit("/", 1)[-1]]
            if unit.workflow is not None and isinstance(unit.workflow.name, str):
                names.append(unit.workflow.name)
            names += list(unit.jobs)
            for line in unit.jobs.values():
                found += [part.text for part in line.of("rollback")]
            found += [n for n in names if delivery_terms.delivery_name_kind(n) == "rollback"]
        found += self._circuit_breakers()
        return list(dict.fromkeys(found))

    def _circuit_breakers(self) -> list[str]:
        """The ECS services of the repo that AWS itself rolls back."""
        return [
            f"{resource.type}.{resource.name}"
            for resource in self._project.of(Resource)
            if resource.type == "aws_ecs_service"
            and (resource.attributes or {}).get(_CIRCUIT_BREAKER) == "true"
        ]


def _counts(check: Check) -> bool:
    return check.kind in GATES and not check.failure_ignored


def _can_fail(fact: DeliveryStep) -> bool:
    if fact.failure_ignored or fact.on_failure:
        return False
    if not _REQUEST.match(fact.text):
        return True
    return delivery_terms.request_asks_health(fact.text) or delivery_terms.request_can_fail(
        fact.text
    )


def mark_followers(timelines: Timelines, around: Around) -> None:
    """Say of each delivery step whether a deployment precedes it, in its job or above it."""
    for unit in timelines.units.values():
        deploying = {
            name
            for name, line in unit.jobs.items()
            if any(isinstance(part.fact, Deployment) for part in around.parts(line))
        }
        for name, line in unit.jobs.items():
            above = around.gating(unit).above(name)
            behind = bool(above & deploying)
            seen: Part | None = None
            for part in line.parts:
                if isinstance(part.fact, Deployment):
                    seen = part
                elif isinstance(part.fact, DeliveryStep) and (behind or seen is not None):
                    part.fact.after_deployment = True
