"""Whether a credential opens a service whose port everybody can reach."""

from __future__ import annotations

import re

from plumblint.facts import Container, Port
from plumblint.project.secrets.test_paths import is_own_machine
from plumblint.tables.server_credentials import (
    CLIENT_WORDS,
    OWN_NAMES,
    OWN_WORDS,
    SERVER_PORTS,
)

_WORD = re.compile(r"[a-z0-9]+")


def is_exposed(container: Container, name: str) -> bool:
    """Whether the credential `name` of a compose service opens what it publishes.

    Not where its file says that it is for the developer's own machine.
    """
    if container.kind != "compose" or is_own_machine(container.span.path):
        return False
    published = [port for port in container.ports if _on_every_interface(port)]
    if not published:
        return False
    words = _WORD.findall(name.lower())
    ports = SERVER_PORTS.get(words[0]) if words else None
    if ports is not None:
        return any(isinstance(port.target, int) and port.target in ports for port in published)
    if not CLIENT_WORDS.isdisjoint(words):
        return False
    return name.lower() in OWN_NAMES or not OWN_WORDS.isdisjoint(words)


def _on_every_interface(port: Port) -> bool:
    if not isinstance(port.published, str):
        return False
    host = port.host_ip
    return host is None or (isinstance(host, str) and host in ("", "0.0.0.0", "::", "[::]"))
