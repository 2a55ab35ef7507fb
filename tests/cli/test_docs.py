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


def pages() -> list[Path]:
    """Every page for people, of the repo and of its folders."""
    folders = (ROOT, ROOT / "docs", ROOT / "docs/policies", ROOT / "benchmarks", ROOT / "fixtures")
    return [page for folder in folders for page in sorted(folder.glob("*.md"))]


def anchors(text: str) -> set[str]:
    """What GitHub makes of a page's headings."""
    found = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in found}


def test_links_between_pages_lead_somewhere() -> None:
    wrong = []
    for page in pages():
        text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
        for target in re.findall(r"(?<!`)\]\(\s*<?([^)\s>]+)", text):
            path, _, anchor = target.partition("#")
            if re.match(r"[a-z]+:", path):
                continue
            there = (page.parent / path).resolve() if path else page
            if not there.exists():
                wrong.append(f"{page.relative_to(ROOT)}: {target}")
            elif anchor and anchor not in anchors(there.read_text(encoding="utf-8")):
                wrong.append(f"{page.relative_to(ROOT)}: no heading for {target}")
    assert not wrong


def test_the_index_names_every_page() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    missing = [p.name for p in (ROOT / "docs").glob("*.md") if f"({p.name})" not in index]
    assert missing == ["README.md"]


def test_the_readme_shows_what_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"^```console\n\$ plumblint (.*)\n(.*?)^```$", readme, re.M | re.S)
    assert shown is not None
    assert run(ROOT, *shown[1].split()).stdout == shown[2]


def test_the_action_is_called_with_inputs_that_it_has() -> None:
    inputs = (ROOT / "action.yml").read_text(encoding="utf-8").partition("\noutputs:")[0]
    known = set(re.findall(r"^  ([\w-]+):$", inputs, re.MULTILINE))
    for page in (ROOT / "README.md", ROOT / "docs" / "integrations.md"):
        text = page.read_text(encoding="utf-8")
        for used in re.findall(r"uses: plumblint/plumblint@.*\n +with:\n((?: {10}.*\n)+)", text):
            assert set(re.findall(r"^ {10}([\w-]+):", used, re.MULTILINE)) <= known


def test_generated_pages_can_be_checked() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "docs.py"), "--check"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    assert done.stdout
