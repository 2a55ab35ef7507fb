"""What expressions mean, case by case; what is refused, and where the error points."""

from __future__ import annotations

import pytest
from container_facts import PLACE, container, decide, function_of, image

from plumblint.facts import Container, Port, Resource, Unknown
from plumblint.policy.expression import ExpressionError, Scope, check
from plumblint.policy.vocabulary import Type

U = Unknown("${X}")


def error_of(text, kind="container", **scope):
    with pytest.raises(ExpressionError) as caught:
        check(Scope(kind, **scope), text)
    return caught.value


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (True, True, True, True),
        (True, False, False, True),
        (True, None, None, True),
        (False, True, False, True),
        (False, False, False, False),
        (False, None, False, None),
        (None, True, None, True),
        (None, False, False, None),
        (None, None, None, None),
    ],
)
def test_kleene_tables(left, right, both, either):
    values = {True: True, False: False, None: U}
    fact = container(privileged=values[left], read_only=values[right])
    assert decide("container.privileged and container.read_only", fact) is both
    assert decide("container.privileged or container.read_only", fact) is either
    negated = None if left is None else not left
    assert decide("not container.privileged", fact) is negated


@pytest.mark.parametrize(
    ("items", "some", "every"),
    [
        ((), False, True),
        ((80,), True, True),
        ((81,), False, False),
        ((80, U), True, None),
        ((U, 80), True, None),
        ((81, U), None, False),
        ((U, 81), None, False),
        ((U,), None, None),
    ],
)
def test_one_certain_item_decides(items, some, every):
    ports = tuple(Port(span=PLACE, path="p", target=item) for item in items)
    fact = container(ports=ports)
    assert decide("any(p.target == 80 for p in container.ports)", fact) is some
    assert decide("all(p.target == 80 for p in container.ports)", fact) is every


@pytest.mark.parametrize(
    ("text", "pieces", "answer"),
    [
        ('image.tag == "latest"', ("lat", None), None),
        ('image.tag == "latest"', ("1.", None), False),
        ('image.tag == "latest"', (None, "-slim"), False),
        ('image.tag != "latest"', (None, "-slim"), True),
        ('image.tag in ("latest", "edge")', ("1.", None), False),
        ('image.tag in ("latest", "edge")', ("e", None), None),
        ("image.tag", ("1.", None), True),
        ("image.tag", (None,), None),
        ("image.tag is None", ("1.", None), False),
        ("image.tag is None", (None,), None),
        ('startswith(image.tag, "1.")', ("1.2", None), True),
        ('startswith(image.tag, "1.2.")', ("1.", None), None),
        ('startswith(image.tag, "2")', ("1.", None), False),
        ('endswith(image.tag, "slim")', (None, "-slim"), True),
        ('endswith(image.tag, ("alpine", "slim"))', (None, "m"), None),
        ('endswith(image.tag, ("alpine", "slim"))', (None, "x"), False),
        ('"sl" in image.tag', (None, "-slim"), True),
        ('"sl" in image.tag', (None, "-s"), None),
        ('startswith(lower(image.tag), "ab")', ("AB", None), True),
    ],
)
def test_known_pieces_of_an_unknown_decide(text, pieces, answer):
    assert decide(text, image(tag=Unknown("${X}", pieces))) is answer


@pytest.mark.parametrize(
    "text",
    [
        'image.tag == "latest"',
        'image.tag in ("latest", "edge")',
        "image.tag",
        'matches(image.tag, "x")',
        'startswith(image.tag, "x")',
        'glob(image.tag, "*")',
        'resembles(image.tag, "x")',
        '"x" in image.tag',
        "image.tag in tables.t",
        'lower(image.tag) == "x"',
        "image.tag and len(image.tag) > 2",
        "number(image.tag) is not None and number(image.tag) < 3",
    ],
)
def test_absent_is_never_denied(text):
    function = function_of(text, "image", tables={"t"})
    assert function(image(tag=None), {}, {"t": frozenset({"x"})}) is False


@pytest.mark.parametrize(
    ("left", "right", "answer"),
    [
        ("build", "biuld", True),
        ("build", "buildr", True),
        ("build", "bild", True),
        ("build", "build", False),
        ("build", "deploy", False),
        ("db", "dc", True),
        ("web", "app", False),
        ("a" * 70, "a" * 69, False),
    ],
)
def test_resembles(left, right, answer):
    fact = image(tag=left, digest=right)
    assert decide("resembles(image.tag, image.digest)", fact) is answer


@pytest.mark.parametrize(
    ("pattern", "text", "answer"),
    [
        ("*.yml", "a.yml", True),
        ("*.yml", "b/a.yml", False),
        ("**/*.yml", "b/c/a.yml", True),
        ("**/*.yml", "a.yml", True),
        ("b/**", "b/c/a.yml", True),
        ("b/**/a.yml", "b/a.yml", True),
        ("a?c", "abc", True),
        ("a?c", "a/c", False),
        ("a.c", "abc", False),
        ("a+(b", "a+(b", True),
        ("ä", "ä", True),
        ("a*", "a\nb", True),
    ],
)
def test_glob(pattern, text, answer):
    assert decide(f"glob(image.tag, {pattern!r})", image(tag=text)) is answer


def test_texts_and_patterns_that_are_no_unicode():
    fact = image(tag="a\ud800b", digest="\ud800*")
    assert decide("matches(image.tag, '^a.b$')", fact) is True
    assert decide("glob(image.tag, image.digest)", fact) is None
    assert decide("glob(image.tag, image.digest)", image(tag="a", digest="*" * 9999)) is None


def test_maps_numbers_and_paths():
    fact = Resource(
        span=PLACE, path="r", mode="resource", type="aws_db_instance", name="x",
        attributes={"days": "0", "odd": "x", "u": U},
    )  # fmt: skip
    assert decide('number(attr(resource.attributes, "days")) == 0', fact) is True
    assert decide('number(attr(resource.attributes, "odd")) == 0', fact) is False
    assert decide('number(attr(resource.attributes, "u")) == 0', fact) is None
    assert decide('attr(resource.attributes, "none") is None', fact) is True
    assert decide('"days" in resource.attributes', fact) is True
    assert decide('any(startswith(k, "da") for k in resource.attributes)', fact) is True
    assert decide('basename(image.tag) == "b"', image(tag="/a/b")) is True
    assert decide('basename(image.tag) == "b"', image(tag=Unknown("$X/b", (None, "/b")))) is True


def test_options_and_tables():
    options = {"most": Type("integer"), "names": Type("list", item=Type("text"))}
    text = "len(container.ports) > options.most or container.user in options.names"
    function = function_of(text, options=options)
    assert function(container(user="a"), {"most": 0, "names": ["a"]}, {}) is True
    assert function(container(user="b"), {"most": 0, "names": ["a"]}, {}) is False
    function = function_of("container.user in tables.names", tables={"names"})
    assert function(container(user="b"), {}, {"names": {"b": 1}}) is True


def test_unknown_where_the_vocabulary_says_there_is_none():
    assert decide("len(container.ports) == 0", container(ports=U)) is None
    assert decide("any(p.target == 1 for p in container.ports)", container(ports=U)) is None
    assert (
        decide('count(p.protocol == "a" for p in container.ports) == 0', container(ports=U)) is None
    )
    assert decide('container.kind != "ecs"', Container(span=PLACE, path="", kind=U)) is None


@pytest.mark.parametrize(
    ("text", "offset", "message"),
    [
        ("container.usr", 0, "no field of container `usr`. Did you mean `user`?"),
        ("container.user and container.process.sginal", 19, "Did you mean `signal`?"),
        ("contaner.user", 0, "Did you mean `container`?"),
        ("mtches(container.user, 'x')", 0, "Did you mean `matches`?"),
        ("container.user > 'a'", 0, "may be absent: guard it with `container.user is not None"),
        ("container.user is None and container.user > 'a'", 27, "may be absent"),
        ("container.user or container.user > 'a'", 18, "may be absent"),
        ("len(container.user) > 3", 0, "may be absent"),
        ('container.kind == "composed"', 18, "Did you mean `compose`?"),
        ('container.kind in ("ecs", "esc")', 26, "Did you mean `ecs`?"),
        ("container.user == 3", 0, "is text and `3` is whole number: never the same"),
        ('container.privileged == "true"', 0, "never the same"),
        ('"x" in container.ports', 7, "holds facts"),
        ("3 in container.host_namespaces", 0, "never the same"),
        ("container.ports == 3", 0, "cannot be compared"),
        ("container.name is None", 0, "never absent"),
        ("container.user == None", 0, "`is None`"),
        ("container.user is 'x'", 18, "`is` goes with None only"),
        ("container.user.name", 0, "has no fields"),
        ("any(container.ports)", 0, "write `any(… for x in …)`"),
        ("any(p for p in container.user)", 15, "is no list"),
        ("any(p.x for p in container.ports)", 4, "no field of port `x`"),
        ("container.user in ()", 18, "empty list"),
        ("container.user in (container.name,)", 19, "constants only"),
        ("options.x", 0, "no option `x`"),
        ("container.user in tables.nope", 18, "no table `nope`"),
        ("(container.user == 'a') == True", 1, "this is a condition"),
        ("lower(container.user, 3)", 0, "write `lower(text)`"),
        ("lower(3) == 'a'", 6, "wants text here"),
        ("matches(container.user, container.name)", 24, "constant text"),
        ("matches(container.user, '(')", 24, "RE2 refuses this pattern"),
        ("matches(container.user, '(?=a)b')", 24, "RE2 refuses this pattern"),
        ("matches(container.user, '((a{1000}){1000}){1000}')", 24, "RE2 refuses this pattern"),
        ("'x'", 0, "same each time"),
        ("container.user == 'a' == container.name", 0, "in a chain"),
        ("", 0, "empty"),
        ("container.user ==", 17, "no expression"),
        ("ö.x or container.usr", 0, "there is no `ö`"),
        ("'ö' == container.user or container.usr", 25, "Did you mean `user`?"),
        ("container.user ==\n  'a' and\n  container.usr", 30, "Did you mean `user`?"),
    ],
)
def test_errors_have_a_place_and_a_hint(text, offset, message):
    error = error_of(text)
    assert message in error.message
    assert error.offset == offset


@pytest.mark.parametrize(
    "text",
    [
        "container.user is not None and container.user > 'a'",
        "container.user and container.user > 'a'",
        "container.user and len(container.user) > 3",
        "container.user is None or container.user > 'a'",
        "not container.user or container.user > 'a'",
        "not (container.user is None or container.restart is None) and container.user > 'a'",
        "container.user == 'x' or (container.user and container.user > 'a')",
        "(container.user == 'b' or container.user in ('c', 'd')) and container.user > 'a'",
        "startswith(container.user, 'x') and container.user > 'a'",
        "all(p.target > 3 for p in container.ports if p.target is not None)",
        "any(p.target is not None and p.target > 3 for p in container.ports)",
        "attr(container.labels, 'x') is not None and attr(container.labels, 'x') > 'a'",
        "container.process.grace_seconds and container.process.grace_seconds < 3",
        "container.process and container.process.stop_signal > 'a'",
        "container.user == 'x'  # why\n or container.user == 'y'",
    ],
)
def test_guards_are_understood(text):
    fact = container()
    assert decide(text, fact) in (True, False)
    assert decide(text, container(user=U, restart=U, labels={"x": U})) in (True, False, None)
