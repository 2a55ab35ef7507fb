"""What is known of an installation: whether it asks, what comes along, what stays."""

from __future__ import annotations

import pytest
from dockerfile_facts import facts, one

from plumblint.facts import Command, Copy, Installation, Instruction, Unknown

BASE = "FROM debian:12.5\n"


def installation(run, base=BASE):
    return one(f"{base}RUN {run}\n", Installation)


@pytest.mark.parametrize(
    "run",
    [
        "apt-get -y install x", "apt-get install -yq x", "apt-get -qq install x",
        "apt-get -q -q install x", "apt-get install --assume-yes x", "yes | apt-get install x",
        "apt-get -o APT::Get::Assume-Yes=true install x", "apt-get install -s x",
        "apk add x", "pip install x", "dnf --assumeyes install x", "yum -yq install x",
        "zypper -n install x", "zypper install --no-confirm x",
    ],
)  # fmt: skip
def test_asks_nobody(run):
    assert installation(run).assumes_yes is True


@pytest.mark.parametrize(
    "run",
    [
        "apt-get install x", "apt-get -q install x", "apt install x", "dnf install x",
        "zypper in x", "microdnf install x", "apt-get install $PACKAGES", "apt-get install x-$V",
    ],
)  # fmt: skip
def test_asks(run):
    assert installation(run).assumes_yes is False


def test_an_option_in_a_variable_is_not_known():
    assert isinstance(installation("apt-get install $APT_OPTS x").assumes_yes, Unknown)
    assert isinstance(installation("apt-get install -$LETTER x").assumes_yes, Unknown)


def test_settings_hold_from_where_they_are_written():
    text = (
        "FROM debian:12.5 AS base\n"
        "RUN apt-get install a\n"
        "RUN echo 'APT::Get::Assume-Yes \"true\";' > /etc/apt/apt.conf.d/a && apt-get install b\n"
        "RUN printf 'APT::Install-Recommends \"0\";' > /etc/apt/apt.conf.d/b\n"
        "FROM base\n"
        "RUN apt-get install c\n"
        "FROM debian:12.5\n"
        "COPY apt.conf /etc/apt/apt.conf.d/\n"
        "RUN apt-get install d\n"
    )
    found = facts(text, Installation)
    assert [one.assumes_yes for one in found[:3]] == [False, True, True]
    assert isinstance(found[3].assumes_yes, Unknown)
    assert [one.recommends for one in found[:3]] == [True, True, False]
    assert isinstance(found[3].recommends, Unknown)


@pytest.mark.parametrize(
    ("run", "used"),
    [
        ("apt-get update", False),
        ("apt-get update && rm -rf /var/lib/apt/lists/*", False),
        ("apt-get update && apt-get clean", False),
        ("apt-get update && apt-get install -y x", True),
        ("apt-get update; apt-get upgrade -y", True),
    ],
)
def test_updates_that_are_used(run, used):
    assert facts(f"{BASE}RUN {run}\n", Installation)[0].used_in_layer is used


def test_a_script_may_use_an_update():
    found = facts(f"{BASE}RUN apt-get update && ./install.sh\n", Installation)
    assert isinstance(found[0].used_in_layer, Unknown)


@pytest.mark.parametrize(
    ("run", "kept"),
    [
        ("apt-get install -y gcc curl", ("gcc", "curl")),
        ("apt-get install -y gcc curl && make && apt-get purge -y gcc", ("curl",)),
        ("apk add --virtual .b gcc && apk del .b", ()),
        ("apk add --virtual=.b gcc && apk del .b", ()),
        ("apk add -t .b gcc && apk del .c", ("gcc",)),
        ("apk add gcc && apk del gcc", ()),
    ],
)
def test_what_is_kept(run, kept):
    assert facts(f"{BASE}RUN {run}\n", Installation)[0].kept == kept


def test_what_is_swept_away_is_not_known():
    run = "apt-get install -y gcc && apt-mark auto '.*' && apt-get purge -y --auto-remove"
    (package,) = facts(f"{BASE}RUN {run}\n", Installation)[0].kept
    assert isinstance(package, Unknown)


def test_a_base_that_is_not_known_may_switch_the_cache_off():
    known = installation("pip install x", "FROM python:3.12.4-slim\n")
    other = installation("pip install x", "FROM acme/python:3.12.4\n")
    assert known.lists_removed is False
    assert isinstance(other.lists_removed, Unknown)


def test_commands_know_whether_they_make_the_image():
    text = "FROM a AS one\nRUN a\nFROM a\nRUN b\nCMD c\n"
    assert [(c.name, c.in_image) for c in facts(text, Command)] == [
        ("a", False),
        ("b", True),
        ("c", False),
    ]


def test_wrappers_of_neighbours_in_a_pipe():
    first, second = facts(f"{BASE}RUN curl x | sudo -E bash -\n", Command)
    assert (first.piped_into, second.piped_from) == ("bash", "curl")


def test_an_escape_of_windows_on_a_base_of_linux():
    text = "# escape=`\nFROM debian:12.5\nRUN a && `\n b\n"
    assert [c.name for c in facts(text, Command)] == ["a", "b"]
    assert facts(text.replace("debian", "acme"), Command) == []


def test_workdirs_and_copies_from_their_own_stage():
    text = "FROM a AS one\nWORKDIR x\nWORKDIR y\nCOPY --from=ONE a b\nCOPY --from=0 a b\nCOPY a b\n"
    workdirs = [i.workdir for i in facts(text, Instruction) if i.keyword == "WORKDIR"]
    assert workdirs == [None, "x"]
    assert [copy.from_itself for copy in facts(text, Copy)] == [True, True, False]


def test_an_option_is_no_setting():
    run = (
        "apt-get install --assume-yes a --no-install-recommends && apt-get install b "
        "&& apt-get install -y --no-install-recommends 0ad && apt-get install c"
    )
    found = facts(f"{BASE}RUN {run}\n", Installation)
    assert [one.assumes_yes for one in found] == [True, False, True, False]
    assert [one.recommends for one in found] == [False, True, False, True]
