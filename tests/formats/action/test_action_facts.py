from __future__ import annotations

import textwrap

import pytest

pytest.importorskip("plumblint.syntax.yaml")

from plumblint.facts import Unknown
from plumblint.formats import action
from plumblint.repo import Repo

PATH = ".github/actions/x/action.yml"


def read(text):
    repo = Repo({PATH: textwrap.dedent(text)})
    return action.read(action.units({"action": [PATH]}, repo)[0], repo)


def of(facts, kind):
    return [fact for fact in facts if kind == fact.KIND]


def test_composite():
    facts = read(
        """\
        name: X
        inputs: {tag: {required: true}}
        runs:
          using: composite
          steps:
            - run: pytest | tee log
              shell: bash
            - uses: actions/setup-node@v4
            - run: kubectl set image d/x x=${{ inputs.tag }}
              shell: bash
        """
    )
    assert [step.path for step in of(facts, "step")] == [f"runs.steps[{n}]" for n in range(3)]
    assert [command.under_pipefail for command in of(facts, "command")] == [True] * 3
    assert [fact.source for fact in of(facts, "expression")] == ["input"]
    assert [fact.tool for fact in of(facts, "check")] == ["pytest"]
    assert [fact.mechanism for fact in of(facts, "deployment")] == ["kubectl set image"]
    assert of(facts, "problem") == []


def test_docker_image():
    (image,) = of(read("runs: {using: docker, image: 'docker://alpine:3.20'}\n"), "image")
    assert (image.origin, image.repository, image.tag) == ("docker-action", "alpine", "3.20")


def test_docker_file():
    (container,) = of(read("runs: {using: docker, image: Dockerfile}\n"), "container")
    assert container.image is None
    assert container.build_dockerfile == ".github/actions/x/Dockerfile"


def test_javascript_has_no_steps():
    assert read("name: x\nruns: {using: node20, main: index.js}\n") == []


def test_unresolved_local_action():
    facts = read("runs:\n  using: composite\n  steps:\n  - uses: ./.github/actions/y\n")
    assert isinstance(of(facts, "action")[0].resolves_to, Unknown)


@pytest.mark.parametrize("text", ["", "[]", "a: [", "runs: {steps: [1, {run: [x]}, {uses: {}}]}"])
def test_odd_files(text):
    facts = read(text)
    assert all(fact.KIND in ("problem", "step") for fact in facts)
