"""Programs that an entrypoint uses to go on as another user, and how each names that user.

A pattern is searched in a command's text; its group is the user.  Sources: the manual page or
README of each program (github.com/tianon/gosu, github.com/ncopa/su-exec, util-linux's setpriv(1),
runuser(1) and su(1), daemontools' setuidgid(8), runit's chpst(8), s6-setuidgid).
"""

from __future__ import annotations

_USER = r"[\"']?([^\s\"';|&]+)"

STEP_DOWN: tuple[str, ...] = (
    rf"(?:^|[\s/])(?:gosu|su-exec|setuidgid|s6-setuidgid)\s+{_USER}",
    rf"(?:^|[\s/])setpriv\s.*?--reuid[=\s]\s*{_USER}",
    rf"(?:^|[\s/])runuser\s.*?(?:-u|--user[=\s])\s*{_USER}",
    rf"(?:^|[\s/])chpst\s.*?-u\s*{_USER}",
    rf"(?:^|[\s/])sudo\s(?:-\S+\s+)*?-u\s*{_USER}",
    r"(?:^|[\s/])su\s+(?:-\s+|-l\s+|-m\s+|-p\s+)*([A-Za-z_$][^\s\"';|&]*)\s",
    r"(?:^|[\s/])su\s+-.*\s([A-Za-z_][\w-]*)\s*\Z",
    rf"(?:^|[\s/])start-stop-daemon\s.*?(?:-c|--chuid[=\s])\s*{_USER}",
)
"""How a command names the user that it goes on as."""
