"""Commands and installations: what RUN, CMD, ENTRYPOINT and HEALTHCHECK run."""

from __future__ import annotations

import pytest
from dockerfile_facts import facts, one

from plumblint.facts import Command, Installation


class TestCommands:
    def test_places_and_surroundings(self) -> None:
        text = (
            "FROM debian\nRUN --mount=type=secret,id=a sudo apt-get update && \\\n  curl x | sh\n"
        )
        update, curl, shell = facts(text, Command)
        assert (update.name, update.privileged_by, update.mounts) == (
            "apt-get",
            "sudo",
            ("secret",),
        )
        assert text[curl.span.start : curl.span.end] == "curl x"
        assert (curl.piped_into, shell.piped_from) == ("sh", "curl")
        assert (curl.shell, curl.under_errexit, curl.under_pipefail) == ("dash", False, False)

    def test_the_shell_instruction_counts(self) -> None:
        text = 'FROM a\nSHELL ["/bin/bash", "-eo", "pipefail", "-c"]\nRUN a\nFROM a\nRUN b\n'
        first, second = facts(text, Command)
        assert (first.shell, first.under_errexit, first.under_pipefail) == ("bash", True, True)
        assert (second.shell, second.under_pipefail) == ("sh", False)

    @pytest.mark.parametrize(
        ("run", "names"),
        [
            ("<<EOF\na\nb c\nEOF", ["a", "b"]),
            ("<<'EOF'\n#!/bin/bash -e\na\nEOF", ["a"]),
            ("<<EOF\n#!/usr/bin/env python3\nimport a\nEOF", []),
            ("bash -e <<EOF\na\nEOF", ["bash", "a"]),
            ("python3 <<EOF\na\nEOF", ["python3"]),
            ("cat <<EOF > /x && b\na\nEOF", ["cat", "b"]),
            ('["a", "b"]', ["a"]),
            ('["/bin/sh", "-c", "a && b"]', ["sh", "a", "b"]),
        ],
    )
    def test_forms_of_run(self, run: str, names: list[str]) -> None:
        text = f"FROM debian\nRUN {run}\n"
        found = facts(text, Command)
        assert [command.name for command in found] == names
        for command in found:
            assert text[command.span.start : command.span.end].strip('"')

    def test_powershell_is_not_read_as_sh(self) -> None:
        assert facts('FROM a\nSHELL ["powershell", "-Command"]\nRUN a\n', Command) == []
        assert facts("# escape=`\nFROM a\nRUN a\n", Command) == []

    def test_where_they_stand(self) -> None:
        text = "FROM a\nONBUILD RUN a\nCMD old\nCMD b\nENTRYPOINT c\nHEALTHCHECK CMD d || exit 1\n"
        assert [(each.name, each.place) for each in facts(text, Command)] == [
            ("a", "run"),
            ("b", "command"),
            ("c", "entrypoint"),
            ("d", "healthcheck"),
            ("exit", "healthcheck"),
        ]


class TestInstallations:
    @pytest.mark.parametrize(
        ("run", "manager", "packages", "removed"),
        [
            ("apt-get install -y --no-install-recommends a b=1", "apt-get", ("a", "b=1"), False),
            (
                "apt-get -qq -o x=y install a && rm -rf /var/lib/apt/lists/*",
                "apt-get",
                ("a",),
                True,
            ),
            ("apk add --no-cache --virtual .d a", "apk", ("a",), True),
            ("apk add a && rm -rf /var/cache/apk/*", "apk", ("a",), True),
            ("dnf install -y a && dnf clean all", "dnf", ("a",), True),
            ("pip3 install --no-cache-dir -r r.txt a", "pip", ("a",), True),
            ("python3 -m pip install a", "pip", ("a",), False),
            ("uv pip install --system a", "uv", ("a",), False),
            ("sudo npm i -g a@1", "npm", ("a@1",), False),
            ("yarn global add a", "yarn", ("a",), False),
            ("yarn", "yarn", (), False),
            ("go install x/y@latest", "go", ("x/y@latest",), False),
            ("--mount=type=cache,target=/var/lib/apt apt-get install a", "apt-get", ("a",), True),
        ],
    )
    def test_calls(self, run: str, manager: str, packages: tuple[str, ...], removed: bool) -> None:
        got = one(f"FROM debian\nRUN {run}\n", Installation)
        assert (got.manager, got.packages, got.lists_removed) == (manager, packages, removed)

    @pytest.mark.parametrize("run", ["pip --version", "npm run build", "apt-get clean", "go build"])
    def test_no_calls(self, run: str) -> None:
        assert facts(f"FROM debian\nRUN {run}\n", Installation) == []

    def test_updates_in_the_same_layer(self) -> None:
        text = "FROM debian\nRUN apt-get update && apt-get install a\nRUN apt-get install b\n"
        assert [(each.verb, each.update_in_layer) for each in facts(text, Installation)] == [
            ("update", False),
            ("install", True),
            ("install", False),
        ]
