"""The colours of the pictures: every ink has a contrast of at least 4.5 : 1 on its fill."""

from __future__ import annotations

from typing import NamedTuple


class Colour(NamedTuple):
    """A fill, the line around it and the ink on it, `#rrggbb`."""

    fill: str
    line: str
    ink: str


COLOURS: dict[str, Colour] = {
    "test": Colour("#dcf3e2", "#2c8a4b", "#12401f"),
    "scan": Colour("#d8f0f0", "#1d8080", "#0c3c3c"),
    "build": Colour("#e2e9fb", "#4566c4", "#1b2c5e"),
    "publish": Colour("#eee4fb", "#7f4fc0", "#3c1f66"),
    "backup": Colour("#fbf0cf", "#a57c0a", "#493600"),
    "deploy": Colour("#ffe3cf", "#c7560c", "#562200"),
    "verify": Colour("#d9eefc", "#1f7db8", "#0a3752"),
    "rollback": Colour("#fbdfec", "#bb3f78", "#551232"),
    "other": Colour("#eff1f3", "#8a939c", "#32383e"),
    "skips": Colour("#ffe3cf", "#cf222e", "#6e0c14"),
}
"""On light ground: by phase, `other` for jobs without one, `skips` for marked ones."""

DARK: dict[str, Colour] = {
    "test": Colour("#12351f", "#46b36b", "#c9f2d6"),
    "scan": Colour("#0d3535", "#3fb3b3", "#c6efef"),
    "build": Colour("#1d2a52", "#7d98ea", "#d6e0ff"),
    "publish": Colour("#331f55", "#b08be8", "#e8dbff"),
    "backup": Colour("#3d3008", "#d3aa35", "#fbeec0"),
    "deploy": Colour("#4a2308", "#f08a43", "#ffdfc9"),
    "verify": Colour("#0c304a", "#57b0e8", "#cbe9fd"),
    "rollback": Colour("#4a1530", "#e878ac", "#fdd9e8"),
    "other": Colour("#2a3037", "#7f8993", "#d5dbe1"),
    "skips": Colour("#4a2308", "#ff7b72", "#ffb3ad"),
}
"""The same on dark ground."""
