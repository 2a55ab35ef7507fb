"""JSON lines: an object a line, for streams and `jq`.

The objects are those of the `json` format, told apart by `type`: `finding`,
`suppressed`, `problem`, and last the one `summary`, with `version` and `tool`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from plumblint.report.json import (
    VERSION,
    finding_object,
    problem_object,
    summary_object,
    suppressed_object,
)
from plumblint.report.render_options import RenderOptions
from plumblint.settle.report_model import Report


def render(report: Report, options: RenderOptions) -> str:
    """A line for each finding, suppressed finding and problem, then the summary."""
    del options  # nothing here depends on them
    dump = json.JSONEncoder(separators=(",", ":")).encode
    return "".join(f"{dump(entry)}\n" for entry in _objects(report))


def _objects(report: Report) -> Iterator[dict[str, Any]]:
    for finding in report.findings:
        yield {"type": "finding", **finding_object(finding, report)}
    for entry in report.suppressed:
        yield {"type": "suppressed", **suppressed_object(entry, report)}
    for problem in report.problems:
        yield {"type": "problem", **problem_object(problem, report)}
    yield {
        "type": "summary",
        "version": VERSION,
        "tool": {"name": "plumblint", "version": report.version},
        **summary_object(report),
    }
