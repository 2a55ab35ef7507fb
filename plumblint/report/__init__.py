"""The output formats: one module each, all with `render(report, options) -> str`.

A new format is a module with that function and a line in `REPORTERS`; it is
imported only when asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from plumblint.report.render_options import RenderOptions
from plumblint.settle.report_model import Report

REPORTERS: dict[str, str] = {
    "text": "plumblint.report.text",
    "concise": "plumblint.report.concise",
    "sarif": "plumblint.report.sarif",
    "json": "plumblint.report.json",
    "jsonl": "plumblint.report.jsonl",
    "github": "plumblint.report.github",
    "gitlab": "plumblint.report.gitlab",
    "junit": "plumblint.report.junit",
    "rdjson": "plumblint.report.rdjson",
    "markdown": "plumblint.report.markdown",
}
"""The module of each format, by the name that `-o` takes."""


class Reporter(Protocol):
    """The face of a format's module."""

    def render(self, report: Report, options: RenderOptions) -> str:
        """The whole output, ending in a line feed unless empty."""


def reporter(name: str) -> Reporter:
    """The module of a format; KeyError for a name that is not in `REPORTERS`."""
    return cast("Reporter", import_module(REPORTERS[name]))


__all__ = ["REPORTERS", "RenderOptions", "Reporter", "reporter"]
