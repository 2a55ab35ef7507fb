"""rules, explain, facts, test, schema, completion."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import run, write

COMPOSE = """\
services:
  web:
    image: nginx:latest
    environment:
      API_TOKEN: 8fK2mQx9Lp4Vz7Rt1Wn6Yb3Hs5Jd0Gc
"""
POLICY = """\
title: Image is not from our registry
severity: error
confidence: high
preset: recommended
since: 1.0.0
on: image
deny: image.registry != "registry.example.com"
at: registry
message: "`{image.text}` is not from our registry"
why: Only our registry is scanned.
remedy: Push it there.
examples:
  - bad: {Dockerfile: "FROM debian:12.5\\n"}
    hits: ["debian:12.5"]
  - good: {Dockerfile: "FROM registry.example.com/debian:12.5\\n"}
"""


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    write(tmp_path, {".plumblint.yaml": "preset: strict\n", "Dockerfile": "FROM debian:latest\n",
                     "script.py": "x"})  # fmt: skip
    return tmp_path


def test_rules_lists_and_filters(repo: Path) -> None:
    whole = run(repo, "rules").stdout
    assert "latest-tag" in whole
    assert "\npinning\n" in whole
    names = {rule["id"] for rule in json.loads(run(repo, "rules", "--json").stdout)}
    assert {"latest-tag", "internal-error"} <= names
    some = json.loads(run(repo, "rules", "--json", "DL3007", "--on", "image").stdout)
    assert [rule["id"] for rule in some] == ["latest-tag"]
    assert some[0]["examples"]
    strict = json.loads(run(repo, "rules", "--json", "--preset", "strict").stdout)
    usual = json.loads(run(repo, "rules", "--json", "--preset", "recommended").stdout)
    assert len(strict) > len(usual)
    assert all(rule["preset"] == "recommended" for rule in usual)
    write(repo, {".plumblint.yaml": "ignore: [latest-tag]\n"})
    assert "latest-tag" not in run(repo, "rules", "--enabled").stdout
    assert run(repo, "rules", "latest-tag").stderr.startswith("1 policy;")


def test_explain_tells_all_of_a_policy(repo: Path) -> None:
    text = run(repo, "explain", "dl3007").stdout
    assert text.startswith("# latest-tag\n")
    for part in ("## Remedy", "## Examples", "FROM node:latest", "deny: "):
        assert part in text


def test_explain_at_a_place(repo: Path) -> None:
    text = run(repo, "explain", "latest-tag", "--at", "Dockerfile:1").stdout
    assert "latest-tag denies image Dockerfile:1:6" in text
    assert 'image.tag = "latest"' in text
    assert "In a run it is reported." in text
    write(repo, {"Dockerfile": "FROM debian:12\n"})
    text = run(repo, "explain", "latest-tag", "--at", "Dockerfile:1:3").stdout
    assert "does not deny" in text
    assert "FALSE" in text
    assert "not asked" in text
    write(repo, {"Dockerfile": "FROM registry.example.com/app:1\n"})
    assert "cannot tell" in run(repo, "explain", "root-container", "--at", "Dockerfile:1").stdout
    write(repo, {"Dockerfile": "# plumblint: ignore[latest-tag] x\nFROM debian:latest\n"})
    text = run(repo, "explain", "latest-tag", "--at", "Dockerfile:2").stdout
    assert "ignored by the comment at line 1" in text
    text = run(repo, "explain", "deploy-without-tests", "--at", "Dockerfile:1").stdout
    assert "there is none at this line" in text


@pytest.mark.parametrize("place", ["Dockerfile", "Dockerfile:0", "Dockerfile:99", "gone:1", ":1"])
def test_explain_wants_a_place_that_is_there(repo: Path, place: str) -> None:
    assert run(repo, "explain", "latest-tag", "--at", place).exit_code == 2


def test_facts_of_a_file(repo: Path) -> None:
    text = run(repo, "facts", "Dockerfile", "--kind", "image").stdout
    assert text.startswith("image  Dockerfile:1:6  ")
    assert '    tag = "latest"\n' in text
    lines = run(repo, "facts", "Dockerfile", "--json").stdout.splitlines()
    assert {json.loads(line)["fact"] for line in lines} >= {"image", "stage", "instruction"}


def test_facts_never_show_a_secret(repo: Path) -> None:
    write(repo, {"compose.yaml": COMPOSE})
    for arguments in ((), ("--json",), ("--all",)):
        text = run(repo, "facts", "compose.yaml", *arguments).stdout
        assert "9Lp4Vz7Rt1Wn6" not in text


def test_policies_are_proved_by_their_examples(repo: Path) -> None:
    write(repo, {"mine/images/our-registry.yaml": POLICY})
    done = run(repo, "test", "mine", "-v")
    assert done.exit_code == 0, done.output
    assert "our-registry: 2 of 2 examples hold" in done.stdout
    wrong = POLICY.replace('hits: ["debian:12.5"]', 'hits: ["debian"]')
    write(repo, {"mine/images/our-registry.yaml": wrong})
    done = run(repo, "test", "mine")
    assert done.exit_code == 1
    assert "mine/images/our-registry.yaml:13: our-registry: wanted:\n  debian" in done.stdout
    write(
        repo, {"mine/images/our-registry.yaml": POLICY.replace("image.registry !=", "image.reg !=")}
    )
    done = run(repo, "test", "mine")
    assert done.exit_code == 2
    assert "mine/images/our-registry.yaml:7:7: there is no field of image `reg`" in done.stderr
    assert run(repo, "test", "missing").exit_code == 2


def test_one_file_of_policies_is_proved(repo: Path) -> None:
    write(repo, {"mine/images/our-registry.yaml": POLICY, "mine/images/other.yaml": POLICY,
                 "mine/more/third.yaml": POLICY})  # fmt: skip
    done = run(repo, "test", "mine/images/our-registry.yaml", "-v")
    assert done.exit_code == 0, done.output
    assert done.stderr == "1 policy, 2 examples: all hold.\n"
    done = run(repo, "test", "mine/images/our-registry.yaml", "mine/more")
    assert done.stderr.startswith("2 policies")
    assert run(repo / "mine/images", "test", "other.yaml").stderr.startswith("1 policy")


def test_own_policies_take_part(repo: Path) -> None:
    write(repo, {"mine/images/our-registry.yaml": POLICY,
                 ".plumblint.yaml": "policies: [mine]\nselect: [our-registry]\n"})  # fmt: skip
    assert "error our-registry" in run(repo, "-o", "concise").stdout
    assert "our-registry" in run(repo, "rules").stdout
    assert run(repo, "test").exit_code == 0


def test_schemas_are_schemas(repo: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    for what in ("config", "policy"):
        schema = json.loads(run(repo, "schema", what).stdout)
        jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(repo: Path, shell: str) -> None:
    assert "_PLUMBLINT_COMPLETE" in run(repo, "completion", shell).stdout


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("ru", "plain,rules"),
        ("explain latest-", "plain,latest-tag"),
        ("check --select latest-", "plain,latest-tag"),
        ("--select pinning,latest-", "plain,pinning,latest-tag"),
        ("Dockerfile --ignore sig", "plain,signals"),
        ("-o sa", "plain,sarif"),
        ("facts --kind proc", "plain,process"),
        ("rules --on proc", "plain,process"),
        ("--sel", "plain,--select"),
        ("--preset st", "plain,strict"),
        ("Dock", "file,Dock"),
        ("--baseline b", "file,b"),
    ],
)
def test_completion(
    repo: Path, monkeypatch: pytest.MonkeyPatch, typed: str, completed: str
) -> None:
    monkeypatch.setenv("COMP_WORDS", f"plumblint {typed}")
    monkeypatch.setenv("COMP_CWORD", str(len(typed.split())))
    monkeypatch.setenv("_PLUMBLINT_COMPLETE", "bash_complete")
    assert completed in run(repo).stdout.splitlines()
