"""The delivery loop over all workflows, local actions and scripts of a repo.

`link_delivery` joins what the readers found in single files: which checks gate
a deployment, what verifies it, what brings it back, and who starts it.
"""

from __future__ import annotations

from plumblint.facts import (
    Action,
    Check,
    DeliveryStep,
    Deployment,
    Expression,
    Filter,
    Maybe,
    Origin,
    Related,
    Unknown,
)
from plumblint.formats.steps import delivery_terms, recognise
from plumblint.project.delivery.deployments import Filler
from plumblint.project.delivery.evidence import Evidence, mark_followers
from plumblint.project.delivery.surroundings import Around
from plumblint.project.delivery.timeline import Part, Timelines, UnitLine
from plumblint.project.delivery.ways import Way, caller_of, starts_itself, ways
from plumblint.project.project import Project

_MOST_WAYS = 3000
"""Ways to deployments that are judged in one repo."""


def link_delivery(project: Project) -> None:
    """Complete the deployments, inputs and path filters of the project."""
    if project.wants(Deployment, DeliveryStep, Check):
        _link_deployments(project)
    if project.wants(Expression):
        from plumblint.project.delivery.inputs import follow_inputs

        follow_inputs(project)
    if project.wants(Filter):
        from plumblint.project.delivery.filters import count_matches

        count_matches(project)


def _link_deployments(project: Project) -> None:
    timelines = Timelines(project)
    _settle_scripts(timelines)
    around = Around(timelines)
    evidence = Evidence(project, timelines, around)
    filler = Filler(around, evidence)
    made: list[Deployment] = []
    inner: dict[int, list[Deployment]] = {}
    at_calls: set[tuple[object, ...]] = set()
    for number, way in enumerate(ways(timelines)):
        if number >= _MOST_WAYS:
            break
        if delivery_terms.not_an_application(_names_of_callers(way)):
            continue
        fact = _fact_of(way)
        filler.fill(fact, way)
        if fact is way.deployment:
            made.append(fact)
        elif _identity(fact) not in at_calls:
            at_calls.add(_identity(fact))
            made.append(fact)
            inner.setdefault(id(way.deployment), []).append(fact)
    kept = _with_called_ones(project, made, inner)
    _judge_the_repo(kept, evidence, timelines)
    _look_for_tests(project, timelines)
    mark_followers(timelines, around)
    project.replace(Deployment, kept)


def _look_for_tests(project: Project, timelines: Timelines) -> None:
    """Say of builds without their tests whether anything else in the repo tests."""
    checks = project.of(Check)
    skipping = [check for check in checks if check.tests_skipped]
    if not skipping:
        return
    lines = [line for unit in timelines.units.values() for line in unit.jobs.values()]
    tested = any(
        check.kind == "test" and not check.failure_ignored
        for line in lines
        for check in line.checks
    )
    hidden = any(
        line.job is not None and line.job.uses is not None and line.is_opaque for line in lines
    )
    for check in skipping:
        check.tested_elsewhere = tested
        if hidden and not tested:
            check.tested_elsewhere = Unknown("a called workflow of another repo may test")


def _identity(fact: Deployment) -> tuple[object, ...]:
    return (fact.span, fact.mechanism, fact.place)


def _settle_scripts(timelines: Timelines) -> None:
    """A step that runs a script which is named a deployment, and one that is read: one thing."""
    for unit in timelines.units.values():
        for line in unit.jobs.values():
            kept: list[Part] = []
            named = {
                part.fact.span: part.fact
                for part in line.parts
                if isinstance(part.fact, Deployment) and part.uses is None
            }
            for part in line.parts:
                fact = part.fact
                if isinstance(fact, Deployment) and part.uses is not None:
                    known = named.get(fact.span)
                    if known is not None:
                        if known.transport == "script":
                            known.mechanism, known.tier = fact.mechanism, fact.tier
                            known.transport = fact.transport
                        continue
                    if _excluded(unit, line.id, fact):
                        continue
                kept.append(part)
            line.parts = kept


def _excluded(unit: UnitLine, job: str, fact: Deployment) -> bool:
    """Whether the names around a script say that what it deploys to is no shared place."""
    names = f"{unit.path.rsplit('/', 1)[-1]} {job} {fact.text}"
    if delivery_terms.not_an_application(names) or recognise.task_kind(fact.text) == "test":
        return True
    if fact.span.path == unit.path and fact.transport == "ssh":
        return not delivery_terms.names_release(names) or delivery_terms.names_operation(names)
    return not delivery_terms.names_release(names)


def _fact_of(way: Way) -> Deployment:
    """The deployment itself where an event starts its job, else one at the call."""
    inner = way.deployment
    caller = caller_of(way)
    if caller is None:
        return inner
    job = way.top.line.job
    fact = Deployment(
        span=caller.span,
        path=caller.path,
        key=f"{caller.key}:deployment:{inner.mechanism}",
        mechanism=inner.mechanism,
        tier=inner.tier,
        transport=inner.transport,
        text=inner.text,
        job=job.id if job is not None else "",
        workflow=way.top.unit.path,
        step=way.part.step if len(way.hops) == 1 else None,
        place="called",
        preview=inner.preview is True or delivery_terms.is_preview_name(_names(way, caller)),
        environment=inner.environment,
    )
    via = (Related(inner.span, "this is what deploys"),)
    fact.trace(mechanism=Origin(caller.span, via), checked=Origin(caller.span, via))
    return fact


def _names_of_callers(way: Way) -> str:
    """The names of the workflows and jobs that call what deploys: a restore, documentation …"""
    names: list[str] = []
    for hop in way.hops[:-1]:
        names.append(hop.unit.path.rsplit("/", 1)[-1])
        names += [] if hop.unit.workflow is None else [shown(hop.unit.workflow.name)]
        names += [] if hop.line.job is None else [hop.line.job.id, shown(hop.line.job.name)]
    return " ".join(names)[:2000]


def _names(way: Way, caller: Action) -> str:
    """The names on the way, and those that the caller hands over."""
    job = way.top.line.job
    step = way.part.step
    parts = [way.top.unit.path.rsplit("/", 1)[-1]]
    if job is not None:
        parts += [job.id, shown(job.name), shown(job.environment)]
        if 0 <= step < len(job.steps) and len(way.hops) == 1:
            parts.append(shown(job.steps[step].name))
    parts += [shown(value) for value in (caller.inputs or {}).values()]
    return " ".join(parts)[:2000]


def shown(value: Maybe[str]) -> str:
    """A value as the source puts it."""
    return value.text if isinstance(value, Unknown) else value or ""


def _with_called_ones(
    project: Project, made: list[Deployment], inner: dict[int, list[Deployment]]
) -> list[Deployment]:
    """The deployments that something starts, and those that stand in what is only called.

    The latter keep what is theirs alone; what depends on the caller is Unknown in them, or what
    holds for every caller in the repo.
    """
    known = {id(fact) for fact in made}
    kept = list(made)
    for fact in project.of(Deployment):
        if id(fact) in known:
            continue
        callers = inner.get(id(fact), [])
        someone = Unknown("who calls it decides")
        fact.checked = fact.gated = fact.verified = fact.backed_up = someone
        fact.automatic = fact.production = fact.reversible = someone
        fact.from_pull_request = fact.follows_failure = someone
        if callers:
            fact.reached_by = tuple(dict.fromkeys(p for c in callers for p in c.reached_by))
            fact.triggers = tuple(dict.fromkeys(e for c in callers for e in c.triggers))
            if all(caller.preview is True for caller in callers):
                fact.preview = True
        kept.append(fact)
    kept.sort(key=lambda fact: fact.span.sort_key())
    return kept


def _judge_the_repo(facts: list[Deployment], evidence: Evidence, timelines: Timelines) -> None:
    """What holds for the whole repo: is anything automatic, can anything be brought back."""
    shared = [fact for fact in facts if fact.preview is not True]
    automatic = any(fact.automatic is not False for fact in shared)
    rollbacks = tuple(evidence.rollbacks()) if shared else ()
    remote = any(
        line.job is not None and line.job.uses is not None and line.calls is None
        for unit in timelines.units.values()
        for line in unit.jobs.values()
    )
    first = next((fact for fact in shared if _starts(fact, timelines)), None)
    for fact in facts:
        fact.alone_manual = fact.automatic is False and not automatic
        fact.rollbacks = rollbacks
        if rollbacks:
            fact.reversible = True
        elif fact.reversible is False and remote:
            fact.reversible = Unknown("a called workflow of another repo may do it")
        fact.first = fact is first
        if fact.preview is True:
            fact.cleaned_up = _cleaned_up(fact, evidence, timelines)
    if first is not None and any(fact.reversible is True for fact in shared):
        first.reversible = True


def _starts(fact: Deployment, timelines: Timelines) -> bool:
    unit = timelines.units.get(fact.workflow)
    return unit is not None and starts_itself(unit)


def _cleaned_up(fact: Deployment, evidence: Evidence, timelines: Timelines) -> bool | Unknown:
    """Whether the preview is taken away: by the platform, or by something on `closed`."""
    del evidence
    if delivery_terms.platform_cleans_previews(fact.mechanism):
        return True
    for unit in timelines.units.values():
        workflow = unit.workflow
        if workflow is None:
            continue
        for trigger in workflow.triggers:
            ends = trigger.event in ("pull_request", "pull_request_target") and (
                "closed" in trigger.types
            )
            if ends or trigger.event in ("delete", "schedule"):
                if any(line.of("cleanup") or line.is_opaque for line in unit.jobs.values()):
                    return True
                if ends:
                    return Unknown("something runs when the pull request is closed")
    return False
