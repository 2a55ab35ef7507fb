"""Deployments whose tests, approvals and events stand in other files."""

from __future__ import annotations

import textwrap
import time

import pytest

from plumblint.facts import Unknown
from plumblint.policy.vocabulary import misfits
from plumblint.project.build import build
from plumblint.repo import Repo


def project(**files):
    texts = {}
    for name, text in files.items():
        plain = "/" in name or "." in name or name == "Makefile"
        path = name if plain else f".github/workflows/{name}.yml"
        texts[path] = textwrap.dedent(text)
    kinds = {
        "workflow": [path for path in texts if path.startswith(".github/workflows/")],
        "action": [path for path in texts if path.endswith("action.yml")],
    }
    made = build(Repo(texts), kinds)
    assert not [fact for fact in made.facts if getattr(fact, "kind", "") == "internal"]
    for fact in made.facts:
        assert misfits(fact) == [], fact
    return made


def deployments(**files):
    return [fact for fact in project(**files).facts if fact.KIND == "deployment"]


CALLED = """\
    on: workflow_call
    jobs:
      ship:
        environment: production
        steps: [{run: kubectl apply -f k8s/}]
    """


def test_checks_of_the_caller_gate_what_is_called():
    found = deployments(
        called=CALLED,
        ci="""\
            on: {push: {branches: [main]}}
            jobs:
              test: {steps: [{run: pytest}]}
              deploy: {needs: test, uses: ./.github/workflows/called.yml}
            """,
        loose="""\
            on: {push: {branches: [main]}}
            jobs:
              deploy: {uses: ./.github/workflows/called.yml}
            """,
    )
    by_file = {fact.span.path.rsplit("/", 1)[-1]: fact for fact in found}
    assert set(by_file) == {"called.yml", "ci.yml", "loose.yml"}
    assert [check.tool for check in by_file["ci.yml"].checks_before] == ["pytest"]
    assert by_file["ci.yml"].checked is True
    assert by_file["loose.yml"].checked is False
    assert by_file["loose.yml"].place == "called"
    assert by_file["loose.yml"].environment == "production"
    assert by_file["loose.yml"].gated is True
    inner = by_file["called.yml"]
    assert isinstance(inner.checked, Unknown)
    assert set(inner.triggers) == {"push"}
    related = by_file["loose.yml"].origin_of("mechanism").via
    assert [place.span.path for place in related] == [".github/workflows/called.yml"]


def test_checks_and_deployments_in_local_actions():
    files = {
        ".github/actions/ship/action.yml": """\
            runs:
              using: composite
              steps: [{run: flyctl deploy, shell: bash}]
            """,
        ".github/actions/test/action.yml": """\
            runs:
              using: composite
              steps: [{run: npm test, shell: bash}]
            """,
    }
    text = """\
        on: push
        jobs:
          good: {steps: [{uses: ./.github/actions/test}, {uses: ./.github/actions/ship}]}
          bad: {steps: [{uses: ./.github/actions/ship}]}
          opaque: {steps: [{uses: './${{ matrix.x }}'}, {uses: ./.github/actions/ship}]}
        """
    found = {fact.job: fact for fact in deployments(ci=text, **files)}
    assert (found["good"].checked, found["bad"].checked) == (True, False)
    assert isinstance(found["opaque"].checked, Unknown)
    assert found[""].reached_by == (".github/workflows/ci.yml",)


def test_scripts_of_the_repo_are_looked_through():
    files = {
        "package.json": '{"scripts": {"release": "npm run verify && bash ops/ship.sh",'
        ' "verify": "eslint . && vitest run"}}',
        "ops/ship.sh": "#!/bin/bash\nset -e\npg_dump db > b.sql\nkubectl apply -f k8s/\n"
        "kubectl rollout status deploy/web || kubectl rollout undo deploy/web\n",
        "Makefile": "ship: check\n\t./ops/ship.sh\ncheck:\n\tpytest\n",
    }
    text = """\
        on: push
        jobs:
          npm: {steps: [{run: npm run release}]}
          make-deploy: {steps: [{run: make ship}]}
          other: {steps: [{run: npm run verify}]}
        """
    found = {fact.job: fact for fact in deployments(ci=text, **files)}
    assert set(found) == {"npm", "make-deploy"}
    assert found["npm"].mechanism == found["make-deploy"].mechanism == "kubectl apply"
    assert found["npm"].backed_up is True
    assert found["npm"].verified is True
    assert found["npm"].reversible is True


def test_a_script_that_is_named_a_deployment_keeps_its_name_where_it_is_not_read():
    (found,) = deployments(ci="on: push\njobs: {a: {steps: [{run: ./deploy.sh}]}}\n")
    assert (found.mechanism, found.transport) == ("./deploy.sh", "script")


@pytest.mark.parametrize(
    ("condition", "checked", "bypassed"),
    [
        ("success()", True, None),
        ("always()", False, "test"),
        ("'!cancelled()'", False, "test"),
        ("failure() || success()", False, "test"),
        ("always() && needs.test.result == 'success'", True, None),
        ("always() && needs.test.result != 'failure'", True, None),
        ("always() && !contains(needs.*.result, 'failure')", True, None),
        ("(always() && !cancelled() && !failure())", True, None),
        ("always() && github.ref == 'refs/heads/main'", False, "test"),
        ("github.ref == 'refs/heads/main'", True, None),
    ],
)
def test_conditions_that_let_a_deployment_run_after_a_failure(condition, checked, bypassed):
    quoted = condition if condition.startswith("'") else f'"{condition}"'
    text = f"""\
        on: push
        jobs:
          test: {{steps: [{{run: pytest}}]}}
          deploy:
            needs: test
            if: {quoted}
            steps: [{{run: kubectl apply -f x}}]
        """
    (found,) = deployments(ci=text)
    if "contains" in condition:
        assert found.checked is not False
    else:
        assert found.checked is checked
    assert found.bypassed_job == bypassed


def test_a_job_that_is_skipped_counts_as_good():
    text = """\
        on: push
        jobs:
          test: {steps: [{run: pytest}]}
          build: {needs: test, steps: [{run: make}]}
          deploy:
            needs: build
            if: always() && (needs.build.result == 'success' || needs.build.result == 'skipped')
            steps: [{run: kubectl apply -f x}]
        """
    (found,) = deployments(ci=text)
    assert (found.checked, found.bypassed_job) == (False, "test")


def test_the_workflow_before_it():
    ci = "name: CI\non: push\njobs: {test: {steps: [{run: pytest}]}}\n"
    deploy = """\
        on: {workflow_run: {workflows: [CI], types: [completed]}}
        jobs:
          deploy:
            %s
            steps: [{run: kubectl apply -f x}]
        """
    (found,) = deployments(ci=ci, cd=deploy % "env: {}")
    assert (found.follows_failure, found.checked) == (True, True)
    guard = "if: github.event.workflow_run.conclusion == 'success'"
    (found,) = deployments(ci=ci, cd=deploy % guard)
    assert (found.follows_failure, found.checked) == (False, True)
    (found,) = deployments(cd=deploy % guard)
    assert isinstance(found.checked, Unknown)


def test_pull_requests_and_previews():
    text = """\
        on: {push: {branches: [main]}, pull_request: {}}
        jobs:
          any: {steps: [{run: kubectl apply -f x}]}
          maybe: {if: github.actor == 'me', steps: [{run: kubectl apply -f x}]}
          main: {if: github.event_name == 'push', steps: [{run: kubectl apply -f x}]}
        """
    found = {fact.job: fact.from_pull_request for fact in deployments(ci=text)}
    assert found["any"] is True
    assert isinstance(found["maybe"], Unknown)
    assert found["main"] is False


def test_environments_come_with_the_call():
    found = deployments(
        called="""\
            on: {workflow_call: {inputs: {env: {type: string}}}}
            jobs:
              ship:
                environment: ${{ inputs.env }}
                steps: [{run: kubectl apply -f k8s/}]
            """,
        ci="""\
            on: push
            jobs:
              staging: {uses: ./.github/workflows/called.yml, with: {env: staging}}
              live: {uses: ./.github/workflows/called.yml, with: {env: production}}
            """,
    )
    by_job = {fact.job: (fact.environment, fact.production) for fact in found}
    assert by_job["staging"] == ("staging", False)
    assert by_job["live"] == ("production", True)


def test_calls_in_a_circle_end():
    circle = "on: [push, workflow_call]\njobs: {a: {uses: ./.github/workflows/%s.yml}}\n"
    action = "runs: {using: composite, steps: [{uses: ./%s}]}\n"
    found = deployments(
        x=circle % "y",
        y=circle % "x",
        z="on: push\njobs: {a: {steps: [{uses: ./a}, {run: kubectl apply -f x}]}}\n",
        **{"a/action.yml": action % "b", "b/action.yml": action % "a"},
    )
    (only,) = found
    assert isinstance(only.checked, Unknown)


def test_many_calls_take_linear_time(monkeypatch):
    monkeypatch.setattr("plumblint.project.delivery._MOST_WAYS", 500)
    inner = "on: workflow_call\njobs:\n" + "".join(
        f"  j{n}: {{steps: [{{run: kubectl apply -f x}}]}}\n" for n in range(30)
    )
    outer = "on: push\njobs:\n" + "".join(
        f"  c{n}: {{uses: ./.github/workflows/inner.yml}}\n" for n in range(100)
    )
    started = time.process_time()
    found = deployments(inner=inner, outer=outer)
    assert 0 < len(found) < 1000
    assert time.process_time() - started < 20


def test_workflows_that_all_call_each_other_end_in_time():
    count = 30
    files = {}
    for number in range(count):
        calls = "".join(
            f"  j{i}: {{uses: ./.github/workflows/w{(number + i + 1) % count}.yml}}\n"
            for i in range(count)
        )
        files[f"w{number}"] = f"on: [workflow_call, push]\njobs:\n{calls}"
    files["w0"] += "  ship:\n    runs-on: x\n    steps: [{run: kubectl apply -f k8s}]\n"
    began = time.process_time()
    assert deployments(**files)
    assert time.process_time() - began < 20
