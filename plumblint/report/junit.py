"""JUnit XML: a suite for each file, a case for each finding.

A finding below the severity that fails the run is a case that passes, with
its text as output, so that the report is as red as the run.  A clean run has
one case that passes: some servers take an empty report for a failure.  Only
what Jenkins' schema allows is there (jenkinsci/xunit-plugin, junit-10.xsd).
"""

from __future__ import annotations

from itertools import groupby

from plumblint.report.escape import one_line, visible, xml
from plumblint.report.place import locate
from plumblint.report.render_options import RenderOptions
from plumblint.report.text import first_paragraph
from plumblint.settle.report_model import SEVERITIES, Report, Reported

_CLEAN = """\
<testsuite name="plumblint" tests="1" failures="0" errors="0">
    <testcase name="plumblint" classname="plumblint"/>
  </testsuite>"""


def render(report: Report, options: RenderOptions) -> str:
    """The whole document."""
    failing = SEVERITIES[: SEVERITIES.index(options.fail_on) + 1]
    suites = [
        _suite(path, list(findings), report, failing)
        for path, findings in groupby(report.findings, lambda finding: finding.span.path)
    ]
    suites = suites or [_CLEAN]
    failures = sum(finding.severity in failing for finding in report.findings)
    cases = max(len(report.findings), 1)
    body = "".join(f"  {suite}\n" for suite in suites)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuites name="plumblint" tests="{cases}" failures="{failures}" errors="0">\n'
        f"{body}</testsuites>\n"
    )


def _suite(path: str, findings: list[Reported], report: Report, failing: tuple[str, ...]) -> str:
    failures = sum(finding.severity in failing for finding in findings)
    cases = "".join(f"    {_case(finding, report, failing)}\n" for finding in findings)
    return (
        f'<testsuite name="{xml(visible(path))}" tests="{len(findings)}" failures="{failures}"'
        f' errors="0" file="{xml(visible(path))}">\n{cases}  </testsuite>'
    )


def _case(finding: Reported, report: Report, failing: tuple[str, ...]) -> str:
    place = locate(finding.span, report.source)
    path, message = xml(visible(place.path)), xml(one_line(finding.message))
    lines = [f"{visible(place.path)}:{place.line}:{place.column}: {one_line(finding.message)}"]
    for related in finding.related:
        there = locate(related.span, report.source)
        lines.append(
            f"{visible(there.path)}:{there.line}:{there.column}: {one_line(related.label)}"
        )
    remedy = first_paragraph(finding.policy.remedy)
    if remedy:
        lines.append(f"help: {remedy}")
    text = "\n".join(map(xml, lines))
    if finding.severity in failing:
        kind = f"{finding.severity}[{finding.policy.id}]"
        inner = f'<failure message="{message}" type="{kind}">{text}</failure>'
    else:
        inner = f"<system-out>{text}</system-out>"
    name = f"{finding.policy.id} at {place.line}:{place.column}"
    return f'<testcase name="{xml(name)}" classname="{path}">{inner}</testcase>'
