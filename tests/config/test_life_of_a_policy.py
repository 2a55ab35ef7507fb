"""preview, stable, deprecated: which take part when."""

from __future__ import annotations

from pathlib import Path

import pytest

from plumblint.config import Config
from plumblint.config.resolve import choose
from plumblint.policy.catalogue import Catalogue, load_catalogue

POLICY = """\
title: x
severity: error
confidence: high
preset: {preset}
since: 1.0.0
status: {status}
on: image
deny: image.tag == "latest"
message: x
why: x
remedy: x
examples:
  - bad: {{Dockerfile: "FROM a:latest\\n"}}
    hits: ["latest"]
  - good: {{Dockerfile: "FROM scratch\\n"}}
"""


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    for status in ("preview", "stable", "deprecated"):
        for preset in ("recommended", "strict"):
            path = tmp_path / "x" / f"{status}-{preset}.yaml"
            path.parent.mkdir(exist_ok=True)
            path.write_text(POLICY.format(status=status, preset=preset))
    return load_catalogue([str(tmp_path)], shipped=False, cache=False)


@pytest.mark.parametrize(
    ("settings", "wanted"),
    [
        ({}, {"stable-recommended"}),
        ({"preset": "strict"}, {"stable-recommended", "stable-strict"}),
        ({"preview": True}, {"stable-recommended", "preview-recommended"}),
        (
            {"preset": "strict", "preview": True},
            {"stable-recommended", "stable-strict", "preview-recommended", "preview-strict"},
        ),
        ({"select": ["deprecated-strict"]}, {"deprecated-strict"}),
        ({"select": ["strict", "preview-strict"]},
         {"stable-recommended", "stable-strict", "preview-strict"}),
        ({"ignore": ["x"]}, set()),
    ],
)  # fmt: skip
def test_which_take_part(catalogue: Catalogue, settings: dict, wanted: set[str]) -> None:
    assert {policy.id for policy in choose(catalogue, Config(**settings)).policies} == wanted


def test_all_is_all(catalogue: Catalogue) -> None:
    assert len(choose(catalogue, Config(preset="all")).policies) == 6
