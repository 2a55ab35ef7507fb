from __future__ import annotations

import pytest
from compose_facts import read, service

from plumblint.facts import Unknown


def value_of(template, env="FOO=first\nBAR=\n"):
    facts = service(f"image: x:1\nenvironment:\n  V: {template}\n", files={".env": env})
    return facts, facts.one("variable", "services.web.environment.V")


@pytest.mark.parametrize(
    ("template", "value"),
    [
        ("'$${foo}'", "${foo}"),
        ("a $ string", "a $ string"),
        ("^REGEX$", "^REGEX$"),
        ("$FOO-bar", "first-bar"),
        ("x ${BAR} y", "x  y"),
        ("${missing:-def}", "def"),
        ("${missing-def}", "def"),
        ("${BAR:-def}", "def"),
        ("ok${BAR-def}", "ok"),
        ("${FOO:+here}", "here"),
        ("${BAR+here}", "here"),
        ("ok${BAR:+here}", "ok"),
        ("${FOO:?message}", "first"),
        ("ok${BAR?message}", "ok"),
        ("${BAR:-/non:-alphanumeric}", "/non:-alphanumeric"),
        ("${U:-${BAR-x}}z", "z"),
        ("${U-${FOO} ${FOO}}", "first first"),
        ("${U:-${V:-deep}}", "deep"),
        ("${BAR+$FOO ${FOO:+second}}", "first second"),
        ("-ok ${BAR:-d}", "-ok d"),
    ],
)
def test_interpolation(template, value):
    facts, variable = value_of(template)
    assert variable.value == value
    assert not facts.problems


@pytest.mark.parametrize(
    ("template", "pieces"),
    [
        ("${U}", (None,)),
        ("a${U}b", ("a", None, "b")),
        ("${U:?needed}", (None,)),
        ("${U:+there}", (None,)),
        ("${U:-x$W}", ("x", None)),
        ("${BAR:?needed}", (None,)),
    ],
)
def test_what_only_the_shell_decides_is_unknown(template, pieces):
    _, variable = value_of(template)
    assert isinstance(variable.value, Unknown)
    assert variable.value.pieces == pieces


@pytest.mark.parametrize("template", ["'${'", "'${}'", "'${ foo}'", "'${foo!}'", "'${{ x }}'"])
def test_invalid_interpolation_is_refused(template):
    facts, _ = value_of(template)
    assert len(facts.problems) == 1


def test_a_value_from_env_is_found_there():
    facts = service("image: nginx:${TAG}\n", files={".env": "# c\nexport TAG='latest' # x\n"})
    image = facts.one("image")
    assert (image.text, image.tag, image.repository) == ("nginx:latest", "latest", "nginx")
    assert facts.at(image, "tag") == ".env: latest"
    assert image.origin_of("tag").literal
    assert [facts.under(via.span) for via in image.origin_of("tag").via] == ["${TAG}"]
    assert facts.at(image, "repository") == "nginx"
    assert facts.under(image.span) == "nginx:${TAG}"


def test_a_default_is_found_where_it_stands():
    facts = service("image: '${REPO:-nginx}:${TAG:-latest}'\n")
    image = facts.one("image")
    assert image.text == "nginx:latest"
    assert facts.at(image, "tag") == "latest"


@pytest.mark.parametrize(
    ("env", "value"),
    [
        ("A=b # c", "b"), ("A='b # c'", "b # c"), ('A="b\\nc"', "b\nc"), ("A: b", "b"),
        ("A = b", "b"), ("export A=b", "b"), ("A=b\nA=c", "c"), ("X=1\nA=${X}2", "12"),
        ("A=", ""), ("A='multi\nline'", "multi\nline"), ("A=b\r\nB=c", "b"), ("\ufeffA=b", "b"),
    ],
)  # fmt: skip
def test_env_files(env, value):
    facts = service("image: x:1\nenvironment: ['V=${A}']\n", files={".env": env})
    assert facts.one("variable").value == value


def test_types_are_those_of_go_yaml():
    facts = service(
        "image: x:1\nprivileged: yes\nread_only: 'on'\nenvironment:\n  A: no\n  B: 22:22\n  C:\n"
        "  D: null\n  E: 'null'\n"
    )
    container = facts.one("container")
    assert container.privileged is True
    assert container.read_only is True
    values = {variable.name: variable.value for variable in container.env}
    assert values == {"A": "no", "B": "22:22", "C": None, "D": None, "E": "null"}


def test_passed_through_variables_take_the_value_of_env():
    facts = service(
        "image: x:1\nenvironment: [A, B, C=1, A=2, C]\n", files={".env": "B=from-env\n"}
    )
    env = {variable.name: variable for variable in facts.of("variable")}
    assert env["A"].value == "2"
    assert env["A"].literal
    assert (env["B"].value, env["B"].literal) == ("from-env", False)
    assert env["C"].value is None


def test_env_file_under_environment():
    facts = read(
        """\
        services:
          web:
            image: x:1
            env_file: [{path: a.env, required: false}, conf/b.env, missing.env]
            environment: {C: own}
        """,
        files={"a.env": "A=1\nC=2\n", "conf/b.env": "A=3\nB=4\n"},
    )
    env = {variable.name: (variable.value, variable.kind) for variable in facts.of("variable")}
    assert env == {"A": ("3", "env-file"), "C": ("own", "env"), "B": ("4", "env-file")}
    (a,) = [one for one in facts.of("variable") if one.name == "A"]
    assert (a.span.path, facts.under(a.span)) == ("conf/b.env", "3")
