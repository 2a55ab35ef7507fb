"""Shells: what each does with the last command of a `-c` string.

"Execs" means that the shell becomes the command, so that the command is PID 1 and gets the stop
signal.  A shell that does not waits for it, and as PID 1 drops the signal.  Script files never
exec their last command, in no shell.  Measured in a PID namespace: dash 0.5.12, bash 5.2.15,
busybox 1.35.
"""

from __future__ import annotations

from typing import Literal

Kind = Literal["dash", "bash", "busybox", "other"]

SHELL_KINDS: dict[str, Kind] = {
    "dash": "dash",
    "bash": "bash",
    "ash": "busybox",
    "busybox": "busybox",
    "zsh": "other",
    "ksh": "other",
    "mksh": "other",
    "fish": "other",
}
"""By the program's name; `sh` is what the image says."""

KINDS_OF_SH: tuple[Kind, ...] = ("dash", "bash", "busybox")
"""What `/bin/sh` can be where the image is not known."""

EXECS_LAST: dict[tuple[str, str], bool | None] = {
    ("dash", "plain"): False,
    ("dash", "redirected"): False,
    ("dash", "alternative"): False,
    ("dash", "compound"): False,
    ("bash", "plain"): True,
    ("bash", "redirected"): False,
    ("bash", "alternative"): None,
    ("bash", "compound"): None,
    ("busybox", "plain"): True,
    ("busybox", "redirected"): True,
    ("busybox", "alternative"): True,
    ("busybox", "compound"): None,
}
"""By shell and position of the last command: `plain`, `redirected` (with a redirection),
`alternative` (behind `||`), `compound` (in braces, a branch, a function).  None: it depends on the
version; any other shell: not known.  A trap set before always keeps the shell (measured)."""

VALUED_OPTIONS: frozenset[str] = frozenset(("-o", "+o", "-O", "+O", "--rcfile", "--init-file"))
"""Options of shells that take the next word.  Source: bash(1), dash(1)."""

EASILY_SOURCED = (
    r"(?:/|^)(?:activate|profile|\.profile|\.bashrc|\.env|[\w.-]*\.env|os-release)$"
    r"|/profile\.d/|\.nvm/nvm\.sh$|setup\.(?:ba)?sh$"
)
"""Files that scripts source for variables and functions only, by the end of their path."""
