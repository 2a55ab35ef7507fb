"""Outcomes: how a command can end, as far as the script alone says it."""

from __future__ import annotations

from collections.abc import Sequence

from plumblint.syntax.shell.commands import (
    AndOr,
    Command,
    Group,
    Pipeline,
    Statement,
    Subshell,
)
from plumblint.syntax.shell.nodes import Node

SUCCEEDS = "succeeds"
FAILS = "fails"
ENDS_WELL = "ends well"
"""Leaves the script or function with status 0."""
ENDS_BADLY = "ends badly"
"""Leaves it with another status."""

EITHER = frozenset({SUCCEEDS, FAILS})
_OUTCOMES = {
    "true": frozenset({SUCCEEDS}),
    ":": frozenset({SUCCEEDS}),
    "echo": frozenset({SUCCEEDS}),
    "printf": frozenset({SUCCEEDS}),
    "false": frozenset({FAILS}),
}
"""Builtins whose status is known; writing to standard output counts as a success."""


def outcome(node: Node, previous: str = FAILS) -> frozenset[str]:
    """The ways a command can end; `previous` is the status before it, which `exit` passes on."""
    if isinstance(node, Statement):
        return frozenset({SUCCEEDS}) if node.terminator == "&" else outcome(node.body, previous)
    if isinstance(node, Command):
        return _of_command(node, previous)
    if isinstance(node, Group):
        return _of_sequence(node.body, previous)
    if isinstance(node, Subshell):
        left = {ENDS_WELL: SUCCEEDS, ENDS_BADLY: FAILS}
        return frozenset(left.get(end, end) for end in _of_sequence(node.body, previous))
    if isinstance(node, Pipeline) and len(node.commands) == 1:
        found = outcome(node.commands[0], previous)
        if node.negated:
            turned = {SUCCEEDS: FAILS, FAILS: SUCCEEDS}
            found = frozenset(turned.get(end, end) for end in found)
        return found
    if isinstance(node, AndOr):
        return after(outcome(node.items[0], previous), node.operators, node.items[1:])
    return EITHER


def after(
    states: frozenset[str], operators: Sequence[str], items: Sequence[Node]
) -> frozenset[str]:
    """The ways a list can end whose items so far ended in `states`; `operators` precede `items`."""
    for operator, item in zip(operators, items, strict=True):
        runs_on = FAILS if operator == "||" else SUCCEEDS
        if runs_on in states:
            states = (states - {runs_on}) | outcome(item, runs_on)
    return states


def ends_of_failures(
    operators: Sequence[str], items: Sequence[Node]
) -> list[tuple[frozenset[str], int]]:
    """For each item of a list but the last: how the list can end if it fails.

    With it the index of the item behind the next `||`, -1 for none.
    """
    found: list[tuple[frozenset[str], int]] = []
    ends = {state: frozenset({state}) for state in EITHER}
    following = -1
    for at in range(len(operators) - 1, -1, -1):
        runs_on = FAILS if operators[at] == "||" else SUCCEEDS
        if runs_on == FAILS:
            following = at + 1
        reached: frozenset[str] = frozenset()
        for state in outcome(items[at + 1], runs_on):
            reached |= ends.get(state, frozenset({state}))
        ends[runs_on] = reached
        found.append((ends[FAILS], following))
    found.reverse()
    return found


def _of_command(command: Command, previous: str) -> frozenset[str]:
    name = command.name
    if name in ("exit", "return"):
        status = command.words[1].literal if len(command.words) > 1 else None
        if len(command.words) == 1:
            return frozenset({ENDS_WELL if previous == SUCCEEDS else ENDS_BADLY})
        if status is None or not status.isdecimal():
            return frozenset({ENDS_WELL, ENDS_BADLY})
        return frozenset({ENDS_BADLY if int(status[-9:]) % 256 else ENDS_WELL})
    return _OUTCOMES.get(name or "", EITHER)


def _of_sequence(statements: Sequence[Statement], previous: str) -> frozenset[str]:
    ends: frozenset[str] = frozenset()
    states = frozenset({previous})
    for statement in statements:
        only = next(iter(states)) if len(states) == 1 else FAILS
        states = outcome(statement, only)
        ends |= states - EITHER
        states &= EITHER
        if not states:
            break
    return ends | states
