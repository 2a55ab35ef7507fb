"""`plumblint init`: bring plumblint into a repo: configuration, pre-commit hook, CI."""

from __future__ import annotations

import os
import re
from typing import Any

import click

from plumblint import __version__
from plumblint.report.links import HOME

CONFIG = f"""\
# {HOME}/blob/main/docs/configuration.md
preset: recommended

# Paths that are not judged, as in .gitignore.
exclude: []

# What is true of this repo only: its deploy action, its own tests, its hardened bases.
# tables:
#   deploy_actions: [acme/deploy]
#   check_commands: {{make verify: test}}
"""
WORKFLOW_FILE = ".github/workflows/plumblint.yml"
WORKFLOW = f"""\
name: plumblint

on:
  pull_request:
  push:
    branches: [main, master]

permissions: {{}}

concurrency:
  group: ${{{{ github.workflow }}}}-${{{{ github.ref }}}}
  cancel-in-progress: true

jobs:
  plumblint:
    name: plumblint
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions:
      contents: read # to check the code out
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          persist-credentials: false
      - name: Judge manifests and pipelines
        run: pipx run plumblint=={__version__} -o github
"""
HOOKS_FILE = ".pre-commit-config.yaml"
_HOOKS = f"""\
repos:
  - repo: {HOME}
    rev: v{__version__}
    hooks:
      - id: plumblint
"""
_RUNS_US = re.compile(r"^[^#\n]*\bplumblint\b", re.MULTILINE)


@click.command("init")
@click.option("--no-hook", is_flag=True, help="Leave the pre-commit configuration alone.")
@click.option("--no-ci", is_flag=True, help="Add no workflow.")
@click.option("--dry-run", is_flag=True, help="Only tell what would be done.")
def command(**given: Any) -> None:
    """Add a configuration, a pre-commit hook and a workflow to the repo we are in.

    What is there stays as it is, comments and order included.
    """
    from plumblint.repo.folder import find_root

    root = find_root(os.getcwd())
    steps = [_config(root)]
    if not given["no_hook"]:
        steps.append(_hook(root))
    if not given["no_ci"]:
        steps.append(_workflow(root))
    for path, text, told in steps:
        click.echo(f"{path}: {told}", err=True)
        if text is None or given["dry_run"]:
            continue
        full = os.path.join(root, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8", newline="") as file:
            file.write(text)
    if not given["dry_run"]:
        click.echo("Now run `plumblint`; `plumblint baseline` takes down what is there.", err=True)


_Step = tuple[str, str | None, str]
"""Path, new text (None to leave it), what is told."""


def _config(root: str) -> _Step:
    for name in (".plumblint.yaml", ".plumblint.yml"):
        if os.path.lexists(os.path.join(root, name)):
            return name, None, "is there already"
    project = os.path.join(root, "pyproject.toml")
    if os.path.isfile(project):
        with open(project, encoding="utf-8", errors="replace") as file:
            if "[tool.plumblint" in file.read():
                return "pyproject.toml", None, "has a [tool.plumblint] already"
    return ".plumblint.yaml", CONFIG, "written"


def _workflow(root: str) -> _Step:
    folder = os.path.join(root, os.path.dirname(WORKFLOW_FILE))
    if os.path.isdir(folder):
        for name in sorted(os.listdir(folder)):
            path = os.path.join(folder, name)
            if name.endswith((".yml", ".yaml")) and os.path.isfile(path):
                with open(path, encoding="utf-8", errors="replace") as file:
                    if _RUNS_US.search(file.read()):
                        shown = f"{os.path.dirname(WORKFLOW_FILE)}/{name}"
                        return shown, None, "runs plumblint already"
    return WORKFLOW_FILE, WORKFLOW, "written"


def _hook(root: str) -> _Step:
    """The pre-commit configuration with our hook; one that is there keeps its every comment."""
    path = os.path.join(root, HOOKS_FILE)
    if not os.path.exists(path):
        return HOOKS_FILE, _HOOKS, "written"
    with open(path, encoding="utf-8", newline="") as file:
        before = file.read()
    text = _with_hook(before)
    if text is None:
        return HOOKS_FILE, None, "has the hook already"
    return HOOKS_FILE, text, "the hook is added"


def _with_hook(before: str) -> str | None:
    """A pre-commit configuration with our hook behind the others, None where it is there.

    ruamel.yaml tells where the list ends; the lines that are there stay as
    they are.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    yaml = YAML()
    try:
        data = yaml.load(before)
        repos = data["repos"]
        there = any("plumblint" in str(repo.get("repo", "")) for repo in repos)
        block = bool(repos) and not repos.fa.flow_style()
        column = repos.lc.item(0)[1] if block else 0
        later = [data.lc.key(key)[0] for key in data if data.lc.key(key) > data.lc.key("repos")]
    except (YAMLError, TypeError, KeyError, AttributeError) as error:
        raise click.UsageError(f"{HOOKS_FILE} has no list `repos` that can be read") from error
    if there:
        return None
    lines = before.splitlines(keepends=True)
    at = _end_of_list(lines, min(later, default=len(lines)))
    ending = "\r\n" if "\r\n" in before else "\n"
    dash = _dash(lines, repos.lc.item(0)[0], column) if block else 0
    hook = [f"{' ' * dash}{line[2:]}{ending}" for line in _HOOKS.splitlines()[1:]]
    if at and not lines[at - 1].endswith("\n"):
        lines[at - 1] += ending
    text = "".join([*lines[:at], *hook, *lines[at:]])
    try:
        held = yaml.load(text)["repos"][-1]["hooks"][0]["id"] == "plumblint"
    except (YAMLError, TypeError, KeyError, LookupError):
        held = False
    if not block or not held:
        raise click.UsageError(
            f"{HOOKS_FILE} cannot be changed without reformatting it; add\n{_HOOKS}"
        )
    return text


def _end_of_list(lines: list[str], end: int) -> int:
    """The line behind the last one of the list that ends before line `end` (0-based)."""
    while end > 0 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    return end


def _dash(lines: list[str], line: int, column: int) -> int:
    """The column of the dash of an item."""
    return lines[line].rfind("-", 0, column)
