"""Where a finding is put, and how its message reads."""

from __future__ import annotations

import pytest
from container_facts import PLACE

from plumblint.facts import Container, Image, Process, Resource, Unknown
from plumblint.facts.fact import Origin
from plumblint.policy.message import LONGEST_VALUE, render, split_message
from plumblint.policy.place import place_of
from plumblint.source import Span


def span(start):
    return Span("a", start, start + 1)


def test_places():
    process = Process(span=span(1), path="p", signal="lost")
    image = Image(span=span(2), path="i", text="x", origin="from")
    fact = Container(span=span(3), path="c", kind="ecs", process=process, image=image)
    assert place_of(fact, [])[0] == span(3)
    assert place_of(fact, ["user"])[0] == span(3)
    assert place_of(fact, ["process", "signal"])[0] == span(1)
    assert place_of(fact, ["image"])[0] == span(2)
    assert place_of(fact, ["healthcheck"])[0] == span(3)
    assert place_of(fact, ["healthcheck", "test"])[0] == span(3)
    process.trace(signal=Origin(span(4)))
    fact.trace(user=Origin(span(5)), image=Origin(span(6)))
    assert place_of(fact, ["process", "signal"])[0] == span(4)
    assert place_of(fact, ["user"])[0] == span(5)
    assert place_of(fact, ["image"])[0] == span(6)


def test_places_of_map_entries():
    fact = Resource(
        span=span(1), path="r", mode="resource", type="t", name="n",
        attributes={"v.enabled": "false"},
        places={"v": Origin(span(2)), "v.enabled": Origin(span(3))},
    )  # fmt: skip
    assert place_of(fact, ["attributes", "v", "enabled"])[0] == span(3)
    assert place_of(fact, ["attributes", "v", "other"])[0] == span(2)
    assert place_of(fact, ["attributes", "w"])[0] == span(1)
    fact.trace(attributes=Origin(span(4)))
    assert place_of(fact, ["attributes", "w"])[0] == span(4)
    assert place_of(fact, ["attributes"])[0] == span(4)


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("`{container.user}`", "`root`"),
        ("{container.restart}", "none"),
        ("{container.privileged}", "true"),
        ("{container.name}", "${N}"),
        ("{container.process.signal}", "none"),
        ("{container.host_namespaces}", "pid, ${X}"),
        ("{container.mounts}", "none"),
        ("{options.most}", "3"),
        ("{{}} {{x}}", "{} {x}"),
        ("a\n  b", "a b"),
    ],
)
def test_messages(template, text):
    fact = Container(
        span=PLACE, path="c", kind="ecs", user="root", privileged=True, name=Unknown("${N}"),
        host_namespaces=("pid", Unknown("${X}")),
    )  # fmt: skip
    assert render(split_message(template), fact, {"most": 3}) == text


def test_long_values_are_cut_and_lines_joined():
    fact = Container(span=PLACE, path="c", kind="ecs", user="a\nb" * 500)
    text = render(split_message("{container.user}"), fact, {})
    assert len(text) <= LONGEST_VALUE
    assert "\n" not in text
    assert text.endswith("…")
