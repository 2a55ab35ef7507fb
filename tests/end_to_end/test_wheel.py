"""The wheel brings its policies along, and finds what the checkout finds."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, unpacked."""
    pytest.importorskip("hatchling")
    folder = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as file:
        file.extractall(folder / "site")
    return folder / "site"


def plumblint(where: Path, repo: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    code = "from plumblint.__main__ import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=repo, env={**os.environ, "PYTHONPATH": str(where), "NO_COLOR": "1"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_policies_come_along_compiled_and_as_files(installed: Path) -> None:
    assert (installed / "plumblint/_catalogue.py").is_file()
    shipped = {path.name for path in (installed / "plumblint/rules").rglob("*.yaml")}
    assert shipped == {path.name for path in (ROOT / "rules").rglob("*.yaml")}


def test_it_finds_what_the_checkout_finds(installed: Path, tmp_path: Path) -> None:
    repo = tmp_path / "repo"
    repo.mkdir()
    (repo / "Dockerfile").write_text("FROM node:latest\nUSER root\nRUN sudo apt-get update\n")
    here = plumblint(ROOT, repo, "-o", "json", "--preset", "strict")
    there = plumblint(installed, repo, "-o", "json", "--preset", "strict")
    assert there.stderr == ""
    assert there.stdout == here.stdout
    assert '"latest-tag"' in there.stdout
    assert there.returncode == here.returncode == 1


def test_nothing_of_the_compiler_is_imported(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text("FROM node:latest\n")
    code = (
        "import sys\nfrom plumblint.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit: pass\n"
        "print(*sorted(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "-o", "concise"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "latest-tag" in done.stdout
    costly = {
        "dataclasses", "importlib.metadata", "jsonschema", "ruamel.yaml", "yaml",
        "plumblint._catalogue_texts", "plumblint.policy.load", "plumblint.policy.typecheck",
        "plumblint.formats.compose", "plumblint.formats.terraform", "plumblint.formats.workflow",
    }  # fmt: skip
    assert sorted(costly.intersection(done.stderr.split())) == []
