"""Firewall rules: who may reach which ports, in the three clouds' ways of saying so."""

from __future__ import annotations

from plumblint.facts import FirewallRule, Unknown
from plumblint.formats.terraform.value import (
    Value,
    items,
    member,
    number,
    scalar,
    scalar_or,
    select,
    shown,
    texts,
)
from plumblint.tables.terraform_resources import AWS_SOURCES, BLOCK_RULES, WORLD, WORLD_HALVES

_ALL_PORTS = (0, 65535)
_BLOCK_RULES: dict[str, list[tuple[str, str]]] = {}
for _type, _path, _direction in BLOCK_RULES:
    _BLOCK_RULES.setdefault(_type, []).append((_path, _direction))

Ports = tuple[int | Unknown | None, int | Unknown | None]


def read_rules(resource_type: str, address: str, body: Value) -> list[FirewallRule]:
    """The firewall rules of a resource."""
    found: list[FirewallRule] = []
    for path, direction in _BLOCK_RULES.get(resource_type, ()):
        rules = select(body, path) if path else [body]
        found += [_aws(rule, address, direction) for rule in rules]
    if resource_type == "google_compute_firewall":
        found += _google(body, address)
    elif resource_type == "azurerm_network_security_rule":
        found += _azure(body, address)
    elif resource_type == "azurerm_network_security_group":
        for rule in select(body, "security_rule"):
            found += _azure(rule, address)
    return _numbered(found, address)


def _numbered(rules: list[FirewallRule], address: str) -> list[FirewallRule]:
    """Give paths by number and keys by content."""
    seen: dict[str, int] = {}
    for index, rule in enumerate(rules):
        rule.path = address if len(rules) == 1 else f"{address}.{shown(rule.direction)}[{index}]"
        ports = f"{shown(rule.protocol)}/{shown(rule.from_port)}-{shown(rule.to_port)}"
        sources = ",".join(map(shown, rule.sources))
        key = f"{address}.{shown(rule.direction)} {ports} {sources}"
        seen[key] = seen.get(key, 0) + 1
        rule.key = key if seen[key] == 1 else f"{key}#{seen[key]}"
    return rules


def _aws(rule: Value, address: str, direction: str) -> FirewallRule:
    sources = [value for name in AWS_SOURCES for value in select(rule, name)]
    protocol_value = member(rule, "protocol") or member(rule, "ip_protocol")
    protocol = _protocol(scalar(protocol_value))
    low, high = member(rule, "from_port"), member(rule, "to_port")
    ports: Ports = (number(low), number(high))
    if protocol == "all":
        ports = _ALL_PORTS
    stated = direction or scalar_or(member(rule, "type"), "ingress")
    return _rule(rule, address, stated, protocol, ports, sources, (low, high, protocol_value))


def _google(body: Value, address: str) -> list[FirewallRule]:
    direction = scalar_or(member(body, "direction"), "INGRESS")
    if isinstance(direction, str):
        direction = direction.lower()
    ranges = "destination_ranges" if direction == "egress" else "source_ranges"
    sources = select(body, ranges)
    unlimited = not sources and not any(
        member(body, name) for name in ("source_tags", "source_service_accounts")
    )
    found: list[FirewallRule] = []
    for action in ("allow", "deny"):
        for entry in select(body, action):
            protocol_value = member(entry, "protocol")
            protocol = _protocol(scalar(protocol_value))
            ports = select(entry, "ports")
            pairs: list[tuple[Ports, Value | None]]
            pairs = [(_range(scalar(port)), port) for port in ports] or [(_ALL_PORTS, None)]
            for pair, port in pairs:
                place = (port, port, protocol_value)
                rule = _rule(entry, address, direction, protocol, pair, sources, place)
                rule.allow = action == "allow"
                if unlimited and direction == "ingress":
                    # Source: VPC firewall rules, Google Cloud: no source means 0.0.0.0/0.
                    rule.sources, rule.world = ("0.0.0.0/0",), True
                found.append(rule)
    return found


def _azure(body: Value, address: str) -> list[FirewallRule]:
    stated = scalar_or(member(body, "direction"), "Inbound")
    direction: str | Unknown = stated
    if isinstance(stated, str):
        direction = "egress" if stated.lower() == "outbound" else "ingress"
    side = "destination" if direction == "egress" else "source"
    sources = [
        *select(body, f"{side}_address_prefix"),
        *select(body, f"{side}_address_prefixes"),
    ]
    protocol_value = member(body, "protocol")
    protocol = _protocol(scalar(protocol_value))
    ports = [
        *items(member(body, "destination_port_range")),
        *items(member(body, "destination_port_ranges")),
    ]
    access = scalar_or(member(body, "access"), "Allow")
    found: list[FirewallRule] = []
    for port in ports:
        pair, places = _range(scalar(port)), (port, port, protocol_value)
        rule = _rule(body, address, direction, protocol, pair, sources, places)
        rule.allow = access.lower() == "allow" if isinstance(access, str) else access
        found.append(rule)
    return found


def _rule(
    place: Value,
    address: str,
    direction: str | Unknown,
    protocol: str | Unknown | None,
    ports: Ports,
    sources: list[Value],
    values: tuple[Value | None, Value | None, Value | None],
) -> FirewallRule:
    """A rule with its origins; the span is the range that admits everybody, else the block."""
    wide = [value for value in sources if _is_world(scalar(value))]
    rule = FirewallRule(
        span=wide[0].span if wide else place.span,
        path="",
        direction=direction,
        protocol=protocol,
        from_port=ports[0],
        to_port=ports[1],
        sources=texts(sources),
        world=_world(texts(sources)),
        resource=address,
    )
    for field, value in zip(("from_port", "to_port", "protocol"), values, strict=True):
        if value is not None:
            rule.trace(**{field: value.origin()})
    if sources:
        decisive = (wide or sources)[0].origin()
        rule.trace(sources=decisive, world=decisive)
    return rule


def _protocol(text: str | Unknown | None) -> str | Unknown | None:
    """In lower case; the clouds' words and numbers for every protocol become `all`."""
    if not isinstance(text, str):
        return text
    names = {"-1": "all", "*": "all", "": "all", "6": "tcp", "17": "udp", "1": "icmp"}
    return names.get(text, text.lower())


def _range(text: str | Unknown | None) -> Ports:
    """`22`, `8000-8080` or `*` as a pair."""
    if not isinstance(text, str):
        return (text, text)
    if text == "*":
        return _ALL_PORTS
    low, _, high = text.partition("-")
    if not low.strip().isdecimal() or not (high or low).strip().isdecimal():
        return (None, None)
    return int(low[:9]), int((high or low)[:9])


def _is_world(text: str | Unknown | None) -> bool:
    return isinstance(text, str) and text.lower() in WORLD


def _world(sources: tuple[str | Unknown, ...]) -> bool | Unknown:
    known = {source for source in sources if isinstance(source, str)}
    if any(map(_is_world, known)) or any(half <= known for half in WORLD_HALVES):
        return True
    return next((source for source in sources if isinstance(source, Unknown)), False)
