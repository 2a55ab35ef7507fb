"""Annotations on GitHub: workflow commands in the log of a step.

GitHub shows about ten of each level a step, so the worst come first.
Escaping as in actions/toolkit, packages/core/src/command.ts.
"""

from __future__ import annotations

from plumblint.report import markdown
from plumblint.report.escape import visible
from plumblint.report.place import locate
from plumblint.report.render_options import RenderOptions
from plumblint.report.text import first_paragraph, totals
from plumblint.settle.report_model import Report, Reported

LONGEST_MESSAGE = 4_096
"""Characters; the runner cuts longer ones."""
MOST_SUMMARY_BYTES = 1024 * 1024
"""Of a step's summary file; the runner refuses larger ones."""

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
"""The workflow command by severity."""


def render(report: Report, options: RenderOptions) -> str:
    """A command for each finding, worst first, then a line with the counts."""
    del options  # nothing here depends on them
    lines = [_command(finding, report) for finding in report.worst_first()]
    return "\n".join([*lines, totals(report)]) + "\n"


def step_summary(report: Report, options: RenderOptions) -> str:
    """Markdown for the file that GITHUB_STEP_SUMMARY names, within its limit."""
    return markdown.render_within(report, options, MOST_SUMMARY_BYTES)


def _command(finding: Reported, report: Report) -> str:
    place = locate(finding.span, report.source)
    properties = {
        "title": f"plumblint: {finding.policy.id}",
        "file": visible(place.path),
        "line": str(place.line),
        "endLine": str(place.end_line),
    }
    if place.line == place.end_line:  # the runner drops columns otherwise
        properties["col"] = str(place.column)
        properties["endColumn"] = str(place.end_column)
    given = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[finding.severity]} {given}::{_data(_message(finding, report))}"


def _message(finding: Reported, report: Report) -> str:
    lines = [finding.message]
    for related in finding.related:
        place = locate(related.span, report.source)
        lines.append(f"{place.path}:{place.line}:{place.column}: {related.label}")
    remedy = first_paragraph(finding.policy.remedy)
    if remedy:
        lines.append(f"help: {remedy}")
    text = "\n".join(visible(" ".join(line.split())) for line in lines)
    return text if len(text) <= LONGEST_MESSAGE else text[: LONGEST_MESSAGE - 1] + "…"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
