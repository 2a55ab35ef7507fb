"""SARIF: valid by the OASIS schema, and as GitHub needs it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import pytest
from small_reports import (
    DOCKERFILE,
    HOSTILE,
    LATEST,
    LONG,
    ODD,
    POLICIES,
    finding,
    full,
    hostile,
    make_policy,
    one,
    place,
    report,
)

from plumblint.report import RenderOptions, reporter, sarif
from plumblint.report.fingerprint import content_key, line_hashes
from plumblint.settle.report_model import Report
from plumblint.source import Source, Span

SCHEMA = json.loads(Path(__file__, "../../data/sarif-schema-2.1.0.json").resolve().read_text())


def run(shown: Report, **options) -> dict:
    rendered = reporter("sarif").render(shown, RenderOptions(**options))
    return json.loads(rendered)["runs"][0]


@pytest.mark.parametrize("make", [report, one, full, hostile])
def test_valid_by_the_schema(make) -> None:
    log = json.loads(reporter("sarif").render(make(), RenderOptions(category="docker")))
    jsonschema.Draft4Validator(SCHEMA).validate(log)


def test_clean_is_an_empty_array() -> None:
    shown = run(report())
    assert shown["results"] == []
    assert [rule["id"] for rule in shown["tool"]["driver"]["rules"]] == [
        policy.id for policy in POLICIES
    ]
    assert "automationDetails" not in shown


def test_a_rule() -> None:
    rule, _, last = run(report())["tool"]["driver"]["rules"]
    assert rule["name"] == "LatestTag"
    assert rule["shortDescription"]["text"] == "Image floats with the 'latest' tag."
    assert rule["fullDescription"]["text"] == "The next pull may bring another image."
    assert rule["helpUri"] in rule["help"]["text"]
    assert rule["helpUri"] in rule["help"]["markdown"]
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert rule["properties"] == {
        "tags": ["security", "pinning"],
        "precision": "high",
        "problem.severity": "error",
        "security-severity": "7.5",
    }
    assert last["properties"] == {
        "tags": ["pinning"],
        "precision": "low",
        "problem.severity": "recommendation",
    }


def test_descriptions_keep_to_githubs_limit() -> None:
    policy = make_policy("long-why", why="word " * 500)
    shown = Report((), source={}.get, policies=(policy,), version="1")
    text = run(shown)["tool"]["driver"]["rules"][0]["fullDescription"]["text"]
    assert 1000 < len(text) <= 1024
    assert text.endswith("…")


def test_a_result() -> None:
    shown = run(one())
    assert shown["columnKind"] == "unicodeCodePoints"
    assert shown["originalUriBaseIds"] == {
        "%SRCROOT%": {"description": {"text": "The root of the repository."}}
    }
    (result,) = shown["results"]
    assert (result["ruleId"], result["ruleIndex"], result["level"]) == ("latest-tag", 0, "error")
    assert result["message"] == {"text": "`latest` floats."}
    (location,) = result["locations"]
    assert location["logicalLocations"] == [{"fullyQualifiedName": "stage 0"}]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "Dockerfile", "uriBaseId": "%SRCROOT%"},
        "region": {
            "startLine": 1, "startColumn": 11, "endLine": 1, "endColumn": 17,
            "snippet": {"text": "latest"},
        },
        "contextRegion": {
            "startLine": 1, "startColumn": 1, "endLine": 2, "endColumn": 6,
            "snippet": {"text": "FROM node:latest\nRUN a"},
        },
    }  # fmt: skip
    span = place(DOCKERFILE, "latest")
    assert result["partialFingerprints"] == {
        "primaryLocationLineHash": line_hashes(DOCKERFILE, {1})[1],
        "plumblint/v1": content_key(finding(span)),
    }
    assert "suppressions" not in result


def test_the_hash_is_of_the_text_as_it_is() -> None:
    source = Source("x", "key: AKIAIOSFODNN7EXAMPLE\n")
    secret = place(source, "AKIAIOSFODNN7EXAMPLE")
    (result,) = run(report(finding(secret), sources=(source,), secrets=[secret]))["results"]
    assert result["partialFingerprints"]["primaryLocationLineHash"] == line_hashes(source, {1})[1]


def test_paths_are_relative_and_percent_encoded() -> None:
    result = run(hostile())["results"][0]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert re.fullmatch(r"[!$&'()*+,\-./0-9;=@A-Z_a-z~%]+", uri)
    assert unquote(uri) == HOSTILE.path


def test_columns_are_code_points() -> None:
    region = run(hostile())["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert (region["startColumn"], region["endColumn"]) == (7, 12)


def test_the_message_links_to_related_places() -> None:
    result = run(hostile())["results"][0]
    text = result["message"]["text"]
    assert text.endswith(" See [a \\[label\\](x) ::error::](1), [elsewhere](2).")
    assert "](http://x)" not in text
    assert [related["id"] for related in result["relatedLocations"]] == [1, 2]
    assert result["relatedLocations"][0]["message"] == {"text": "a [label](x) ::error::."}


def test_what_cannot_be_read_is_a_notification_too() -> None:
    shown = run(full())
    (invocation,) = shown["invocations"]
    assert invocation["executionSuccessful"] is True
    assert invocation["exitCode"] == 1
    names = [rule["id"] for rule in shown["tool"]["driver"]["notifications"]]
    unreadable, template = invocation["toolExecutionNotifications"]
    assert (
        names[unreadable["descriptor"]["index"]]
        == unreadable["descriptor"]["id"]
        == "problem-unreadable"
    )
    assert unreadable["level"] == "error"
    assert unreadable["message"] == {"text": "no permission."}
    assert template["level"] == "note"


def test_suppressed_findings_are_left_out() -> None:
    assert [result["ruleId"] for result in run(full())["results"]] == [
        "latest-tag",
        "long-run",
        "odd-name",
    ]


def test_the_worst_are_kept_within_githubs_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST_RESULTS", 2)
    gone = Span("gone", 0, 0)
    shown = run(report(finding(gone, policy=ODD), finding(gone, policy=LONG), finding(gone)))
    assert [result["level"] for result in shown["results"]] == ["error", "warning"]
    (notification,) = shown["invocations"][0]["toolExecutionNotifications"]
    assert notification["descriptor"]["id"] == "problem-truncated"
    assert notification["message"] == {"text": "1 of the lesser results are left out."}


def test_the_category_ends_with_a_slash() -> None:
    for category in ("docker", "docker/"):
        assert run(report(), category=category)["automationDetails"] == {"id": "docker/"}


def test_a_severity_from_the_configuration_overrides_the_rules() -> None:
    shown = run(report(finding(Span("gone", 0, 0), policy=LATEST, severity="note")))
    assert shown["results"][0]["level"] == "note"
    assert shown["tool"]["driver"]["rules"][0]["defaultConfiguration"] == {"level": "error"}


def test_large_places_have_no_snippet() -> None:
    source = Source("x", "a" * 5000)
    shown = run(
        report(finding(source.span(0, 5000)), finding(source.span(0, 9)), sources=(source,))
    )
    large, small = (result["locations"][0]["physicalLocation"] for result in shown["results"])
    assert "snippet" not in large["region"]
    assert small["region"]["snippet"] == {"text": "a" * 9}
    assert "contextRegion" not in small
