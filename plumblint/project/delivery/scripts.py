"""What the repo's own scripts and tasks do: `./deploy.sh`, `npm run release`, `make deploy`."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from plumblint.facts import Check, Command, DeliveryStep, Deployment, Maybe, Step, Unknown
from plumblint.formats.commands import ScriptOptions, read_commands
from plumblint.formats.steps import delivery_terms, recognise
from plumblint.repo import Repo, normal
from plumblint.source import Source
from plumblint.syntax.segments import Segments

_DEEPEST = 3
"""Scripts that call scripts that are followed."""
_LONGEST = 60_000
"""Characters of a script that are looked at."""
_MOST_COMMANDS = 2000
"""Commands of all scripts behind one command."""
_MOST_IN_ALL = 40_000
"""Commands of scripts that are looked at in one repo."""
_SHELL = re.compile(r"\.(?:sh|bash)\Z|(?:^|/)[^./]+\Z")
_SHEBANG = re.compile(r"#!.*\b(?:ba|da|z)?sh\b")
_PACKAGE_RUNNERS = frozenset(("npm", "pnpm", "yarn", "bun"))
_MAKE = frozenset(("make", "gmake"))

Fact = Check | Deployment | DeliveryStep


class Scripts:
    """The scripts and tasks of a repo, each read once."""

    def __init__(self, repo: Repo) -> None:
        self._repo = repo
        self._commands: dict[str, list[Command]] = {}
        self._telling: dict[tuple[str, str], list[Command]] = {}
        self._budget = _MOST_IN_ALL
        self._packages: dict[str, dict[str, str]] = {}
        self._targets: dict[str, dict[str, str]] = {}

    def parts(self, command: Command, folder: Maybe[str], step: Step) -> list[Fact]:
        """What a command does by the scripts that it runs; each kind of thing once.

        Every fact stands at the command: that is what the workflow says.
        """
        place = folder if isinstance(folder, str) else ""
        key = (command.text, place)
        telling = self._telling.get(key)
        if telling is None:
            telling = self._telling[key] = self._find_telling(command, place, step)
        found: dict[tuple[str, str], Fact] = {}
        for inner in telling:
            for fact in _facts_of(inner, command, step):
                found.setdefault(_identity(fact), fact)
        return list(found.values())

    def _find_telling(self, command: Command, folder: str, step: Step) -> list[Command]:
        """The commands behind one that do something, the first of each kind of thing."""
        known: set[tuple[str, str]] = set()
        telling: list[Command] = []
        for inner in self._behind(command, folder, _DEEPEST)[:_MOST_COMMANDS]:
            if self._budget <= 0:
                break
            self._budget -= 1
            new = {_identity(fact) for fact in _facts_of(inner, command, step)} - known
            if new:
                known |= new
                telling.append(inner)
        return telling

    def _behind(self, command: Command, folder: str, depth: int) -> list[Command]:
        if not depth or isinstance(command.name, Unknown) or self._budget <= 0:
            return []
        words = recognise.unwrapped(command.argv)
        found: list[Command] = []
        for name in recognise.task_names(words)[:5]:
            place = folder
            for inner in self._task(words, name, folder):
                found.append(inner)
                if len(found) >= _MOST_COMMANDS:
                    return found
                place = folder_after(inner, place) or ""
                if recognise.task_names(inner.argv):
                    found += self._behind(inner, place, depth - 1)
        return found

    def _task(self, words: recognise.Words, name: str, folder: str) -> list[Command]:
        program = recognise.program(words[0])
        if program in _PACKAGE_RUNNERS:
            folder = _option(words, ("--prefix", "--cwd", "-C", "--dir")) or folder
            text = self._package(_joined(folder, "package.json")).get(name)
            handed = _handed_on(words, name, program)
            return self._parsed(f"{folder} package {name}{handed}", text + handed if text else "")
        if program in _MAKE:
            folder = _option(words, ("-C", "--directory")) or folder
            text = self._makefile(_joined(folder, "Makefile")).get(name)
            return self._parsed(f"{folder} make {name}", text or "")
        if program == "just":
            for file in ("justfile", "Justfile", ".justfile"):
                text = self._makefile(_joined(folder, file)).get(name)
                if text:
                    return self._parsed(f"{folder} just {name}", text)
            return []
        return self._script(_joined(folder, name))

    def _script(self, path: str | None) -> list[Command]:
        if path is None or not self._repo.exists(path) or not _SHELL.search(path):
            return []
        source = self._repo.source(path)
        if source is None:
            return []
        text = source.text[:_LONGEST]
        if "." not in path.rsplit("/", 1)[-1] and not _SHEBANG.match(text):
            return []
        return self._parsed(path, text)

    def _parsed(self, name: str, text: str) -> list[Command]:
        known = self._commands.get(name)
        if known is None:
            known = []
            if text:
                known, _ = read_commands(
                    Source(name, text),
                    text,
                    Segments(),
                    ScriptOptions("bash", errexit="set -e" in text),
                    place="script",
                    path=name,
                )
            self._commands[name] = known
        return known

    def _package(self, path: str | None) -> dict[str, str]:
        if path is None:
            return {}
        known = self._packages.get(path)
        if known is None:
            known = {}
            source = self._repo.source(path) if self._repo.exists(path) else None
            if source is not None and len(source.text) < 10 * _LONGEST:
                known = _scripts_of(source.text)
            self._packages[path] = known
        return known

    def _makefile(self, path: str | None) -> dict[str, str]:
        if path is None:
            return {}
        known = self._targets.get(path)
        if known is None:
            source = self._repo.source(path) if self._repo.exists(path) else None
            known = self._targets[path] = _targets_of(source.text[: 5 * _LONGEST]) if source else {}
        return known


def _scripts_of(text: str) -> dict[str, str]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    scripts = data.get("scripts") if isinstance(data, dict) else None
    if not isinstance(scripts, dict):
        return {}
    return {name: script[:_LONGEST] for name, script in scripts.items() if isinstance(script, str)}


_TARGET = re.compile(r"^@?([A-Za-z0-9_./-]+)[^:=\n]{0,200}:(?![=:])[ \t]*([^\n]*)$")


def _targets_of(text: str) -> dict[str, str]:
    """The recipes of a Makefile or justfile, prerequisites as calls of themselves."""
    found: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in text.split("\n"):
        if line.startswith(("\t", "  ")):
            if current is not None:
                current.append(line.strip().lstrip("@-+"))
            continue
        match = _TARGET.match(line[:2000])
        if match:
            current = found.setdefault(match[1], [])
            needed = match[2].split("#", 1)[0].split()
            current += [f"make {name}" for name in needed if re.fullmatch(r"[\w.-]+", name)][:10]
        elif line.strip() and not line.startswith("#"):
            current = None
    return {name: "\n".join(lines).replace("$(MAKE)", "make") for name, lines in found.items()}


def folder_after(command: Command, folder: str) -> str | None:
    """The folder behind a command: another one behind a `cd`, None where nobody knows it."""
    if command.name not in ("cd", "pushd") or len(command.argv) < 2:
        return folder
    target = command.argv[-1]
    if isinstance(target, Unknown) or target.startswith(("-", "/", "~", "$")):
        return None
    return _joined(folder, target)


_PLAIN = re.compile(r"[\w@%+=:,./-]+\Z")


def _handed_on(words: recognise.Words, name: str, program: str) -> str:
    """The arguments that a package script gets; npm hands on what stands behind `--`."""
    known = list(words)
    at = next((at for at in range(1, len(known)) if known[at] == name), len(known))
    rest = known[at + 1 :]
    if program == "npm":
        rest = rest[rest.index("--") + 1 :] if "--" in rest else []
    plain = (word for word in rest if isinstance(word, str) and _PLAIN.match(word) and word != "--")
    return "".join(f" {word}" for word in plain)


def _joined(folder: str, name: str) -> str | None:
    return normal(f"{folder}/{name}")


def _option(words: recognise.Words, names: Sequence[str]) -> str | None:
    for at, word in enumerate(words[:-1]):
        behind = words[at + 1]
        if isinstance(word, str) and word in names and isinstance(behind, str):
            return behind
    return None


def _identity(fact: Fact) -> tuple[str, str]:
    if isinstance(fact, Deployment):
        return ("deployment", fact.transport)
    return (fact.KIND, fact.kind)


def _facts_of(inner: Command, command: Command, step: Step) -> list[Fact]:
    """What one command of a script does, as facts at the command that runs the script."""
    found: list[Fact] = []
    ignored = command.failure_ignored_by or inner.failure_ignored_by
    check = recognise.check_of(inner.argv, inner.text)
    if check is not None:
        found.append(
            Check(
                span=command.span,
                path=command.path,
                job=step.job,
                key=f"{command.key}:check:{check[1]}",
                kind=check[0],
                tool=check[1],
                text=command.text,
                failure_ignored=ignored is not None,
                failure_ignored_by=ignored,
            )
        )
    shipped = recognise.deployment_of(inner.argv, inner.text)
    if shipped is not None and shipped[1] != "named" and shipped[2] != "script":
        found.append(
            Deployment(
                span=command.span,
                path=command.path,
                job=step.job,
                key=f"{command.key}:deployment:{shipped[0]}",
                mechanism=shipped[0],
                tier=shipped[1],
                transport=shipped[2],
                text=command.text,
                place="called",
            )
        )
    found += [
        DeliveryStep(
            span=command.span,
            path=command.path,
            job=step.job,
            key=f"{command.key}:{kind}",
            kind=kind,
            text=inner.text,
            failure_ignored=ignored is not None,
            failure_ignored_by=ignored,
        )
        for kind in delivery_terms.delivery_kinds(inner.argv, inner.text)
    ]
    return found
