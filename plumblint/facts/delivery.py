"""The delivery loop: what checks, what deploys, and what stands around a deployment."""

from __future__ import annotations

from typing import Literal

from plumblint.facts.fact import Fact, Many, Maybe, Sure


class Check(Fact):
    """A step, command or job that tests, lints, type-checks, builds or validates."""

    kind: Literal["test", "lint", "type-check", "validation", "build", "security-scan"]
    """What it does."""
    tool: str
    """The tool: `pytest`, `npm test`, `golangci/golangci-lint-action`."""
    text: str = ""
    """The command as written, the action, or the job's name."""
    job: str = ""
    """The job it stands in."""
    workflow: str = ""
    """The workflow's file."""
    step: Maybe[int] = None
    """The step's index in its job, None for a whole job (a called workflow)."""
    failure_ignored: bool = False
    """Whether its failure changes nothing."""
    failure_ignored_by: Maybe[str] = None
    """What swallows it, as written."""
    timeout_minutes: Maybe[float] = None
    """How long it may take: its step's `timeout-minutes`, else its job's."""
    tests_skipped: bool = False
    """Whether an option switches its tests off: `-DskipTests`, `-x test`, `--passWithNoTests`."""
    tested_elsewhere: Sure[bool] = True
    """Of such a one: whether anything else in the repo's workflows runs tests that count."""


class DeliveryStep(Fact):
    """A step or command that is a part of delivering, other than checking and deploying."""

    kind: Literal[
        "backup", "migration", "verification", "rollback", "approval", "publication", "cleanup"
    ]
    """What it does: `verification` asks what was deployed whether it works, `approval` waits for a
    person, `publication` pushes a package or an image, `cleanup` takes a preview away."""
    text: str = ""
    """The command as written, the action, or the step's name."""
    job: str = ""
    """The job it stands in."""
    workflow: str = ""
    """The workflow's or action's file."""
    step: Maybe[int] = None
    """The step's index in its job."""
    on_failure: bool = False
    """Whether it runs only after something before it has failed."""
    failure_ignored: bool = False
    """Whether its failure changes nothing."""
    failure_ignored_by: Maybe[str] = None
    """What swallows it, as written; of a request also that it never fails by itself."""
    after_deployment: bool = False
    """Whether a deployment precedes it, in its job or in one that its job waits for."""
    sure: bool = True
    """Whether the command tells it; else only a name does, or it is an audit with another aim."""


class Deployment(Fact):
    """A step or job that ships code to something running."""

    mechanism: str
    """The action or command: `aws-actions/amazon-ecs-deploy-task-definition`, `kubectl apply`."""
    tier: Literal["certain", "likely"]
    """How surely it deploys an application."""
    transport: Literal["api", "ssh", "gitops", "hook", "script"]
    """How the code gets there."""
    text: str = ""
    """As written."""
    job: str = ""
    """The job it stands in."""
    workflow: str = ""
    """The workflow's file."""
    step: Maybe[int] = None
    """The step's index in its job."""
    place: Literal["here", "called"] = "here"
    """`called`: what deploys stands in a local workflow, action or script that is called here."""
    triggers: Many[str] = ()
    """The events that reach it, callers followed."""
    reached_by: Many[str] = ()
    """The workflow files that lead to it, the one that starts first."""
    automatic: Sure[bool] = True
    """Whether an event other than a manual start reaches it."""
    alone_manual: Sure[bool] = False
    """Whether it starts by hand only, and so does every other deployment of the repo."""
    checks_before: Many[Check] = ()
    """Tests, lints, type checks and validations that must pass before it."""
    checked: Sure[bool] = False
    """Whether at least one of them gates it; Unknown where a called workflow cannot be read."""
    bypassed_by: Maybe[str] = None
    """The condition by which it runs though a job it waits for has failed or was skipped."""
    bypassed_job: Maybe[str] = None
    """That job."""
    follows_failure: Sure[bool] = False
    """Whether it starts when another workflow has completed, be it with a failure."""
    environment: Maybe[str] = None
    """The job's environment."""
    gates: Many[str] = ()
    """Environments and approvals before it, its own environment too."""
    gated: Sure[bool] = False
    """Whether there is one."""
    preview: Sure[bool] = False
    """Whether it makes a preview, not a shared environment."""
    cleaned_up: Sure[bool] = True
    """Of a preview: whether the repo takes it away, or the platform does."""
    production: Sure[bool] = False
    """Whether its environment, job or workflow names production; Unknown where none is named."""
    from_pull_request: Sure[bool] = False
    """Whether a pull request that is not merged yet reaches it, and it is no preview."""
    concurrency_group: Maybe[str] = None
    """The concurrency group in effect, callers followed."""
    cancel_in_progress: Maybe[bool] = None
    """Whether a newer run cancels it half-way."""
    atomic: bool = False
    """Whether the platform switches to the new version in one move, whatever becomes of the job."""
    migrations: Many[str] = ()
    """Commands that change the database's schema, in its job or right around it."""
    backups: Many[str] = ()
    """What saves data before it."""
    backed_up: Sure[bool] = False
    """Whether there is one; Unknown where something unread may do it."""
    verifications: Many[str] = ()
    """What asks afterwards whether it works."""
    verified: Sure[bool] = False
    """Whether anything does, the platform included; Unknown where something unread may."""
    rollbacks: Many[str] = ()
    """What brings the version before back, anywhere in the repo."""
    reversible: Sure[bool] = False
    """Whether there is one, or the platform keeps the version before."""
    first: bool = False
    """Whether it is the repo's first one that makes no preview: for what is said once a repo."""
    floating_image: Maybe[str] = None
    """An image with the tag `latest`, or with none, that it ships."""
    versioned: Sure[bool] = True
    """Whether a tag, a release or a commit in a name says what was shipped."""
