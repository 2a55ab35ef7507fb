r"""Commands that ship code to something that runs.

A row: program, pattern of each word of the subcommand, tier, transport,
pattern that rules it out (searched in the whole command), source.  Options and
their values may stand between the words.  `--dry-run` and `--help` rule out
any of them.  The tier `named` counts only where the job or its workflow is
named a deployment, and is `likely` then.
"""

# ruff: noqa: E501 -- one row a line
from __future__ import annotations

from typing import Literal

Tier = Literal["certain", "likely", "named"]
Transport = Literal["api", "ssh", "gitops", "hook", "script"]
Row = tuple[str, tuple[str, ...], Tier, Transport, str, str]

_KUBECTL = "https://kubernetes.io/docs/reference/kubectl/generated/"
_HELM = "https://helm.sh/docs/helm/"
_OC = "https://docs.openshift.com/container-platform/latest/cli_reference/"
_TERRAFORM = "https://developer.hashicorp.com/terraform/cli/commands/apply"
_AWS = "https://docs.aws.amazon.com/cli/latest/reference/"
_GCLOUD = "https://cloud.google.com/sdk/gcloud/reference/"
_AZ = "https://learn.microsoft.com/cli/azure/reference-index"
_CF = "https://cli.cloudfoundry.org/"
_SSH = "https://man.openbsd.org/ssh.1"

DEPLOY_COMMANDS: tuple[Row, ...] = (
    ("kubectl", ("apply|replace|patch",), "certain", "api", "", _KUBECTL),
    ("kubectl", ("set", "image|env"), "certain", "api", "", _KUBECTL),
    ("kubectl", ("rollout", "restart"), "certain", "api", "", _KUBECTL),
    ("helm", ("upgrade|install",), "certain", "api", r"\b(?:template|lint)\b", _HELM),
    ("helmfile", ("apply|sync",), "certain", "api", "", "https://helmfile.readthedocs.io/"),
    ("oc", ("apply|process|set|tag|start-build",), "certain", "api", "", _OC),
    ("oc", ("rollout", "latest|restart"), "certain", "api", "", _OC),
    ("terraform", ("apply",), "certain", "api", r"(?:app|project)-config|>\s*/dev/null", _TERRAFORM),
    ("tofu", ("apply",), "certain", "api", r"(?:app|project)-config|>\s*/dev/null", "https://opentofu.org/docs/cli/"),
    ("terragrunt", ("(?:run-all|run|stack)", "apply"), "certain", "api", "",
     "https://terragrunt.gruntwork.io/docs/reference/cli/"),
    ("terragrunt", ("apply(?:-all)?",), "certain", "api", "",
     "https://terragrunt.gruntwork.io/docs/reference/cli/"),
    ("pulumi", ("up|update",), "certain", "api", "", "https://www.pulumi.com/docs/iac/cli/"),
    ("cdk", ("deploy",), "certain", "api", "", "https://docs.aws.amazon.com/cdk/v2/guide/cli.html"),
    ("cdktf", ("deploy",), "certain", "api", "", "https://developer.hashicorp.com/terraform/cdktf"),
    ("serverless", ("deploy",), "certain", "api", "", "https://www.serverless.com/framework/docs"),
    ("sls", ("deploy",), "certain", "api", "", "https://www.serverless.com/framework/docs"),
    ("sst", ("deploy",), "certain", "api", "", "https://sst.dev/docs/reference/cli"),
    ("sam", ("deploy|sync",), "certain", "api", "--no-execute-changeset",
     "https://docs.aws.amazon.com/serverless-application-model/"),
    ("chalice", ("deploy",), "certain", "api", "", "https://aws.github.io/chalice/"),
    ("zappa", ("deploy|update",), "certain", "api", "", "https://github.com/zappa/Zappa"),
    ("copilot", ("(?:svc|job|app|env)", "deploy"), "certain", "api", "",
     "https://aws.github.io/copilot-cli/"),
    ("aws", ("cloudformation", "deploy|create-stack|update-stack|execute-change-set"),
     "certain", "api", "--no-execute-changeset", _AWS),
    ("aws", ("ecs", "update-service|create-service|deploy"), "certain", "api",
     r"^(?!.*--(?:task-definition|force-new-deployment|cli-input)).*--desired-count", _AWS),
    ("aws", ("lambda", "update-function-code|update-alias|publish-version"), "certain", "api", "",
     _AWS),
    ("aws", ("deploy", "create-deployment"), "certain", "api", "", _AWS),
    ("aws", ("elasticbeanstalk", "update-environment|create-environment"), "certain", "api", "",
     _AWS),
    ("aws", ("apprunner", "start-deployment|update-service"), "certain", "api", "", _AWS),
    ("aws", ("amplify", "start-deployment|start-job"), "certain", "api", "", _AWS),
    ("aws", ("ssm", "send-command"), "likely", "api", "", _AWS),
    ("aws", ("s3", "sync"), "likely", "api", r"^aws s3 sync s3://", _AWS),
    ("aws", ("s3", "cp"), "named", "api", r"^(?!.*--recursive)|^aws s3 cp s3://", _AWS),
    ("eb", ("deploy",), "certain", "api", "",
     "https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/eb-cli3.html"),
    ("gcloud", ("(?:beta|alpha)", "run", "(?:services|jobs)", "update|replace"), "certain", "api",
     "", _GCLOUD),
    ("gcloud", ("(?:beta|alpha)", "(?:run|app|functions)", "deploy"), "certain", "api", "",
     _GCLOUD),
    ("gcloud", ("run", "(?:services|jobs)", "update|replace|deploy"), "certain", "api", "",
     _GCLOUD),
    ("gcloud", ("run", "jobs", "deploy"), "certain", "api", "", _GCLOUD),
    ("gcloud", ("(?:run|app|functions)", "deploy"), "certain", "api", "--no-promote", _GCLOUD),
    ("gcloud", ("deploy", "releases", "create|promote"), "certain", "api", "", _GCLOUD),
    ("az", ("webapp|functionapp", "deploy|up"), "certain", "api", "", _AZ),
    ("az", ("webapp|functionapp", "deployment", "(?:slot|source)", "swap|config-zip"), "certain",
     "api", "", _AZ),
    ("az", ("webapp|functionapp", "config", "container", "set"), "certain", "api", "", _AZ),
    ("az", ("containerapp", "up|update"), "certain", "api", "", _AZ),
    ("az", ("staticwebapp", "deploy"), "certain", "api", "", _AZ),
    ("az", ("container", "create"), "certain", "api", "", _AZ),
    ("az", ("deployment", "(?:group|sub|mg|tenant)", "create"), "certain", "api", "", _AZ),
    ("azd", ("deploy|up",), "certain", "api", "",
     "https://learn.microsoft.com/azure/developer/azure-developer-cli/reference"),
    ("swa", ("deploy",), "certain", "api", "", "https://azure.github.io/static-web-apps-cli/"),
    ("func", ("azure", "functionapp", "publish"), "certain", "api", "",
     "https://learn.microsoft.com/azure/azure-functions/functions-core-tools-reference"),
    ("flyctl", ("deploy",), "certain", "api", "--build-only", "https://fly.io/docs/flyctl/deploy/"),
    ("fly", ("deploy",), "certain", "api", "--build-only", "https://fly.io/docs/flyctl/deploy/"),
    ("flyctl|fly", ("machines?", "run|update"), "named", "api", "", "https://fly.io/docs/flyctl/machine/"),
    ("vercel", ("deploy|promote",), "certain", "api", "", "https://vercel.com/docs/cli"),
    ("vercel", (), "certain", "api",
     r"^(?!.*--prod)|\b(?:pull|build|env|link|alias|inspect|login|whoami|logs|rm|remove)\b",
     "https://vercel.com/docs/cli"),
    ("netlify", ("deploy",), "certain", "api", "", "https://cli.netlify.com/commands/deploy/"),
    ("wrangler", ("deploy|publish",), "certain", "api", "",
     "https://developers.cloudflare.com/workers/wrangler/commands/"),
    ("wrangler", ("(?:pages|versions)", "deploy|publish"), "certain", "api", "",
     "https://developers.cloudflare.com/workers/wrangler/commands/"),
    ("firebase", ("deploy",), "certain", "api", "", "https://firebase.google.com/docs/cli"),
    ("firebase", ("hosting:channel:deploy",), "certain", "api", "",
     "https://firebase.google.com/docs/cli"),
    ("heroku", ("container:release|pipelines:promote",), "certain", "api", "",
     "https://devcenter.heroku.com/articles/heroku-cli-commands"),
    ("git", ("push", ".*(?:heroku|dokku|piku|clever-cloud|scalingo).*"), "certain", "api", "",
     "https://devcenter.heroku.com/articles/git"),
    ("cf", ("push|deploy",), "certain", "api", "", _CF),
    ("railway", ("up",), "certain", "api", "", "https://docs.railway.com/reference/cli-api"),
    ("kamal", ("deploy|redeploy",), "certain", "ssh", "", "https://kamal-deploy.org/docs/commands/"),
    ("cap", (".+", "deploy.*"), "certain", "ssh", "", "https://capistranorb.com/"),
    ("dep", ("deploy",), "certain", "ssh", "", "https://deployer.org/docs/"),
    ("ansible-playbook", (), "likely", "ssh", r"--(?:check|syntax-check|list-\w+)\b",
     "https://docs.ansible.com/ansible/latest/cli/ansible-playbook.html"),
    ("docker", ("stack", "deploy"), "certain", "api", "",
     "https://docs.docker.com/reference/cli/docker/stack/deploy/"),
    ("docker", ("compose", "up"), "named", "script", r"--abort-on-container-exit|--exit-code-from|compose[.-](?:dev|test|ci|e2e)",
     "https://docs.docker.com/reference/cli/docker/compose/up/"),
    ("pm2", ("reload|restart|startOrReload|deploy",), "named", "script", "", "https://pm2.keymetrics.io/"),
    ("systemctl", ("restart|reload",), "named", "script", "",
     "https://www.freedesktop.org/software/systemd/man/systemctl.html"),
    ("shuttle|cargo-shuttle", ("deploy",), "certain", "api", "", "https://docs.shuttle.dev/"),
    ("cargo", ("shuttle", "deploy"), "certain", "api", "", "https://docs.shuttle.dev/"),
    ("teamsapp|teamsfx|atk", ("deploy",), "certain", "api", "",
     "https://learn.microsoft.com/microsoftteams/platform/toolkit/"),
    ("fastapi", ("deploy",), "certain", "api", "", "https://fastapicloud.com/docs/"),
    ("docker", ("service", "update"), "certain", "api", "",
     "https://docs.docker.com/reference/cli/docker/service/update/"),
    ("argocd", ("app", "sync|set"), "certain", "gitops", "",
     "https://argo-cd.readthedocs.io/en/stable/user-guide/commands/argocd_app/"),
    ("flux", ("reconcile",), "certain", "gitops", "", "https://fluxcd.io/flux/cmd/"),
    ("nomad", ("job", "run"), "certain", "api", "",
     "https://developer.hashicorp.com/nomad/commands/job/run"),
    ("skaffold", ("run|deploy",), "certain", "api", "", "https://skaffold.dev/docs/references/cli/"),
    ("datasette", ("publish", ".+"), "certain", "api", "", "https://docs.datasette.io/en/stable/publish.html"),
    ("arc", ("deploy",), "certain", "api", "", "https://arc.codes/docs/en/reference/cli/deploy"),
    ("amplify", ("publish|push",), "certain", "api", "", "https://docs.amplify.aws/gen1/"),
    ("az", ("vm", "run-command", "invoke"), "likely", "api", "", _AZ),
    ("az", ("aks", "command", "invoke"), "likely", "api", "", _AZ),
    ("surge", (), "certain", "api", r"\b(?:list|teardown|login|whoami|token)\b", "https://surge.sh/help/"),
    ("opennextjs-cloudflare", ("deploy",), "certain", "api", "", "https://opennext.js.org/cloudflare"),
    ("deno", ("deploy",), "certain", "api", "", "https://docs.deno.com/runtime/reference/cli/deploy/"),
    ("deployctl", ("deploy",), "certain", "api", "", "https://docs.deno.com/deploy/"),
    ("modal", ("deploy",), "certain", "api", "", "https://modal.com/docs/reference/cli/deploy"),
    ("convex", ("deploy",), "certain", "api", "", "https://docs.convex.dev/cli"),
    ("supabase", ("functions", "deploy"), "certain", "api", "", "https://supabase.com/docs/reference/cli"),
    ("shopify", ("theme|app|hydrogen", "push|deploy"), "certain", "api", "", "https://shopify.dev/docs/api/shopify-cli"),
    ("dokku", ("git:.*|ps:rebuild|deploy",), "certain", "ssh", "", "https://dokku.com/docs/"),
    ("captain|caprover", ("deploy",), "certain", "api", "", "https://caprover.com/docs/cli-commands.html"),
    ("doctl", ("apps", "create-deployment|update"), "certain", "api", "", "https://docs.digitalocean.com/reference/doctl/"),
    ("render", ("deploys", "create"), "certain", "api", "", "https://render.com/docs/cli"),
    ("scalingo", ("deploy",), "certain", "api", "", "https://doc.scalingo.com/platform/cli/start"),
    ("platform|upsun|magento-cloud", ("push|environment:push",), "certain", "api", "", "https://docs.platform.sh/administration/cli.html"),
    ("clever", ("deploy",), "certain", "api", "", "https://www.clever.cloud/developers/doc/cli/"),
    ("gcloud", ("builds", "submit"), "named", "api", "", _GCLOUD),
    ("gh", ("workflow", "run"), "named", "gitops", r"^(?!.*(?:\s-R|--repo))", "https://cli.github.com/manual/gh_workflow_run"),
    ("eas", ("update|submit",), "likely", "api", "", "https://docs.expo.dev/eas/"),
    ("ssh", (), "likely", "ssh", r"git@|\bssh -[TV]", _SSH),
    ("scp", (), "likely", "ssh", "", "https://man.openbsd.org/scp.1"),
    ("sftp", (), "likely", "ssh", "", "https://man.openbsd.org/sftp.1"),
    ("lftp", (), "likely", "ssh", "", "https://lftp.yar.ru/lftp-man.html"),
    ("rsync", (), "likely", "ssh", r"^(?!.*(?:\s-e\b|--rsh|\S:|\brsync://)).",
     "https://download.samba.org/pub/rsync/rsync.1"),
)  # fmt: skip

DEPLOY_HOOK = (
    r"(?i)deploy[-_]?(?:hook|webhook)|api\.render\.com/deploy|coolify.*/deploy"
    r"|api\.vercel\.com/v\d+/integrations/deploy|api\.netlify\.com/build_hooks"
    r"|hooks?[-_]?deploy"
)
"""Searched in a `curl` or `wget` command: a call of a deploy hook.  Sources: the deploy-hook pages
of Render, Vercel, Netlify and Coolify."""

DEPLOY_SCRIPT = r"(?i)(?:^|[^a-z])(?:deploy|release-to|publish-to|ship|rollout)(?:[^a-z]|$)"
"""Searched in the name of a task (`make`, `npm run` …) or of a script of the repo."""

NOT_A_DEPLOY_SCRIPT = (
    r"(?i)test|lint|check|valid|\bdocs?\b|storybook|pages|dry[-_]?run|plan|undeploy|destroy"
    r"|rollback|build|setup|prepare|notif|preview-url|pre-?deploy|post-?deploy|contract|setup"
    r"|prisma|migrat|\bdb\b|database|schema"
)
"""Searched in the same names: it does something else."""

NEVER = r"(?:^|\s)(?:--dry-run(?:=(?!none)\S+)?|--help|--just-print)(?=\s|$)|^\S+\s+(?:-h|--version)\s*$"
"""Searched in a command: it changes nothing.  With a value, `--version` and `-h` mean a release, a
host or a name: `helm upgrade --version 1.2`, `pg_dump -h db`."""

COPIES: frozenset[str] = frozenset(("rsync", "scp"))
"""Programs whose last word is the place that they copy to."""

RELEASES_ON_SERVER = (
    r"(?i)\b(?:update|upgrade|release|redeploy)\b|git(?:\s+-C\s+\S+)?\s+(?:pull|reset|checkout|fetch|clone)|docker(?:-|\s+)compose\b.*\b(?:pull|up|restart)"
    r"|docker\s+(?:pull|run|load|stack|service|restart)|systemctl\s+(?:--\S+\s+){0,4}(?:restart|reload)|\bservice\s+\S+\s+(?:restart|reload)"
    r"|\bpm2\b|supervisorctl|deploy|npm\s+(?:ci|i|install|run\s+build)|pnpm\s+i|yarn\s+install|pip3?\s+install"
    r"|composer\s+install|\brsync\b|\bunzip\b|\btar\s+-?x|java\s+(?:\S+\s+){0,6}-jar|migrate|kubectl\s+(?:apply|set|rollout)|helm\s+upgrade"
    r"|nohup|gunicorn|\bln\s+-[a-z]*s|make\s+(?:up|prod|restart|update|start)"
)
"""Searched in commands for a server: they bring a new version there.  Source: a reading of the SSH
scripts of 60 public repos."""

EDITS_MANIFEST = r"(?i)kustomize\s+edit\s+set|\byq\b.*(?:image|tag)|\bsed\b.*(?:image|tag|newTag)|\bjq\b.*(?:image|tag)"
"""Searched in a command: it writes an image's tag into a manifest.  Source: the GitOps guides of Argo CD
and Flux."""

RELEASE_NAMES = r"(?i)deploy|releas|publish|\bship|rollout|(?:^|[^a-z])(?:cd|prod(?:uction)?|staging|live)(?:[^a-z]|$)|cicd|ci[-_/ ]cd"
"""Searched in the names of a workflow's file, a job and a step: a release in the widest sense."""

OPERATION_NAMES = (
    r"(?i)audit|repair|requeue|export|diagnos|inspect|debug|\blogs?\b|\bstatus\b|monitor|probe|cron|partition|\bseed"
    r"|sync[-_ ]?secrets|stale|health|backup|restore|cutover|pilot|maintenance|renew|certificate|\bssl\b|prune|retention"
    r"|crawl|scrape|report|reset|unlock|check[-_ ](?:server|prod|host)|connect|setup[-_ ](?:ssh|key)|add[-_ ]key|known[-_ ]hosts"
)
"""Searched in the same names: work on what runs already.  Source: as above."""

PRODUCTION_NAMES = r"(?i)(?:^|[^a-z])(?:prod(?:uction|n)?|prd|live|main[-_ ]site)(?:[^a-z]|$)"
"""Searched in an environment and in the names of job and workflow: production."""

OTHER_ENVIRONMENTS = r"(?i)(?:^|[^a-z])(?:dev(?:elop(?:ment)?)?|stag(?:e|ing)|test(?:ing)?|qa|uat|sandbox|preprod|nonprod|integration|int|demo|beta|canary|acceptance|acc|preview)(?:[^a-z]|$)"
"""Searched in the same: another environment."""
