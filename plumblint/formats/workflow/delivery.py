"""What stands before each deployment of a workflow, and which events reach it."""

from __future__ import annotations

from collections.abc import Sequence

from plumblint.facts import Deployment, Job, Unknown, Workflow
from plumblint.formats.steps.reading import Reading
from plumblint.formats.workflow.jobs import ReadJob
from plumblint.formats.workflow.reach import reaching_events

_MANUAL = frozenset(("workflow_dispatch", "repository_dispatch", "workflow_call"))
_GATES = frozenset(("test", "lint", "type-check", "validation", "security-scan"))
_RUNS_ANYWAY = frozenset(("always", "cancelled", "failure"))


def link_deployments(reading: Reading, workflow: Workflow, jobs: Sequence[ReadJob]) -> None:
    """Fill triggers, checks and the like of every Deployment, as far as this file tells."""
    by_id = {job.fact.id.lower(): job for job in jobs}
    for job in jobs:
        for deployment in job.deployments:
            reading.spend(1000 * len(workflow.triggers) + 100 * len(job.checks))
            _reach(deployment, workflow, job)
            before = [by_id[n.lower()] for n in job.fact.needs_closure if n.lower() in by_id]
            _checks(deployment, workflow, job, before)


def _reach(deployment: Deployment, workflow: Workflow, job: ReadJob) -> None:
    deployment.triggers = reaching_events(workflow.triggers, _conditions(deployment, job))
    events = frozenset(deployment.triggers)
    if events - _MANUAL:
        deployment.automatic = True
    else:
        called = "workflow_call" in events
        deployment.automatic = Unknown("workflow_call") if called else False
    if events and events <= {"pull_request", "pull_request_target"}:
        deployment.preview = True


def _conditions(deployment: Deployment, job: ReadJob) -> list[str]:
    conditions = [job.fact.condition]
    if isinstance(deployment.step, int) and deployment.step < len(job.steps):
        conditions.append(job.steps[deployment.step].fact.condition)
    return [
        condition.text
        for condition in conditions
        if condition is not None and not condition.always_true_by_text
    ]


def _checks(
    deployment: Deployment, workflow: Workflow, job: ReadJob, before: Sequence[ReadJob]
) -> None:
    """The checks that must pass first: earlier steps, and jobs it needs."""
    checks = [
        check
        for check in job.checks
        if isinstance(check.step, int)
        and isinstance(deployment.step, int)
        and (check.step, check.span.start) < (deployment.step, deployment.span.start)
    ]
    gating = [] if runs_regardless(job.fact) else list(before)
    for other in gating:
        checks += other.checks
    kept = [check for check in checks if check.kind in _GATES and not check.failure_ignored]
    deployment.checks_before = tuple(kept)
    if kept:
        deployment.checked = True
    elif "workflow_run" in deployment.triggers or "workflow_call" in deployment.triggers:
        deployment.checked = Unknown("another workflow runs before it")
    elif any(_opaque(other) for other in (job, *gating)):
        deployment.checked = Unknown("a called workflow or action may check")
    else:
        deployment.checked = False


def runs_regardless(job: Job) -> bool:
    """Whether a job's `if` lets it run though a job it needs has failed."""
    condition = job.condition
    if condition is None or not _RUNS_ANYWAY & set(condition.functions):
        return False
    if "success" in condition.functions:
        return False
    if "failure" in condition.functions and "!failure()" in condition.text.replace(" ", ""):
        return False
    return not any(
        context.startswith("needs.") and context.endswith(".result")
        for context in condition.contexts
    )


def _opaque(job: ReadJob) -> bool:
    """Whether a job runs something whose content this file does not show."""
    if job.fact.uses is not None:
        return True
    actions = (step.fact.action for step in job.steps)
    return any(action is not None and action.kind in ("local", "expression") for action in actions)
