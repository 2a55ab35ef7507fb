"""The shell reader against tree-sitter-bash: the same commands, operators, bodies, functions.

Compared on samples and on the scripts of the fixtures; with PLUMBLINT_CORPUS set to a folder also
on those below it: every `*.sh` and every other file that starts as a shell script does, every
`run:` block of a YAML file, every RUN of a Dockerfile.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml

from plumblint.formats.dockerfile.parse import parse as dockerfile
from plumblint.syntax.shell import mask_expressions, parse
from plumblint.syntax.shell.commands import AndOr, Command, FunctionDefinition, Pipeline
from plumblint.syntax.shell.nodes import Node, Redirection

tree_sitter = pytest.importorskip("tree_sitter")
tree_sitter_bash = pytest.importorskip("tree_sitter_bash")

MAX_SIZE = 100_000
_SHELL = re.compile(r"#![^\n]*(?:/sh|bash| sh|dash|/ash)\b")
_DOCKERFILE = re.compile(r"(?i)^(?:Dockerfile|Containerfile)(?:[.-][^.]+)?$|\.dockerfile$")
DECLARING = ("declaration_command", "unset_command")
LISTS = ("pipeline", "list", "heredoc_redirect")
REDIRECTS = ("file_redirect", "heredoc_redirect", "herestring_redirect")
NOT_ARGUMENTS = (*REDIRECTS, "file_descriptor", "heredoc_start", "heredoc_body", "heredoc_end")

SCRIPTS = (
    "set -euo pipefail\ncd app && make -j4 || exit 1\nnpm test | tee log\n",
    "A=1 B='x y' env FOO=\"$x\" cmd --opt=${y:-\"q r\"} $(date +%s) `hostname`\n",
    "if ! grep -q x f; then echo a; elif true; then :; else echo b; fi\n",
    "for f in *.txt \"$a\"; do cat \"$f\" | sort -u; done > out\n",
    "for ((i = 0; i < 3; i++)); do echo $i; done\nwhile read -r l; do echo $l; done < f\n",
    "case $1 in\n  start|go) run a ;;\n  *) exit 2 ;;\nesac\n",
    "f() {\n  local x=1\n  return 0\n}\nfunction g { f \"$@\"; }\nf && g || true\n",
    "cat <<EOF | sh\necho $HOME\nEOF\ncat <<-'X' > f\n\tplain $y\n\tX\nlast one\n",
    "(cd x; ls) && { a; b; } || c &\nwait\n",
    "x=(a \"b c\" $(d))\nx[1]=y\nx+=(z)\necho \"${x[@]}\" ${#x[@]} ${x%.*} ${x//a/b}\n",
    "[[ $a =~ ^v([0-9]+)$ && -f b ]] && ls\n(( n > 1 )) || exit\necho $((n + $(wc -l < f)))\n",
    "diff <(sort a) <(sort b) 2>&1 >/dev/null\nread x <<< \"$y\"\nexec 3>&1\n",
    "docker run \\\n  --rm \\\n  -v \"$PWD:/src\" img sh -c 'a && b | c'\n",
    "export PATH=$PATH:/x FOO\nunset A B\nreadonly C=1\n",
    "echo a # comment's quote\n# whole line \"\necho 'it''s' \"a\\\"b\" $'c\\'d'\n",
    "a() ( b )\nuntil c; do d; done &\n",
)  # fmt: skip


KNOWN = (
    ("check-wiki-pages-linked-to-summary.sh", "loses a command before `|\\` and a comment"),
    ("tfstate-backend/scripts/destroy.sh", "reads `[ a == b ] || c` as one long command"),
    ("install/error-handling.sh", "reads `$((` in the header of a `for ((` as a command"),
    ("buildscripts/disable-root.sh", "reads `$((` in the header of a `for ((` as a command"),
    ("hashicorp+terraform/scripts/build.sh", "takes an `if` behind a comment for a command's name"),
    ("buildscripts/verify-build.sh", "loses a lone `-` before a redirection"),
    ("docker-zulip/entrypoint.sh", "reads `((x--))` behind `!` as a subshell"),
    ("workflows/s3-backup.yml#1", "splits an assigned value at a backtick"),
    ("grafana+k6/.github/workflows/build.yml#10", "ends a word at a backslash, line feed"),
)  # fmt: skip
"""Scripts of the corpus, by the end of their path, and what tree-sitter does with them."""


class Facts:
    """What both readers must agree on; places are code points."""

    def __init__(self) -> None:
        self.commands: list[tuple[int, tuple[str, ...]]] = []
        self.operators: list[tuple[int, str]] = []
        self.bodies: list[str] = []
        self.functions: list[tuple[int, str]] = []

    def sorted(self) -> dict[str, list[Any]]:
        return {name: sorted(values) for name, values in vars(self).items()}


def ours(text: str) -> tuple[dict[str, list[Any]], bool]:
    script = parse(mask_expressions(text))
    facts = Facts()
    stack: list[Node] = [script]
    while stack:
        node = stack.pop()
        stack.extend(node.children())
        if node.origin is not script.origin:
            continue  # the inside of escaped backticks has other places
        if isinstance(node, Command) and node.words and node.words[0].text != "[":
            words = tuple(word.text for word in node.words)
            facts.commands.append((node.words[0].start, words))
        elif isinstance(node, Pipeline):
            for operator, command in zip(node.operators, node.commands[1:], strict=True):
                facts.operators.append((command.start, operator))
        elif isinstance(node, AndOr):
            for operator, item in zip(node.operators, node.items[1:], strict=True):
                facts.operators.append((item.start, operator))
        elif isinstance(node, FunctionDefinition):
            facts.functions.append((node.start, node.name))
        elif isinstance(node, Redirection) and node.heredoc:
            facts.bodies.append(node.heredoc.text.strip())
    return facts.sorted(), bool(script.faults)


def theirs(text: str) -> tuple[dict[str, list[Any]], bool]:
    masked = mask_expressions(text).replace("\ue000", "E").replace("\ue001", "x")
    parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_bash.language()))
    data = masked.encode()
    tree = parser.parse(data)
    at = offsets(data)
    facts = Facts()
    stack = [tree.root_node]
    while stack:
        node = stack.pop()
        stack.extend(node.children)
        if node.type == "command":
            add_command(facts, node, at)
        elif node.type in DECLARING:
            facts.commands.append((at[node.start_byte], joined(node.children)))
        elif node.type in ("|", "|&", "&&", "||") and node.parent.type in LISTS:
            following = node.next_named_sibling
            while following is not None and following.type == "comment":
                following = following.next_named_sibling
            if following is not None:
                facts.operators.append((at[following.start_byte], node.type))
        elif node.type == "function_definition":
            name = node.child_by_field_name("name").text.decode()
            facts.functions.append((at[node.start_byte], name))
        elif node.type == "heredoc_body":
            facts.bodies.append(node.text.decode().strip())
        elif node.type == "heredoc_redirect" and not any(
            child.type == "heredoc_body" for child in node.children
        ):
            facts.bodies.append("")
    return facts.sorted(), tree.root_node.has_error


def offsets(data: bytes) -> list[int]:
    """The code point at each byte."""
    found = []
    count = -1
    for byte in data:
        count += byte & 0xC0 != 0x80
        found.append(count)
    return [*found, count + 1]


def add_command(facts: Facts, node: Any, at: list[int]) -> None:
    words = [
        child for child in node.children if child.type not in (*REDIRECTS, "variable_assignment")
    ]
    if not words:
        return
    parent = node.parent
    redirects = [child for child in node.children if child.type in REDIRECTS]
    if parent.type == "redirected_statement":
        redirects += [child for child in parent.children if child.type in REDIRECTS]
    for redirect in redirects:
        words += redirect.children_by_field_name("argument")
        words += redirect.children_by_field_name("destination")[1:]
    words.sort(key=lambda word: word.start_byte)
    texts = joined(words)
    facts.commands.append((at[words[0].start_byte], texts))


def joined(nodes: list[Any]) -> tuple[str, ...]:
    """The words: tree-sitter splits some between two of their parts (`a$b.c`, `x=<(y)`)."""
    words: list[str] = []
    end = -1
    for node in nodes:
        if node.type == "comment":
            continue
        if node.start_byte == end:
            words[-1] += node.text.decode()
        else:
            words.append(node.text.decode())
        end = node.end_byte
    return tuple(words)


def masked_texts(facts: dict[str, list[Any]]) -> str:
    return str(facts).replace("\\ue000", "E").replace("\\ue001", "x")


def difference(text: str) -> str:
    """What they disagree on, nothing if they agree or tree-sitter does not read the script."""
    text = text.replace("\r\n", "\n")
    if len(text) > MAX_SIZE:
        return ""
    mine, faulty = ours(text)
    other, failed = theirs(text)
    if failed:
        return "both fail" if faulty else "they fail"
    if faulty:
        return "we fail"
    for name, values in mine.items():
        a = [masked_texts({"": v}) for v in values]
        b = [masked_texts({"": v}) for v in other[name]]
        if a != b:
            only = [v for v in a if v not in b], [v for v in b if v not in a]
            return f"{name}: only ours {only[0][:3]}, only theirs {only[1][:3]}"
    return ""


def runs(node: Any) -> Iterator[str]:
    stack = [node]
    seen = set()
    while stack:
        node = stack.pop()
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == "run" and isinstance(value, yaml.ScalarNode):
                    yield value.value
                stack.append(value)
        elif isinstance(node, yaml.SequenceNode):
            stack.extend(node.value)


def corpus(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.is_symlink() or ".git" in path.parts:
            continue
        if path.suffix in (".sh", "", ".bash"):
            text = path.read_bytes().decode(errors="replace")
            if _SHELL.match(text) or (path.suffix == ".sh" and not text.startswith("#!")):
                yield str(path), text
        if _DOCKERFILE.search(path.name):
            text = path.read_bytes().decode(errors="replace")
            for number, run in enumerate(dockerfile(text).walk()):
                if run.keyword == "RUN" and not run.json and not run.heredocs:
                    yield f"{path}#RUN{number}", run.value
                for heredoc in run.heredocs if run.keyword == "RUN" else ():
                    yield f"{path}#RUN{number}", text[heredoc.body_start : heredoc.body_end]
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for pattern in ("*.yml", "*.yaml"):
        for path in sorted(folder.rglob(pattern)):
            if ".github" not in path.parts and not path.name.startswith("action."):
                continue
            try:
                node = yaml.compose(path.read_bytes(), Loader=loader)
            except (yaml.YAMLError, OSError, UnicodeDecodeError):
                continue
            for number, run in enumerate(runs(node)):
                yield f"{path}#{number}", run


@pytest.mark.parametrize("text", SCRIPTS)
def test_agrees_on_scripts(text: str) -> None:
    assert difference(text) == ""


def test_agrees_on_the_corpus() -> None:
    folders = [Path(__file__).parents[3] / "fixtures"]
    if os.environ.get("PLUMBLINT_CORPUS"):
        folders.append(Path(os.environ["PLUMBLINT_CORPUS"]))
    found = {}
    for name, text in chain.from_iterable(map(corpus, folders)):
        result = difference(text)
        known = any(name.endswith(path) for path, _ in KNOWN)
        if result and result not in ("both fail", "they fail") and not known:
            found[name] = result
    assert found == {}
