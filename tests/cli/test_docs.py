"""What the documentation says is so: its example policy, its configuration, its own currency."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import run, write

ROOT = Path(__file__).resolve().parents[2]


def blocks(page: str, language: str) -> list[str]:
    """The code blocks of a page in a language."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def test_the_example_policy_is_as_the_page_tells(tmp_path: Path) -> None:
    policy = blocks("writing-policies.md", "yaml")[0]
    write(tmp_path, {
        "policies/supply-chain/foreign-registry.yaml": policy,
        "Dockerfile": "FROM debian:12.5\n",
        ".plumblint.yaml": "policies: [policies]\n",
    })  # fmt: skip
    told = [block.partition("\n")[2] for block in blocks("writing-policies.md", "console")]
    facts, proved, broken, why = told
    assert run(tmp_path, "facts", "Dockerfile", "--kind", "image").stdout.startswith(facts)
    assert run(tmp_path, "test", "policies").stderr == proved
    done = run(tmp_path, "explain", "foreign-registry", "--at", "Dockerfile:1")
    assert done.stdout.strip() == why.strip()
    path = tmp_path / "policies/supply-chain/foreign-registry.yaml"
    path.write_text(policy.replace("image.registry", "image.registri"))
    assert run(tmp_path, "test", "policies").stderr == broken


@pytest.mark.parametrize(
    ("language", "path"), [("yaml", ".plumblint.yaml"), ("toml", "pyproject.toml")]
)
def test_the_example_configurations_are_read(tmp_path: Path, language: str, path: str) -> None:
    text = blocks("configuration.md", language)[0]
    write(tmp_path, {path: text, "policies/x/y.yaml": blocks("writing-policies.md", "yaml")[0]})
    done = run(tmp_path)
    assert done.exit_code == 0, done.stderr


def test_the_faults_that_the_page_shows(tmp_path: Path) -> None:
    write(tmp_path, {".plumblint.yaml": "prest: strict\n\nselect: [latest-tga]\n"})
    first, second = blocks("configuration.md", "text")[0].splitlines()
    assert run(tmp_path).stderr.splitlines()[0] == first
    write(tmp_path, {".plumblint.yaml": "preset: strict\n\nselect: [latest-tga]\n"})
    assert run(tmp_path).stderr.splitlines()[0] == second


def test_every_key_and_option_is_documented() -> None:
    from plumblint.cli.options import CHECK
    from plumblint.config.schema import PROPERTIES

    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert all(f"| `{key}` |" in page for key in PROPERTIES)
    cli = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert all(flag in cli for option in CHECK for flag in option.flags)


def test_links_between_pages_lead_somewhere() -> None:
    for page in (ROOT / "docs").glob("*.md"):
        text = page.read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([\w./-]+\.md)", text):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_generated_pages_can_be_checked() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "docs.py"), "--check"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    assert done.stdout
