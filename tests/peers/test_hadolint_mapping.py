"""What policies say in `also:` is what hadolint means: it finds that code in our bad examples."""

from __future__ import annotations

import pytest
from hadolint_runs import HADOLINT, hadolint

from plumblint.policy.catalogue import load_catalogue

pytestmark = pytest.mark.skipif(HADOLINT is None, reason="hadolint is not installed")

OFF_BY_DEFAULT = {"DL3057", "DL3026", "DL1001"}
NOT_FOUND = {
    "undefined-variable": "DL3044 is about ENV that uses itself only",
    "unknown-stage": "checked with its own example below",
    "secret-in-build-arg": "hadolint goes by other names",
}
POLICIES = [
    policy
    for policy in load_catalogue().policies
    if {code for code in policy.also if code.startswith("DL")} - OFF_BY_DEFAULT
    and policy.id not in NOT_FOUND
]


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.id)
def test_hadolint_finds_the_code_in_a_bad_example(policy):
    texts = [
        example["bad"]["Dockerfile"]
        for example in policy.examples
        if isinstance(example.get("bad", {}).get("Dockerfile"), str)
    ]
    found = {code for text in texts for code, _ in hadolint(text)}
    assert found & set(policy.also), f"found {sorted(found)}, said {policy.also}"


def test_unknown_stage():
    found = hadolint("FROM debian:12.5 AS builder\nFROM scratch\nCOPY --from=buidler /a /a\n")
    assert ("DL3022", 3) in found
