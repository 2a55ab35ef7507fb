"""The prover: examples that hold, and how those that do not are told."""

from __future__ import annotations

import pytest

from plumblint.policy.catalogue import policy_of
from plumblint.policy.finding import Finding
from plumblint.policy.load import read_policy
from plumblint.prove import ExampleRepo, prove
from plumblint.repo import Unreadable
from plumblint.source import Source

POLICY = """\
title: T
severity: error
confidence: high
preset: recommended
since: 0.1.0
on: image
deny: image.tag == "latest"
message: M
why: W
remedy: R
examples:
  - bad: {a: "x latest latest"}
    hits: %s
  - good: {b: "x"}
"""


def policy(hits="[latest, latest]", extra=""):
    text = POLICY.replace("%s", hits) + extra
    return policy_of(read_policy(Source("rules/pinning/p.yaml", text), "pinning"))


def pipeline_of(policy):
    def pipeline(repo):
        for path in reversed(repo.files):
            source = repo.source(path)
            start = source.text.find("latest")
            while start >= 0:
                yield Finding(policy, source.span(start, start + 6), "M")
                start = source.text.find("latest", start + 1)

    return pipeline


@pytest.mark.parametrize(
    ("hits", "holds"),
    [
        ("[latest, latest]", True),
        ("['a:1:3 latest', 'a:1:10 latest']", True),
        ("['a:1:3 latest', latest]", True),
        ("['a:1:10 latest', 'a:1:3 latest']", False),
        ("[latest]", False),
        ("[latest, latest, latest]", False),
        ("[latest, lates]", False),
        ("['a:1:3', 'a:1:10']", False),
    ],
)
def test_hits(hits, holds):
    found = policy(hits)
    failures = prove(found, pipeline_of(found))
    assert (not failures) is holds
    if failures:
        text = str(failures[0])
        assert text.startswith("rules/pinning/p.yaml:12: p: wanted:")
        assert "a:1:3 latest" in text


@pytest.mark.parametrize(
    ("hit", "holds"),
    [
        ("late…", True), ("a:1:3 late…", True), ('"late\\nst"', True), ("late", False),
        ("lat…", False), ("st…", False), ("b:1:3 late…", False), ("…", False),
    ],
)  # fmt: skip
def test_a_hit_of_several_lines_may_be_cut(hit, holds):
    found = policy(f"[{hit if hit.startswith(chr(34)) else repr(hit)}]")
    found.examples[0]["bad"] = {"a": "x late\nst"}

    def pipeline(repo):
        for path in repo.files:
            source = repo.source(path)
            if "late" in source.text:
                yield Finding(found, source.span(2, len(source.text)), "M")

    assert (not prove(found, pipeline)) is holds


def test_a_good_example_that_hits():
    found = policy(extra='  - good: {c: "latest"}\n')
    (failure,) = prove(found, pipeline_of(found))
    assert str(failure) == (
        "rules/pinning/p.yaml:15: p: nothing is to be found, but there is:\n  c:1:1 latest"
    )


def test_fixed_files_are_what_is_wanted_and_clean():
    extra = '  - bad: {c: "y latest"}\n    hits: [latest]\n    fixed: {c: "y 1"}\n'
    found = policy(extra=extra)

    def fixer(to):
        return lambda repo, findings: {"c": repo.source("c").text.replace("latest", to)}

    assert prove(found, pipeline_of(found), fixer("1")) == []
    wrong = prove(found, pipeline_of(found), fixer("2"))
    assert [failure.message.split(",")[0] for failure in wrong] == ["fixed"]
    still = prove(found, pipeline_of(found), fixer("latest"))
    assert "still found" in still[-1].message


def test_links_modes_and_bytes():
    repo = ExampleRepo(
        {
            "a/b": "text",
            "a/link": {"link": "b"},
            "up": {"link": "a/../a/link"},
            "out": {"link": "../x"},
            "absolute": {"link": "/etc/passwd"},
            "circle": {"link": "circle"},
            "dangling": {"link": "none"},
            "closed": {"mode": 0, "text": "x"},
            "open": {"mode": 0o644, "text": "x"},
            "bytes": {"base64": "gIE="},
        },
        ["open"],
    )
    assert repo.source("a/link").text == repo.source("up").text == "text"
    assert repo.source("open").text == "x"
    assert repo.source("bytes").bad_bytes == 0
    for path in ("out", "absolute", "circle", "dangling", "closed"):
        assert isinstance(repo.read(path), Unreadable), path
    assert repo.tracked("a/b")
    assert not repo.tracked("open")
