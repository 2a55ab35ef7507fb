r"""What backs up, migrates, verifies, rolls back, approves, publishes or cleans up.

A row of commands: kind, program, pattern of each word of the subcommand,
pattern that must be found in the whole command, pattern that must not, source.
Options and their values may stand between the words.  Of several rows that fit
the first one counts.
"""

# ruff: noqa: E501 -- one row a line
from __future__ import annotations

from typing import Literal

Kind = Literal[
    "backup", "migration", "verification", "rollback", "approval", "publication", "cleanup"
]
Row = tuple[Kind, str, tuple[str, ...], str, str, str]

_AWS = "https://docs.aws.amazon.com/cli/latest/reference/"
_KUBECTL = "https://kubernetes.io/docs/reference/kubectl/generated/"
_HEROKU = "https://devcenter.heroku.com/articles/heroku-cli-commands"

REQUEST_ASKS_HEALTH = (
    r"(?i)health|/up\b|ready|readiness|\blive\b|liveness|/ping\b|status|version|smoke|http_code"
)
"""Searched in a `curl`, `wget` or the like: it asks whether something works."""

REQUEST_FAILS = r"(?:^|\s)(?:-[a-zA-Z]*f[a-zA-Z]*|--fail\S*|--exit-status)(?=\s|$)|http_code|response_code|--check-status"
"""Searched in the same: a bad answer makes it fail, or its status code is looked at."""

REQUEST_DOES_OTHERWISE = (
    r"(?i)slack|discord|telegram|hooks?[./_-]|webhook|api\.github\.com|sentry|datadog|newrelic|grafana"
    r"|githubusercontent|get\.|install|download|releases/|\.(?:tar|tgz|zip|gz|sh|asc|gpg|deb|rpm|jar|xml)\b"
    r"|(?:^|\s)-[a-zA-Z]*O\b|--remote-name|purge|cloudflare\.com|teams\.|notify|indexnow|checkip|ifconfig|ipify"
    r"|ssm send-command|deploy[-_]?hook"
)
"""Searched in the same: it downloads, tells somebody, or asks another service."""

DELIVERY_COMMANDS: tuple[Row, ...] = (
    # Backups
    ("backup", "pg_dump|pg_dumpall|pg_basebackup|pgbackrest|barman", (), "", "--version", "https://www.postgresql.org/docs/current/app-pgdump.html"),
    ("backup", "mysqldump|mariadb-dump|mydumper|xtrabackup", (), "", "--version", "https://dev.mysql.com/doc/refman/8.4/en/mysqldump.html"),
    ("backup", "mongodump", (), "", "--version", "https://www.mongodb.com/docs/database-tools/mongodump/"),
    ("backup", "redis-cli", ("bgsave|save",), "", "", "https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/"),
    ("backup", "sqlite3", (), r"\.backup|\.dump|vacuum into", "", "https://sqlite.org/cli.html"),
    ("backup", "restic|borg|velero|duplicity", ("backup|create",), "", "", "https://restic.readthedocs.io/"),
    ("backup", "litestream", ("snapshots|replicate",), "", "", "https://litestream.io/reference/"),
    ("backup", "aws", ("rds|docdb|neptune|redshift|elasticache", "create-.*snapshot"), "", "", _AWS),
    ("backup", "aws", ("ec2", "create-snapshot.*"), "", "", _AWS),
    ("backup", "aws", ("backup", "start-backup-job"), "", "", _AWS),
    ("backup", "aws", ("dynamodb", "create-backup"), "", "", _AWS),
    ("backup", "gcloud", ("sql", "(?:backups|export)", ".*"), "", r"\b(?:list|describe|delete)\b", "https://cloud.google.com/sdk/gcloud/reference/sql/backups"),
    ("backup", "az", ("postgres|mysql|sql", ".*", "backup|export", ".*"), "", r"\b(?:list|show)\b", "https://learn.microsoft.com/cli/azure/reference-index"),
    ("backup", "heroku", ("pg:backups(?::capture)?",), "", "", _HEROKU),
    ("backup", "flyctl|fly", ("(?:postgres|volumes?)", "backup|snapshots?", "create"), "", "", "https://fly.io/docs/flyctl/"),
    ("backup", "turso", ("db", "shell"), r"\.dump", "", "https://docs.turso.tech/cli"),
    ("backup", "wrangler", ("d1", "export"), "", "", "https://developers.cloudflare.com/d1/"),
    ("backup", "supabase", ("db", "dump"), "", "", "https://supabase.com/docs/reference/cli"),
    ("backup", "kubectl", ("create", "job"), r"(?i)back-?up|snapshot", "", _KUBECTL),
    ("backup", "neonctl|neon", ("branches", "create"), "", "", "https://neon.tech/docs/reference/neon-cli"),
    # Migrations of a schema
    ("migration", "alembic", ("upgrade",), "", "--sql", "https://alembic.sqlalchemy.org/"),
    ("migration", "flask", ("db", "upgrade"), "", "", "https://flask-migrate.readthedocs.io/"),
    ("migration", "manage.py|django-admin", ("migrate",), "", r"--(?:check|plan)\b", "https://docs.djangoproject.com/en/stable/ref/django-admin/#migrate"),
    ("migration", "aerich", ("upgrade",), "", "", "https://tortoise.github.io/migration.html"),
    ("migration", "prisma", ("migrate", "deploy"), "", "", "https://www.prisma.io/docs/orm/reference/prisma-cli-reference"),
    ("migration", "prisma", ("db", "push"), "", "", "https://www.prisma.io/docs/orm/reference/prisma-cli-reference"),
    ("migration", "knex", ("migrate:(?:latest|up)",), "", "", "https://knexjs.org/guide/migrations.html"),
    ("migration", "sequelize|sequelize-cli", ("db:migrate",), "", "", "https://sequelize.org/docs/v6/other-topics/migrations/"),
    ("migration", "typeorm|typeorm-ts-node-commonjs|typeorm-ts-node-esm", ("migration:run",), "", "", "https://typeorm.io/migrations"),
    ("migration", "mikro-orm", ("migration:up",), "", "", "https://mikro-orm.io/docs/migrations"),
    ("migration", "drizzle-kit", ("migrate|push",), "", "", "https://orm.drizzle.team/docs/drizzle-kit-migrate"),
    ("migration", "node-pg-migrate", ("up",), "", "", "https://salsita.github.io/node-pg-migrate/"),
    ("migration", "db-migrate", ("up",), "", "", "https://db-migrate.readthedocs.io/"),
    ("migration", "rails|rake", ("db:(?:migrate|prepare|schema:load).*",), "", "", "https://guides.rubyonrails.org/active_record_migrations.html"),
    ("migration", "artisan", ("migrate.*",), "", r"migrate:(?:status|install)|--pretend", "https://laravel.com/docs/migrations"),
    ("migration", "console|doctrine", ("doctrine:migrations:migrate|migrations:migrate",), "", r"--dry-run", "https://symfony.com/bundles/DoctrineMigrationsBundle/"),
    ("migration", "phinx", ("migrate",), "", "", "https://book.cakephp.org/phinx/0/en/commands.html"),
    ("migration", "dotnet", ("ef", "database", "update"), "", "", "https://learn.microsoft.com/ef/core/cli/dotnet"),
    ("migration", "dotnet-ef", ("database", "update"), "", "", "https://learn.microsoft.com/ef/core/cli/dotnet"),
    ("migration", "flyway", ("migrate",), "", "", "https://documentation.red-gate.com/flyway"),
    ("migration", "liquibase", ("update",), "", "", "https://docs.liquibase.com/"),
    ("migration", "mvn|gradle", (), r"(?i)flyway:?migrate|liquibase:?update", "", "https://documentation.red-gate.com/flyway"),
    ("migration", "goose|dbmate", (".*", "up(?:-by-one|-to)?"), "", "", "https://github.com/pressly/goose"),
    ("migration", "goose|dbmate", ("up(?:-by-one|-to)?",), "", "", "https://github.com/amacneil/dbmate"),
    ("migration", "migrate", ("up",), r"-(?:path|source|database)", "", "https://github.com/golang-migrate/migrate"),
    ("migration", "atlas", ("(?:migrate|schema)", "apply"), "", "", "https://atlasgo.io/cli-reference"),
    ("migration", "tern", ("migrate",), "", "", "https://github.com/jackc/tern"),
    ("migration", "sqlx|sea-orm-cli|diesel", ("(?:migrate|migration)", "run|up"), "", "", "https://diesel.rs/guides/getting-started"),
    ("migration", "mix", ("ecto.migrate",), "", "", "https://hexdocs.pm/ecto_sql/"),
    ("migration", "supabase", ("(?:db|migration)", "push|up"), "", "--dry-run", "https://supabase.com/docs/reference/cli"),
    ("migration", "hasura", ("(?:migrate|deploy).*",), "", "", "https://hasura.io/docs/"),
    ("migration", "wrangler", ("d1", "migrations", "apply"), "", "--local", "https://developers.cloudflare.com/d1/reference/migrations/"),
    ("migration", "sqitch", ("deploy",), "", "", "https://sqitch.org/docs/"),
    ("migration", "psql|mysql|mariadb", (), r"(?:\s-f|--file|\s<)\s*=?\s*\S*(?:migrat|schema|\.sql)", "", "https://www.postgresql.org/docs/current/app-psql.html"),
    # Asking whether it works
    ("verification", "kubectl|oc", ("rollout", "status"), "", "", _KUBECTL),
    ("verification", "kubectl|oc", ("wait",), "", r"--for=?\s*delete", _KUBECTL),
    ("verification", "helm", ("upgrade|install",), r"--(?:wait|atomic|rollback-on-failure)\b", "", "https://helm.sh/docs/helm/helm_upgrade/"),
    ("verification", "helm", ("test",), "", "", "https://helm.sh/docs/helm/helm_test/"),
    ("verification", "argocd", ("app", "wait"), "", "", "https://argo-cd.readthedocs.io/"),
    ("verification", "aws", (".*", "wait", ".*"), "", r"image-exists|stack-delete|instance-profile-exists", _AWS),
    ("verification", "aws", ("lambda", "invoke"), "", "", _AWS),
    ("verification", "wait-on|start-server-and-test|wait-for-it|wait-for-it.sh|wait-for-url|dockerize", (), "", "", "https://github.com/jeffbski/wait-on"),
    ("verification", "systemctl", ("is-active|status",), "", "", "https://www.freedesktop.org/software/systemd/man/systemctl.html"),
    ("verification", "docker", ("inspect",), r"(?i)health|\.State", "", "https://docs.docker.com/reference/cli/docker/inspect/"),
    ("verification", "docker", ("compose", "up"), r"--wait\b", "", "https://docs.docker.com/reference/cli/docker/compose/up/"),
    ("verification", "docker", ("compose", "ps"), r"(?i)health|running|--status|--filter", "", "https://docs.docker.com/reference/cli/docker/compose/ps/"),
    ("verification", "heroku", ("ps:wait",), "", "", _HEROKU),
    ("verification", "flyctl|fly", ("status|checks",), "", "", "https://fly.io/docs/flyctl/"),
    ("verification", "curl|wget|http|https|xh|grpcurl|grpc_health_probe|nc", (), "", REQUEST_DOES_OTHERWISE, "https://curl.se/docs/manpage.html"),
    ("verification", "lighthouse|lhci", (), "", "", "https://github.com/GoogleChrome/lighthouse-ci"),
    ("verification", "vercel", ("inspect",), "--wait", "", "https://vercel.com/docs/cli/inspect"),
    ("verification", "az", ("webapp|containerapp|functionapp", "(?:show|log.*|revision)"), r"(?i)state|health", "", "https://learn.microsoft.com/cli/azure/reference-index"),
    ("verification", "nomad", ("(?:deployment|job)", "status"), "", "", "https://developer.hashicorp.com/nomad/commands"),
    # Going back
    ("rollback", "kubectl|oc", ("rollout", "undo"), "", "", _KUBECTL),
    ("rollback", "helm", ("rollback",), "", "", "https://helm.sh/docs/helm/helm_rollback/"),
    ("rollback", "helm", ("upgrade|install",), r"--(?:atomic|rollback-on-failure)\b", "", "https://helm.sh/docs/helm/helm_upgrade/"),
    ("rollback", "argocd", ("app", "rollback"), "", "", "https://argo-cd.readthedocs.io/"),
    ("rollback", "heroku", ("(?:releases:)?rollback",), "", "", _HEROKU),
    ("rollback", "vercel|wrangler|kamal|netlify|railway|eb|copilot", ("rollback|restore|.*rollback.*",), "", "", "https://vercel.com/docs/cli/rollback"),
    ("rollback", "aws", ("deploy", "stop-deployment"), "", "", _AWS),
    ("rollback", "aws", ("deploy", "create-deployment"), "--auto-rollback", "", _AWS),
    ("rollback", "aws", ("cloudformation", "(?:rollback-stack|continue-update-rollback|cancel-update-stack)"), "", "", _AWS),
    ("rollback", "aws", ("ecs", "(?:create|update)-service"), r"(?i)deploymentCircuitBreaker|rollback", "", _AWS),
    ("rollback", "gcloud", ("run", "services", "update-traffic"), r"--to-revisions", "", "https://cloud.google.com/sdk/gcloud/reference/run/services/update-traffic"),
    ("rollback", "gcloud", ("deploy", "targets|rollouts", "rollback|.*"), "rollback", "", "https://cloud.google.com/sdk/gcloud/reference/deploy"),
    ("rollback", "docker", ("service", "rollback"), "", "", "https://docs.docker.com/reference/cli/docker/service/rollback/"),
    ("rollback", "docker", ("service", "update"), r"--rollback|--update-failure-action[= ]rollback", "", "https://docs.docker.com/reference/cli/docker/service/update/"),
    ("rollback", "git", ("revert",), "", "", "https://git-scm.com/docs/git-revert"),
    ("rollback", "git", ("(?:reset|checkout)",), r"(?i)prev|last|old|back|stable|HEAD[~^@]", "", "https://git-scm.com/docs/git-reset"),
    ("rollback", "dep|cap", (".*rollback.*",), "", "", "https://deployer.org/docs/"),
    ("rollback", "cap", (".+", ".*rollback.*"), "", "", "https://capistranorb.com/"),
    # Publishing
    ("publication", "docker", ("push",), "", "", "https://docs.docker.com/reference/cli/docker/image/push/"),
    ("publication", "docker", ("compose", "push"), "", "", "https://docs.docker.com/reference/cli/docker/compose/push/"),
    ("publication", "docker", ("buildx", "build"), "--push", "", "https://docs.docker.com/reference/cli/docker/buildx/build/"),
    ("publication", "docker", ("build",), "--push", "", "https://docs.docker.com/reference/cli/docker/buildx/build/"),
    ("publication", "npm|pnpm|yarn|bun", ("publish",), "", "--dry-run", "https://docs.npmjs.com/cli/commands/npm-publish"),
    ("publication", "twine", ("upload",), "", "", "https://twine.readthedocs.io/"),
    ("publication", "uv|poetry|hatch|flit|pdm", ("publish",), "", "--dry-run", "https://docs.astral.sh/uv/"),
    ("publication", "cargo", ("publish",), "", "--dry-run", "https://doc.rust-lang.org/cargo/commands/cargo-publish.html"),
    ("publication", "gem", ("push",), "", "", "https://guides.rubygems.org/command-reference/"),
    ("publication", "goreleaser", ("release",), "", "--snapshot", "https://goreleaser.com/cmd/goreleaser_release/"),
    ("publication", "gh", ("release", "create|upload"), "", "", "https://cli.github.com/manual/gh_release_create"),
    ("publication", "semantic-release|changeset|release-it", (), "", "--dry-run", "https://semantic-release.gitbook.io/"),
    ("publication", "helm", ("push",), "", "", "https://helm.sh/docs/helm/helm_push/"),
    ("publication", "nuget|dotnet", ("(?:nuget|push)", "push|.*"), "push", "", "https://learn.microsoft.com/dotnet/core/tools/dotnet-nuget-push"),
    # Cleaning up
    ("cleanup", "kubectl|oc", ("delete",), "", "", _KUBECTL),
    ("cleanup", "helm", ("uninstall|delete",), "", "", "https://helm.sh/docs/helm/helm_uninstall/"),
    ("cleanup", "terraform|tofu|terragrunt|pulumi|cdk|sst", ("destroy|down|remove",), "", "", "https://developer.hashicorp.com/terraform/cli/commands/destroy"),
    ("cleanup", "terraform|tofu", ("apply",), "-destroy", "", "https://developer.hashicorp.com/terraform/cli/commands/apply"),
    ("cleanup", "serverless|sls|vercel|sam", ("remove|rm|delete",), "", "", "https://www.serverless.com/framework/docs"),
    ("cleanup", "heroku|flyctl|fly", ("apps:destroy|apps|destroy",), "destroy", "", _HEROKU),
    ("cleanup", "aws", ("cloudformation|ecs", "delete-.*"), "", "", _AWS),
    ("cleanup", "gcloud", ("run", "services", "delete"), "", "", "https://cloud.google.com/sdk/gcloud/reference/run"),
    ("cleanup", "az", (".*", "delete"), "", "", "https://learn.microsoft.com/cli/azure/reference-index"),
    ("cleanup", "cf", ("delete",), "", "", "https://cli.cloudfoundry.org/"),
    ("cleanup", "docker", ("compose", "down"), "", "", "https://docs.docker.com/reference/cli/docker/compose/down/"),
)  # fmt: skip

DELIVERY_ACTIONS: dict[str, Kind] = {
    "trstringer/manual-approval": "approval",
    "jtalk/url-health-check-action": "verification",
    "lakuapik/gh-actions-http-status": "verification",
    "nev7n/wait_for_response": "verification",
    "jakejarvis/wait-action": "verification",
    "ifaxity/wait-on-action": "verification",
    "cygnetdigital/wait_for_response": "verification",
    "patrickedqvist/wait-for-vercel-preview": "verification",
    "treosh/lighthouse-ci-action": "verification",
    "indiesdev/curl": "verification",
    "fjogeleit/http-request-action": "verification",
    "docker/build-push-action": "publication",
    "docker/bake-action": "publication",
    "pypa/gh-action-pypi-publish": "publication",
    "softprops/action-gh-release": "publication",
    "goreleaser/goreleaser-action": "publication",
    "ncipollo/release-action": "publication",
    "changesets/action": "publication",
    "cycjimmy/semantic-release-action": "publication",
    "rossjrw/pr-preview-action": "cleanup",
    "strumwolf/delete-deployment-environment": "cleanup",
    "bobheadxi/deployments": "cleanup",
    "tj-actions/pg-dump": "backup",
    "tj-actions/pg-restore": "rollback",
}
"""By lower-case name.  Source of each row: the README of the repository of that name on GitHub."""

DELIVERY_NAMES: tuple[tuple[Kind, str], ...] = (
    ("rollback", r"(?i)roll(?:ing)?[ _-]?back|\brevert|\bundo\b|previous (?:version|release|image|revision)"),
    ("backup", r"(?i)back(?:ing)?[ _-]?up|snapshot|pg_?dump"),
    ("approval", r"(?i)\bapprov|confirm[ _-]deploy|manual[ _-]gate|sign[ _-]?off"),
    ("verification", r"(?i)smoke|health[ _-]?check|healthcheck|\bhealth\b|verif(?:y|ication).*(?:deploy|health|live|running|prod|stag|service|app)"
     r"|post[ _-]?deploy(?!ment[ _-]record)|wait[ _-](?:for|until).*(?:deploy|ready|healthy|stable|rollout|live|service)|check[ _-](?:deploy|app|site|service|server|api|container)"
     r"|stability|uptime|is (?:up|live)\b|ping\b"),
    ("migration", r"(?i)(?:^|[^a-z])(?:db|database|schema|prisma|alembic|django|rails|run|apply)?[ _:-]*migrat(?:e|ions?)(?:[^a-z]|$)"),
    ("cleanup", r"(?i)clean[ _-]?up|tear[ _-]?down|destroy|undeploy|delete|remove"),
)  # fmt: skip
"""Kind by the name of a step, task, script or job; the first that fits.  Source: a reading of the
deploying workflows of 110 public repos."""

NOT_A_MIGRATION = (
    r"(?i)notif|announce|slack|discord|migrat\w*[ _-]?(?:test|check|status|lint|plan|dry|history|generate|create|make|valid|guide|diff|verif|detect|safety|files?|hash|changed)"
    r"|(?:test|check|status|lint|plan|create|make|generate|valid\w+|diff|verify|detect|copy|pending|upload|review|guard)[ _:-](?:\w+[ _:-]){0,2}migrat|makemigrations"
)
"""Searched in the same names: nothing is migrated."""

VERIFYING_INPUTS: tuple[tuple[str, str], ...] = (
    ("wait-for-service-stability", r"(?i)true"),
    ("wait-for-deployment-completion", r"(?i)true"),
    ("wait_for_deployment", r"(?i)true"),
    ("wait-for-deployment", r"(?i)true"),
    ("wait", r"(?i)true"),
    ("healthcheck", r"\S"),
    ("health-check", r"\S"),
    ("health_check", r"\S"),
    ("health-check-url", r"\S"),
    ("healthcheck-url", r"\S"),
    ("health_check_url", r"\S"),
    ("atomic", r"(?i)true"),
    ("helm-args", r"--(?:wait|atomic)"),
    ("args", r"--(?:wait|atomic)\b"),
)
"""Inputs of any deploying action by which it waits until the new version works: name, pattern of the
value.  Source: the `action.yml` of the actions in `deploy_actions`."""

REVERTING_INPUTS: tuple[tuple[str, str], ...] = (
    ("rollback", r"(?i)true|\S"),
    ("rollback_on_failure", r"(?i)true"),
    ("rollback-on-failure", r"(?i)true"),
    ("rollbackonhealthcheckfailed", r"(?i)true"),
    ("atomic", r"(?i)true"),
    ("auto-rollback", r"(?i)true"),
    ("enable-rollback", r"(?i)true"),
    ("helm-args", r"--(?:atomic|rollback)"),
    ("args", r"--(?:atomic|rollback-on-failure)\b"),
)
"""Inputs by which it goes back by itself.  Source: as above."""

SELF_VERIFYING = (
    r"(?i)^(?:flyctl|fly|superfly/|gcloud run|google-github-actions/deploy-(?:cloudrun|appengine|cloud-functions)"
    r"|gcloud (?:app|functions) |cf |vercel|amondnet/vercel|netlify|nwtgck/actions-netlify|scopsy/actions-netlify"
    r"|render-oss/|johnbeynon/render|wrangler|cloudflare/|firebase|firebaseextended/|railway|bervproject/railway"
    r"|digitalocean/app_action|azure/static-web-apps-deploy|swa |einaregilsson/beanstalk|eb deploy|aws cloudformation"
    r"|aws-actions/aws-cloudformation|sam deploy|cdk deploy|cdktf|serverless|sls |sst |pulumi|terraform|tofu|terragrunt"
    r"|dflook/|kamal|fastapi deploy|aws apprunner|heroku|git push|akhileshns/heroku|chalice|copilot|arc deploy|aws lambda"
    r"|aws-actions/aws-lambda|skaffold|azd |azure/k8s-deploy|octopusdeploy/|az deployment|azure/arm-deploy|azure/bicep-deploy|netlify/|curl .*(?:render|vercel|netlify))"
)
"""Searched in a mechanism: the platform or tool itself waits until the new version answers, or the
change is one transaction that fails as a whole.  Sources: Fly.io health checks, Cloud Run and App
Engine revisions, Cloud Foundry push, the deploy pages of Vercel, Netlify, Render, Cloudflare,
Firebase, Railway and App Platform, Elastic Beanstalk, CloudFormation, and the tools' own
documentation."""

KEEPS_VERSIONS = (
    r"(?i)^(?:flyctl|fly|superfly/|gcloud run|google-github-actions/deploy-|gcloud app|cf |vercel|amondnet/vercel"
    r"|netlify|nwtgck/actions-netlify|scopsy/actions-netlify|render-oss/|johnbeynon/render|wrangler|cloudflare/|firebase"
    r"|firebaseextended/|railway|bervproject/railway|digitalocean/app_action|heroku|git push|akhileshns/heroku|kamal|cap |dep "
    r"|helm|deliverybot/helm|argocd|flux|octopusdeploy|aws cloudformation|aws-actions/aws-cloudformation|sam deploy|cdk deploy"
    r"|azure/static-web-apps|swa |fastapi deploy|aws apprunner|eb deploy|einaregilsson/beanstalk|aws deploy|azure/container-apps|az containerapp"
    r"|gcloud deploy|google-github-actions/create-cloud-deploy|serverless|sls |deployphp/|netlify/|aws amplify|nomad|pulumi)"
)
"""Searched in a mechanism: the platform keeps earlier versions and brings one back by a command or a
click, without a new build.  Sources: as above, and `helm rollback`, Argo CD's history, Deployer's and
Capistrano's release folders."""

SWITCHES_AT_ONCE = (
    r"(?i)^(?:vercel|amondnet/vercel|netlify|nwtgck/actions-netlify|scopsy/actions-netlify"
    r"|render-oss/|johnbeynon/render|wrangler|cloudflare/|firebase|firebaseextended/|azure/static-web-apps"
    r"|swa |gcloud (?:run|app|functions)|google-github-actions/deploy-|surge|fastapi deploy|railway|bervproject/railway"
    r"|heroku|git push|akhileshns/heroku|curl|wget|aws lambda|aws amplify|aws apprunner|deployctl|denoland/deployctl"
    r"|digitalocean/app_action|flyctl|fly |superfly/|cf )"
)
"""Searched in a mechanism: the platform builds or uploads aside and then switches, so a job that is
stopped leaves either the old or the new version.  Sources: the deploy pages of the platforms."""

PREVIEW_CLEANED_BY_PLATFORM = (
    r"(?i)^(?:vercel|amondnet/vercel|netlify|nwtgck/actions-netlify|scopsy/actions-netlify|firebase|firebaseextended/"
    r"|cloudflare/|wrangler|azure/static-web-apps|superfly/fly-pr-review-apps|render|johnbeynon/render|chromatic|surge|expo|eas )"
)
"""Searched in a mechanism: its previews are free of cost when idle or expire by themselves."""

AUDITS = frozenset(("lhci", "lighthouse"))
"""Programs that need what was deployed to answer, but measure something else: a run of them whose
failure is waved through is no health check gone blind.  Source: what each says that it is for."""
