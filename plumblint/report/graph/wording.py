"""What both pictures say about a job, as plain text."""

from __future__ import annotations

from plumblint.project.delivery_graph import Box, Node
from plumblint.report.escape import one_line

LEGEND = {
    "test": "tests, lints, validates",
    "scan": "scans for security",
    "build": "builds",
    "publish": "publishes",
    "backup": "backs up",
    "deploy": "deploys",
    "verify": "verifies a deployment",
    "rollback": "rolls back",
}
"""What each phase means."""


def phases_line(node: Node) -> str:
    """`build · deploy`; what it calls where nobody has read that."""
    if node.phases:
        return " · ".join(node.phases)
    return "not read" if node.calls and not node.calls_here else ""


def skips_line(node: Node) -> str:
    """`no tests, not verified`."""
    return ", ".join(mark.text for mark in node.marks)


def title_of(box: Box) -> str:
    """A workflow's name with its file, where that says something else."""
    file = box.file.rsplit("/", 1)[-1]
    return one_line(box.name if box.name in (file, box.file) else f"{box.name} · {file}")


def started_by(box: Box) -> str:
    """What starts a workflow."""
    return one_line("  ·  ".join(box.triggers)) or "nothing starts it"


def full_text(box: Box, node: Node) -> str:
    """All that is known of a job, a line each, for who points at it."""
    lines = [f"{one_line(node.name)} (job {one_line(node.job)} in {one_line(box.file)})"]
    if node.phases:
        by_name = ", by its name" if node.guessed else ""
        lines.append(f"does: {', '.join(node.phases)}{by_name}")
    if node.tools:
        lines.append(f"with: {one_line(', '.join(node.tools))}")
    if node.ships:
        lines.append(f"deploys with: {one_line(', '.join(node.ships))}")
    if node.environment:
        lines.append(f"environment: {one_line(node.environment)}")
    if node.calls:
        unread = "" if node.calls_here else " (not read)"
        lines.append(f"calls: {one_line(node.calls)}{unread}")
    lines += [f"{mark.text}: {one_line(mark.reason)}" for mark in node.marks]
    return "\n".join(lines)
