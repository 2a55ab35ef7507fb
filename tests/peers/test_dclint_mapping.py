"""What policies say of dclint's rules, and the page about them, agree with the catalogue."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from dclint_runs import DCLINT, dclint

from plumblint.config import Config
from plumblint.policy.catalogue import load_catalogue
from plumblint.repo import Repo
from plumblint.run import run

PAGE = (Path(__file__).parents[2] / "docs" / "migration-dclint.md").read_text(encoding="utf-8")
CATALOGUE = load_catalogue()
ROWS = {match[1]: match[0] for match in re.finditer(r"^\| ([a-z0-9-]+) \|.*$", PAGE, re.MULTILINE)}
RULES = {
    "no-build-and-image", "no-duplicate-container-names", "no-duplicate-exported-ports",
    "no-quotes-in-volumes", "no-unbound-port-interfaces", "no-version-field",
    "require-project-name-field", "require-quotes-in-ports", "service-container-name-regex",
    "service-dependencies-alphabetical-order", "service-image-require-explicit-tag",
    "service-keys-order", "service-ports-alphabetical-order", "services-alphabetical-order",
    "top-level-properties-order",
}  # fmt: skip


def test_every_policy_that_is_named_is_there_with_its_preset():
    named = re.findall(r"`([a-z0-9-]+)` \((recommended|strict)\)", PAGE)
    assert len(named) > 30
    assert not [
        name
        for name, preset in named
        if name not in CATALOGUE.by_id or CATALOGUE.by_id[name].preset != preset
    ]


def test_policies_that_no_peer_has_are_there():
    last = PAGE.partition("## What none of them asks")[2]
    assert not [name for name in re.findall(r"`([a-z-]+)`", last) if name not in CATALOGUE.by_id]


def test_all_of_the_peers_checks_have_a_row():
    assert set(ROWS) >= RULES
    assert len(re.findall(r"^\| [0-9a-f]{8} \|", PAGE, re.MULTILINE)) == 22
    semgrep = PAGE.partition("## semgrep")[2]
    assert len(re.findall(r"^\| [a-z-]+ \| `", semgrep, re.MULTILINE)) == 6


def test_rules_that_policies_answer_for_are_told_on_the_page():
    answered = {
        (code, policy.id) for policy in CATALOGUE.policies for code in policy.also if code in RULES
    }
    assert len({code for code, _ in answered}) == 5
    assert not [pair for pair in answered if f"`{pair[1]}`" not in ROWS[pair[0]]]


@pytest.mark.parametrize(
    ("comment", "left"),
    [
        ("# dclint disable-line no-version-field", 0),
        ("# dclint disable-line no-version-field service-keys-order", 0),
        ("# dclint disable-line service-keys-order", 1),
        ("# dclint disable-line", 1),
    ],
)
def test_comments(comment, left):
    text = f'version: "3"  {comment}\nservices:\n  a:\n    image: acme/a:1.2.3\n'
    config = Config(select=("obsolete-version-key",))
    assert (
        len(run(Repo({"compose.yaml": text}), config, today="2026-01-15").report.findings) == left
    )


def test_comments_for_the_whole_file():
    text = '# dclint disable no-version-field\nversion: "3"\nservices:\n  a:\n    image: acme/a:1\n'
    config = Config(select=("no-version-field",))
    assert not run(Repo({"compose.yaml": text}), config, today="2026-01-15").report.findings


@pytest.mark.skipif(DCLINT is None, reason="dclint is not installed")
@pytest.mark.parametrize(
    "policy",
    [
        policy
        for policy in CATALOGUE.policies
        if RULES & set(policy.also) and policy.id != "floating-tag"
    ],
    ids=lambda policy: policy.id,
)
def test_dclint_finds_the_rule_in_a_bad_example(policy, tmp_path):
    paths = []
    for number, example in enumerate(policy.examples):
        text = example.get("bad", {}).get("compose.yaml")
        if isinstance(text, str):
            path = tmp_path / f"{number}" / "compose.yaml"
            path.parent.mkdir()
            path.write_text(text, encoding="utf-8")
            paths.append(str(path))
    found = {rule for _, rule, _, _ in dclint(paths, tmp_path)}
    assert found & RULES & set(policy.also), sorted(found)


@pytest.mark.skipif(DCLINT is None, reason="dclint is not installed")
def test_floating_tag(tmp_path):
    path = tmp_path / "compose.yaml"
    path.write_text("services:\n  a:\n    image: acme/a:edge\n", encoding="utf-8")
    found = {rule for _, rule, _, _ in dclint([str(path)], tmp_path)}
    assert "service-image-require-explicit-tag" in found
