"""A delivery graph as Mermaid text, which GitHub draws in Markdown.

Names come from the repo and so may be hostile: whatever could end a label,
open a tag, a directive, Markdown, an icon or a formula is written as a numeric
entity (`#34;`), which Mermaid turns back only when it draws.
"""

from __future__ import annotations

import re

from plumblint.project.delivery_graph import Box, Edge, Graph, Node
from plumblint.report.escape import one_line
from plumblint.report.graph.palette import COLOURS, Colour
from plumblint.report.graph.wording import phases_line, skips_line, started_by, title_of

MOST_CHARACTERS = 50_000
"""Mermaid's own limit (`maxTextSize`), which GitHub keeps."""
MOST_EDGES = 500
"""Likewise (`maxEdges`)."""
_LONGEST = 60
_SPECIAL = re.compile(r"[^\w ,./()·…⚠↗-]|(?<![A-Za-z0-9])[._-]|[._-](?![A-Za-z0-9])")
_SHAPES = {
    "deploy": ('[["', '"]]'),
    "backup": ('[("', '")]'),
    "publish": ('[/"', '"/]'),
    "verify": ('{{"', '"}}'),
    "rollback": ('>"', '"]'),
    "test": ('("', '")'),
    "scan": ('("', '")'),
    "build": ('["', '"]'),
}
_PLAIN = ('(["', '"])')


def draw(graph: Graph) -> str:
    """The graph as a Mermaid flowchart."""
    lines = ["flowchart LR"]
    lines += [f"  accTitle: {_word('Delivery pipeline')}"]
    lines += [f"  accDescr: {_word(' '.join(graph.summary()[:2]))}"]
    for family in graph.families:
        for box in family.boxes:
            lines += _box(box)
    lines += [_edge(edge) for edge in graph.edges if edge.source != edge.target]
    if not graph.families:
        lines.append(f'  none(["{_text("no workflows")}"])')
    lines += _notes(graph)
    lines += _styles(graph)
    return "\n".join(lines) + "\n"


def too_large(picture: str, graph: Graph) -> str | None:
    """Why GitHub would not draw it, if it would not."""
    if len(picture) > MOST_CHARACTERS:
        return f"{len(picture):,} characters, of which GitHub draws {MOST_CHARACTERS:,}"
    if len(graph.edges) > MOST_EDGES:
        return f"{len(graph.edges)} edges, of which GitHub draws {MOST_EDGES}"
    return None


def _box(box: Box) -> list[str]:
    title = f"{_text(_cut(title_of(box)))}<br/>{_text(_cut(started_by(box)))}"
    lines = [f'  subgraph {box.id}["{title}"]', "    direction LR"]
    lines += [f"    {_node(node)}" for node in box.nodes]
    if box.left_out or not box.nodes:
        more = f"{box.left_out} more jobs" if box.left_out else "no jobs"
        lines.append(f'    {box.id}more(["{_text(more)}"])')
    return [*lines, "  end"]


def _node(node: Node) -> str:
    begin, end = _SHAPES[node.main] if node.main else _PLAIN
    label = [_text(_cut(node.name))]
    phases = phases_line(node)
    if phases:
        label.append(_text(phases))
    if node.calls:
        label.append(_text(_cut(f"↗ {node.calls}")))
    if node.marks:
        label.append(_text(f"⚠ {skips_line(node)}"))
    return f"{node.id}{begin}{'<br/>'.join(label)}{end}"


def _edge(edge: Edge) -> str:
    if edge.kind == "needs":
        return f"  {edge.source} --> {edge.target}"
    if edge.kind == "calls":
        return f"  {edge.source} -. calls .-> {edge.target}"
    return f"  {edge.source} == then ==> {edge.target}"


def _notes(graph: Graph) -> list[str]:
    notes = [f"not read in full: {file}" for file in graph.unread]
    if graph.left_out:
        notes.append(f"{graph.left_out} more jobs, workflows or connections")
    return [
        f'  note{number}(["{_text(_cut(note))}"]):::skips' for number, note in enumerate(notes, 1)
    ]


def _styles(graph: Graph) -> list[str]:
    lines = []
    by_class: dict[str, list[str]] = {}
    for node in graph.nodes:
        by_class.setdefault(node.main or "other", []).append(node.id)
    for name, ids in by_class.items():
        lines.append(f"  classDef {name} {_style(COLOURS[name])}")
        lines.append(f"  class {','.join(ids)} {name}")
    marked = [node.id for node in graph.nodes if node.marks]
    if marked or graph.unread or graph.left_out:
        lines.append(f"  classDef skips {_style(COLOURS['skips'])},stroke-dasharray:5 3")
    if marked:
        lines.append(f"  class {','.join(marked)} skips")
    return lines


def _style(colour: Colour) -> str:
    width = "3px" if colour is COLOURS["skips"] else "1.5px"
    return f"fill:{colour.fill},stroke:{colour.line},color:{colour.ink},stroke-width:{width}"


def _cut(text: str) -> str:
    text = one_line(text)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


def _text(text: str) -> str:
    """Text for within a label's quotation marks; nothing in it means anything to Mermaid."""
    return _SPECIAL.sub(lambda found: f"#{ord(found[0])};", one_line(text)) or "#160;"


def _word(text: str) -> str:
    """Text for a statement that runs to the end of its line."""
    return re.sub(r"[^\w ,.:·-]", " ", one_line(text))
