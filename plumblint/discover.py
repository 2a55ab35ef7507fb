"""Which files a run reads, and as what.

A name decides where it can (`Dockerfile.dev`, `*.tf`, `.github/workflows/*.yml`);
a YAML file whose name does not decide is looked into: `services:` with an
`image:` or `build:` below is a compose file, `on:` and `jobs:` with a
`runs-on:` or `uses:` below is a workflow (templates of workflows lie anywhere).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from plumblint.repo import Repo

_NAMES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("workflow", re.compile(r"(?:^|/)\.github/workflows/[^/]+\.ya?ml$")),
    ("action", re.compile(r"(?:^|/)action\.ya?ml$")),
    (
        "dockerfile",
        re.compile(
            r"(?:^|/)(?:(?:Dockerfile|dockerfile|Containerfile|containerfile)(?:[.-][^/]+)?"
            r"|[^/]+\.(?:[Dd]ockerfile|[Cc]ontainerfile|Dockerfile\.[^/.]+))$"
        ),
    ),
    ("compose", re.compile(r"(?:^|/)(?:docker-)?compose(?:[.-][^/]+)?\.ya?ml$")),
    ("terraform", re.compile(r"\.(?:tf|tofu)(?:\.json)?$")),
    ("tfvars", re.compile(r"\.tfvars(?:\.json)?$")),
    ("env", re.compile(r"(?:^|/)\.env(?:\.[^/]+)?$")),
)
"""Kind and pattern of a path; the first that matches decides.  Sources: the BuildKit, Compose,
GitHub and OpenTofu documentation, and the names that identify(1) and editors use."""

_NOT_DOCKERFILE = re.compile(
    r"\.(?:dockerignore|md|txt|rst|j2|tmpl|tpl|template|erb|in|py|rb|go|js|ts|sh|json|ya?ml)$"
)
"""`Dockerfile.j2` is a template of one; `Dockerfile.dockerignore` belongs to one."""

_YAML = re.compile(r"\.ya?ml$")
_SERVICES = re.compile(r"^services[ \t]*:", re.MULTILINE)
_RUNS = re.compile(r"^[ \t]+(?:image|build|extends)[ \t]*:", re.MULTILINE)
_ON = re.compile(r"^(?:on|'on'|\"on\")[ \t]*:", re.MULTILINE)
_JOBS = re.compile(r"^jobs[ \t]*:", re.MULTILINE)
_RUNNER = re.compile(r"^[ \t]+(?:runs-on|uses)[ \t]*:", re.MULTILINE)
_NEVER_RUN = re.compile(r"(?:^|/)\.github/(?!workflow-templates/)")
"""Workflows that were put aside: GitHub runs those of `.github/workflows` itself alone."""
_OTHER_MANIFEST = re.compile(
    r"^(?:apiVersion|kind|openapi|swagger|on|jobs|trigger|stages)[ \t]*:", re.MULTILINE
)

DEFAULT_EXCLUDES = (
    ".git/",
    ".terraform/",
    ".venv/",
    "venv/",
    "node_modules/",
    "vendor/",
    "site-packages/",
    "__pycache__/",
)
"""Folders of other people's files, left out unless named."""


def kind_by_name(path: str) -> str | None:
    """The kind of a file that its name decides, else None."""
    for kind, pattern in _NAMES:
        if pattern.search(path):
            if kind == "dockerfile" and _NOT_DOCKERFILE.search(path):
                return None
            return kind
    return None


def kind_by_content(text: str) -> str | None:
    """The kind of a YAML file that its content decides, else None."""
    services = _SERVICES.search(text)
    if services and _RUNS.search(text, services.end()) and not _OTHER_MANIFEST.search(text):
        return "compose"
    jobs = _JOBS.search(text)
    if jobs and _ON.search(text) and _RUNNER.search(text, jobs.end()):
        return "workflow"
    return None


def discover(
    repo: Repo, excludes: Sequence[str], named: Iterable[str] = ()
) -> dict[str, list[str]]:
    """The repo's files of known kinds, by kind, sorted; `named` ones even where excluded.

    `excludes` are patterns as in .gitignore.  `named` are files and folders;
    in a folder that is left out as a whole, only what the patterns leave out
    of it itself stays so.
    """
    left_out = matcher(excludes)
    explicit: set[str] = set()
    for path in named:
        if repo.exists(path):
            explicit.add(path)
        elif left_out(f"{path}/"):
            below = f"{path}/"
            explicit.update(
                file
                for file in repo.files
                if file.startswith(below) and not left_out(file[len(below) :])
            )
    found: dict[str, list[str]] = {}
    for path in (*repo.files, *sorted(explicit.difference(repo.files))):
        if path not in explicit and left_out(path):
            continue
        kind = kind_by_name(path)
        if kind is None and _YAML.search(path):
            kind = _look_into(repo, path)
        if kind is not None:
            found.setdefault(kind, []).append(path)
    return found


def _look_into(repo: Repo, path: str) -> str | None:
    source = repo.source(path)
    kind = kind_by_content(source.text) if source else None
    return None if kind == "workflow" and _NEVER_RUN.search(path) else kind


def matcher(patterns: Sequence[str]) -> Callable[[str], object]:
    """A function that tells whether a path is left out by patterns as in .gitignore."""
    plain = re.compile(
        "|".join(
            rf"(?:^|/){re.escape(pattern[:-1])}/" for pattern in patterns if _is_folder(pattern)
        )
        or r"(?!)"
    )
    others = [pattern for pattern in patterns if not _is_folder(pattern)]
    if not others:
        return plain.search
    import pathspec  # costs 30 ms, so only where patterns need it

    spec = pathspec.GitIgnoreSpec.from_lines(others)
    return lambda path: plain.search(path) or spec.match_file(path)


def _is_folder(pattern: str) -> bool:
    return pattern.endswith("/") and not set(pattern[:-1]) & set("*?[]!/\\")
