"""baseline, --new-from, ignore, init: what is known, and what is written into a repo."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import commit, git, run, write

LATEST = "FROM debian:latest\nUSER 10001\n"
WORKFLOW = """\
on: push
permissions: {}
jobs:
  a:
    runs-on: ubuntu-24.04
    steps:
      - run: |
          echo ${{ github.event.issue.title }}
          echo ${{ github.event.issue.body }}
"""


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    config = "select: [latest-tag, root-container, template-injection, unused-ignore]\n"
    write(tmp_path, {".plumblint.yaml": config, "Dockerfile": LATEST})
    commit(tmp_path)
    return tmp_path


# the baseline


def test_a_baseline_hides_what_is_there_and_nothing_else(repo: Path) -> None:
    assert run(repo, "baseline").exit_code == 0
    done = run(repo)
    assert done.exit_code == 0
    assert "1 known before" in done.stdout
    write(repo, {"Dockerfile": "# moved\n\n" + LATEST})
    assert run(repo).exit_code == 0
    write(repo, {"Dockerfile": "FROM debian:latest AS a\nFROM alpine:latest\nUSER 1\n"})
    assert "alpine:latest" in run(repo, "-o", "concise").stdout
    assert run(repo, "--no-baseline").stdout.count("error[latest-tag]") == 2


def test_stale_entries_are_told_and_pruned(repo: Path) -> None:
    run(repo, "baseline")
    write(repo, {"Dockerfile": "FROM debian:12.5\nUSER 1\n"})
    assert "1 entry of .plumblint-baseline.json no longer match" in run(repo).stdout
    assert json.loads(run(repo, "-o", "json").stdout)["notes"]
    assert run(repo, "baseline", "--prune").exit_code == 0
    assert "no longer match" not in run(repo).stdout
    assert json.loads((repo / ".plumblint-baseline.json").read_text())["findings"] == []


def test_pruning_adds_nothing(repo: Path) -> None:
    assert run(repo, "baseline", "--prune").exit_code == 2
    run(repo, "baseline")
    write(repo, {"b/Dockerfile": LATEST})
    run(repo, "baseline", "--prune")
    assert "b/Dockerfile" in run(repo, "-o", "concise").stdout


def test_a_baseline_keeps_what_a_narrower_run_does_not_judge(repo: Path) -> None:
    run(repo, "baseline")
    run(repo, "baseline", "--select", "root-container")
    assert run(repo).exit_code == 0


def test_a_baseline_elsewhere_and_a_broken_one(repo: Path) -> None:
    run(repo, "baseline", "--file", "known.json")
    assert run(repo).exit_code == 1
    assert run(repo, "--baseline", "known.json").exit_code == 0
    write(repo, {"known.json": "{"})
    done = run(repo, "--baseline", "known.json")
    assert done.exit_code == 2
    assert "known.json:1:" in done.stderr


# --new-from


def test_new_from_reports_what_a_change_brought(repo: Path) -> None:
    assert run(repo, "--new-from", "HEAD").exit_code == 0
    git(repo, "checkout", "-q", "-b", "change")
    write(repo, {"Dockerfile": "# more\n" + LATEST, "new/Dockerfile": LATEST})
    commit(repo)
    done = run(repo, "--new-from", "main", "-o", "concise")
    assert done.stdout.startswith("new/Dockerfile:1:")
    assert done.stdout.count("\n") == 1


def test_new_from_counts_from_the_fork(repo: Path) -> None:
    git(repo, "checkout", "-q", "-b", "change")
    git(repo, "checkout", "-q", "main")
    write(repo, {"Dockerfile": "FROM debian:12.5\nUSER 1\n"})
    commit(repo)
    git(repo, "checkout", "-q", "change")
    assert run(repo, "--new-from", "main").exit_code == 0


def test_a_moved_file_is_not_new(repo: Path) -> None:
    (repo / "app").mkdir()
    git(repo, "mv", "Dockerfile", "app/Dockerfile")
    assert run(repo, "--new-from", "HEAD").exit_code == 0


def test_what_another_file_brings_is_new_too(repo: Path) -> None:
    write(repo, {"Dockerfile": LATEST.replace("latest", "${TAG}"), "x": "1"})
    commit(repo)
    write(repo, {"Dockerfile": "ARG TAG=latest\n" + LATEST.replace("latest", "${TAG}")})
    assert "Dockerfile:1:9" in run(repo, "--new-from", "HEAD", "-o", "concise").stdout


def test_a_renamed_job_brings_nothing_new(repo: Path) -> None:
    write(repo, {".github/workflows/a.yml": WORKFLOW})
    commit(repo)
    renamed = WORKFLOW.replace("  a:", "  # more\n  b:").replace("echo ${{", "echo  ${{", 1)
    write(repo, {".github/workflows/a.yml": renamed})
    done = run(repo, "--new-from", "HEAD", "-o", "concise")
    assert done.stdout.count("template-injection") <= 1
    assert ":10:" not in done.stdout


def test_links_in_a_commit_are_followed_inside_it_only(repo: Path) -> None:
    (repo / "app").mkdir()
    (repo / "app" / "Dockerfile").symlink_to("../Dockerfile")
    (repo / "out").mkdir()
    (repo / "out" / "Dockerfile").symlink_to("/etc/passwd")
    (repo / "linked").symlink_to("app")
    commit(repo)
    from plumblint.repo import Unreadable
    from plumblint.repo.git_tree import open_commit

    tree = open_commit(str(repo), "HEAD")
    assert tree.source("app/Dockerfile").text == LATEST
    assert tree.source("linked/Dockerfile").text == LATEST
    assert isinstance(tree.read("out/Dockerfile"), Unreadable)
    assert isinstance(tree.read("gone"), Unreadable)
    assert tree.tracked("Dockerfile")
    tree.close()


def test_a_ref_that_looks_like_an_option_is_none(repo: Path) -> None:
    assert run(repo, "--new-from", "--output=x").exit_code == 2
    assert not (repo / "x").exists()


# ignore


def test_ignores_are_inserted_where_they_hold(repo: Path) -> None:
    write(
        repo, {".github/workflows/a.yml": WORKFLOW, "crlf/Dockerfile": LATEST.replace("\n", "\r\n")}
    )
    done = run(repo, "ignore", "--reason", "seen  by\nus")
    assert done.exit_code == 0, done.output
    assert run(repo).exit_code == 0
    assert (
        (repo / "Dockerfile").read_text().startswith("# plumblint: ignore[latest-tag] seen by us\n")
    )
    assert (repo / "crlf/Dockerfile").read_bytes().count(b"\r\n") == 3
    workflow = (repo / ".github/workflows/a.yml").read_text()
    assert "      # plumblint: ignore[template-injection] seen by us\n      - run: |" in workflow


def test_only_what_is_selected_is_ignored_and_until_when(repo: Path) -> None:
    run(repo, "ignore", "--reason", "x", "--select", "root-container", "--until", "2999-01-01")
    assert run(repo).exit_code == 1
    run(repo, "ignore", "--reason", "x", "--until", "2999-01-01")
    assert "ignore[latest-tag] until=2999-01-01 x" in (repo / "Dockerfile").read_text()
    assert run(repo, "ignore", "--reason", "x", "--until", "soon").exit_code == 2
    assert run(repo, "ignore", "--reason", " ").exit_code == 2
    assert run(repo, "ignore").exit_code == 2


def test_diff_changes_nothing(repo: Path) -> None:
    done = run(repo, "ignore", "--reason", "x", "--diff")
    assert "+# plumblint: ignore[latest-tag] x" in done.stdout
    assert (repo / "Dockerfile").read_text() == LATEST


def test_a_comment_is_never_put_into_a_text(repo: Path) -> None:
    text = (
        "on: push\npermissions: {}\njobs:\n  a:\n    runs-on: x\n    steps:\n"
        '      - run: "echo a;\n          echo ${{ github.event.issue.title }}"\n'
    )
    write(repo, {".github/workflows/a.yml": text, "Dockerfile": "FROM debian:12.5\nUSER 1\n"})
    assert run(repo).exit_code == 1
    done = run(repo, "ignore", "--reason", "x")
    assert (repo / ".github/workflows/a.yml").read_text() == text
    assert done.exit_code == 1
    assert ".github/workflows/a.yml: left as it is" in done.stderr


def test_a_file_where_a_comment_would_not_do_is_left_alone(repo: Path) -> None:
    text = "# syntax=docker/dockerfile:latest\n# escape=`\nFROM debian:latest\nUSER 1\n"
    write(repo, {"Dockerfile": text.replace("debian:latest", "debian:12.5"),
                 ".plumblint.yaml": "select: [unpinned-frontend]\nfail-on: note\n"})  # fmt: skip
    assert run(repo).exit_code == 1
    done = run(repo, "ignore", "--reason", "x")
    assert "ignore" not in (repo / "Dockerfile").read_text()
    assert done.exit_code == 1


# init

HOOKS = """\
# our hooks
repos:
  # first
  - repo: https://github.com/pre-commit/pre-commit-hooks
    rev: v5.0.0  # keep
    hooks:
      - id: check-yaml
        args: ["--unsafe", '--x']   # odd
      - id: end-of-file-fixer

ci: {autofix_prs: false}
"""


def test_init_adds_all_there_is_to_add(tmp_path: Path) -> None:
    write(tmp_path, {"Dockerfile": LATEST})
    commit(tmp_path)
    done = run(tmp_path, "init")
    assert done.exit_code == 0, done.output
    assert (tmp_path / ".plumblint.yaml").exists()
    assert run(tmp_path, ".github", "--preset", "strict", "--ignore", "expired-ignore").stdout
    done = run(tmp_path, ".github", "--preset", "strict")
    assert done.exit_code == 0, done.stdout
    before = (tmp_path / ".pre-commit-config.yaml").read_text()
    assert run(tmp_path, "init").stderr.count("already") == 3
    assert (tmp_path / ".pre-commit-config.yaml").read_text() == before


@pytest.mark.parametrize("text", [HOOKS, HOOKS.replace("\n", "\r\n"), HOOKS.replace("\n  ", "\n")])
def test_init_keeps_every_line_of_what_is_there(tmp_path: Path, text: str) -> None:
    write(tmp_path, {".pre-commit-config.yaml": text, "pyproject.toml": "[tool.plumblint]\n"})
    commit(tmp_path)
    assert "pyproject.toml: has a [tool.plumblint] already" in run(tmp_path, "init").stderr
    after = (tmp_path / ".pre-commit-config.yaml").read_bytes().decode()
    assert "plumblint" in after
    lines = iter(after.splitlines(keepends=True))
    assert all(line in lines for line in text.splitlines(keepends=True))
    assert after.index("fixer") < after.index("plumblint") < after.index("ci:")
    assert ("\r\n" in after) == ("\r\n" in text)


def test_init_refuses_what_it_cannot_read(tmp_path: Path) -> None:
    write(tmp_path, {".pre-commit-config.yaml": "- 1\n"})
    commit(tmp_path)
    assert run(tmp_path, "init").exit_code == 2
