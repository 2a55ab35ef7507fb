from __future__ import annotations

import pytest

pytest.importorskip("hypothesis")
pytest.importorskip("plumblint.syntax.yaml")
from hypothesis import given, settings
from hypothesis import strategies as st

from plumblint.formats import action, workflow
from plumblint.repo import Repo

_WORKFLOW = """\
name: CI ${{ github.ref }}
on:
  push: {branches: [main, "é*"]}
  workflow_dispatch:
    inputs: {a: {type: choice}}
permissions: {contents: read, id-token: write}
env: &env {A: 'it''s', B: "x\\ty ${{ github.head_ref }}"}
concurrency: {group: g, cancel-in-progress: true}
jobs:
  test:
    runs-on: [self-hosted, linux]
    container: {image: 'node:22', options: --privileged -u root}
    services: {db: {image: "postgres:16", env: *env, ports: ["5432:5432"]}}
    steps:
      - uses: actions/checkout@v4
        with: {token: "${{ secrets.T }}"}
      - name: Test
        if: ${{ always() }} && x
        run: |
          set +e
          pytest "${{ env.B }}" | tee log || true

          cat <<EOF
          😊 ${{ inputs.a }}
          EOF
      - parallel: [{run: make}, {uses: ./x}]
  deploy:
    needs: [test, deploy]
    environment: {name: prod}
    strategy: ${{ fromJSON('{}') }}
    timeout-minutes: 5
    steps: &steps
      - run: >-
          kubectl apply
          -f x
        continue-on-error: true
        env: *env
  call: {uses: a/b/.github/workflows/deploy.yml@main, secrets: inherit, needs: test}
"""
_ACTION = "runs:\n  using: composite\n  steps:\n" + _WORKFLOW.split("    steps:\n")[1].replace(
    "\n  deploy", "\n  #"
)
_PIECES = st.sampled_from(
    ["", "\n", "  ", "- ", ": ", "{", "}", "[", "]", "*env", "&env ", "${{ ", " }}", "|\n", "'",
     '"', "#", "é", "~", "if: x\n", "steps:", "!!str ", "\r\n", "\t"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([(workflow, "workflow", _WORKFLOW), (action, "action", _ACTION)]),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), _PIECES), max_size=4),
)
def test_damaged_files_are_read_without_a_crash(case, edits):
    module, kind, text = case
    for place, length, piece in edits:
        at = int(place * len(text))
        text = text[:at] + piece + text[at + length :]
    path = ".github/workflows/x.yml"
    repo = Repo({path: text})
    (unit,) = module.units({kind: [path]}, repo)
    facts = module.read(unit, repo)
    seen = set()
    for fact in facts:
        assert fact.span.path == path
        assert 0 <= fact.span.start <= fact.span.end <= len(text)
        for origin in fact.origins:
            assert origin is None or 0 <= origin.span.start <= origin.span.end <= len(text)
        assert (fact.KIND, fact.key) not in seen or fact.KIND == "problem"
        seen.add((fact.KIND, fact.key))


def test_aliases_do_not_make_a_file_grow_without_bound():
    steps = "".join("  - {run: 'echo a b c d e f'}\n" for _ in range(200))
    jobs = "".join(f"  j{n}: *job\n" for n in range(3000))
    text = f"on: push\njobs:\n  j: &job\n    steps:\n{steps.replace('  -', '    -')}{jobs}"
    path = ".github/workflows/x.yml"
    repo = Repo({path: text})
    facts = workflow.read(workflow.units({"workflow": [path]}, repo)[0], repo)
    assert facts[-1].kind == "limit"
