"""Which path filters fit no file of the repo."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from plumblint.facts import Filter, Unknown
from plumblint.project.project import Project

_FOLDER = ".github/workflows/"
_MOST_FILES = 200_000
_SUBMODULE = re.compile(r"^\s*path\s*=\s*(\S+)", re.MULTILINE)


def count_matches(project: Project) -> None:
    """Count the files that each path filter fits.

    GitHub reads workflows only in `.github/workflows` of the root; in a repo of templates, or one
    too large, the answer is Unknown.  A folder that is a submodule has no files here.
    """
    filters = project.of(Filter)
    if not filters:
        return
    files = project.repo.files
    text = "\n".join(files) if len(files) <= _MOST_FILES else None
    submodules = _submodules(project)
    known: dict[str, int | Unknown] = {}
    for fact in filters:
        if text is None or not fact.span.path.startswith(_FOLDER):
            fact.matches = Unknown("the files that it is for are not known")
            continue
        if fact.pattern not in known:
            known[fact.pattern] = _count(fact.pattern, text, submodules)
        fact.matches = known[fact.pattern]


def _submodules(project: Project) -> tuple[str, ...]:
    path = ".gitmodules"
    source = project.repo.source(path) if project.repo.exists(path) else None
    return tuple(_SUBMODULE.findall(source.text)) if source is not None else ()


def _count(pattern: str, text: str, submodules: tuple[str, ...]) -> int | Unknown:
    start = re.split(r"[*?+\[]", pattern, maxsplit=1)[0].rstrip("/")
    if any(start == path or start.startswith(f"{path}/") for path in submodules):
        return Unknown("it lies in a submodule")
    if pattern.startswith("**"):
        return Unknown("it names no place, so it may wait for a file to come")
    if pattern.startswith("*.") and f"{pattern[1:]}\n" not in f"{text}\n":
        return Unknown("there is no file of this kind yet")
    expression = _compiled(f"(?m)^(?:{translate(pattern)})$")
    if expression is None:
        return Unknown("GitHub's pattern language does not say what it means")
    return 1 if expression.search(text) else 0


@cache
def _compiled(expression: str) -> Any:
    import re2  # type: ignore[import-untyped]

    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(expression, options)
    except re2.error:
        return None


def translate(pattern: str) -> str:
    """A path filter as a regular expression, by GitHub's filter pattern cheat sheet.

    `*` stops at a slash and `**` does not; `**/` also stands for nothing; `?` and `+` belong to
    the character before them.
    """
    out: list[str] = []
    at = 0
    while at < len(pattern):
        char = pattern[at]
        if pattern.startswith("**/", at) and (at == 0 or pattern[at - 1] == "/"):
            out.append(r"(?:[^\n]*/)?")
            at += 3
            continue
        if pattern.startswith("**", at):
            out.append(r"[^\n]*")
            at += 2
            continue
        if char == "*":
            out.append(r"[^/\n]*")
        elif char in "?+" and out:
            out.append(char)
        elif char == "[" and (end := pattern.find("]", at + 1)) > at + 1:
            out.append("[" + re.escape(pattern[at + 1 : end]).replace(r"\-", "-") + "]")
            at = end
        elif char == "\\" and at + 1 < len(pattern):
            at += 1
            out.append(re.escape(pattern[at]))
        else:
            out.append(re.escape(char))
        at += 1
    return "".join(out)
