"""GitLab Code Quality: the artifact of `artifacts:reports:codequality`.

Fields as in https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format;
GitLab drops findings that share a fingerprint, so ours are unique.
"""

from __future__ import annotations

import json
from typing import Any

from plumblint.report.escape import one_line
from plumblint.report.fingerprint import content_key
from plumblint.report.place import locate
from plumblint.report.render_options import RenderOptions
from plumblint.settle.report_model import Report, Reported

_SEVERITIES = {"error": "major", "warning": "minor", "note": "info"}
"""GitLab's severity by ours; `blocker` and `critical` are for people to give."""


def render(report: Report, options: RenderOptions) -> str:
    """An array, empty when there is no finding."""
    del options  # nothing here depends on them
    return json.dumps([_entry(finding, report) for finding in report.findings], indent=2) + "\n"


def _entry(finding: Reported, report: Report) -> dict[str, Any]:
    place = locate(finding.span, report.source)
    return {
        "description": one_line(finding.message),
        "check_name": finding.policy.id,
        "fingerprint": content_key(finding),
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": place.path,
            "lines": {"begin": place.line, "end": place.end_line},
        },
    }
