"""Inits: programs made to be PID 1, which pass signals to the program they start.

A row: program, options that take the next word as their value, options by which it signals the
whole process group, whether it does so without any option, source.  Measured: Debian 12.
"""

from __future__ import annotations

Row = tuple[str, tuple[str, ...], tuple[str, ...], bool, str]

INITS: tuple[Row, ...] = (
    ("tini", ("-p", "-e", "-l"), ("-g",), False, "tini 0.19.0: README, measured"),
    ("tini-static", ("-p", "-e", "-l"), ("-g",), False, "as tini"),
    ("docker-init", ("-p", "-e", "-l"), ("-g",), False, "docs.docker.com: `--init` is tini"),
    ("catatonit", (), ("-g",), False, "github.com/openSUSE/catatonit README"),
    ("dumb-init", ("-r", "--rewrite"), (), True, "dumb-init 1.2.5: README, measured"),
)

SINGLE_CHILD: frozenset[str] = frozenset(("-c", "--single-child"))
"""dumb-init's options by which it signals only its child.  Source: dumb-init(1), measured."""

SUPERVISING_INITS: frozenset[str] = frozenset(
    ("init", "systemd", "s6-svscan", "my_init", "runit", "runsvdir", "openrc-init", "dinit")
)
"""Inits that run services by their own configuration, which is not read here."""
