"""Fills the fields of every Deployment from what leads to it, precedes it and follows it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from plumblint.facts import (
    Check,
    Command,
    Deployment,
    Job,
    Maybe,
    Origin,
    Related,
    Unknown,
)
from plumblint.formats.steps import delivery_terms
from plumblint.formats.steps.remote import remote_of
from plumblint.project.delivery.evidence import Evidence
from plumblint.project.delivery.reach import certain_in_pull_request, reaching_events
from plumblint.project.delivery.surroundings import Around
from plumblint.project.delivery.ways import Way, own_triggers
from plumblint.source import Span

MANUAL = frozenset(("workflow_dispatch", "repository_dispatch"))
_PULL_REQUESTS = frozenset(("pull_request", "pull_request_target"))
_INPUT = re.compile(r"\$\{\{\s*inputs\.([A-Za-z_][\w-]*)\s*\}\}\Z")
_NEVER_CANCELLED = re.compile(r"github\.(?:sha|run_id|run_number|run_attempt)")
_PART = r"(?:[\w.({)}-]|\$(?!\{\{)|\$\{\{[^}]*\}\})+"
_LATEST = re.compile(rf"(?:^|[\s='\"])((?:{_PART}(?::\d+)?/)*{_PART}:latest)(?=$|[\s'\",])")
_SECRETS = re.compile(r"--(?:set|update)-secrets[= ]\s*(?:'[^']*'|\"[^\"]*\"|\S+)")
"""Versions of secrets that Cloud Run mounts, whose `latest` is no image."""
_TOOL_IMAGE = re.compile(r"(?:^|/)(?:curl|busybox|alpine|bash|wget|aws-cli|kubectl)(?:[-\w]*)?:")
_LATEST_OPTION = re.compile(r"(?i)(?:image\.?)?tag=['\"]?(latest)\b")
_SHIPS_IMAGES = frozenset(
    ("docker", "docker-compose", "podman", "kubectl", "oc", "helm", "gcloud", "az", "nomad", "aws")
)


class Filler:
    """Fills one deployment for one way; what holds for the whole repo is filled afterwards."""

    def __init__(self, around: Around, evidence: Evidence) -> None:
        self.around = around
        self.evidence = evidence

    def fill(self, fact: Deployment, way: Way) -> None:
        """Every field that the way decides."""
        self._reach(fact, way)
        self._checks(fact, way)
        self._place(fact, way)
        self._concurrency(fact, way)
        self._data(fact, way)
        self._after(fact, way)
        self._image(fact, way)
        self._version(fact, way)

    def _reach(self, fact: Deployment, way: Way) -> None:
        triggers = own_triggers(way.top.unit)
        conditions = _conditions(way)
        fact.triggers = reaching_events(triggers, conditions)
        fact.reached_by = tuple(dict.fromkeys(hop.unit.path for hop in way.hops))
        events = frozenset(fact.triggers)
        fact.automatic = bool(events - MANUAL)
        closes = [t for t in triggers if t.event in _PULL_REQUESTS and t.types == ("closed",)]
        requests = (events & _PULL_REQUESTS) - {trigger.event for trigger in closes}
        named = delivery_terms.names_production(f"{_text(fact.environment)} {_names(way)}")
        if requests and events == requests and fact.preview is False and named is not True:
            fact.preview = True
        if requests and fact.preview is False:
            decided = certain_in_pull_request(conditions, triggers)
            fact.from_pull_request = True if decided else Unknown("a condition decides it")
        if "workflow_run" in events:
            fact.follows_failure = self.evidence.follows_failure(way, conditions)

    def _checks(self, fact: Deployment, way: Way) -> None:
        checks, hidden, bypassed = self.around.checks(way)
        checks = [check for check in checks if self._runs(check, fact, way)]
        before, unknown = self.evidence.checks_of_other_workflows(way, fact.triggers)
        checks += before
        fact.checks_before = tuple({id(check): check for check in checks}.values())
        if fact.checks_before:
            fact.checked = True
        elif hidden:
            fact.checked = Unknown("a called workflow or action may check")
        elif unknown:
            fact.checked = Unknown("another workflow runs before it")
        else:
            fact.checked = False
        if bypassed is not None:
            failed, runner = bypassed
            fact.bypassed_job = failed.id
            condition = runner.condition
            if condition is not None:
                fact.bypassed_by = condition.text
                via = (Related(failed.span, "this job's failure does not stop it"),)
                fact.trace(bypassed_by=Origin(condition.span, via))

    def _runs(self, check: Check, fact: Deployment, way: Way) -> bool:
        """Whether a check's own job runs under any of the events that lead to the deployment."""
        unit = self.around.unit(check.workflow)
        line = unit.jobs.get(check.job.lower()) if unit is not None else None
        condition = line.job.condition if line is not None and line.job is not None else None
        if condition is None:
            return True
        runs = reaching_events(own_triggers(way.top.unit), [condition.text])
        return not fact.triggers or bool(set(runs) & set(fact.triggers))

    def _place(self, fact: Deployment, way: Way) -> None:
        """Environment, approvals, and whether it is production."""
        gates: list[str] = []
        for hop in way.hops:
            job = hop.line.job
            above = self.around.gating(hop.unit).above(hop.line.id)
            lines = [hop.unit.jobs[name] for name in sorted(above) if name in hop.unit.jobs]
            for line in (*lines, hop.line):
                if line.job is not None and line.job.environment is not None:
                    gates.append(_text(line.job.environment))
                gates += [part.text for part in line.of("approval")]
            if job is not None and fact.environment is None:
                fact.environment = job.environment
        fact.environment = _handed_over(fact.environment, way)
        fact.gates = tuple(dict.fromkeys(gates))
        opaque = any(
            self.around.is_opaque(hop.unit.jobs[name])
            for hop in way.hops
            for name in self.around.gating(hop.unit).above(hop.line.id)
            if name in hop.unit.jobs
        )
        fact.gated = True if gates else Unknown("a called workflow") if opaque else False
        environment = fact.environment
        named = None
        if isinstance(environment, str):
            named = delivery_terms.names_production(environment)
        if named is None:
            named = delivery_terms.names_production(_names(way))
        fact.production = Unknown("no environment is named") if named is None else named

    def _concurrency(self, fact: Deployment, way: Way) -> None:
        fact.atomic = delivery_terms.switches_at_once(fact.mechanism)
        for hop in reversed(way.hops):
            job = hop.line.job
            if job is None:
                continue
            if fact.concurrency_group is None:
                fact.concurrency_group = job.concurrency_group
            cancel = job.cancel_in_progress
            if cancel is None or (fact.cancel_in_progress is not None and cancel is not True):
                continue
            if _NEVER_CANCELLED.search(_text(job.concurrency_group)):
                continue
            fact.cancel_in_progress = cancel
            origin = job.origin_of("cancel_in_progress")
            if origin is not None:
                via = (Related(fact.span, "this is what a newer run stops half-way"),)
                fact.trace(cancel_in_progress=Origin(origin.span, via, literal=origin.literal))

    def _data(self, fact: Deployment, way: Way) -> None:
        migrations = self.evidence.migrations(way)
        fact.migrations = tuple(dict.fromkeys(part.text for part in migrations))
        backups = self.around.before(way, "backup")
        fact.backups = tuple(dict.fromkeys(part.text for part in backups))
        hidden = any(at < way.part.step for at in way.last.line.opaque)
        fact.backed_up = bool(backups)
        if hidden and not backups:
            fact.backed_up = Unknown("an action that is not read may do it")
        if migrations:
            via = (Related(fact.span, "this deployment relies on it"),)
            fact.trace(migrations=Origin(migrations[0].span, via))

    def _after(self, fact: Deployment, way: Way) -> None:
        found = self.evidence.verifications(way)
        fact.verifications = tuple(dict.fromkeys(found))
        inputs = self.evidence.inputs(way)
        if found or delivery_terms.verifies_itself(fact.mechanism, inputs):
            fact.verified = True
        elif self.around.opaque_after(way) or self.evidence.is_remote(way):
            fact.verified = Unknown("what follows is not read")
        else:
            fact.verified = False
        reverts = delivery_terms.reverts_itself(fact.mechanism, inputs)
        fact.reversible = reverts or fact.transport == "gitops"

    def _image(self, fact: Deployment, way: Way) -> None:
        found = floating_image(way)
        if found is not None:
            fact.floating_image, span = found
            via = (Related(fact.span, "the deployment"),) if span != fact.span else ()
            fact.trace(floating_image=Origin(span, via))

    def _version(self, fact: Deployment, way: Way) -> None:
        tagged = "release" in fact.triggers or any(
            trigger.event == "push" and trigger.tags for trigger in own_triggers(way.top.unit)
        )
        fact.versioned = tagged or any(self.evidence.names_version(hop.unit) for hop in way.hops)


def _conditions(way: Way) -> list[str]:
    """The conditions on the way: of the jobs, of those they wait for, and of the step."""
    found = []
    for hop in way.hops:
        job = hop.line.job
        names = [] if job is None or _survives(job) else [n.lower() for n in job.needs_closure]
        jobs = [hop.unit.jobs[n].job for n in names if n in hop.unit.jobs]
        found += [one.condition for one in (*jobs, job) if one is not None]
    line = way.last.line
    if 0 <= way.part.step < len(line.steps):
        found.append(line.steps[way.part.step].condition)
    return [
        condition.text
        for condition in found
        if condition is not None and not condition.always_true_by_text
    ]


def _survives(job: Job) -> bool:
    condition = job.condition
    return condition is not None and bool(
        {"always", "failure", "cancelled"} & set(condition.functions)
    )


def _names(way: Way) -> str:
    names = []
    for hop in way.hops:
        names.append(hop.unit.path.rsplit("/", 1)[-1])
        if hop.unit.workflow is not None:
            names.append(_text(hop.unit.workflow.name))
        if hop.line.job is not None:
            names += [hop.line.job.id, _text(hop.line.job.name)]
    return " ".join(names)


def _handed_over(environment: Maybe[str], way: Way) -> Maybe[str]:
    """An environment that is an input of the called workflow: what its caller hands over."""
    if not isinstance(environment, Unknown) or len(way.hops) < 2:
        return environment
    match = _INPUT.match(environment.text)
    caller = way.hops[-2].line.job
    if match is None or caller is None or caller.uses is None:
        return environment
    value = (caller.uses.inputs or {}).get(match[1].lower())
    return environment if value is None else value


def _text(value: Maybe[str]) -> str:
    return value.text if isinstance(value, Unknown) else value or ""


def floating_image(way: Way) -> tuple[str, Span] | None:
    """An image with the tag `latest` that the deploying steps ship."""
    line, part = way.last.line, way.part
    for at, step in enumerate(line.steps):
        if at < part.step or part.uses is not None:
            continue
        commands: Sequence[Command] = [*step.commands, *remote_of(step).commands]
        for command in commands:
            found = _latest_in(command)
            if found:
                return found, command.span
        inputs = step.action.inputs if step.action is not None and at == part.step else None
        for name in ("image", "images", "image-uri", "container-image", "imagetodeploy"):
            value = (inputs or {}).get(name)
            match = _LATEST.search(_text(value)[:2000])
            if match and step.action is not None:
                return match[1], step.action.span
    return None


def _latest_in(command: Command) -> str | None:
    if not isinstance(command.name, str) or command.name not in _SHIPS_IMAGES:
        return None
    text = command.text[:2000]
    if command.name in ("docker", "podman") and not re.match(
        r"\S+\s+(?:-\S+\s+)*(?:run|pull|service|stack)\b", text.split("docker", 1)[-1] and text
    ):
        return None
    text = _SECRETS.sub("", text)
    match = _LATEST.search(text) or _LATEST_OPTION.search(text)
    return match[1] if match and not _TOOL_IMAGE.search(match[1]) else None
