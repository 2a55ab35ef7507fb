"""Commands and actions that test, lint, type-check, validate, scan or build.

A row of commands: kind, program, pattern of each word of the subcommand,
pattern that must be found in the whole command, pattern that must not, source.
Options and their values may stand between the words.  Of several rows that fit
the first one counts.
"""

# ruff: noqa: E501 -- one row a line
from __future__ import annotations

from typing import Literal

Kind = Literal["test", "lint", "type-check", "validation", "build", "security-scan"]
Row = tuple[Kind, str, tuple[str, ...], str, str, str]

_GO = "https://pkg.go.dev/cmd/go"
_CARGO = "https://doc.rust-lang.org/cargo/commands/"
_MAVEN = "https://maven.apache.org/surefire/maven-surefire-plugin/examples/skipping-tests.html"
_GRADLE = "https://docs.gradle.org/current/userguide/command_line_interface.html"
_DOTNET = "https://learn.microsoft.com/dotnet/core/tools/"
_RUBY = "https://guides.rubyonrails.org/testing.html"
_PHP = "https://docs.phpunit.de/"
_TERRAFORM = "https://developer.hashicorp.com/terraform/cli/commands"
_NO_MAVEN_TESTS = r"-DskipTests(?!=false)|-Dmaven\.test\.skip(?!=false)|-DskipITs"
_NO_GRADLE_TESTS = r"(?:-x|--exclude-task)[ =]\S*test"

CHECK_COMMANDS: tuple[Row, ...] = (
    # Python
    ("test", "pytest", (), "", r"--collect-only|--co\b|--version", "https://docs.pytest.org/"),
    ("test", "py.test", (), "", r"--collect-only", "https://docs.pytest.org/"),
    ("test", "tox", (), "", r"--notest|-l\b|--version", "https://tox.wiki/"),
    ("test", "nox", (), "", r"--list|-l\b", "https://nox.thea.codes/"),
    ("test", "unittest", (), "", "", "https://docs.python.org/3/library/unittest.html"),
    ("test", "green", (), "", "", "https://github.com/CleanCut/green"),
    ("test", "behave", (), "", "", "https://behave.readthedocs.io/"),
    ("test", "robot", (), "", "", "https://robotframework.org/"),
    ("test", "coverage", ("run",), r"-m\s+(?:py)?\.?(?:pytest|unittest)|manage\.py\s+test|test", "",
     "https://coverage.readthedocs.io/"),
    ("test", "hatch", ("test",), "", "", "https://hatch.pypa.io/"),
    ("test", "manage.py", ("test",), "", "", "https://docs.djangoproject.com/en/stable/topics/testing/"),
    ("lint", "ruff", ("check|format",), "", r"\bformat\b(?!.*--(?:check|diff))", "https://docs.astral.sh/ruff/"),
    ("lint", "flake8", (), "", "", "https://flake8.pycqa.org/"),
    ("lint", "pylint", (), "", "", "https://pylint.readthedocs.io/"),
    ("lint", "black", (), r"--check|--diff", "", "https://black.readthedocs.io/"),
    ("lint", "isort", (), r"--check|-c\b|--diff", "", "https://pycqa.github.io/isort/"),
    ("lint", "pydocstyle", (), "", "", "https://www.pydocstyle.org/"),
    ("lint", "djlint", (), "", "", "https://djlint.com/"),
    ("type-check", "mypy", (), "", "", "https://mypy.readthedocs.io/"),
    ("type-check", "dmypy", (), "", "", "https://mypy.readthedocs.io/"),
    ("type-check", "pyright", (), "", "", "https://microsoft.github.io/pyright/"),
    ("type-check", "basedpyright", (), "", "", "https://docs.basedpyright.com/"),
    ("type-check", "pyre", (), "", "", "https://pyre-check.org/"),
    ("type-check", "ty", ("check",), "", "", "https://docs.astral.sh/ty/"),
    ("lint", "pre-commit", ("run",), "", "", "https://pre-commit.com/"),
    ("lint", "prek", ("run",), "", "", "https://github.com/j178/prek"),
    ("security-scan", "bandit", (), "", "", "https://bandit.readthedocs.io/"),
    ("security-scan", "pip-audit", (), "", "", "https://github.com/pypa/pip-audit"),
    ("security-scan", "safety", ("check|scan",), "", "", "https://docs.safetycli.com/"),
    # JavaScript
    ("test", "jest", (), "", "--passWithNoTests|--listTests", "https://jestjs.io/docs/cli"),
    ("test", "vitest", (), "", "--passWithNoTests|--run-only-list", "https://vitest.dev/guide/cli"),
    ("test", "mocha", (), "", "", "https://mochajs.org/"),
    ("test", "ava", (), "", "", "https://github.com/avajs/ava"),
    ("test", "karma", ("start",), "", "", "https://karma-runner.github.io/"),
    ("test", "playwright", ("test",), "", "--list", "https://playwright.dev/docs/test-cli"),
    ("test", "cypress", ("run",), "", "", "https://docs.cypress.io/app/references/command-line"),
    ("test", "node", (), r"\s--test\b", "", "https://nodejs.org/api/test.html"),
    ("test", "bun", ("test",), "", "", "https://bun.sh/docs/cli/test"),
    ("test", "deno", ("test",), "", "--no-run", "https://docs.deno.com/runtime/reference/cli/test/"),
    ("test", "ng", ("test|e2e",), "", "", "https://angular.dev/cli/test"),
    ("test", "react-scripts", ("test",), "", "--passWithNoTests", "https://create-react-app.dev/"),
    ("test", "testcafe", (), "", "", "https://testcafe.io/"),
    ("test", "newman", ("run",), "", "", "https://learning.postman.com/docs/collections/using-newman-cli/"),
    ("test", "k6", ("run",), "", "", "https://grafana.com/docs/k6/latest/"),
    ("lint", "eslint", (), "", "", "https://eslint.org/docs/latest/use/command-line-interface"),
    ("lint", "biome", ("check|ci|lint",), "", r"--write|--apply", "https://biomejs.dev/reference/cli/"),
    ("lint", "oxlint", (), "", "", "https://oxc.rs/docs/guide/usage/linter.html"),
    ("lint", "standard", (), "", "--fix", "https://standardjs.com/"),
    ("lint", "xo", (), "", "--fix", "https://github.com/xojs/xo"),
    ("lint", "prettier", (), r"--check|(?:^|\s)-c\b|--list-different|(?:^|\s)-l\b", "", "https://prettier.io/docs/cli"),
    ("lint", "stylelint", (), "", "", "https://stylelint.io/user-guide/cli"),
    ("lint", "commitlint", (), "", "", "https://commitlint.js.org/"),
    ("lint", "markdownlint", (), "", "", "https://github.com/igorshubovych/markdownlint-cli"),
    ("lint", "deno", ("lint|fmt",), "", r"\bfmt\b(?!.*--check)", "https://docs.deno.com/runtime/"),
    ("type-check", "deno", ("check",), "", "", "https://docs.deno.com/runtime/"),
    ("type-check", "tsc", (), "", "--init|--version", "https://www.typescriptlang.org/docs/handbook/compiler-options.html"),
    ("type-check", "vue-tsc", (), "", "", "https://github.com/vuejs/language-tools"),
    ("type-check", "svelte-check", (), "", "", "https://svelte.dev/docs/cli/sv-check"),
    ("security-scan", "npm", ("audit",), "", r"\bfix\b", "https://docs.npmjs.com/cli/commands/npm-audit"),
    ("security-scan", "pnpm", ("audit",), "", "--fix", "https://pnpm.io/cli/audit"),
    ("security-scan", "yarn", ("audit",), "", "", "https://classic.yarnpkg.com/en/docs/cli/audit"),
    # Go, Rust, C
    ("test", "go", ("test",), "", r"\s-c\b|-run[= ]['\"]?\^\$|-list\b", _GO),
    ("test", "gotestsum", (), "", "", "https://github.com/gotestyourself/gotestsum"),
    ("test", "ginkgo", (), "", r"\b(?:build|generate|bootstrap|version)\b", "https://onsi.github.io/ginkgo/"),
    ("lint", "go", ("vet",), "", "", _GO),
    ("build", "go", ("build",), "", "", _GO),
    ("lint", "golangci-lint", ("run",), "", "", "https://golangci-lint.run/"),
    ("lint", "staticcheck", (), "", "", "https://staticcheck.dev/"),
    ("security-scan", "govulncheck", (), "", "", "https://go.dev/doc/security/vuln/"),
    ("security-scan", "gosec", (), "", "", "https://github.com/securego/gosec"),
    ("test", "cargo", (r"(?:\+\S+)", "test|nextest|miri"), "", "--no-run", _CARGO),
    ("test", "cargo", ("test|nextest|miri|llvm-cov|tarpaulin",), "", "--no-run", _CARGO),
    ("lint", "cargo", (r"(?:\+\S+)", "clippy|fmt"), "", r"\bfmt\b(?!.*--check)", _CARGO),
    ("lint", "cargo", ("clippy|fmt",), "", r"\bfmt\b(?!.*--check)", _CARGO),
    ("type-check", "cargo", ("check",), "", "", _CARGO),
    ("security-scan", "cargo", ("audit|deny",), "", "", "https://rustsec.org/"),
    ("build", "cargo", ("build",), "", "", _CARGO),
    ("test", "ctest", (), "", r"-N\b|--show-only", "https://cmake.org/cmake/help/latest/manual/ctest.1.html"),
    ("test", "bazel", ("test",), "", "", "https://bazel.build/reference/command-line-reference"),
    ("build", "bazel", ("build",), "", "", "https://bazel.build/reference/command-line-reference"),
    ("build", "cmake", (), "--build", "", "https://cmake.org/cmake/help/latest/manual/cmake.1.html"),
    ("test", "meson", ("test",), "", "", "https://mesonbuild.com/Commands.html"),
    # JVM, .NET, mobile
    ("test", "mvn", ("(?:.*:)?(?:clean|test|verify|install|package|deploy|site)", "test|verify|install|package|deploy"), "", _NO_MAVEN_TESTS, _MAVEN),
    ("test", "mvn", ("test|verify|install|package|surefire:test|failsafe:verify",), "", _NO_MAVEN_TESTS, _MAVEN),
    ("build", "mvn", (), r"\b(?:verify|install|package|compile)\b", "", _MAVEN),
    ("test", "gradle", (), r"(?:^|[\s:])(?:\w*[tT]est|check|build)(?=\s|$)", _NO_GRADLE_TESTS, _GRADLE),
    ("build", "gradle", (), r"(?:^|[\s:])(?:build|assemble\w*|bootJar|jar)(?=\s|$)", "", _GRADLE),
    ("test", "sbt", (), r"\btest\b", "", "https://www.scala-sbt.org/1.x/docs/"),
    ("test", "lein", ("test",), "", "", "https://leiningen.org/"),
    ("test", "dotnet", ("test|vstest",), "", "--list-tests", _DOTNET),
    ("build", "dotnet", ("build|publish",), "", "", _DOTNET),
    ("lint", "dotnet", ("format",), "--verify-no-changes", "", _DOTNET),
    ("test", "flutter", ("test",), "", "", "https://docs.flutter.dev/reference/flutter-cli"),
    ("lint", "flutter", ("analyze",), "", "", "https://docs.flutter.dev/reference/flutter-cli"),
    ("test", "dart", ("test",), "", "", "https://dart.dev/tools/dart-tool"),
    ("lint", "dart", ("analyze",), "", "", "https://dart.dev/tools/dart-tool"),
    ("test", "swift", ("test",), "", "", "https://www.swift.org/documentation/package-manager/"),
    ("test", "xcodebuild", (), r"\btest\b", "", "https://developer.apple.com/documentation/xcode"),
    ("lint", "swiftlint", (), "", "", "https://github.com/realm/SwiftLint"),
    ("lint", "ktlint", (), "", "-F", "https://pinterest.github.io/ktlint/"),
    ("lint", "detekt", (), "", "", "https://detekt.dev/"),
    # Ruby, PHP, Elixir and others
    ("test", "rspec", (), "", "--dry-run", "https://rspec.info/"),
    ("test", "cucumber", (), "", "--dry-run", "https://cucumber.io/docs/"),
    ("test", "parallel_rspec", (), "", "", "https://github.com/grosser/parallel_tests"),
    ("test", "rake", (r"(?:.*:)?(?:test|spec)(?::.*)?",), "", "", "https://ruby.github.io/rake/"),
    ("test", "rails", (r"(?:test|spec)(?::(?!prepare).*)?",), "", "", _RUBY),
    ("lint", "rubocop", (), "", r"\s(?:-a|-A|--autocorrect\S*)\b", "https://docs.rubocop.org/"),
    ("lint", "standardrb", (), "", "--fix", "https://github.com/standardrb/standard"),
    ("lint", "erb_lint|erblint", (), "", "", "https://github.com/Shopify/erb_lint"),
    ("lint", "haml-lint", (), "", "", "https://github.com/sds/haml-lint"),
    ("lint", "slim-lint", (), "", "", "https://github.com/sds/slim-lint"),
    ("type-check", "srb", ("tc",), "", "", "https://sorbet.org/"),
    ("security-scan", "brakeman", (), "", "", "https://brakemanscanner.org/"),
    ("security-scan", "bundle-audit|bundler-audit", (), "", "", "https://github.com/rubysec/bundler-audit"),
    ("test", "phpunit", (), "", "--list-tests", _PHP),
    ("test", "pest", (), "", "", "https://pestphp.com/"),
    ("test", "paratest", (), "", "", "https://github.com/paratestphp/paratest"),
    ("test", "artisan", ("test|dusk",), "", "", "https://laravel.com/docs/testing"),
    ("test", "codecept", ("run",), "", "", "https://codeception.com/"),
    ("lint", "phpcs", (), "", "", "https://github.com/PHPCSStandards/PHP_CodeSniffer"),
    ("lint", "pint", (), "--test", "", "https://laravel.com/docs/pint"),
    ("lint", "php-cs-fixer", (), r"--dry-run|\bcheck\b", "", "https://cs.symfony.com/"),
    ("type-check", "phpstan", (), "", "", "https://phpstan.org/"),
    ("type-check", "psalm", (), "", "", "https://psalm.dev/"),
    ("test", "mix", ("test|coveralls.*",), "", "", "https://hexdocs.pm/mix/Mix.Tasks.Test.html"),
    ("lint", "mix", ("credo",), "", "", "https://hexdocs.pm/credo/"),
    ("lint", "mix", ("format",), "--check-formatted", "", "https://hexdocs.pm/mix/"),
    ("type-check", "mix", ("dialyzer",), "", "", "https://hexdocs.pm/dialyxir/"),
    ("test", "stack", ("test",), "", "", "https://docs.haskellstack.org/"),
    ("test", "cabal", ("test",), "", "", "https://cabal.readthedocs.io/"),
    ("test", "zig", ("test",), "", "", "https://ziglang.org/documentation/master/"),
    # Shell, containers, infrastructure, documents
    ("test", "bats", (), "", "", "https://bats-core.readthedocs.io/"),
    ("test", "shellspec", (), "", "", "https://shellspec.info/"),
    ("lint", "shellcheck", (), "", "", "https://www.shellcheck.net/"),
    ("lint", "shfmt", (), r"\s-d\b|--diff|\s-l\b", "", "https://github.com/mvdan/sh"),
    ("lint", "hadolint", (), "", "", "https://github.com/hadolint/hadolint"),
    ("lint", "actionlint", (), "", "", "https://github.com/rhysd/actionlint"),
    ("security-scan", "zizmor", (), "", "", "https://docs.zizmor.sh/"),
    ("lint", "yamllint", (), "", "", "https://yamllint.readthedocs.io/"),
    ("lint", "ansible-lint", (), "", "", "https://ansible.readthedocs.io/projects/lint/"),
    ("lint", "tflint", (), "", "--init", "https://github.com/terraform-linters/tflint"),
    ("lint", "terraform|tofu", ("fmt",), "-check", "", _TERRAFORM),
    ("validation", "terraform|tofu", ("validate",), "", "", _TERRAFORM),
    ("test", "terraform|tofu", ("test",), "", "", _TERRAFORM),
    ("validation", "terraform|tofu|terragrunt", ("plan",), "", "-destroy|-detailed-exitcode", _TERRAFORM),
    ("validation", "terragrunt", ("validate.*|hclfmt",), "", "", "https://terragrunt.gruntwork.io/"),
    ("security-scan", "tfsec|checkov|terrascan|kics", (), "", "", "https://github.com/bridgecrewio/checkov"),
    ("security-scan", "trivy", ("image|fs|config|repo|filesystem|repository",), "", "", "https://trivy.dev/"),
    ("security-scan", "grype", (), "", "", "https://github.com/anchore/grype"),
    ("security-scan", "snyk", ("test|code|container|iac",), "", "", "https://docs.snyk.io/snyk-cli"),
    ("security-scan", "semgrep", (), "", "", "https://semgrep.dev/docs/"),
    ("security-scan", "gitleaks", (), "", "", "https://github.com/gitleaks/gitleaks"),
    ("security-scan", "trufflehog", (), "", "", "https://github.com/trufflesecurity/trufflehog"),
    ("validation", "helm", ("lint|test",), "", "", "https://helm.sh/docs/helm/helm_lint/"),
    ("validation", "kubeconform|kubeval|kube-linter|kube-score|conftest|cfn-lint|cfn_nag", (), "", "", "https://github.com/yannh/kubeconform"),
    ("validation", "sam", ("validate",), "", "", "https://docs.aws.amazon.com/serverless-application-model/"),
    ("validation", "aws", ("cloudformation", "validate-template"), "", "", "https://docs.aws.amazon.com/cli/latest/reference/cloudformation/"),
    ("validation", "docker", ("compose", "config"), "", "", "https://docs.docker.com/reference/cli/docker/compose/config/"),
    ("validation", "promtool|amtool", ("check.*|test",), "", "", "https://prometheus.io/docs/prometheus/latest/command-line/promtool/"),
    ("validation", "plumblint", (), "", "", "https://pypi.org/project/plumblint/"),
    ("lint", "vale", (), "", "", "https://vale.sh/"),
    ("validation", "twine", ("check",), "", "", "https://twine.readthedocs.io/"),
    ("lint", "rstcheck", (), "", "", "https://rstcheck.readthedocs.io/"),
    ("validation", "ct", ("lint|install|lint-and-install",), "", "", "https://github.com/helm/chart-testing"),
    ("validation", "poetry", ("check",), "", "", "https://python-poetry.org/docs/cli/"),
    ("validation", "nix", ("flake", "check"), "", "", "https://nix.dev/manual/nix/latest/"),
    ("lint", "codespell", (), "", r"\s(?:-w|--write-changes)\b", "https://github.com/codespell-project/codespell"),
    ("lint", "spectral", ("lint",), "", "", "https://docs.stoplight.io/docs/spectral"),
    ("lint", "redocly", ("lint",), "", "", "https://redocly.com/docs/cli"),
    ("lint", "buf", ("lint|breaking",), "", "", "https://buf.build/docs/cli/"),
    ("lint", "sqlfluff", ("lint",), "", "", "https://docs.sqlfluff.com/"),
    ("build", "docker", ("build",), "", "", "https://docs.docker.com/reference/cli/docker/buildx/build/"),
    ("build", "docker", ("buildx", "build|bake"), "", "", "https://docs.docker.com/reference/cli/docker/buildx/build/"),
)  # fmt: skip

CHECK_ACTIONS: dict[str, Kind | Literal[""]] = {
    "astral-sh/ruff-action": "lint",
    "chartboost/ruff-action": "lint",
    "psf/black": "lint",
    "pre-commit/action": "lint",
    "golangci/golangci-lint-action": "lint",
    "dominikh/staticcheck-action": "lint",
    "super-linter/super-linter": "lint",
    "super-linter/super-linter/slim": "lint",
    "github/super-linter": "lint",
    "github/super-linter/slim": "lint",
    "oxsecurity/megalinter": "lint",
    "hadolint/hadolint-action": "lint",
    "ludeeus/action-shellcheck": "lint",
    "ibiqlik/action-yamllint": "lint",
    "karancode/yamllint-github-action": "lint",
    "terraform-linters/tflint": "lint",
    "wagoid/commitlint-github-action": "lint",
    "davidanson/markdownlint-cli2-action": "lint",
    "crate-ci/typos": "lint",
    "biomejs/setup-biome": "",
    "wearerequired/lint-action": "lint",
    "actions-rs/clippy-check": "lint",
    "giraffate/clippy-action": "lint",
    "ansible/ansible-lint": "lint",
    "raven-actions/actionlint": "lint",
    "streetsidesoftware/cspell-action": "lint",
    "jakebailey/pyright-action": "type-check",
    "cypress-io/github-action": "test",
    "browser-actions/jest": "test",
    "dorny/test-reporter": "",
    "helm/chart-testing-action": "",
    "docker/build-push-action": "build",
    "docker/bake-action": "build",
    "gruntwork-io/terragrunt-action": "",
    "dflook/terraform-validate": "validation",
    "dflook/terraform-fmt-check": "lint",
    "dflook/terraform-test": "test",
    "azure/k8s-lint": "validation",
    "stefanprodan/kube-tools": "",
    "bridgecrewio/checkov-action": "security-scan",
    "aquasecurity/trivy-action": "security-scan",
    "aquasecurity/tfsec-action": "security-scan",
    "anchore/scan-action": "security-scan",
    "snyk/actions/node": "security-scan",
    "snyk/actions/python": "security-scan",
    "snyk/actions/docker": "security-scan",
    "gitleaks/gitleaks-action": "security-scan",
    "trufflesecurity/trufflehog": "security-scan",
    "github/codeql-action/analyze": "security-scan",
    "semgrep/semgrep-action": "security-scan",
    "returntocorp/semgrep-action": "security-scan",
    "zizmorcore/zizmor-action": "security-scan",
    "actions/dependency-review-action": "security-scan",
    "pypa/gh-action-pip-audit": "security-scan",
    "securego/gosec": "security-scan",
    "golang/govulncheck-action": "security-scan",
    "rustsec/audit-check": "security-scan",
    "ossf/scorecard-action": "security-scan",
    "sonarsource/sonarqube-scan-action": "security-scan",
    "sonarsource/sonarcloud-github-action": "security-scan",
    "pypa/cibuildwheel": "build",
    "hashicorp/setup-terraform": "",
    "gradle/gradle-build-action": "",
}
"""Kind by lower-case name; empty where the name suggests a check but the action is none.  Source of
each row: the README of the repository of that name on GitHub."""

CHECK_ACTION_PREFIXES: tuple[tuple[str, Kind], ...] = (
    ("reviewdog/action-", "lint"),
    ("snyk/actions/", "security-scan"),
    ("oxsecurity/megalinter/", "lint"),
)
"""The same by the beginning of a name."""

TASK_RUNNERS: dict[str, tuple[str, ...]] = {
    "npm": ("run", "run-script"),
    "pnpm": ("run",),
    "yarn": ("run",),
    "bun": ("run",),
    "composer": ("run", "run-script", "exec"),
    "make": (),
    "gmake": (),
    "just": (),
    "task": (),
    "mage": (),
    "rake": (),
    "invoke": (),
    "inv": (),
    "poe": (),
    "pdm": ("run",),
    "hatch": ("run",),
    "turbo": ("run",),
    "nx": ("run", "run-many", "affected"),
    "lerna": ("run",),
    "deno": ("task",),
    "pixi": ("run",),
    "earthly": (),
    "moon": ("run", "ci"),
    "mise": ("run",),
}
"""Programs that run the repo's own tasks by name, and the words that may precede the name.  Source:
the documentation of each program."""

RUNS_TASKS_WITHOUT_RUN: tuple[str, ...] = ("pnpm", "yarn", "bun")
"""Task runners where any task needs no `run`; npm has that for `test` only.  Source: the
documentation of npm, pnpm, Yarn and Bun."""

TASK_KINDS: tuple[tuple[Kind, str], ...] = (
    ("test", r"(?i)(?:^|[^a-z])(?:tests?|e2e|unit|integration|jest|vitest|cypress"
             r"|playwright|pytest|rspec|coverage)(?:[^a-z]|$)"),
    ("lint", r"(?i)(?:^|[^a-z])(?:lint\w*|eslint|stylelint|prettier|style|format[-_:]check"
             r"|check[-_:]format|fmt[-_:]?check|check[-_:]fmt|rubocop|ruff|black|quality)(?:[^a-z]|$)"),
    ("type-check", r"(?i)(?:^|[^a-z])(?:type-?check|types?|tsc|check[-_:]types|mypy|pyright)(?:[^a-z]|$)"),
    ("security-scan", r"(?i)(?:^|[^a-z])(?:audit|security|scan)(?:[^a-z]|$)"),
    ("validation", r"(?i)(?:^|[^a-z])(?:validate|validation|verify|check|checks)(?:[^a-z]|$)"),
    ("build", r"(?i)(?:^|[^a-z])(?:build|compile)(?:[^a-z]|$)"),
)  # fmt: skip
"""Kind by the name of a task, a script of the repo, or a called workflow; the first that fits.
Source: a reading of the jobs of 68 public repos."""

DOES_NOTHING: frozenset[str] = frozenset(
    ("cat", "cd", "chmod", "date", "echo", "env", "exit", "export", "false", "find", "ls", "mkdir",
     "printenv", "printf", "pwd", "set", "sleep", "touch", "true", "whoami")
)  # fmt: skip
"""Programs that cannot be a test, whatever the step is called.  Source: POSIX, Shell and Utilities."""

CI_NAMES = r"(?i)(?:^|[^a-z])(?:ci|quality|continuous[-_ ]integration)(?:[^a-z]|$)"
"""Searched in the name of a called workflow: it runs the tests.  Source: as above."""

NOT_A_CHECK = (
    r"(?i)deploy|set[-_ ]?up|install|prepare|seed|migrat|clean|start|\bup\b|\bdown\b|stop|serve"
    r"|\bdb\b|database|data|env\b|report|badge|upload|download|publish|release|notif|wait|watch"
    r"|generate|update|fix|skip|comment|health|package|expand|determine|collect|result|artifact"
    r"|threshold|select|detect|archive|cache|groups?\b|matrix|list|find|configure|propert|\.?env\b|json"
    r"|create|copy|credential|secret|connect|checkout|pull|push|login|log in|token"
    r"|check[-_ ](?:docker|deps|dependenc|tools?|prereq|requirement|version|node|python|java|aws|kube)"
)
"""Searched in the same names: it only prepares or follows a check."""

FIXES_OR_EXPERIMENTS = (
    r"(?i)auto[ _-]?(?:fix|format|merge|update|correct)|(?:lint|format)[ _-]?fix|\btip\b|[-_]tip\b"
    r"|nightly|canary|experimental|\bunstable\b|bleeding|allow(?:ed)?[ _-]?fail|optional|informational"
    r"|\bshadow\b|non[ _-]?blocking|\badvisory\b|report[ _-]only|warn[ _-]only|best[ _-]effort"
)
"""Searched in the names of a workflow, job and step: a failure is meant to change nothing.  Source: a
reading of the swallowed checks of 250 public repos."""

NEVER_FAILS = (
    r"--exit-zero\b|--issues-exit-code[= ]0\b|--soft-fail\b|--no-error-on-unmatched\b(?=.*--exit-zero)"
    r"|(?:^|\s)--exit-code[= ]0\b|--no-exit-code\b|--no-exit-codes\b|--fail-on[= ]never\b"
)
"""Searched in a command: it succeeds whatever it finds.  Source: the manuals of ruff, flake8, pylint,
golangci-lint, checkov, trivy and zizmor."""

PASSES_VERDICT = (
    r"^\|&? (?:\S+ (?:run|exec) |npx )?(?:mypy-baseline filter|tparse|faucet|tap-[a-z-]+"
    r"|go-junit-report\b.*\s-?-set-exit-code|reviewdog\b.*\s-fail-(?:level|on-error)[= ](?!none|false))"
)
"""Searched in the rest of a pipe, from its sign on: it reads the check's report and fails as the check
would.  Source: the README of each program."""

COMMITS = r"(?m)^\s*git commit\b"
"""Searched in a script behind `pre-commit`, which fails where it repairs: the repair is kept."""

REPAIRING_RUNNERS: tuple[str, ...] = ("pre-commit run", "prek run")
"""Checks that repair what they find and fail all the same.  Source: pre-commit.com."""

SWITCHES_TESTS_OFF = (
    r"-DskipTests(?!=false)\b|-Dmaven\.test\.skip(?!=false)\b|(?:-x|--exclude-task)[ =]\S*[tT]est\b"
    r"|--passWithNoTests\b|--pass-with-no-tests\b|\bSKIP_TESTS?=(?:1|true)\b|-P-test\b"
)
"""Searched in a command that builds or tests: its tests do not run, or need not exist.  Source: the
documentation of Maven Surefire, Gradle, Jest and Vitest."""

TESTS_SKIPPED = r"SKIP_TESTS?=(?:1|true)|--passWithNoTests|--pass-with-no-tests"
"""Searched in a command: its tests do not count.  Source: the tools' documentation."""
