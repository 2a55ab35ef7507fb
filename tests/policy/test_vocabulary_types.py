"""The types of fields, and the vocabulary as the policy language sees it."""

from __future__ import annotations

import pytest
from container_facts import PLACE

from plumblint.facts import KINDS, Container, Image, Unknown
from plumblint.policy.vocabulary import field_docs, field_types, misfits, parse_type
from plumblint.tables import ROWS, Tables


@pytest.mark.parametrize(
    ("annotation", "text"),
    [
        ("str", "text"),
        ("Maybe[str]", "text, may be absent"),
        ("Sure[bool]", "true/false"),
        ("Many[Mount]", "list of mount"),
        ("Map[str]", "map to text, may be absent"),
        ("Container | None", "container, may be absent"),
        ('Maybe[Literal["a", "b"]]', '"a" | "b", may be absent'),
        ("RootModule", "root_module"),
        ("Span", "hidden"),
        ("Map[Origin]", "hidden"),
    ],
)
def test_annotations(annotation, text):
    assert str(parse_type(annotation)) == text


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_field_has_a_type_and_a_docstring(kind):
    types, docs = field_types(kind), field_docs(kind)
    assert set(types) == set(KINDS[kind].FIELDS)
    assert not set(types) - set(docs)
    hidden = {name for name, found in types.items() if found.kind == "hidden"}
    assert hidden <= {"span", "origins", "places"}


def test_misfits():
    good = Image(span=PLACE, path="p", text="a", origin="from", tag=Unknown("$x"))
    assert misfits(good) == []
    bad = Image(span=PLACE, path="p", text=3, origin="form", tag=("a",), built_here=None)
    assert [misfit.split(":")[0] for misfit in misfits(bad)] == [
        "image.text", "image.tag", "image.origin", "image.built_here",
    ]  # fmt: skip
    fact = Container(span=PLACE, path="p", kind="ecs", ports=[], labels={"a": 3}, image=good)
    assert len(misfits(fact)) == 2


@pytest.mark.parametrize("name", sorted(ROWS))
def test_tables_are_there(name):
    tables = Tables()
    assert isinstance(tables[name], frozenset | dict)
    assert all(isinstance(entry, str) for entry in tables[name])


def test_tables_can_be_extended():
    tables = Tables({"floating_tags": ["ours"], "ssh_actions": {"us/ssh": ("script",)}})
    assert {"ours", "stable"} <= tables["floating_tags"]
    assert tables["ssh_actions"]["us/ssh"] == ("script",)
    assert "appleboy/ssh-action" in tables["ssh_actions"]
    assert "ours" not in Tables()["floating_tags"]
