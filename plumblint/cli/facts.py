"""`plumblint facts`: what is read from a file, in the words of policies."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from plumblint.cli.names import FactKind, counted
from plumblint.cli.output import to_standard_output
from plumblint.cli.places import config_of, open_repo

if TYPE_CHECKING:
    from plumblint.config import Config
    from plumblint.facts import Fact
    from plumblint.project.project import Project
    from plumblint.repo import Repo

HIDDEN = ("span", "path", "key", "origins", "places")
"""Fields that are told otherwise, or are not for policies."""


@click.command("facts")
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@click.option("--kind", "kinds", multiple=True, type=FactKind(), metavar="FACT",
              help="Only these kinds.")  # fmt: skip
@click.option("--all", "everything", is_flag=True, help="Fields that are absent or empty too.")
@click.option("--json", "as_json", is_flag=True, help="As JSON lines.")
def command(paths: tuple[str, ...], kinds: tuple[str, ...], **given: Any) -> None:
    """Print the facts of files: what a policy for them can judge."""
    from plumblint.report.links import FACTS_PAGE

    repo, named = open_repo(paths)
    config = config_of(repo, {})
    project = project_of(repo, config, named)
    inside = tuple(f"{path}/" for path in named)
    facts = [
        fact
        for fact in project.facts
        if (not kinds or fact.KIND in kinds)
        and (not named or fact.span.path in named or fact.span.path.startswith(inside))
    ]
    facts.sort(key=lambda fact: fact.span.sort_key())
    shown = Shown(project)
    if given["as_json"]:
        lines = [json.dumps(shown.as_object(fact), ensure_ascii=False) for fact in facts]
    else:
        lines = [line for fact in facts for line in shown.lines(fact, absent=given["everything"])]
    to_standard_output("".join(f"{line}\n" for line in lines))
    count = counted(len(facts), "fact", "facts")
    click.echo(f"{count}; {FACTS_PAGE} tells what their fields mean.", err=True)


def project_of(repo: Repo, config: Config, named: Iterable[str] = ()) -> Project:
    """The project of a repo with all kinds of fact."""
    from plumblint.discover import discover
    from plumblint.project.build import build
    from plumblint.tables.local import teach

    teach(config.tables)
    return build(repo, discover(repo, config.exclude, named))


class Shown:
    """Facts for people, secrets masked."""

    def __init__(self, project: Project) -> None:
        from plumblint.facts import Secret
        from plumblint.settle.report_model import masked

        self._project = project
        self._masks: dict[str, str] = {}
        for secret in project.of(Secret):
            source = project.repo.source(secret.span.path)
            text = source.text[secret.span.start : secret.span.end] if source else ""
            if secret.likeness == "secret" and len(text) >= 4:
                self._masks[text] = masked(text)
                self._masks[" ".join(text.split())] = masked(text)

    def safe(self, text: str) -> str:
        """`text` without secrets and without what would steer a terminal."""
        from plumblint.report.escape import visible

        for secret in sorted(self._masks, key=len, reverse=True):
            text = text.replace(secret, self._masks[secret])
        return visible(text)

    def place(self, fact: Fact) -> str:
        """Where a fact stands."""
        source = self._project.repo.source(fact.span.path)
        line, column = source.position(fact.span.start) if source else (1, 1)
        return f"{self.safe(fact.span.path)}:{line}:{column}"

    def lines(self, fact: Fact, *, absent: bool = False) -> list[str]:
        """A fact with its fields."""
        lines = [f"{fact.KIND}  {self.place(fact)}  {self.safe(fact.path)}"]
        for field in fact.FIELDS:
            value = getattr(fact, field)
            if field in HIDDEN or (not absent and value in (None, (), {}, "")):
                continue
            lines.append(f"    {field} = {self.value(value)}")
        return [*lines, ""]

    def value(self, value: Any, depth: int = 0) -> str:
        """A value as policies would write it; an Unknown as its source text."""
        from plumblint.facts import Fact, Unknown

        if value is None:
            return "None"
        if isinstance(value, Unknown):
            return f"Unknown: {self.safe(value.text)}"
        if isinstance(value, Fact):
            return f"<{value.KIND} {self.safe(value.path)}>"
        if isinstance(value, str):
            return json.dumps("\n".join(map(self.safe, value.split("\n"))), ensure_ascii=False)
        if isinstance(value, dict) and depth < 3:
            items = [
                f"{self.value(k, depth + 1)}: {self.value(v, depth + 1)}" for k, v in value.items()
            ]
            return "{" + ", ".join(items) + "}"
        if isinstance(value, tuple | list) and depth < 3:
            return "[" + ", ".join(self.value(item, depth + 1) for item in value) + "]"
        return self.safe(str(value))

    def as_object(self, fact: Fact) -> dict[str, Any]:
        """A fact as JSON data; facts it refers to are named by kind and path."""
        return {
            "fact": fact.KIND,
            "at": self.place(fact),
            "path": self.safe(fact.path),
            "fields": {
                field: self._data(getattr(fact, field))
                for field in fact.FIELDS
                if field not in HIDDEN
            },
        }

    def _data(self, value: Any, depth: int = 0) -> Any:
        from plumblint.facts import Fact, Unknown

        if isinstance(value, Unknown):
            return {"unknown": self.safe(value.text)}
        if isinstance(value, Fact):
            return {"fact": value.KIND, "path": self.safe(value.path)}
        if isinstance(value, str):
            return self.safe(value)
        if isinstance(value, dict) and depth < 5:
            return {str(key): self._data(item, depth + 1) for key, item in value.items()}
        if isinstance(value, tuple | list) and depth < 5:
            return [self._data(item, depth + 1) for item in value]
        return value if value is None or isinstance(value, bool | int | float) else str(value)
