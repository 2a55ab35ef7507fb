"""From configuration files to one Config.

Most repos have none, so what reads them is imported only where there is one.
"""

from __future__ import annotations

from plumblint.config.layers import Settings, laid_over
from plumblint.config.model import Config
from plumblint.repo import Repo, Unreadable

NAMES = (".plumblint.yaml", ".plumblint.yml")
PROJECT_FILE = "pyproject.toml"
"""Holds a configuration where it has a table `[tool.plumblint]`."""


def load_config(
    repo: Repo, root: str, given: Settings | None = None, *, file: str | None = None
) -> Config:
    """The configuration of the repo at `root`, with what the command line gives laid over.

    `file` is a configuration on disk that is read instead of the repo's own.
    Raises ConfigError.
    """
    if file is None and not _is_configured(repo):
        return Config(**laid_over({}, given or {}))
    from plumblint.config.reading import read_config

    return read_config(repo, root, given or {}, file=file)


def _is_configured(repo: Repo) -> bool:
    """Whether a file of the repo, or one at its root that git ignores, may configure us."""
    for name in NAMES:
        got = repo.read(name)
        if not isinstance(got, Unreadable) or got.kind != "missing":
            return True
    for path in (PROJECT_FILE, *repo.files):
        name = path.rpartition("/")[2]
        if name in NAMES:
            return True
        if name == PROJECT_FILE:
            source = repo.source(path)
            if source is not None and "plumblint" in source.text:
                return True
    return False
