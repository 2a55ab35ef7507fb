"""Checkouts of a job: whose code, what then runs it, and where the token goes with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from plumblint.facts import Action, Checkout, Command, Job, Step, Sure, Unknown
from plumblint.formats.steps.reading import Reading
from plumblint.formats.steps.step import ReadStep
from plumblint.source import Span
from plumblint.tables import untrusted_checkouts

_STRANGERS = re.compile(untrusted_checkouts.STRANGERS_REF)
_GUARDS = re.compile(untrusted_checkouts.GUARDS)
_LABELS = re.compile(untrusted_checkouts.LABEL_GUARDS)
_FIXED = re.compile(untrusted_checkouts.FIXED_COMMIT)
_RUNS = re.compile(untrusted_checkouts.RUNS_THE_CHECKOUT)
_BY_COMMAND = re.compile(
    r"^(?:gh\s+pr\s+checkout\b|git\s+(?:\S+\s+){0,4}(?:fetch|pull|checkout)\b.*"
    r"(?:refs/pull|pull/\S|head_ref|HEAD_REF|pull_request\.head))"
)
_FETCHES = re.compile(r"^git\s+(?:\S+\s+){0,4}?fetch\b")
_TAKES = re.compile(
    r"^git\s+(?:\S+\s+){0,4}?(?:checkout|switch|reset|merge|rebase|cherry-pick|worktree|restore)\b"
)
_WHOLE = frozenset((".", "./", "..", "../", "${{ github.workspace }}", "${{github.workspace}}"))
_MOST_UPLOADS = 20
_MAJOR = re.compile(r"v?(\d+)")


def find_checkouts(reading: Reading, fact: Job, steps: Sequence[ReadStep]) -> None:
    """A fact for each checkout of a job.

    The steps are gone through from the last one on, so that what follows is known.
    """
    found: list[Checkout] = []
    runner: str | None = None
    uploads: list[Action] = []
    taken = False
    for step in reversed(steps):
        for text, ref, span in _checkouts_of(step.fact, taken=taken):
            checkout = Checkout(
                span=span,
                path=step.fact.path,
                key=reading.unique(f"{step.fact.key}:checkout"),
                text=text,
                ref=ref or None,
                job=fact.id,
            )
            _judge(reading, checkout, fact, step.fact, ref)
            if checkout.event is not None:
                checkout.executed_by = _runs_after(step.fact, checkout) or runner
            action = step.fact.action
            if action is not None:
                _token(checkout, action, uploads)
            else:
                checkout.persists_credentials = Unknown("a command does it")
            found.append(checkout)
        runner = _runs_code(step.fact) or runner
        taken = taken or any(_TAKES.match(one.text[:2000]) for one in step.fact.commands)
        uses = step.fact.action
        if uses is not None and uses.name == "actions/upload-artifact":
            uploads = [uses, *uploads[:_MOST_UPLOADS]]
    for checkout in reversed(found):
        reading.add(checkout)


def _checkouts_of(step: Step, *, taken: bool) -> Iterator[tuple[str, str, Span]]:
    """Text, ref and place of each checkout.

    A `git fetch` alone changes no file; `taken` tells that a later step checks something out.
    """
    action = step.action
    if action is not None and action.name == "actions/checkout":
        inputs = action.inputs or {}
        parts = (inputs.get("ref"), inputs.get("repository"))
        ref = " ".join(_text(part) for part in parts if part is not None)
        yield _text(action.text), ref, action.span
    for at, command in enumerate(step.commands):
        if command.place != "step" or not _BY_COMMAND.match(command.text[:2000]):
            continue
        behind = step.commands[at + 1 :]
        if _FETCHES.match(command.text[:2000]) and not (
            taken or any(_TAKES.match(other.text[:2000]) for other in behind)
        ):
            continue
        yield command.text, "refs/pull/", command.span


def _judge(reading: Reading, checkout: Checkout, job: Job, step: Step, ref: str) -> None:
    """Whether a stranger's code comes here, and who must agree."""
    events = untrusted_checkouts.PRIVILEGED_EVENTS.intersection(reading.events)
    if not events or not ref:
        return
    checkout.event = next(event for event in reading.events if event in events)
    if _STRANGERS.search(ref[:2000]):
        checkout.untrusted = True
    elif "${{" in ref:
        checkout.untrusted = Unknown(ref)
    conditions = [job.condition, step.condition]
    texts = [condition.text[:2000] for condition in conditions if condition is not None]
    checkout.guarded = job.environment is not None or any(map(_GUARDS.search, texts))
    if not checkout.guarded and _FIXED.search(ref[:2000]):
        checkout.guarded = any(map(_LABELS.search, texts))


def _runs_after(step: Step, checkout: Checkout) -> str | None:
    """What the rest of the same script runs."""
    if step.action is not None:
        return None
    rest = (command for command in step.commands if command.span.start > checkout.span.start)
    return next(filter(None, map(_command_runs, rest)), None)


def _runs_code(step: Step) -> str | None:
    action = step.action
    if action is not None:
        if action.kind == "local":
            return _text(action.text)
        name = action.name
        known = untrusted_checkouts.ACTIONS_RUNNING_THE_CHECKOUT
        return name if isinstance(name, str) and name in known else None
    return next(filter(None, map(_command_runs, step.commands)), None)


def _command_runs(command: Command) -> str | None:
    words = command.text[:2000]
    argv = " ".join(word.text if isinstance(word, Unknown) else word for word in command.argv)
    return command.text[:200] if _RUNS.search(argv[:2000] or words) else None


def _token(checkout: Checkout, action: Action, uploads: Sequence[Action]) -> None:
    """Whether the token stays in `.git/config`, and whether that is uploaded."""
    inputs = action.inputs or {}
    value = inputs.get("persist-credentials")
    if isinstance(value, Unknown):
        checkout.persists_credentials = value
    elif (value is not None and value.lower() == "false") or _keeps_it_elsewhere(action):
        checkout.persists_credentials = False
    folder = _input(action, "path")
    for uses in uploads:
        hidden = _input(uses, "include-hidden-files").lower() == "true"
        paths = {line.strip() for line in _input(uses, "path").splitlines()}
        whole = bool(paths & _WHOLE) or bool(folder and paths & {folder, f"./{folder}"})
        if whole and (hidden or _uploads_hidden(uses)):
            checkout.uploaded_by = _text(uses.text)
            return


def _keeps_it_elsewhere(action: Action) -> bool:
    """Since version 6 actions/checkout keeps the token outside of the workspace."""
    return _major(action) >= 6


def _uploads_hidden(action: Action) -> bool:
    """Before version 4.4 actions/upload-artifact took hidden files along; a tag `v4` is newer."""
    major = _major(action)
    ref = action.ref if isinstance(action.ref, str) else ""
    early = re.match(r"v?4\.[0-3](?:\.|$)", ref) is not None
    return 0 < major < 4 or early


def _major(action: Action) -> int:
    ref = action.ref
    match = _MAJOR.match(ref) if isinstance(ref, str) and len(ref) < 12 else None
    return int(match[1]) if match else 0


def _input(action: Action, name: str) -> str:
    """An input as written, empty where it is missing."""
    value = (action.inputs or {}).get(name)
    return "" if value is None else _text(value)


def _text(value: Sure[str]) -> str:
    return value.text if isinstance(value, Unknown) else value
