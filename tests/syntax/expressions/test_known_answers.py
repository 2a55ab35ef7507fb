"""The known answers that GitHub's own implementations agree on."""

from __future__ import annotations

import json
import math
import os
import re
from pathlib import Path

import pytest

from plumblint.syntax.expressions import Failure, evaluate, parse


def _folder() -> Path | None:
    named = os.environ.get("PLUMBLINT_ORACLES")
    if not named:
        return None
    inside = Path(named) / "expressions"
    return inside if inside.is_dir() else Path(named)


def _cases():
    folder = _folder()
    if folder is None:
        return [pytest.param(None, marks=pytest.mark.skip("PLUMBLINT_ORACLES is not set"))]
    cases = []
    for file in sorted(folder.glob("*.json")):
        for group, entries in json.loads(file.read_text("utf-8")).items():
            for number, case in enumerate(entries):
                if "expr" in case:
                    cases.append(pytest.param(case, id=f"{file.stem}-{group}-{number}"))
    return cases


def _same(value: object, wanted: object) -> bool:
    if isinstance(wanted, bool) or wanted is None:
        return value is wanted
    if isinstance(wanted, int | float):
        return isinstance(value, float) and (
            value == wanted or (math.isnan(value) and math.isnan(wanted))
        )
    if isinstance(wanted, str):
        return value == wanted
    if isinstance(wanted, list):
        return (
            isinstance(value, list)
            and len(value) == len(wanted)
            and all(map(_same, map(_number, value), wanted))
        )
    return (
        isinstance(value, dict)
        and list(value) == list(wanted)
        and all(_same(_number(value[key]), wanted[key]) for key in wanted)
    )


def _number(value: object) -> object:
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _wanted(result: dict) -> object:
    value = result["value"]
    if result["kind"] == "Number" and isinstance(value, str):
        return float(value)
    return value


@pytest.mark.parametrize("case", _cases())
def test_known_answer(case):
    contexts = {name.lower(): value for name, value in (case.get("contexts") or {}).items()}
    node, faults = parse(case["expr"], names=contexts)
    error = case.get("err")
    if error and error["kind"] != "evaluation":
        assert node is None
        assert len(faults) == 1
        # Without "within" the position is 1 whatever the expression.
        position = re.search(r"Located at position (\d+) within", error["value"])
        if position:
            assert faults[0].start == int(position[1]) - 1
        symbol = re.match(r"(?s)[^:]*: '(.*)'\. Located at", error["value"])
        if symbol:
            assert case["expr"][faults[0].start : faults[0].end] == symbol[1]
        return
    assert faults == []
    value = evaluate(node, contexts)
    if error:
        assert isinstance(value, Failure)
    else:
        assert _same(value, _wanted(case["result"])), value
