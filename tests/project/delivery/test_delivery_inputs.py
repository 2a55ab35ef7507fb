"""Inputs are followed to the callers of a workflow or an action."""

from __future__ import annotations

import textwrap

import pytest

from plumblint.project.build import build
from plumblint.repo import Repo

CALLED = ".github/workflows/called.yml"
ACTION = "tool/action.yml"


def source_of(value, called=CALLED, on="workflow_call"):
    files = {
        CALLED: f"on: {on}\njobs: {{a: {{steps: [{{run: 'echo ${{{{ inputs.x }}}}'}}]}}}}\n",
        ACTION: "runs:\n  using: composite\n  steps:\n"
        "    - {run: 'echo ${{ inputs.x }}', shell: bash}\n",
    }
    if called == CALLED:
        job = f"uses: ./{CALLED}, with: {{x: {value}}}"
    else:
        job = f"steps: [{{uses: ./tool, with: {{x: {value}}}}}]"
    files[".github/workflows/ci.yml"] = f"on: pull_request_target\njobs: {{a: {{{job}}}}}\n"
    if value is None:
        del files[".github/workflows/ci.yml"]
    kinds = {"workflow": [p for p in files if p.startswith(".github")], "action": [ACTION]}
    facts = build(Repo({p: textwrap.dedent(t) for p, t in files.items()}), kinds).facts
    (found,) = (f for f in facts if f.KIND == "expression" and f.span.path == called)
    return found.source


@pytest.mark.parametrize("called", [CALLED, ACTION])
@pytest.mark.parametrize(
    ("value", "source"),
    [
        ("literal", "trusted"),
        ("'${{ github.sha }}'", "trusted"),
        ("'${{ github.head_ref }}'", "attacker"),
        ("'v${{ github.event.pull_request.title || 1 }}'", "attacker"),
        ("'${{ secrets.TOKEN }}'", "secret"),
        ("'${{ steps.a.outputs.b }}'", "step-output"),
        (None, "input"),
    ],
)
def test_what_callers_hand_over(value, source, called):
    assert source_of(value, called) == source


def test_who_starts_it_by_hand_may_write_anything():
    assert source_of("literal", on="[workflow_call, workflow_dispatch]") == "input"
    assert source_of("'${{ github.head_ref }}'", on="[workflow_call, workflow_dispatch]") == (
        "attacker"
    )
