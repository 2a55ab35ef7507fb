"""Writes to GITHUB_ENV and GITHUB_PATH of what strangers decide."""

from __future__ import annotations

import re
from collections.abc import Collection

from plumblint.facts import Action, Step, Unknown

_WRITE = re.compile(
    r"^(?P<what>[^\n]*?)>>?\s*[\"']?(?:\$\{?|\$env:)GITHUB_(?:ENV|PATH)\b", re.MULTILINE
)
_FROM_FILE = re.compile(r"\bcat\b|\$\(<|<\s*\S+\.(?:txt|json|env|md)|\bjq\b")
_NAME = re.compile(r"\$\{?([A-Za-z_][A-Za-z0-9_]*)")
_DOWNLOADS = frozenset(("actions/download-artifact", "dawidd6/action-download-artifact"))


def tainted_writes(step: Step, tainted: Collection[str], *, downloaded: bool) -> tuple[str, ...]:
    """The lines that write a variable of these names, or a file of a stranger's artifact."""
    script = step.script
    text = script.text if isinstance(script, Unknown) else script or ""
    if "GITHUB_ENV" not in text and "GITHUB_PATH" not in text:
        return ()
    found: list[str] = []
    for match in _WRITE.finditer(text):
        what = match["what"]
        names = set(_NAME.findall(what))
        if names & set(tainted) or (downloaded and _FROM_FILE.search(what)):
            found.append(match[0].strip()[:200])
    return tuple(found)


def downloads_artifacts(action: Action | None) -> bool:
    """Whether an action brings the files of another run."""
    return action is not None and action.name in _DOWNLOADS
