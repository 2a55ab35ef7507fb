"""Findings become a report."""

from __future__ import annotations

import pytest

from plumblint.facts import Problem, Related, Secret
from plumblint.settle.baseline import Baseline, BaselineError, loads
from plumblint.settle.report_model import Report
from plumblint.settle.settle import PathRule, SettleOptions, settle
from plumblint.settle.supersede import supersede
from plumblint.source import Source, Span


class Policy:
    """What settling reads of a policy."""

    def __init__(self, policy_id, severity="warning", supersedes=(), also=()) -> None:
        self.id = policy_id
        self.severity = severity
        self.supersedes = supersedes
        self.also = also


class Finding:
    """What settling reads of a finding."""

    def __init__(self, policy, span, message="m", related=(), key="k") -> None:
        self.policy = policy
        self.span = span
        self.message = message
        self.related = tuple(related)
        self.fact_path = "p"
        self.key = key
        self.fix = None


LATEST = Policy("latest-tag", "error", ("floating-tag",), ("DL3007", "DS-0001"))
FLOATING = Policy("floating-tag", supersedes=("partial-tag",))
PARTIAL = Policy("partial-tag", "note")
USES = Policy("unpinned-action", also=("unpinned-uses",))
UNUSED = Policy("unused-ignore", "note")
POLICIES = [USES, LATEST, UNUSED, FLOATING, PARTIAL]


def run(
    findings, texts=None, kinds=None, *, known=(), judge=None, problems=(), secrets=(), **options
):
    sources = {path: Source(path, text) for path, text in (texts or {}).items()}
    return settle(
        findings,
        problems=problems,
        kinds=kinds or dict.fromkeys(sources, "compose"),
        source=sources.get,
        policies=POLICIES,
        known=known,
        version="0",
        options=SettleOptions(today="2026-05-31", **options),
        secrets=secrets,
        judge_suppressions=judge,
    )


def shown(report: Report) -> list[tuple[str, str, int]]:
    return [(f.policy.id, f.span.path, f.span.start) for f in report.findings]


def on(text: str, word: str, policy=LATEST, path="a.yaml", **given) -> Finding:
    start = text.index(word)
    return Finding(policy, Span(path, start, start + len(word)), **given)


def test_by_path_and_place_policies_by_id() -> None:
    report = run([
        Finding(LATEST, Span("b", 1, 2)),
        Finding(USES, Span("a", 9, 10)),
        Finding(LATEST, Span("a", 9, 10)),
        Finding(LATEST, Span("a", 3, 4)),
    ])  # fmt: skip
    assert shown(report) == [
        ("latest-tag", "a", 3), ("latest-tag", "a", 9), ("unpinned-action", "a", 9),
        ("latest-tag", "b", 1),
    ]  # fmt: skip
    ids = [policy.id for policy in report.policies]
    assert ids == sorted(ids)


def test_findings_at_one_place_are_one_with_all_related_places() -> None:
    one, two = Related(Span("a", 20, 21), "x"), Related(Span("a", 30, 31), "x")
    span = Span("a", 1, 2)
    report = run([Finding(LATEST, span, related=[one]), Finding(LATEST, span, related=[one, two])])
    (finding,) = report.findings
    assert finding.related == (one, two)


def test_equal_keys_are_numbered_before_anything_is_hidden() -> None:
    text = "x # plumblint: ignore[latest-tag]\nx\n"
    second = Finding(LATEST, Span("a.yaml", 34, 35))
    report = run([on(text, "x"), second], {"a.yaml": text})
    assert [finding.key for finding in report.findings] == ["k#2"]
    assert report.suppressed[0].finding.key == "k"


# supersession


def test_the_superseding_one_is_kept_where_they_overlap() -> None:
    report = run([
        Finding(LATEST, Span("a", 5, 9)),
        Finding(FLOATING, Span("a", 8, 12)),
        Finding(FLOATING, Span("a", 9, 12)),
        Finding(FLOATING, Span("b", 5, 9)),
    ])  # fmt: skip
    assert shown(report) == [
        ("latest-tag", "a", 5),
        ("floating-tag", "a", 9),
        ("floating-tag", "b", 5),
    ]


def test_supersession_does_not_depend_on_order_and_is_transitive() -> None:
    findings = [Finding(policy, Span("a", 1, 4)) for policy in (PARTIAL, LATEST, FLOATING)]
    assert shown(run(findings)) == shown(run(findings[::-1])) == [("latest-tag", "a", 1)]


def test_empty_spans_overlap_what_they_stand_in() -> None:
    found = supersede([Finding(LATEST, Span("a", 4, 4)), Finding(FLOATING, Span("a", 3, 6))])
    assert [finding.policy.id for finding in found] == ["latest-tag"]
    assert (
        len(supersede([Finding(LATEST, Span("a", 6, 6)), Finding(FLOATING, Span("a", 3, 6))])) == 2
    )


def test_a_long_span_far_before_is_seen() -> None:
    spans = [(0, 100), *((n, n + 1) for n in range(1, 50))]
    findings = [Finding(LATEST, Span("a", *span)) for span in spans]
    assert len(supersede([*findings, Finding(FLOATING, Span("a", 90, 91))])) == 50


def test_ignoring_the_superseding_one_does_not_bring_the_other_back() -> None:
    text = "image: x:latest # plumblint: ignore[latest-tag]\n"
    report = run([on(text, "latest"), on(text, "latest", FLOATING)], {"a.yaml": text})
    assert report.findings == ()
    assert len(report.suppressed) == 1


# configuration


def test_severities_and_paths_of_the_configuration() -> None:
    rule = PathRule(
        lambda path: path.startswith("examples/"),
        ignore={"unpinned-action"},
        severities={"latest-tag": "note"},
    )
    report = run(
        [
            Finding(LATEST, Span("a", 0, 1)),
            Finding(LATEST, Span("examples/a", 0, 1)),
            Finding(USES, Span("a", 0, 1)),
            Finding(USES, Span("examples/a", 0, 1)),
        ],
        severities={"latest-tag": "warning"},
        per_path=[rule],
    )
    assert [(f.policy.id, f.span.path, f.severity) for f in report.findings] == [
        ("latest-tag", "a", "warning"),
        ("unpinned-action", "a", "warning"),
        ("latest-tag", "examples/a", "note"),
    ]


def test_named_paths_by_own_or_related_place() -> None:
    there = Related(Span("sub/Dockerfile", 0, 1), "here")
    findings = [
        Finding(LATEST, Span("a", 0, 1)),
        Finding(LATEST, Span("b", 0, 1), related=[there]),
        Finding(LATEST, Span("sub/x/y", 0, 1)),
        Finding(LATEST, Span("subway", 0, 1)),
    ]
    assert [path for _, path, _ in shown(run(findings, paths=["sub/"]))] == ["b", "sub/x/y"]
    assert [path for _, path, _ in shown(run(findings, paths=["a"]))] == ["a"]
    assert len(shown(run(findings, paths=["."]))) == 4


# ignores


def matched(report_facts) -> list[tuple[str, dict]]:
    return [(fact.rules, fact.matched) for fact in report_facts]


def test_what_comments_matched() -> None:
    text = (
        "a: latest # plumblint: ignore[latest-tag, floating-tag] why\n"
        "# plumblint: ignore[nothing]\nb: main\n"
        "c: x # plumblint: ignore[dl3007]\n"
        "d: 1 # zizmor: ignore[unpinned-uses]\n"
        "e: 1 # plumblint: ignore[latest-tag] until=2026-05-30\n"
    )
    facts = []
    report = run(
        [on(text, "latest"), on(text, "main", FLOATING), on(text, "x"), on(text, "1 # plumb")],
        {"a.yaml": text},
        judge=lambda found: facts.extend(found) or [],
    )
    assert shown(report) == [
        ("floating-tag", "a.yaml", text.index("main")),
        ("latest-tag", "a.yaml", text.index("1 # plumb")),
    ]
    assert matched(facts) == [
        ("latest-tag,floating-tag", {"latest-tag": 1, "floating-tag": 0}),
        ("nothing", {"nothing": 0}),
        ("dl3007", {"dl3007": 1}),
        ("unpinned-uses", {"unpinned-uses": 0}),
        ("latest-tag", {"latest-tag": 0}),
    ]
    assert [fact.unused for fact in facts] == [("floating-tag",), (), (), (), ()]
    assert [fact.unknown for fact in facts] == [(), ("nothing",), (), (), ()]
    assert [fact.expired for fact in facts] == [False, False, False, False, True]
    assert facts[0].reason == "why"
    assert facts[3].tool == "zizmor"
    assert [entry.by for entry in report.suppressed] == [facts[0], facts[2]]


def test_an_id_that_is_known_but_not_enabled_is_neither_unused_nor_unknown() -> None:
    text = "a # plumblint: ignore[strict-one, CKV_9]\n"
    facts = []
    run([], {"a.yaml": text}, known={"strict-one", "ckv_9"}, judge=lambda f: facts.extend(f) or [])
    assert (facts[0].unused, facts[0].unknown) == ((), ())


def test_trivys_old_and_new_ids_are_one() -> None:
    text = "#trivy:ignore:AVD-DS-0001\nFROM x:latest\n"
    report = run([on(text, "latest", path="D")], {"D": text}, {"D": "dockerfile"})
    assert len(report.suppressed) == 1


def test_a_comment_behind_any_line_of_the_place() -> None:
    text = "a:\n  b # plumblint: ignore[latest-tag]\n  c\n"
    assert run([on(text, "a:\n  b")], {"a.yaml": text}).findings == ()
    assert len(run([on(text, "a:")], {"a.yaml": text}).findings) == 1
    assert len(run([on(text, "c")], {"a.yaml": text}).findings) == 1


def test_a_comment_above_an_inner_line_does_not_hide_the_whole() -> None:
    text = "a:\n  # plumblint: ignore[latest-tag]\n  b\n"
    assert len(run([on(text, text)], {"a.yaml": text}).findings) == 1


def test_findings_about_comments_can_be_ignored_too() -> None:
    text = "a # plumblint: ignore[latest-tag, unused-ignore]\n"

    def judge(facts):
        return [Finding(UNUSED, fact.span) for fact in facts if fact.unused]

    report = run([], {"a.yaml": text}, judge=judge)
    assert report.findings == ()
    assert [entry.finding.policy.id for entry in report.suppressed] == ["unused-ignore"]


def test_scripts_have_comments_too() -> None:
    text = "#!/bin/sh\n# plumblint: ignore[latest-tag]\nzz\n"
    texts = {"a.yaml": "", "run.sh": text}
    report = run([on(text, "zz", path="run.sh")], texts, {"a.yaml": "compose"})
    assert report.findings == ()


def test_related_places_are_not_looked_at() -> None:
    text = "a # plumblint: ignore[latest-tag]\nzz\n"
    finding = on(text, "zz", related=[Related(Span("a.yaml", 0, 1), "x")])
    assert len(run([finding], {"a.yaml": text}).findings) == 1


# what was not read


def test_problems_and_secrets_go_into_the_report() -> None:
    text = "key: AKIAIOSFODNN7EXAMPLE\n"
    span = Span("a.yaml", 5, 25)
    report = run(
        [],
        {"a.yaml": text},
        {"a.yaml": "compose", "gone": "compose"},
        problems=[
            Problem(span=Span("t", 0, 0), path="", kind="template", message=""),
            Problem(span=Span("gone", 0, 0), path="", kind="unreadable", message=""),
            Problem(span=Span("gone", 0, 0), path="", kind="internal", message=""),
        ],
        secrets=[Secret(span=span, path="", kind="literal")],
    )
    assert report.files_read == 1
    assert report.files_unread == ("gone",)
    assert report.templates == ("t",)
    assert len(report.internal_errors) == 1
    assert report.exit_code() == 2
    masked = report.source("a.yaml")
    assert masked is not None
    assert masked.text == "key: AKIA****************\n"
    assert report.original("a.yaml").text == text


def test_a_secret_in_a_message_is_masked() -> None:
    text = "key: AKIAIOSFODNN7EXAMPLE\n"
    secret = Secret(span=Span("a.yaml", 5, 25), path="", kind="literal")
    report = run(
        [Finding(LATEST, Span("b", 0, 1), "run with AKIAIOSFODNN7EXAMPLE here")],
        {"a.yaml": text},
        secrets=[secret],
    )
    assert report.findings[0].message == "run with AKIA**************** here"


def test_masks_keep_offsets_and_may_overlap() -> None:
    text = "-----BEGIN\nabc\ndef\n-----END\n"
    report = run(
        [],
        {"a.yaml": text},
        secrets=[
            Secret(span=Span("a.yaml", 0, 20), path="", kind="private-key"),
            Secret(span=Span("a.yaml", 10, 28), path="", kind="private-key"),
            Secret(span=Span("a.yaml", 3, 9), path="", kind="literal", likeness="weak"),
        ],
    )
    assert report.source("a.yaml").text == "----******\n***\n***\n********\n"


# baselines


def test_what_a_baseline_knows_survives_moved_lines_and_hides_nothing_new() -> None:
    text = "x: a\ny: a\n"
    old = run([on(text, "a"), Finding(LATEST, Span("a.yaml", 8, 9))], {"a.yaml": text})
    baseline = Baseline.of(old.findings)
    moved = "\n\n" + text
    same = [Finding(LATEST, Span("a.yaml", at, at + 1)) for at in (5, 10)]
    report = run(same, {"a.yaml": moved}, baselines=[baseline])
    assert (len(report.findings), len(report.known)) == (0, 2)
    more = [*same, Finding(LATEST, Span("a.yaml", 15, 16))]
    report = run(more, {"a.yaml": moved + "z: a\n"}, baselines=[baseline])
    assert [finding.span.start for finding in report.findings] == [15]


def test_another_value_at_a_known_place_is_new() -> None:
    baseline = Baseline.of(run([on("x: a", "a")], {"a.yaml": "x: a"}).findings)
    report = run([on("x: b", "b")], {"a.yaml": "x: b"}, baselines=[baseline])
    assert len(report.findings) == 1


def test_entries_that_nothing_matches_are_told_only_of_enabled_policies() -> None:
    known = [("latest-tag", "a.yaml", "k", "a"), ("of-another", "a.yaml", "k", "a")]
    report = run([], {"a.yaml": "x"}, baselines=[Baseline(known, "base.json")])
    (note,) = report.notes
    assert note.startswith("1 entry of base.json no longer match")
    assert run([], {"a.yaml": "x"}, baselines=[Baseline(known)]).notes == ()


def test_a_moved_file_keeps_what_is_known_of_it() -> None:
    old = run([on("x: a", "a")], {"a.yaml": "x: a"})
    baseline = Baseline.of(old.findings, renames={"a.yaml": "b.yaml"})
    report = run([Finding(LATEST, Span("b.yaml", 3, 4))], {"b.yaml": "x: a"}, baselines=[baseline])
    assert not report.findings


def test_what_was_renamed_is_known_by_a_telling_text_and_not_stale() -> None:
    text = "x: registry.example.com/app:latest\n"
    span = Span("a.yaml", 3, 34)
    old = run([Finding(LATEST, span, key="web")], {"a.yaml": text})
    baseline = Baseline.of(old.findings)
    baseline.file = "f"
    report = run([Finding(LATEST, span, key="app")], {"a.yaml": text}, baselines=[baseline])
    assert (len(report.findings), len(report.known), report.notes) == (0, 1, ())
    both = [Finding(LATEST, span, key="app"), Finding(LATEST, Span("a.yaml", 38, 69), key="web")]
    report = run(both, {"a.yaml": text + text}, baselines=[baseline])
    assert [finding.about for finding in report.findings] == ["app"]


def test_a_baseline_is_written_and_read_again() -> None:
    entries = [("b", "p", "k", 'te"xt'), ("a", "p", "k", "\ud800"), ("a", "p", "k", "\ud800")]
    text = Baseline(entries).dumps()
    assert loads(text, "f").entries == Baseline(entries).entries
    assert loads(Baseline([]).dumps(), "f").entries == {}


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"version": 2}', '{"version": 1, "findings": [1]}', "[" * 100_000,
     '{"version": 1, "findings": [{"policy": "a", "path": 1, "key": "", "text": ""}]}'],
)  # fmt: skip
def test_a_broken_baseline_is_an_error_with_its_place(text: str) -> None:
    with pytest.raises(BaselineError, match=r"^f:\d+:\d+: "):
        loads(text, "f")
