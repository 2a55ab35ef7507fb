"""What policies say in `also:` is what zizmor means: it finds that audit in our bad examples."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from zizmor_runs import ZIZMOR, zizmor

from plumblint.policy.catalogue import load_catalogue

PAGE = (Path(__file__).parents[2] / "docs" / "migration-zizmor.md").read_text(encoding="utf-8")
TABLE = PAGE.split("## zizmor's audits", 1)[1].split("\n## ", 1)[0]
AUDITS = frozenset(re.findall(r"`([a-z-]+)`", "".join(re.findall(r"^\| (.*?) \|", TABLE, re.M))))
CATALOGUE = load_catalogue()
POLICIES = [policy for policy in CATALOGUE.policies if AUDITS.intersection(policy.also)]


def test_the_page_has_a_row_for_every_audit():
    assert len(AUDITS) >= 41


def test_the_page_names_policies_that_there_are():
    named = {name for name in re.findall(r"`([a-z-]+)`", PAGE) if name in TABLE} - AUDITS
    known = {policy.id for policy in CATALOGUE.policies}
    assert len(named & known) >= 20


def test_presets_on_the_page():
    for name in re.findall(r"`([a-z-]+)` \(strict\)", PAGE):
        assert CATALOGUE.by_id[name].preset == "strict", name


@pytest.mark.skipif(ZIZMOR is None, reason="zizmor is not installed")
@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.id)
def test_zizmor_finds_the_audit_in_a_bad_example(policy, tmp_path):
    for number, example in enumerate(policy.examples):
        for path, text in (example.get("bad") or {}).items():
            if path.startswith(".github/") and isinstance(text, str):
                file = tmp_path / str(number) / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
    found = {one.audit for folder in tmp_path.iterdir() for one in zizmor(folder)[0]}
    assert found & set(policy.also), f"found {sorted(found)}, said {policy.also}"
