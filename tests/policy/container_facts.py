"""Small container facts for the tests of expressions."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from plumblint.facts import Container, Image, Port, Process, Unknown
from plumblint.policy.expression import Scope, compile_expression, load_function
from plumblint.source import Span

PLACE = Span("compose.yaml", 0, 1)

ATOMS = {
    'container.user == "root"': lambda c: c.user == "root",
    'container.user != "root"': lambda c: c.user != "root",
    "container.user is None": lambda c: c.user is None,
    "container.user is not None": lambda c: c.user is not None,
    "container.user": lambda c: bool(c.user),
    'container.user in ("root", "0")': lambda c: c.user in ("root", "0"),
    'container.user not in ("root", "0")': lambda c: c.user not in ("root", "0"),
    'startswith(container.user, "ro")': lambda c: (c.user or "").startswith("ro"),
    'startswith(container.user, ("ap", "ro"))': lambda c: (c.user or "").startswith(("ap", "ro")),
    'endswith(container.user, "t")': lambda c: (c.user or "").endswith("t"),
    'matches(container.user, "^ro+t$")': lambda c: c.user == "root",
    'glob(container.user, "r*")': lambda c: (c.user or "").startswith("r"),
    'lower(container.user) == "app"': lambda c: (c.user or "").lower() == "app",
    '"oo" in container.user': lambda c: "oo" in (c.user or ""),
    "container.user == container.restart": lambda c: c.user == c.restart,
    "container.privileged": lambda c: c.privileged,
    "container.privileged == False": lambda c: c.privileged is False,
    "container.user_is_root": lambda c: bool(c.user_is_root),
    "container.user_is_root == True": lambda c: c.user_is_root is True,
    '"pid" in container.host_namespaces': lambda c: "pid" in c.host_namespaces,
    "has(container.host_namespaces, container.user)": lambda c: c.user in c.host_namespaces,
    "container.host_namespaces": lambda c: bool(c.host_namespaces),
    "len(container.host_namespaces) >= 2": lambda c: len(c.host_namespaces) >= 2,
    "len(container.host_namespaces) == 0": lambda c: not c.host_namespaces,
    'attr(container.labels, "a") == "root"': lambda c: (c.labels or {}).get("a") == "root",
    '"a" in container.labels': lambda c: "a" in (c.labels or {}),
    'container.process.signal == "lost"': lambda c: bool(c.process) and c.process.signal == "lost",
    "container.process is None": lambda c: c.process is None,
    "any(p.target > 1000 for p in container.ports if p.target is not None)": lambda c: any(
        p.target > 1000 for p in c.ports if p.target is not None
    ),
    "all(p.target > 1000 for p in container.ports if p.target is not None)": lambda c: all(
        p.target > 1000 for p in c.ports if p.target is not None
    ),
    'any(p.published for p in container.ports if p.protocol == "tcp")': lambda c: any(
        p.published for p in c.ports if p.protocol == "tcp"
    ),
    'all(n == "pid" for n in container.host_namespaces)': lambda c: all(
        n == "pid" for n in c.host_namespaces
    ),
    'count(p.protocol == "tcp" for p in container.ports) >= 2': lambda c: (
        sum(p.protocol == "tcp" for p in c.ports) >= 2
    ),
    'count(p.protocol == "tcp" for p in container.ports) == 1': lambda c: (
        sum(p.protocol == "tcp" for p in c.ports) == 1
    ),
    'count(p.protocol == "tcp" for p in container.ports) < 2': lambda c: (
        sum(p.protocol == "tcp" for p in c.ports) < 2
    ),
    "any(p.target is not None and 0 < p.target < 99 for p in container.ports)": lambda c: any(
        p.target is not None and 0 < p.target < 99 for p in c.ports
    ),
    "any(any(n == p.published for n in container.host_namespaces) for p in container.ports)": (
        lambda c: any(any(n == p.published for n in c.host_namespaces) for p in c.ports)
    ),
}
"""Conditions, and what they say of a container without Unknown, in plain Python."""

TEXTS = ["", "root", "0", "ro", "app", "App", "pid", "boot"]
SIGNALS = ["delivered", "lost", "ignored", "killed"]


class Hidden(Unknown):
    """An Unknown that the test knows the value of."""

    __slots__ = ("answer",)

    def __init__(self, answer: Any, pieces: tuple[str | None, ...] = (None,)) -> None:
        super().__init__("${X}", pieces)
        self.answer = answer


@st.composite
def hidden_texts(draw: st.DrawFn, *, absent: bool) -> Hidden:
    """An Unknown text, perhaps with known pieces of its value."""
    text = draw(st.sampled_from(TEXTS))
    how = draw(
        st.sampled_from(["nothing", "start", "end", "both", "absent" if absent else "nothing"])
    )
    cut = draw(st.integers(0, len(text)))
    if how == "absent":
        return Hidden(None)
    if how == "start":
        return Hidden(text, (text[:cut], None))
    if how == "end":
        return Hidden(text, (None, text[cut:]))
    if how == "both":
        end = draw(st.integers(cut, len(text)))
        return Hidden(text, (text[:cut], None, text[end:]))
    return Hidden(text)


def maybe(values: list[Any], *, absent: bool = True) -> st.SearchStrategy[Any]:
    """One of the values, Unknown, or absent."""
    known = st.sampled_from([*values, None] if absent else values)
    if values is TEXTS:
        return known | hidden_texts(absent=absent)
    return known | st.builds(Hidden, st.sampled_from([*values, None] if absent else values))


PORTS = st.builds(
    lambda target, published, protocol: Port(
        span=PLACE, path="p", target=target, published=published, protocol=protocol
    ),
    maybe([0, 80, 8080]),
    maybe(TEXTS),
    maybe(["tcp", "udp"], absent=False),
)
PROCESSES = st.builds(lambda signal: Process(span=PLACE, path="p", signal=signal), maybe(SIGNALS))
FIELDS = {
    "user": maybe(TEXTS),
    "restart": maybe(TEXTS),
    "privileged": maybe([True, False], absent=False),
    "user_is_root": maybe([True, False]),
    "host_namespaces": st.lists(maybe(TEXTS, absent=False), max_size=3).map(tuple),
    "labels": st.none() | st.fixed_dictionaries({}, optional={"a": maybe(TEXTS)}),
    "ports": st.lists(PORTS, max_size=3).map(tuple),
    "process": st.none() | PROCESSES,
}
CONTAINERS = st.fixed_dictionaries(FIELDS).map(
    lambda fields: Container(span=PLACE, path="services.web", kind="compose", **fields)
)


def completed(value: Any) -> Any:
    """A fact with each Unknown replaced by what it turns out to be."""
    if isinstance(value, Hidden):
        return value.answer
    if isinstance(value, tuple):
        return tuple(completed(item) for item in value)
    if isinstance(value, dict):
        return {key: completed(item) for key, item in value.items()}
    if isinstance(value, Container | Port | Process):
        fields = {field: completed(getattr(value, field)) for field in type(value).FIELDS}
        return type(value)(**fields)
    return value


def function_of(text: str, kind: str = "container", **scope: Any) -> Any:
    """The compiled function of an expression."""
    return load_function(compile_expression(Scope(kind, **scope), text))


def decide(text: str, fact: Any, options: Any = None, tables: Any = None) -> bool | None:
    """What an expression says of a fact."""
    answer: bool | None = function_of(text, fact.KIND)(fact, options or {}, tables or {})
    return answer


def container(**fields):
    return Container(span=PLACE, path="services.web", kind="compose", **fields)


def image(**fields):
    return Image(span=PLACE, path="services.web.image", origin="compose", **{"text": "x", **fields})
