"""PolicyError: a policy file that cannot be used, with the places of all that is wrong."""

from __future__ import annotations

from collections.abc import Iterable


class PolicyError(Exception):
    """Policy files that cannot be used; `faults` holds a `file:line:column: message` each."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """` Did you mean …?` where `known` has something like `word`, else nothing."""
    from difflib import get_close_matches

    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f" Did you mean `{near[0]}`?" if near else ""
