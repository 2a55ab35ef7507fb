"""The generated form of the catalogue, for wheels: two modules without imports of the compiler."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from plumblint.policy.catalogue import source_of
from plumblint.policy.model import TEXTS, Policy

_HEAD = '''"""{about}

Generated from rules/ when the wheel was built.
"""

from __future__ import annotations

'''


def generate(policies: Iterable[Policy]) -> dict[str, str]:
    """The source of `plumblint/_catalogue.py` and `_catalogue_texts.py`, by file name."""
    ordered = sorted(policies, key=lambda policy: policy.id)
    return {
        "_catalogue.py": _hot(ordered),
        "_catalogue_texts.py": _texts(ordered),
    }


def _hot(policies: list[Policy]) -> str:
    from plumblint.policy.model import HOT

    sources = []
    decisions = []
    for policy in policies:
        name = "d_" + policy.id.replace("-", "_")
        sources.append(source_of(policy, name=name))
        decisions.append(f"    {policy.id!r}: {name},\n")
    used = sorted(set(re.findall(r"\b[A-Za-z_]+\b", "\n".join(sources))) & _operations())
    names = "".join(f"    {name},\n" for name in used)
    rows = "".join(
        f"    {tuple(getattr(policy, field) for field in HOT)!r},\n" for policy in policies
    )
    return (
        _HEAD.format(about="The shipped policies: what judging and reporting need.")
        + f"from plumblint.policy.operations import (  # noqa: F401\n{names})\n\n"
        + f"ROWS = (\n{rows})\n\n\n"
        + "\n\n".join(sources)
        + f"\n\nDECISIONS = {{\n{''.join(decisions)}}}\n"
    )


def _operations() -> set[str]:
    from plumblint.policy import operations

    return {name for name in vars(operations) if not name.startswith("_")}


def _texts(policies: list[Policy]) -> str:
    rows = []
    for policy in policies:
        texts: dict[str, Any] = {name: getattr(policy, name) for name in TEXTS}
        rows.append(f"    {policy.id!r}: {texts!r},\n")
    about = "The shipped policies: what explanations and proofs need."
    return _HEAD.format(about=about) + f"TEXTS = {{\n{''.join(rows)}}}\n"
