"""Firewall rules: who may reach which ports, in the three clouds' ways of saying so."""

from __future__ import annotations

from typing import Any

from plumblint.facts import FirewallRule, Unknown
from plumblint.formats.terraform.value import (
    Value,
    first,
    flag,
    items,
    member,
    number,
    scalar,
    scalar_or,
    select,
    shown,
    texts,
)
from plumblint.tables.terraform_firewalls import (
    ADMITTING,
    ALL_PROTOCOLS,
    DATABASE_NETWORKS,
    DATABASE_RANGES,
    DIRECTIONS,
    PORTS_ABSENT_MEANS_ALL,
    RULE_SHAPES,
    SERVICES,
    WORLD,
    WORLD_HALVES,
    RuleShape,
)

_ALL_PORTS = (0, 65535)
_SHAPES: dict[str, list[RuleShape]] = {}
for _shape in RULE_SHAPES:
    _SHAPES.setdefault(_shape.resource, []).append(_shape)

Ports = tuple[int | Unknown | None, int | Unknown | None]


def read_rules(resource_type: str, address: str, body: Value) -> list[FirewallRule]:
    """The firewall rules of a resource."""
    found: list[FirewallRule] = []
    for shape in _SHAPES.get(resource_type, ()):
        for rule in select(body, shape.path) if shape.path else [body]:
            found += _shaped(rule, address, shape)
    if resource_type == "google_compute_firewall":
        found += _google(body, address)
    elif resource_type == "azurerm_network_security_rule":
        found += _azure(body, address)
    elif resource_type == "azurerm_network_security_group":
        for rule in select(body, "security_rule"):
            found += _azure(rule, address)
    for made in found:
        made.services = _services(made)
    found += _database_rules(resource_type, address, body)
    return _numbered(found, address)


def _database_rules(resource_type: str, address: str, body: Value) -> list[FirewallRule]:
    """Who may reach a managed database: its port is the database's own."""
    found: list[FirewallRule] = []
    nothing = (None, None, None)
    for kind, path in DATABASE_NETWORKS:
        sources = select(body, path) if kind == resource_type else []
        found += [
            _rule(source, address, "ingress", "tcp", (None, None), [source], nothing)
            for source in sources
        ]
    if resource_type in DATABASE_RANGES:
        low, high = member(body, "start_ip_address"), member(body, "end_ip_address")
        rule = _rule(body, address, "ingress", "tcp", (None, None), [], nothing)
        rule.sources = texts(value for value in (low, high) if value is not None)
        ends = (scalar(low), scalar(high))
        rule.world = ends == ("0.0.0.0", "255.255.255.255")
        for end in ends:
            if isinstance(end, Unknown):
                rule.world = Unknown(end.text)
        if high is not None:
            rule.trace(world=high.origin())
        found.append(rule)
    for rule in found:
        rule.services = ("database",)
    return found


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


def _shaped(rule: Value, address: str, shape: RuleShape) -> list[FirewallRule]:
    """The rules that one block or resource of a shape makes: one for each of its port ranges."""
    sources = [value for name in shape.sources for value in select(rule, name)]
    protocol_value = first(rule, shape.protocol)
    protocol = _protocol(scalar(protocol_value))
    direction: str | Unknown = shape.direction
    if shape.direction.startswith("="):
        stated = scalar_or(member(rule, shape.direction[1:]), "ingress")
        direction = stated
        if isinstance(stated, str):
            direction = DIRECTIONS.get(stated.lower(), stated.lower())
    pairs: list[tuple[Ports, Value | None, Value | None]] = []
    for port in select(rule, shape.ranges) if shape.ranges else ():
        pairs += [(ports, port, port) for ports in _ranges(scalar(port))]
    low, high = (first(rule, path) if path else None for path in (shape.low, shape.high))
    if low is not None or high is not None:
        pairs.append(((number(low), number(high)), low, high))
    if protocol == "all" and shape.resource.startswith("aws_"):
        pairs = [(_ALL_PORTS, low, high)]  # AWS then disregards the ports
    elif not pairs:
        all_ports = protocol == "all" or shape.resource in PORTS_ABSENT_MEANS_ALL
        pairs = [(_ALL_PORTS if all_ports else (None, None), None, None)]
    allow = _admits(member(rule, shape.action)) if shape.action else True
    found: list[FirewallRule] = []
    for ports, start, end in pairs:
        places = (start, end, protocol_value)
        made = _rule(rule, address, direction, protocol, ports, sources, places)
        made.allow = allow
        found.append(made)
    return found


def _admits(action: Value | None) -> bool | Unknown:
    stated = scalar_or(action, "allow")
    return stated.lower() in ADMITTING if isinstance(stated, str) else stated


def _services(rule: FirewallRule) -> tuple[Any, ...]:
    """The well-known services whose port a rule opens; Unknown items where it may open them."""
    if isinstance(rule.protocol, str) and rule.protocol not in ("tcp", "all"):
        return ()
    low, high = rule.from_port, rule.to_port
    for decisive in (rule.protocol, low, high):
        if isinstance(decisive, Unknown):
            return (Unknown(decisive.text),)
    if not isinstance(low, int) or not isinstance(high, int):
        return ()
    found = [
        word
        for name, kind, ports in SERVICES
        if any(low <= port <= high for port in ports)
        for word in (kind, name)
    ]
    return tuple(dict.fromkeys(found))


def _google(body: Value, address: str) -> list[FirewallRule]:
    if flag(member(body, "disabled")) is True:
        return []
    direction = scalar_or(member(body, "direction"), "INGRESS")
    if isinstance(direction, str):
        direction = direction.lower()
    ranges = "destination_ranges" if direction == "egress" else "source_ranges"
    sources = select(body, ranges)
    stated = member(body, ranges)  # a list that is empty is so by a default: callers fill it
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
                    rule.world = True if stated is None else Unknown(stated.source)
                    rule.sources = ("0.0.0.0/0",) if stated is None else texts([stated])
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
    allow = _admits(member(body, "access"))
    found: list[FirewallRule] = []
    for port in ports:
        pair, places = _range(scalar(port)), (port, port, protocol_value)
        rule = _rule(body, address, direction, protocol, pair, sources, places)
        rule.allow = allow
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
    return ALL_PROTOCOLS.get(text, text.lower()) if isinstance(text, str) else text


def _range(text: str | Unknown | None) -> Ports:
    """`22`, `8000-8080`, `22/22` or `*` as a pair."""
    if not isinstance(text, str):
        return (text, text)
    text = text.strip()
    if text.lower() in ("*", "all", "any", "-1/-1"):
        return _ALL_PORTS
    low, _, high = text.replace("/", "-").partition("-")
    if not low.strip().isdecimal() or not (high or low).strip().isdecimal():
        return (None, None)
    return int(low[:9]), int((high or low)[:9])


def _ranges(text: str | Unknown | None) -> list[Ports]:
    """`22, 80, 8000-8080` as pairs."""
    return [_range(part) for part in text.split(",")] if isinstance(text, str) else [_range(text)]


def _is_world(text: str | Unknown | None) -> bool:
    return isinstance(text, str) and text.lower() in WORLD


def _world(sources: tuple[str | Unknown, ...]) -> bool | Unknown:
    known = {source for source in sources if isinstance(source, str)}
    if any(map(_is_world, known)) or any(half <= known for half in WORLD_HALVES):
        return True
    undecided = (source.text for source in sources if isinstance(source, Unknown))
    return next(map(Unknown, undecided), False)
