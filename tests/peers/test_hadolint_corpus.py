"""On real Dockerfiles: each finding of hadolint that we have a policy for is ours too, or is
one that we leave out on purpose."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hadolint_runs import HADOLINT, hadolint

from plumblint.config import Config
from plumblint.discover import discover
from plumblint.facts import Instruction
from plumblint.policy.catalogue import load_catalogue
from plumblint.repo.folder import open_folder
from plumblint.run import run

CORPUS = os.environ.get("PLUMBLINT_CORPUS", "")
pytestmark = [
    pytest.mark.skipif(HADOLINT is None, reason="hadolint is not installed"),
    pytest.mark.skipif(not CORPUS, reason="PLUMBLINT_CORPUS is not set"),
]

LARGEST = 3000
"""Bytes of a Dockerfile; hadolint takes quadratic time on long RUNs."""
LEFT_OUT = {
    "DL3002": "root in a stage that is thrown away",
    "DL3022": "COPY --from of an image",
    "DL3025": "what the signal does decides, not the form",
    "DL3064": "by the value, not by the name alone",
    "DL3066": "a stage that is thrown away, or root",
    "DL4006": "a reader that fails on nothing, a program that does not fail, `curl | sh` apart",
    "DL3046": "a user whose number is a variable",
    "DL3029": "a platform that is partly a variable",
    "DL3062": "a local package",
    "DL3013": "versions that are ranges",
}
"""Codes that we do not follow to the letter, and why."""
FINAL_STAGE_ONLY = {
    "DL3004", "DL3009", "DL3015", "DL3019", "DL3032", "DL3036", "DL3040", "DL3042", "DL3060",
}  # fmt: skip
"""Codes that we count only for what ends in the image."""
EXPLAINED = {
    "DL3000": "a WORKDIR that continues an absolute one",
    "DL3006": "an image that the repo builds itself",
    "DL3008": "a package whose version is partly a variable",
    "DL3018": "packages in a variable of the script",
    "DL3014": "a simulated install; a variable that may hold the option",
    "DL3015": "a simulated install; a variable that may hold the option",
    "DL3019": "caches that the same RUN removes",
    "DL3009": "an update that is not used, which is reported as that",
    "DL3042": "a base image that is not known may switch the cache off",
}
"""Codes with single disagreements on the corpus, each read: hadolint is wrong, or cannot know."""
RATE = 0.7


def agreement():
    codes = {}
    for policy in load_catalogue().policies:
        for code in policy.also:
            if code.startswith("DL") and code not in LEFT_OUT:
                codes.setdefault(code, set()).add(policy.id)
    both, only = {}, {}
    for folder in sorted(Path(CORPUS).iterdir()):
        repo = open_folder(str(folder))
        paths = discover(repo, Config().exclude).get("dockerfile", ())
        if not paths:
            continue
        outcome = run(repo, Config(preset="all", preview=True), today="2026-01-15", paths=paths)
        ours = {}
        for finding in outcome.report.findings:
            ours.setdefault((finding.policy.id, finding.span.path), []).append(finding.span)
        instructions = {}
        for fact in outcome.project.of(Instruction):
            instructions.setdefault(fact.span.path, []).append(fact)
        for path in paths:
            source = repo.source(path)
            if source is None or len(source.text) > LARGEST:
                continue
            for code, line in hadolint(source.text):
                if code not in codes:
                    continue
                fact = at_line(source, instructions.get(path, ()), line)
                if fact is None or (code in FINAL_STAGE_ONLY and not fact.final_stage):
                    continue
                spans = [s for one in codes[code] for s in ours.get((one, path), ())]
                hit = any(fact.span.start <= s.start < fact.span.end for s in spans)
                (both if hit else only).setdefault(code, []).append(f"{folder.name}/{path}:{line}")
    return both, only


def at_line(source, facts, line):
    for fact in facts:
        first = source.position(fact.span.start)[0]
        last = source.position(max(fact.span.end - 1, fact.span.start))[0]
        if first <= line <= last and not fact.onbuild:
            return fact
    return None


def test_findings_of_hadolint_are_ours_or_explained():
    both, only = agreement()
    print({code: (len(both.get(code, ())), len(only.get(code, ()))) for code in {*both, *only}})
    assert both
    unexplained = {code: places for code, places in only.items() if code not in EXPLAINED}
    assert not unexplained
    agreed = sum(map(len, both.values()))
    assert agreed / (agreed + sum(map(len, only.values()))) >= RATE
