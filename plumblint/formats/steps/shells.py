"""Which shell runs a `run:` step, and with which options."""

from __future__ import annotations

import re

from plumblint.formats.commands import ScriptOptions

_POSIX = {"bash": "bash", "sh": "sh", "dash": "dash", "ash": "sh", "ksh": "sh", "zsh": "bash"}
_ERREXIT = re.compile(r"(?:^|\s)(?:-[a-zA-Z]*e[a-zA-Z]*|-o\s+errexit)(?=\s|$)")


def script_options(shell: str | None, *, windows: bool) -> ScriptOptions | None:
    """How a script is run, None for a shell that is none of the POSIX family.

    Without `shell:` GitHub runs `bash -e {0}`, on Windows PowerShell; `bash` alone
    stands for `bash --noprofile --norc -eo pipefail {0}`, `sh` for `sh -e {0}`.
    """
    if shell is None:
        return None if windows else ScriptOptions("bash", errexit=True)
    words = shell.split()
    for word in words:
        name = word.rsplit("/", 1)[-1].removesuffix(".exe")
        if name in _POSIX:
            break
    else:
        return None
    if len(words) == 1:
        return ScriptOptions(name, dialect=_POSIX[name], errexit=True, pipefail=name == "bash")
    return ScriptOptions(
        name,
        dialect=_POSIX[name],
        errexit=_ERREXIT.search(shell[:500]) is not None,
        pipefail="pipefail" in shell,
    )
