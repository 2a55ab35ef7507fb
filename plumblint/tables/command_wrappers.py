"""Programs that run the command given behind them, as themselves.

A row: options that take the next word as their value, and the number of own
operands before the command.  Source of each row: the manual page of the
program (GNU coreutils, util-linux, sudo, findutils, moreutils, bash).
"""

from __future__ import annotations

COMMAND_WRAPPERS: dict[str, tuple[tuple[str, ...], int]] = {
    "sudo": (
        ("-u", "--user", "-g", "--group", "-h", "--host", "-p", "--prompt", "-C", "-T", "-r",
         "-t", "-D", "--chdir", "-R", "--chroot", "-U"),
        0,
    ),
    "doas": (("-u", "-C"), 0),
    "env": (("-u", "--unset", "-C", "--chdir"), 0),
    "exec": (("-a",), 0),
    "command": ((), 0),
    "builtin": ((), 0),
    "time": (("-f", "--format", "-o", "--output"), 0),
    "timeout": (("-s", "--signal", "-k", "--kill-after"), 1),
    "nice": (("-n", "--adjustment"), 0),
    "ionice": (("-c", "-n", "--class", "--classdata"), 0),
    "nohup": ((), 0),
    "setsid": ((), 0),
    "stdbuf": (("-i", "-o", "-e", "--input", "--output", "--error"), 0),
    "unbuffer": ((), 0),
    "chronic": ((), 0),
    "xargs": (("-I", "-n", "-P", "-L", "-d", "-a", "-s", "-E", "--max-args", "--max-procs"), 0),
    "npx": (("-p", "--package", "-w", "--workspace"), 0),
    "flock": (("-w", "--timeout", "-E"), 1),
    "chroot": (("--userspec", "--groups"), 1),
    "gosu": ((), 1),
    "su-exec": ((), 1),
}  # fmt: skip

RAISES_RIGHTS: frozenset[str] = frozenset(("sudo", "doas"))
"""Those that run the command as root unless told otherwise."""

QUERIES: dict[str, tuple[str, ...]] = {
    "command": ("-v", "-V"),
    "sudo": ("-v", "-k", "-K", "-l", "-V"),
    "exec": (),
}
"""Options by which they run no command at all."""
