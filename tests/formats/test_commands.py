from __future__ import annotations

import pytest

from plumblint.facts import Unknown
from plumblint.formats.commands import ScriptOptions, read_commands
from plumblint.source import Source
from plumblint.syntax.segments import Segments


def read(text, offset=0, **options):
    source = Source("x", " " * offset + text)
    commands, _ = read_commands(
        source,
        text,
        Segments.shifted(offset),
        ScriptOptions("bash", **options),
        place="step",
        path="p",
        expressions=True,
    )
    return commands


def one(text, **options):
    (command,) = read(text, **options)
    return command


def test_words_and_options():
    command = one("/usr/bin/docker run --rm -e A=b --name=x \"$IMAGE\":1 'a b'")
    assert command.name == "docker"
    assert command.options == ("--rm", "-e", "--name")
    assert isinstance(command.argv[6], Unknown)
    assert command.argv[6].pieces == (None, ":1")
    assert command.argv[7] == "a b"


@pytest.mark.parametrize(
    ("text", "name", "wrappers"),
    [
        ("sudo -u root env A=1 make all", "make", ("sudo", "env")),
        ("timeout -k 5 10m pytest", "pytest", ("timeout",)),
        ("exec node x.js", "node", ("exec",)),
        ("A=1 npx --yes eslint", "eslint", ("npx",)),
        ("command -v docker", "command", ()),
        ("sudo", "sudo", ()),
        ("xargs -n 1 rm -f", "rm", ("xargs",)),
        ("sudo $CMD", None, ("sudo",)),
    ],
)
def test_wrappers(text, name, wrappers):
    command = one(text)
    assert command.wrappers == wrappers
    if name is None:
        assert isinstance(command.name, Unknown)
    else:
        assert command.name == name
    assert command.privileged_by == ("sudo" if "sudo" in wrappers else None)


def test_places():
    command = read("set -x\n  make \\\n  all", offset=7)[1]
    assert (command.span.start, command.span.end) == (16, 28)
    assert command.text == "make all"


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("x || true", "|| true"),
        ("x || :", "|| :"),
        ("x | y", "| y"),
        ("x | y; echo ${PIPESTATUS[0]}", None),
        ("x && y; z", "&& y"),
        ("x && exit 1; z", None),
        ("x &", "&"),
        ("while x; do y; done", None),
        ("set +e\nx\ny", None),
    ],
)
def test_what_swallows_a_failure(text, by):
    command = next(command for command in read(text, errexit=True) if command.name == "x")
    assert command.failure_ignored_by == by or text.startswith("set +e")
    assert command.failure_ignored is (command.failure_ignored_by is not None)


def test_without_errexit_only_the_last_command_counts():
    first, last = read("x\ny")
    assert (first.failure_ignored_by, last.failure_ignored_by) == ("no set -e", None)


def test_a_loop_that_reads_a_pipe_has_no_program():
    first, _ = read("sort | for x; do echo; done")
    assert first.piped_into is None
    first, _ = read("sort | for x in bash sh; do echo; done")
    assert first.piped_into is None
