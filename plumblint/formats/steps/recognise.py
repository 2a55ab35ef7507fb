"""What a command or action checks or deploys, looked up in `plumblint.tables`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import cast

from plumblint.facts import Sure, Unknown
from plumblint.tables import check_commands, deploy_actions, deploy_commands, launchers
from plumblint.tables.local import LOCAL, begins_with

TEXT_LIMIT = 2000
"""Characters of a command that are looked at, so that no pattern takes long."""
_SCRIPT = re.compile(r"\.(?:sh|bash|py|rb|js|mjs|ts|php|pl|ps1|ya?ml)\Z")
_CODE = re.compile(r"[\s;(){}]")
"""What stands in `node -e '…'`, and in no path."""
_PLAIN_PART = re.compile(r"[a-z]{3,}[.:/@]")

Kind = check_commands.Kind
Transport = deploy_commands.Transport
Words = Sequence[Sure[str]]
"""A command's words from the program on."""


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)


def found_in(pattern: str, text: str) -> bool:
    """Whether a pattern is found in a text; an empty one never is."""
    return bool(pattern) and _pattern(pattern).search(text) is not None


def subcommand(words: Words, wanted: Sequence[str]) -> tuple[int, list[str]] | None:
    """The wanted words after the program and the index behind them, None where they do not follow.

    Options may stand between, and a word right behind an option, its value.
    """
    at = 1
    found: list[str] = []
    for pattern in wanted:
        while True:
            if at >= len(words):
                return None
            word = words[at]
            text = word if isinstance(word, str) else _partly_known(word)
            if text and _is_word(pattern, text):
                found.append(text)
                at += 1
                break
            if not _skippable(words, at):
                return None
            at += 1
    return at, found


def _partly_known(word: Unknown) -> str:
    """A word as written where some of it is plain: `https://x:$KEY@git.heroku.com/app.git`."""
    return word.text if _PLAIN_PART.search(word.text) else ""


@cache
def _choices(pattern: str) -> frozenset[str] | None:
    """The words of a pattern that is a plain choice: a look-up costs no compiled pattern."""
    choices = pattern.removeprefix("(?:").removesuffix(")").split("|")
    plain = all(choice and choice.replace("-", "").replace(":", "").isalnum() for choice in choices)
    return frozenset(choices) if plain else None


def _is_word(pattern: str, word: str) -> bool:
    choices = _choices(pattern)
    if choices is not None:
        return word in choices
    return _pattern(pattern).fullmatch(word) is not None


def _skippable(words: Words, at: int) -> bool:
    word, before = words[at], words[at - 1]
    if isinstance(word, str) and word.startswith("-"):
        return True
    return at > 1 and isinstance(before, str) and before.startswith("-") and "=" not in before


def program(word: Sure[str]) -> str:
    """The program's plain name; empty where it is not known."""
    if isinstance(word, Unknown):
        return ""
    at = word.find("@", 1)
    word = word[:at] if at > 0 else word  # `npx wrangler@3` runs wrangler
    name = word.rsplit("/", 1)[-1]
    same = launchers.SAME_PROGRAM
    return same.get(word) or same.get(name, name)


def unwrapped(words: Words) -> Words:
    """The command that is run in the end, launchers such as `npx` or `bundle exec` left out."""
    for _ in range(4):
        rest = _launched(words)
        if rest is None:
            break
        words = rest
    return words


def _launched(words: Words) -> Words | None:
    name = program(words[0]) if words else ""
    for _, follow, valued, operands in _launcher_rows().get(name, ()):
        known = subcommand(words, follow)
        if known is None:
            continue
        at = _operands_start(words, known[0], valued)
        for _ in range(operands):
            at = _operands_start(words, at + 1, ())
        if at < len(words):
            return words[at:]
    return None


@cache
def _launcher_rows() -> dict[str, list[launchers.Row]]:
    rows: dict[str, list[launchers.Row]] = {}
    for row in launchers.LAUNCHERS:
        rows.setdefault(launchers.SAME_PROGRAM.get(row[0], row[0]), []).append(row)
    return rows


def _operands_start(words: Words, at: int, valued: Sequence[str]) -> int:
    while at < len(words):
        word = words[at]
        if not isinstance(word, str) or not (word.startswith("-") or _is_assignment(word)):
            return at
        at += 2 if word in valued else 1
    return at


def _is_assignment(word: str) -> bool:
    return re.match(r"[A-Za-z_][A-Za-z0-9_]*=", word) is not None


def task_names(words: Words) -> list[str]:
    """The repo's own tasks or script that a command runs: `npm run x`, `make x y`, `./x.sh`."""
    if not words or isinstance(words[0], Unknown):
        return []
    name = program(words[0])
    runners = check_commands.TASK_RUNNERS
    if name in runners:
        for word in runners[name]:
            known = subcommand(words, (re.escape(word),))
            if known is not None:
                return _operands(words, known[0])[:1]
        first = _operands(words, _behind_options(words))
        if name == "yarn" and first[:1] == ["workspace"]:
            first = first[2:]
        if not runners[name]:
            return first
        if name in check_commands.RUNS_TASKS_WITHOUT_RUN:
            return first[:1]
        return ["test"] if name == "npm" and first[:1] in (["test"], ["t"], ["tst"]) else []
    if name in launchers.INTERPRETERS:
        if "-n" in words[1:2] and name != "node":
            return []  # only reads the script
        scripts = _operands(words, 1)[:1]
        return [
            one for one in scripts if not _CODE.search(one) and (_SCRIPT.search(one) or "/" in one)
        ]
    return [words[0]] if "/" in words[0] or _SCRIPT.search(words[0]) else []


def _behind_options(words: Words) -> int:
    at = 1
    while at < len(words) and _skippable(words, at):
        at += 1
    return at


def _operands(words: Words, at: int) -> list[str]:
    """The words that are neither options nor assignments, up to one that is not known."""
    found: list[str] = []
    for word in words[at:]:
        if isinstance(word, Unknown) or word == "--":
            break
        if not word.startswith("-") and not _is_assignment(word):
            found.append(word)
    return found


def task_kind(name: str) -> Kind | None:
    """The kind of check that a task, script or called workflow is by its name."""
    return named_kind(stem_of(name))


def called_kind(name: str) -> Kind | None:
    """The kind of check that a called workflow is by its name; `ci` in it stands for tests."""
    stem = stem_of(name)
    return task_kind(name) or ("test" if found_in(check_commands.CI_NAMES, stem) else None)


def named_kind(name: str) -> Kind | None:
    """The kind of check that a job or step is by its name."""
    name = name[:200]
    if found_in(check_commands.NOT_A_CHECK, name):
        return None
    for kind, pattern in check_commands.TASK_KINDS:
        if found_in(pattern, name):
            return kind
    return None


def stem_of(name: str) -> str:
    """The name of a script without its folder and ending."""
    return _SCRIPT.sub("", name.rsplit("/", 1)[-1])[:200]


@cache
def _check_rows() -> dict[str, list[check_commands.Row]]:
    rows: dict[str, list[check_commands.Row]] = {}
    for row in check_commands.CHECK_COMMANDS:
        for name in row[1].split("|"):
            rows.setdefault(name, []).append(row)
    return rows


def check_of(words: Words, text: str) -> tuple[Kind, str] | None:
    """Kind and tool of a command that checks, None for any other."""
    text = text[:TEXT_LIMIT]
    for start, kind in LOCAL.check_commands:
        if begins_with(words, start):
            return cast("Kind", kind), " ".join(start)
    words = unwrapped(words)
    if not words or isinstance(words[0], Unknown):
        return None
    if found_in(check_commands.TESTS_SKIPPED, text):
        return None
    words = compose_words(words)
    if first_is_script(words):
        words = [str(words[1]), *words[2:]] if _known_script(words) else words
    name = program(words[0])
    for kind, _, follow, needed, excluded, _ in _check_rows().get(name, ()):
        known = subcommand(words, follow)
        if known is None or (needed and not found_in(needed, text)) or found_in(excluded, text):
            continue
        return kind, " ".join([name, *known[1]])
    named = [(found, task) for task in task_names(words) if (found := task_kind(task))]
    if not named:
        return None
    best = next((pair for pair in named if pair[0] == "test"), named[0])
    return best[0], _task_tool(words, best[1])


def does_something(words: Words) -> bool:
    """Whether a command can be a check at all, as far as its program tells."""
    return bool(words) and program(words[0]) not in check_commands.DOES_NOTHING


def switches_tests_off(text: str) -> bool:
    """Whether a command builds or tests with its tests switched off."""
    return found_in(check_commands.SWITCHES_TESTS_OFF, text[:TEXT_LIMIT])


def builds_or_tests(words: Words) -> str | None:
    """The tool of a command that would run tests unless they are switched off, else None."""
    words = unwrapped(words)
    name = program(words[0]) if words else ""
    if name in ("mvn", "gradle", "jest", "vitest", "npm", "pnpm", "yarn", "bun", "make"):
        return name
    return None


def compose_words(words: Words) -> Words:
    """`docker-compose` as the two words that it stands for."""
    if program(words[0]) == "docker compose":
        return ["docker", "compose", *words[1:]]
    return words


def first_is_script(words: Words) -> bool:
    """Whether an interpreter is given something to run."""
    return len(words) > 1 and program(words[0]) in launchers.INTERPRETERS


def _known_script(words: Words) -> bool:
    return isinstance(words[1], str) and program(words[1]) in _check_rows()


def _task_tool(words: Words, task: str) -> str:
    name = program(words[0])
    return f"{name} {task}" if name in check_commands.TASK_RUNNERS else task


def check_of_action(name: str) -> Kind | None:
    """The kind of check that an action is, by its lower-case name."""
    if name in LOCAL.check_actions:
        return cast("Kind", LOCAL.check_actions[name])
    known = check_commands.CHECK_ACTIONS.get(name)
    if known is not None:
        return known or None
    for prefix, kind in check_commands.CHECK_ACTION_PREFIXES:
        if name.startswith(prefix):
            return kind
    return None


@cache
def _deploy_rows() -> dict[str, list[deploy_commands.Row]]:
    rows: dict[str, list[deploy_commands.Row]] = {}
    for row in deploy_commands.DEPLOY_COMMANDS:
        for name in row[0].split("|"):
            rows.setdefault(name, []).append(row)
    return rows


def only_fixes(names: str) -> bool:
    """Whether names tell of a job that repairs rather than checks, or of an experiment."""
    return found_in(check_commands.FIXES_OR_EXPERIMENTS, names)


def deployment_of(words: Words, text: str) -> tuple[str, deploy_commands.Tier, Transport] | None:
    """Mechanism, tier and transport of a command that deploys, None for any other."""
    text = text[:TEXT_LIMIT]
    for start in LOCAL.deploy_commands:
        if begins_with(words, start):
            return " ".join(start), "certain", "script"
    words = unwrapped(words)
    if not words or isinstance(words[0], Unknown) or found_in(deploy_commands.NEVER, text):
        return None
    words = compose_words(words)
    name = program(words[0])
    for _, follow, tier, transport, excluded, _ in _deploy_rows().get(name, ()):
        known = subcommand(words, follow)
        if name in deploy_commands.COPIES and _fetches(words):
            continue
        if known is not None and not found_in(excluded, text):
            return " ".join([name, *known[1]]), tier, transport
    if name in check_commands.RUNS_TASKS_WITHOUT_RUN:
        rest = words[_behind_options(words) :]
        if rest and program(rest[0]) in _deploy_rows():
            return deployment_of(rest, text)  # `pnpm cdk deploy` runs the package's program
    if name in ("curl", "wget"):
        return (f"{name} deploy hook", "certain", "hook") if _is_hook(text) else None
    for task in task_names(words):
        if is_deploy_name(task):
            return _task_tool(words, task), "likely", "script"
    return None


def _fetches(words: Words) -> bool:
    """Whether a copy ends on this machine."""
    last = words[-1]
    return isinstance(last, str) and ":" not in last


def is_deploy_name(name: str) -> bool:
    """Whether a task, script or called workflow deploys by its name."""
    stem = stem_of(name)
    return found_in(deploy_commands.DEPLOY_SCRIPT, stem) and not found_in(
        deploy_commands.NOT_A_DEPLOY_SCRIPT, stem
    )


def _is_hook(text: str) -> bool:
    return found_in(deploy_commands.DEPLOY_HOOK, text)


def deployment_of_action(
    name: str, inputs: Mapping[str, Sure[str] | None]
) -> tuple[deploy_actions.Tier, Transport, bool] | None:
    """Tier, transport and whether it is a preview of an action that deploys, else None."""
    if name in LOCAL.deploy_actions:
        return "certain", "api", False
    for known, tier, transport, when, unless, preview in deploy_actions.DEPLOY_ACTIONS:
        if known != name:
            continue
        if not all(input_has(inputs, key, pattern) for key, pattern in when.items()):
            continue
        if any(input_has(inputs, key, pattern) for key, pattern in unless.items()):
            continue
        shown = bool(preview) and all(
            input_has(inputs, key, pattern) for key, pattern in preview.items()
        )
        return tier, transport, shown
    if name in _deploy_actions() or not found_in(deploy_actions.ACTION_NAMES, name):
        return None
    return None if found_in(deploy_actions.NOT_BY_ITS_NAME, name) else ("likely", "api", False)


@cache
def _deploy_actions() -> frozenset[str]:
    return frozenset(row[0] for row in deploy_actions.DEPLOY_ACTIONS)


def input_has(inputs: Mapping[str, Sure[str] | None], key: str, pattern: str) -> bool:
    """Whether a pattern is found in an input as written; a missing one is empty."""
    value = inputs.get(key)
    text = value.text if isinstance(value, Unknown) else str(value or "")
    return _pattern(pattern).search(text[:TEXT_LIMIT]) is not None
