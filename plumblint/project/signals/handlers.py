"""Handlers: whether the source of an app registers one for the stop signal.

The files that the entry imports are read, as far as they are in the repo.  A
handler in any of them counts.  That there is none is said only where every
import was followed to a file of the repo, to the language's own library or to
a package that is known to install none.
"""

from __future__ import annotations

import posixpath
import re
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Literal

from plumblint.repo import normal
from plumblint.syntax.pattern import lazy_pattern
from plumblint.tables.frameworks_handling_signals import (
    NODE_HANDLING,
    NODE_QUIET,
    NODE_REGISTERS,
    NODE_RUNS_ON,
    PYTHON_HANDLING,
    PYTHON_QUIET,
    PYTHON_REGISTERS,
    PYTHON_RELOADS,
    PYTHON_RUNS_ON,
)

if TYPE_CHECKING:
    from plumblint.project.signals.follow import SignalFollower

Answer = tuple[Literal["found", "missing", "unclear"], str]
_MOST_FILES = 300
_MOST_TEXT = 2_000_000
_NODE_IMPORT = lazy_pattern(
    r"""(?:require\s*\(\s*|import\s*\(\s*|\bfrom\s*|^[ \t]*import\s*)(['"`])([^'"`\n]{1,200})\1""",
    re.MULTILINE,
)
_NODE_DYNAMIC = lazy_pattern(r"""(?:\brequire|\bimport)\s*\(\s*(?!['"`\s)])""")
_NODE_ENDINGS = ("", ".js", ".ts", ".mjs", ".cjs", ".mts", ".jsx", ".tsx", ".json",
                 "/index.js", "/index.ts", "/index.mjs")  # fmt: skip
_NODE_BUILTIN = frozenset(
    ("assert", "buffer", "child_process", "cluster", "console", "constants", "crypto", "dgram",
     "dns", "domain", "events", "fs", "http", "http2", "https", "inspector", "module", "net", "os",
     "path", "perf_hooks", "process", "punycode", "querystring", "readline", "repl", "stream",
     "string_decoder", "timers", "tls", "tty", "url", "util", "v8", "vm", "worker_threads", "zlib")
)  # fmt: skip
_SPREADING = frozenset(("cluster", "child_process"))
_BUILT = lazy_pattern(r"^(?:\./)?(?:dist|build|lib|out)/")
_PYTHON_IMPORT = lazy_pattern(
    r"^[ \t]*(?:from[ \t]+(\.*[\w.]*)[ \t]+import[ \t]*(\([^)]{0,4000}\)|[^\n#;]{1,2000})"
    r"|import[ \t]+([^\n#;]{1,2000}))",
    re.MULTILINE,
)
_PYTHON_DYNAMIC = lazy_pattern(r"importlib|__import__|pkgutil|\bexec\(|runpy")
_COMMENT = lazy_pattern(r"(?m)^[ \t]*(?://|\*|#).*$")


def node_handler(follower: SignalFollower, file: str, folder: str | None) -> Answer:
    """Whether a Node program has a handler."""
    entry = _node_entry(follower, file, folder)
    if entry is None:
        return "unclear", f"{file} is not in the repo"
    return _search(follower, entry, _node_imports, NODE_REGISTERS, NODE_RUNS_ON)


def python_handler(follower: SignalFollower, file: str, folder: str | None) -> Answer:
    """Whether a Python program has a handler."""
    entry = follower.image.files.find(file, folder)
    if entry is None:
        return "unclear", f"{file} is not in the repo"
    return _search(follower, entry, _python_imports, PYTHON_REGISTERS, PYTHON_RUNS_ON)


Imports = Callable[["SignalFollower", str, str, str], tuple[list[str], str]]
"""From a file's path, text and the entry's folder: the files it imports, and what is unclear."""


def _search(
    follower: SignalFollower, entry: str, imports: Imports, registers: str, runs_on: str
) -> Answer:
    runs = False
    pending, seen, length, doubt = [entry], {entry}, 0, ""
    top = posixpath.dirname(entry)
    while pending:
        path = pending.pop()
        source = follower.repo.source(path)
        if source is None:
            doubt = doubt or f"{path} cannot be read"
            continue
        text = _COMMENT.sub("", source.text) if len(source.text) < _MOST_TEXT else source.text
        length += len(text)
        if re.search(registers, text):
            return "found", f"{path} handles the signal"
        runs = runs or re.search(runs_on, text) is not None
        if len(seen) > _MOST_FILES or length > _MOST_TEXT:
            return "unclear", "the app has too many files to look through"
        files, why = imports(follower, path, text, top)
        doubt = doubt or why
        for one in files:
            if one not in seen:
                seen.add(one)
                pending.append(one)
    if not doubt and not runs:
        doubt = f"{entry} may end by itself"
    return ("unclear", doubt) if doubt else ("missing", "")


def _node_entry(follower: SignalFollower, file: str, folder: str | None) -> str | None:
    files = follower.image.files
    tries = [file.rstrip("/") or file]
    if _BUILT.match(file):
        tries.append(_BUILT.sub("src/", file))
    for name in tries:
        stem = name[:-3] if name.endswith(".js") and name != file else name
        for ending in _NODE_ENDINGS:
            found = files.find(stem + ending, folder)
            if found is not None and not found.endswith(".json"):
                return found
    return None


def _node_imports(
    follower: SignalFollower, path: str, text: str, top: str
) -> tuple[list[str], str]:
    files: list[str] = []
    doubt = f"{path} imports by a name that is computed" if _NODE_DYNAMIC.search(text) else ""
    for match in _NODE_IMPORT.finditer(text):
        name = match[2]
        if name.startswith("."):
            found = _node_file(follower, posixpath.join(posixpath.dirname(path), name))
            if found is None:
                doubt = doubt or f"{name}, which {path} imports, is not in the repo"
            else:
                files.append(found)
            continue
        package = _package(name.removeprefix("node:"))
        if package in _SPREADING:
            doubt = doubt or f"{path} starts other processes"
        elif package not in _NODE_BUILTIN and package not in NODE_QUIET:
            handles = "installs a handler" if package in NODE_HANDLING else "is not known"
            doubt = doubt or f"the package {package} {handles}"
    return files, doubt


def _package(name: str) -> str:
    parts = name.split("/")
    return "/".join(parts[:2]) if name.startswith("@") else parts[0]


def _node_file(follower: SignalFollower, path: str) -> str | None:
    whole = normal(path)
    if whole is None:
        return None
    stems = [whole, whole[:-3]] if whole.endswith(".js") else [whole]
    for stem in stems:
        for ending in _NODE_ENDINGS:
            if follower.repo.exists(stem + ending):
                return stem + ending
    return None


def _python_imports(
    follower: SignalFollower, path: str, text: str, top: str
) -> tuple[list[str], str]:
    files: list[str] = []
    doubt = f"{path} imports by a name that is computed" if _PYTHON_DYNAMIC.search(text) else ""
    if re.search(PYTHON_RELOADS, text):
        doubt = doubt or f"{path} may start a reloader"
    for module, names in _python_modules(text):
        if module.startswith("."):
            level = len(module) - len(module.lstrip("."))
            folder = path
            for _ in range(level):
                folder = posixpath.dirname(folder)
            found = _python_files(follower, [folder], module.lstrip("."), names)
            if not found:
                doubt = doubt or f"{module}, which {path} imports, is not in the repo"
            files += found
            continue
        found = _python_files(follower, [top, posixpath.dirname(top), ""], module, names)
        files += found
        first = module.split(".")[0]
        if found or first in sys.stdlib_module_names:
            if first in ("multiprocessing", "subprocess", "socketserver") and not found:
                doubt = doubt or (f"{path} starts other processes" if first[0] != "s" else "")
            continue
        if first not in PYTHON_QUIET and module not in PYTHON_QUIET:
            handles = "installs a handler" if first in PYTHON_HANDLING else "is not known"
            doubt = doubt or f"the module {first} {handles}"
    return files, doubt


def _python_modules(text: str) -> Iterable[tuple[str, list[str]]]:
    for match in _PYTHON_IMPORT.finditer(text):
        if match[1] is not None:
            names = [word.split()[0] for word in match[2].strip("()").split(",") if word.split()]
            yield match[1], names
        else:
            for word in match[3].split(","):
                if word.split():
                    yield word.split()[0], []


def _python_files(
    follower: SignalFollower, folders: list[str], module: str, names: list[str]
) -> list[str]:
    """The files of a module: packages on its way, itself, and submodules that are imported."""
    for folder in folders:
        parts = [part for part in module.split(".") if part]
        found = []
        stem = folder
        for part in parts:
            stem = posixpath.join(stem, part)
            found += [p for p in (f"{stem}.py", f"{stem}/__init__.py") if follower.repo.exists(p)]
        for name in names:
            inner = posixpath.join(stem, name)
            found += [p for p in (f"{inner}.py", f"{inner}/__init__.py") if follower.repo.exists(p)]
        if found:
            return found
    return []
