"""`ports` and `expose`, in their short and long forms."""

from __future__ import annotations

import re

from plumblint.facts import Maybe, Port, Sure, Unknown
from plumblint.formats.compose.service import Block
from plumblint.formats.compose.text import HOLE, Text
from plumblint.formats.compose.tree import Items, Table

_RANGE = re.compile(r"([0-9]{1,5})(?:-([0-9]{1,5}))?\Z")
_ADDRESS = re.compile(r"[0-9.]+\Z|[0-9a-fA-F:.%\w]*:[0-9a-fA-F:.%\w]*\Z")
_RANGE_LIMIT = 20
_HIGHEST = 65535
_MOST_PORTS = 2000
_SHOWN = 60


def read_ports(block: Block) -> tuple[Port, ...]:
    """The ports that a service publishes, then those that it only exposes."""
    found: list[Port] = []
    value = block.table.get("ports")
    for item in value.items if isinstance(value, Items) else ():
        if len(found) > _MOST_PORTS:
            break
        if isinstance(item, Table):
            found.append(_long(block, item, len(found)))
        elif isinstance(item, Text) and not item.null:
            found += _short(block, item, len(found))
    found = list({_identity(port): port for port in found}.values())
    published = {port.target for port in found if isinstance(port.target, int)}
    for text in block.table.texts("expose"):
        found += [
            port for port in _exposed(block, text, len(found)) if port.target not in published
        ]
    return tuple(found)


def _identity(port: Port) -> object:
    """What makes two entries one: all but their form."""
    address = "0.0.0.0" if port.host_ip is None else port.host_ip
    parts = (address, port.published, port.target, port.protocol)
    return port if any(isinstance(part, Unknown) for part in parts) else parts


def _port(block: Block, text: Text, index: int, what: str = "ports") -> Port:
    path = f"{block.path}.{what}"
    return Port(span=text.span, path=f"{path}[{index}]", key=f"{path} {text.written}", target=None)


def _long(block: Block, table: Table, index: int) -> Port:
    path = f"{block.path}.ports"
    target, published = table.text("target"), table.text("published")
    place = published or target
    port = Port(
        span=place.span if place else table.span,
        path=f"{path}[{index}]",
        key=f"{path} {published.flat if published else ''}:{target.flat if target else ''}",
        target=_number(target.known) if target else None,
    )
    if published is not None:
        port.published = published.known
        port.trace(published=published.origin())
    address, protocol = table.text("host_ip"), table.text("protocol")
    if address is not None:
        port.host_ip = address.known
        port.trace(host_ip=address.origin())
    if protocol is not None:
        port.protocol = protocol.known
    return port


def _number(text: Sure[str]) -> Maybe[int]:
    if isinstance(text, Unknown):
        return Unknown(text.text)
    return int(text) if text.isdecimal() and len(text) < 6 else None


def _short(block: Block, text: Text, index: int) -> list[Port]:
    protocol: Sure[str] = "tcp"
    flat = text.flat
    slash = flat.rfind("/")
    address = text
    if slash >= 0 and flat[slash + 1 :].strip(HOLE).isalpha():
        given = text.cut(slash + 1, len(flat)).known
        protocol = given.lower() if isinstance(given, str) else given
        address = text.cut(0, slash)
    elif HOLE in flat[flat.rfind(":") + 1 :]:
        protocol = Unknown(text.written)
    whole = address.flat
    colon = whole.rfind(":")
    target_text = address.cut(colon + 1, len(whole))
    host = address.cut(0, colon) if colon >= 0 else None
    if host is None and HOLE in whole:
        port = _port(block, text, index)
        port.target = port.published = port.host_ip = Unknown(text.written)
        port.protocol = protocol
        return [port]
    target = _RANGE.match(target_text.flat)
    if target is None and HOLE not in target_text.flat:
        message = (
            f"docker compose refuses `{text.written[:_SHOWN]}`: `{target_text.flat}` is no port"
        )
        block.reading.problem(text.span, message)
        return []
    if target is not None and int(target[2] or target[1]) > _HIGHEST:
        message = (
            f"docker compose refuses `{text.written[:_SHOWN]}`: the highest port is {_HIGHEST}"
        )
        block.reading.problem(text.span, message)
        return []
    published, host_ip = _host(block, text, host)
    if target is None:
        port = _port(block, text, index)
        port.target = Unknown(target_text.written)
        _fill(port, published, host_ip, protocol)
        return [port]
    return _each(block, text, index, target, (published, host_ip, protocol))


def _host(block: Block, text: Text, host: Text | None) -> tuple[Text | None, Text | None]:
    """What is published, and the address."""
    if host is None:
        return None, None
    flat = host.flat
    colon = flat.rfind(":")
    published = host.cut(colon + 1, len(flat))
    if colon < 0:
        # a variable alone may bring an address with it
        return published, (host if HOLE in flat else None)
    address = host.cut(0, colon)
    shown = address.flat.strip("[]")
    if HOLE not in shown and shown and not _ADDRESS.match(shown):
        message = f"docker compose refuses `{text.written[:_SHOWN]}`: `{shown}` is no IP address"
        block.reading.problem(text.span, message)
    if not published.flat:
        return None, address
    return published, address


def _fill(port: Port, published: Text | None, host_ip: Text | None, protocol: Sure[str]) -> None:
    port.protocol = protocol
    if published is not None:
        port.published = published.known
        port.trace(published=published.origin())
    if host_ip is not None and host_ip.flat:
        known = host_ip.known
        port.host_ip = known.strip("[]") if isinstance(known, str) else known
        port.trace(host_ip=host_ip.origin())


def _each(
    block: Block,
    text: Text,
    index: int,
    target: re.Match[str],
    rest: tuple[Text | None, Text | None, Sure[str]],
) -> list[Port]:
    """A port for each of a range."""
    published, host_ip, protocol = rest
    first, last = int(target[1]), int(target[2] or target[1])
    range_ = _RANGE.match(published.flat) if published is not None else None
    found: list[Port] = []
    for number in range(first, min(last, first + _RANGE_LIMIT) + 1):
        port = _port(block, text, index + len(found))
        port.key += f" {number}" if last > first else ""
        port.target = number
        _fill(port, published, host_ip, protocol)
        if last > first and range_ is not None and range_[2]:
            port.published = str(int(range_[1]) + number - first)
        found.append(port)
    return found


def _exposed(block: Block, text: Text, index: int) -> list[Port]:
    known = text.known
    port = _port(block, text, index, "expose")
    if isinstance(known, Unknown):
        port.target = known
        return [port]
    number, _, protocol = known.partition("/")
    match = _RANGE.match(number)
    if match is None:
        return []
    port.target = int(match[1])
    port.protocol = protocol.lower() or "tcp"
    return [port]
