"""parse: a shell script's text → its tree."""

from __future__ import annotations

from plumblint.syntax.shell.compound import CompoundReader
from plumblint.syntax.shell.nodes import Origin, PlaceMap, Script
from plumblint.syntax.shell.scanner import MAX_WORDS


def parse(
    text: str,
    offset: int = 0,
    *,
    dialect: str = "bash",
    places: PlaceMap | None = None,
    original: str | None = None,
    most_words: int = MAX_WORDS,
) -> Script:
    """The tree of a script, whatever the text; what could not be read is in its `faults`.

    The nodes' places are those in `text`, mapped by `places` (a `Segments`) if given,
    plus `offset`.  With `original`, `text` is `mask_expressions(original)`: the masked
    stretches become `Expression` parts, and the nodes' texts are the original's.
    `dialect` is `bash`, or one of `sh`, `dash`, `posix` for a shell without its
    extensions (`&>`, `|&`, `<(…)`, `$'…'`, `time`, `select`, patterns such as `@(…)`);
    `[[ … ]]`, arrays and `function` are read in every dialect.  The time is linear in
    the length of the text, the nesting limited (`scanner.MAX_DEPTH`).  Reading ends after
    `most_words` words and expansions; the script's `limit` tells where.
    """
    origin = Origin(text if original is None else original, places, offset)
    reader = CompoundReader(text, origin, dialect, original is not None, most_words)
    script = Script(origin, 0, len(text), reader.block(()))
    reader.orphans()
    script.faults = sorted(reader.faults, key=lambda fault: (fault.start, fault.end))
    script.comments = reader.comments
    script.words = most_words - max(0, reader.words_left)
    script.limit = reader.limit
    return script
