"""Facts that only compose files give: dependencies, files, logging, propagation."""

from __future__ import annotations

import pytest
from compose_facts import read, service

from plumblint.facts import Unknown


def test_dependencies_in_both_forms():
    facts = read(
        """
        services:
          a: {image: x, depends_on: [b]}
          b:
            image: x
            depends_on:
              c: {condition: service_healthy}
              d: {condition: "${WHEN}"}
          c: {image: x}
          d: {image: x}
        """
    )
    found = {(one.service, one.target): one.condition for one in facts.of("dependency")}
    assert found.pop(("b", "d")).text == "${WHEN}"
    assert found == {("a", "b"): "service_started", ("b", "c"): "service_healthy"}
    one = facts.one("dependency", "services.b.depends_on.c")
    assert (facts.under(one.span), facts.at(one, "condition")) == ("c", "service_healthy")


def test_a_dependency_keeps_the_place_in_the_file_that_states_it():
    facts = read(
        "services:\n  a: {image: x}\n  b: {image: x}\n",
        **{"compose.override.yaml": "services:\n  a: {depends_on: [b]}\n"},
    )
    assert facts.one("dependency").span.path == "compose.override.yaml"


def test_each_document_of_a_file_is_told():
    facts = read("version: '3'\nservices: {}\n---\nname: x\n")
    assert [(one.version, one.name) for one in facts.of("compose_file")] == [
        ("3", None),
        (None, "x"),
    ]
    assert facts.at(facts.of("compose_file")[0], "version") == "version"


@pytest.mark.parametrize(
    "text", ["", "# nothing\n", "[1]\n", "text\n", "? [a]\n: b\n", "version:\n"]
)
def test_odd_files_have_no_version(text):
    assert not [one for one in read(text).of("compose_file") if one.version]


def test_logging_options():
    facts = service(
        "image: x\nlogging: {driver: json-file, options: {max-size: 10m, tag: '${T}'}}\n"
    )
    options = facts.one("container").logging_options
    assert options["max-size"] == "10m"
    assert isinstance(options["tag"], Unknown)


@pytest.mark.parametrize(
    ("volume", "propagation"),
    [
        ("./a:/a:ro,rslave", "rslave"),
        ("./a:/a:rshared", "rshared"),
        ("./a:/a:z", None),
        ("{type: bind, source: ./a, target: /a, bind: {propagation: shared}}", "shared"),
    ],
)
def test_propagation(volume, propagation):
    assert (
        service(f"image: x\nvolumes: ['{volume}']\n".replace("'{", "{").replace("}'", "}"))
        .one("mount")
        .propagation
        == propagation
    )


def test_volumes_from():
    mount = service("image: x\nvolumes_from: [data:ro]\n").one("mount")
    assert isinstance(mount.target, Unknown)


def test_who_is_awaited_is_meant_to_end():
    facts = read(
        "services:\n  a: {image: x, depends_on: {b: {condition: service_completed_successfully}}}\n"
        "  b: {image: x}\n"
    )
    assert {one.name: one.one_shot for one in facts.of("container")} == {"a": False, "b": True}


@pytest.mark.parametrize(
    ("name", "refused"),
    [("a b", True), ("x", True), ("ab", False), ("${N}-x", False), ("/ab", True)],
)
def test_names_that_the_engine_refuses(name, refused):
    assert bool(service(f"image: x\ncontainer_name: '{name}'\n").problems) == refused


def test_an_overlay_leaves_rights_and_logs_to_its_base():
    facts = read(
        "services:\n  web: {environment: {A: b}, cap_drop: [NET_RAW]}\n",
        path="compose.prod.yaml",
    )
    container = facts.one("container")
    assert container.dropped_capabilities[0] == "NET_RAW"
    assert isinstance(container.dropped_capabilities[1], Unknown)
    assert isinstance(container.security_options[0], Unknown)
    assert isinstance(container.logging_options["max-size"], Unknown)
