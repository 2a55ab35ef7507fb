"""A workflow file: its triggers, permissions and jobs."""

from __future__ import annotations

from plumblint.facts import Fact, Origin, Workflow
from plumblint.formats.steps.document import Table, node_span
from plumblint.formats.steps.file import open_file, read_limited
from plumblint.formats.steps.reading import Reading
from plumblint.formats.steps.variables import read_variables
from plumblint.formats.workflow.jobs import JobReader
from plumblint.formats.workflow.permissions import mark_shared_writes, read_permissions
from plumblint.formats.workflow.triggers import input_types, read_triggers
from plumblint.repo import Repo
from plumblint.tables.untrusted_contexts import OUTSIDE_EVENTS

_FOLDER = ".github/workflows/"


def read_workflow(path: str, repo: Repo) -> list[Fact]:
    """The facts of the workflow at `path`; what cannot be read is a Problem."""
    root = path[: path.rfind(_FOLDER)].strip("/") if _FOLDER in path else ""
    reading, block = open_file(path, repo, root=root, read_as="workflow")
    if block is None:
        return reading.facts
    return read_limited(reading, lambda: _read(reading, block, repo), "workflow")


def _read(reading: Reading, block: Table, repo: Repo) -> None:
    name = block.text("name")
    head = name or block.key("on") or block.key("jobs")
    fact = Workflow(
        span=head.span if head else node_span(reading.source, block.node),
        path="workflow",
        key="workflow",
        name=block.string("name"),
        file=reading.source.path,
    )
    reading.add(fact)
    if name is not None:
        fact.trace(name=Origin(name.span, literal=name.verbatim(0, len(name.value))))
    fact.triggers = tuple(read_triggers(reading, block))
    fact.events = tuple(dict.fromkeys(trigger.event for trigger in fact.triggers))
    reading.events = fact.events
    reading.from_outside = not OUTSIDE_EVENTS.isdisjoint(fact.events)
    reading.input_types = input_types(block)
    permissions = read_permissions(reading, block, "workflow", "", "")
    _, env = read_variables(reading, block.table("env"), "workflow-env", "", "")
    concurrency = block.table("concurrency")
    if concurrency is not None:
        fact.concurrency_group = concurrency.string("group")
        fact.cancel_in_progress = concurrency.boolean("cancel-in-progress")
    else:
        fact.concurrency_group = block.string("concurrency")
    reader = JobReader(reading, repo, fact, block, permissions, env)
    jobs = reader.read_all()
    fact.jobs = tuple(job.fact for job in jobs)
    fact.permissions_stated = permissions is not None or (
        bool(jobs) and all(job.block.key("permissions") is not None for job in jobs)
    )
    mark_shared_writes(permissions or [], jobs)
