"""What a compose project is read with: its sources, and the facts so far."""

from __future__ import annotations

import re
from typing import Literal, TypeVar

from plumblint.facts import Fact, Problem
from plumblint.repo import Repo, Unreadable
from plumblint.source import Source, Span
from plumblint.syntax.yaml import LimitFault, Node, parse

ProblemKind = Literal["syntax", "unreadable", "too-large", "encoding", "limit", "template"]
_Fact = TypeVar("_Fact", bound=Fact)
_BLANKS = re.compile(r"\s+")
_TEMPLATE = re.compile(r"\{\{|\{%")
_MOST_VISITS = 100_000
_MOST_PROBLEMS = 50


class Reading:
    """One compose project being read; collects its facts.

    `visits` pays for each node that is looked at, those behind aliases as often
    as they are used.
    """

    __slots__ = ("_counts", "_faults", "_parsed", "_reported", "facts", "repo", "visits")

    def __init__(self, repo: Repo) -> None:
        self.repo = repo
        self.facts: list[Fact] = []
        self.visits = _MOST_VISITS
        self._counts: dict[tuple[str, str], int] = {}
        self._faults: set[tuple[str, int, int]] = set()
        self._reported: set[str] = set()
        self._parsed: dict[str, tuple[Source, list[Node]] | None] = {}

    def add(self, fact: _Fact) -> _Fact:
        """Put a fact on the list and give it back; a key used before gets `#n`."""
        key = _BLANKS.sub(" ", fact.key[:400].strip())[:160]
        counted = (fact.KIND, key)
        count = self._counts[counted] = self._counts.get(counted, 0) + 1
        fact.key = key if count == 1 else f"{key}#{count}"
        self.facts.append(fact)
        return fact

    def problem(self, span: Span, message: str, kind: ProblemKind = "syntax") -> None:
        """A Problem at a place, one for each place."""
        place = span.sort_key()
        if place in self._faults or len(self._faults) >= _MOST_PROBLEMS:
            return
        self._faults.add(place)
        source = self.repo.source(span.path)
        line = source.position(span.start)[0] if source is not None else 1
        self.add(
            Problem(
                span=span,
                path=f"line {line}",
                key=f"{kind}:{message}",
                kind=kind,
                message=message,
                read_as="compose",
            )
        )

    def too_much(self, span: Span) -> None:
        """A Problem for a file that is too large or grows too large, once for each file."""
        if span.path not in self._reported:
            self._reported.add(span.path)
            message = (
                f"the file means more than {_MOST_VISITS:,} values, aliases and `extends` counted,"
                " so it is not read to its end"
            )
            self.problem(Span(span.path, 0, 1), message, "limit")

    def documents(self, path: str) -> tuple[Source, list[Node]] | None:
        """The YAML documents of a file, with Problems for what is wrong; None if it cannot be had.

        Each file is parsed once.
        """
        if path not in self._parsed:
            self._parsed[path] = self._parse(path)
        return self._parsed[path]

    def _parse(self, path: str) -> tuple[Source, list[Node]] | None:
        got = self.repo.read(path)
        if isinstance(got, Unreadable):
            kind: ProblemKind = "too-large" if got.kind == "too-large" else "unreadable"
            self.problem(Span(path, 0, 0), got.message, kind)
            return None
        if got.bad_bytes is not None:
            message = "the file is not UTF-8, which YAML needs: save it as UTF-8"
            self.problem(got.span(got.bad_bytes, got.bad_bytes + 1), message, "encoding")
            return None
        nodes, faults = parse(got.text)
        for fault in faults:
            span = got.span(fault.start, fault.end)
            if isinstance(fault, LimitFault):
                self.problem(span, fault.message, "limit")
            elif _TEMPLATE.search(got.text):
                message = "this is a template of a compose file: what it renders to is not judged"
                self.problem(span, message, "template")
                return None
            else:
                self.problem(span, fault.message)
        return got, nodes
