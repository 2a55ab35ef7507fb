"""The quick way into `plumblint check`: arguments that need no explanation, read without click.

click costs as much as judging a Dockerfile, and a hook runs on each commit.
What is not plainly right here is left to click, which also tells what is
wrong; tests hold both ways against each other.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from plumblint.cli.options import CHECK, COMMANDS, Option, names_of

_BY_FLAG = {flag: option for option in CHECK for flag in option.flags}


def parse(arguments: Sequence[str]) -> dict[str, Any] | None:
    """The parameters of `check` by name, None where click has to look at the arguments."""
    words = list(arguments)
    named = words[:1] == ["check"]
    if named:
        del words[0]
    elif words and not words[0].startswith("-") and not _is_path(words[0]):
        return None
    given: dict[str, Any] = {
        option.name: () if option.multiple else False if option.kind == "flag" else option.default
        for option in CHECK
    }
    paths: list[str] = []
    at = 0
    while at < len(words):
        word = words[at]
        at += 1
        if word == "--":
            paths += words[at:]
            break
        if word == "-" or not word.startswith("-"):
            if not named and word in COMMANDS and not os.path.lexists(word):
                return None  # a command behind options
            paths.append(word)
            continue
        flag, equals, value = word.partition("=") if word.startswith("--") else (word, "", "")
        option_or_none = _BY_FLAG.get(flag)
        if option_or_none is None:
            return None
        if option_or_none.kind == "flag":
            if equals:
                return None
            given[option_or_none.name] = True
            continue
        if not equals:
            if at >= len(words) or words[at].startswith("-"):
                return None
            value = words[at]
            at += 1
        if not _take(option_or_none, value, given):
            return None
    given["paths"] = tuple(paths)
    return given


def paths_among(words: Sequence[str]) -> list[str]:
    """The words that are neither options nor their values, up to the first unknown option."""
    paths = []
    left = iter(words)
    for word in left:
        if word == "-" or not word.startswith("-"):
            paths.append(word)
            continue
        option = _BY_FLAG.get(word.partition("=")[0])
        if option is None:
            break
        if option.kind != "flag" and "=" not in word:
            next(left, None)
    return paths


def _is_path(word: str) -> bool:
    return word not in COMMANDS and ("/" in word or os.path.lexists(word))


def _take(option: Option, value: str, given: dict[str, Any]) -> bool:
    """Whether a value is plainly right for an option; it is taken then."""
    taken: Any = value
    if option.kind == "choice" and value not in option.choices:
        return False
    if option.kind == "number":
        if not (value.isascii() and value.isdigit()):
            return False
        taken = int(value)
    elif option.kind == "names":
        taken = names_of(value)
    elif option.kind == "output":
        from plumblint.report import REPORTERS

        name, _, file = value.partition("=")
        if name not in REPORTERS:
            return False
        taken = (name, file or None)
    given[option.name] = (*given[option.name], taken) if option.multiple else taken
    return True
