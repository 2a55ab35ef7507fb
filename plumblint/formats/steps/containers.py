"""A job's `container:` and `services:`."""

from __future__ import annotations

import shlex
from typing import Literal

from plumblint.facts import Container, Image, Mount, Origin, Port, Variable
from plumblint.formats.steps.document import Node, Table, table, text_of
from plumblint.formats.steps.reading import Reading, Text, as_text
from plumblint.formats.steps.uses import read_image
from plumblint.formats.steps.variables import read_variables

Kind = Literal["job", "service"]
_OPTIONS_LIMIT = 20_000
"""Characters of `options:` that are looked at."""
_NAMESPACES = {
    "--network": "network",
    "--net": "network",
    "--pid": "pid",
    "--ipc": "ipc",
    "--uts": "uts",
    "--userns": "userns",
}


def read_container(
    reading: Reading, node: Node | None, kind: Kind, name: str, path: str, key: str
) -> Container | None:
    """The container of a job or one of its services; a string is its image."""
    block = table(reading.source, node)
    image_text = block.text("image") if block else text_of(reading.source, node)
    if image_text is None or not image_text.value.strip():
        return None
    image: Image = reading.add(
        read_image(
            reading,
            image_text,
            f"{path}.image" if block else path,
            f"{key}.image" if block else key,
            origin=kind,
        )
    )
    container = Container(span=image.span, path=path, key=key, kind=kind, name=name, image=image)
    reading.add(container)
    if block is not None:
        _fill(reading, container, block)
    return container


def _fill(reading: Reading, container: Container, block: Table) -> None:
    path, key = container.path, container.key
    variables, _ = read_variables(reading, block.table("env"), "env", path, key)
    container.env = tuple(variables)
    _credentials(reading, block.table("credentials"), path, key)
    container.ports = tuple(
        reading.add(_port(text, f"{path}.ports[{at}]", f"{key}.ports.{text.value}"))
        for at, text in enumerate(block.texts("ports"))
    )
    container.mounts = tuple(
        reading.add(_mount(text, f"{path}.volumes[{at}]", f"{key}.volumes.{text.value}"))
        for at, text in enumerate(block.texts("volumes"))
    )
    options = block.text("options")
    if options is not None:
        _options(container, options)


def _credentials(reading: Reading, block: Table | None, path: str, key: str) -> None:
    if block is None:
        return
    found: list[Variable]
    found, _ = read_variables(reading, block, "input", path, key)
    for variable in found:
        variable.path = f"{path}.credentials.{variable.name}"
        variable.key = f"{key}.credentials.{variable.name}"


def _port(text: Text, path: str, key: str) -> Port:
    port = Port(span=text.span, path=path, key=key)
    value = as_text(text)
    if not isinstance(value, str):
        port.target = port.published = None
        return port
    address, _, protocol = value.partition("/")
    *host, target = address.split(":")
    port.protocol = protocol or "tcp"
    port.target = int(target) if target.isdecimal() and len(target) < 6 else None
    port.published = host[-1] if host else None
    port.host_ip = ":".join(host[:-1]) or None
    return port


def _mount(text: Text, path: str, key: str) -> Mount:
    source, _, rest = text.value.partition(":")
    target, _, mode = rest.partition(":")
    if not rest:
        source, target = "", source
    return Mount(
        span=text.span,
        path=path,
        key=key,
        kind="bind" if source.startswith(("/", ".", "~", "$")) else "volume",
        source=source or None,
        target=target,
        read_only="ro" in mode.split(","),
    )


def _options(container: Container, text: Text) -> None:
    """The options of `docker create` that other formats have fields for."""
    words = _words(text.value[:_OPTIONS_LIMIT])
    for at, word in enumerate(words):
        name, _, value = word.partition("=")
        value = value or (words[at + 1] if at + 1 < len(words) else "")
        if name == "--privileged" and word != "--privileged=false":
            container.privileged = True
            start = text.value.find("--privileged")
            container.trace(privileged=Origin(text.place(start, start + len("--privileged"))))
        elif name in ("--user", "-u"):
            container.user = value
            container.user_is_root = value.partition(":")[0] in ("0", "root")
        elif name == "--read-only":
            container.read_only = True
        elif name == "--cap-add":
            container.added_capabilities += (value.upper().removeprefix("CAP_"),)
        elif name == "--cap-drop":
            container.dropped_capabilities += (value.upper().removeprefix("CAP_"),)
        elif name == "--security-opt":
            container.security_options += (value,)
        elif name in _NAMESPACES and value == "host":
            container.host_namespaces += (_NAMESPACES[name],)


def _words(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:
        return text.split()
