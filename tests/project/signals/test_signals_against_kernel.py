"""The static verdict against the kernel: each shape runs as PID 1 of its own PID namespace.

The stop signal is sent from outside, as an engine does.  Observed are whether
the app's handler ran and whether everything ended.  Where the verdict is
certain it must be what happened.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from signal_shapes import FILES, shapes

from plumblint.discover import discover
from plumblint.facts import Container, Unknown
from plumblint.project.build import build
from plumblint.repo import Repo

UNSHARE = ("unshare", "--pid", "--fork", "--mount-proc", "--kill-child")
READY_WITHIN = 20.0
SETTLES_WITHIN = 6.0
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
        self._running = subprocess.Popen(
            [*UNSHARE, *self.argv],
            cwd=self.folder,
            env={**os.environ, "MARK": self.mark},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def is_ready(self) -> bool:
        running = self._running
        assert running is not None
        quiet = self.name in QUIET and self.name != "loop without a trap"
        self.ready = os.path.exists(self.mark + ".ready") or (quiet and bool(self._children()))
        return self.ready or running.poll() is not None

    def _children(self) -> list[int]:
        assert self._running is not None
        pid = self._running.pid
        try:
            text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        except OSError:
            return []
        return [int(word) for word in text.split()]

    def stop(self) -> None:
        for pid in self._children():
            os.kill(pid, signal.SIGTERM)

    def look(self) -> bool:
        assert self._running is not None
        self.ended = self._running.poll() is not None
        self.got = os.path.exists(self.mark + ".got")
        return self.ended

    def end(self) -> None:
        assert self._running is not None
        if self._running.poll() is None:
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
    for one in batch:
        one.start()
    _until(READY_WITHIN, batch, Judged.is_ready)
    time.sleep(0.1)
    for one in batch:
        one.stop()
    begun = time.monotonic()
    ending = [one for one in batch if one.verdict == "delivered"]
    _until(SETTLES_WITHIN, ending, Judged.look)
    time.sleep(max(0.0, STAYS_FOR - (time.monotonic() - begun)))
    for one in batch:
        one.look()
    for one in batch:
        one.end()


def _until(seconds: float, batch: list[Judged], done: Callable[[Judged], bool]) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if sum(done(one) for one in batch) == len(batch):
            return
        time.sleep(0.03)


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
