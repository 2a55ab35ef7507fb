"""Reading a compose project from memory."""

from __future__ import annotations

import textwrap

from plumblint.formats import compose
from plumblint.repo import Repo


class Facts(list):
    """The facts of one unit, by kind and path."""

    def __init__(self, facts, repo):
        super().__init__(facts)
        self.repo = repo

    def of(self, kind):
        return [fact for fact in self if kind == fact.KIND]

    def one(self, kind, path=None):
        (fact,) = [fact for fact in self.of(kind) if path is None or fact.path == path]
        return fact

    def under(self, span):
        return self.repo.source(span.path).text[span.start : span.end]

    def at(self, fact, field):
        """The text at a field's origin, with its file where that is another one."""
        span = fact.origin_of(field).span
        text = self.under(span)
        return text if span.path == fact.span.path else f"{span.path}: {text}"

    @property
    def problems(self):
        return [fact.message for fact in self.of("problem")]


def read(text=None, path="compose.yaml", files=None, unit=0, **others):
    """The facts of the unit that has `path`; `files` are further files by path."""
    contents = {name: textwrap.dedent(body) for name, body in {**(files or {}), **others}.items()}
    if text is not None:
        contents[path] = textwrap.dedent(text)
    repo = Repo(contents)
    names = sorted(name for name in contents if name.endswith((".yaml", ".yml")))
    units = compose.units({"compose": names}, repo)
    (found,) = [one for one in units if path in one.paths]
    facts = Facts(compose.read(found, repo), repo)
    for fact in facts:
        for span in (fact.span, *(origin.span for origin in fact.origins if origin)):
            assert 0 <= span.start <= span.end <= len(repo.source(span.path).text)
    return facts


def service(body, name="web", head="", **others):
    """The facts of a project with one service of this body."""
    text = f"{head}services:\n  {name}:\n" + textwrap.indent(textwrap.dedent(body), "    ")
    return read(text, **others)
