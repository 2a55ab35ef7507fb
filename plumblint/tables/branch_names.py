"""Refs after the `@` of a `uses` that are branches, by their names.

A repo's tags and branches are not known offline, so only names count that are
used for branches.  Sources: the default branch names of git and GitHub, and the
READMEs that tell to use such a branch (`pypa/gh-action-pypi-publish@release/v1`,
`dtolnay/rust-toolchain@stable`).
"""

from __future__ import annotations

BRANCH_NAMES: frozenset[str] = frozenset(
    (
        "head",
        "main",
        "master",
        "trunk",
        "default",
        "develop",
        "development",
        "dev",
        "devel",
        "next",
        "edge",
        "stable",
        "beta",
        "nightly",
        "canary",
        "unstable",
        "staging",
        "production",
        "prod",
        "gh-pages",
        "release",
        "releases",
    )
)
"""Whole names, lower case."""

BRANCH_PREFIXES: tuple[str, ...] = (
    "refs/heads/",
    "release/",
    "releases/",
    "feature/",
    "feat/",
    "fix/",
    "hotfix/",
    "branch/",
)
"""Beginnings of names, lower case."""
