"""Every shipped policy holds against its own examples."""

from __future__ import annotations

import importlib
import re

import pytest

from plumblint.policy.catalogue import load_catalogue
from plumblint.policy.schema import schema_faults
from plumblint.prove import prove_example

CATALOGUE = load_catalogue()
EXAMPLES = [
    pytest.param(
        policy, example, id=f"{policy.id}-{number}-{'bad' if 'bad' in example else 'good'}"
    )
    for policy in CATALOGUE.policies
    for number, example in enumerate(policy.examples, 1)
]


@pytest.mark.parametrize(("policy", "example"), EXAMPLES)
def test_example_holds(policy, example):
    run = importlib.import_module("plumblint.run")
    failures = prove_example(
        policy, example, lambda repo: run.findings_of(repo, select=[policy.id])
    )
    assert not failures, "\n".join(map(str, failures))


def test_superseded_policies_exist():
    missing = {
        f"{policy.id} supersedes {other}"
        for policy in CATALOGUE.policies
        for other in policy.supersedes
        if other not in CATALOGUE.by_id
    }
    assert not missing


def test_no_policy_supersedes_itself_in_a_circle():
    def superseded(policy_id, seen):
        policy = CATALOGUE.by_id.get(policy_id)
        for other in policy.supersedes if policy else ():
            if other not in seen:
                seen.add(other)
                superseded(other, seen)
        return seen

    assert not [
        policy.id for policy in CATALOGUE.policies if policy.id in superseded(policy.id, set())
    ]


def test_policy_texts_are_complete():
    for policy in CATALOGUE.policies:
        assert policy.title
        assert not policy.title.endswith("."), policy
        assert all((policy.why, policy.remedy, policy.since)), policy
        assert policy.guardrail == policy.path.split("/")[1], policy


def test_files_pass_the_published_schema():
    yaml = pytest.importorskip("ruamel.yaml")
    from plumblint.policy.catalogue import checkout_rules
    from plumblint.policy.folder import policy_files

    for path, _ in policy_files(checkout_rules()):
        if path.endswith("internal-error.yaml"):
            continue
        with open(path, encoding="utf-8") as file:
            data = yaml.YAML(typ="safe", pure=True).load(file)
        assert schema_faults(data) == [], path


def test_texts_that_are_shown_as_they_are_double_no_braces():
    doubled = re.compile(r"(?<!\$)\{\{(?! )")
    for policy in CATALOGUE.policies:
        assert not doubled.search(policy.why + policy.remedy), policy
