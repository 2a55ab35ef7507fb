"""Services: the facts of each service of a project."""

from __future__ import annotations

from plumblint.facts import Dependency, Map, Maybe, Service, Unknown
from plumblint.formats.compose.containers import read_container
from plumblint.formats.compose.images import image_of
from plumblint.formats.compose.processes import mixed
from plumblint.formats.compose.project import Project
from plumblint.formats.compose.service import Block
from plumblint.formats.compose.tree import Items, Table

_STARTED = "service_started"
_COMPLETED = "service_completed_successfully"


def blocks_of(project: Project, *, main: bool, base: set[str]) -> list[Block]:
    """The services that are mappings.

    Where the files are no folder's default project, a service without an image and a
    build is an overlay, and then so is each that `base`, the default project, has too.
    """
    blocks = [
        Block(project, name, key, value, overlay=name in project.partial)
        for name, key, value in project.services.items()
        if isinstance(value, Table)
    ]
    if main:
        return blocks
    incomplete = {block.name for block in blocks if not is_complete(block.table)}
    for block in blocks:
        if block.name in incomplete or (incomplete and block.name in base):
            block.overlay = True
    return blocks


def is_complete(table: Table) -> bool:
    """Whether a service says what it runs."""
    return "image" in table or "build" in table or "provider" in table


def read_services(blocks: list[Block]) -> None:
    """Add the facts of the services."""
    built = {
        text.string
        for block in blocks
        if block.built and (text := block.table.text("image")) is not None and text.string
    }
    awaited = {
        name
        for block in blocks
        for name, condition in (depends_on(block.table) or {}).items()
        if condition == _COMPLETED
    }
    for block in blocks:
        _service(block, one_shot=block.name in awaited)
        if "provider" not in block.table:
            read_container(block, built).one_shot = block.name in awaited
        _hook_images(block)


def depends_on(table: Table) -> Map[str]:
    """The condition of each service that is waited for."""
    value = table.get("depends_on")
    found: dict[str, str | Unknown | None] = {}
    if isinstance(value, Items):
        for text in table.texts("depends_on"):
            found[text.flat] = _STARTED
    elif isinstance(value, Table):
        for name, _, item in value.items():
            condition = item.text("condition") if isinstance(item, Table) else None
            found[name] = condition.known if condition is not None else _STARTED
    return found or None


def _service(block: Block, *, one_shot: bool) -> None:
    table = block.table
    image, name = table.text("image"), table.text("container_name")
    networks = table.get("networks")
    joined: list[str | Unknown] = [text.known for text in table.texts("networks")]
    if isinstance(networks, Table):
        joined = [network for network, _, _ in networks.items()]
    service = Service(
        span=block.key.span,
        path=block.path,
        key=block.path,
        name=block.name,
        project=block.project.folder,
        image=image.known if image is not None else None,
        builds=block.built,
        depends_on=depends_on(table),
        container_name=name.known if name is not None else None,
        networks=mixed(joined),
        profiles=mixed(text.known for text in table.distinct("profiles")),
        overlay=block.overlay,
        replicas=_replicas(table),
        one_shot=one_shot,
    )
    for field, key in (
        ("depends_on", "depends_on"),
        ("networks", "networks"),
        ("profiles", "profiles"),
    ):
        value = table.get(key)
        if value is not None:
            place = table.key(key)
            service.trace(**{field: place.origin() if place is not None else None})
    if name is not None:
        service.trace(container_name=name.origin())
    if image is not None:
        service.trace(image=image.origin())
    block.reading.add(service)
    _dependencies(block)


def _dependencies(block: Block) -> None:
    value = block.table.get("depends_on")
    texts = {text.flat: text for text in block.table.texts("depends_on")}
    for name, condition in (depends_on(block.table) or {}).items():
        key = value.key(name) if isinstance(value, Table) else texts.get(name)
        path = f"{block.path}.depends_on.{name}"
        dependency = Dependency(
            span=key.span if key is not None else block.key.span,
            path=path, key=path, service=block.name, target=name,
            condition=condition if condition is not None else _STARTED,
        )  # fmt: skip
        entry = value.table(name) if isinstance(value, Table) else None
        stated = entry.text("condition") if entry is not None else None
        if stated is not None:
            dependency.trace(condition=stated.origin())
        block.reading.add(dependency)


def _replicas(table: Table) -> Maybe[int]:
    deploy = table.table("deploy")
    text = table.text("scale") or (deploy.text("replicas") if deploy is not None else None)
    if text is None:
        return None
    known = text.known
    if isinstance(known, Unknown):
        return known
    return int(known) if known.isdecimal() and len(known) < 9 else None


def _hook_images(block: Block) -> None:
    value = block.table.get("pre_start")
    for index, item in enumerate(value.items if isinstance(value, Items) else ()):
        text = item.text("image") if isinstance(item, Table) else None
        if text is not None and text.flat.strip():
            path = f"{block.path}.pre_start[{index}].image"
            block.reading.add(image_of(text, path, origin="compose"))
