"""Fingerprints of places: GitHub's line hash, and a key of our own for baselines.

GitHub's `primaryLocationLineHash` is a rolling hash over the hundred
characters that follow the start of a line, blanks left out, plus the number
of times the hash has occurred in the file.  GitHub's upload action computes
the same from the checkout; having it in the file serves uploads that do not
go through the action.  Source: github/codeql-action, src/fingerprints.ts.
"""

from __future__ import annotations

import sys
from collections.abc import Collection
from typing import TYPE_CHECKING

from plumblint.source import Source

if TYPE_CHECKING:
    from plumblint.settle.report_model import Reported

_WINDOW = 100
"""Characters that a line's hash covers."""
_FACTOR = 37
_MASK = (1 << 64) - 1
_LEAVING = pow(_FACTOR, _WINDOW, 1 << 64)
_END_OF_FILE = 0xFFFF
_LF, _CR, _BOM = 0x0A, 0x0D, "\ufeff"


def line_hashes(source: Source, lines: Collection[int]) -> dict[int, str]:
    """GitHub's hash of each of `lines`, which are 1-based and end at a line feed.

    GitHub ends a line at a lone carriage return too; a line of ours has the
    hash of where it starts.
    """
    if not lines:
        return {}
    units, starts = _normalised(source)
    found: dict[int, str] = {}
    times: dict[int, int] = {}
    last = max(lines)
    rolling = 0
    for unit in units[:_WINDOW]:
        rolling = (rolling * _FACTOR + unit) & _MASK
    at = 0
    for start, line in starts:
        for position in range(at, start):
            entering = units[position + _WINDOW]
            rolling = (rolling * _FACTOR + entering - _LEAVING * units[position]) & _MASK
        at = start
        times[rolling] = times.get(rolling, 0) + 1
        if line in lines:
            found[line] = f"{rolling:x}:{times[rolling]}"
        if line and line >= last:
            break
    return found


def _normalised(source: Source) -> tuple[list[int], list[tuple[int, int]]]:
    """The UTF-16 units that count, padded, and where lines start among them.

    A start is given with the number of our line, 0 for a line that only a
    carriage return began.
    """
    units: list[int] = []
    starts = [(0, 1)]
    line = 1
    after_cr = False
    text = (_BOM if source.bom else "") + source.text
    encoded = text.encode(f"utf-16-{sys.byteorder[0]}e", errors="surrogatepass")
    for unit in memoryview(encoded).cast("H"):
        if unit in (0x20, 0x09):
            after_cr = False
            continue
        if unit == _LF:
            line += 1
            if after_cr:  # the pair is one line end
                after_cr = False
                starts[-1] = (starts[-1][0], line)
                continue
        after_cr = unit == _CR
        units.append(_LF if after_cr else unit)
        if units[-1] == _LF:
            starts.append((len(units), 0 if after_cr else line))
    return [*units, _END_OF_FILE, *[0] * (_WINDOW + 1)], starts


def content_key(finding: Reported) -> str:
    """What a finding is about, as a hash that survives insertions: policy, file, key, text."""
    from hashlib import sha256

    parts = (finding.policy.id, finding.span.path, finding.key, finding.value)
    text = "\0".join(parts).encode("utf-8", errors="surrogatepass")
    return sha256(text).hexdigest()[:32]
