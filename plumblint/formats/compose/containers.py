"""Containers: what runs for a service."""

from __future__ import annotations

from typing import Any

from plumblint.facts import Container, Healthcheck, Image, Maybe, Origin, Unknown
from plumblint.formats.compose.builds import read_build
from plumblint.formats.compose.images import image_of
from plumblint.formats.compose.mounts import read_mounts
from plumblint.formats.compose.ports import read_ports
from plumblint.formats.compose.processes import mixed, read_process
from plumblint.formats.compose.scalars import boolean
from plumblint.formats.compose.scripts import read_healthcheck, read_scripts
from plumblint.formats.compose.service import Block
from plumblint.formats.compose.text import Text
from plumblint.formats.compose.variables import read_environment
from plumblint.tables import known_bases

_NAMESPACES = (
    ("network_mode", "network"),
    ("pid", "pid"),
    ("ipc", "ipc"),
    ("uts", "uts"),
    ("userns_mode", "userns"),
    ("cgroup", "cgroup"),
)
_DECIDED_BELOW = Unknown("what the files below this overlay say")
_LEFT_TO_BASE = (
    ("user", "user"),
    ("user_is_root", "user"),
    ("read_only", "read_only"),
    ("privileged", "privileged"),
    ("restart", "restart"),
    ("logging_driver", "logging"),
)
"""Fields of an overlay's container, and the key that states each."""


def read_container(block: Block, built_names: set[str]) -> Container:
    """The container of a service; it and what belongs to it are added to the facts."""
    reading, table, path = block.reading, block.table, block.path
    container = Container(span=block.key.span, path=path, key=path, kind="compose", name=block.name)
    container.image = _image(block, built_names)
    known = None
    if container.image is not None and not block.built:
        known = known_bases.find(container.image)
        if known is not None:
            container.base = known_bases.fact(known, container.image, container.image.span, path)
    shell = container.base.shell if container.base is not None else None
    read_build(block, container)
    _rights(block, container)
    container.mounts = read_mounts(block)
    container.env = read_environment(block)
    container.ports = read_ports(block)
    container.healthcheck = read_healthcheck(block, shell)
    _limits(block, container)
    container.labels = {
        key.flat: value.known if value is not None else None for key, value in table.pairs("labels")
    } or None
    workdir = table.text("working_dir")
    if workdir is not None:
        container.workdir = workdir.known
        container.trace(workdir=workdir.origin())
    container.profiles = mixed(text.known for text in table.distinct("profiles"))
    container.process = read_process(block, known, shell)
    _user(block, container, known)
    for facts in (container.mounts, container.env, container.ports):
        for fact in facts:
            reading.add(fact)
    reading.add(container)
    if container.process is not None:
        reading.add(container.process)
    read_scripts(block, shell)
    if block.overlay:
        _leave_to_base(block, container)
    return container


def _image(block: Block, built_names: set[str]) -> Image | None:
    text = block.table.text("image")
    if text is None or not text.flat.strip():
        return None
    image = image_of(text, f"{block.path}.image", origin="compose")
    image.built_here = block.built or (isinstance(image.text, str) and image.text in built_names)
    return block.reading.add(image)


def _flag(block: Block, name: str, container: Container) -> None:
    text = block.table.text(name)
    decided = boolean(text)
    if text is not None and decided is not None:
        setattr(container, name, decided)
        container.trace(**{name: text.origin()})


def _rights(block: Block, container: Container) -> None:
    table = block.table
    _flag(block, "privileged", container)
    _flag(block, "read_only", container)
    for name, field in (
        ("cap_add", "added_capabilities"),
        ("cap_drop", "dropped_capabilities"),
        ("security_opt", "security_options"),
    ):
        value = table.get(name)
        if value is None:
            continue
        given = table.texts(name) if name == "security_opt" else table.distinct(name)
        texts = [text.known for text in given]
        if name != "security_opt":
            texts = [
                text if isinstance(text, Unknown) else text.upper().removeprefix("CAP_")
                for text in texts
            ]
        setattr(container, field, mixed(texts))
        container.trace(**{field: Origin(value.span, value.via)})
    shared: list[str | Unknown] = []
    for name, namespace in _NAMESPACES:
        text = table.text(name)
        if text is None:
            continue
        known = text.known
        if isinstance(known, Unknown):
            shared.append(known)
        elif known == "host":
            if container.origin_of("host_namespaces") is None:
                container.trace(host_namespaces=text.origin())
            shared.append(namespace)
    container.host_namespaces = mixed(shared)


def _user(block: Block, container: Container, known: known_bases.KnownBase | None) -> None:
    text = block.table.text("user")
    if text is not None and text.flat:
        container.user = text.known
        container.user_is_root = known_bases.user_is_root(container.user)
        container.trace(user=text.origin(), user_is_root=text.origin())
        return
    if block.built:
        container.user_is_root = Unknown("the user of its Dockerfile")
        return
    image = container.image
    if image is None:
        container.user_is_root = Unknown("the user of its image")
        return
    shown = image.text.text if isinstance(image.text, Unknown) else image.text
    if known is None:
        container.user_is_root = Unknown(f"the user of {shown}")
    elif known.steps_down is not None:
        container.user_is_root = _steps_down(container, known, shown)
    elif known.user is None:
        container.user_is_root = Unknown(f"the user of {known.row[0]}")
    else:
        container.user_is_root = known_bases.user_is_root(known.user)
    container.trace(user_is_root=Origin(image.span))


def _steps_down(container: Container, known: known_bases.KnownBase, shown: str) -> Maybe[bool]:
    """An image's ENTRYPOINT steps down for its own server, not for any other program."""
    process = container.process
    if process is None or (process.entrypoint_form is None and not process.command):
        return known_bases.user_is_root(known.steps_down)
    first = process.command[0] if process.command else None
    server = known.row[0].rsplit("/", 1)[-1]
    own = isinstance(first, str) and (first.startswith("-") or server in first)
    if process.entrypoint_form is None and own:
        return known_bases.user_is_root(known.steps_down)
    return Unknown(f"the user that {shown} starts this command as")


def _limits(block: Block, container: Container) -> None:
    table = block.table
    deploy = table.table("deploy")
    resources = deploy.table("resources") if deploy is not None else None
    limits = resources.table("limits") if resources is not None else None
    found: dict[str, str | Unknown | None] = {}
    for name, key in (("memory", "mem_limit"), ("cpus", "cpus"), ("pids", "pids_limit")):
        text = table.text(key) or (limits.text(name) if limits is not None else None)
        if text is not None:
            found[name] = text.known
    container.limits = found or None
    policy = deploy.table("restart_policy") if deploy is not None else None
    restart = table.text("restart") or (policy.text("condition") if policy is not None else None)
    if restart is not None:
        container.restart = restart.known
        container.trace(restart=restart.origin())
    logging = table.table("logging")
    driver: Text | None = logging.text("driver") if logging is not None else None
    if driver is not None:
        container.logging_driver = driver.known
        container.trace(logging_driver=driver.origin())
    if logging is not None:
        container.logging_options = {
            key.flat: value.known if value is not None else None
            for key, value in logging.pairs("options")
        } or None


def _leave_to_base(block: Block, container: Container) -> None:
    unknown: Any = _DECIDED_BELOW
    for field, key in _LEFT_TO_BASE:
        if not block.table.has(key):
            setattr(container, field, unknown)
    if container.healthcheck is None:
        path = f"{block.path}.healthcheck"
        container.healthcheck = Healthcheck(
            span=block.key.span, path=path, key=path, disabled=unknown, test=unknown
        )
    if container.limits is None:
        container.limits = dict.fromkeys(("memory", "cpus", "pids"), unknown)
    container.host_namespaces = tuple(
        name for name in container.host_namespaces if isinstance(name, str)
    )
    for field in ("security_options", "dropped_capabilities"):
        setattr(container, field, (*getattr(container, field), unknown))
    if container.logging_options is None:
        container.logging_options = {"max-size": unknown}
