"""The types of facts' fields, read from the annotations of the fact classes.

The annotations are strings (`Maybe[str]`, `Many[Mount]`, `Container | None`);
they are parsed with `ast`, so neither `typing` nor evaluation is needed.
"""

from __future__ import annotations

import ast
from functools import cache
from itertools import pairwise
from typing import Any, Literal

from plumblint.facts import KINDS, Fact, Unknown

TypeKind = Literal[
    "text", "integer", "number", "flag", "fact", "list", "map", "table", "nothing", "hidden"
]
"""`table` is a row of `plumblint.tables`; `nothing` the constant None; `hidden` what
policies cannot reach (spans, origins)."""


class Type:
    """The type of a field or expression."""

    __slots__ = ("choices", "fact", "item", "kind", "optional")

    def __init__(
        self,
        kind: TypeKind,
        *,
        optional: bool = False,
        item: Type | None = None,
        fact: str = "",
        choices: tuple[str, ...] = (),
    ) -> None:
        self.kind = kind
        self.optional = optional
        """Whether the value may be absent (None)."""
        self.item = item
        """Of a list its items, of a map its values."""
        self.fact = fact
        """Of a fact its kind."""
        self.choices = choices
        """The only texts there are; empty for any."""

    def present(self) -> Type:
        """The same, never absent."""
        if not self.optional:
            return self
        return Type(self.kind, item=self.item, fact=self.fact, choices=self.choices)

    def absent(self) -> Type:
        """The same, perhaps absent."""
        if self.optional:
            return self
        return Type(self.kind, optional=True, item=self.item, fact=self.fact, choices=self.choices)

    def __str__(self) -> str:
        name = _NAMES.get(self.kind, self.kind)
        if self.kind == "fact":
            name = self.fact
        elif self.choices:
            name = " | ".join(f'"{choice}"' for choice in self.choices)
        elif self.kind == "list":
            name = f"list of {self.item}"
        elif self.kind == "map":
            name = f"map to {self.item.present() if self.item else 'text'}"
        return f"{name}, may be absent" if self.optional else name


_NAMES = {"flag": "true/false", "integer": "whole number"}
_SIMPLE: dict[str, TypeKind] = {"str": "text", "int": "integer", "float": "number", "bool": "flag"}


@cache
def field_types(kind: str) -> dict[str, Type]:
    """The types of the fields of a kind of fact, by name, in order."""
    types: dict[str, Type] = {}
    for cls in reversed(KINDS[kind].__mro__):
        for field, annotation in vars(cls).get("__annotations__", {}).items():
            if field in KINDS[kind].FIELDS:
                types[field] = parse_type(annotation)
    return types


@cache
def parse_type(annotation: str) -> Type:
    """The type that an annotation says."""
    return _type(ast.parse(annotation, mode="eval").body)


def _type(node: ast.expr) -> Type:
    match node:
        case ast.Name(id=name) if name in _SIMPLE:
            return Type(_SIMPLE[name])
        case ast.Name(id=name):
            fact = _kind_of_class().get(name)
            return Type("fact", fact=fact) if fact else Type("hidden")
        case ast.BinOp(left=left, op=ast.BitOr(), right=ast.Constant(value=None)):
            return _type(left).absent()
        case ast.Subscript(value=ast.Name(id="Maybe"), slice=inner):
            return _type(inner).absent()
        case ast.Subscript(value=ast.Name(id="Sure"), slice=inner):
            return _type(inner)
        case ast.Subscript(value=ast.Name(id="Many"), slice=inner):
            return Type("list", item=_type(inner))
        case ast.Subscript(value=ast.Name(id="Map"), slice=inner):
            item = _type(inner)
            if item.kind == "hidden":
                return item
            return Type("map", optional=True, item=item.absent())
        case ast.Subscript(value=ast.Name(id="Literal"), slice=inner):
            nodes = inner.elts if isinstance(inner, ast.Tuple) else [inner]
            choices = tuple(str(n.value) for n in nodes if isinstance(n, ast.Constant))
            return Type("text", choices=choices)
    return Type("hidden")


@cache
def _kind_of_class() -> dict[str, str]:
    return {cls.__name__: kind for kind, cls in KINDS.items()}


def field_docs(kind: str) -> dict[str, str]:
    """The docstrings of the fields of a kind of fact, by name; "" is the fact's own."""
    import sys
    from inspect import cleandoc, getsource

    docs: dict[str, str] = {}
    for cls in reversed(KINDS[kind].__mro__[:-1]):
        tree = ast.parse(getsource(sys.modules[cls.__module__]))
        body = next(
            n.body for n in tree.body if isinstance(n, ast.ClassDef) and n.name == cls.__name__
        )
        docs[""] = cleandoc(cls.__doc__ or "")
        for field, text in pairwise(body):
            match field, text:
                case (
                    ast.AnnAssign(target=ast.Name(id=name)),
                    ast.Expr(value=ast.Constant(value=str(doc))),
                ):
                    docs[name] = cleandoc(doc)
    return docs


def misfits(fact: Fact) -> list[str]:
    """The fields of a fact whose values are not of the declared type: a reader's mistake."""
    return [
        f"{fact.KIND}.{field}: {getattr(fact, field)!r} is not {kind}"
        for field, kind in field_types(fact.KIND).items()
        if not _fits(getattr(fact, field), kind)
    ]


_PYTHON: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "integer": (int,),
    "number": (int, float),
    "flag": (bool,),
}


def _fits(value: Any, kind: Type) -> bool:
    if kind.kind == "hidden":
        return True
    if value is None:
        return kind.optional
    if isinstance(value, Unknown):
        return kind.kind not in ("list", "map")
    item = kind.item
    if kind.kind == "list":
        return isinstance(value, tuple) and item is not None and all(_fits(v, item) for v in value)
    if kind.kind == "map":
        return (
            isinstance(value, dict)
            and item is not None
            and all(isinstance(k, str) and _fits(v, item) for k, v in value.items())
        )
    if kind.kind == "fact":
        return isinstance(value, Fact) and kind.fact == value.KIND
    if kind.choices and value not in kind.choices:
        return False
    if isinstance(value, bool) and kind.kind != "flag":
        return False
    return isinstance(value, _PYTHON[kind.kind])
