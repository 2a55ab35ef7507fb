"""Which steps ship code to something that runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from plumblint.facts import Deployment, Step
from plumblint.formats.steps import delivery_terms, recognise
from plumblint.formats.steps.delivery_steps import after_failure
from plumblint.formats.steps.reading import Reading
from plumblint.formats.steps.remote import remote_of
from plumblint.formats.steps.step import ReadStep
from plumblint.source import Span
from plumblint.tables.ssh_actions import SSH_ACTIONS

Tier = Literal["certain", "likely"]
_TIERS = ("certain", "likely")


def find_deployments(
    reading: Reading,
    steps: Sequence[ReadStep],
    *,
    job: str,
    names: str,
    self_hosted: bool = False,
) -> list[Deployment]:
    """One Deployment for each way of transport among the steps, the surest and first of each.

    `names` are those of the file and the job; they and a step's own name rule out
    what is no release of an application (a rollback, documentation), as does a
    cluster that the job itself starts.  On a runner of one's own a command that
    starts containers may deploy there.
    """
    if delivery_terms.not_an_application(names) or _ephemeral(steps):
        return []
    best: dict[str, Deployment] = {}
    for step in steps:
        for found in _of_step(step, names, job, self_hosted=self_hosted):
            known = best.get(found.transport)
            if known is None or _TIERS.index(found.tier) < _TIERS.index(known.tier):
                best[found.transport] = found
    if "gitops" not in best and (pushed := _to_another_repo(steps, names)) is not None:
        best["gitops"] = pushed
    for found in best.values():
        found.job = job
        found.workflow = reading.source.path
        reading.add(found)
    return list(best.values())


def _to_another_repo(steps: Sequence[ReadStep], names: str) -> Deployment | None:
    """The push of a new image tag to the repo that a cluster follows."""
    elsewhere = edited = False
    for step in steps:
        action = step.fact.action
        if action is not None and action.name == "actions/checkout":
            elsewhere = elsewhere or (action.inputs or {}).get("repository") is not None
        name = step.fact.name if isinstance(step.fact.name, str) else ""
        for command in step.fact.commands:
            program, text = command.name, command.text
            elsewhere = elsewhere or (program == "git" and " clone " in text)
            edited = edited or delivery_terms.edits_manifest(text)
            pushes = program == "git" and " push" in text
            if pushes and elsewhere and edited and delivery_terms.names_release(f"{names} {name}"):
                return _deployment(
                    step, command.span, "git push", "likely", "gitops", text, preview=False
                )
    return None


def _ephemeral(steps: Sequence[ReadStep]) -> bool:
    for step in steps:
        action = step.fact.action
        name = action.name if action is not None else ""
        if isinstance(name, str) and delivery_terms.is_ephemeral_cluster(name, ()):
            return True
        if any(
            delivery_terms.is_ephemeral_cluster("", command.argv) for command in step.fact.commands
        ):
            return True
    return False


def _of_step(step: ReadStep, names: str, job: str, *, self_hosted: bool) -> list[Deployment]:
    fact = step.fact
    name = fact.name if isinstance(fact.name, str) else ""
    if fact.condition is not None and fact.condition.value is False:
        return []
    if delivery_terms.not_an_application(name, names) or after_failure(fact):
        return []
    preview = delivery_terms.is_preview_name(f"{names} {name}")
    action = fact.action
    releases = _releases_on_server(fact, f"{names} {name}")
    found: list[Deployment] = []
    if action is not None and isinstance(action.name, str):
        known = recognise.deployment_of_action(action.name, action.inputs or {})
        if known is not None and (known[1] != "ssh" or releases):
            tier, transport, shown = known
            found.append(
                _deployment(
                    step, action.span, action.name, tier, transport, str(action.text),
                    preview=preview or shown,
                )
            )  # fmt: skip
    for command in fact.commands:
        if command.place == "ssh":
            continue
        shipped = recognise.deployment_of(command.argv, command.text)
        if shipped is None:
            continue
        mechanism, stated, carried = shipped
        if stated == "named" and not (delivery_terms.names_deployment(names) or self_hosted):
            continue
        if carried == "ssh" and stated == "likely" and not releases:
            continue
        sure: Tier = "certain" if stated == "certain" else "likely"
        if sure == "likely" and delivery_terms.delivery_name_kind(job) == "migration":
            continue  # a remote command of a job that migrates
        found.append(
            _deployment(step, command.span, mechanism, sure, carried, command.text, preview=preview)
        )
    return found


def _releases_on_server(fact: Step, names: str) -> bool:
    """Whether what goes to a server is a release: by what is run there, else by the names.

    A copy to a server tells nothing by itself; nor does a script that nobody wrote out here.
    """
    named = delivery_terms.names_release(names) and not delivery_terms.names_operation(names)
    action = fact.action.name if fact.action is not None else None
    if isinstance(action, str) and not SSH_ACTIONS.get(action, ("",)):
        return named or not delivery_terms.names_operation(names)
    sent = remote_of(fact).text
    if not sent.strip():
        return named or (action is None and not delivery_terms.names_operation(names))
    return delivery_terms.releases_on_server(sent) and (
        named or not delivery_terms.names_operation(names)
    )


def _deployment(
    step: ReadStep,
    span: Span,
    mechanism: str,
    tier: Tier,
    transport: recognise.Transport,
    text: str,
    *,
    preview: bool,
) -> Deployment:
    return Deployment(
        span=span,
        path=step.fact.path,
        key=f"{step.fact.key}:deployment",
        mechanism=mechanism,
        tier=tier,
        transport=transport,
        text=text,
        step=step.position,
        preview=preview,
    )
