"""`volumes`, `tmpfs`, `secrets` and `use_api_socket`: what a service mounts."""

from __future__ import annotations

from typing import Literal, cast

from plumblint.facts import Mount, Origin, Unknown
from plumblint.formats.compose.images import image_of
from plumblint.formats.compose.scalars import boolean
from plumblint.formats.compose.service import Block
from plumblint.formats.compose.text import HOLE, Text
from plumblint.formats.compose.tree import Items, Table, Value

Kind = Literal["bind", "volume", "tmpfs", "npipe", "image", "cluster", "secret", "cache", "ssh"]
_KINDS = frozenset(("bind", "volume", "tmpfs", "npipe", "image", "cluster"))
_PROPAGATION = frozenset(("shared", "rshared", "slave", "rslave", "private", "rprivate"))
_MOST_FIELDS = 8
_SOCKET = "/var/run/docker.sock"


def read_mounts(block: Block) -> tuple[Mount, ...]:
    """What a service mounts; of two for one target the later."""
    found: dict[object, Mount] = {}
    value = block.table.get("volumes")
    for item in value.items if isinstance(value, Items) else ():
        mount = None
        if isinstance(item, Table):
            mount = _long(block, item, len(found))
        elif isinstance(item, Text) and not item.null:
            mount = _short(block, item, len(found))
        if mount is not None:
            found[mount.target if isinstance(mount.target, str) else mount] = mount
    for text in block.table.distinct("tmpfs"):
        mount = _mount(block, text, len(found), "tmpfs", "tmpfs")
        mount.target = text.split(":")[0].known
        found[mount] = mount
    socket = block.table.text("use_api_socket")
    if socket is not None and boolean(socket) is True:
        mount = _mount(block, socket, len(found), "bind", "use_api_socket")
        mount.source = mount.target = _SOCKET
        mount.trace(source=Origin(socket.span, socket.via))
        found[mount] = mount
    for text in block.table.texts("volumes_from"):
        mount = _mount(block, text, len(found), "volume", "volumes_from")
        mount.source = mount.target = Unknown(f"the volumes of {text.flat}")
        found[mount] = mount
    _secrets(block, found)
    return tuple(found.values())


def _mount(block: Block, text: Text, index: int, kind: Kind, what: str = "volumes") -> Mount:
    path = f"{block.path}.{what}"
    return Mount(span=text.span, path=f"{path}[{index}]", key=f"{path} {text.written}", kind=kind)


def _secrets(block: Block, found: dict[object, Mount]) -> None:
    value = block.table.get("secrets")
    for item in value.items if isinstance(value, Items) else ():
        name = item.text("source") if isinstance(item, Table) else item
        if not isinstance(name, Text) or name.null:
            continue
        mount = _mount(block, name, len(found), "secret", "secrets")
        mount.source = name.known
        target = item.text("target") if isinstance(item, Table) else None
        known = (target or name).known
        if isinstance(known, str) and not known.startswith("/"):
            known = f"/run/secrets/{known}"
        mount.target = known
        mount.read_only = True
        found[known if isinstance(known, str) else mount] = mount


def _short(block: Block, text: Text, index: int) -> Mount | None:
    fields = _fields(text)
    if len(fields) > 3 or any(not field.flat for field in fields):
        message = (
            f"docker compose refuses `{text.written[:60]}`: it expects `source:target:options`"
        )
        if not any(HOLE in field.flat for field in fields):
            block.reading.problem(text.span, message)
        return None
    if len(fields) == 1:
        mount = _mount(block, text, index, "volume")
        known = fields[0].known
        mount.target = known
        if isinstance(known, Unknown):  # the variable may bring the source too
            mount.source = known
            mount.read_only = known
        return mount
    source, target = fields[0], fields[1]
    mount = _mount(block, text, index, "bind" if _is_path(source.flat) else "volume")
    mount.source = source.known
    mount.target = _clean(target)
    options = fields[2].flat.split(",") if len(fields) == 3 else []
    mount.read_only = "ro" in options
    if HOLE in "".join(options) and not mount.read_only:
        mount.read_only = Unknown(fields[2].written)
    mount.propagation = next((option for option in options if option in _PROPAGATION), None)
    mount.trace(source=source.origin(), target=target.origin())
    if mount.kind == "volume":
        _driver(block, mount, source)
    return mount


def _fields(text: Text) -> list[Text]:
    """Source, target and options; the colon of a drive such as `C:` separates nothing."""
    flat = text.flat
    fields: list[Text] = []
    start = 0
    at = flat.find(":")
    while at >= 0 and len(fields) < _MOST_FIELDS:
        if not (at - start == 1 and flat[start].isalpha()):
            fields.append(text.cut(start, at))
            start = at + 1
        at = flat.find(":", at + 1)
    fields.append(text.cut(start, len(flat)))
    return fields


def _is_path(source: str) -> bool:
    if source[:1] in {".", "/", "~", "\\"} or source[1:2] == ":":
        return True
    return source[:1] == HOLE and (len(source) == 1 or "/" in source)


def _clean(target: Text) -> str | Unknown:
    known = target.known
    if isinstance(known, str) and len(known) > 1:
        return known.rstrip("/") or "/"
    return known


def _long(block: Block, table: Table, index: int) -> Mount | None:
    given = table.text("type")
    kind = given.string if given is not None else "volume"
    source, target = table.text("source"), table.text("target")
    place = source or target or given
    if kind not in _KINDS or place is None:
        return None
    mount = _mount(block, place, index, cast("Kind", kind))
    mount.key = f"{block.path}.volumes {source.written if source else ''}:{mount.kind}"
    if source is not None:
        mount.source = source.known
        mount.trace(source=source.origin())
    if target is not None:
        mount.target = _clean(target)
        mount.trace(target=target.origin())
    read_only = boolean(table.text("read_only"))
    mount.read_only = False if read_only is None else read_only
    bind = table.table("bind")
    propagation = bind.text("propagation") if bind is not None else None
    if propagation is not None:
        mount.propagation = propagation.known
    if kind == "image" and source is not None:
        mount.read_only = True
        block.reading.add(image_of(source, f"{block.path}.volumes.image", origin="compose"))
    if kind == "volume" and source is not None:
        _driver(block, mount, source)
    return mount


def _driver(block: Block, mount: Mount, name: Text) -> None:
    """A named volume that its `driver_opts` make a folder of the host."""
    volumes = block.project.model.table("volumes")
    volume = volumes.table(name.flat) if volumes is not None else None
    options = volume.table("driver_opts") if volume is not None else None
    device = options.text("device") if options is not None else None
    how = options.text("o") if options is not None else None
    if device is None or how is None or "bind" not in how.flat.split(","):
        return
    mount.kind = "bind"
    mount.source = device.known
    mount.trace(source=device.origin())


def named_volume(item: Value) -> Text | None:
    """The name of the volume that an entry mounts, None for another kind of mount."""
    if isinstance(item, Table):
        kind = item.text("type")
        return item.text("source") if kind is None or kind.string == "volume" else None
    if not isinstance(item, Text) or item.null:
        return None
    fields = _fields(item)
    if len(fields) not in {2, 3} or _is_path(fields[0].flat):
        return None
    return fields[0]
