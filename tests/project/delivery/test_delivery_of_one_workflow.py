from __future__ import annotations

import textwrap

import pytest

pytest.importorskip("plumblint.syntax.yaml")

from plumblint.facts import Unknown
from plumblint.project.build import build
from plumblint.repo import Repo


def read(text, path=".github/workflows/x.yml"):
    repo = Repo({path: textwrap.dedent(text)})
    return build(repo, {"workflow": [path]}).facts


def of(facts, kind):
    return [fact for fact in facts if kind == fact.KIND]


def steps(*runs, job="build"):
    lines = "\n".join(f"    - run: {run}" for run in runs)
    return f"on: push\njobs:\n  {job}:\n    steps:\n{lines}\n"


def deployments(text, **options):
    return of(read(text, **options), "deployment")


@pytest.mark.parametrize(
    "command",
    [
        "kubectl -n web apply -f k8s/",
        "kubectl set image deployment/web web=x:1",
        "helm upgrade --install web ./chart",
        "terraform -chdir=infra apply -auto-approve",
        "aws --region eu-west-1 ecs update-service --cluster c",
        "npx wrangler pages deploy dist",
        "flyctl deploy --remote-only",
        "vercel --prod --token x",
        "git push https://git.heroku.com/app.git main",
        "curl -X POST $RENDER_DEPLOY_HOOK",
        "ssh deploy@example.org ./update.sh",
        "rsync -az dist/ deploy@example.org:/srv",
        "sudo -E ./scripts/deploy.sh production",
        "npm run deploy",
        "bundle exec cap production deploy",
    ],
)
def test_commands_that_deploy(command):
    assert len(deployments(steps(f"'{command}'"))) == 1


@pytest.mark.parametrize(
    "command",
    [
        "kubectl get pods",
        "kubectl apply --dry-run=client -f x",
        "helm template x",
        "terraform plan",
        'terraform -chdir="infra/app-config" apply -auto-approve',
        "flyctl deploy --build-only",
        "vercel pull",
        "vercel build --prod",
        "vercel",
        "git push origin main",
        "echo kubectl apply -f x",
        "ssh-keyscan example.org",
        "ssh -T git@github.com",
        "rsync -a dist/ public/",
        "npm run deploy:docs",
        "make test-deploy",
        "docker compose up -d",
        "npm publish",
    ],
)
def test_commands_that_do_not(command):
    assert deployments(steps(f"'{command}'")) == []


def test_docker_compose_up_deploys_where_the_job_says_so():
    (found,) = deployments(steps("docker compose up -d", job="deploy"))
    assert (found.tier, found.mechanism) == ("likely", "docker compose up")


@pytest.mark.parametrize("job", ["rollback", "deploy-docs", "backup", "e2e", "destroy-preview"])
def test_names_that_rule_a_release_out(job):
    assert deployments(steps("kubectl apply -f x", job=job)) == []


def test_a_cluster_of_its_own_is_a_test():
    assert deployments(steps("kind create cluster", "kubectl apply -f x")) == []


def test_actions_that_deploy():
    text = """\
        on: push
        jobs:
          a:
            steps:
              - uses: aws-actions/amazon-ecs-deploy-task-definition@v2
                with: {service: web}
          b:
            steps:
              - uses: aws-actions/amazon-ecs-deploy-task-definition@v2
          c:
            steps:
              - uses: Azure/static-web-apps-deploy@v1
                with: {action: close}
          d:
            steps:
              - uses: amondnet/vercel-action@v25
                with: {vercel-args: ''}
        """
    found = {fact.job: fact for fact in deployments(text)}
    assert set(found) == {"a", "d"}
    assert (found["a"].preview, found["d"].preview) == (False, True)


def test_checks_before_a_deployment():
    text = """\
        on: push
        jobs:
          test: {steps: [{run: pytest}]}
          lint: {steps: [{run: ruff check || true}]}
          build: {needs: test, steps: [{run: make}]}
          after: {needs: build, steps: [{run: kubectl apply -f x}]}
          loose: {needs: lint, steps: [{run: kubectl apply -f x}]}
          same: {steps: [{run: npm test}, {run: kubectl apply -f x}, {run: npm run lint}]}
          late: {steps: [{run: kubectl apply -f x}, {run: npm test}]}
          opaque: {needs: called, steps: [{run: kubectl apply -f x}]}
          called: {uses: ./.github/workflows/y.yml}
          anyway:
            if: always()
            needs: test
            steps: [{run: kubectl apply -f x}]
          guarded:
            if: always() && needs.test.result == 'success'
            needs: test
            steps: [{run: kubectl apply -f x}]
        """
    found = {fact.job: fact for fact in deployments(text)}
    tools = {name: [check.tool for check in fact.checks_before] for name, fact in found.items()}
    assert tools["after"] == ["pytest"]
    assert tools["same"] == ["npm test"]
    checked = {name: fact.checked for name, fact in found.items()}
    assert isinstance(checked.pop("opaque"), Unknown)
    assert checked == {
        "after": True, "loose": False, "same": True, "late": False, "anyway": False,
        "guarded": True,
    }  # fmt: skip


def test_events_that_reach_a_deployment():
    text = """\
        on:
          push: {branches: [main]}
          pull_request:
          workflow_dispatch:
        jobs:
          any: {steps: [{run: kubectl apply -f x}]}
          main:
            if: github.ref == 'refs/heads/main'
            steps: [{run: kubectl apply -f x}]
          manual:
            steps:
              - run: kubectl apply -f x
                if: github.event_name == 'workflow_dispatch'
          pull:
            if: github.event_name == 'pull_request'
            steps: [{run: kubectl apply -f x}]
        """
    found = {fact.job: fact for fact in deployments(text)}
    assert found["any"].triggers == ("push", "pull_request", "workflow_dispatch")
    assert found["main"].triggers == ("push", "workflow_dispatch")
    assert found["manual"].triggers == ("workflow_dispatch",)
    assert (found["main"].automatic, found["manual"].automatic) == (True, False)
    assert (found["main"].preview, found["pull"].preview) == (False, True)


def test_a_called_workflow_is_undecided():
    (found,) = deployments("on: workflow_call\njobs: {a: {steps: [{run: kubectl apply -f x}]}}\n")
    assert isinstance(found.automatic, Unknown)
    assert isinstance(found.checked, Unknown)


@pytest.mark.parametrize(
    ("command", "kind", "tool"),
    [
        ("pytest -q", "test", "pytest"),
        ("python -m pytest", "test", "pytest"),
        ("uv run --with x pytest", "test", "pytest"),
        ("npm test", "test", "npm test"),
        ("npm run test:unit", "test", "npm test:unit"),
        ("yarn lint", "lint", "yarn lint"),
        ("npx tsc --noEmit", "type-check", "tsc"),
        ("docker compose run --rm app bundle exec rspec", "test", "rspec"),
        ("./gradlew check", "test", "gradle"),
        ("./gradlew build -x test", "build", "gradle"),
        ("mvn -B verify", "test", "mvn verify"),
        ("mvn package -DskipTests", "build", "mvn"),
        ("cargo +nightly clippy", "lint", "cargo +nightly clippy"),
        ("terraform fmt -check", "lint", "terraform fmt"),
        ("./bin/test.sh", "test", "./bin/test.sh"),
        ("bash scripts/lint.sh", "lint", "scripts/lint.sh"),
        ("go test ./...", "test", "go test"),
    ],
)
def test_commands_that_check(command, kind, tool):
    (found,) = of(read(steps(command)), "check")
    assert (found.kind, found.tool) == (kind, tool)


@pytest.mark.parametrize(
    "command",
    [
        "npm ci",
        "make setup-test-db",
        "npx playwright install",
        "black .",
        "echo pytest",
        "./scripts/deploy-test-env.sh",
        "pip install pytest",
        "cat latest.txt",
    ],
)
def test_commands_that_check_nothing(command):
    assert of(read(steps(command)), "check") == []


@pytest.mark.parametrize(
    "command", ["npm test -- --passWithNoTests", "mvn package -DskipTests", "gradle build -x test"]
)
def test_builds_with_their_tests_switched_off(command):
    (found,) = of(read(steps(command)), "check")
    assert (found.kind, found.tests_skipped, found.tested_elsewhere) == ("build", True, False)
    both = of(read(steps(command, "pytest")), "check")
    assert both[0].tested_elsewhere is True


def swallowed(text):
    return [fact.failure_ignored_by for fact in of(read(text), "check") if fact.failure_ignored]


@pytest.mark.parametrize(
    ("run", "by"),
    [
        ("pytest || true", "|| true"),
        ("pytest || echo failed", "|| echo failed"),
        ("pytest | tee log", "| tee log"),
        ("set +e; pytest; echo done", "set +e"),
        ("pytest; true", None),
        ("if ! pytest; then exit 1; fi", None),
        ("set +e; pytest; code=$?; exit $code", None),
        ("set -o pipefail; pytest | tee log", None),
        ("pytest || exit 1", None),
    ],
)
def test_swallowed_failures(run, by):
    assert swallowed(steps(f'"{run}"')) == ([by] if by else [])


def test_continue_on_error():
    def with_step(extra="", after=""):
        return (
            "on: push\njobs:\n  a:\n    steps:\n"
            f"    - run: eslint .\n      id: lint\n      continue-on-error: true\n{extra}{after}"
        )

    assert swallowed(with_step()) == ["continue-on-error: true"]
    judged = "    - run: exit 1\n      if: steps.lint.outcome == 'failure'\n"
    assert swallowed(with_step(after=judged)) == []
    reported = "    - uses: github/codeql-action/upload-sarif@v3\n"
    assert swallowed(with_step(after=reported)) == []
    again = "    - run: eslint .\n"
    assert swallowed(with_step(after=again)) == []


def test_jobs_and_steps_known_by_name_only():
    text = """\
        on: push
        jobs:
          unit-tests: {steps: [{run: ./ci}]}
          other: {steps: [{name: Run linters, run: ./ci}, {name: Upload test report, run: ./up}]}
          call: {uses: a/b/.github/workflows/test.yml@v1}
        """
    found = of(read(text), "check")
    assert [(fact.job, fact.kind) for fact in found] == [
        ("unit-tests", "test"), ("other", "lint"), ("call", "test"),
    ]  # fmt: skip
