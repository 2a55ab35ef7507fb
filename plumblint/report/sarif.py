"""SARIF 2.1.0 (OASIS, errata 01), as GitHub code scanning reads it.

Every enabled policy is listed whether it was hit or not, since GitHub closes
and compares alerts by rule; suppressed findings are left out, since GitHub
would open alerts for them; a file that does not parse is a result, and a
notification besides, and leaves the execution successful, since GitHub
discards unsuccessful ones whole.  Columns are code points and say so.
"""

from __future__ import annotations

import json
from typing import Any

from plumblint.report.escape import one_line
from plumblint.report.fingerprint import content_key, line_hashes
from plumblint.report.links import HOME
from plumblint.report.place import Place, locate, uri
from plumblint.report.render_options import RenderOptions
from plumblint.report.sarif_rules import descriptor, rule
from plumblint.settle.report_model import Report, Reported
from plumblint.source import Source, Span

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
MOST_RESULTS = 25_000
"""GitHub rejects a run with more."""
MOST_RELATED = 100
"""Related places of a result; GitHub shows no more locations."""
LONGEST_SNIPPET = 2_000
"""Characters; the text of larger places is left out."""

_BASE = "%SRCROOT%"
_NOTIFICATIONS = {
    "syntax": "A file is not valid for the tool that reads it.",
    "unreadable": "A file cannot be read.",
    "too-large": "A file is larger than the limit.",
    "encoding": "A file is not UTF-8 text.",
    "limit": "A file exceeds a limit of depth or size.",
    "template": "A template is not judged.",
    "internal": "An analysis failed.",
    "truncated": "More results than the format may hold.",
}
"""Descriptions of our notifications by kind, those of problems first."""
_ID = "problem-"
"""What the id of a notification begins with, before the kind."""
_LEVELS = {"template": "note", "truncated": "warning"}
"""Notifications that are no errors."""


def render(report: Report, options: RenderOptions) -> str:
    """One log with one run, compact."""
    driver = {
        "name": "plumblint",
        "informationUri": HOME,
        "version": report.version,
        "semanticVersion": report.version,
        "rules": [rule(policy) for policy in report.policies],
        "notifications": [descriptor(_ID + kind, text) for kind, text in _NOTIFICATIONS.items()],
    }
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "invocations": [_invocation(report, options)],
        "originalUriBaseIds": {_BASE: {"description": {"text": "The root of the repository."}}},
        "columnKind": "unicodeCodePoints",
        "results": _results(report),
    }
    if options.category:
        run["automationDetails"] = {"id": options.category.rstrip("/") + "/"}
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=True, separators=(",", ":")) + "\n"


def _results(report: Report) -> list[dict[str, Any]]:
    findings = list(report.findings)
    if len(findings) > MOST_RESULTS:
        findings = report.worst_first()[:MOST_RESULTS]
    index = {policy.id: at for at, policy in enumerate(report.policies)}
    hashes = _hashes(report, findings)
    return [_result(finding, report, index, hashes) for finding in findings]


def _hashes(report: Report, findings: list[Reported]) -> dict[tuple[str, int], str]:
    """GitHub's line hash by path and line, of all lines with a finding."""
    lines: dict[str, set[int]] = {}
    for finding in findings:
        source = report.original(finding.span.path)
        if source is not None:
            lines.setdefault(source.path, set()).add(Place(finding.span, source).line)
    return {
        (path, line): value
        for path, wanted in lines.items()
        if (source := report.original(path)) is not None
        for line, value in line_hashes(source, wanted).items()
    }


def _result(
    finding: Reported,
    report: Report,
    index: dict[str, int],
    hashes: dict[tuple[str, int], str],
) -> dict[str, Any]:
    place = locate(finding.span, report.source)
    related = finding.related[:MOST_RELATED]
    fingerprints = {"plumblint/v1": content_key(finding)}
    line_hash = hashes.get((place.path, place.line))
    if line_hash is not None:
        fingerprints["primaryLocationLineHash"] = line_hash
    result: dict[str, Any] = {
        "ruleId": finding.policy.id,
        "level": finding.severity,
        "message": {"text": _message(finding, [entry.label for entry in related])},
        "locations": [_location(place, finding.fact_path)],
        "partialFingerprints": fingerprints,
    }
    if finding.policy.id in index:
        result["ruleIndex"] = index[finding.policy.id]
    if related:
        result["relatedLocations"] = [
            {
                "id": number,
                "physicalLocation": _physical(locate(entry.span, report.source)),
                "message": {"text": _sentence(entry.label or "related place")},
            }
            for number, entry in enumerate(related, 1)
        ]
    return result


def _message(finding: Reported, labels: list[str]) -> str:
    """The message; GitHub shows a related place only where the text links to it."""
    text = _sentence(finding.message.replace("](", "] ("))
    if labels:
        links = ", ".join(
            f"[{_link_text(label or 'related place')}]({number})"
            for number, label in enumerate(labels, 1)
        )
        text += f" See {links}."
    return text


def _link_text(label: str) -> str:
    label = one_line(label)
    for special in "\\[]":
        label = label.replace(special, "\\" + special)
    return label


def _sentence(text: str) -> str:
    text = one_line(text)
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _location(place: Place, fact_path: str) -> dict[str, Any]:
    location: dict[str, Any] = {"physicalLocation": _physical(place)}
    if fact_path:
        location["logicalLocations"] = [{"fullyQualifiedName": fact_path}]
    return location


def _physical(place: Place) -> dict[str, Any]:
    physical: dict[str, Any] = {
        "artifactLocation": {"uri": uri(place.path), "uriBaseId": _BASE},
        "region": _region(place),
    }
    context = place.source and _context(place, place.source)
    if context:
        physical["contextRegion"] = context
    return physical


def _region(place: Place) -> dict[str, Any]:
    region: dict[str, Any] = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    if place.source is not None and place.end - place.start <= LONGEST_SNIPPET:
        region["snippet"] = {"text": place.text}
    return region


def _context(place: Place, source: Source) -> dict[str, Any] | None:
    """The whole lines of a place and one more on either side."""
    starts = source.line_starts
    first = max(place.line - 1, 1)
    last = min(place.end_line + 1, len(starts))
    end = starts[last] if last < len(starts) else len(source.text)
    whole = Place(Span(place.path, starts[first - 1], end), source)
    if (
        whole.end - whole.start > LONGEST_SNIPPET
        or whole.end - whole.start <= place.end - place.start
    ):
        return None
    return _region(whole)


def _invocation(report: Report, options: RenderOptions) -> dict[str, Any]:
    notes = [
        _notification(problem.kind, problem.message, locate(problem.span, report.source))
        for problem in report.problems
    ]
    if len(report.findings) > MOST_RESULTS:
        left_out = len(report.findings) - MOST_RESULTS
        notes.append(_notification("truncated", f"{left_out} of the lesser results are left out."))
    return {
        "executionSuccessful": True,
        "exitCode": report.exit_code(options.fail_on),
        "toolExecutionNotifications": notes,
    }


def _notification(kind: str, message: str, place: Place | None = None) -> dict[str, Any]:
    notification: dict[str, Any] = {
        "descriptor": {"id": _ID + kind, "index": list(_NOTIFICATIONS).index(kind)},
        "level": _LEVELS.get(kind, "error"),
        "message": {"text": _sentence(message)},
    }
    if place is not None:
        notification["locations"] = [{"physicalLocation": _physical(place)}]
    return notification
