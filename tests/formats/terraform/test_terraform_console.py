"""`terraform console` on what expressions come to, where Terraform is installed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from plumblint.formats.terraform.evaluate import Evaluator
from plumblint.formats.terraform.scope import Scope
from plumblint.formats.terraform.value import Value
from plumblint.repo import Repo
from plumblint.source import Source
from plumblint.syntax.hcl import parse

EXPRESSIONS = (
    "1 + 2 * 3 - 4", "10 / 4", "!true || false", '"a" == "a"', "1 < 2 && 2 >= 2", "-3 + 1",
    '"a${1 + 1}b"', '"$${x} %%{y}"', '"tab\\tline\\n\\u00e9"', "true ? 1 : 2",
    '[for v in ["a", "b"] : upper(v)]', '[for i, v in ["a", "b"] : "${i}${v}"]',
    '[for v in [1, 2, 3] : v if v > 1]', '{ for k, v in { a = 1, b = 2 } : v => k }',
    '{ for k, v in { a = 1, b = 2 } : k => v if k != "a" }', '[for k, v in { a = 1 } : k]',
    '[{ a = 1 }, { a = 2 }][*].a', '[{ a = [5] }][*].a[0]', '{ a = { b = "c" } }.a["b"]',
    '["a", "b"][1]', 'lookup({ a = 1 }, "a", 2)', 'lookup({ a = 1 }, "b", 2)',
    'merge({ a = 1 }, { b = 2 }, { a = 3 })', 'concat(["a"], ["b", "c"])',
    'flatten([["a"], ["b"]])',
    'coalesce("", "x")', 'try("x", "y")', 'join("-", ["a", "b"])', 'format("%s-%s", "a", "b")',
    'lower("AbC")', 'trimspace("  a ")', "length([1, 2])", 'length("abc")', 'length({ a = 1 })',
    'element(["a", "b"], 3)', 'keys({ b = 1, a = 2 })', 'values({ b = 1, a = 2 })',
    'contains(["a"], "a")', 'contains(["a"], "b")', "one([])", 'one(["x"])',
    'compact(["a", "", null])', 'distinct(["a", "b", "a"])', 'split(",", "a,b")', 'split(",", "")',
    'replace("a-b-c", "-", "+")', 'startswith("abc", "ab")', 'endswith("abc", "ab")',
    'trimprefix("aab", "a")', 'trimsuffix("abb", "b")', 'core::upper("a")',
    "<<-EOT\nhello ${1}\nEOT\n",
)  # fmt: skip


def plain(value: Value) -> Any:
    if isinstance(value.data, tuple):
        return [plain(item) for item in value.data]
    if isinstance(value.data, dict):
        return {key: plain(item) for key, item in value.data.items()}
    return value.data


def ours(expression: str) -> Any:
    text = f"x = {expression}\n"
    body = parse(text)
    assert not body.faults, expression
    evaluator = Evaluator(Scope("", Repo({})), Source("main.tf", text))
    return plain(evaluator.value(body.attributes[0].value))


def test_terraform_console_agrees(tmp_path: Path) -> None:
    terraform = shutil.which("terraform")
    if terraform is None:
        pytest.skip("terraform is not installed")
    items = "\n".join(f"    {expression}," if "EOT" not in expression else f"    {expression}    ,"
                      for expression in EXPRESSIONS)  # fmt: skip
    (tmp_path / "main.tf").write_text(f"locals {{\n  x = [\n{items}\n  ]\n}}\n")
    result = subprocess.run(
        [terraform, "console"], input="jsonencode(local.x)\n", cwd=tmp_path, text=True,
        capture_output=True, check=False, timeout=60,
        env={**os.environ, "TF_CLI_CONFIG_FILE": os.devnull, "CHECKPOINT_DISABLE": "1"},
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    theirs = json.loads(json.loads(result.stdout))
    differences = [
        (expression, mine, their)
        for expression, their in zip(EXPRESSIONS, theirs, strict=True)
        if (mine := ours(expression)) != their
    ]
    assert differences == []
