"""What a hostile or broken repo may hold, and what has to be said of it.

Each input is a small repo; beside it lies a sound Dockerfile with one known fault, which
shows that the rest of the run goes on.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

NEIGHBOUR = "sound/Dockerfile"
NEIGHBOURS_FAULT = "latest-tag sound/Dockerfile:1:11"

WORKFLOW = ".github/workflows/ci.yml"
SIZE_LIMIT = 5 * 1024 * 1024
SHARES = (1, 8) if os.environ.get("CI") else (40,)
"""What the largest inputs are divided by: in CI they are as large as is read at all."""


def part_of(count: int) -> int:
    """As much of something deep as is tried."""
    return count // min(SHARES[0], 8)


class BadInput(NamedTuple):
    """A repo's files, or what makes them, and what is to be reported."""

    name: str
    files: dict[str, bytes | str]
    said: tuple[str, ...] = ()
    """`path:line` of what has to be reported, as a finding or a counted note."""
    found: tuple[str, ...] = ()
    """`policy path:line:col` of findings that have to be there all the same."""
    make: Callable[[Path], None] | None = None
    """What only the file system can do, given the root."""


def workflow(script: str) -> str:
    """A workflow that runs a script."""
    body = "".join(f"          {line}\n" for line in script.split("\n"))
    return (
        "on: push\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n"
        f"    steps:\n      - run: |\n{body}"
    )


def compose(body: str = "", image: str = "nginx:latest") -> str:
    return f"services:\n  web:\n    image: {image}\n{body}"


def bomb(merge: bool = False) -> str:
    """An alias bomb: 9 to the power of 20 nodes in under 2 KB."""
    lines = ["x-0: &a0 {k: v}" if merge else "x-0: &a0 [x, x]"]
    for number in range(1, 21):
        aliases = ", ".join([f"*a{number - 1}"] * 9)
        value = f"{{<<: [{aliases}]}}" if merge else f"[{aliases}]"
        lines.append(f"x-{number}: &a{number} {value}")
    use = "    <<: *a20\n" if merge else "    command: *a20\n"
    return "\n".join(lines) + "\n" + compose(use)


def links(**names: str) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        for name, target in names.items():
            (root / name.replace("__", "/")).symlink_to(target)

    return make


def odd_files(root: Path) -> None:
    """A pipe nobody writes to, and a folder with a file's name."""
    os.mkfifo(root / "Dockerfile")
    (root / "compose.yaml").mkdir()


RANDOM = bytes((index * 7919 + index // 256 * 104729) % 256 for index in range(4096))
PIPES = "a|" * part_of(50_000) + "a"
BRACKETS = "[" * part_of(200_000)

EMPTY = [
    BadInput("empty Dockerfile", {"Dockerfile": ""}, ("Dockerfile:1",)),
    BadInput("empty compose file", {"compose.yaml": ""}, ("compose.yaml:1",)),
    BadInput("empty workflow", {WORKFLOW: ""}, (f"{WORKFLOW}:1",)),
    BadInput("empty Terraform file", {"main.tf": ""}),
    BadInput("empty action", {"action.yml": ""}, ("action.yml:1",)),
    BadInput("Dockerfile of comments", {"Dockerfile": "# FROM x\n"}, ("Dockerfile:1",)),
]

BYTES = [
    BadInput(
        "binary",
        {"Dockerfile": RANDOM, "compose.yaml": RANDOM, WORKFLOW: RANDOM, "main.tf": RANDOM},
        ("Dockerfile", "compose.yaml", WORKFLOW, "main.tf"),
    ),
    BadInput(
        "byte order marks",
        {
            "Dockerfile": b"\xef\xbb\xbfFROM node:latest\n",
            "compose.yaml": b"\xef\xbb\xbf" + compose().encode(),
            "main.tf": b'\xef\xbb\xbfterraform {\n  required_version = "~> 1.9"\n}\n',
        },
        found=("latest-tag Dockerfile:1:11", "latest-tag compose.yaml:3:18"),
    ),
    BadInput(
        "UTF-16 for Docker and Terraform",
        {
            "Dockerfile": "FROM debian:12.5\n".encode("utf-16"),
            "main.tf": "locals {}\n".encode("utf-16"),
        },
        said=("Dockerfile:1", "main.tf:1"),
    ),
    BadInput("UTF-16", {"compose.yaml": b"\xff\xfe" + compose().encode("utf-16-le")}),
    BadInput(
        "CRLF",
        {
            "Dockerfile": "FROM node:latest\r\nRUN a \\\r\n  && b\r\nUSER 1\r\n",
            "compose.yaml": compose().replace("\n", "\r\n"),
            WORKFLOW: workflow("a\nb | c").replace("\n", "\r\n"),
            "main.tf": "locals {\r\n  a = <<-EOT\r\n    x\r\n  EOT\r\n}\r\n",
        },
        found=("latest-tag Dockerfile:1:11", "latest-tag compose.yaml:3:18"),
    ),
    BadInput("CR alone", {"Dockerfile": "FROM a:1\rUSER root\r", "main.tf": "a {\r}\r"}),
    BadInput(
        "NUL",
        {
            "Dockerfile": b"FROM node:latest\nRUN a\0b\nUSER 1\n",
            "compose.yaml": compose("    command: a\0b\n"),
            WORKFLOW: workflow("a\0b"),
            "main.tf": b'locals {\n  a = "b\0c"\n}\n',
        },
        ("compose.yaml:4", f"{WORKFLOW}:8"),
        ("latest-tag Dockerfile:1:11",),
    ),
    BadInput(
        "Latin-1",
        {
            "Dockerfile": b"FROM node:latest\n# caf\xe9\nRUN echo \xe9\n",
            "compose.yaml": compose().encode() + b"    # caf\xe9\n",
            WORKFLOW: workflow("a").encode() + b"# caf\xe9\n",
            "main.tf": b"# caf\xe9\nlocals {}\n",
        },
        ("compose.yaml:4", f"{WORKFLOW}:9", "main.tf:1"),
        ("latest-tag Dockerfile:1:11",),
    ),
    BadInput(
        "lone surrogate", {"compose.yaml": compose('    command: "\\ud800"\n')}, ("compose.yaml:4",)
    ),
    BadInput(
        "line ends of other alphabets",
        {"compose.yaml": compose("    # x\u2028    privileged: true\n")},
    ),
    BadInput(
        "control characters",
        {"Dockerfile": "FROM node:latest\nRUN \x1b[2J\x07\x08\nUSER \x1b]0;x\x07\n"},
        found=("latest-tag Dockerfile:1:11",),
    ),
]


def large(share: int) -> list[BadInput]:
    """Files of the size limit divided by `share`: beyond the limits of the readers, or below."""

    def part(count: int) -> int:
        return count // share

    size = f"{5 / share:g} MB of"
    return [
        BadInput(f"{size} one line", {"Dockerfile":
            b"FROM a:1\nRUN " + b"x" * part(SIZE_LIMIT - 100)}, ("Dockerfile:2",)),
        BadInput(f"{size} instructions",
                 {"Dockerfile": b"FROM node:latest\n" + b"RUN a b c && d\n" * part(340_000)}),
        BadInput(f"{size} one RUN", {"Dockerfile":
            b"FROM node:latest\nRUN a \\\n" + b"  && b c d \\\n" * part(400_000) + b"e\n"}),
        BadInput(f"{size} services", {"compose.yaml": b"services:\n" + b"".join(
            b"  s%d:\n    image: nginx:latest\n" % number for number in range(part(140_000)))}),
        BadInput(f"{size} one value",
                 {"compose.yaml": compose("    command: " + "x " * part(2_500_000))}),
        BadInput(f"{size} a list",
                 {"compose.yaml": compose("    command: [" + "x," * part(2_500_000) + "x]\n")}),
        BadInput(f"{size} steps",
                 {WORKFLOW: workflow("a") + "      - run: b | c\n" * part(230_000)}),
        BadInput(f"{size} script", {WORKFLOW: workflow("\n".join(["a b | c"] * part(270_000)))}),
        BadInput(f"{size} expressions", {WORKFLOW: workflow(
            "\n".join(["${{ github.event.issue.title }}"] * part(120_000)))}),
        BadInput(f"{size} attributes", {"main.tf": b'resource "a" "b" {\n' + b"".join(
            b"  a%d = var.b\n" % number for number in range(part(280_000))) + b"}\n"}),
        BadInput(f"{size} blocks", {"main.tf": b"".join(
            b'resource "aws_x" "b%d" {\n  a = "b"\n}\n' % number
            for number in range(part(120_000)))}),
        BadInput(f"{size} heredoc", {"main.tf":
            b"locals {\n  a = <<E\n" + b"${var.b} text\n" * part(350_000) + b"E\n}\n"}),
        BadInput(f"{size} words", {"main.tf": b"a " * part(2_600_000)}, ("main.tf:1",)),
    ]  # fmt: skip


LARGE = [
    BadInput(
        "over the limit",
        {"Dockerfile": b"FROM a:1\n" + b"#" * SIZE_LIMIT, "compose.yaml": b"#" * (SIZE_LIMIT + 1)},
        ("Dockerfile:1", "compose.yaml:1"),
    ),
    *(bad for share in SHARES for bad in large(share)),
]

DEEP = [
    BadInput("pipes in a workflow", {WORKFLOW: workflow(PIPES)}),
    BadInput("pipes in RUN", {"Dockerfile": f"FROM node:latest\nRUN {PIPES[:part_of(60_000)]}a\n"}),
    BadInput("pipes in a heredoc", {"Dockerfile": f"FROM node:latest\nRUN <<E\n{PIPES}\nE\n"}),
    BadInput("pipes in an entrypoint script", {
        "Dockerfile": 'FROM debian:12.5\nCOPY run.sh /run.sh\nENTRYPOINT ["/run.sh"]\n',
        "run.sh": f"#!/bin/sh\n{PIPES}\n"}),
    BadInput("pipes in a provisioner", {"main.tf":
        'resource "null_resource" "a" {\n  provisioner "local-exec" {\n'
        f'    command = "{PIPES}"\n  }}\n}}\n'}),
    BadInput("opening brackets, compose", {"compose.yaml": BRACKETS}, ("compose.yaml:1",)),
    BadInput("opening brackets, workflow", {WORKFLOW: "on: " + BRACKETS}, (f"{WORKFLOW}:1",)),
    BadInput("opening brackets, Terraform", {"main.tf": "a = " + BRACKETS}, ("main.tf:1",)),
    BadInput("opening brackets, .tf.json", {"main.tf.json": BRACKETS}, ("main.tf.json:1",)),
    BadInput("opening brackets, exec form",
             {"Dockerfile": f"FROM node:latest\nCMD {BRACKETS[:60_000]}\n"},
             found=("latest-tag Dockerfile:1:11",)),
    BadInput("opening brackets, a name that does not decide",
             {"x.yaml": f"services:\n {BRACKETS}"}),
    BadInput("opening parentheses, shell", {WORKFLOW: workflow("(" * 100_000)}),
    BadInput("opening substitutions, shell", {WORKFLOW: workflow("$(" * 100_000)}),
    BadInput("opening parentheses, expression",
             {WORKFLOW: workflow("${{ " + "(" * 50_000 + " }}")}),
    BadInput("operators, expression", {WORKFLOW: workflow("${{ " + "!" * 20_000 + "a }}")}),
    BadInput("opening braces, variables", {"Dockerfile": f"FROM {'${a:-' * 12_000}\n"}),
    BadInput("opening templates, Terraform",
             {"main.tf": 'locals {\n  a = "' + '${"' * 50_000 + "\n}\n"}, ("main.tf:2",)),
    BadInput("operators, Terraform", {"main.tf": "locals {\n  a = " + "-" * 50_000 + "1\n}\n"}),
    BadInput("sums, Terraform", {"main.tf": "locals {\n  a = 1" + "+1" * 100_000 + "\n}\n"}),
    BadInput("blocks in blocks", {"main.tf": "a {\n" * 20_000}, ("main.tf",)),
    BadInput("mappings in mappings", {"compose.yaml": "".join(
        f"{' ' * level}a:\n" for level in range(1500))}, ("compose.yaml",)),
    BadInput("interpolations in compose", {"compose.yaml": compose(
        "    command: " + "${A:-" * 30_000 + "\n")}),
    BadInput("FROM chain", {"Dockerfile": "FROM a:1 AS s0\n" + "".join(
        f"FROM s{number} AS s{number + 1}\n" for number in range(3000))}),
    BadInput("ARG chain", {"Dockerfile": "ARG A0=aa\n" + "".join(
        f"ARG A{number + 1}=$A{number}$A{number}\n" for number in range(60)) + "FROM $A60\n"}),
    BadInput("locals chain", {"main.tf": 'locals {\n  a0 = "aa"\n' + "".join(
        f'  a{number + 1} = "${{local.a{number}}}${{local.a{number}}}"\n' for number in range(60))
        + '}\nresource "aws_instance" "x" {\n  ami = local.a60\n}\n'}),
    BadInput("needs chain", {WORKFLOW: "on: push\njobs:\n  j0:\n    runs-on: x\n" + "".join(
        f"  j{number + 1}:\n    needs: [j{number}, j{max(0, number - 1)}]\n    runs-on: x\n"
        f"    steps: [{{run: terraform apply}}]\n" for number in range(part_of(400)))}),
]  # fmt: skip

ALIASES = [
    BadInput("alias bomb", {"compose.yaml": bomb()}),
    BadInput("merge bomb", {"compose.yaml": bomb(merge=True)}),
    BadInput("alias bomb in a workflow",
             {WORKFLOW: bomb().replace("services:", "on: push\njobs:")}),
    BadInput("alias to itself", {"compose.yaml": compose("    command: &a [*a]\n")},
             ("compose.yaml:4",)),
    BadInput("merge of itself", {"compose.yaml": "services:\n  web: &a\n    <<: *a\n"},
             ("compose.yaml:3",)),
    BadInput("merge of itself in a workflow",
             {WORKFLOW: "on: push\njobs: &a\n  <<: *a\n"}, (WORKFLOW,)),
    BadInput("undefined alias", {"compose.yaml": compose("    command: *nobody\n")},
             ("compose.yaml:4",)),
]  # fmt: skip

UNFINISHED = [
    BadInput("heredoc, Dockerfile", {"Dockerfile": "FROM node:latest\nRUN <<EOF\na\n"},
             ("Dockerfile:2",), ("latest-tag Dockerfile:1:11",)),
    BadInput("heredoc, shell", {WORKFLOW: workflow("cat <<EOF\nx")}),
    BadInput("heredoc, Terraform", {"main.tf": "locals {\n  a = <<EOT\n  x\n}\n"}, ("main.tf:2",)),
    BadInput("string, Terraform", {"main.tf": 'locals {\n  a = "b\n  c = 1\n}\n'}, ("main.tf:2",)),
    BadInput("string, shell", {WORKFLOW: workflow("echo 'a\nb")}),
    BadInput("string, YAML", {"compose.yaml": compose('    command: "a\n')}, ("compose.yaml",)),
    BadInput("string, expression", {WORKFLOW: workflow("echo ${{ 'a }}")}, (f"{WORKFLOW}:8",)),
    BadInput("expression", {WORKFLOW: workflow("echo ${{ github.ref")}),
    BadInput("continuation", {"Dockerfile": "FROM node:latest\nUSER root\\"},
             found=("latest-tag Dockerfile:1:11", "root-container Dockerfile:2:6")),
    BadInput("variable", {"Dockerfile": "FROM node:${A\nUSER 1\n"}, ("Dockerfile:1",)),
    BadInput("block, Terraform", {"main.tf": 'resource "a" "b" {\n  c = 1\n'}, ("main.tf:1",)),
]  # fmt: skip

UNKNOWN = [
    BadInput("instruction", {"Dockerfile": "FROM node:latest\nRUM a\nUSER 1\n"},
             ("Dockerfile:2",), ("latest-tag Dockerfile:1:11",)),
    BadInput("instruction with another blank", {"Dockerfile": "FROM a:1\nRUN\u00a0ls\n"},
             ("Dockerfile:2",)),
    BadInput("Helm template", {
        "chart/Chart.yaml": "apiVersion: v2\nname: x\nversion: 0.1.0\n",
        "chart/templates/compose.yaml":
            "{{- if .Values.on }}\nservices:\n  web:\n    image: {{ .Values.image }}\n{{- end }}\n",
    }, ("chart/templates/compose.yaml",)),
    BadInput("tag, YAML", {"compose.yaml": compose(
        "    ports: !reset []\n    x-a: !!python/name:os.system\n")},
             found=("latest-tag compose.yaml:3:18",)),
    BadInput("all documents at once", {"compose.yaml": compose() + "---\n" + compose()}),
    BadInput("wrong shapes", {
        "compose.yaml": "services: [a, b]\nvolumes: 3\nnetworks: x\n",
        WORKFLOW: "on: 3\njobs:\n  a: 1\n  b: []\n  c:\n    steps: {run: x}\n"
            "  d:\n    steps: [1, []]\n",
        "action.yml": "runs: []\n",
        "main.tf.json": '{"resource": [1, {"aws_x": 2}], "terraform": "x", "module": {"a": []}}',
        "x.tfvars": "a {\n}\n"}),
    BadInput("keys that are no text", {
        "compose.yaml": compose("    ? [a, b]\n    : 1\n    1: 2\n    ~: x\n"),
        WORKFLOW: "on: push\njobs:\n  ? {a: b}\n  : {runs-on: x}\n"}),
]  # fmt: skip

CIRCLES = [
    BadInput("extends of nobody",
             {"compose.yaml": compose("    extends: {service: nobody}\n")}, ("compose.yaml:4",)),
    BadInput("extends of no file",
             {"compose.yaml": compose("    extends: {file: none.yaml, service: x}\n")},
             ("compose.yaml:4",)),
    BadInput("extends out of the repo",
             {"compose.yaml": compose("    extends: {file: ../../../etc/passwd, service: x}\n")}),
    BadInput("extends in a circle", {"compose.yaml":
        "services:\n  a:\n    extends: {service: b}\n  b:\n    extends: {service: a}\n"},
        ("compose.yaml",)),
    BadInput("extends of itself", {"compose.yaml": compose("    extends: {service: web}\n")},
             ("compose.yaml:4",)),
    BadInput("depends_on in a circle", {"compose.yaml":
        "services:\n  a:\n    image: x:1\n    depends_on: [b]\n"
        "  b:\n    image: x:1\n    depends_on: [a]\n"}),
    BadInput("uses of no action", {WORKFLOW: workflow("a") + "      - uses: ./none\n"}),
    BadInput("uses of no workflow",
             {WORKFLOW: "on: push\njobs:\n  a:\n    uses: ./.github/workflows/none.yml\n"}),
    BadInput("uses out of the repo", {WORKFLOW: workflow("a") + "      - uses: ./../../../etc\n"}),
    BadInput("actions in a circle", {
        WORKFLOW: workflow("a") + "      - uses: ./a\n",
        "a/action.yml": "name: a\nruns:\n  using: composite\n  steps:\n    - uses: ./b\n",
        "b/action.yml": "name: b\nruns:\n  using: composite\n  steps:\n    - uses: ./a\n"}),
    BadInput("workflows in a circle", {
        WORKFLOW: "on: [push, workflow_call]\njobs:\n  a:\n    uses: ./.github/workflows/b.yml\n",
        ".github/workflows/b.yml": f"on: workflow_call\njobs:\n  a:\n    uses: ./{WORKFLOW}\n"}),
    BadInput("workflows that fan out", {f".github/workflows/w{number}.yml":
        "on: [push, workflow_call]\njobs:\n" + "".join(
            f"  j{job}:\n    uses: ./.github/workflows/w{number + 1}.yml\n" for job in range(8))
        for number in range(16)}),
    BadInput("needs in a circle", {WORKFLOW:
        "on: push\njobs:\n  a:\n    needs: b\n    runs-on: x\n    steps: [{run: terraform apply}]\n"
        "  b:\n    needs: a\n    runs-on: x\n    steps: [{run: y}]\n"}),
    BadInput("modules in a circle", {
        "main.tf": 'module "a" {\n  source = "./a"\n}\n',
        "a/main.tf": 'module "b" {\n  source = "../b"\n}\n',
        "b/main.tf": 'module "a" {\n  source = "../a"\n}\n'}),
    BadInput("modules that fan out", {f"m{number}/main.tf": "".join(
        f'module "a{call}" {{\n  source = "../m{number + 1}"\n}}\n' for call in range(8))
        for number in range(16)}),
    BadInput("module of no folder", {"main.tf": 'module "a" {\n  source = "./none"\n}\n'}),
    BadInput("locals in a circle", {"main.tf":
        'locals {\n  a = local.b\n  b = local.a\n}\n'
        'resource "aws_instance" "x" {\n  ami = local.a\n}\n'}),
    BadInput("ARG of itself",
             {"Dockerfile": "ARG A=${A}\nFROM ${A}\nARG B=${C}\nARG C=${B}\nUSER $C\n"}),
    BadInput("stages in a circle", {"Dockerfile":
        "FROM b AS a\nCOPY --from=b / /\nFROM a AS b\nCOPY --from=b / /\n"}),
    BadInput("scripts in a circle", {
        "Dockerfile": 'FROM debian:12.5\nCOPY a.sh b.sh /\nENTRYPOINT ["/a.sh"]\n',
        "a.sh": "#!/bin/sh\nexec /b.sh\n", "b.sh": "#!/bin/sh\nexec /a.sh\n"}),
]  # fmt: skip

FILES = [
    BadInput("link out of the repo", {}, ("Dockerfile:1",), make=links(Dockerfile="/etc/passwd")),
    BadInput("link up and out", {}, ("compose.yaml:1",),
             make=links(**{"compose.yaml": "../../../../../../../../etc/hostname"})),
    BadInput("link to nowhere", {}, ("Dockerfile:1",), make=links(Dockerfile="none")),
    BadInput("link to itself", {}, ("Dockerfile:1",), make=links(Dockerfile="Dockerfile")),
    BadInput("link to a device", {}, ("Dockerfile:1",), make=links(Dockerfile="/dev/zero")),
    BadInput("link to a folder above", {}, make=links(sound__loop="..")),
    BadInput("pipe, and a folder with a file's name", {}, ("Dockerfile:1",), make=odd_files),
    BadInput("names with control characters", {
        "a\x1b[31m\n/Dockerfile": "FROM node:latest\n", "%s{x}/Dockerfile": "FROM node:latest\n",
        "-rf/--help/Dockerfile": "FROM node:latest\n", "é\u202e/compose.yaml": compose()}),
]  # fmt: skip

BAD_INPUTS: dict[str, list[BadInput]] = {
    "empty": EMPTY,
    "bytes": BYTES,
    "large": LARGE,
    "deep": DEEP,
    "aliases": ALIASES,
    "unfinished": UNFINISHED,
    "unknown": UNKNOWN,
    "circles": CIRCLES,
    "files": FILES,
}
