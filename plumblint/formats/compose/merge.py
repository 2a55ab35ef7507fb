"""Laying one model over another: override files, further documents and `extends`.

The rules are those of the Compose specification ("Merge"): mappings are merged,
lists appended, single values replaced; `command`, `entrypoint` and
`healthcheck.test` are replaced whole; what can be written as a mapping or a list
is first made a list of pairs; `!reset` removes, `!override` replaces.
"""

from __future__ import annotations

from plumblint.formats.compose.text import Text
from plumblint.formats.compose.tree import OVERRIDE, RESET, Items, Table, Value

Path = tuple[str, ...]

_REPLACED: frozenset[Path] = frozenset(
    (
        ("services", "*", "command"),
        ("services", "*", "entrypoint"),
        ("services", "*", "healthcheck", "test"),
    )
)
_PAIRS: frozenset[Path] = frozenset(
    (
        ("networks", "*", "labels"),
        ("volumes", "*", "labels"),
        *(
            ("services", "*", *rest)
            for rest in (
                ("annotations",), ("build", "args"), ("build", "additional_contexts"),
                ("build", "extra_hosts"), ("build", "labels"), ("deploy", "labels"), ("dns",),
                ("dns_opt",), ("dns_search",), ("env_file",), ("label_file",), ("environment",),
                ("extra_hosts",), ("labels",), ("sysctls",), ("tmpfs",),
            )
        ),
    )
)  # fmt: skip
_NAMES: frozenset[Path] = frozenset(
    (("services", "*", "depends_on"), ("services", "*", "models"), ("services", "*", "networks"))
)
_BUILD = ("services", "*", "build")
_LOGGING = ("services", "*", "logging")


def merge(base: Value, over: Value, path: Path = ()) -> Value:
    """`base` with `over` laid over it; `path` is where both stand in the project."""
    if over.tag in {RESET, OVERRIDE} or base.tag == RESET:
        return over
    if path in _REPLACED:
        return over
    if isinstance(over, Text) and over.null and path not in _PAIRS:
        return base
    if path in _PAIRS:
        return Items([*_as_items(base), *_as_items(over)], over.span, over.via)
    if path in _NAMES:
        base, over = _as_names(base), _as_names(over)
    elif path == _BUILD:
        base, over = _as_build(base), _as_build(over)
    elif path == _LOGGING and _other_driver(base, over):
        return over
    if isinstance(base, Table) and isinstance(over, Table):
        return _merge_tables(base, over, path)
    if isinstance(base, Items) and isinstance(over, Items):
        return Items([*base.items, *over.items], base.span, base.via, base.tag)
    return over


def merge_tables(base: Table, over: Table, path: Path = ()) -> Table:
    """`merge` of two mappings."""
    merged = merge(base, over, path)
    return merged if isinstance(merged, Table) else over


def _merge_tables(base: Table, over: Table, path: Path) -> Table:
    entries = dict(base.entries)
    for name, (key, value) in over.entries.items():
        known = entries.get(name)
        if known is None:
            entries[name] = (key, value)
            continue
        inner = (*path, "*") if len(path) == 1 else (*path, name)
        entries[name] = (known[0], merge(known[1], value, inner))
    return Table(entries, base.span, base.via, base.tag)


def _as_items(value: Value) -> list[Value]:
    if isinstance(value, Items):
        return value.items
    return [] if isinstance(value, Text) and value.null else [value]


def _as_names(value: Value) -> Value:
    """A list of names as a mapping of them to nothing."""
    if not isinstance(value, Items):
        return value
    entries: dict[str, tuple[Text, Value]] = {}
    for item in value.items:
        if isinstance(item, Text):
            nothing = Text((), item.span, "", kind="null", via=item.via)
            entries[item.flat] = (item, nothing)
    return Table(entries, value.span, value.via)


def _as_build(value: Value) -> Value:
    if isinstance(value, Text) and not value.null:
        return Table({"context": (value, value)}, value.span, value.via)
    return value


def _other_driver(base: Value, over: Value) -> bool:
    if not isinstance(base, Table) or not isinstance(over, Table):
        return False
    one, other = base.text("driver"), over.text("driver")
    return one is not None and other is not None and one.flat != other.flat
