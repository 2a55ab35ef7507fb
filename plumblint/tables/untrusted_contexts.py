"""Event fields that people without rights in the repo can fill in.

Sources: GitHub's "Secure use reference" (untrusted input ends in `body`, `title`,
`head_ref`, `default_branch`, `email`, `message`, `name`, `label`, `page_name`, `ref`), the
GitHub Security Lab's "Keeping your GitHub Actions and workflows secure: untrusted input",
and the webhook payload reference for `workflow_run`, `discussion` and `gollum`.
"""

from __future__ import annotations

ATTACKER_CONTEXTS: tuple[str, ...] = (
    "github.head_ref",
    "github.event.issue.title",
    "github.event.issue.body",
    "github.event.discussion.title",
    "github.event.discussion.body",
    "github.event.comment.body",
    "github.event.review.body",
    "github.event.review_comment.body",
    "github.event.answer.body",
    "github.event.pages.*.page_name",
    "github.event.commits.*.message",
    "github.event.commits.*.author.email",
    "github.event.commits.*.author.name",
    "github.event.commits.*.committer.email",
    "github.event.commits.*.committer.name",
    "github.event.head_commit.message",
    "github.event.head_commit.author.email",
    "github.event.head_commit.author.name",
    "github.event.head_commit.committer.email",
    "github.event.head_commit.committer.name",
    "github.event.pull_request.title",
    "github.event.pull_request.body",
    "github.event.pull_request.head.ref",
    "github.event.pull_request.head.label",
    "github.event.pull_request.head.repo.default_branch",
    "github.event.pull_request.head.repo.description",
    "github.event.pull_request.head.repo.homepage",
    "github.event.changes.title.from",
    "github.event.changes.body.from",
    "github.event.workflow_run.head_branch",
    "github.event.workflow_run.display_title",
    "github.event.workflow_run.head_commit.message",
    "github.event.workflow_run.head_commit.author.email",
    "github.event.workflow_run.head_commit.author.name",
    "github.event.workflow_run.head_repository.description",
    "github.event.workflow_run.pull_requests.*.head.ref",
)
"""By lower-case path; `*` stands for any index."""

OUTSIDE_EVENTS: frozenset[str] = frozenset(
    (
        "discussion",
        "discussion_comment",
        "fork",
        "gollum",
        "issue_comment",
        "issues",
        "pull_request",
        "pull_request_comment",
        "pull_request_review",
        "pull_request_review_comment",
        "pull_request_target",
        "push",
        "watch",
        "workflow_call",
        "workflow_run",
    )
)
"""Events whose payload as a whole may hold such a field (a called workflow has its caller's)."""

INPUT_CONTEXTS: tuple[str, ...] = (
    "inputs",
    "github.event.inputs",
    "github.event.client_payload",
)
"""What the caller or the person who starts a run gives; beginnings of paths."""

TRUSTED_CONTEXTS: tuple[str, ...] = (
    "github.action",
    "github.action_path",
    "github.api_url",
    "github.event.number",
    "github.event.pull_request.number",
    "github.event.issue.number",
    "github.event.pull_request.base.sha",
    "github.event.pull_request.head.sha",
    "github.event.after",
    "github.event.before",
    "github.event_name",
    "github.event_path",
    "github.graphql_url",
    "github.job",
    "github.repository",
    "github.repository_id",
    "github.repository_owner",
    "github.repository_owner_id",
    "github.retention_days",
    "github.run_attempt",
    "github.run_id",
    "github.run_number",
    "github.server_url",
    "github.sha",
    "github.token",
    "github.workflow",
    "github.workflow_ref",
    "github.workflow_sha",
    "github.workspace",
    "github.actor_id",
    "job",
    "runner",
    "strategy",
    "vars",
)
"""What GitHub computes, or the repo's own administrators set; beginnings of paths."""

SAFE_ENDINGS: tuple[str, ...] = ("outcome", "conclusion", "result")
"""Last steps of `steps.*`, `needs.*` and `jobs.*` paths that hold one of four fixed words."""

CODE_INPUTS: dict[str, tuple[str, ...]] = {
    "actions/github-script": ("script",),
    "addnab/docker-run-action": ("run", "options"),
    "amadevus/pwsh-script": ("script",),
    "appleboy/ssh-action": ("script",),
    "azure/cli": ("inlinescript",),
    "azure/powershell": ("inlinescript",),
    "cloudflare/wrangler-action": ("command", "precommands", "postcommands"),
    "cross-platform-actions/action": ("run",),
    "cypress-io/github-action": ("build", "command", "install-command", "start"),
    "d3rhase/ssh-command-action": ("command",),
    "devorbitus/yq-action-output": ("cmd",),
    "eskatos/gradle-command-action": ("arguments",),
    "fifsky/ssh-action": ("command",),
    "garygrossgarten/github-action-ssh": ("command",),
    "gradle/gradle-build-action": ("arguments",),
    "jannekem/run-python-script-action": ("script",),
    "mikefarah/yq": ("cmd",),
    "nick-fields/retry": ("command", "on_retry_command", "new_command_on_retry"),
    "nick-invision/retry": ("command", "on_retry_command"),
    "reactivecircus/android-emulator-runner": ("script", "pre-emulator-launch-script"),
    "satackey/action-js-inline": ("script",),
    "sergeysova/jq-action": ("cmd",),
    "uraimo/run-on-arch-action": ("run", "install", "setup"),
    "vmactions/freebsd-vm": ("run", "prepare"),
    "vmactions/netbsd-vm": ("run", "prepare"),
    "vmactions/openbsd-vm": ("run", "prepare"),
    "vmactions/solaris-vm": ("run", "prepare"),
    "wandalen/wretry.action": ("command",),
}
"""Inputs whose text an action runs, by lower-case name.  Source of each row: the `action.yml` and
README of the repository of that name on GitHub."""
