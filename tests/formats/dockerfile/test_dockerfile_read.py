"""From Dockerfile to facts."""

from __future__ import annotations

from typing import Any

import pytest
from dockerfile_facts import facts, one, place, process

from plumblint.facts import (
    Container,
    Copy,
    Image,
    Instruction,
    Problem,
    Process,
    Reference,
    Stage,
    Unknown,
    Variable,
)
from plumblint.formats import dockerfile
from plumblint.formats.dockerfile.read import read_dockerfile
from plumblint.repo import Repo
from plumblint.source import Source


class TestImages:
    def test_parts_have_their_own_places(self) -> None:
        text = "FROM reg.io:5000/acme/app:1.2@sha256:ab AS b\n"
        image = one(text, Image)
        assert (image.registry, image.repository) == ("reg.io:5000", "acme/app")
        assert (image.tag, image.digest) == ("1.2", "sha256:ab")
        assert place(text, image, "tag") == "1.2"
        assert text[image.span.start : image.span.end] == "reg.io:5000/acme/app:1.2@sha256:ab"

    def test_a_default_is_the_place_and_its_use_is_related(self) -> None:
        text = "ARG TAG=latest\nFROM node:${TAG}\n"
        image = one(text, Image)
        assert image.tag == "latest"
        origin = image.origin_of("tag")
        assert origin is not None
        assert origin.literal
        assert place(text, image, "tag") == "latest"
        assert [text[via.span.start : via.span.end] for via in origin.via] == ["${TAG}"]

    def test_a_default_used_twice_has_one_place(self) -> None:
        text = "ARG TAG=latest\nFROM node:$TAG AS a\nFROM node:$TAG\n"
        first, second = facts(text, Image)
        assert first.origin_of("tag").span == second.origin_of("tag").span  # type: ignore[union-attr]

    def test_a_default_of_a_default(self) -> None:
        text = "ARG V=3\nARG IMAGE=alpine:$V\nFROM $IMAGE\n"
        image = one(text, Image)
        assert image.text == "alpine:3"
        assert place(text, image, "tag") == "3"

    def test_a_default_within_the_use(self) -> None:
        text = "ARG TAG\nFROM node:${TAG:-latest}\n"
        image = one(text, Image)
        assert image.tag == "latest"
        assert place(text, image, "tag") == "latest"

    def test_no_tag_in_a_default_points_at_the_default(self) -> None:
        text = "ARG IMAGE=node\nFROM $IMAGE\n"
        image = one(text, Image)
        assert image.tag is None
        assert place(text, image, "tag") == "node"

    def test_what_is_not_decided_is_unknown_and_the_rest_known(self) -> None:
        image = one("ARG REGISTRY\nFROM ${REGISTRY}/app:latest\n", Image)
        assert isinstance(image.registry, Unknown)
        assert (image.repository, image.tag) == ("app", "latest")
        image = one("FROM base-${TARGETARCH}\n", Image)
        assert isinstance(image.tag, Unknown)

    def test_stages_and_scratch_are_not_pulled(self) -> None:
        text = "FROM a AS Base\nFROM base\nFROM Base\nFROM scratch\nFROM 0\n"
        assert [(image.text, image.built_here) for image in facts(text, Image)] == [
            ("a", False),
            ("base", True),
            ("Base", False),
            ("scratch", True),
            ("0", False),
        ]

    def test_a_stage_by_architecture(self) -> None:
        text = "FROM a AS b-amd64\nFROM a AS b-arm64\nFROM b-${TARGETARCH}\n"
        assert isinstance(facts(text, Image)[-1].built_here, Unknown)

    def test_copies_mounts_and_the_frontend(self) -> None:
        text = (
            "# syntax=docker/dockerfile:1\nFROM a AS b\n"
            "COPY --from=busybox:latest /x /y\nCOPY --from=B /x /y\nCOPY --from=0 /x /y\n"
            "RUN --mount=type=bind,from=nginx,target=/n --mount=from=b,target=/m x\n"
        )
        found = [(image.text, image.origin) for image in facts(text, Image)]
        assert found == [
            ("docker/dockerfile:1", "frontend"),
            ("a", "from"),
            ("busybox:latest", "copy-from"),
            ("nginx", "mount-from"),
        ]
        assert facts(text, Image)[2].stages == ("b",)
        copied = facts(text, Image)[2]
        assert place(text, copied, "tag") == "latest"


class TestContainer:
    @pytest.mark.parametrize(
        ("text", "root"),
        [
            ("FROM debian:12\n", True),
            ("FROM docker.io/library/node:22\n", True),
            ("FROM public.ecr.aws/docker/library/python:3.12\n", True),
            ("FROM scratch\n", True),
            ("FROM gcr.io/distroless/static:nonroot\n", False),
            ("FROM gcr.io/distroless/static\n", True),
            ("FROM bitnami/redis:7\n", False),
            ("FROM postgres:16\n", False),
            ('FROM postgres:16\nENTRYPOINT ["x"]\n', True),
            ("FROM acme/app\n", None),
            ("FROM acme/app\nUSER root\n", True),
            ("FROM debian\nUSER 00:5\n", True),
            ("FROM debian\nUSER 1000\n", False),
            ('FROM debian\nUSER "app"\n', False),
            ("FROM debian\nARG U=root\nUSER $U\n", True),
            ("FROM debian\nARG U\nUSER ${U:-app}\n", False),
            ("FROM debian\nARG U\nUSER $U\n", None),
            ("FROM debian\nARG G\nUSER app:$G\n", False),
            ("FROM debian\nUSER ${APP}\n", None),
            ("FROM debian AS a\nUSER app\nFROM a\n", False),
            ("FROM debian AS a\nUSER app\nFROM debian\n", True),
        ],
    )
    def test_root(self, text: str, root: bool | None) -> None:
        got = one(text, Container).user_is_root
        assert (None if isinstance(got, Unknown) else got) is root

    def test_inheritance_names_the_way(self) -> None:
        text = "FROM debian AS a\nUSER root\nFROM a\n"
        container = one(text, Container)
        assert place(text, container, "user") == "root"
        via = container.origin_of("user").via  # type: ignore[union-attr]
        assert [text[each.span.start : each.span.end] for each in via] == ["FROM a"]

    def test_every_stage_has_its_container_but_only_the_last_is_listed(self) -> None:
        text = "FROM node:22 AS dev\nCMD a\nFROM node:22-alpine AS prod\nHEALTHCHECK NONE\n"
        listed = read_dockerfile(Source("Dockerfile", text))
        dev, prod = [fact for fact in listed if isinstance(fact, Stage)]
        assert isinstance(dev.container, Container)
        assert dev.container.process is not None
        assert [fact for fact in listed if isinstance(fact, Container)] == [prod.container]
        assert prod.container is not None
        assert prod.container.healthcheck is not None
        assert prod.container.healthcheck.disabled
        assert prod.container.base is not None
        assert (prod.container.base.shell, prod.container.base.bulky) == ("busybox", False)
        assert dev.container.base is not None
        assert (dev.container.base.shell, dev.container.base.bulky) == ("dash", True)

    def test_the_rest(self) -> None:
        text = (
            "FROM scratch\nENV A=1 B=${A}x\nEXPOSE 80 443/udp 8000-8001\nVOLUME /data\n"
            "LABEL a=b\nWORKDIR /x\nWORKDIR y\n"
        )
        container = one(text, Container)
        assert [(port.target, port.protocol) for port in container.ports] == [
            (80, "tcp"),
            (443, "udp"),
            (8000, "tcp"),
            (8001, "tcp"),
        ]
        assert [mount.target for mount in container.mounts] == ["/data"]
        assert container.labels == {"a": "b"}
        assert container.workdir == "/x/y"
        assert [(each.name, each.value) for each in container.env] == [("A", "1"), ("B", "x")]


class TestProcess:
    def test_entrypoint_and_command_join(self) -> None:
        got = process('FROM debian\nENTRYPOINT ["a", "b"]\nCMD ["c"]\n')
        assert got.argv == ("a", "b", "c")
        assert (got.form, got.entrypoint_form, got.command_ignored) == ("exec", "exec", False)

    def test_a_shell_entrypoint_swallows_the_command(self) -> None:
        text = 'FROM debian\nENTRYPOINT a\nCMD ["c"]\n'
        got = process(text)
        assert got.argv == ("/bin/sh", "-c", "a")
        assert (got.form, got.shell, got.command_ignored) == ("shell", "dash", True)
        assert place(text, got, "command_ignored") == '["c"]'

    def test_a_shell_command_behind_an_exec_entrypoint(self) -> None:
        got = process('FROM alpine\nENTRYPOINT ["tini", "--"]\nCMD a b\n')
        assert got.argv == ("tini", "--", "/bin/sh", "-c", "a b")

    def test_a_new_entrypoint_drops_the_inherited_command(self) -> None:
        text = 'FROM a AS b\nCMD ["c"]\nFROM b\nENTRYPOINT ["e"]\n'
        assert process(text).argv == ("e",)
        text = 'FROM a AS b\nENTRYPOINT ["e"]\nFROM b\nCMD ["c"]\n'
        assert process(text).argv == ("e", "c")

    def test_the_shell_is_that_of_the_instruction(self) -> None:
        text = 'FROM debian\nSHELL ["/bin/bash", "-c"]\nCMD a\n'
        got = process(text)
        assert got.argv == ("/bin/bash", "-c", "a")
        assert got.shell == "bash"

    def test_exec_form_that_is_a_shell(self) -> None:
        got = process('FROM debian\nCMD ["sh", "-c", "node x"]\n')
        assert (got.form, got.shell) == ("exec", "dash")

    @pytest.mark.parametrize(
        ("arguments", "one_string", "malformed"),
        [
            ('["node x"]', True, False),
            ('["node", "x"]', False, False),
            ("['node', 'x']", False, True),
            ('["node", "x",]', False, True),
            ("[node, x]", False, True),
            ("[ -f x ] && y", False, False),
            ("[[ -f x ]]", False, False),
        ],
    )
    def test_odd_forms(self, arguments: str, one_string: bool, malformed: bool) -> None:
        got = process(f"FROM debian\nCMD {arguments}\n")
        assert (got.one_string, got.malformed_json) == (one_string, malformed)

    @pytest.mark.parametrize(
        ("text", "signal"),
        [
            ("FROM debian\nCMD a\n", "SIGTERM"),
            ("FROM nginx\nCMD a\n", "SIGQUIT"),
            ("FROM php:8-fpm\nCMD a\n", "SIGQUIT"),
            ("FROM debian\nSTOPSIGNAL 9\nCMD a\n", "SIGKILL"),
            ("FROM debian\nSTOPSIGNAL int\nCMD a\n", "SIGINT"),
        ],
    )
    def test_stop_signals(self, text: str, signal: str) -> None:
        assert process(text).stop_signal == signal

    def test_nothing_to_judge(self) -> None:
        assert facts("FROM debian\nCMD []\n", Process) == []


class TestDeclarations:
    def test_variables(self) -> None:
        text = "ARG A=1\nARG N\nFROM a\nENV B='x y' C=$A D=\nENV E f g\n"
        found: list[tuple[Any, ...]] = [
            (each.kind, each.name, each.value, each.literal, each.default)
            for each in facts(text, Variable)
            if not isinstance(each.value, Unknown)
        ]
        assert found == [
            ("arg", "A", "1", True, True),
            ("arg", "N", None, False, False),
            ("env", "B", "x y", True, False),
            ("env", "D", "", False, False),
            ("env", "E", "f g", True, False),
        ]
        assert place(text, facts(text, Variable)[2], "value") == "x y"

    def test_stages(self) -> None:
        text = "FROM a AS x\nFROM b AS y\nFROM a AS x\nCOPY --from=y c d\n"
        first, second, third = facts(text, Stage)
        assert (first.used, second.used, third.used) == (False, True, True)
        assert (third.final, third.clashes_with) == (True, "stage x")
        assert second.base == "b"

    def test_copies(self) -> None:
        text = 'FROM a\nARG D=/d\nCOPY --from=b ["x y", "$D/"]\nADD <<E z /w/\n1\nE\n'
        copy, add = facts(text, Copy)
        assert (copy.sources, copy.destination, copy.from_stage) == (("x y",), "/d/", "b")
        assert (add.keyword, add.sources, add.destination) == ("ADD", ("z",), "/w/")

    def test_instructions(self) -> None:
        text = "FROM a AS b\nCMD x\nCMD y\nONBUILD RUN z\n"
        found = facts(text, Instruction)
        assert [(each.keyword, each.onbuild) for each in found] == [
            ("FROM", False),
            ("CMD", False),
            ("CMD", False),
            ("ONBUILD", False),
            ("RUN", True),
        ]
        assert [each.overridden_by for each in found[1:3]] == ["line 3", None]
        assert all(each.final_stage for each in found)

    def test_references(self) -> None:
        text = "ARG A=1\nFROM a:$A$B\nENV C=$D\nFROM scratch\nENV E=${A:-x} F=$E\n"
        found = [
            (each.name, each.defined, each.guarded, each.stage, text[each.span.start])
            for each in facts(text, Reference)
            if not isinstance(each.defined, Unknown)
        ]
        assert found == [
            ("A", True, False, "0", "$"),
            ("B", False, False, "0", "$"),
            ("A", False, True, "1", "$"),
            ("E", False, False, "1", "$"),
        ]
        assert "A" in facts(text, Reference)[1].declared

    def test_problems(self) -> None:
        text = 'FROM a\nUSR b\nCOPY "x /y\n'
        assert [text[each.span.start : each.span.end] for each in facts(text, Problem)] == [
            "USR",
            '"x',
        ]
        template = one("FROM {{ image }}\nRUN a\n", Problem)
        assert template.kind == "template"


def test_build_arguments_from_outside_replace_defaults() -> None:
    source = Source("Dockerfile", "ARG TAG=latest\nFROM node:$TAG\n")
    (image,) = [
        each for each in read_dockerfile(source, {"TAG": "22.1"}) if isinstance(each, Image)
    ]
    assert image.tag == "22.1"
    (image,) = [each for each in read_dockerfile(source, {"TAG": None}) if isinstance(each, Image)]
    assert isinstance(image.tag, Unknown)


def test_the_format() -> None:
    repo = Repo({"Dockerfile": b"FROM a\nENV x=\xff\n", "big": "x" * 6_000_000})
    (unit,) = dockerfile.units({"dockerfile": ["Dockerfile"]}, repo)
    assert any(isinstance(fact, Image) for fact in dockerfile.read(unit, repo))
    (big,) = dockerfile.units({"dockerfile": ["big"]}, repo)
    (problem,) = dockerfile.read(big, repo)
    assert isinstance(problem, Problem)
    assert problem.kind == "too-large"
