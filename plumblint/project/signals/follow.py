"""Following PID 1: from the words that the kernel executes to the program that runs on."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence

from plumblint.facts import Sure, Unknown
from plumblint.project.signals.image_files import ImageFiles
from plumblint.project.signals.interpreters import INTERPRETED, interpreted
from plumblint.project.signals.launchers import LAUNCHER_ROWS, behind_launcher
from plumblint.project.signals.package_scripts import run_package_script
from plumblint.project.signals.programs import known_program, language_of_stage
from plumblint.project.signals.shell_run import ShellRun
from plumblint.project.signals.verdict import (
    DEEPEST,
    Here,
    Verdict,
    delivered,
    shown,
    unknown,
)
from plumblint.repo import Repo
from plumblint.source import Source, Span
from plumblint.syntax.shell import parse
from plumblint.tables.inits import INITS, SINGLE_CHILD, SUPERVISING_INITS
from plumblint.tables.process_launchers import (
    SCRIPT_RUNNERS,
    STAYS_WITH,
    WAITS_FOR,
    Row,
)
from plumblint.tables.shells import KINDS_OF_SH, SHELL_KINDS, VALUED_OPTIONS, Kind
from plumblint.tables.signal_habits import ENDS_BY_DEFAULT

_SHEBANG = re.compile(r"#![ \t]*(\S+)[ \t]*([^\r\n]*)")
_LONGEST_SCRIPT = 100_000
_MOST_COMMANDS = 10_000
_INIT_ROWS = {row[0]: row for row in INITS}


class Placed(str):
    """A word of CMD where ENTRYPOINT stands before it: what to edit is elsewhere."""

    __slots__ = ("place",)

    place: Span


class Image:
    """The image that a process runs in."""

    __slots__ = ("entrypoint_scripts", "env", "files", "folder", "sh", "stage_bases")

    def __init__(self, files: ImageFiles, sh: str | None, folder: str | None) -> None:
        self.files = files
        self.sh: Kind | None = SHELL_KINDS.get(sh) if sh is not None else None
        """What `/bin/sh` is, None where it is not known."""
        self.folder = folder
        self.env: frozenset[str] = frozenset()
        """Names of variables that are set."""
        self.entrypoint_scripts: frozenset[str] = frozenset()
        """Scripts of the base image that exec their arguments."""
        self.stage_bases: dict[str, str] = {}
        """The base image's name by the stage's name."""


class SignalFollower:
    """Follows what a container runs, for one stop signal."""

    def __init__(self, repo: Repo, image: Image, signal: str) -> None:
        self.repo = repo
        self.image = image
        self.signal = signal
        self.budget = _MOST_COMMANDS

    def follow(self, argv: Sequence[Sure[str]], here: Here, folder: str | None) -> Verdict:
        """What the signal does to the program that `argv` becomes."""
        if here.depth > DEEPEST:
            return unknown("too many programs start one another", here)
        if not argv:
            return unknown("nothing is run", here)
        first = argv[0]
        if isinstance(first, Placed) and first.place != here.place:
            here = here.deeper(place=first.place, label="starts it")
        if isinstance(first, Unknown):
            return unknown(f"what `{first.text}` is, is not known", here)
        name = first.rsplit("/", 1)[-1]
        known = self._known(name, list(argv), here, folder)
        if known is not None:
            return known
        path = self.image.files.program(first, folder)
        if path is not None:
            return self._file(path, argv, here, folder)
        if name in self.image.entrypoint_scripts:
            return self.follow(argv[1:], here.deeper(), folder)
        if name in WAITS_FOR:
            behind = argv.index("--") + 1 if "--" in argv else len(argv)
            return self.follow(argv[behind:], here.deeper(), folder)
        return self._last(first, argv, here, folder)

    def sourced(self, name: str, folder: str | None) -> Source | None:
        """A file that a script reads into itself, if it is in the repo."""
        path = self.image.files.find(name, folder)
        return self.repo.source(path) if path is not None else None

    # Kinds of program

    def _known(
        self, name: str, argv: list[Sure[str]], here: Here, folder: str | None
    ) -> Verdict | None:
        if name in _INIT_ROWS:
            return self._init(name, argv, here, folder)
        if name in SUPERVISING_INITS:
            return unknown(f"`{name}` runs services by its own configuration", here)
        if name == "busybox" and len(argv) > 1:
            kind = self._shell_kind("busybox" if argv[1] in ("sh", "ash") else "")
            if kind is not None:
                return self._shell(kind, argv[1:], here, folder)
            return self.follow(argv[1:], here.deeper(), folder)
        if name == "sh" or name in SHELL_KINDS:
            return self._shell(self._shell_kind(name), argv, here, folder)
        if name in SCRIPT_RUNNERS or name == "npx":
            return run_package_script(self, name, argv, here, folder)
        for row in LAUNCHER_ROWS.get(name, ()):
            behind = behind_launcher(row, argv)
            if behind is not None:
                return self._launched(row, argv, behind, here, folder)
        if name in INTERPRETED:
            return interpreted(self, name, argv, here, folder)
        return known_program(self, name, argv, here)

    def _init(self, name: str, argv: list[Sure[str]], here: Here, folder: str | None) -> Verdict:
        _, valued, grouping, groups, _ = _INIT_ROWS[name]
        at = 1
        while at < len(argv):
            word = argv[at]
            if not isinstance(word, str) or not word.startswith("-"):
                break
            if word in ("-r", "--rewrite", "-p") or word.startswith("--rewrite="):
                return unknown(f"{name} replaces signals", here)
            if word == "--":
                at += 1
                break
            if name == "dumb-init" and word in SINGLE_CHILD:
                groups = False
            if word in grouping or (name == "tini" and re.fullmatch(r"-[a-z]*g[a-z]*", word)):
                groups = True
            at += 2 if word in valued else 1
        if "TINI_KILL_PROCESS_GROUP" in self.image.env:
            groups = True
        inner = here.deeper(child=True, init=name if here.pid1 else None)
        return self.under_init(self.follow(argv[at:], inner, folder), inner, groups=groups)

    @staticmethod
    def under_init(verdict: Verdict, here: Here, *, groups: bool) -> Verdict:
        """A verdict below an init; one that signals the group races with the end of its child."""
        if groups and verdict.signal == "lost":
            return unknown("the init signals the whole group but ends with its child", here)
        return verdict

    def _launched(
        self, row: Row, argv: list[Sure[str]], behind: int, here: Here, folder: str | None
    ) -> Verdict:
        name, _, _, _, habit, _ = row
        if any(word in STAYS_WITH.get(name, ()) for word in argv[:behind]):
            habit = "becomes"
        if habit == "varies" or behind >= len(argv):
            return unknown(f"whether `{name}` passes signals on is not known", here)
        if habit == "becomes":
            return self.follow(argv[behind:], here.deeper(), folder)
        if habit == "forwards":
            inner = here.deeper(child=True, launcher=name)
            return self.follow(argv[behind:], inner, folder)
        verdict = Verdict(
            "lost",
            f"`{name}` does not pass SIG{self.signal} to `{shown(argv[behind:])}`",
            here.deeper(launcher=name),
        )
        verdict.app = shown(argv[behind:])
        verdict.cure = f"run `{shown(argv[behind:])}` without `{name}`"
        return verdict

    # Shells and scripts

    def _shell_kind(self, name: str) -> Kind | None:
        return self.image.sh if name == "sh" else SHELL_KINDS.get(name)

    def _shell(
        self, kind: Kind | None, argv: list[Sure[str]], here: Here, folder: str | None
    ) -> Verdict:
        at, is_string = 1, False
        while at < len(argv):
            word = argv[at]
            if not isinstance(word, str) or not word.startswith(("-", "+")) or len(word) < 2:
                break
            if word == "--":
                at += 1
                break
            is_string = is_string or (not word.startswith("--") and "c" in word[1:])
            valued = word in VALUED_OPTIONS or (word.endswith("o") and not word.startswith("--"))
            at += 2 if valued else 1
        if at >= len(argv):
            return unknown("it is an interactive shell", here)
        word = argv[at]
        if is_string:
            text = word.text if isinstance(word, Unknown) else word
            return self.run_string(text, argv[at + 2 :], kind, here, folder)
        if isinstance(word, Unknown):
            return unknown(f"what `{word.text}` is, is not known", here)
        path = self.image.files.find(word, folder)
        source = self.repo.source(path) if path is not None else None
        if path is None or source is None:
            return unknown(f"the script {word} is not in the repo", here)
        return self._script(path, source, kind, argv[at + 1 :], here, folder)

    def run_string(
        self,
        text: str,
        arguments: Sequence[Sure[str]],
        kind: Kind | None,
        here: Here,
        folder: str | None,
    ) -> Verdict:
        """What the signal does to a `-c` string; in every shell that `sh` may be if not known."""
        source = Source(here.place.path, text[:_LONGEST_SCRIPT])
        verdicts = []
        for one in (kind,) if kind is not None else KINDS_OF_SH:
            script = parse(source.text, dialect="dash" if one == "dash" else "bash")
            inner = here.deeper()
            run = ShellRun(self, inner, source, one, arguments, is_file=False, folder=folder)
            verdicts.append(run.run(script))
        if len({verdict.signal for verdict in verdicts}) > 1:
            return unknown("it depends on what /bin/sh of the base image is", here)
        return verdicts[0]

    def _script(
        self,
        path: str,
        source: Source,
        kind: Kind | None,
        arguments: Sequence[Sure[str]],
        here: Here,
        folder: str | None,
    ) -> Verdict:
        if len(source.text) > _LONGEST_SCRIPT:
            return unknown(f"the script {path} is too long", here)
        inner = here.deeper(script=path)
        one: Kind = kind or "other"
        script = parse(source.text, dialect="dash" if one == "dash" else "bash")
        run = ShellRun(self, inner, source, one, arguments, is_file=True, folder=folder)
        return run.run(script)

    def _file(
        self, path: str, argv: Sequence[Sure[str]], here: Here, folder: str | None
    ) -> Verdict:
        """A program that is a file of the repo: what its `#!` line names runs it."""
        source = self.repo.source(path)
        match = _SHEBANG.match(source.text) if source is not None else None
        if source is None or match is None:
            return unknown(f"{path} has no `#!` line", here)
        words: list[Sure[str]] = [match[1], *match[2].split()]
        if words[0] in ("/usr/bin/env", "/bin/env"):
            words = [word for word in words[1:] if word != "-S"]
        if not words:
            return unknown(f"{path} has no `#!` line", here)
        name = str(words[0]).rsplit("/", 1)[-1]
        if name == "busybox" and len(words) > 1 and words[1] in ("sh", "ash"):
            return self._script(path, source, "busybox", argv[1:], here, folder)
        if name == "sh" or name in SHELL_KINDS:
            return self._script(path, source, self._shell_kind(name), argv[1:], here, folder)
        return self.follow([*words, argv[0], *argv[1:]], here.deeper(script=path), folder)

    def _last(
        self, first: str, argv: Sequence[Sure[str]], here: Here, folder: str | None
    ) -> Verdict:
        """A program of which nothing is known."""
        if not here.pid1:
            if self.signal in ENDS_BY_DEFAULT:
                return delivered(f"SIG{self.signal} reaches `{shown(list(argv))}`", here, first)
            return unknown(f"whether `{first}` ends on SIG{self.signal} is not known", here)
        stage = self.image.files.origin_stage(first, folder)
        language = language_of_stage(self.image.stage_bases, stage)
        if language == "go":
            text = "the Go run-time ends the program on it"
            return delivered(text, here, posixpath.basename(first))
        return unknown(f"whether `{first}` handles SIG{self.signal} is not known", here)
