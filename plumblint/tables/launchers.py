"""Programs that run another program given as their arguments.

A row: program, words that must follow it (options may stand between), options
that take the next word as their value, number of own operands before the
program.  Source of each row: the documentation of the program.
"""

from __future__ import annotations

Row = tuple[str, tuple[str, ...], tuple[str, ...], int]

LAUNCHERS: tuple[Row, ...] = (
    ("bunx", (), ("-p", "--package"), 0),
    ("bundle", ("exec",), (), 0),
    ("composer", ("exec",), (), 0),
    ("conda", ("run",), ("-n", "--name", "-p", "--prefix", "--cwd"), 0),
    ("coverage", ("run", "-m"), (), 0),
    ("direnv", ("exec",), (), 1),
    ("docker", ("compose", "run|exec"), (
        "-e", "--env", "-u", "--user", "-w", "--workdir", "-v", "--volume", "-p", "--publish",
        "--name", "--entrypoint", "-f", "--file", "--env-file", "--profile", "--project-name",
        "-l", "--label", "--index", "--pull",
    ), 1),
    ("docker", ("exec|run",), (
        "-e", "--env", "-u", "--user", "-w", "--workdir", "-v", "--volume", "-p", "--publish",
        "--name", "--env-file", "--network", "--net", "--mount", "-h", "--hostname", "-l",
        "--label", "--link", "--platform", "--pull", "--add-host", "-m", "--memory",
        "--cap-add", "--security-opt", "--ulimit", "--shm-size", "--cpus", "--gpus",
    ), 1),
    ("docker-compose", ("run|exec",), (
        "-e", "--env", "-u", "--user", "-w", "--workdir", "-v", "--volume", "-p", "--publish",
        "--name", "--entrypoint", "-f", "--file", "--env-file", "--profile", "-l", "--label",
    ), 1),
    ("doppler", ("run",), ("-p", "--project", "-c", "--config", "--token"), 0),
    ("dotenv", (), ("-e", "-f"), 0),
    ("dotenvx", ("run",), ("-e", "--env", "-f", "--env-file"), 0),
    ("mise", ("exec|x",), (), 0),
    ("npm", ("exec|x",), ("-w", "--workspace", "-p", "--package", "--prefix"), 0),
    ("npx", (), ("-p", "--package", "-w", "--workspace"), 0),
    ("op", ("run",), ("--env-file", "--account"), 0),
    ("pipenv", ("run",), (), 0),
    ("pipx", ("run",), ("--spec", "--python"), 0),
    ("pixi", ("run",), ("-e", "--environment", "--manifest-path"), 0),
    ("pnpm", ("exec|dlx",), ("-C", "--dir", "-F", "--filter", "--package"), 0),
    ("poetry", ("run",), ("-C", "--directory", "-P", "--project"), 0),
    ("python", ("-m",), (), 0),
    ("rye", ("run",), (), 0),
    ("uv", ("run",), (
        "--with", "--with-editable", "--with-requirements", "--extra", "--group", "--only-group",
        "--no-group", "--python", "-p", "--project", "--directory", "--env-file", "--index-url",
        "--package", "--resolution", "--no-extra",
    ), 0),
    ("uvx", (), ("--with", "--from", "--python", "-p"), 0),
    ("uv", ("tool", "run"), ("--with", "--from", "--python", "-p"), 0),
    ("xvfb-run", (), ("-e", "-f", "-n", "-s", "--server-args", "--server-num"), 0),
    ("yarn", ("exec|dlx",), ("--cwd", "-p", "--package"), 0),
    ("cross-env", (), (), 0),
    ("env-cmd", (), ("-f", "--file", "-e", "--environments"), 0),
    ("retry", (), ("-t", "-d", "--times", "--delay", "-n", "-s"), 0),
    ("chronic", (), (), 0),
    ("xargs", (), ("-I", "-n", "-P", "-L", "-d", "-a", "-s", "-E"), 0),
    ("ddev", ("exec",), (), 0),
    ("sail", (), (), 0),
)  # fmt: skip

INTERPRETERS: frozenset[str] = frozenset(
    ("bash", "sh", "dash", "zsh", "python", "python3", "ruby", "php", "node", "perl", "tsx",
     "ts-node", "source", ".")
)  # fmt: skip
"""Programs whose first operand is a script.  Source: their manuals."""

SAME_PROGRAM: dict[str, str] = {
    "mvnw": "mvn",
    "mvnw.cmd": "mvn",
    "gradlew": "gradle",
    "gradlew.bat": "gradle",
    "bin/rails": "rails",
    "bin/rspec": "rspec",
    "docker-compose": "docker compose",
    "podman": "docker",
    "terraform.exe": "terraform",
    "python3": "python",
    "@architect/architect": "arc",
    "@aws-amplify/cli": "amplify",
    "@azure/static-web-apps-cli": "swa",
    "@azure/functions-core-tools": "func",
    "@railway/cli": "railway",
    "@redocly/cli": "redocly",
    "@stoplight/spectral-cli": "spectral",
    "@angular/cli": "ng",
    "@playwright/test": "playwright",
    "@commitlint/cli": "commitlint",
    "@cloudflare/wrangler": "wrangler",
    "aws-cdk": "cdk",
    "azure-functions-core-tools": "func",
    "cdktf-cli": "cdktf",
    "eas-cli": "eas",
    "firebase-tools": "firebase",
    "markdownlint-cli": "markdownlint",
    "markdownlint-cli2": "markdownlint",
    "netlify-cli": "netlify",
    "now": "vercel",
    "osls": "serverless",
}
"""Wrappers and other names by the program they stand for.  Source: Maven Wrapper, Gradle Wrapper,
Rails binstubs, Docker Compose v1, Podman; `bin` in the package.json of each npm package."""
