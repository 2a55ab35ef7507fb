"""The static verdict against the kernel: each shape runs as PID 1 of its own PID namespace.

The stop signal is sent from outside, as an engine does, once every process of
the shape waits for something.  Observed are whether the app's handler ran and
whether everything ended.  Where the verdict is certain it must be what
happened.  On a slow machine this takes longer, and shows the same.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from signal_shapes import FILES, shapes

from plumblint.discover import discover
from plumblint.facts import Container, Unknown
from plumblint.project.build import build
from plumblint.repo import Repo

UNSHARE = ("unshare", "--pid", "--fork", "--mount-proc", "--kill-child")
OWN_RUN = ("sh", "-c", 'mount -t tmpfs none /run && exec "$@"', "sh")
"""Before a program that keeps others of its name out by a lock in /run."""
READY_WITHIN = 120.0
ENDS_WITHIN = 60.0
"""Seconds, which only a test that is going to fail waits for."""
STAYS_FOR = 1.3
"""Seconds after which what has not ended is not going to."""
BATCH = 60


def _permitted() -> str:
    if shutil.which("unshare") is None:
        return "unshare is not installed"
    done = subprocess.run([*UNSHARE, "true"], capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else f"no PID namespaces here: {done.stderr.strip()}"


REFUSED = _permitted()


class Judged:
    """A shape with its static verdict and what is run."""

    def __init__(self, name: str, folder: Path, lines: str, files: dict[str, str]) -> None:
        self.name = name
        self.folder = folder
        self.mark = str(folder / "mark")
        folder.mkdir()
        files = {**FILES, **files}
        for path, text in files.items():
            (folder / path).write_text(text)
            (folder / path).chmod(0o755)
        lines = lines.replace("{dir}", str(folder))
        dockerfile = f"FROM debian:12.5\nWORKDIR {folder}\nCOPY . .\n{lines}\n"
        repo = Repo({"Dockerfile": dockerfile, **files})
        project = build(repo, discover(repo, ()), None)
        (container,) = project.of(Container)
        process = container.process
        assert process is not None
        self.argv = [str(word) for word in process.argv]
        self.verdict = None if isinstance(process.signal, Unknown) else process.signal
        self.reason = str(process.reason)
        self.got = self.ended = self.ready = False
        self._seen: list[tuple[int, str, str, int]] = []
        self._running: subprocess.Popen[bytes] | None = None

    @property
    def missing(self) -> str:
        """A program that it needs and that is not here."""
        for word in self.argv:
            if word.startswith(("-", ".", "/")) or not word.replace("-", "").isalnum():
                continue
            if word in TOOLS and shutil.which(word) is None:
                return word
        return ""

    def start(self) -> None:
        before = OWN_RUN if self.name == "cron" else ()
        self._running = subprocess.Popen(
            [*UNSHARE, *before, *self.argv],
            cwd=self.folder,
            env={**os.environ, "MARK": self.mark},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=_heed_signals,  # noqa: PLW1509 -- one thread, and no lock is taken
        )

    def is_ready(self) -> bool:
        """Whether its app runs and every process waits, or it has ended."""
        assert self._running is not None
        if self._running.poll() is not None:
            self.ready = os.path.exists(self.mark + ".ready")
            return True
        seen, self._seen = self._seen, [(pid, *state_of(pid)) for pid in self._below()]
        quiet = self.name in QUIET and self.name != "loop without a trap"
        started = (
            self._seen and self._seen[0][1] not in ("unshare", "sh")
            if quiet
            else os.path.exists(self.mark + ".ready")
        )
        waiting = all(state == "S" for _, _, state, _ in self._seen)
        self.ready = bool(started and waiting and seen == self._seen)
        return self.ready

    def _below(self) -> list[int]:
        """The processes that it consists of; PID 1 of its namespace comes first."""
        found = self._children()
        for pid in found:
            found += children_of(pid)
        return found

    def _children(self) -> list[int]:
        assert self._running is not None
        return children_of(self._running.pid)

    def stop(self) -> None:
        for pid in self._children():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)

    def look(self) -> bool:
        assert self._running is not None
        self.ended = self._running.poll() is not None
        self.got = os.path.exists(self.mark + ".got")
        return self.ended

    def end(self) -> None:
        if self._running is not None and self._running.poll() is None:
            self._running.kill()
            self._running.wait()

    @property
    def deaf(self) -> bool:
        """Whether its app has no handler, so that only its end can be seen."""
        return "without a handler" in self.name or self.name in QUIET

    @property
    def observed(self) -> str:
        if self.got and self.ended:
            return "delivered"
        if self.deaf:
            return "delivered" if self.ended else "ignored"
        return "lost"


def _heed_signals() -> None:
    """Undo what a shell does to what it starts with `&`: an ignored signal cannot be trapped."""
    for number in (signal.SIGINT, signal.SIGQUIT):
        signal.signal(number, signal.SIG_DFL)


def children_of(pid: int) -> list[int]:
    """Those of every thread; none where it ends while being looked at."""
    found: list[int] = []
    threads = Path(f"/proc/{pid}/task")
    with suppress(OSError):
        for thread in os.listdir(threads):
            found += map(int, (threads / thread / "children").read_text().split())
    return found


def state_of(pid: int) -> tuple[str, str, int]:
    """A process' name, its state, and the clock ticks that it has run for."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return "", "ended", 0
    name, _, rest = text.partition("(")[2].rpartition(")")
    fields = rest.split()
    return name, fields[0], int(fields[11]) + int(fields[12])


QUIET = ("sleep", "tail", "http.server", "php -S", "cron", "loop without a trap")
TOOLS = ("dash", "bash", "busybox", "tini", "dumb-init", "gosu", "node", "npm", "sudo", "setpriv",
         "stdbuf", "flock", "xargs", "time", "ionice", "timeout", "chroot", "nohup", "php",
         "nice", "ruby", "cron")  # fmt: skip


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> list[Judged]:
    """Every shape, run in batches side by side."""
    if REFUSED:
        pytest.skip(REFUSED)
    if os.path.realpath("/bin/sh").rpartition("/")[2] != "dash":
        pytest.skip("/bin/sh is not dash, as on Debian")
    top = tmp_path_factory.mktemp("shapes")
    every = [
        Judged(name, top / str(at), lines, files)
        for at, (name, (lines, files)) in enumerate(shapes().items())
    ]
    there = [one for one in every if not one.missing]
    for at in range(0, len(there), BATCH):
        _run(there[at : at + BATCH])
    return every


def _run(batch: list[Judged]) -> None:
    try:
        for one in batch:
            one.start()
        _until(READY_WITHIN, batch, Judged.is_ready)
        for one in batch:
            one.stop()
        begun = time.monotonic()
        ending = [one for one in batch if one.verdict == "delivered"]
        _until(ENDS_WITHIN, ending, Judged.look)
        time.sleep(max(0.0, STAYS_FOR - (time.monotonic() - begun)))
        for one in batch:
            one.look()
    finally:
        for one in batch:
            one.end()


def _until(seconds: float, batch: list[Judged], done: Callable[[Judged], bool]) -> None:
    end = time.monotonic() + seconds
    left = batch
    while left and time.monotonic() < end:
        left = [one for one in left if not done(one)]
        time.sleep(0.05)


@pytest.mark.parametrize("name", list(shapes()))
def test_verdict_is_what_the_kernel_does(judged: list[Judged], name: str) -> None:
    one = next(each for each in judged if each.name == name)
    if one.missing:
        pytest.skip(f"{one.missing} is not installed")
    if one.verdict is None:
        return
    assert one.ready or "JSON" in name, f"the app did not start: {one.argv}"
    assert one.verdict == one.observed, one.reason


def test_most_shapes_are_decided(judged: list[Judged]) -> None:
    decided = [one for one in judged if one.verdict is not None]
    undecided = sorted(one.name for one in judged if one.verdict is None)
    print(f"{len(judged)} shapes, {len(decided)} decided; undecided:")
    for one in judged:
        if one.verdict is None:
            print(f"  {one.name}: {one.reason}; the kernel: {one.observed}")
    assert len(judged) > 170, "as the README says"
    assert len(decided) > 0.9 * len(judged), f"as the README says; undecided: {undecided}"
