"""What every fact is made of: a place, a path for people, a key, origins.

A fact is a plain object with slots.  Its class body lists the fields with
their types and a docstring each; the policy language, `plumblint facts` and
the facts reference read these, so a field without a docstring is a gap.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar, Literal, TypeAlias, TypeVar, dataclass_transform

from plumblint.source import Span

T = TypeVar("T")


class Unknown:
    """A value that the files do not decide; `text` is how the source puts it.

    `pieces` are the known parts in order, None standing for each undecided
    one: `${REGISTRY}/app:1` has the pieces `(None, "/app:1")`.
    """

    __slots__ = ("pieces", "text")

    def __init__(self, text: str, pieces: tuple[str | None, ...] = (None,)) -> None:
        self.text = text
        self.pieces = pieces

    def __repr__(self) -> str:
        return f"Unknown({self.text!r})"

    def __bool__(self) -> bool:
        raise TypeError(f"neither true nor false: {self!r}")


Maybe: TypeAlias = T | Unknown | None
"""Known, Unknown, or absent (None)."""
Sure: TypeAlias = T | Unknown
"""Known or Unknown, never absent."""
Many: TypeAlias = tuple[T, ...]
"""Any number of them, in source order."""
Map: TypeAlias = dict[str, T | Unknown | None] | None
"""By name; None for no names at all."""


class Related:
    """A further place that a finding points to, with what it is there."""

    __slots__ = ("label", "span")

    def __init__(self, span: Span, label: str) -> None:
        self.span = span
        self.label = label


class Origin:
    """Where a field's value was decided.

    `span` is the place a person would edit; `via` the places the value came
    by (a use of the ARG, a merge key, the parent stage, an including file);
    `literal` whether the text at `span` *is* the value, so that a fix may
    replace it.
    """

    __slots__ = ("literal", "span", "via")

    def __init__(self, span: Span, via: tuple[Related, ...] = (), *, literal: bool = False) -> None:
        self.span = span
        self.via = via
        self.literal = literal


_WORD_START = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass_transform(kw_only_default=True)
class FactType(type):
    """Turns a class body of annotated fields into slots with defaults."""

    def __new__(mcs, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> FactType:
        """Make the class."""
        fields = tuple(
            field
            for field, kind in body.get("__annotations__", {}).items()
            if "ClassVar" not in kind
        )
        defaults = {field: body.pop(field, None) for field in fields}
        body["__slots__"] = fields
        made = super().__new__(mcs, name, bases, body)
        inherited: tuple[str, ...] = getattr(made, "FIELDS", ())
        made.FIELDS = inherited + fields  # type: ignore[attr-defined]
        made.DEFAULTS = {**getattr(made, "DEFAULTS", {}), **defaults}  # type: ignore[attr-defined]
        made.KIND = _WORD_START.sub("_", name).lower()  # type: ignore[attr-defined]
        return made


class Fact(metaclass=FactType):
    """Something that holds in the repo, with its place."""

    KIND: ClassVar[str]
    FIELDS: ClassVar[tuple[str, ...]]
    DEFAULTS: ClassVar[dict[str, Any]]

    span: Span
    """The smallest place that shows the fact."""
    path: str
    """The way to it for people: `jobs.deploy.steps[3]`, `stage build`."""
    key: str = ""
    """As `path`, but stable when others are inserted: ids, names, normalised content."""
    origins: tuple[Origin | None, ...] = ()
    """By field index; read with `origin_of`, written with `trace`."""

    def __init__(self, **values: Any) -> None:
        cls = type(self)
        for field, default in cls.DEFAULTS.items():
            setattr(self, field, values.pop(field, default))
        if values:
            raise TypeError(f"{cls.__name__} has no field {', '.join(values)}")

    def trace(self, **origins: Origin | None) -> None:
        """Say where fields come from: `image.trace(tag=Origin(span))`."""
        fields = type(self).FIELDS
        known = list(self.origins) or [None] * len(fields)
        for field, origin in origins.items():
            known[fields.index(field)] = origin
        self.origins = tuple(known)

    def origin_of(self, field: str) -> Origin | None:
        """Where `field` was decided, None where nothing more exact than `span` is known."""
        return self.origins[type(self).FIELDS.index(field)] if self.origins else None

    def __repr__(self) -> str:
        return f"<{self.KIND} {self.path}>"


Severity: TypeAlias = Literal["error", "warning", "note"]
