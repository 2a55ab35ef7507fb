"""Workflows: what starts them, their jobs and steps, the actions they use."""

from __future__ import annotations

from typing import Literal

from plumblint.facts.command import Command
from plumblint.facts.container import Variable
from plumblint.facts.fact import Fact, Many, Map, Maybe, Sure


class Trigger(Fact):
    """An event that starts a workflow."""

    event: str
    """`push`, `pull_request`, `workflow_run`, `schedule` …"""
    branches: Many[str] = ()
    """Branch filters; an entry of `branches-ignore` with `!` before it."""
    tags: Many[str] = ()
    """Tag filters, likewise."""
    paths: Many[str] = ()
    """Path filters, likewise."""
    types: Many[str] = ()
    """Activity types."""
    workflows: Many[str] = ()
    """For `workflow_run`: the workflows waited for."""
    inputs: Many[str] = ()
    """For `workflow_dispatch` and `workflow_call`: the names of the inputs."""


class Permission(Fact):
    """What a workflow or job lets its GITHUB_TOKEN do: one per scope, or one for a shorthand."""

    scope: str
    """`contents`, `packages` …; `*` for a shorthand such as `write-all`."""
    level: Sure[str]
    """`read`, `write`, `none`; for a shorthand `read-all`, `write-all`."""
    level_of: Literal["workflow", "job"]
    """Whether it stands at the workflow or at a job."""
    job: str = ""
    """The job, empty at the workflow."""
    shared_writes: Many[str] = ()
    """On the first such entry of a workflow's block: the scopes by which a stranger could change
    what others run, that it lets several jobs write; of `write-all` those scopes too."""


class Condition(Fact):
    """An `if` of a job or step."""

    text: str
    """As written, without `${{ }}`."""
    value: Maybe[bool] = None
    """Its value where the files decide it, else Unknown."""
    always_true_by_text: bool = False
    """Whether text around `${{ }}` makes it a non-empty string, so always true."""
    functions: Many[str] = ()
    """Status functions called: `success`, `always`, `failure`, `cancelled`."""
    contexts: Many[str] = ()
    """Contexts read, lower case: `github.actor`."""
    bot: Maybe[str] = None
    """A bot's name that the last person to act is compared with: `dependabot[bot]`."""
    list_as_text: Maybe[str] = None
    """A call of `contains` that looks for a value in a text that was meant as a list."""
    triggers: Many[str] = ()
    """The workflow's events."""
    owner: Literal["job", "step"]
    """Whose condition it is."""
    job: str = ""
    """The job it belongs to."""


class Action(Fact):
    """A `uses:` of a step or job."""

    text: Sure[str]
    """As written: `actions/checkout@v4`."""
    owner: Maybe[str] = None
    """`actions`; None for a local path or an image."""
    repository: Maybe[str] = None
    """`checkout`."""
    name: Maybe[str] = None
    """`owner/repository[/path]`, lower case, without the ref."""
    subpath: Maybe[str] = None
    """The path inside the repository."""
    ref: Maybe[str] = None
    """What follows `@`."""
    ref_kind: Maybe[Literal["sha", "tag", "branch", "none"]] = None
    """`sha` is 40 (or 64) hex digits; `branch` a name that looks like one; else `tag`."""
    kind: Literal["action", "reusable-workflow", "local", "docker", "expression"]
    """What `uses` names."""
    inputs: Map[str] = None
    """The `with:` values by name, lower case."""
    job: str = ""
    """The job it stands in."""
    resolves_to: Maybe[str] = None
    """For a local one: the file in this repo that it names."""
    resembles: Maybe[str] = None
    """A much used action of another owner whose name differs by one slip of the finger."""


class Expression(Fact):
    """A context used in a place where its text becomes code."""

    text: str
    """The expression as written, without `${{ }}`."""
    context: str
    """The context it reads, lower case: `github.event.issue.title`."""
    source: Literal[
        "attacker",
        "input",
        "step-output",
        "job-output",
        "environment",
        "matrix",
        "secret",
        "trusted",
        "other",
    ]
    """Where its value comes from: `attacker` for event fields anybody can fill in, `input` for a
    dispatch or call input."""
    sink: Literal["run", "script", "input", "value"]
    """What it is pasted into: a shell script, a github-script, an input that is evaluated; `value`
    for all secrets at once in a variable or input, which no code sees before the process does."""
    sink_name: str = ""
    """The action and input for `script` and `input`."""
    triggers: Many[str] = ()
    """The workflow's events."""
    job: str = ""
    """The job it stands in."""


class Step(Fact):
    """A step of a job or composite action."""

    id: Maybe[str] = None
    """Its id."""
    name: Maybe[str] = None
    """Its name."""
    action: Action | None = None
    """What it uses."""
    script: Maybe[str] = None
    """Its `run` text."""
    shell: Maybe[str] = None
    """The shell in effect."""
    condition: Condition | None = None
    """Its `if`."""
    continue_on_error: Maybe[bool] = None
    """`continue-on-error`."""
    timeout_minutes: Maybe[float] = None
    """`timeout-minutes`."""
    env: Many[Variable] = ()
    """Its own variables."""
    commands: Many[Command] = ()
    """The commands of its script."""
    working_directory: Maybe[str] = None
    """The folder that its script runs in, its own or the defaults'."""
    tainted_writes: Many[str] = ()
    """Lines that write to GITHUB_ENV or GITHUB_PATH what strangers decide."""
    job: str = ""
    """The job it stands in."""


class Job(Fact):
    """A job of a workflow."""

    id: str
    """Its key under `jobs`."""
    name: Maybe[str] = None
    """Its name."""
    workflow: str = ""
    """The workflow's file."""
    runs_on: Many[str] = ()
    """Runner labels."""
    uses: Action | None = None
    """The reusable workflow it calls."""
    needs: Many[str] = ()
    """Jobs it waits for."""
    needs_closure: Many[str] = ()
    """Jobs it waits for, directly or not."""
    condition: Condition | None = None
    """Its `if`."""
    steps: Many[Step] = ()
    """Its steps, `parallel:` groups flattened."""
    environment: Maybe[str] = None
    """The deployment environment."""
    timeout_minutes: Maybe[float] = None
    """`timeout-minutes`, None for GitHub's 360."""
    continue_on_error: Maybe[bool] = None
    """`continue-on-error`."""
    permissions: Many[Permission] = ()
    """Those in effect: its own, else the workflow's."""
    permissions_stated: bool = False
    """Whether it or its workflow has a `permissions:` block."""
    concurrency_group: Maybe[str] = None
    """The concurrency group in effect."""
    cancel_in_progress: Maybe[bool] = None
    """Whether a newer run cancels it."""
    secrets_inherit: bool = False
    """Whether it hands all secrets to the workflow it calls."""
    env: Many[Variable] = ()
    """Its own variables."""
    restores_cache: Maybe[str] = None
    """The first step's action that restores a cache which other runs have written."""
    publishes: Maybe[str] = None
    """What it publishes or deploys with: a command or an action."""
    triggers: Many[str] = ()
    """The workflow's events."""


class Checkout(Fact):
    """A checkout of code in a job: `actions/checkout`, `gh pr checkout`."""

    text: str
    """The action or command as written."""
    ref: Maybe[str] = None
    """What is checked out, as written; None for the event's own commit."""
    untrusted: Sure[bool] = False
    """Whether it is a stranger's code in a run that has this repo's secrets or write token."""
    executed_by: Maybe[str] = None
    """What in the same job then runs code or configuration of the checkout."""
    guarded: bool = False
    """Whether a condition asks who the author is, or which repo it comes from, or a person must
    agree."""
    persists_credentials: Sure[bool] = True
    """Whether the token stays in the checkout's git configuration."""
    uploaded_by: Maybe[str] = None
    """What in the same job uploads the whole checkout, its `.git` folder too."""
    event: Maybe[str] = None
    """The event by which a stranger starts it: `pull_request_target`, `issue_comment` …"""
    job: str = ""
    """The job it stands in."""


class Workflow(Fact):
    """A workflow file."""

    name: Maybe[str] = None
    """Its name."""
    file: str = ""
    """Its file."""
    triggers: Many[Trigger] = ()
    """What starts it."""
    events: Many[str] = ()
    """The names of its events."""
    permissions_stated: bool = False
    """Whether it has a top-level `permissions:` block, or each of its jobs has one."""
    jobs: Many[Job] = ()
    """Its jobs."""
    concurrency_group: Maybe[str] = None
    """The workflow's concurrency group."""
    cancel_in_progress: Maybe[bool] = None
    """Whether a newer run cancels an older."""


class Filter(Fact):
    """One pattern of a trigger's path filter."""

    kind: Literal["paths", "paths-ignore"]
    """The list it stands in."""
    pattern: str
    """As written, without the `!` of an exclusion."""
    negated: bool = False
    """Whether a `!` precedes it."""
    event: str
    """The trigger's event."""
    matches: Sure[int] = 1
    """How many of the repo's files it fits; Unknown where the files are not known."""
