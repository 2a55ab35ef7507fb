"""Ways of writing a deployment, or a check before one, that hide what it is."""

from __future__ import annotations

import textwrap

import pytest

pytest.importorskip("plumblint.syntax.yaml")

from plumblint.facts import Deployment
from plumblint.project.build import build
from plumblint.repo import Repo


def deployments(text, path=".github/workflows/x.yml", files=()):
    tree = {path: textwrap.dedent(text), **dict(files)}
    return build(Repo(tree), {"workflow": [path]}).of(Deployment)


def step(run, *, job="ship", name="Run", needs="", on="push", runner="ubuntu-24.04"):
    return f"""\
        name: {job}
        on: {on}
        jobs:
          {job}:
            runs-on: {runner}
            steps:
              - name: {name}
                run: {run}
        """


@pytest.mark.parametrize(
    "run",
    [
        "bundle exec kamal deploy --skip-push --version $GITHUB_SHA",
        "helm upgrade web ./chart --version 1.4.2",
        "pnpm cdk deploy --require-approval never",
        "yarn wrangler deploy",
        "yarn workspace backend deploy:prod",
        "npm exec --yes --package @microsoft/teamsapp-cli -- teamsapp deploy --env prod",
        "cargo shuttle deploy",
        "caprover deploy -a web",
        "aws ecs update-service --service web --force-new-deployment --desired-count 2",
    ],
)
def test_commands_that_deploy(run):
    assert len(deployments(step(run))) == 1


@pytest.mark.parametrize(
    "run",
    [
        "helm upgrade --help",
        "kamal --version",
        "aws ecs update-service --service web --desired-count 4",
        "aws s3 cp app.zip s3://artifacts/app.zip",
    ],
)
def test_commands_that_do_not(run):
    assert deployments(step(run)) == []


def test_a_package_script_gets_its_arguments():
    package = {"package.json": '{"scripts": {"cdk": "cdk"}}'}
    (found,) = deployments(step("npm run cdk -- deploy --all", job="deploy"), files=package)
    assert found.mechanism == "cdk deploy"


def test_the_folder_behind_a_cd_is_where_tasks_are_looked_up():
    tree = {
        ".github/workflows/x.yml": textwrap.dedent(
            """\
            on: push
            jobs:
              release:
                steps:
                  - run: |
                      cd server
                      make release
            """
        ),
        "server/Makefile": "release: build\n\tnpx serverless deploy\nbuild:\n\tgo build ./...\n",
    }
    (found,) = build(Repo(tree), {"workflow": [".github/workflows/x.yml"]}).of(Deployment)
    assert found.mechanism == "serverless deploy"


@pytest.mark.parametrize(
    ("job", "name", "run", "deploys"),
    [
        ("deploy", "Recreate and restart the container", "docker compose up -d", True),
        ("restart", "Restart", "kubectl rollout restart deployment/web", False),
        ("deploy", "Restart", "kubectl rollout restart deployment/web", True),
        ("build", "Deploy test to the platform", "kubectl apply -f k8s", True),
        ("deployment-tests", "Run", "kubectl apply -f k8s", False),
    ],
)
def test_names_with_restart_or_test_in_them(job, name, run, deploys):
    assert bool(deployments(step(run, job=job, name=name))) is deploys


def test_containers_started_on_a_runner_of_ones_own():
    assert deployments(step("docker compose up -d", job="web", runner="self-hosted-stage"))
    assert not deployments(step("docker compose up -d", job="web"))


@pytest.mark.parametrize(
    ("uses", "deploys"),
    [
        ("hubspot/hubspot-project-actions/project-deploy@v1", True),
        ("acme/deploy-action@v2", True),
        ("acme/github-pages-deploy-action@v2", False),
        ("10up/action-wordpress-plugin-deploy@v2", False),
        ("chrnorm/deployment-action@v2", False),
        ("acme/destroy-deploy@v2", False),
    ],
)
def test_an_action_nobody_knows_by_its_name(uses, deploys):
    text = f"""\
        on: push
        jobs:
          ship:
            steps:
              - uses: {uses}
        """
    found = deployments(text)
    assert bool(found) is deploys
    assert all(fact.tier == "likely" for fact in found)


@pytest.mark.parametrize(
    ("steps", "checked"),
    [
        ("- run: terraform plan -out tfplan", True),
        ("- run: npm run build", False),
        ("- {name: Run tests, run: ls -al}", False),
        ("- {name: Run tests, run: ./verify-it-all}", True),
        ("- run: make check-docker", False),
    ],
)
def test_what_counts_as_tested(steps, checked):
    text = f"""\
        on: push
        jobs:
          before:
            steps:
              {steps}
          deploy:
            needs: before
            steps:
              - run: terraform apply -auto-approve
        """
    (found,) = deployments(text)
    assert found.checked is checked


def test_a_check_that_runs_under_other_events_does_not_count():
    text = """\
        on: [push, pull_request]
        jobs:
          lint:
            if: github.event_name == 'pull_request'
            steps:
              - run: ruff check
          deploy:
            needs: lint
            if: always() && github.event_name == 'push'
            steps:
              - run: fly deploy
        """
    (found,) = deployments(text)
    assert found.checked is False


def test_a_push_to_a_platform_with_the_key_in_its_address():
    run = "git push https://heroku:$HEROKU_API_KEY@git.heroku.com/$APP.git main:main"
    (found,) = deployments(step(run))
    assert found.tier == "certain"


def test_a_restore_that_calls_the_deploying_workflow_is_no_release():
    called = textwrap.dedent(
        """\
        on: workflow_call
        jobs:
          ship:
            steps:
              - run: helm upgrade --install web chart
        """
    )
    caller = "on: workflow_dispatch\njobs:\n  {0}:\n    uses: ./.github/workflows/ship.yml\n"
    for job, calls in (("restore-backup", 0), ("production", 1)):
        paths = {
            ".github/workflows/ship.yml": called,
            ".github/workflows/x.yml": caller.format(job),
        }
        facts = build(Repo(paths), {"workflow": list(paths)}).of(Deployment)
        assert len([fact for fact in facts if fact.place == "called"]) == calls


@pytest.mark.parametrize(
    ("run", "image"),
    [
        ("docker run -d $REGISTRY/web:latest", "$REGISTRY/web:latest"),
        ("'docker pull ${{ vars.OWNER }}/${{ vars.NAME }}:latest'", True),
        ("gcloud run deploy web --source . --set-secrets=KEY=api-key:latest", None),
    ],
)
def test_latest_is_a_tag_of_an_image(run, image):
    both = f"""\
        on: push
        jobs:
          deploy:
            steps:
              - run: kubectl apply -f k8s
              - run: {run}
        """
    found = [fact.floating_image for fact in deployments(both)]
    assert any(found) is bool(image)


def test_code_on_the_command_line_is_no_script_of_the_repo():
    text = """\
        on: push
        jobs:
          deploy:
            steps:
              - run: node -e "require('@playwright/test').chromium"
              - run: fly deploy
        """
    (found,) = deployments(text)
    assert found.checked is False
