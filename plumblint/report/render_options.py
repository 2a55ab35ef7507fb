"""How a report is to look: what does not depend on the findings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plumblint.facts.fact import Severity

DEFAULT_WIDTH = 120
"""Columns of a snippet where there is no terminal to ask."""
LEAST_WIDTH = 40
"""Columns below which a snippet would show nothing of use."""


class RenderOptions:
    """Options of all reporters; each reads those that concern it."""

    __slots__ = ("category", "color", "fail_on", "from_here", "width")

    def __init__(
        self,
        *,
        color: bool = False,
        width: int = DEFAULT_WIDTH,
        fail_on: Severity = "warning",
        category: str | None = None,
        from_here: Callable[[str], str] = str,
    ) -> None:
        self.color = color
        """Whether escape sequences are welcome."""
        self.width = max(width, LEAST_WIDTH)
        """Columns of the terminal."""
        self.fail_on = fail_on
        """The least severity that fails the run."""
        self.category = category
        """SARIF: the category that tells several uploads of one commit apart."""
        self.from_here = from_here
        """A path of the repo as it is called from the folder that people are in; only for what
        people read."""


def wants_color(environ: Mapping[str, str], *, terminal: bool) -> bool:
    """Whether to colour output that goes to a terminal, or not to one.

    Any non-empty NO_COLOR forbids it (no-color.org), any FORCE_COLOR but `0` demands it.
    """
    if environ.get("NO_COLOR"):
        return False
    forced = environ.get("FORCE_COLOR")
    if forced:
        return forced != "0"
    return terminal and environ.get("TERM") != "dumb"
