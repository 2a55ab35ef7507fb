"""One line a finding, for editors and grep: `path:line:column: severity id message`."""

from __future__ import annotations

from plumblint.report.escape import inert, one_line, shown_path
from plumblint.report.place import locate
from plumblint.report.render_options import RenderOptions
from plumblint.settle.report_model import Report


def render(report: Report, options: RenderOptions) -> str:
    """A line for each finding, nothing when there is none."""
    lines = []
    for finding in report.findings:
        place = locate(finding.span, report.source)
        lines.append(
            f"{shown_path(options.from_here(place.path))}:{place.line}:{place.column}: "
            f"{finding.severity} {finding.policy.id} {one_line(finding.message)}\n"
        )
    return inert("".join(lines))
