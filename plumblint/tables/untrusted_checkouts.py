"""When a checkout brings a stranger's code into a run with rights, and what then runs it."""

# ruff: noqa: E501 -- one row a line
from __future__ import annotations

PRIVILEGED_EVENTS: frozenset[str] = frozenset(
    ("pull_request_target", "issue_comment", "workflow_run", "pull_request_comment")
)
"""Events that a stranger can cause and that run with this repo's secrets and its default branch's
workflow.  Source: GitHub's "Events that trigger workflows"."""

STRANGERS_REF = (
    r"(?i)github\.event\.pull_request\.head\.(?:sha|ref|label|repo)|github\.head_ref|github\.event\.pull_request\.merge_commit_sha"
    r"|github\.event\.workflow_run\.head_(?:sha|branch|commit|repository)|refs/pull/\s*\$\{\{|github\.event\.issue\.number"
    r"|refs/pull/|pull/\$"
)
"""Searched in `ref:` or `repository:` of a checkout: it is the pull request's head.  Source: the GitHub
Security Lab's "Preventing pwn requests"."""

GUARDS = (
    r"(?i)author_association|head\.repo\.full_name\s*==|head\.repo\.fork\b|github\.repository\s*==\s*github\.event\.pull_request\.head\.repo"
    r"|head_repository\.full_name\s*==|\.merged\s*==\s*true|\.merged\b"
    r"|workflow_run\.event\s*==\s*'push'|github\.event\.workflow_run\.event\s*(?:==\s*'push'|!=\s*'pull_request')"
    r"|github\.actor\s*==|sender\.login\s*==|user\.login\s*==|has-permission|require-result|is_member|\.outputs\.\w*(?:allow|permission|trusted|safe|approved|authorized|member)"
)
"""Searched in a condition: only people with rights, or code that is merged already.  Source: as above."""

LABEL_GUARDS = r"(?i)event\.label\.name|labels\.\*\.name"
"""Searched in a condition: a label that a person with rights gives.  It guards only what was there when
it was given, so a fixed commit; a branch may have moved since.  Source: as above."""

FIXED_COMMIT = r"(?i)\.head\.sha|head_sha|merge_commit_sha"
"""Searched in a ref: it names one commit."""

RUNS_THE_CHECKOUT = (
    r"(?i)^(?:(?:npm|pnpm|yarn|bun)\s+(?:ci|i|install|run|test|build|exec|start|lint|pack|x)\b|npx\b|yarn\s*$|make\b|gmake\b|just\b|task\b"
    r"|pip3?\s+install\s+(?:.*\s)?(?:-r|-e|\.|\./)|python3?\s+(?:-m\s+(?:pytest|build|unittest|tox|nox|pip\s+install\s+(?:-r|-e|\.))|\S+\.py|setup\.py)"
    r"|pytest\b|tox\b|nox\b|poetry\s+(?:install|run|build)|uv\s+(?:sync|run|build)|pdm\s+(?:install|run)|hatch\b|pre-commit\b|prek\b"
    r"|(?:\./)?(?:gradlew|mvnw)\b|gradle\b|mvn\b|ant\b|sbt\b|cargo\s+(?:build|test|run|clippy|check|bench|doc|nextest|publish)|go\s+(?:build|test|run|generate|vet|install)"
    r"|bundle\b|rake\b|rails\b|gem\s+build|composer\s+(?:install|update|run|test)|php\s+\S+\.php|phpunit\b|dotnet\s+(?:build|test|run|restore|publish|pack)|msbuild\b"
    r"|cmake\b|ctest\b|meson\b|ninja\b|bazel\b|docker\s+(?:build|buildx|compose)|terraform\s+(?:init|plan|apply)|terragrunt\b|ansible|helm\s+(?:template|install|upgrade|dep)"
    r"|(?:ba|da|z)?sh\s+(?!-c)\S+|source\s+\S+|\./\S+|node\s+\S+\.\w+|deno\s+(?:run|test|task)|ruby\s+\S+\.rb|mix\b|nix(?:-build|\s+(?:build|develop|run))|eslint\b|jest\b|vitest\b|tsc\b"
    r"|goreleaser\b|mkdocs\b|sphinx-build\b|jekyll\b|hugo\b|quarto\b|cypress\b|playwright\b|lerna\b|nx\b|turbo\b|rspec\b|rubocop\b|flake8\b.*--config|stack\b|cabal\b|swift\s+(?:build|test)|xcodebuild\b|flutter\b|dart\b)"
)
"""Searched in a command: it runs code of the folder that it stands in, or configuration that can name
code.  Source: BoostSecurity's "Living off the pipeline" inventory, and the tools' manuals."""

ACTIONS_RUNNING_THE_CHECKOUT: frozenset[str] = frozenset(
    (
        "docker/build-push-action",
        "docker/bake-action",
        "gradle/gradle-build-action",
        "pre-commit/action",
        "golangci/golangci-lint-action",
        "cypress-io/github-action",
        "goreleaser/goreleaser-action",
        "super-linter/super-linter",
        "github/super-linter",
        "oxsecurity/megalinter",
        "ruby/setup-ruby",
        "bahmutov/npm-install",
        "pypa/cibuildwheel",
        "jetli/wasm-pack-action",
        "borales/actions-yarn",
        "andresz1/size-limit-action",
        "preactjs/compressed-size-action",
        "chromaui/action",
        "anthropics/claude-code-action",
    )
)
"""Actions that do the same.  Source: the README of each."""
