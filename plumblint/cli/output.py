"""Formats on the command line: `-o FORMAT[=FILE]`, several at once."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from plumblint.cli.errors import Stop

if TYPE_CHECKING:
    from plumblint.facts.fact import Severity
    from plumblint.report import RenderOptions
    from plumblint.settle.report_model import Report

SUMMARY = "GITHUB_STEP_SUMMARY"
"""The environment variable that names the file of a step's summary on GitHub."""


class OutputSettings:
    """What the command line says about output."""

    __slots__ = ("category", "color", "fail_on", "outputs", "root")

    def __init__(
        self,
        outputs: Sequence[tuple[str, str | None]],
        *,
        fail_on: Severity,
        color: str = "auto",
        category: str | None = None,
        root: str = "",
    ) -> None:
        self.outputs = tuple(outputs) or (("text", None),)
        self.fail_on: Severity = fail_on
        self.color = color
        """`auto`, `always`, `never`."""
        self.category = category
        """Of SARIF."""
        self.root = root
        """Where the repo is on disk; empty for where we are."""

    def from_here(self, path: str) -> str:
        """A path of the repo as it is called where we are."""
        if not self.root or os.path.realpath(os.getcwd()) == self.root:
            return path
        return os.path.relpath(os.path.join(self.root, path)).replace(os.sep, "/")


def write(report: Report, settings: OutputSettings) -> None:
    """Render the report in each format, to standard output or its file."""
    from plumblint.report import reporter

    to_stdout = [name for name, file in settings.outputs if file is None]
    if len(to_stdout) > 1:
        raise Stop(
            f"only one format can go to standard output, not {' and '.join(to_stdout)}: "
            f"write `-o {to_stdout[1]}=FILE`"
        )
    for name, file in settings.outputs:
        module = reporter(name)
        options = _options(settings, file)
        text = module.render(report, options)
        if file is None:
            to_standard_output(text)
        else:
            _to_file(file, text)
        if name == "github" and os.environ.get(SUMMARY):
            from plumblint.report.github import step_summary

            _to_file(os.environ[SUMMARY], step_summary(report, options), mode="a")


def _options(settings: OutputSettings, file: str | None) -> RenderOptions:
    from plumblint.report import RenderOptions
    from plumblint.report.render_options import DEFAULT_WIDTH, wants_color

    terminal = file is None and sys.stdout.isatty()
    width = DEFAULT_WIDTH
    if terminal or (file is None and os.environ.get("COLUMNS")):
        import shutil

        width = shutil.get_terminal_size((DEFAULT_WIDTH, 24)).columns
    color = settings.color == "always" or (
        settings.color == "auto" and wants_color(os.environ, terminal=terminal)
    )
    return RenderOptions(
        color=color and file is None,
        width=width,
        fail_on=settings.fail_on,
        category=settings.category,
        from_here=settings.from_here,
    )


def to_standard_output(text: str) -> None:
    """Write text as UTF-8 whatever the locale is; what UTF-8 cannot hold is spelt out."""
    data = text.encode("utf-8", errors="backslashreplace")
    sys.stdout.flush()
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:  # a test's stand-in
        sys.stdout.write(data.decode("utf-8"))
    else:
        buffer.write(data)
        buffer.flush()


def _to_file(path: str, text: str, mode: str = "w") -> None:
    try:
        with open(path, mode, encoding="utf-8", errors="backslashreplace", newline="\n") as target:
            target.write(text)
    except OSError as error:
        raise Stop(f"cannot write {path}: {error.strerror}") from error
