"""Reviewdog Diagnostic Format, one result.

Columns are UTF-8 bytes, 1-based, the end exclusive.  Source:
reviewdog/reviewdog, proto/rdf/reviewdog.proto.
"""

from __future__ import annotations

import json
from typing import Any

from plumblint.report.escape import one_line
from plumblint.report.links import HOME, policy_page
from plumblint.report.place import locate
from plumblint.report.render_options import RenderOptions
from plumblint.settle.report_model import Report, Reported
from plumblint.source import Span

_SEVERITIES = {"error": "ERROR", "warning": "WARNING", "note": "INFO"}
"""Reviewdog's severity by ours."""


def render(report: Report, options: RenderOptions) -> str:
    """One object with all diagnostics."""
    del options  # nothing here depends on them
    result = {
        "source": {"name": "plumblint", "url": HOME},
        "diagnostics": [_diagnostic(finding, report) for finding in report.findings],
    }
    return json.dumps(result, separators=(",", ":")) + "\n"


def _diagnostic(finding: Reported, report: Report) -> dict[str, Any]:
    diagnostic: dict[str, Any] = {
        "message": one_line(finding.message),
        "location": _location(finding.span, report),
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": finding.policy.id, "url": policy_page(finding.policy.id)},
    }
    if finding.related:
        diagnostic["related_locations"] = [
            {"message": one_line(related.label), "location": _location(related.span, report)}
            for related in finding.related
        ]
    return diagnostic


def _location(span: Span, report: Report) -> dict[str, Any]:
    place = locate(span, report.original)  # a mask may have another length in bytes
    column, end_column = place.byte_columns()
    return {
        "path": place.path,
        "range": {
            "start": {"line": place.line, "column": column},
            "end": {"line": place.end_line, "column": end_column},
        },
    }
