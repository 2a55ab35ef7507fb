from __future__ import annotations

import textwrap

import pytest

pytest.importorskip("plumblint.syntax.yaml")

from plumblint.facts import Unknown
from plumblint.formats import workflow
from plumblint.repo import Repo

PATH = ".github/workflows/ci.yml"


def read(text, path=PATH, **others):
    text = textwrap.dedent(text)
    repo = Repo({path: text, **others})
    (unit,) = workflow.units({"workflow": [path]}, repo)
    facts = workflow.read(unit, repo)
    for fact in facts:
        assert fact.span.path == path
        assert 0 <= fact.span.start <= fact.span.end <= len(text)
    return Facts(facts, text)


class Facts(list):
    def __init__(self, facts, text):
        super().__init__(facts)
        self.text = text

    def of(self, kind):
        return [fact for fact in self if kind == fact.KIND]

    def one(self, kind):
        (fact,) = self.of(kind)
        return fact

    def under(self, span):
        return self.text[span.start : span.end]


def job(body, head="on: push"):
    return f"{head}\njobs:\n  build:\n" + textwrap.indent(textwrap.dedent(body), "    ")


@pytest.mark.parametrize("on", ["push", "[push]", "{push: }", "{push: {branches: main}}"])
def test_on_in_its_shapes(on):
    facts = read(f"on: {on}\njobs: {{}}\n")
    assert facts.one("workflow").events == ("push",)
    assert facts.under(facts.one("trigger").span) == "push"


def test_triggers():
    facts = read(
        """\
        on:
          push: {branches: [main, 'v*'], paths-ignore: [docs/**]}
          workflow_run: {workflows: CI, types: [completed]}
          workflow_dispatch:
            inputs:
              env: {type: choice}
              Tag:
        """
    )
    push, run, dispatch = facts.of("trigger")
    assert push.branches == ("main", "v*")
    assert push.paths == ("!docs/**",)
    assert (run.workflows, run.types) == (("CI",), ("completed",))
    assert dispatch.inputs == ("env", "Tag")


def test_keys_without_regard_to_case():
    facts = read("ON: push\nJobs:\n  a:\n    Runs-On: x\n    STEPS: [{RUN: make}]\n")
    assert facts.one("job").runs_on == ("x",)
    assert facts.one("step").script == "make"


def test_yes_and_on_are_words():
    facts = read(job("runs-on: x\ncontinue-on-error: yes\nenv: {A: on, B: 010, C: '1:2'}\n"))
    assert facts.one("job").continue_on_error is None
    assert [fact.value for fact in facts.of("variable")] == ["on", "010", "1:2"]


def test_aliases_are_read_where_they_are_used():
    facts = read(
        """\
        on: push
        env: &e {A: b}
        jobs:
          one: &job
            env: *e
            steps: [{run: make}]
          two: *job
        """
    )
    assert [fact.id for fact in facts.of("job")] == ["one", "two"]
    assert len(facts.of("command")) == 2
    assert len(facts.of("variable")) == 3


def test_a_merge_key_is_a_plain_key():
    facts = read("on: push\nx: &x {steps: [{run: make}]}\njobs:\n  a:\n    <<: *x\n")
    assert facts.of("step") == []


def test_job_fields():
    facts = read(
        """\
        on: push
        concurrency: {group: g, cancel-in-progress: true}
        permissions: {contents: read}
        jobs:
          a: {runs-on: ubuntu-latest}
          b: {needs: a, timeout-minutes: 5}
          c:
            needs: [b]
            environment: {name: production}
            timeout-minutes: ${{ fromJSON('7') }}
            permissions: write-all
            concurrency: other
          d:
            needs: [d, c]
            environment: ${{ inputs.env }}
        """
    )
    a, b, c, d = facts.of("job")
    assert (a.needs_closure, b.needs_closure) == ((), ("a",))
    assert c.needs_closure == ("b", "a")
    assert set(d.needs_closure) == {"a", "b", "c", "d"}
    assert (a.timeout_minutes, b.timeout_minutes, c.timeout_minutes) == (None, 5.0, 7.0)
    assert c.environment == "production"
    assert isinstance(d.environment, Unknown)
    assert [p.level for p in c.permissions] == ["write-all"]
    assert [p.level for p in a.permissions] == ["read"]
    assert a.permissions_stated
    assert (a.concurrency_group, c.concurrency_group) == ("g", "other")
    assert a.cancel_in_progress is True
    assert facts.under(a.origin_of("cancel_in_progress").span) == "true"
    assert facts.under(b.origin_of("timeout_minutes").span) == "5"


def test_permissions_that_are_empty_are_stated():
    facts = read("on: push\npermissions: {}\njobs: {a: {}}\n")
    assert facts.one("workflow").permissions_stated
    assert facts.one("job").permissions_stated
    assert not read("on: push\njobs: {a: {}}\n").one("job").permissions_stated


def test_whole_expressions_are_no_error():
    facts = read(
        job(
            """\
            runs-on: ${{ matrix.os }}
            strategy: ${{ fromJSON(needs.x.outputs.y) }}
            env: ${{ fromJSON(vars.ENV) }}
            container: ${{ matrix.image }}
            continue-on-error: ${{ matrix.experimental }}
            steps:
              - run: make
                with: ${{ 1 }}
            """
        )
    )
    assert facts.of("problem") == []
    assert isinstance(facts.one("job").continue_on_error, Unknown)
    assert isinstance(facts.one("image").text, Unknown)


def test_steps_in_groups_and_of_new_kinds():
    facts = read(
        job(
            """\
            steps:
              - run: one
                background: true
                id: a
              - parallel:
                  - run: two
                  - uses: actions/checkout@v4
              - wait: a
            """
        )
    )
    paths = [step.path for step in facts.of("step")]
    assert paths == [
        "jobs.build.steps[0]",
        "jobs.build.steps[1].parallel[0]",
        "jobs.build.steps[1].parallel[1]",
        "jobs.build.steps[2]",
    ]
    assert len(facts.one("job").steps) == 4


def test_keys_do_not_move_when_steps_are_inserted():
    before = read(job("steps:\n- run: make\n- run: make\n- {id: x, run: a}\n"))
    after = read(job("steps:\n- run: new\n- run: make\n- run: make\n- {id: x, run: a}\n"))
    keys = [step.key for step in before.of("step")]
    assert keys == [
        "jobs.build.steps.make",
        "jobs.build.steps.make#2",
        "jobs.build.steps.x",
    ]
    assert [step.key for step in after.of("step")][1:] == keys


@pytest.mark.parametrize(
    ("shell", "errexit", "pipefail"),
    [
        ("", True, False),
        ("shell: bash", True, True),
        ("shell: sh", True, False),
        ("shell: bash -l {0}", False, False),
        ("shell: bash -el {0}", True, False),
        ("shell: bash --noprofile --norc -eo pipefail {0}", True, True),
    ],
)
def test_shells(shell, errexit, pipefail):
    command = read(job(f"steps:\n- run: make\n  {shell}\n")).one("command")
    assert (command.under_errexit, command.under_pipefail) == (errexit, pipefail)


def test_default_shell_and_other_shells():
    facts = read(
        """\
        on: push
        defaults: {run: {shell: bash}}
        jobs:
          a: {steps: [{run: make}, {run: dir, shell: pwsh}, {run: print(1), shell: python}]}
          b: {runs-on: windows-latest, steps: [{run: make, shell: bash}]}
        """
    )
    assert [command.under_pipefail for command in facts.of("command")] == [True, True]
    facts = read(job("runs-on: windows-2022\nsteps: [{run: dir}]\n"))
    assert facts.of("command") == []
    assert facts.one("step").shell == "pwsh"


def test_commands_and_their_places():
    facts = read(
        job(
            """\
            steps:
              - run: |
                  pytest -x | tee log
                  npm run lint || true
                  echo "${{ inputs.x }}" \\
                    two
              - run: sudo make install
                continue-on-error: true
            """
        )
    )
    pytest_, tee, lint, true, echo, make = facts.of("command")
    assert facts.under(pytest_.span) == "pytest -x"
    assert pytest_.piped_into == "tee"
    assert pytest_.failure_ignored_by == "| tee log"
    assert tee.piped_from == "pytest"
    assert (lint.name, lint.failure_ignored_by) == ("npm", "|| true")
    assert true.name == "true"
    assert echo.text == 'echo "${{ inputs.x }}" two'
    assert isinstance(echo.argv[1], Unknown)
    assert make.privileged_by == "sudo"
    assert make.failure_ignored_by == "continue-on-error: true"
    assert make.job == "build"


@pytest.mark.parametrize(
    ("uses", "kind", "name", "ref", "ref_kind"),
    [
        ("actions/checkout@v4", "action", "actions/checkout", "v4", "tag"),
        ("A/b/c/d@main", "action", "a/b/c/d", "main", "branch"),
        ("a/b@" + "0" * 40, "action", "a/b", "0" * 40, "sha"),
        ("a/b@release/v1", "action", "a/b", "release/v1", "branch"),
        ("a/b", "action", "a/b", None, "none"),
        ("./local", "local", "./local", None, "none"),
        ("$/local", "local", "$/local", None, "none"),
        ("docker://alpine:3", "docker", "docker://alpine:3", None, None),
        ("a/b/.github/workflows/x.yml@v1", "reusable-workflow",
         "a/b/.github/workflows/x.yml", "v1", "tag"),
    ],
)  # fmt: skip
def test_uses(uses, kind, name, ref, ref_kind):
    facts = read(job(f"steps:\n- uses: {uses} # comment\n"))
    action = facts.one("action")
    assert (action.kind, action.name) == (kind, name)
    assert (action.ref, action.ref_kind) == (ref, ref_kind)
    assert facts.under(action.span) == uses
    if ref:
        assert facts.under(action.origin_of("ref").span) == ref
        assert action.origin_of("ref").literal


def test_local_actions_resolve():
    text = job("steps:\n- uses: ./a\n- uses: ./b/\n- uses: ./none\n")
    facts = read(text, **{"a/action.yml": "", "b/action.yaml": ""})
    a, b, none = facts.of("action")
    assert (a.resolves_to, b.resolves_to) == ("a/action.yml", "b/action.yaml")
    assert isinstance(none.resolves_to, Unknown)


def test_called_workflow():
    facts = read(
        job(
            """\
            uses: ./.github/workflows/deploy.yml
            with: {Env: prod}
            secrets: inherit
            """
        ),
        **{".github/workflows/deploy.yml": "on: workflow_call"},
    )
    called = facts.one("job")
    assert called.secrets_inherit
    assert called.uses.resolves_to == ".github/workflows/deploy.yml"
    assert called.uses.inputs == {"env": "prod"}


def test_containers_and_images():
    facts = read(
        job(
            """\
            container:
              image: ghcr.io/a/b:1.2
              options: --privileged --user 0
              credentials: {username: x, password: hunter2}
            services:
              db:
                image: postgres
                env: {POSTGRES_PASSWORD: postgres}
                ports: ['5432:5432/tcp']
                volumes: [/var/run/docker.sock:/x:ro]
              none: ''
            """
        )
    )
    main, database = facts.of("container")
    assert (main.kind, main.privileged, main.user_is_root) == ("job", True, True)
    assert facts.under(main.origin_of("privileged").span) == "--privileged"
    assert (main.image.registry, main.image.repository, main.image.tag) == (
        "ghcr.io", "a/b", "1.2",
    )  # fmt: skip
    assert facts.under(main.image.origin_of("tag").span) == "1.2"
    assert (database.kind, database.name, database.image.tag) == ("service", "db", None)
    assert database.ports[0].target == 5432
    assert (database.mounts[0].kind, database.mounts[0].read_only) == ("bind", True)
    password = next(v for v in facts.of("variable") if v.name == "password")
    assert password.path == "jobs.build.container.credentials.password"
    assert facts.under(password.origin_of("value").span) == "hunter2"


def test_variables():
    facts = read(
        """\
        on: push
        env: {A: "x y"}
        jobs:
          b:
            env: {B: '${{ secrets.B }}'}
            steps:
              - uses: a/b@v1
                env: {C: 1}
                with: {Token: abc, empty: }
        """
    )
    a, b, c, token, empty = facts.of("variable")
    assert [fact.kind for fact in (a, b, c, token)] == [
        "workflow-env", "job-env", "step-env", "input",
    ]  # fmt: skip
    assert facts.under(a.span) == "x y"
    assert (a.literal, b.literal, token.literal) == (True, False, True)
    assert isinstance(b.value, Unknown)
    assert token.container == "jobs.b.steps[0]"
    assert empty.value == ""


@pytest.mark.parametrize(
    ("condition", "value", "always"),
    [
        ("github.ref == 'x'", None, False),
        ("${{ github.ref == 'x' }}", None, False),
        ("${{ github.ref }} == 'x'", True, True),
        ("false", False, False),
        ("always()", True, False),
        ("github.event_name == 'pull_request'", False, False),
        ("github.event_name == 'push' && failure()", None, False),
    ],
)
def test_conditions(condition, value, always):
    facts = read(job(f'steps:\n- run: make\n  if: "{condition}"\n'))
    found = facts.one("condition")
    assert found.always_true_by_text is always
    if value is None:
        assert isinstance(found.value, Unknown)
    else:
        assert found.value is value


def test_a_line_end_makes_a_condition_true():
    facts = read(job("if: |\n  ${{ false }}\nsteps: [{run: a}]\n"))
    assert facts.one("condition").always_true_by_text
    facts = read(job("if: |\n  false\nsteps: [{run: a}]\n"))
    assert facts.one("condition").value is False


def test_functions_and_contexts_of_a_condition():
    text = "if: always() && needs.A.result == 'success' && !cancelled()\n"
    found = read(job(text)).one("condition")
    assert found.functions == ("always", "cancelled")
    assert found.contexts == ("needs.a.result",)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("github.event.issue.title", "attacker"),
        ("github.event.commits[0].message", "attacker"),
        ("github.event.commits.*.message", "attacker"),
        ("toJSON(github.event.issue)", "attacker"),
        ("github['head_ref']", "attacker"),
        ("github.event.pull_request.head.sha", "trusted"),
        ("env.TITLE", "attacker"),
        ("env.FIXED", "trusted"),
        ("env.ELSEWHERE", "environment"),
        ("inputs.free", "input"),
        ("github.event.inputs.free", "input"),
        ("inputs.chosen", "trusted"),
        ("steps.a.outputs.b", "step-output"),
        ("steps.a.outcome", "trusted"),
        ("needs.a.outputs.b", "job-output"),
        ("matrix.os", "trusted"),
        ("secrets.X", "secret"),
        ("github.sha", "trusted"),
        ("github.ref_name", "other"),
        ("github.actor == 'x' && github.head_ref || 'b'", "attacker"),
    ],
)
def test_expressions_in_scripts(text, source):
    facts = read(
        f"""\
        on:
          workflow_dispatch:
            inputs: {{free: {{}}, chosen: {{type: choice}}}}
        env:
          TITLE: "x ${{{{ github.event.pull_request.title }}}}"
          FIXED: one
        jobs:
          a:
            strategy: {{matrix: {{os: [a, b]}}}}
            steps:
              - run: |
                  echo a
                  echo ${{{{ {text} }}}}
        """
    )
    found = facts.one("expression")
    assert (found.source, found.sink) == (source, "run")
    assert found.text == text
    assert facts.under(found.span).lower() in text.lower()


def test_conditions_and_comparisons_do_not_reach_the_script():
    steps = (
        "steps:\n- run: echo ${{ contains(github.head_ref, 'x') }} ${{ github.head_ref == 'y' }}\n"
    )
    assert read(job(steps)).of("expression") == []


def test_expressions_in_inputs_that_are_run():
    facts = read(
        job(
            """\
            steps:
              - uses: actions/github-script@v7
                with: {script: "console.log('${{ github.head_ref }}')"}
              - uses: a/b@v1
                with: {script: "${{ github.head_ref }}"}
            """
        )
    )
    found = facts.one("expression")
    assert (found.sink, found.sink_name) == ("script", "actions/github-script script")
    assert facts.under(found.span) == "github.head_ref"


def test_a_script_for_a_server():
    facts = read(
        job(
            """\
            steps:
              - uses: appleboy/ssh-action@v1
                with:
                  script: |
                    docker compose pull
                    docker compose up -d
            """
        )
    )
    assert [command.place for command in facts.of("command")] == ["ssh", "ssh"]
    assert facts.one("deployment").transport == "ssh"


@pytest.mark.parametrize("text", ["", "# only a comment\n", "- a\n", "x", "[", "a: b: c\n"])
def test_what_is_no_workflow_is_a_problem(text):
    facts = read(text)
    assert [fact.kind for fact in facts] == ["syntax"]


def test_a_key_that_stands_twice():
    facts = read("on: push\njobs:\n  a: {env: {A: 1, a: 2}}\n")
    problem = facts.one("problem")
    assert facts.under(problem.span) == "a"
    assert problem.span.start > facts.text.index("A: 1")
    assert len(facts.of("job")) == 1


def test_expressions_that_github_refuses():
    facts = read(
        job("if: a ==\nenv: {A: '${{ b( }}', B: '${{ c'}\nsteps: [{run: 'x ${{ d e }}'}]\n")
    )
    places = [facts.under(fact.span) for fact in facts.of("problem")]
    assert places == ["==", "b", "${{", "e"]


def test_bytes_that_are_no_text():
    repo = Repo({PATH: b"on: push\nname: \xff\n"})
    (problem,) = workflow.read(workflow.units({"workflow": [PATH]}, repo)[0], repo)
    assert problem.kind == "encoding"


def test_a_file_that_is_missing():
    (unit,) = workflow.units({"workflow": [PATH]}, Repo({}))
    (problem,) = workflow.read(unit, Repo({}))
    assert problem.kind == "unreadable"
