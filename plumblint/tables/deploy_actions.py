"""Actions that ship code to something that runs.

A row: lower-case name, tier, transport, `when`, `unless`, `preview`.  The last
three map inputs to patterns that are searched in the input's text as written
(an absent input is empty): all of `when` must be found, none of `unless`; one
of `preview` makes it a preview.  Source of each row: the `action.yml` and the
README of the repository of that name on GitHub.

Tiers: `certain` ships an application; `likely` may as well copy artefacts or
documentation.
"""

from __future__ import annotations

from typing import Literal

Patterns = dict[str, str]
Tier = Literal["certain", "likely"]
Transport = Literal["api", "ssh", "gitops", "hook", "script"]
Row = tuple[str, Tier, Transport, Patterns, Patterns, Patterns]

DEPLOY_ACTIONS: tuple[Row, ...] = (
    # Amazon
    ("aws-actions/amazon-ecs-deploy-task-definition", "certain", "api", {"service": r"\S"}, {}, {}),
    ("aws-actions/amazon-ecs-deploy-express-service", "certain", "api", {}, {}, {}),
    ("aws-actions/aws-lambda-deploy", "certain", "api", {}, {"dry-run": "true"}, {}),
    (
        "aws-actions/aws-cloudformation-github-deploy",
        "certain",
        "api",
        {},
        {"no-execute-changeset": "1|true"},
        {},
    ),
    ("einaregilsson/beanstalk-deploy", "certain", "api", {}, {}, {}),
    ("appleboy/lambda-action", "certain", "api", {}, {"dry_run": "true"}, {}),
    ("jakejarvis/s3-sync-action", "likely", "api", {}, {}, {}),
    ("reggionick/s3-deploy", "likely", "api", {}, {}, {}),
    # Microsoft
    ("azure/webapps-deploy", "certain", "api", {}, {}, {}),
    ("azure/webapps-container-deploy", "certain", "api", {}, {}, {}),
    ("azure/functions-action", "certain", "api", {}, {}, {}),
    ("azure/functions-container-action", "certain", "api", {}, {}, {}),
    ("azure/k8s-deploy", "certain", "api", {}, {"action": "reject"}, {}),
    ("azure/aci-deploy", "certain", "api", {}, {}, {}),
    ("azure/container-apps-deploy-action", "certain", "api", {}, {}, {}),
    ("azure/static-web-apps-deploy", "certain", "api", {}, {"action": "close"}, {}),
    ("azure/arm-deploy", "certain", "api", {}, {"deploymentmode": "(?i)validate"}, {}),
    ("azure/bicep-deploy", "certain", "api", {}, {"operation": "(?i)validate|whatif"}, {}),
    ("azure/sql-action", "certain", "api", {}, {}, {}),
    # Google
    ("google-github-actions/deploy-cloudrun", "certain", "api", {}, {}, {"no_traffic": "true"}),
    ("google-github-actions/deploy-appengine", "certain", "api", {}, {"promote": "false"}, {}),
    ("google-github-actions/deploy-cloud-functions", "certain", "api", {}, {}, {}),
    ("google-github-actions/create-cloud-deploy-release", "certain", "api", {}, {}, {}),
    (
        "firebaseextended/action-hosting-deploy",
        "certain",
        "api",
        {},
        {},
        {"channelid": r"^(?!\s*['\"]?live)"},
    ),
    # Platforms
    (
        "cloudflare/wrangler-action",
        "certain",
        "api",
        {"command": r"^\s*$|^\s*(?:deploy|publish|pages (?:deploy|publish)|versions deploy)\b"},
        {"command": "--dry-run"},
        {},
    ),
    ("cloudflare/pages-action", "certain", "api", {}, {}, {}),
    (
        "amondnet/vercel-action",
        "certain",
        "api",
        {},
        {},
        {"vercel-args": r"^(?!.*--prod)(?!.*\$\{\{)"},
    ),
    (
        "nwtgck/actions-netlify",
        "certain",
        "api",
        {},
        {},
        {"production-deploy": "^(?!.*true)", "alias": r"\S"},
    ),
    (
        "scopsy/actions-netlify",
        "certain",
        "api",
        {},
        {},
        {"production-deploy": "^(?!.*true)", "alias": r"\S"},
    ),
    ("netlify/actions/cli", "certain", "api", {"args": r"\bdeploy\b"}, {}, {}),
    ("akhileshns/heroku-deploy", "certain", "api", {}, {}, {}),
    (
        "superfly/flyctl-actions",
        "certain",
        "api",
        {"args": r"\bdeploy\b"},
        {"args": "--build-only"},
        {},
    ),
    ("superfly/fly-pr-review-apps", "certain", "api", {}, {}, {"name": ""}),
    ("livecycle/preevy-up-action", "certain", "api", {}, {}, {"profile-url": ""}),
    ("digitalocean/app_action", "certain", "api", {}, {}, {}),
    ("digitalocean/app_action/deploy", "certain", "api", {}, {}, {"deploy_pr_preview": "true"}),
    ("johnbeynon/render-deploy-action", "certain", "hook", {}, {}, {}),
    ("render-oss/render-deploy-action", "certain", "hook", {}, {}, {}),
    ("bervproject/railway-deploy", "certain", "api", {}, {}, {}),
    ("redhat-actions/oc-new-app", "certain", "api", {}, {}, {}),
    ("bcgov/action-deployer-openshift", "certain", "api", {}, {}, {}),
    ("octopusdeploy/deploy-release-action", "certain", "api", {}, {}, {}),
    ("cloud-gov/cg-cli-tools", "certain", "api", {"command": r"^\s*cf (?:push|deploy)\b"}, {}, {}),
    ("cloud-gov/cg-cli-tools", "certain", "api", {"cf_command": r"^\s*(?:push|deploy)\b"}, {}, {}),
    (
        "cloud-gov/cg-deploy-action",
        "certain",
        "api",
        {"cf_command": r"^\s*(?:push|deploy)\b"},
        {},
        {},
    ),
    ("caprover/deploy-from-github", "certain", "api", {}, {}, {}),
    ("nais/deploy/actions/deploy", "certain", "api", {}, {"dry_run": "true"}, {}),
    ("deployphp/action", "certain", "ssh", {"dep": r"\b(?:deploy|release)\b"}, {}, {}),
    ("denoland/deployctl", "certain", "api", {}, {}, {}),
    ("stefda/action-cloud-run", "certain", "api", {}, {}, {}),
    ("shuttle-hq/deploy-action", "certain", "api", {}, {}, {}),
    (
        "peterkimzz/aws-ssm-send-command",
        "likely",
        "api",
        {"command": r"(?i)deploy|docker|pull|restart|\bup\b"},
        {},
        {},
    ),
    (
        "dokku/github-action",
        "certain",
        "ssh",
        {},
        {"command": r"^\s*review-apps:destroy"},
        {"command": "review-apps"},
    ),
    ("wahyd4/kubectl-helm-action", "certain", "api", {"args": r"\b(?:apply|upgrade)\b"}, {}, {}),
    ("w9jds/firebase-action", "certain", "api", {"args": r"\bdeploy\b"}, {}, {}),
    ("googlecloudplatform/github-actions/deploy-cloudrun", "certain", "api", {}, {}, {}),
    ("yc-actions/yc-sls-function", "certain", "api", {}, {}, {}),
    ("yc-actions/yc-sls-container-deploy", "certain", "api", {}, {}, {}),
    ("yc-actions/yc-coi-deploy", "certain", "api", {}, {}, {}),
    (
        "benc-uk/workflow-dispatch",
        "likely",
        "gitops",
        {"repo": r"\S", "workflow": r"(?i)deploy|release|cd"},
        {},
        {},
    ),
    (
        "convictional/trigger-workflow-and-wait",
        "likely",
        "gitops",
        {"workflow_file_name": r"(?i)deploy|release|cd"},
        {},
        {},
    ),
    (
        "the-actions-org/workflow-dispatch",
        "likely",
        "gitops",
        {"repo": r"\S", "workflow": r"(?i)deploy|release|cd"},
        {},
        {},
    ),
    ("distributhor/workflow-webhook", "likely", "hook", {"webhook_url": "(?i)deploy"}, {}, {}),
    (
        "fjogeleit/http-request-action",
        "certain",
        "hook",
        {"url": r"(?i)deploy[-_]?hook|/deploy\b|build_hooks"},
        {},
        {},
    ),
    ("joelwmale/webhook-action", "likely", "hook", {"url": r"(?i)deploy"}, {}, {}),
    # Infrastructure and Kubernetes
    ("dflook/terraform-apply", "certain", "api", {}, {}, {}),
    ("dflook/tofu-apply", "certain", "api", {}, {}, {}),
    ("pulumi/actions", "certain", "api", {"command": r"^\s*(?:up|update)\b"}, {}, {}),
    ("serverless/github-action", "certain", "api", {"args": r"\bdeploy\b"}, {}, {}),
    (
        "actions-hub/kubectl",
        "certain",
        "api",
        {"args": r"^\s*(?:apply|set|rollout restart)\b"},
        {},
        {},
    ),
    (
        "steebchen/kubectl",
        "certain",
        "api",
        {"command": r"^\s*(?:apply|set|rollout restart)\b"},
        {},
        {},
    ),
    ("deliverybot/helm", "certain", "api", {}, {"task": "remove"}, {}),
    (
        "helmfile/helmfile-action",
        "certain",
        "api",
        {"helmfile-args": r"\b(?:apply|sync)\b"},
        {},
        {},
    ),
    # Servers: see also ssh_actions
    ("easingthemes/ssh-deploy", "likely", "ssh", {}, {}, {}),
    ("burnett01/rsync-deployments", "likely", "ssh", {}, {}, {}),
    ("contention/rsync-deployments", "likely", "ssh", {}, {}, {}),
    ("up9cloud/action-rsync", "likely", "ssh", {}, {}, {}),
    ("appleboy/ssh-action", "likely", "ssh", {}, {}, {}),
    ("appleboy/scp-action", "likely", "ssh", {}, {}, {}),
    ("garygrossgarten/github-action-ssh", "likely", "ssh", {}, {}, {}),
    ("garygrossgarten/github-action-scp", "likely", "ssh", {}, {}, {}),
    ("d3rhase/ssh-command-action", "likely", "ssh", {}, {}, {}),
    ("fifsky/ssh-action", "likely", "ssh", {}, {}, {}),
    ("matheusvanzan/sshpass-action", "likely", "ssh", {}, {}, {}),
    ("wlixcc/sftp-deploy-action", "likely", "ssh", {}, {}, {}),
    ("samkirkland/ftp-deploy-action", "likely", "ssh", {}, {"dry-run": "true"}, {}),
    ("samkirkland/web-deploy", "likely", "ssh", {}, {}, {}),
    ("cross-the-world/ssh-scp-ssh-pipelines", "likely", "ssh", {}, {}, {}),
    ("cross-the-world/scp-pipeline", "likely", "ssh", {}, {}, {}),
    ("cross-the-world/ssh-pipeline", "likely", "ssh", {}, {}, {}),
    # By way of a manifests repo
    ("peter-evans/repository-dispatch", "likely", "gitops", {"event-type": r"(?i)deploy"}, {}, {}),
)

NOT_A_DEPLOYMENT = (
    r"(?i)roll[ _-]?back|restor|back[ _-]?up|destroy|tear[ _-]?down|clean[ _-]?up|cleanup"
    r"|notify|notifications?\b(?![ _-]*(?:cent|service|api|server|worker|app))"
    r"|\bdocs?\b|documentation|storybook|(?:github|gh)[ _-]?pages|schedul"
    r"|perf(?:ormance)?[ _-]?test|smoke"
    r"|deploy(?:\w+[ _-]tests?|[ _-]tests)\b|test[ _-]deploy|conformance|\be2e\b|[ _-]diff\b"
    r"|configure[ _-]aws"
)
"""Searched in the names of the workflow's file, the job and the step: what deploys there is no
release of the application.  Source: a reading of 119 jobs of 68 public repos."""

ONLY_RESTARTS = r"(?i)restart"
"""Searched in the same names: what runs is started again, unless the names speak of a deployment
besides.  Source: as above."""

ACTION_NAMES = r"(?:^|[-_/])(?:deploy|deployer)(?:[-_/]|$)"
"""Searched in the lower-case name of an action that no row knows: it deploys.  Source: the
actions in the deploying workflows of 110 public repos."""

NOT_BY_ITS_NAME = (
    r"pages|docs?\b|preview-(?:comment|url)|status|notif|comment|record|log|plugin|wait|key|token|cancel|lock"
    r"|check|test|setup|prepare|destroy|delete|clean|event|hook-?body|summary|maven|nexus|crate|npm|pypi|store"
    r"|docker-(?:build|push)|(?:build|push)-image|image-(?:build|push)"
)
"""Searched in the same: it does something around a deployment, or publishes."""

PREVIEW_NAMES = (
    r"(?i)preview|review[ _-]?app|\bpr[ _-]?(?:env|deploy|open)|ephemeral|pull[ _-]request"
    r"|github\.event\.(?:number|pull_request\.number)"
)
"""Searched in the same names and in the environment: a preview.  Source: as above."""

EPHEMERAL_CLUSTER_ACTIONS: frozenset[str] = frozenset(
    (
        "helm/kind-action",
        "engineerd/setup-kind",
        "medyagh/setup-minikube",
        "manusa/actions-setup-minikube",
        "absaoss/k3d-action",
        "nolar/setup-k3d-k3s",
        "balchua/microk8s-actions",
        "container-tools/kind-action",
        "localstack/setup-localstack",
    )
)
"""Actions that start a cluster on the runner, so that deploying to it is a test.  Source: their
READMEs."""

EPHEMERAL_CLUSTER_COMMANDS: tuple[tuple[str, str], ...] = (
    ("kind", "create"),
    ("k3d", "cluster"),
    ("minikube", "start"),
    ("localstack", "start"),
    ("ctlptl", "create"),
)
"""The same as commands: program and first word.  Source: the tools' own documentation."""
