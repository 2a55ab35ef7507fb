"""Scripts of package.json: `npm start`, `yarn run serve`, `npx app`."""

from __future__ import annotations

import json
import posixpath
import re
from typing import TYPE_CHECKING, Any

from plumblint.facts import Related, Sure
from plumblint.project.signals.short import one_shot_script
from plumblint.project.signals.verdict import Here, Verdict, shown, unknown
from plumblint.source import Source

if TYPE_CHECKING:
    from plumblint.project.signals.follow import SignalFollower

_SHORTCUTS = ("start", "test", "stop", "restart")
_RUNS = ("run", "run-script", "rum", "urn")
_FOLDERS = ("--prefix", "-C", "--dir", "--cwd")
_WORKSPACES = ("-w", "--workspace", "--workspaces", "-ws", "--filter", "-F", "-r", "--recursive",
               "workspace", "workspaces", "foreach")  # fmt: skip
_OWN = frozenset(
    ("install", "i", "ci", "add", "exec", "x", "dlx", "create", "init", "publish", "link",
     "global", "cache", "config", "build", "test", "dev")
)  # fmt: skip


def run_package_script(
    follower: SignalFollower, runner: str, argv: list[Sure[str]], here: Here, folder: str | None
) -> Verdict:
    """What the signal does to a script that npm, yarn, pnpm or bun runs, or to `npx`'s program."""
    words = [word for word in argv[1:] if isinstance(word, str)]
    if len(words) < len(argv) - 1:
        return unknown(f"what `{runner}` runs is not known", here)
    if runner == "npx" or words[:1] in (["exec"], ["x"], ["dlx"]):
        return _executed(follower, runner, words, here, folder)
    if any(word.split("=")[0] in _WORKSPACES for word in words):
        return unknown("which workspace runs is not followed", here)
    if one_shot_script(runner, words):
        return unknown("the script ends by itself", here)
    name, folder = _script_name(runner, words, folder)
    if name is None:
        return unknown(f"`{shown(argv)}` runs no script that is known", here)
    path = follower.image.files.find("package.json", folder)
    source = follower.repo.source(path) if path is not None else None
    if path is None or source is None:
        return unknown("its package.json is not in the repo", here)
    package = _package(source)
    scripts = package.get("scripts")
    text = scripts.get(name) if isinstance(scripts, dict) else None
    if text is None and name == "start" and runner == "npm":
        text = "node server.js"
    if not isinstance(text, str):
        return unknown(f"{path} has no script {name}", here)
    return _run(follower, runner, text, _place(source, name), package, here, folder)


def _script_name(
    runner: str, words: list[str], folder: str | None
) -> tuple[str | None, str | None]:
    """The script that is run, and the folder whose package.json has it."""
    operands: list[str] = []
    at = 0
    while at < len(words) and words[at] != "--":
        word = words[at]
        if word in _FOLDERS and at + 1 < len(words):
            at += 1
            folder = _joined(folder, words[at])
        elif word.startswith(tuple(f"{option}=" for option in _FOLDERS if option[:2] == "--")):
            folder = _joined(folder, word.partition("=")[2])
        elif not word.startswith("-"):
            operands.append(word)
        at += 1
    if not operands:
        return None, folder
    if operands[0] in _RUNS:
        return (operands[1] if len(operands) > 1 else None), folder
    if operands[0] in _SHORTCUTS and operands[0] != "test":
        return operands[0], folder
    if runner in ("yarn", "pnpm") and operands[0] not in _OWN:
        return operands[0], folder
    return None, folder


def _joined(folder: str | None, path: str) -> str | None:
    if path.startswith("/"):
        return path
    return posixpath.normpath(posixpath.join(folder, path)) if folder is not None else None


def _package(source: Source) -> dict[str, Any]:
    try:
        found = json.loads(source.text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _place(source: Source, name: str) -> Related | None:
    start = source.text.find('"scripts"')
    match = re.compile(rf'"{re.escape(name)}"\s*:\s*"').search(source.text, max(start, 0))
    if match is None:
        return None
    end = source.text.find("\n", match.end())
    line = source.text[match.start() : end if end >= 0 else len(source.text)]
    stop = match.start() + len(line.rstrip().rstrip(","))
    return Related(source.span(match.start(), stop), f"the script {name}")


def _run(
    follower: SignalFollower,
    runner: str,
    text: str,
    place: Related | None,
    package: dict[str, Any],
    here: Here,
    folder: str | None,
) -> Verdict:
    """A script's text, handed to a shell by the runner, which passes the signal to that shell."""
    inner = here.deeper(child=True, launcher=runner)
    inner.chain = (*inner.chain, place) if place is not None else inner.chain
    verdict = follower.run_string(text, (), follower.image.sh, inner, folder)
    if verdict.signal != "lost":
        return verdict
    if runner in ("pnpm", "bun") or (
        runner == "yarn" and not _is_classic(follower, package, folder)
    ):
        return unknown(f"whether {runner} signals what its shell started depends on it", here)
    app = verdict.app if isinstance(verdict.app, str) else text
    begins = here.init if here.init is not None else "PID 1"
    passes = (
        f"{begins} is {runner}, which" if begins == "PID 1" else f"{begins} runs {runner}, which"
    )
    verdict.reason = (
        f"{passes} sends SIG{follower.signal} to a shell that does not pass it to `{app}`"
    )
    verdict.here.launcher = runner
    verdict.place = here.place
    if not _has_words(app):
        verdict.cure = f"start `{app}` without {runner}, or begin the script with `exec`"
    else:
        items = ", ".join(f'"{word}"' for word in app.split())
        verdict.cure = f"write `[{items}]`, or let the script say `exec {app}`"
    return verdict


def _has_words(app: str) -> bool:
    return re.fullmatch(r"[\w./:=@ -]+", app) is not None and app.split(maxsplit=1)[0] in (
        "node",
        "python",
    )


def _is_classic(follower: SignalFollower, package: dict[str, Any], folder: str | None) -> bool:
    """Whether yarn is version 1, which hands scripts to a shell; later ones run them themselves."""
    declared = package.get("packageManager")
    if isinstance(declared, str):
        return declared.startswith("yarn@1.")
    path = follower.image.files.find("yarn.lock", folder)
    lock = follower.repo.source(path) if path is not None else None
    return lock is not None and "yarn lockfile v1" in lock.text[:300]


def _executed(
    follower: SignalFollower, runner: str, words: list[str], here: Here, folder: str | None
) -> Verdict:
    """`npx app`: npm hands the program to a shell, as it does a script."""
    if runner not in ("npx", "npm"):
        return unknown(f"whether `{runner}` passes signals on is not known", here)
    rest = words if runner == "npx" else words[1:]
    while rest and rest[0].startswith("-"):
        if rest[0] in ("-p", "--package", "-c", "--call"):
            return unknown("what npx runs is not known", here)
        rest = rest[1:]
    if not rest:
        return unknown("what npx runs is not known", here)
    return _run(follower, "npx", shown(list(rest)), None, {}, here, folder)
