"""Which steps back up, migrate, verify, roll back, approve, publish or clean up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plumblint.facts import Command, DeliveryStep, Step, Unknown
from plumblint.formats.steps import delivery_terms
from plumblint.formats.steps.reading import Reading
from plumblint.formats.steps.remote import remote_of
from plumblint.formats.steps.step import ReadStep
from plumblint.source import Source, Span
from plumblint.tables.delivery_steps import AUDITS

NEVER_FAILS = "without `--fail` any answer passes"
_CONTINUE = "continue-on-error: true"
_FAILED = ("failure()", "outcome == 'failure'", "result == 'failure'", "conclusion == 'failure'")


def find_delivery_steps(
    reading: Reading, steps: Sequence[ReadStep], *, job: str, on_failure: bool = False
) -> list[DeliveryStep]:
    """A fact for each command, action and named step that does one of these.

    `on_failure` tells that the whole job runs only after something has failed.
    """
    found: list[DeliveryStep] = []
    for step in steps:
        fact = step.fact
        if fact.condition is not None and fact.condition.value is False:
            continue
        here = list(_of_step(fact, reading.source))
        for part in here:
            part.job = job
            part.workflow = reading.source.path
            part.step = step.position
            part.on_failure = on_failure or after_failure(fact)
            if fact.continue_on_error is True and not part.failure_ignored:
                part.failure_ignored, part.failure_ignored_by = True, _CONTINUE
            found.append(reading.add(part))
    return found


def after_failure(fact: Step) -> bool:
    """Whether a step runs only after one before it has failed."""
    return fact.condition is not None and asks_failure(fact.condition.text)


def asks_failure(condition: str) -> bool:
    """Whether a condition wants a failure."""
    text = condition.replace('"', "'")
    if any(part in text.replace(" ", "") for part in ("!failure()", "success()")):
        return False
    return any(part in text for part in _FAILED)


def _of_step(fact: Step, source: Source) -> Iterator[DeliveryStep]:
    kinds: set[str] = set()
    for command in fact.commands:
        for part in _of_command(fact, command, command.span):
            if _answer_is_kept(command, source):
                part.failure_ignored, part.failure_ignored_by = False, None
            elif _takes_any_answer(command, source):
                part.failure_ignored, part.failure_ignored_by = True, NEVER_FAILS
            kinds.add(part.kind)
            yield part
    sent = remote_of(fact)
    for command in sent.commands:
        if command.place == "ssh" and command not in fact.commands:
            for part in _of_command(fact, command, fact.span):
                if part.kind not in kinds:
                    kinds.add(part.kind)
                    yield part
    action = fact.action
    if action is not None and isinstance(action.name, str):
        kind = delivery_terms.delivery_kind_of_action(action.name)
        if kind and kind not in kinds:
            kinds.add(kind)
            yield _part(fact, kind, action.span, str(action.text))
    if isinstance(fact.name, str):
        kind = delivery_terms.delivery_name_kind(fact.name)
        if kind is not None and kind not in kinds:
            yield _part(fact, kind, fact.span, fact.name, sure=False)


def _of_command(fact: Step, command: Command, span: Span) -> Iterator[DeliveryStep]:
    if isinstance(command.name, Unknown):
        return
    for kind in delivery_terms.delivery_kinds(command.argv, command.text):
        part = _part(fact, kind, span, command.text, sure=command.name not in AUDITS)
        part.failure_ignored = command.failure_ignored
        part.failure_ignored_by = command.failure_ignored_by
        yield part


def _answer_is_kept(command: Command, source: Source) -> bool:
    """Whether its output goes into a variable, or it runs aside and is waited for: judged later."""
    by = command.failure_ignored_by
    if isinstance(by, str) and by.startswith("&") and not by.startswith("&&"):
        return True
    before = source.text[max(command.span.start - 40, 0) : command.span.start].rstrip()
    return before.endswith(("$(", "`"))


def _takes_any_answer(command: Command, source: Source) -> bool:
    """Whether a `curl` passes on a bad answer too, and nothing looks at what it says."""
    if command.name != "curl" or command.failure_ignored:
        return False
    text = command.text
    if not delivery_terms.request_asks_health(text) or delivery_terms.request_can_fail(text):
        return False
    if command.piped_into or any(option in _KEEPS_ANSWER for option in command.options):
        return False
    start, end = command.span.start, command.span.end
    before = source.text[max(start - 40, 0) : start].rstrip(" \t\\\n")
    after = source.text[end : end + 40].lstrip(" \t\\\n")
    return not before.endswith(_USES_BEFORE) and not after.startswith(("&&", "||", "|", ">"))


_KEEPS_ANSWER = frozenset(("-o", "--output", "-O", "-w", "--write-out", "-D", "--dump-header"))
_USES_BEFORE = ("$(", "`", "(", " if", "\nif", " until", " while", " elif", "!", "&&", "||", "|")


def _part(
    fact: Step, kind: delivery_terms.DeliveryKind, span: Span, text: str, *, sure: bool = True
) -> DeliveryStep:
    return DeliveryStep(
        span=span,
        path=fact.path,
        key=f"{fact.key}:{kind}",
        kind=kind,
        text=text,
        sure=sure,
    )
