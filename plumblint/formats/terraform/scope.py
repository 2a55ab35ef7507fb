"""What names mean in a module's folder."""

from __future__ import annotations

from plumblint.facts import Unknown
from plumblint.formats.terraform.value import Value
from plumblint.repo import Repo, normal
from plumblint.source import Source
from plumblint.syntax.hcl.body import Attribute, Block
from plumblint.syntax.hcl.nodes import Template


class Scope:
    """What names mean in a module's folder.

    `assigned` are the variables that a tfvars file sets which Terraform loads
    by itself; `undecided` those that only other tfvars files set.  `given` is what
    a caller passes.  `defaults`
    counts the uses of variables' defaults, in `tainted` locals too; `steps`
    what is evaluated again for each item of a collection.
    """

    __slots__ = (
        "assigned",
        "busy",
        "cache",
        "defaults",
        "depth",
        "expansions",
        "folder",
        "given",
        "locals",
        "repo",
        "steps",
        "tainted",
        "templates",
        "undecided",
        "variables",
    )

    def __init__(self, folder: str, repo: Repo) -> None:
        self.folder = folder
        self.repo = repo
        self.variables: dict[str, tuple[Source, Block]] = {}
        self.locals: dict[str, tuple[Source, Attribute]] = {}
        self.assigned: dict[str, tuple[Source, Attribute]] = {}
        self.undecided: set[str] = set()
        self.given: dict[str, Value] = {}
        self.cache: dict[str, Value] = {}
        self.busy: set[str] = set()
        self.templates: dict[str, Template | None] = {}
        self.steps = 0
        self.tainted: set[str] = set()
        self.defaults = 0
        self.depth = 0
        self.expansions = 0

    def is_set(self, name: str) -> bool:
        """Whether a variable has a default, or a tfvars file sets it."""
        declared = self.variables.get(name)
        default = declared is not None and declared[1].body.attribute("default") is not None
        return default or name in self.assigned or name in self.undecided

    def template(self, source: Source) -> Template | None:
        """A file as a template, None where it is not valid."""
        from plumblint.syntax.hcl import parse_template

        if source.path not in self.templates:
            self.templates[source.path] = parse_template(source.text)
        return self.templates[source.path]

    def file(self, path: str | Unknown | None) -> Source | None:
        """A file of the repo that the module names."""
        if not isinstance(path, str):
            return None
        if self.folder and not path.startswith(f"{self.folder}/"):
            path = f"{self.folder}/{path}"
        inside = normal(path)
        return self.repo.source(inside) if inside else None
