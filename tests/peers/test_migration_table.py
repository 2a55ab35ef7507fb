"""The tables of docs/migration-hadolint.md say what the catalogue says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plumblint.policy.catalogue import load_catalogue
from plumblint.prove import prove
from plumblint.run import findings_of

PAGE = (Path(__file__).parents[2] / "docs" / "migration-hadolint.md").read_text(encoding="utf-8")
ROWS = {
    match[1]: match[0]
    for match in re.finditer(r"^\| (DL\d+|SC…|DS-\d+|CKV\w+|[A-Z]\w+) \|.*$", PAGE, re.MULTILINE)
}
CATALOGUE = load_catalogue()


def test_every_policy_that_is_named_is_there_with_its_preset():
    named = re.findall(r"`([a-z0-9-]+)` \((recommended|strict)\)", PAGE)
    assert len(named) > 100
    assert not [
        name
        for name, preset in named
        if name not in CATALOGUE.by_id or CATALOGUE.by_id[name].preset != preset
    ]


def test_every_code_of_a_policy_has_a_row_that_names_it():
    wrong = [
        (code, policy.id)
        for policy in CATALOGUE.policies
        for code in policy.also
        if re.match(r"DL|DS-|CKV2?_DOCKER|[A-Z][a-z]+[A-Z]", code)
        and f"`{policy.id}`" not in ROWS.get(code, "")
        and policy.guardrail in ("images", "pinning", "privilege")
    ]
    assert not wrong


def test_all_of_the_peers_checks_have_a_row():
    assert sum(row.startswith("DL") for row in ROWS) == 72
    assert sum(row.startswith("DS-") for row in ROWS) == 28
    assert sum(row.startswith("CKV") for row in ROWS) == 28


@pytest.mark.parametrize("text", re.findall(r"```yaml\n(title: .*?)```", PAGE, re.DOTALL))
def test_the_policies_shown_hold(text, tmp_path):
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "shown-policy.yaml").write_text(text, encoding="utf-8")
    catalogue = load_catalogue([str(tmp_path)])
    (policy,) = [one for one in catalogue.policies if one.id == "shown-policy"]

    def pipeline(repo):
        return findings_of(repo, ["shown-policy"], catalogue=catalogue)

    assert prove(policy, pipeline) == []
