"""The quick way into `check` understands arguments as click does, or leaves them to click."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plumblint.cli.check_command import command
from plumblint.cli.options import CHECK
from plumblint.cli.quick import parse

WORDS = [
    *(flag for option in CHECK for flag in option.flags), "check", ".", "tests", "-", "--", "text",
    "json=x", "a,b", "strict", "note", "3", "-3", "", "always", "--preset=strict", "--select=a, b",
    "--output=text", "-otext", "--jobs=0", "--help", "--nope", "no/such", "rules", "--exit-zero=1",
]  # fmt: skip


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(WORDS), max_size=6))
def test_both_ways_agree(words: list[str]) -> None:
    quick = parse(words)
    if quick is None:
        return
    rest = words[1:] if words[:1] == ["check"] else words
    with command.make_context("check", list(rest)) as context:
        assert context.params == quick


@pytest.mark.parametrize(
    "words",
    [["rules"], ["explain", "x"], ["chek"], ["--help"], ["-h"], ["--select"], ["--preset", "x"],
     ["-o", "jsn"], ["--jobs", "x"], ["--nope"], ["check", "--help"], ["--exit-zero=1"]],
)  # fmt: skip
def test_what_is_not_plainly_right_is_left_to_click(words: list[str]) -> None:
    assert parse(words) is None


@pytest.mark.parametrize("words", [[], ["check"], ["tests/"], ["."], ["check", "rules"], ["-"]])
def test_the_usual_is_quick(words: list[str]) -> None:
    assert parse(words) is not None


def plumblint(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    root = Path(__file__).resolve().parents[2]
    return subprocess.run(
        [sys.executable, "-m", "plumblint", *arguments],
        cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(root)},
    )  # fmt: skip


def test_a_whole_run_without_click(tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text("FROM debian:latest\nUSER 1\n")
    done = plumblint(tmp_path, "-o", "concise", "--select", "latest-tag")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("Dockerfile:1:13: error latest-tag")
    script = "import sys; sys.argv[1:] = ['Dockerfile']\n" + (
        "from plumblint.__main__ import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print([m for m in ('click', 'jsonschema', 'ruamel.yaml', 'yaml', 'json', 'subprocess')"
        " if m in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
    )  # fmt: skip
    assert "'click'" not in done.stderr
    assert "'jsonschema'" not in done.stderr
    assert "'ruamel.yaml'" not in done.stderr


def test_both_ways_end_alike_where_there_is_no_run(tmp_path: Path) -> None:
    quick = plumblint(tmp_path, "--config", "gone.yaml")
    slow = plumblint(tmp_path, "--config", "gone.yaml", "--jobs", "x")
    assert quick.returncode == slow.returncode == 2
    assert quick.stderr == "error: --config: gone.yaml cannot be read: No such file or directory\n"
    assert "Error: Invalid value for '--jobs'" in slow.stderr
    assert plumblint(tmp_path, "rules", "--policies", "gone").stderr == (
        "error: --policies: there is no folder `gone`\n"
    )


def test_click_is_the_reference() -> None:
    assert isinstance(command, click.Command)
