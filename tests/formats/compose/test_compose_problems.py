from __future__ import annotations

import time

import pytest
from compose_facts import read, service

pytest.importorskip("hypothesis")
from hypothesis import given, settings
from hypothesis import strategies as st

from plumblint.formats import compose
from plumblint.repo import Repo


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("image: x:1\nimage: y:1", "image"),
        ("image: x:1\nprivileged: maybe", "maybe"),
        ("image: x:1\nstop_grace_period: 30", "30"),
        ("image: x:1\nhealthcheck: {test: [curl, x]}", "curl"),
        ("image: x:1\nhealthcheck: {test: a, interval: 3}", "3"),
        ("image: x:1\nnetwork_mode: host\nnetworks: [default]", "host"),
        ("image: x:1\ndepends_on: [gone]", "gone"),
        ("image: x:1\ndepends_on: {gone: {condition: service_healthy}}", "gone"),
        ("image: x:1\ndepends_on: [web]", "web"),
        ("image: x:1\nvolumes: ['vol:/data']", "vol"),
        ("image: x:1\nnetworks: {n: }", "n"),
        ("image: x:1\nsecrets: [s]", "s"),
        ("image: x:1\ncontainer_name: c\nscale: 2", "c"),
        ("image: x:1\nenviroment: {A: 1}", "enviroment"),
        ("image: x:1\nenvironment: {A: [1]}", "A"),
        ("image: 5", "5"),
        ("restart: always", "web"),
        ("image: x:1\ncommand: a 'b", "a 'b"),
        ("image: x:1\nvolumes: ['/a:/b:ro:d']", "/a:/b:ro:d"),
        ("build: {context: ., dockerfile: a, dockerfile_inline: b}", "dockerfile_inline"),
        ("image: x:1\nlabels: {a: *gone}", "*gone"),
        ("<<: 3\nimage: x:1", "3"),
    ],
)
def test_what_docker_compose_refuses(body, place):
    facts = service(body + "\n")
    assert [facts.under(problem.span) for problem in facts.of("problem")] == [place]
    assert {problem.kind for problem in facts.of("problem")} == {"syntax"}


def test_services_that_wait_for_each_other():
    facts = read(
        "services: {a: {image: 'x:1', depends_on: [b]}, b: {image: 'x:1', depends_on: [a]}}\n"
    )
    assert len(facts.problems) == 1


@pytest.mark.parametrize(
    "text",
    [
        "name: x\nx-y: {a: *b}\nx-b: &b 1\n".replace("*b", "1"),
        "services: {web: {image: 'x:1', new_key_of_tomorrow: 1}}\n",
        "services: {web: {image: 'x:1', networks: [default], depends_on: []}}\n",
        "services: {web: {provider: {type: model}}}\n",
        "services: {web: {image: '${I}', depends_on: ['${D}']}}\n",
        "version: '3.8'\nservices: {web: {image: 'x:1', restart: no}}\n",
    ],
)
def test_what_it_takes(text):
    assert not read(text).problems


@pytest.mark.parametrize("text", ["", "# only comments\n", "---\n"])
def test_a_file_without_content(text):
    assert len(read(text).problems) == 1
    assert not read(text, path="compose.extras.yaml").problems
    assert not read(text, files={"compose.b.yaml": "services: {}\n"}).problems


def test_references_are_not_judged_where_the_base_is_elsewhere():
    text = "services: {web: {image: 'x:1', depends_on: [db], volumes: ['vol:/v']}}\n"
    assert not read(text, path="compose.prod.yml").problems
    assert len(read(text).problems) == 2


def test_a_service_without_an_image_may_get_one_from_another_file():
    text = "services: {web: {restart: always}}\n"
    assert not read(text, files={"compose.prod.yml": "services: {web: {image: 'x:1'}}\n"}).problems


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("services: [\n", "syntax"),
        ("just text\n", "syntax"),
        ("web: {image: 'x:1'}\n", "syntax"),
        ("services:\n  {{- if .x }}\n  a: b\n", "template"),
        ("a: b\0", "syntax"),
        ("- " * 300, "limit"),
        ("services: 5\n", "syntax"),
        ("services: {web: 5}\n", "syntax"),
    ],
)
def test_files_that_cannot_be_read(text, kind):
    (problem,) = read(text).of("problem")
    assert problem.kind == kind


def test_a_file_that_is_not_utf_8():
    repo = Repo({"compose.yaml": b"services: {web: {image: '\xff'}}\n"})
    (unit,) = compose.units({"compose": ["compose.yaml"]}, repo)
    (problem,) = compose.read(unit, repo)
    assert problem.kind == "encoding"


def test_a_command_of_too_many_words_is_read_in_part():
    (problem,) = read(f"services: {{a: {{image: 'x:1', command: [{'a, ' * 10_001}]}}}}").of(
        "problem"
    )
    assert problem.kind == "limit"


HOSTILE = {
    "many services": "services:\n" + "".join(f"  s{n}: {{image: 'x:1'}}\n" for n in range(3000)),
    "aliases": "x-a: &a {environment: {" + ", ".join(f"K{n}: v" for n in range(500)) + "}}\n"
    + "services:\n" + "".join(f"  s{n}: *a\n" for n in range(2000)),
    "chain": "services:\n  s0: {image: 'x:1', environment: {A: 1}}\n"
    + "".join(f"  s{n}: {{extends: s{n - 1}, environment: {{K{n}: 1}}}}\n" for n in range(1, 300)),
    "variables": "services: {a: {image: 'x:1', command: '" + "${x}" * 50_000 + "'}}\n",
    "colons": "services: {a: {image: 'x:1', volumes: ['" + "aa:" * 50_000 + "']}}\n",
    "nested defaults": "services: {a: {image: '" + "${a:-" * 20_000 + "}" * 20_000 + "'}}\n",
    "open braces": "services: {a: {image: '" + "${a:-{" * 20_000 + "}'}}\n",
    "waiting": "services:\n" + "".join(
        f"  s{n}: {{image: 'x:1', depends_on: [s{(n + 1) % 2000}, s{(n * 7) % 2000}]}}\n"
        for n in range(2000)
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_read_in_time(name):
    repo = Repo({"compose.yaml": HOSTILE[name]})
    (unit,) = compose.units({"compose": ["compose.yaml"]}, repo)
    begin = time.process_time()
    assert compose.read(unit, repo)
    assert time.process_time() - begin < 8


PROJECT = """\
include: [other.yaml]
x-a: &a {restart: always, environment: &env {A: '1', B: "${X:-y}"}}
services:
  web: &web
    <<: *a
    image: "${REG}/app:${TAG:-latest}"
    build: {context: ., dockerfile: D, args: {V: 1}, target: t}
    ports: ["${IP}:80:80/udp", "127.0.0.1:${P:-1}:2", {target: 3, published: "4"}]
    volumes: ["./a:/b:ro", v:/c, {type: bind, source: /s, target: /t}]
    command: sh -c "a 'b' && ${C} | c"
    entrypoint: ["x", '$$y']
    healthcheck: {test: [CMD-SHELL, "curl x || exit 1"], interval: 1m}
    depends_on: {db: {condition: service_healthy}}
    env_file: [.env, {path: e}]
    init: ${I:-true}
    stop_grace_period: 10s
    deploy: {replicas: 2, resources: {limits: {memory: 1g}}}
  db:
    extends: {service: web, file: compose.override.yaml}
    environment: *env
    user: ${U}
    network_mode: host
---
services: {web: {privileged: !reset true, cap_add: !override [ALL]}}
volumes: {v: {driver_opts: {o: bind, device: /x}}}
"""
PIECES = st.sampled_from(
    ["", "\n", "  ", "- ", ": ", "{", "}", "[", "]", "*a", "&a ", "${", "${X", ":-", "}", "$$",
     "|\n", "'", '"', "#", "é", "~", "<<: ", "!reset ", "!override ", "extends: web\n", "\r\n",
     "\t", ":", "image", "1", "null"]
)  # fmt: skip


@settings(max_examples=250, deadline=None)
@given(
    st.sampled_from(["", "X=${Y}\nTAG='a\n", "REG=r\nIP=\nP=$P\nC=a b"]),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), PIECES), max_size=4),
)
def test_damaged_files_are_read_without_a_crash(env, edits):
    text = PROJECT
    for place, length, piece in edits:
        at = int(place * len(text))
        text = text[:at] + piece + text[at + length :]
    facts = read(
        text, files={"compose.override.yaml": text[200:] + text[:200], ".env": env, "e": env}
    )
    seen = set()
    for fact in facts:
        assert (fact.KIND, fact.key) not in seen
        seen.add((fact.KIND, fact.key))


def test_what_an_override_template_or_an_upper_file_may_add_is_not_missed():
    files = {
        "compose.yaml": "services:\n  web: {image: 'x:1', secrets: [s]}\n",
        "compose.override.yaml.example": "secrets: {s: {file: ./s}}\n",
        "ci/basic/compose.yaml": "services:\n  web: {environment: {A: 1}}\n",
    }
    repo = Repo(files)
    for unit in compose.units(
        {"compose": [path for path in files if path.endswith(".yaml")]}, repo
    ):
        assert not [fact for fact in compose.read(unit, repo) if fact.KIND == "problem"]
