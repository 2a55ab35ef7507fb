"""The catalogue: selection, folders, the cache, and the generated form."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import types

import pytest

from plumblint.facts import Image, Related, Unknown
from plumblint.facts.fact import Origin
from plumblint.policy import folder as folder_module
from plumblint.policy.catalogue import Catalogue, UnknownNameError, load_catalogue, policy_of
from plumblint.policy.error import PolicyError
from plumblint.policy.generate import generate
from plumblint.policy.judge import judge
from plumblint.policy.load import read_policy
from plumblint.policy.model import HOT, TEXTS
from plumblint.source import Source, Span

POLICY = """\
title: T
severity: {severity}
confidence: high
preset: {preset}
status: {status}
since: 0.1.0
on: image
deny: {deny}
at: tag
message: "tag {{image.tag}}, most {{options.most}}"
why: W
remedy: R
also: [{also}]
options: {{most: {{type: integer, default: 3, doc: D}}}}
examples:
  - bad: {{Dockerfile: "FROM a:latest\\n"}}
    hits: [latest]
  - good: {{Dockerfile: "FROM a:1\\n"}}
"""


def text_of(**fields):
    values = {
        "severity": "error", "preset": "recommended", "status": "stable", "also": "DL3007",
        "deny": 'image.tag == "latest"', **fields,
    }  # fmt: skip
    return POLICY.format(**values)


def policy(policy_id="one", guardrail="pinning", **fields):
    source = Source(f"{guardrail}/{policy_id}.yaml", text_of(**fields))
    return policy_of(read_policy(source, guardrail))


@pytest.fixture
def catalogue():
    return Catalogue(
        [
            policy("one"),
            policy("two", preset="strict", also="X1, X2"),
            policy("three", "privilege", status="preview", also="DL3007"),
        ]
    )


def ids(policies):
    return [policy.id for policy in policies]


@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        (["one"], ["one"]),
        (["pinning"], ["one", "two"]),
        (["dl3007"], ["one", "three"]),
        (["X2", "two"], ["two"]),
        (["recommended"], ["one"]),
        (["strict"], ["one", "two"]),
        (["all"], ["one", "three", "two"]),
        ([], []),
    ],
)
def test_selection(catalogue, names, wanted):
    assert ids(catalogue.select(names)) == wanted


def test_an_unknown_name_has_a_suggestion(catalogue):
    with pytest.raises(
        UnknownNameError, match=r"no policy `privlege`\. Did you mean `privilege`\?"
    ):
        catalogue.select(["privlege"])


def test_names(catalogue):
    assert {"one", "pinning", "X1", "DL3007"} <= catalogue.names


def image(tag="latest", start=5):
    fact = Image(
        span=Span("Dockerfile", 0, 9), path="FROM", key="FROM a", text="a:b", tag=tag, origin="from"
    )
    via = (Related(Span("Dockerfile", start + 20, start + 21), "used here"),)
    fact.trace(tag=Origin(Span("Dockerfile", 5, 9), via))
    return fact


def test_findings_at_one_place_are_one():
    findings, undecided = judge(
        [image(), image(start=9), image("1"), image(Unknown("$T"))], [policy()]
    )
    assert [(f.span, f.message, f.key) for f in findings] == [
        (Span("Dockerfile", 5, 9), "tag latest, most 3", "FROM a")
    ]
    assert [related.span.start for related in findings[0].related] == [25, 29]
    assert [u.policy.id for u in undecided] == ["one"]


def test_options_from_the_configuration():
    findings, _ = judge([image()], [policy()], options={"one": {"most": 9}})
    assert findings[0].message == "tag latest, most 9"


def test_a_failing_policy_is_an_internal_problem_and_the_rest_goes_on():
    broken = policy("broken")
    broken._decide = lambda *_: 1 / 0
    report = policy_of(
        read_policy(
            Source("reading/internal-error.yaml", text_of(deny='problem.kind == "internal"')
                   .replace("on: image", "on: problem").replace("at: tag\n", "")
                   .replace("tag {image.tag}, most {options.most}", "{problem.message}")),
            "reading",
        )
    )  # fmt: skip
    problems: list = []
    timings: dict = {}
    findings, _ = judge([image()], [broken, report, policy()], problems=problems, timings=timings)
    assert ids(f.policy for f in findings) == ["one", "internal-error"]
    assert "the policy broken failed on <image FROM> (ZeroDivisionError" in findings[1].message
    assert [problem.kind for problem in problems] == ["internal"]
    assert set(timings) == {"broken", "one", "internal-error"}


@pytest.fixture
def rules(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "rules" / "pinning"
    folder.mkdir(parents=True)
    (folder / "one.yaml").write_text(text_of())
    (folder / "two.yaml").write_text(text_of(preset="strict"))
    return tmp_path / "rules"


def load(rules, **how):
    return load_catalogue([str(rules)], shipped=False, **how)


def test_the_cache_gives_what_the_files_say(rules, monkeypatch):
    first = load(rules)
    monkeypatch.setattr(folder_module, "_read", None)
    again = load(rules)
    for one, other in zip(first.policies, again.policies, strict=True):
        for field in (*HOT, *TEXTS):
            assert getattr(one, field) == getattr(other, field), field
    assert judge([image()], again.policies)[0]


def test_a_changed_file_is_read_again(rules):
    load(rules)
    (rules / "pinning" / "one.yaml").write_text(text_of(severity="note"))
    assert load(rules).by_id["one"].severity == "note"


@pytest.mark.parametrize(
    "junk", ["", "{", "[]", '{"engine": 1}', '{"engine": "x", "records": {}}', "\udcff"]
)
def test_a_broken_cache_is_no_harm(rules, tmp_path, junk):
    load(rules)
    (stored,) = (tmp_path / "cache" / "plumblint").iterdir()
    stored.write_bytes(junk.encode(errors="surrogateescape"))
    assert ids(load(rules).policies) == ["one", "two"]
    assert json.loads(stored.read_text())["records"]


def test_a_cache_that_cannot_be_written_is_no_harm(rules, tmp_path):
    (tmp_path / "cache").write_text("a file")
    assert ids(load(rules).policies) == ["one", "two"]


def test_an_empty_folder_is_an_error(tmp_path):
    with pytest.raises(PolicyError, match="no policy here"):
        load(tmp_path)


def test_links_out_of_the_folder_are_not_followed(rules, tmp_path):
    (tmp_path / "outside.yaml").write_text(text_of())
    (rules / "pinning" / "out.yaml").symlink_to(tmp_path / "outside.yaml")
    (rules / "pinning" / "gone.yaml").symlink_to("nowhere.yaml")
    with pytest.raises(PolicyError) as caught:
        load(rules)
    assert [fault.split(": ")[1] for fault in caught.value.faults] == [
        "the file cannot be read"
    ] * 2


def test_an_id_is_there_once(rules):
    (rules / "more").mkdir()
    (rules / "more" / "one.yaml").write_text(text_of())
    with pytest.raises(PolicyError, match=r"pinning/one.yaml:1:1: the id `one` is taken by"):
        load(rules)


def test_faults_of_all_files_are_told(rules):
    (rules / "pinning" / "bad.yaml").write_text(text_of(deny="image.tga"))
    (rules / "pinning" / "worse.yaml").write_text("a: [")
    with pytest.raises(PolicyError) as caught:
        load(rules)
    assert len(caught.value.faults) == 2
    assert caught.value.faults[0].startswith(f"{rules}/pinning/bad.yaml:8:7: ")


def test_the_generated_form_is_the_same(catalogue):
    sources = generate(catalogue.policies)
    modules = {}
    for name, text in sources.items():
        module = types.ModuleType(name)
        exec(compile(text, name, "exec"), vars(module))
        modules[name] = module
    rows = modules["_catalogue.py"].ROWS
    assert rows == tuple(
        tuple(getattr(policy, field) for field in HOT) for policy in catalogue.policies
    )
    for policy in catalogue.policies:
        decision = modules["_catalogue.py"].DECISIONS[policy.id]
        for fact in (image(), image("1"), image(Unknown("$T"))):
            assert decision(fact, {}, {}) is policy.decide(fact, {}, {})
        assert modules["_catalogue_texts.py"].TEXTS[policy.id]["why"] == "W"
    assert generate(catalogue.policies) == sources


def test_generated_start_up_imports_no_parser(catalogue, tmp_path):
    for name, text in generate(catalogue.policies).items():
        (tmp_path / name).write_text(text)
    code = (
        "import sys, plumblint\n"
        f"plumblint.__path__.append({str(tmp_path)!r})\n"
        "from plumblint.policy.catalogue import load_catalogue\n"
        "catalogue = load_catalogue()\n"
        "assert len(catalogue.select(['all'])) == 3\n"
        "[policy.decide for policy in catalogue.policies]\n"
        "heavy = {'ast', 'yaml', 'jsonschema', 'json', 'difflib', 'hashlib', 're2'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
        "assert catalogue.policies[0].why == 'W'\n"
    )
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    subprocess.run([sys.executable, "-S", "-c", code], check=True, env=env)
