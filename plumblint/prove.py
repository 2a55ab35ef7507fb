"""Policies against their own examples.

An example is a small repo in memory.  A bad one must give exactly the hits
it lists, a good one none.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from plumblint.policy.finding import Finding
from plumblint.policy.model import Policy
from plumblint.repo import Repo, Unreadable, normal
from plumblint.source import Span

Pipeline = Callable[[Repo], Iterable[Finding]]
"""From a repo to the findings of (at least) the policy that is proved."""
Fixer = Callable[[Repo, Sequence[Finding]], Mapping[str, str]]
"""From findings to the new texts of the files that their fixes change."""

CUT = "…"
"""Stands in a hit for all lines but the first."""

_PLACED = re.compile(r"(?P<path>[^\s:]+):(?P<line>\d+):(?P<column>\d+) ?(?P<text>.*)\Z", re.DOTALL)


class Failure:
    """An example that does not hold."""

    __slots__ = ("line", "message", "policy")

    def __init__(self, policy: Policy, line: int, message: str) -> None:
        self.policy = policy
        self.line = line
        """Of the example in the policy's file."""
        self.message = message

    def __str__(self) -> str:
        return f"{self.policy.path}:{self.line}: {self.policy.id}: {self.message}"

    __repr__ = __str__


class ExampleRepo(Repo):
    """The files of an example; links and unreadable files as a folder would have them."""

    def __init__(self, files: Mapping[str, Any], untracked: Iterable[str] = ()) -> None:
        super().__init__({path: _content(file) for path, file in files.items()}, untracked)
        self._unreadable = {path: found for path in files if (found := _refusal(files, path))}
        self._links = {
            path: target
            for path in files
            if (target := _target(files, path)) is not None and target != path
        }

    def _bytes(self, path: str) -> bytes | Unreadable:
        if path in self._unreadable:
            return self._unreadable[path]
        return super()._bytes(self._links.get(path, path))


def _content(file: Any) -> str | bytes:
    if isinstance(file, str):
        return file
    if "base64" in file:
        return b64decode(file["base64"])
    return str(file.get("text", ""))


def _target(files: Mapping[str, Any], path: str) -> str | None:
    """Where a link ends (a file that is none is its own target); None where it leaves the root."""
    for _ in range(40):
        file = files.get(path)
        if not isinstance(file, dict) or "link" not in file:
            return path
        folder = path.rpartition("/")[0]
        target = file["link"]
        found = None if target.startswith("/") else normal(f"{folder}/{target}")
        if found is None:
            return None
        path = found
    return None


def _refusal(files: Mapping[str, Any], path: str) -> Unreadable | None:
    target = _target(files, path)
    if target is None:
        return Unreadable("unreadable", "it is a link that leaves the repo, so it is not followed")
    if target not in files:
        return Unreadable("missing", "no such file")
    file = files[target]
    if isinstance(file, dict) and not file.get("mode", 0o444) & 0o400:
        return Unreadable("unreadable", "Permission denied")
    return None


def prove(policy: Policy, pipeline: Pipeline, fixer: Fixer | None = None) -> list[Failure]:
    """The examples of a policy that do not hold."""
    failures = []
    for example in policy.examples:
        failures += prove_example(policy, example, pipeline, fixer)
    return failures


def prove_example(
    policy: Policy, example: Mapping[str, Any], pipeline: Pipeline, fixer: Fixer | None = None
) -> list[Failure]:
    """What does not hold of one example."""
    repo = ExampleRepo(example.get("bad") or example["good"], example.get("untracked", ()))
    findings = _findings(policy, pipeline(repo))
    wrong = _compare(example.get("hits", ()), findings, repo)
    if not wrong and "fixed" in example and fixer is not None:
        wrong = _compare_fixed(policy, example, findings, repo, pipeline, fixer)
    return [Failure(policy, example["line"], message) for message in wrong]


def _findings(policy: Policy, findings: Iterable[Finding]) -> list[Finding]:
    own = (finding for finding in findings if finding.policy.id == policy.id)
    return sorted(own, key=lambda finding: finding.span.sort_key())


def _compare(hits: Sequence[str], findings: Sequence[Finding], repo: Repo) -> list[str]:
    """How findings differ from the hits that are wanted, both in order."""
    found = [hit_of(finding.span, repo) for finding in findings]
    matched = [
        len(hits) > at and _is_hit(hits[at], placed, text)
        for at, (placed, text) in enumerate(found)
    ]
    if all(matched) and len(found) == len(hits):
        return []
    shown = "".join(f"\n  {placed}" for placed, _ in found) or " nothing"
    if not hits:
        return [f"nothing is to be found, but there is:{shown}"]
    wanted = "".join(f"\n  {hit}" for hit in hits)
    return [f"wanted:{wanted}\nfound:{shown}"]


def _is_hit(wanted: str, placed: str, text: str) -> bool:
    if wanted == text or (wanted == placed and _PLACED.match(wanted) is not None):
        return True
    first, line_end, _ = text.partition("\n")
    if not (line_end and wanted.endswith(CUT)):
        return False
    return wanted in (first + CUT, placed.partition("\n")[0] + CUT)


def hit_of(span: Span, repo: Repo) -> tuple[str, str]:
    """A place as `file:line:col text`, and its text alone."""
    source = repo.source(span.path)
    if source is None:
        return f"{span.path}:1:1", ""
    line, column = source.position(span.start)
    text = source.text[span.start : span.end]
    return f"{span.path}:{line}:{column} {text}".rstrip(" "), text


def _compare_fixed(
    policy: Policy,
    example: Mapping[str, Any],
    findings: Sequence[Finding],
    repo: Repo,
    pipeline: Pipeline,
    fixer: Fixer,
) -> list[str]:
    """What is wrong with the fixed files."""
    files = {**example["bad"], **fixer(repo, findings)}
    wrong = [
        f"fixed, {path} is not what is wanted, but:\n{files.get(path)}"
        for path, wanted in example["fixed"].items()
        if files.get(path) != wanted
    ]
    again = ExampleRepo(files, example.get("untracked", ()))
    left = _findings(policy, pipeline(again))
    return wrong + [f"it is still found when fixed: {hit_of(f.span, again)[0]}" for f in left]
