"""The progress line: on a terminal, after two seconds, gone at the end."""

from __future__ import annotations

import io

import pytest

from plumblint.cli import progress
from plumblint.cli.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def show(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, seconds: float) -> str:
    now = [0.0]
    monkeypatch.setattr(progress, "monotonic", lambda: now[0])
    monkeypatch.setattr("sys.stderr", stream)
    told = Progress()
    told("reading a", 0, 3)
    now[0] = seconds
    told("reading b\x1b[31m", 1, 3)
    told("reading c", 2, 3)
    told.end()
    told.end()
    return stream.getvalue()


def test_a_long_run_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    text = show(monkeypatch, Terminal(), 2.5)
    assert text == "\r\x1b[2Kplumblint: 1/3 reading b\\x1b[31m\r\x1b[2K"


def test_a_short_run_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert show(monkeypatch, Terminal(), 1.9) == ""


def test_pipes_get_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert show(monkeypatch, io.StringIO(), 9.0) == ""
