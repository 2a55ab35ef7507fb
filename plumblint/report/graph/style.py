"""The style sheet of the SVG: light by default, dark where the reader's system is dark.

The picture has a ground of its own, so that it is readable on any page.
"""

from __future__ import annotations

from collections.abc import Mapping

from plumblint.report.graph.palette import COLOURS, DARK, Colour

_FONTS = "-apple-system,'Segoe UI',Roboto,Helvetica,Arial,'DejaVu Sans',sans-serif"
_LIGHT_GROUND = (
    "#ffffff",
    "#f6f8fa",
    "#d0d7de",
    "#1f2328",
    "#57606a",
    "#6e7781",
    "#0b63c5",
    "#8250df",
)
_DARK_GROUND = (
    "#0d1117",
    "#161b22",
    "#3d444d",
    "#e6edf3",
    "#9aa4ae",
    "#8b949e",
    "#64aaff",
    "#b98cff",
)


def style_sheet() -> str:
    """The rules, without a `<style>` around them."""
    return "\n".join([
        f"text{{font-family:{_FONTS};font-size:10.5px}}",
        ".h{font-size:20px;font-weight:600}.s{font-size:14px;font-weight:600}",
        ".t{font-size:13px;font-weight:600}.n{font-size:12px;font-weight:600}",
        ".e{fill:none;stroke-width:1.4}.c{fill:none;stroke-width:1.4;stroke-dasharray:5 4}",
        ".r{fill:none;stroke-width:2.4;stroke-dasharray:1 4;stroke-linecap:round}",
        ".i{fill:none;stroke:#fff;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}",
        ".w{font-weight:600}",
        *_rules(_LIGHT_GROUND, COLOURS),
        "@media (prefers-color-scheme:dark){",
        *_rules(_DARK_GROUND, DARK),
        ".i{stroke:#0d1117}}",
    ])  # fmt: skip


def _rules(ground: tuple[str, ...], colours: Mapping[str, Colour]) -> list[str]:
    page, box, line, ink, faint, needs, calls, runs = ground
    skips = colours["skips"]
    rules = [
        f".p{{fill:{page};stroke:{line}}}.b{{fill:{box};stroke:{line}}}",
        f"text{{fill:{ink}}}.f{{fill:{faint}}}",
        f".e{{stroke:{needs}}}.c{{stroke:{calls}}}.r{{stroke:{runs}}}",
        f".ae{{fill:{needs}}}.ac{{fill:{calls}}}.ar{{fill:{runs}}}",
        f".w{{fill:{skips.ink}}}.k{{fill:none;stroke:{skips.line};stroke-width:2.5}}",
        f".o{{fill:none;stroke:{skips.line};stroke-width:1.6;stroke-linejoin:round}}",
    ]
    for name, colour in colours.items():
        if name != "skips":
            rules.append(
                f".{name}{{fill:{colour.fill};stroke:{colour.line}}}"
                f".{name}-s{{fill:{colour.line}}}.{name}-i{{fill:{colour.ink}}}"
            )
    return rules
