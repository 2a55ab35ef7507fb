"""Settings: what one configuration says, laid over what others say.

Settings are the arguments of `Config` by name; what a configuration does not
say is not there.
"""

from __future__ import annotations

from typing import Any

Settings = dict[str, Any]

_ADDED = ("ignore", "exclude", "policies", "per_path", "projects", "files")
_MERGED = ("severities", "tables", "options")


def below(folder: str, pattern: str) -> str:
    """A pattern of .gitignore in `folder` as one at the root."""
    if not folder:
        return pattern
    negated = "!" if pattern.startswith("!") else ""
    pattern = pattern.removeprefix("!")
    bound = "/" in pattern.rstrip("/")
    inner = pattern.lstrip("/") if bound else f"**/{pattern}"
    return f"{negated}/{folder}/{inner}"


def laid_over(base: Settings, upper: Settings) -> Settings:
    """`upper` over `base`: lists add up, mappings merge, the rest replaces.

    A preset or a selection replaces what was selected before; what is
    selected by its very name is no longer ignored.
    """
    made = {**base, **upper}
    if "preset" in upper and "select" not in upper:
        made.pop("select", None)
    chosen = frozenset(upper.get("select", ()))
    kept = {**base, "ignore": [name for name in base.get("ignore", ()) if name not in chosen]}
    for key in _ADDED:
        if key in kept or key in upper:
            made[key] = [*kept.get(key, ()), *upper.get(key, ())]
    for key in _MERGED:
        if key in base or key in upper:
            made[key] = _merged(base.get(key) or {}, upper.get(key) or {}, key)
    return made


def _merged(one: dict[str, Any], more: dict[str, Any], key: str) -> dict[str, Any]:
    made = dict(one)
    for name, value in more.items():
        there = made.pop(name, None)  # so that the place of the later name is kept
        if key == "severities" or there is None:
            made[name] = value
        elif isinstance(there, dict) and isinstance(value, dict):
            made[name] = {**there, **value}
        elif isinstance(there, list) and isinstance(value, list):
            made[name] = [*there, *value]
        else:
            made[name] = value
    return made
