"""The options of `plumblint check` as data: for click, and for the quick way without it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

Kind = Literal["flag", "text", "names", "output", "choice", "number"]

SEVERITIES = ("error", "warning", "note")
PRESETS = ("recommended", "strict", "all")

COMMANDS: dict[str, str] = {
    "check": "plumblint.cli.check_command",
    "rules": "plumblint.cli.rules",
    "explain": "plumblint.cli.explain",
    "facts": "plumblint.cli.facts",
    "graph": "plumblint.cli.graph",
    "test": "plumblint.cli.prove",
    "baseline": "plumblint.cli.baseline",
    "ignore": "plumblint.cli.ignore",
    "init": "plumblint.cli.init",
    "schema": "plumblint.cli.schema",
    "completion": "plumblint.cli.completion",
}
"""The module of each command, imported when it is called; each has a `command`."""


class Option:
    """An option: what it is called, and what it takes."""

    __slots__ = ("choices", "default", "flags", "help", "kind", "metavar", "multiple", "name")

    def __init__(
        self,
        flags: str,
        kind: Kind,
        help_text: str,
        *,
        name: str = "",
        metavar: str | None = None,
        multiple: bool = False,
        choices: Collection[str] = (),
        default: str | None = None,
    ) -> None:
        self.flags = tuple(flags.split())
        """`-o --output`."""
        self.name = name or self.flags[-1].removeprefix("--").replace("-", "_")
        """Of the parameter that gets its value."""
        self.kind = kind
        self.help = help_text
        self.metavar = metavar
        self.multiple = multiple
        """Whether it may be given more than once."""
        self.choices = tuple(choices)
        self.default = default


SELECTING: tuple[Option, ...] = (
    Option(
        "--select", "names", "Only these policies: ids, guardrails, peers' codes.",
        multiple=True, metavar="NAMES",
    ),
    Option("--ignore", "names", "Not these policies.", multiple=True, metavar="NAMES"),
    Option("--preset", "choice", "Which policies.", choices=PRESETS),
    Option("--preview", "flag", "Policies in preview too."),
    Option(
        "--config", "text", "A configuration, instead of the repo's own.",
        name="config_file", metavar="FILE",
    ),
    Option(
        "--policies", "text", "A folder of further policies.", multiple=True, metavar="FOLDER"
    ),
    Option(
        "--exclude", "text", "Paths to leave out, as in .gitignore.",
        multiple=True, metavar="PATTERN",
    ),
)  # fmt: skip
"""Which policies judge, and what configures them; of several commands."""

CHECK: tuple[Option, ...] = (
    Option(
        "-o --output", "output",
        "A format (text, sarif, json …), or FORMAT=FILE; several are possible.",
        name="outputs", multiple=True, metavar="FORMAT[=FILE]",
    ),
    *SELECTING,
    Option("--fail-on", "choice", "Least severity that fails.", choices=SEVERITIES),
    Option("--exit-zero", "flag", "Exit 0 even with findings."),
    Option("--new-from", "text", "Only what came since a git ref's fork point.", metavar="REF"),
    Option("--baseline", "text", "Findings that are known.", metavar="FILE"),
    Option("--no-baseline", "flag", "Report what the baseline knows too."),
    Option("--force-exclude", "flag", "Leave excluded paths out even where named."),
    Option("--stdin-filename", "text", "Standard input is this file's text.", metavar="NAME"),
    Option("--statistics", "flag", "Count findings and time by policy, to stderr."),
    Option("--show-undecided", "flag", "List where policies cannot tell."),
    Option("--show-files", "flag", "List what would be read, and stop."),
    Option("--show-config", "flag", "Print the settings in effect, and stop."),
    Option("--jobs", "number", "Processes that read files; 0 for one a core.", metavar="N"),
    Option(
        "--color", "choice", "Whether text is coloured.",
        choices=("auto", "always", "never"), default="auto",
    ),
    Option("--sarif-category", "text", "Tells several uploads of a commit apart.", metavar="NAME"),
)  # fmt: skip
"""The options of `plumblint check`."""


def names_of(value: str) -> tuple[str, ...]:
    """Names that commas separate."""
    return tuple(part for part in (piece.strip() for piece in value.split(",")) if part)
