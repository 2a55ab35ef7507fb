"""Which steps test, lint, type-check, build or validate, and whether their failure counts."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from plumblint.facts import Check, Origin, Step, Unknown
from plumblint.formats.steps import recognise
from plumblint.formats.steps.reading import Reading
from plumblint.formats.steps.step import ReadStep
from plumblint.tables.check_commands import (
    COMMITS,
    NEVER_FAILS,
    PASSES_VERDICT,
    REPAIRING_RUNNERS,
)

_OUTCOME = re.compile(r"steps\.([A-Za-z_][A-Za-z0-9_-]*)\.(?:outcome|conclusion)\b")
_REPORTS = ("upload-sarif", "reviewdog", "test-reporter", "publish-unit-test-result")
_NEVER_FAILS = re.compile(NEVER_FAILS)
_PASSES_VERDICT = re.compile(PASSES_VERDICT)
_COMMITS = re.compile(COMMITS)
_TEE = re.compile(r"\|&? tee (?:-a )?([\w./-]+)")
_NAMED_KINDS = ("test", "lint")


def outcomes_read(text: str) -> frozenset[str]:
    """The ids of steps whose outcome is looked at in a job's text."""
    return frozenset(_OUTCOME.findall(text))


def find_checks(
    reading: Reading,
    steps: Sequence[ReadStep],
    *,
    job: str,
    names: str,
    judged: Collection[str],
    job_ignored: bool = False,
) -> list[Check]:
    """A Check for each command, action and named step that checks.

    `names` are those of the file and the job; `judged` are the ids of steps whose
    outcome somebody reads; `job_ignored` tells that the job's own failure changes
    nothing.
    """
    found: list[Check] = []
    for step in steps:
        found += _of_step(reading, step, job)
    for check in found:
        fact = _step_at(steps, check)
        if fact is not None and fact.id in judged and check.failure_ignored_by == _CONTINUE:
            check.failure_ignored, check.failure_ignored_by = False, None
        if job_ignored and not check.failure_ignored:
            check.failure_ignored, check.failure_ignored_by = True, _CONTINUE
    _forgive(found, steps, names)
    for check in found:
        fact = _step_at(steps, check)
        origin = fact.origin_of("continue_on_error") if fact is not None else None
        if check.failure_ignored_by == _CONTINUE and origin is not None:
            check.trace(failure_ignored_by=Origin(origin.span))
        reading.add(check)
    return found


_CONTINUE = "continue-on-error: true"


def may_check(step: Step) -> bool:
    """Whether a step does anything that its name could be about; one that only prints does not."""
    if step.action is not None:
        name = step.action.name
        return not (isinstance(name, str) and name.startswith("actions/"))
    if not step.commands:
        return step.script is not None
    return any(recognise.does_something(command.argv) for command in step.commands)


def _step_at(steps: Sequence[ReadStep], check: Check) -> Step | None:
    at = check.step
    return steps[at].fact if isinstance(at, int) and at < len(steps) else None


def _of_step(reading: Reading, step: ReadStep, job: str) -> list[Check]:
    fact = step.fact
    found: list[Check] = []
    for command in fact.commands:
        if command.place == "ssh":
            continue
        known = recognise.check_of(command.argv, command.text)
        skipped = recognise.switches_tests_off(command.text)
        tool = recognise.builds_or_tests(command.argv) if skipped else None
        if tool is not None:
            known = ("build", tool)
        if known is None:
            continue
        by = command.failure_ignored_by or _never_fails(command.text)
        if isinstance(by, str) and _PASSES_VERDICT.match(by):
            by = _CONTINUE if fact.continue_on_error is True else None
        check = Check(
            span=command.span,
            path=command.path,
            key=f"{command.key}:check",
            kind=known[0],
            tool=known[1],
            text=command.text,
            failure_ignored=by is not None,
            failure_ignored_by=by,
            tests_skipped=tool is not None,
        )
        found.append(check)
    if fact.action is not None and isinstance(fact.action.name, str):
        kind = recognise.check_of_action(fact.action.name)
        if kind:
            found.append(_whole_step(step, kind, fact.action.name, fact.action.name))
    elif not found and fact.script is not None and isinstance(fact.name, str):
        kind = recognise.named_kind(fact.name)
        if kind in _NAMED_KINDS and may_check(fact):
            found.append(_whole_step(step, kind, fact.name, fact.name))
    for check in found:
        check.timeout_minutes = fact.timeout_minutes
        check.job = job
        check.workflow = reading.source.path
        check.step = step.position
    return found


def _whole_step(step: ReadStep, kind: recognise.Kind, tool: str, text: str) -> Check:
    fact = step.fact
    ignored = fact.continue_on_error is True
    action = fact.action
    return Check(
        span=action.span if action else fact.span,
        path=fact.path,
        key=f"{fact.key}:check",
        kind=kind,
        tool=tool,
        text=text,
        failure_ignored=ignored,
        failure_ignored_by=_CONTINUE if ignored else None,
    )


def _forgive(checks: Sequence[Check], steps: Sequence[ReadStep], names: str) -> None:
    """Leave out failures that are meant to be ignored.

    They are reported later, the tool runs once more, or the names tell of an
    experiment or a repair.
    """
    last_counted: dict[str, int] = {}
    for at, check in enumerate(checks):
        if not check.failure_ignored:
            last_counted[check.tool] = at
    last_report = max((step.position for step in steps if _is_report(step)), default=-1)
    for at, check in enumerate(checks):
        if not check.failure_ignored:
            continue
        reported = isinstance(check.step, int) and check.step < last_report
        again = last_counted.get(check.tool, -1) > at or (reported and check.kind != "test")
        step = _step_at(steps, check)
        again = again or _softens(check, last_counted) or _is_read_later(check, step)
        again = again or _is_kept(check, step)
        own = step.name if step is not None and isinstance(step.name, str) else ""
        if again or recognise.only_fixes(f"{names} {own}"):
            check.failure_ignored, check.failure_ignored_by = False, None


def _softens(check: Check, counted: Mapping[str, int]) -> bool:
    """Whether it only shows what a stricter run of the same tool lets through."""
    return _by(check).startswith("--") and check.tool in counted


def _by(check: Check) -> str:
    by = check.failure_ignored_by
    return by if isinstance(by, str) else ""


def _is_read_later(check: Check, step: Step | None) -> bool:
    """Whether what a pipe wrote to a file is looked at further down in the script."""
    match = _TEE.match(_by(check))
    if match is None or step is None:
        return False
    text = _text(step)
    first = text.find(match[1])
    return first >= 0 and text.find(match[1], first + 1) > first


def _is_kept(check: Check, step: Step | None) -> bool:
    """Whether the check repairs what it finds, and the script commits that."""
    return (
        check.tool in REPAIRING_RUNNERS
        and step is not None
        and _COMMITS.search(_text(step), max(0, _text(step).find(check.text))) is not None
    )


def _text(step: Step) -> str:
    script = step.script
    return script.text if isinstance(script, Unknown) else script or ""


def _is_report(step: ReadStep) -> bool:
    action = step.fact.action
    name = action.name if action is not None else None
    return isinstance(name, str) and any(word in name for word in _REPORTS)


def _never_fails(text: str) -> str | None:
    """The option by which a check succeeds whatever it finds, None where it has none."""
    match = _NEVER_FAILS.search(text[: recognise.TEXT_LIMIT])
    return match[0].strip() if match else None
