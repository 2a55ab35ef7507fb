"""On real compose files: each finding of dclint that we have a policy for is ours too, or is one
that we leave out on purpose."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from dclint_runs import DCLINT, dclint

from plumblint.config import Config
from plumblint.discover import discover
from plumblint.facts import Container, Port
from plumblint.repo.folder import open_folder
from plumblint.run import run

CORPUS = os.environ.get("PLUMBLINT_CORPUS", "")
pytestmark = [
    pytest.mark.skipif(DCLINT is None, reason="dclint is not installed"),
    pytest.mark.skipif(not CORPUS, reason="PLUMBLINT_CORPUS is not set"),
]
POLICIES = {
    "no-version-field": ("obsolete-version-key",),
    "no-unbound-port-interfaces": ("unbound-port", "published-database-port"),
    "no-duplicate-container-names": ("duplicate-container-name",),
    "service-image-require-explicit-tag": ("untagged-image", "latest-tag", "floating-tag"),
}
_PORT = re.compile(r'port "([^"]*)"')
_SERVICE = re.compile(r'Service "([^"]*)"')


def explained(rule, message, container):
    """Why we are silent where dclint speaks; None for no reason."""
    if rule == "no-unbound-port-interfaces":
        match = _PORT.search(message)
        port = match[1] if match else ""
        if ":" not in port:
            return "a port of the container alone"
        if port.split(":")[0] in ("80", "443") or ":-80}" in port or ":-443}" in port:
            return "a port that is meant for everybody"
        return "a variable may bring an address" if "$" in port else None
    if rule == "service-image-require-explicit-tag":
        image = container.image if container is not None else None
        if image is not None and (image.built_here is True or isinstance(image.tag, str)):
            return "built here, or pinned by `.env`"
        return "a variable" if "${" in message else None
    return None


def disagreements(folder, tmp_path):
    repo = open_folder(str(folder))
    paths = discover(repo, Config().exclude).get("compose", ())
    if not paths:
        return [], 0
    outcome = run(repo, Config(preset="all", preview=True), today="2026-01-15", paths=paths)
    ours = {}
    for finding in outcome.report.findings:
        ours.setdefault((finding.policy.id, finding.span.path), set()).add(finding.fact_path)
    containers = {
        (fact.span.path, fact.name): fact
        for fact in outcome.project.of(Container)
        if fact.kind == "compose"
    }
    left, agreed = [], 0
    for file, rule, line, message in dclint([str(folder / path) for path in paths], tmp_path):
        path = os.path.relpath(os.path.realpath(file), os.path.realpath(folder))
        match = _SERVICE.search(message)
        name = match[1] if match else ""
        if rule not in POLICIES:
            continue
        found = set().union(*(ours.get((one, path), ()) for one in POLICIES[rule]))
        if any(not name or one.startswith(f"services.{name}.") for one in found):
            agreed += 1
        elif explained(rule, message, containers.get((path, name))) is None:
            left.append((path, line, message))
    return left, agreed


def test_findings_of_dclint_are_ours_or_explained(tmp_path):
    left, agreed = [], 0
    for folder in sorted(Path(CORPUS).iterdir()):
        more, same = disagreements(folder, tmp_path)
        left += more
        agreed += same
    print(agreed, "agreed")
    assert agreed
    assert not left


def test_ports_of_the_container_alone_never_clash():
    for folder in sorted(Path(CORPUS).iterdir()):
        repo = open_folder(str(folder))
        if not discover(repo, Config().exclude).get("compose"):
            continue
        outcome = run(repo, Config(select=("duplicate-published-port",)), today="2026-01-15")
        assert not [
            port
            for port in outcome.project.of(Port)
            if port.clashes_with and port.published is None
        ]
