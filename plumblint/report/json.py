"""JSON with a version: the format for scripts.

    {
      "version": 1,
      "tool": {"name": "plumblint", "version": "0.1.0"},
      "summary": {
        "error": 1, "warning": 0, "note": 0, "suppressed": 0, "known": 0, "files_read": 3,
        "files_unread": ["k8s/x.yaml"], "templates": []
      },
      "findings": [FINDING, …],
      "suppressed": [FINDING with "suppression": {tool, path, line, reason, until}, …],
      "problems": [{kind, message, PLACE}, …],
      "notes": ["…"]
    }

A FINDING has `policy`, `guardrail`, `severity`, `message`, `fact` (the way to
it, for people), PLACE, `text` (what stands there, secrets masked), `related`
(a list of `{label, PLACE}`), `fixable`, `fingerprint` (survives insertions elsewhere) and
`url`.  PLACE stands for `path`, `line`, `column`, `end_line`, `end_column`:
1-based, in code points, the end exclusive.  Keys may be added within a
version; none changes its meaning or goes away.
"""

from __future__ import annotations

import json
from typing import Any

from plumblint.facts import Problem, Unknown
from plumblint.report.fingerprint import content_key
from plumblint.report.links import policy_page
from plumblint.report.place import Place, locate
from plumblint.report.render_options import RenderOptions
from plumblint.settle.report_model import Report, Reported, Suppressed

VERSION = 1
"""Of the format."""
LONGEST_TEXT = 1_000
"""Characters; the text of larger places is cut."""


def render(report: Report, options: RenderOptions) -> str:
    """One object, indented."""
    del options  # nothing here depends on them
    whole = {
        "version": VERSION,
        "tool": {"name": "plumblint", "version": report.version},
        "summary": summary_object(report),
        "findings": [finding_object(finding, report) for finding in report.findings],
        "suppressed": [suppressed_object(entry, report) for entry in report.suppressed],
        "problems": [problem_object(problem, report) for problem in report.problems],
        "notes": list(report.notes),
    }
    return json.dumps(whole, indent=2) + "\n"


def summary_object(report: Report) -> dict[str, Any]:
    """The counts."""
    return {
        **dict[str, int](report.counts.items()),
        "suppressed": len(report.suppressed),
        "known": len(report.known),
        "files_read": report.files_read,
        "files_unread": list(report.files_unread),
        "templates": list(report.templates),
    }


def finding_object(finding: Reported, report: Report) -> dict[str, Any]:
    """A FINDING."""
    place = locate(finding.span, report.source)
    return {
        "policy": finding.policy.id,
        "guardrail": finding.policy.guardrail,
        "severity": finding.severity,
        "message": finding.message,
        "fact": finding.fact_path,
        **_place_object(place),
        "text": place.text[:LONGEST_TEXT],
        "related": [
            {"label": related.label, **_place_object(locate(related.span, report.source))}
            for related in finding.related
        ],
        "fixable": finding.fix is not None,
        "fingerprint": content_key(finding),
        "url": policy_page(finding.policy.id),
    }


def suppressed_object(entry: Suppressed, report: Report) -> dict[str, Any]:
    """A FINDING with the comment that hides it."""
    comment = entry.by
    place = locate(comment.span, report.source)
    return {
        **finding_object(entry.finding, report),
        "suppression": {
            "tool": comment.tool,
            "path": place.path,
            "line": place.line,
            "reason": _plain(comment.reason),
            "until": _plain(comment.until),
        },
    }


def problem_object(problem: Problem, report: Report) -> dict[str, Any]:
    """What could not be read."""
    place = locate(problem.span, report.source)
    return {"kind": problem.kind, "message": problem.message, **_place_object(place)}


def _place_object(place: Place) -> dict[str, Any]:
    return {
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }


def _plain(value: str | Unknown | None) -> str | None:
    return value.text if isinstance(value, Unknown) else value
