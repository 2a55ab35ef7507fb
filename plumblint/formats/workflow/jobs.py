"""The jobs of a workflow."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from plumblint.facts import (
    Check,
    Deployment,
    Job,
    Many,
    Maybe,
    Origin,
    Permission,
    Unknown,
    Workflow,
)
from plumblint.formats.steps import delivery_terms, recognise
from plumblint.formats.steps.checks import find_checks, may_check, outcomes_read
from plumblint.formats.steps.conditions import read_condition
from plumblint.formats.steps.containers import read_container
from plumblint.formats.steps.delivery_steps import asks_failure, find_delivery_steps
from plumblint.formats.steps.deployments import find_deployments
from plumblint.formats.steps.document import Node, Table, node_span, table, text_of
from plumblint.formats.steps.reading import Reading, Text, as_text
from plumblint.formats.steps.sinks import Scope
from plumblint.formats.steps.step import ReadStep, Surroundings, read_steps
from plumblint.formats.steps.tainted_writes import downloads_artifacts, tainted_writes
from plumblint.formats.steps.uses import read_uses
from plumblint.formats.steps.variables import inputs_of, read_variables
from plumblint.formats.workflow.checkouts import find_checkouts
from plumblint.formats.workflow.permissions import read_permissions
from plumblint.formats.workflow.supply import mark_supply
from plumblint.repo import Repo
from plumblint.tables.untrusted_checkouts import PRIVILEGED_EVENTS

_FENCE = re.compile(r"\$\{\{[^}]*\}\}")
"""An expression in a name tells nothing of what the job does."""


class ReadJob:
    """A Job fact with what only the reading of its workflow needs."""

    __slots__ = ("block", "checks", "deployments", "fact", "key", "steps")

    def __init__(self, fact: Job, block: Table, key: Text) -> None:
        self.fact = fact
        self.block = block
        self.key = key
        self.steps: list[ReadStep] = []
        self.checks: list[Check] = []
        self.deployments: list[Deployment] = []


class JobReader:
    """Reads the jobs of one workflow."""

    def __init__(
        self,
        reading: Reading,
        repo: Repo,
        workflow: Workflow,
        block: Table,
        permissions: list[Permission] | None,
        env: Mapping[str, Text],
    ) -> None:
        self.reading = reading
        self.repo = repo
        self.workflow = workflow
        self.block = block
        self.permissions = permissions
        self.env = env
        self.shell = _default(block, "shell")
        self.folder = _default(block, "working-directory")

    def read_all(self) -> list[ReadJob]:
        """Every job under `jobs:`, in source order."""
        jobs = self.block.table("jobs")
        found: list[ReadJob] = []
        for key, node in jobs.items() if jobs else ():
            block = table(self.reading.source, node)
            if block is not None:
                found.append(self.read(key, block))
        _close(self.reading, found)
        return found

    def read(self, key: Text, block: Table) -> ReadJob:
        """One job with all that stands in it."""
        reading = self.reading
        path = f"jobs.{key.value}"
        fact = Job(span=key.span, path=path, key=path, id=key.value)
        reading.add(fact)
        reading.spend(10 * len(block))
        job = ReadJob(fact, block, key)
        self.plain_fields(fact, block)
        condition = block.text("if")
        if condition is not None:
            fact.condition = read_condition(reading, condition, "job", path, path, fact.id)
        self.rights(fact, block)
        variables, env = read_variables(reading, block.table("env"), "job-env", path, path)
        fact.env = tuple(variables)
        read_container(
            reading,
            block.node_of("container"),
            "job",
            fact.id,
            f"{path}.container",
            f"{path}.container",
        )
        services = block.table("services")
        for name, node in services.items() if services else ():
            place = f"{path}.services.{name.value}"
            read_container(reading, node, "service", name.value, place, place)
        if uses := block.text("uses"):
            self.call(job, uses)
        scope = Scope(reading, env, self.env, matrix_fixed=_matrix_fixed(block))
        scope = scope.under(fact.condition)
        around = Surroundings(
            scope,
            job=fact.id,
            shell=_default(block, "shell") or self.shell,
            folder=_default(block, "working-directory") or self.folder,
            windows=_is_windows(fact),
        )
        job.steps = read_steps(reading, block, path, path, around, self.repo)
        if PRIVILEGED_EVENTS.intersection(reading.events):
            self.taint(job.steps, {**self.env, **env}, scope)
        fact.steps = tuple(step.fact for step in job.steps)
        self.delivery(job)
        return job

    def taint(self, steps: list[ReadStep], env: Mapping[str, Text], scope: Scope) -> None:
        """Fill `tainted_writes`: which variables hold what strangers write, which files do."""
        strangers = {name.upper() for name in env if scope.taints(name)}
        downloaded = False
        for step in steps:
            own = {
                variable.name
                for variable in step.fact.env
                if isinstance(variable.value, Unknown) and scope.is_tainted(variable.value.text)
            }
            names = {*own, *strangers}
            fact = step.fact
            fact.tainted_writes = tainted_writes(fact, names, downloaded=downloaded)
            downloaded = downloaded or downloads_artifacts(fact.action)

    def plain_fields(self, fact: Job, block: Table) -> None:
        """What is one value each."""
        fact.workflow = self.reading.source.path
        fact.triggers = self.reading.events
        fact.name = block.string("name")
        fact.runs_on = _runs_on(block)
        fact.needs = tuple(text.value for text in block.texts("needs"))
        fact.timeout_minutes = block.number("timeout-minutes")
        fact.continue_on_error = block.boolean("continue-on-error")
        environment = block.table("environment")
        fact.environment = (environment or block).string("name" if environment else "environment")
        concurrency = block.table("concurrency")
        group = concurrency.string("group") if concurrency else block.string("concurrency")
        fact.concurrency_group = self.workflow.concurrency_group if group is None else group
        fact.cancel_in_progress = self.workflow.cancel_in_progress
        if concurrency and concurrency.boolean("cancel-in-progress") is True:
            fact.cancel_in_progress = True
        elif concurrency and fact.cancel_in_progress is None:
            fact.cancel_in_progress = concurrency.boolean("cancel-in-progress")
        self.origins(fact, block)

    def origins(self, fact: Job, block: Table) -> None:
        """The places of the plain fields."""
        found: dict[str, Origin | None] = {}
        for field, name in (
            ("name", "name"),
            ("timeout_minutes", "timeout-minutes"),
            ("continue_on_error", "continue-on-error"),
            ("environment", "environment"),
            ("runs_on", "runs-on"),
        ):
            text = block.text(name)
            if text is not None:
                found[field] = Origin(text.span, literal=text.verbatim(0, len(text.value)))
        for holder in (self.block, block):
            concurrency = holder.table("concurrency")
            cancel = concurrency.text("cancel-in-progress") if concurrency else None
            if cancel is not None:
                literal = cancel.verbatim(0, len(cancel.value))
                found["cancel_in_progress"] = Origin(cancel.span, literal=literal)
        fact.trace(**found)

    def rights(self, fact: Job, block: Table) -> None:
        """What its token may do: its own block counts alone, else the workflow's."""
        own = read_permissions(self.reading, block, "job", fact.path, fact.id)
        effective = self.permissions if own is None else own
        fact.permissions = tuple(effective or ())
        fact.permissions_stated = effective is not None

    def call(self, job: ReadJob, uses: Text) -> None:
        """A call of a reusable workflow."""
        fact, path, reading = job.fact, job.fact.path, self.reading
        action = read_uses(
            reading, uses, f"{path}.uses", f"{path}.uses", job=fact.id, repo=self.repo, of_job=True
        )
        fact.uses = reading.add(action)
        _, inputs = read_variables(reading, job.block.table("with"), "input", path, path)
        action.inputs = inputs_of(inputs)
        secrets = job.block.text("secrets")
        fact.secrets_inherit = secrets is not None and secrets.value == "inherit"
        if secrets is not None:
            fact.trace(secrets_inherit=Origin(secrets.span))
        found, _ = read_variables(reading, job.block.table("secrets"), "input", path, path)
        for variable in found:
            variable.path = f"{path}.secrets.{variable.name}"
            variable.key = variable.path

    def delivery(self, job: ReadJob) -> None:
        """The checks and deployments of a job."""
        fact, source = job.fact, self.reading.source
        span = node_span(source, job.block.node)
        self.reading.spend(span.end - span.start)
        stated = (self.workflow.name, fact.id, fact.name)
        names = _FENCE.sub("", " ".join((_stem(source.path), *map(_text, stated))))
        job.checks = find_checks(
            self.reading,
            job.steps,
            job=fact.id,
            names=names,
            judged=outcomes_read(source.text[span.start : span.end]),
            job_ignored=fact.continue_on_error is True,
        )
        for check in job.checks:
            if check.timeout_minutes is None and fact.timeout_minutes is not None:
                check.timeout_minutes = fact.timeout_minutes
                check.trace(timeout_minutes=fact.origin_of("timeout_minutes"))
        condition = fact.condition
        on_failure = condition is not None and asks_failure(condition.text)
        parts = find_delivery_steps(self.reading, job.steps, job=fact.id, on_failure=on_failure)
        if not on_failure:
            job.deployments = find_deployments(
                self.reading,
                job.steps,
                job=fact.id,
                names=names,
                self_hosted=_is_own_runner(fact),
            )
        self.named(job, names)
        mark_supply(fact, job.steps, parts, job.deployments)
        find_checkouts(self.reading, fact, job.steps)
        for deployment in job.deployments:
            deployment.environment = fact.environment
            if delivery_terms.is_preview_name(_text(fact.environment)):
                deployment.preview = True

    def named(self, job: ReadJob, names: str) -> None:
        """What only a name tells: a called workflow, or a job of steps nobody knows."""
        fact = job.fact
        if fact.uses is not None:
            called = _text(fact.uses.name)
            kind = recognise.called_kind(called) or recognise.named_kind(fact.id)
            text = _text(fact.uses.text)
            ships = fact.uses.kind == "reusable-workflow" and recognise.is_deploy_name(called)
            if ships and not delivery_terms.not_an_application(f"{names} {called}"):
                job.deployments.append(self.called_deployment(fact, called, text, names))
        else:
            nothing = job.checks or not any(may_check(step.fact) for step in job.steps)
            kind = None if nothing else recognise.named_kind(fact.id)
            kind = None if kind == "validation" else kind
            called = text = _text(fact.name) or fact.id
        if kind in ("test", "lint", "type-check", "validation"):
            check = self.reading.add(_named_check(fact, kind, called, text))
            if recognise.only_fixes(names):
                check.failure_ignored, check.failure_ignored_by = False, None
            job.checks.append(check)

    def called_deployment(self, fact: Job, called: str, text: str, names: str) -> Deployment:
        """A job that calls another repo's workflow whose name says that it deploys."""
        assert fact.uses is not None
        return self.reading.add(
            Deployment(
                span=fact.uses.span,
                path=fact.path,
                key=f"{fact.key}:deployment",
                mechanism=called,
                tier="likely",
                transport="script",
                text=text,
                job=fact.id,
                workflow=fact.workflow,
                preview=delivery_terms.is_preview_name(f"{names} {called}"),
            )
        )


def _named_check(fact: Job, kind: recognise.Kind, tool: str, text: str) -> Check:
    ignored = fact.continue_on_error is True
    return Check(
        span=fact.uses.span if fact.uses else fact.span,
        path=fact.path,
        key=f"{fact.key}:check",
        kind=kind,
        tool=tool,
        text=text,
        job=fact.id,
        workflow=fact.workflow,
        failure_ignored=ignored,
        failure_ignored_by="continue-on-error: true" if ignored else None,
    )


def _close(reading: Reading, jobs: list[ReadJob]) -> None:
    """Fill `needs_closure`, whatever cycles there are."""
    direct = {job.fact.id.lower(): job.fact.needs for job in jobs}
    for job in jobs:
        found: dict[str, str] = {}
        pending = list(reversed(job.fact.needs))
        while pending:
            name = pending.pop()
            reading.spend(10)
            if name.lower() not in found:
                found[name.lower()] = name
                pending.extend(reversed(direct.get(name.lower(), ())))
        job.fact.needs_closure = tuple(found.values())


def _default(block: Table, name: str) -> str | None:
    """What `defaults.run` says."""
    defaults = block.table("defaults")
    run = defaults.table("run") if defaults else None
    text = run.text(name) if run else None
    return text.value if text else None


def _is_own_runner(fact: Job) -> bool:
    return any(
        isinstance(label, str) and label.lower().startswith("self-hosted") for label in fact.runs_on
    )


def _runs_on(block: Table) -> Many[str]:
    group = block.table("runs-on")
    texts = block.texts("runs-on")
    if group is not None:
        texts = [*group.texts("group"), *group.texts("labels")]
    # a list of a fact may hold Unknown items, which its type does not say
    return cast("Many[str]", tuple(map(as_text, texts)))


def _is_windows(fact: Job) -> bool:
    return any(isinstance(label, str) and "windows" in label.lower() for label in fact.runs_on)


def _matrix_fixed(block: Table) -> bool:
    strategy = block.table("strategy")
    matrix: Node | None = strategy.node_of("matrix") if strategy else None
    if matrix is None or text_of(block.source, matrix) is not None:
        return False
    span = node_span(block.source, matrix)
    return "${{" not in block.source.text[span.start : span.end]


def _stem(path: str) -> str:
    return path.rsplit("/", 1)[-1].rsplit(".", 1)[0]


def _text(value: Maybe[str]) -> str:
    return value.text if isinstance(value, Unknown) else value or ""
