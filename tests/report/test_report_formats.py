"""The other formats: their structure, and that nothing breaks out of them."""

from __future__ import annotations

import importlib
import json
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reader_schemas import GITLAB, JUNIT, RDJSON
from small_reports import HOSTILE, LONG, finding, full, hostile, one, place, report

from plumblint.facts import Problem, Related
from plumblint.report import REPORTERS, RenderOptions, reporter
from plumblint.report.escape import code, markdown, visible, xml
from plumblint.report.github import step_summary
from plumblint.report.place import uri
from plumblint.settle.report_model import Report
from plumblint.source import Source, Span

ALL = [report, one, full, hostile]


def render(name: str, shown: Report, **options) -> str:
    return reporter(name).render(shown, RenderOptions(**options))


@pytest.mark.parametrize("name", REPORTERS)
@pytest.mark.parametrize("make", ALL)
def test_every_format_is_deterministic_and_encodes(name: str, make) -> None:
    shown = render(name, make())
    assert shown == render(name, make())
    assert shown == "" or shown.endswith("\n")
    shown.encode("utf-8")
    assert "\x1b" not in shown


@pytest.mark.parametrize("name", REPORTERS)
def test_undecodable_paths_and_text(name: str) -> None:
    source = Source("a\udce9", "x\udce9y")
    render(name, report(finding(source.span(2, 3)), sources=(source,))).encode("utf-8")


def test_every_module_is_named_after_its_format() -> None:
    for name, module in REPORTERS.items():
        assert importlib.import_module(module).__name__ == f"plumblint.report.{name}"


# concise


def test_concise() -> None:
    assert render("concise", report()) == ""
    assert render("concise", one()) == "Dockerfile:1:11: error latest-tag `latest` floats\n"
    assert render("concise", hostile()).count("\n") == 2


# json, jsonl


def test_json_structure() -> None:
    shown = json.loads(render("json", full()))
    assert list(shown) == [
        "version", "tool", "summary", "findings", "suppressed", "problems", "notes",
    ]  # fmt: skip
    assert shown["version"] == 1
    assert shown["summary"] == {
        "error": 1, "warning": 1, "note": 1, "suppressed": 1, "known": 0, "files_read": 7,
        "files_unread": ["gone.yaml"], "templates": ["h/t.yaml"],
    }  # fmt: skip
    first = shown["findings"][0]
    assert {key: first[key] for key in ("path", "line", "column", "end_line", "end_column")} == {
        "path": "Dockerfile", "line": 1, "column": 11, "end_line": 1, "end_column": 17,
    }  # fmt: skip
    assert first["text"] == "latest"
    assert shown["findings"][1]["text"] == "RUN a\nRUN b"
    assert shown["suppressed"][0]["suppression"] == {
        "tool": "plumblint", "path": "Dockerfile", "line": 1, "reason": "why", "until": None,
    }  # fmt: skip
    assert shown["notes"] == ["A note."]


def test_jsonl_holds_the_same_objects() -> None:
    whole = json.loads(render("json", full()))
    lines = [json.loads(line) for line in render("jsonl", full()).splitlines()]
    assert [line["type"] for line in lines] == [
        *["finding"] * 3, "suppressed", *["problem"] * 2, "summary",
    ]  # fmt: skip
    assert lines[0] == {"type": "finding", **whole["findings"][0]}
    assert lines[3] == {"type": "suppressed", **whole["suppressed"][0]}
    assert lines[-1]["version"] == 1
    assert lines[-1]["files_unread"] == ["gone.yaml"]


# github


def test_github_annotations() -> None:
    assert render("github", one()) == (
        "::error title=plumblint%3A latest-tag,file=Dockerfile,line=1,endLine=1,col=11,endColumn=17"
        "::`latest` floats%0Ahelp: Name the version that is meant.\nFound 1 error in 1 file.\n"
    )


def test_github_leaves_out_columns_of_several_lines_and_puts_the_worst_first() -> None:
    first, second, third, _ = render("github", full()).splitlines()
    assert first.startswith("::error ")
    assert second.startswith(
        "::warning title=plumblint%3A long-run,file=Dockerfile,line=2,endLine=3::"
    )
    assert third.startswith("::notice ")


def test_github_escapes() -> None:
    first, second, _ = render("github", hostile()).splitlines()
    properties, message = first.removeprefix("::error ").split("::", 1)
    assert "file=a dir/ü|`x`%2C%25%3A.yaml," in properties
    assert properties.count(",") == 5
    assert "me %25 *b*%0Aa dir/ü|`x`,%25:.yaml:2:7: a [label](x)" in message
    assert "file=%3A%3Aerror%3A%3Ax," in second


def test_github_cuts_long_messages() -> None:
    shown = render("github", report(finding(Span("gone", 0, 0), "x" * 9000)))
    assert len(shown.splitlines()[0].split("::", 2)[2]) == 4096


def test_the_step_summary_keeps_to_its_limit() -> None:
    findings = [finding(Span("gone", 0, 0), "x" * 1000) for _ in range(1500)]
    shown = step_summary(report(*findings), RenderOptions())
    assert 1_000_000 < len(shown.encode()) <= 1024 * 1024
    assert shown.splitlines()[-1].startswith("And ")
    assert step_summary(one(), RenderOptions()) == render("markdown", one())


# gitlab


def test_gitlab() -> None:
    assert render("gitlab", report()) == "[]\n"
    entries = json.loads(render("gitlab", full()))
    assert [entry["severity"] for entry in entries] == ["major", "minor", "info"]
    assert len({entry["fingerprint"] for entry in entries}) == 3
    assert entries[1]["location"] == {"path": "Dockerfile", "lines": {"begin": 2, "end": 3}}
    assert list(entries[0]) == ["description", "check_name", "fingerprint", "severity", "location"]


# junit


def test_junit() -> None:
    root = ET.fromstring(render("junit", full()))
    assert (root.tag, root.get("tests"), root.get("failures")) == ("testsuites", "3", "2")
    assert [suite.get("name") for suite in root] == ["Dockerfile", "gone.yaml"]
    assert [suite.get("failures") for suite in root] == ["2", "0"]
    case = root[0][0]
    assert case.attrib == {"name": "latest-tag at 1:11", "classname": "Dockerfile"}
    assert case[0].tag == "failure"
    assert case[0].attrib == {"message": "`latest` floats", "type": "error[latest-tag]"}
    assert root[1][0][0].tag == "system-out"


@pytest.mark.parametrize("make", [report, full, hostile])
def test_junit_holds_only_what_jenkins_allows(make) -> None:
    for element in ET.fromstring(render("junit", make())).iter():
        attributes, children = JUNIT[element.tag]
        assert set(element.attrib) <= set(attributes.split())
        assert {child.tag for child in element} <= set(children.split())


def test_junit_fails_as_the_run_does() -> None:
    for fail_on, failures in (("error", "1"), ("warning", "2"), ("note", "3")):
        assert ET.fromstring(render("junit", full(), fail_on=fail_on)).get("failures") == failures


def test_a_clean_junit_report_has_a_case() -> None:
    root = ET.fromstring(render("junit", report()))
    assert (root.get("tests"), root.get("failures"), len(root[0])) == ("1", "0", 1)


def test_junit_survives_hostile_text() -> None:
    root = ET.fromstring(render("junit", hostile()))
    assert root[0].get("name") == HOSTILE.path
    assert "<b>&\"' ::error::x\\x00\\x1b" in root[0][0][0].attrib["message"]


# rdjson


@pytest.mark.parametrize(("name", "schema"), [("rdjson", RDJSON), ("gitlab", GITLAB)])
@pytest.mark.parametrize("make", [report, full, hostile])
def test_json_formats_are_as_their_readers_ask(name: str, schema, make) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    shown = json.loads(render(name, make()))
    jsonschema.Draft202012Validator(schema).validate(shown)
    if name == "gitlab":
        prints = [entry["fingerprint"] for entry in shown]
        assert len(set(prints)) == len(prints)


def test_rdjson_columns_are_bytes() -> None:
    shown = json.loads(render("rdjson", hostile()))
    diagnostic = shown["diagnostics"][0]
    assert diagnostic["location"]["range"] == {
        "start": {"line": 1, "column": 11}, "end": {"line": 1, "column": 16},
    }  # fmt: skip
    assert diagnostic["severity"] == "ERROR"
    assert diagnostic["related_locations"][0]["location"]["path"] == HOSTILE.path
    assert shown["source"]["name"] == "plumblint"


def test_rdjson_columns_behind_a_masked_secret_are_those_of_the_file() -> None:
    source = Source("x", "k: ééééééééé HERE\n")
    secret = place(source, "ééééééééé")
    shown = report(finding(place(source, "HERE")), sources=(source,), secrets=[secret])
    range_ = json.loads(render("rdjson", shown))["diagnostics"][0]["location"]["range"]
    assert range_["start"] == {"line": 1, "column": 23}


# markdown


def test_markdown() -> None:
    lines = render("markdown", full()).splitlines()
    assert lines[:5] == [
        "### plumblint",
        "",
        "Found 1 error, 1 warning and 1 note (1 suppressed) in 7 files.",
        "",
        "| Severity | Policy | Place | Finding |",
    ]
    assert lines[6].startswith("| error | [latest-tag](https://")
    assert lines[6].endswith("| `Dockerfile:1:11` | `latest` floats |")


def test_a_markdown_row_stays_a_row() -> None:
    row = render("markdown", hostile()).splitlines()[6]
    cells = row.replace("\\|", "").split("|")
    assert len(cells) == 6
    assert "<b>" not in row.replace("\\<b\\>", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a `b` c", "a `b` c"),
        ("a `b c", "a \\`b c"),
        ("`a` `b", "`a` \\`b"),
        ("``", "\\`\\`"),
        ("*a* [b](c) <d>", "\\*a\\* \\[b\\](c) \\<d\\>"),
        ("`a|b`", "`a\\|b`"),
        ("@me", "@<!-- -->me"),
        ("a\nb", "a b"),
    ],
)
def test_markdown_escapes(text: str, expected: str) -> None:
    assert markdown(text) == expected


def test_code_chooses_its_fence() -> None:
    assert code("a") == "`a`"
    assert code("a`b") == "``a`b``"
    assert code("``a") == "``` ``a ```"


def test_visible_spells_out_what_steers() -> None:
    assert visible("plain äöü 漢🔥") == "plain äöü 漢🔥"
    assert visible("\x1b\u202e\ufeff\ud800\xad") == "\\x1b\\u202e\\ufeff\\ud800\\xad"
    assert visible("👩\u200d🚀") == "👩\u200d🚀"


def test_xml_holds_every_text() -> None:
    hostile_text = "".join(map(chr, [*range(300), 0xD800, 0xFFFE, 0xFFFF, 0x1F525]))
    element = ET.fromstring(f'<a b="{xml(hostile_text)}">{xml(hostile_text)}</a>')
    assert element.get("b") == element.text
    assert "\n" in (element.text or "")


def test_uri_escapes_bytes_that_are_no_text() -> None:
    assert uri("a b/c%d:é\udce9") == "a%20b/c%25d%3A%C3%A9%E9"


# the report itself


def test_exit_codes() -> None:
    assert report().exit_code() == 0
    gone = Span("gone", 0, 0)
    assert report(finding(gone, policy=LONG, severity="note")).exit_code() == 0
    assert report(finding(gone, policy=LONG, severity="note")).exit_code("note") == 1
    assert report(finding(gone, policy=LONG)).exit_code() == 1
    assert report(finding(gone, policy=LONG)).exit_code("error") == 0
    crash = Problem(span=gone, path="", kind="internal", message="crash")
    assert report(problems=[crash]).exit_code() == 2


# any report


TEXTS = st.text(st.sampled_from("ab `|*<&\t\r\n\x00\x1b漢🔥é\u202e\udce9:#["), max_size=60)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)), max_size=4), TEXTS)
def test_no_report_breaks_a_format(text: str, spans: list[tuple[int, int]], message: str) -> None:
    source = Source("x", text)
    findings = [
        finding(source.span(start, end), message, related=(Related(source.span(end, start), text),))
        for start, end in spans
    ]
    for name in REPORTERS:
        shown = render(name, report(*findings, sources=(source,)))
        shown.encode("utf-8")
        assert "\x1b" not in shown
        if name == "junit":
            assert len(ET.fromstring(shown).findall(".//testcase")) == max(len(findings), 1)
        elif name in ("json", "sarif", "gitlab", "rdjson"):
            json.loads(shown)
        elif name == "github":
            assert shown.count("\n") == len(findings) + 1
