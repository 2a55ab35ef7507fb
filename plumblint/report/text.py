"""The format for people at a terminal: each finding with its source, then a summary."""

from __future__ import annotations

from plumblint.facts import Related
from plumblint.report.escape import inert, one_line, shown_path, visible
from plumblint.report.place import Place, locate
from plumblint.report.render_options import RenderOptions
from plumblint.report.snippet import cell_width, draw
from plumblint.settle.report_model import SEVERITIES, Report, Reported
from plumblint.source import Source

CONTEXT_LINES = 1
"""Lines shown before and after a place."""
MOST_LINES = 6
"""Lines shown of a place that spans more."""

_STYLES = {"error": "1;31", "warning": "1;33", "note": "1;36", "frame": "1;34", "bold": "1"}
"""SGR parameters by what is styled."""


def render(report: Report, options: RenderOptions) -> str:
    """Every finding in full, then the counts.

    What to do is said with the first finding of each policy.
    """
    paint = _Paint(options.color)
    lines: list[str] = []
    helped: set[str] = set()
    for finding in report.findings:
        block = _Block(finding, report, options, paint)
        lines += block.lines()
        if finding.policy.id not in helped:
            helped.add(finding.policy.id)
            lines += block.help()
        lines.append("")
    lines += summary(report, paint)
    return inert("\n".join(lines) + "\n")


class _Paint:
    """Wraps text in escape sequences, or not."""

    def __init__(self, color: bool) -> None:
        self._color = color

    def __call__(self, style: str, text: str) -> str:
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self._color and text else text


class _Block:
    """One finding: headline, places with their source, help."""

    def __init__(
        self, finding: Reported, report: Report, options: RenderOptions, paint: _Paint
    ) -> None:
        self._finding = finding
        self._paint = paint
        self._places: list[tuple[Place, str, str, str]] = [
            (locate(finding.span, report.source), "", finding.severity, "^")
        ]
        self._places += (
            (locate(related.span, report.source), related.label, "frame", "-")
            for related in _distinct(finding)
        )
        deepest = max(place.end_line + CONTEXT_LINES for place, *_ in self._places)
        self._gutter = len(str(deepest))
        self._width = options.width - self._gutter - 3
        self._from_here = options.from_here

    def lines(self) -> list[str]:
        """The block's lines."""
        finding, paint = self._finding, self._paint
        head = paint(finding.severity, f"{finding.severity}[{finding.policy.id}]")
        lines = [head + paint("bold", f": {one_line(finding.message)}")]
        for at, (place, label, style, mark) in enumerate(self._places):
            arrow = "-->" if at == 0 else ":::"
            where = f"{shown_path(self._from_here(place.path))}:{place.line}:{place.column}"
            lines.append(f"{' ' * self._gutter}{paint('frame', arrow)} {where}")
            if place.source is not None:
                lines.append(self._row("", ""))
                lines += self._snippet(place, place.source, one_line(label), style, mark)
            elif label:
                lines.append(self._row("", f" {one_line(label)}"))
        return lines

    def _row(self, number: int | str, text: str) -> str:
        frame = self._paint("frame", f"{number:>{self._gutter}} |")
        return f"{frame}{text}".rstrip()

    def _snippet(
        self, place: Place, source: Source, label: str, style: str, mark: str
    ) -> list[str]:
        first = max(place.line - CONTEXT_LINES, 1)
        last = min(place.end_line + CONTEXT_LINES, _line_count(source, place.end_line))
        tall = place.end_line > place.line
        lines = [self._context(source, at, tall) for at in range(first, place.line)]
        lines += (self._tall if tall else self._flat)(place, source, label, style, mark)
        lines += [self._context(source, at, tall) for at in range(place.end_line + 1, last + 1)]
        return lines

    def _context(self, source: Source, number: int, tall: bool) -> str:
        """A line beside the place."""
        shown = draw(source.line(number), 0, 0, self._width - 2 * tall).text
        return self._row(number, f"{'   ' if tall else ' '}{shown}")

    def _flat(self, place: Place, source: Source, label: str, style: str, mark: str) -> list[str]:
        """A place within one line."""
        line = source.line(place.line)
        drawn = draw(line, place.column - 1, place.end_column - 1, self._width)
        under = self._paint(style, f"{mark * drawn.mark_width} {label}".rstrip())
        return [
            self._row(place.line, f" {drawn.text}"),
            self._row("", f" {' ' * drawn.mark_start}{under}"),
        ]

    def _tall(self, place: Place, source: Source, label: str, style: str, mark: str) -> list[str]:
        """A place of several lines, with a bar beside them."""
        numbers = list(range(place.line, min(place.end_line, place.line + MOST_LINES) + 1))
        cut = place.end_line - place.line + 1 > MOST_LINES
        if cut:
            numbers = [*numbers[: MOST_LINES - 2], 0, place.end_line]
        width = self._width - 2
        lines = []
        for number in numbers:
            if number == 0:
                lines.append(f"{'.' * max(self._gutter, 3)} {self._paint(style, '|')}")
                continue
            bar = "/" if number == place.line else "|"
            begin = place.column - 1 if number == place.line else 0
            shown = draw(source.line(number), begin, begin, width).text
            lines.append(self._row(number, f" {self._paint(style, bar)} {shown}"))
        end = draw(source.line(place.end_line), max(place.end_column - 2, 0), 0, width)
        under = self._paint(style, f"|_{'_' * end.mark_start}{mark} {label}".rstrip())
        lines.append(self._row("", f" {under}"))
        return lines

    def help(self) -> list[str]:
        """What to do, as lines."""
        remedy = first_paragraph(self._finding.policy.remedy)
        if not remedy:
            return []
        room = max(self._width - len("= help: "), 20)
        text = _wrapped(remedy, room)
        indent = " " * (self._gutter + 1)
        head = f"{indent}{self._paint('frame', '=')} {self._paint('bold', 'help')}: "
        rest = [f"{indent}        {line}" for line in text[1:]]
        return [self._row("", ""), head + text[0], *rest]


def _wrapped(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` cells where its words allow."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".lstrip()
        if lines[-1] and cell_width(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _distinct(finding: Reported) -> list[Related]:
    """The related places, each once, without the finding's own."""
    seen = {(finding.span.sort_key(), "")}
    kept = []
    for related in finding.related:
        same = (related.span.sort_key(), related.label)
        if same not in seen:
            seen.add(same)
            kept.append(related)
    return kept


def _line_count(source: Source, at_least: int) -> int:
    """The number of the last line that holds text."""
    count = len(source.line_starts)
    if count > 1 and source.line_starts[-1] == len(source.text):
        count -= 1
    return max(count, at_least)


def summary(report: Report, paint: _Paint) -> list[str]:
    """The counts and what was not read, as lines."""
    lines = [totals(report, paint)]
    unread = report.files_unread
    if unread:
        lines.append(
            f"{counted(len(unread), 'file')} could not be read, or not in full: {_listed(unread)}."
        )
    if report.templates:
        lines.append(
            f"{counted(len(report.templates), 'template')} left out: {_listed(report.templates)}."
        )
    return lines + [one_line(note) for note in report.notes]


def totals(report: Report, paint: _Paint | None = None) -> str:
    """`Found 1 error and 2 notes (1 fixable, 1 suppressed) in 3 files.`"""
    counts = report.counts
    found = [
        paint(severity, text) if paint else text
        for severity, text in ((s, counted(counts[s], s)) for s in SEVERITIES if counts[s])
    ]
    head = f"Found {_and(found)}" if found else "Found nothing"
    fixable = sum(finding.fix is not None for finding in report.findings)
    aside = [
        f"{number:,} {what}"
        for number, what in (
            (fixable, "fixable"),
            (len(report.suppressed), "suppressed"),
            (len(report.known), "known before"),
        )
        if number
    ]
    head += f" ({', '.join(aside)})" if aside else ""
    return f"{head} in {counted(report.files_read, 'file')}."


def first_paragraph(text: str) -> str:
    """The first paragraph of a policy's prose, on one line."""
    return one_line(text.strip().split("\n\n")[0])


def counted(number: int, noun: str) -> str:
    """`1 file`, `2 files`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _and(parts: list[str]) -> str:
    return ", ".join(parts[:-1]) + " and " + parts[-1] if len(parts) > 1 else parts[0]


def _listed(paths: tuple[str, ...], most: int = 3) -> str:
    shown = ", ".join(visible(path) for path in paths[:most])
    return f"{shown} and {len(paths) - most} more" if len(paths) > most else shown
