"""Launchers: which word of a command is the program that it starts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from plumblint.facts import Sure
from plumblint.tables.process_launchers import ASSIGNMENTS_FIRST, PROCESS_LAUNCHERS, Row

_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=")
LAUNCHER_ROWS: dict[str, list[Row]] = {}
"""The table's rows by the launcher's name."""
for _row in PROCESS_LAUNCHERS:
    LAUNCHER_ROWS.setdefault(_row[0], []).append(_row)


def behind_launcher(row: Row, argv: Sequence[Sure[str]]) -> int | None:
    """The index of the program that a launcher starts, None where the row does not fit."""
    name, subcommands, valued, operands, _, _ = row
    at = 1
    pending = list(subcommands)
    while at < len(argv):
        word = argv[at]
        if not isinstance(word, str):
            if pending or not operands:
                break
            operands -= 1
        elif word == "--" and not pending:
            return at + 1 + operands
        elif word.startswith("-") and len(word) > 1:
            at += word in valued
        elif pending:
            if word not in pending[0].split("|"):
                return None
            pending.pop(0)
        elif name in ASSIGNMENTS_FIRST and _ASSIGNMENT.match(word):
            pass
        elif operands:
            operands -= 1
        else:
            break
        at += 1
    return None if pending else at
