"""Markdown for comments and step summaries: the counts, then a table, worst first."""

from __future__ import annotations

from plumblint.report.escape import code, markdown
from plumblint.report.links import policy_page
from plumblint.report.place import locate
from plumblint.report.render_options import RenderOptions
from plumblint.report.text import counted, totals
from plumblint.settle.report_model import Report, Reported


def render(report: Report, options: RenderOptions) -> str:
    """The whole table."""
    return render_within(report, options, None)


def render_within(report: Report, options: RenderOptions, most_bytes: int | None) -> str:
    """As many rows as fit into `most_bytes`, and how many did not."""
    del options  # nothing here depends on them
    head = f"### plumblint\n\n{totals(report)}\n"
    unread = report.files_unread
    tail = ""
    if unread:
        paths = ", ".join(code(path) for path in unread[:10])
        more = f" and {len(unread) - 10} more" if len(unread) > 10 else ""
        tail += (
            f"\n{counted(len(unread), 'file')} could not be read, or not in full: {paths}{more}.\n"
        )
    tail += "".join(f"\n{markdown(note)}\n" for note in report.notes)
    if not report.findings:
        return head + tail
    head += "\n| Severity | Policy | Place | Finding |\n| --- | --- | --- | --- |\n"
    rows: list[str] = []
    room = None if most_bytes is None else most_bytes - _bytes(head) - _bytes(tail) - 200
    for finding in report.worst_first():
        row = _row(finding, report)
        if room is not None:
            room -= _bytes(row)
            if room < 0:
                tail = f"\nAnd {len(report.findings) - len(rows)} more.\n{tail}"
                break
        rows.append(row)
    return head + "".join(rows) + tail


def _row(finding: Reported, report: Report) -> str:
    place = locate(finding.span, report.source)
    policy = f"[{finding.policy.id}]({policy_page(finding.policy.id)})"
    where = code(f"{place.path}:{place.line}:{place.column}")
    message = markdown(finding.message)
    for related in finding.related:
        there = locate(related.span, report.source)
        label = markdown(related.label)
        message += f"<br>{code(f'{there.path}:{there.line}:{there.column}')} {label}"
    return f"| {finding.severity} | {policy} | {where} | {message} |\n"


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", errors="surrogatepass"))
