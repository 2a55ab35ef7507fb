"""Whatever a repo holds: it is said, the rest goes on, and the run ends soon and small."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from bad_inputs import BAD_INPUTS, NEIGHBOUR, NEIGHBOURS_FAULT, BadInput, compose
from measured_run import MOST_MEGABYTES, MOST_SECONDS, Run, run


def lay_out(root: Path, files: dict[str, bytes | str]) -> None:
    for name, content in {NEIGHBOUR: "FROM node:latest\nUSER 1\n", **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def check(done: Run) -> None:
    """What holds for every run."""
    assert "Traceback" not in done.err, done.err
    assert done.code in (0, 1), (done.code, done.err, done.out[:3000])
    assert done.seconds < MOST_SECONDS, f"{done.seconds:.1f} s"
    assert done.megabytes < MOST_MEGABYTES, f"{done.megabytes:.0f} MB"


def places(entries: list[dict]) -> set[str]:
    """Each place as `path` and as `path:line`."""
    return {
        place for entry in entries for place in (entry["path"], f"{entry['path']}:{entry['line']}")
    }


@pytest.mark.parametrize(
    "bad", [pytest.param(bad, id=f"{group}: {bad.name}") for group in BAD_INPUTS
            for bad in BAD_INPUTS[group]]
)  # fmt: skip
def test_bad_input_is_said_and_the_rest_goes_on(bad: BadInput, tmp_path: Path) -> None:
    root = tmp_path / "repo"
    lay_out(root, bad.files)
    if bad.make:
        bad.make(root)
    done = run(root, "check", "-o", "json")
    check(done)
    report = done.report
    found = {f"{f['policy']} {f['path']}:{f['line']}:{f['column']}" for f in report["findings"]}
    assert found >= {NEIGHBOURS_FAULT, *bad.found}
    said = places(report["findings"]) | places(report["problems"])
    assert said >= set(bad.said), (report["problems"], report["summary"])
    counted = {*report["summary"]["files_unread"], *report["summary"]["templates"]}
    assert {problem["path"] for problem in report["problems"]} <= counted


def test_unreadable_permission(tmp_path: Path) -> None:
    root = tmp_path / "repo"
    lay_out(root, {"Dockerfile": "FROM node:latest\n", "deploy/compose.yaml": compose()})
    (root / "Dockerfile").chmod(0)
    (root / "deploy").chmod(0)
    done = run(root, "check", "-o", "json", before=without_root_rights())
    (root / "deploy").chmod(0o755)
    check(done)
    assert "Dockerfile:1" in places(done.report["findings"]) | places(done.report["problems"])
    assert NEIGHBOURS_FAULT.split()[1][:-3] in places(done.report["findings"])


def without_root_rights() -> tuple[str, ...]:
    """What takes root's right to read everything away; skips where it cannot be had."""
    if os.geteuid() != 0:
        return ()
    setpriv = shutil.which("setpriv")
    drop = (setpriv or "", "--bounding-set=-dac_override,-dac_read_search")
    if setpriv is None or subprocess.run([*drop, "true"], check=False).returncode:
        pytest.skip("root reads everything, and setpriv cannot take that away here")
    return drop


@pytest.mark.parametrize("form", ["text", "sarif", "github", "markdown", "junit", "concise"])
def test_no_escape_reaches_the_reader(form: str, tmp_path: Path) -> None:
    root = tmp_path / "repo"
    evil = "\x1b[2J\x1b]8;;http://x\x07\u202e::error::x"
    lay_out(root, {
        "Dockerfile": f"FROM node{evil}:latest\nUSER root\nRUM {evil}\n",
        "compose.yaml": compose(image=f'"nginx:latest{evil[10:]}"'),
        "\x1b[31mx/Dockerfile": "FROM node:latest\n",
    })  # fmt: skip
    done = run(root, "check", "-o", form)
    check(done)
    raw = done.out.replace("\n", "").replace("\t", "")
    assert not [character for character in raw if ord(character) < 32 or character in "\u202e\x7f"]


def test_a_repo_cannot_make_git_run_a_program(tmp_path: Path) -> None:
    root = tmp_path / "repo"
    lay_out(root, {"evil.sh": f"#!/bin/sh\ntouch {tmp_path}/ran\n"})
    (root / "evil.sh").chmod(0o755)
    git = ["git", "-C", str(root), "-c", "init.defaultBranch=main"]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "-A"], check=True)
    for key in ("core.fsmonitor", "core.sshCommand", "core.pager", "diff.external",
                "filter.x.clean", "filter.x.smudge", "filter.x.process"):  # fmt: skip
        subprocess.run([*git, "config", key, str(root / "evil.sh")], check=True)
    (root / ".gitattributes").write_text("* filter=x\n")
    done = run(root, "check", "-o", "json")
    check(done)
    assert NEIGHBOUR in places(done.report["findings"])
    assert not (tmp_path / "ran").exists()
