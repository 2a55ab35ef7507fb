"""Two independent opinions: python-hcl2 on the structure, `terraform fmt` on validity.

Both are asked about the fixtures too, and with PLUMBLINT_CORPUS set to a folder about every file
below it.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_hcl_parse import INVALID, VALID

from plumblint.syntax.hcl import parse
from plumblint.syntax.hcl.body import Attribute, Block, Label
from plumblint.syntax.hcl.nodes import (
    Call,
    Conditional,
    Heredoc,
    Literal,
    Node,
    Object,
    Template,
    Tuple,
)

MODULE = """\
terraform {
  required_version = ">= 1.5"
  backend "s3" {
    bucket = "b"
  }
}

locals {
  names = [for s in var.services : upper(s.name) if s.enabled]
  tags  = merge(var.tags, { Name = "x-${var.env}", "Cost Center" = 12 })
}

resource "aws_ecs_task_definition" "app" {
  family = "app"
  container_definitions = jsonencode([
    {
      name  = "app"
      image = "nginx:${var.tag}"
    },
  ])
  user_data = <<-EOT
    #!/bin/sh
    echo ${var.env} $${HOME}
  EOT

  dynamic "volume" {
    for_each = var.volumes
    content {
      name = volume.value["name"]
    }
  }
}

output "x" {
  value = var.a ? aws_x.y[0].id : try(aws_z.y["k"].id, null)
}
"""


def corpus() -> list[Path]:
    roots = [Path(__file__).parents[3] / "fixtures"]
    if os.environ.get("PLUMBLINT_CORPUS"):
        roots.append(Path(os.environ["PLUMBLINT_CORPUS"]))
    return sorted(path for root in roots for path in root.rglob("*.tf") if path.is_file())


def read(path: Path) -> str | None:
    try:
        return path.read_bytes().decode()
    except UnicodeDecodeError:
        return None


def nodes(node: Node) -> Iterator[Node]:
    """Every node below; not those inside heredocs, which python-hcl2 leaves unread."""
    for child in node.children():
        yield child
        if type(child) is not Heredoc:
            yield from nodes(child)


def ours(text: str) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    kinds = {Attribute: "attribute", Block: "block", Call: "function_call", Tuple: "tuple",
             Object: "object", Conditional: "conditional", Template: "string",
             Heredoc: "heredoc"}  # fmt: skip
    for node in nodes(parse(text)):
        kind = kinds.get(type(node))
        if type(node) in (Literal, Label) and text[node.start] == '"':
            kind = "string"
        if kind:
            found.setdefault(kind, []).append(node.start)
    return {kind: sorted(starts) for kind, starts in found.items()}


def theirs(text: str, parses_to_tree) -> dict[str, list[int]]:
    names = {"attribute", "block", "function_call", "tuple", "object", "conditional", "string"}
    found: dict[str, list[int]] = {}
    for tree in parses_to_tree(text).iter_subtrees():
        name = "heredoc" if tree.data.startswith("heredoc_template") else str(tree.data)
        if name in names or name == "heredoc":
            found.setdefault(name, []).append(tree.meta.start_pos)
    return {kind: sorted(starts) for kind, starts in found.items()}


def test_python_hcl2_on_the_structure() -> None:
    hcl2 = pytest.importorskip("hcl2")
    texts = {"MODULE": MODULE} | {str(path): read(path) for path in corpus()}
    unread = 0
    for name, text in texts.items():
        if text is None:
            continue
        try:
            their = theirs(text, hcl2.parses_to_tree)
        except Exception:  # noqa: BLE001 - lark's several kinds; what it rejects is counted
            unread += 1
            continue
        if parse(text).faults:
            continue
        assert ours(text) == their, name
    assert unread <= 5 + len(texts) // 50  # some fixtures are broken on purpose


def rejected(folder: Path) -> set[str]:
    """The names of the files in `folder` that Terraform cannot read."""
    terraform = shutil.which("terraform")
    if terraform is None:
        pytest.skip("terraform is not installed")
    result = subprocess.run(
        [terraform, "fmt", "-no-color", "-check", "-write=false", "-list=false", str(folder)],
        capture_output=True,
        check=False,
        env={**os.environ, "TF_CLI_CONFIG_FILE": os.devnull, "CHECKPOINT_DISABLE": "1"},
    )
    return set(re.findall(r"(\d+\.tf) line \d+", result.stderr.decode(errors="replace")))


def disagreements(texts: list[str], folder: Path) -> list[str]:
    for number, text in enumerate(texts):
        (folder / f"{number}.tf").write_bytes(text.encode())
    bad = rejected(folder)
    return [
        text
        for number, text in enumerate(texts)
        if bool(parse(text).faults) != (f"{number}.tf" in bad)
    ]


def test_terraform_on_known_texts(tmp_path: Path) -> None:
    assert disagreements(VALID + INVALID + [MODULE], tmp_path) == []


def test_terraform_on_damaged_texts(tmp_path: Path) -> None:
    chance = random.Random(7)
    damage = [*'{}[]()"\n.,:=?$%~#/*<>-+!&|0a \\', "${", "%{", "<<A\n", "...", "=>", "/*", "::"]
    texts = []
    for _ in range(300):
        place = chance.randrange(len(MODULE))
        word = chance.choice(["", *damage])
        texts.append(MODULE[:place] + word + MODULE[place + chance.choice([0, 0, 1, 3]) :])
    assert disagreements(texts, tmp_path) == []


def test_terraform_on_the_corpus(tmp_path: Path) -> None:
    texts = [text for path in corpus() if (text := read(path)) is not None]
    assert disagreements(texts, tmp_path) == []
