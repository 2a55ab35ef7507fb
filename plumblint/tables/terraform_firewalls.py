"""Firewalls in Terraform: where resources say who may reach which port, and what the ports are.

Source of each row of RULE_SHAPES: the argument reference of that resource in
the provider's documentation on registry.terraform.io.  Paths are dotted names
of blocks and arguments, relative to the rule.
"""

from __future__ import annotations


class RuleShape:
    """How a kind of resource writes a firewall rule."""

    __slots__ = (
        "action", "direction", "high", "low", "path", "protocol", "ranges", "resource", "sources",
    )  # fmt: skip

    def __init__(self, resource: str, **arguments: str) -> None:
        self.resource = resource
        self.path = arguments.get("path", "")
        """Where the rules stand in the resource; empty where the resource is the rule."""
        self.direction = arguments.get("direction", "ingress")
        """`ingress`, `egress`, or `=` and the argument that says it."""
        self.protocol = arguments.get("protocol", "protocol")
        self.low = arguments.get("low", "")
        self.high = arguments.get("high", "")
        """First and last port, …"""
        self.ranges = arguments.get("ranges", "")
        """… or a text or list of ports and ranges."""
        self.sources = tuple(arguments.get("sources", "").split())
        self.action = arguments.get("action", "")
        """The argument that says whether it admits."""


_AWS = {"low": "from_port", "high": "to_port"}
_AWS_LISTS = {**_AWS, "sources": "cidr_blocks ipv6_cidr_blocks"}
_AWS_ONE = {**_AWS, "protocol": "ip_protocol", "sources": "cidr_ipv4 cidr_ipv6"}
_GOOGLE_POLICY = {
    "direction": "=direction", "protocol": "match.layer4_configs.ip_protocol",
    "ranges": "match.layer4_configs.ports", "sources": "match.src_ip_ranges", "action": "action",
}  # fmt: skip
_OCI = {
    "low": "tcp_options.min", "high": "tcp_options.max", "sources": "source",
}  # fmt: skip
_OCI_RANGE = "tcp_options.destination_port_range"

RULE_SHAPES: tuple[RuleShape, ...] = (
    RuleShape("aws_security_group", path="ingress", **_AWS_LISTS),
    RuleShape("aws_security_group", path="egress", direction="egress", **_AWS_LISTS),
    RuleShape("aws_default_security_group", path="ingress", **_AWS_LISTS),
    RuleShape("aws_default_security_group", path="egress", direction="egress", **_AWS_LISTS),
    RuleShape("aws_security_group_rule", direction="=type", **_AWS_LISTS),
    RuleShape("aws_vpc_security_group_ingress_rule", **_AWS_ONE),
    RuleShape("aws_vpc_security_group_egress_rule", direction="egress", **_AWS_ONE),
    RuleShape("aws_lightsail_instance_public_ports", path="port_info", low="from_port",
              high="to_port", sources="cidrs ipv6_cidrs"),
    RuleShape("google_compute_firewall_policy_rule", **_GOOGLE_POLICY),
    RuleShape("google_compute_network_firewall_policy_rule", **_GOOGLE_POLICY),
    RuleShape("google_compute_region_network_firewall_policy_rule", **_GOOGLE_POLICY),
    RuleShape("alicloud_security_group_rule", direction="=type", protocol="ip_protocol",
              ranges="port_range", sources="cidr_ip ipv6_cidr_ip", action="policy"),
    RuleShape("digitalocean_firewall", path="inbound_rule", ranges="port_range",
              sources="source_addresses"),
    RuleShape("exoscale_security_group_rule", direction="=type", low="start_port",
              high="end_port", sources="cidr"),
    RuleShape("hcloud_firewall", path="rule", direction="=direction", ranges="port",
              sources="source_ips"),
    RuleShape("linode_firewall", path="inbound", ranges="ports", sources="ipv4 ipv6",
              action="action"),
    RuleShape("oci_core_security_list", path="ingress_security_rules", **_OCI),
    RuleShape("oci_core_network_security_group_security_rule", direction="=direction",
              low=f"{_OCI_RANGE}.min", high=f"{_OCI_RANGE}.max", sources="source"),
    RuleShape("openstack_networking_secgroup_rule_v2", direction="=direction",
              low="port_range_min", high="port_range_max", sources="remote_ip_prefix"),
    RuleShape("openstack_compute_secgroup_v2", path="rule", protocol="ip_protocol",
              low="from_port", high="to_port", sources="cidr"),
    RuleShape("scaleway_instance_security_group", path="inbound_rule", ranges="port",
              sources="ip_range", action="action"),
    RuleShape("yandex_vpc_security_group", path="ingress", low="from_port", high="to_port",
              ranges="port", sources="v4_cidr_blocks v6_cidr_blocks"),
)  # fmt: skip
"""Firewall rules that are written alike; Google's and Azure's own stand in formats/terraform."""

DATABASE_NETWORKS: tuple[tuple[str, str], ...] = (
    ("google_sql_database_instance", "settings.ip_configuration.authorized_networks.value"),
    ("digitalocean_database_firewall", "rule.value"),
    ("alicloud_db_instance", "security_ips"),
    ("aiven_pg", "pg_user_config.ip_filter"),
    ("aiven_mysql", "mysql_user_config.ip_filter"),
    ("mongodbatlas_project_ip_access_list", "cidr_block"),
    ("scaleway_rdb_acl", "acl_rules.ip"),
)
"""Managed databases that list the address ranges which may reach them: resource type, path."""

DATABASE_RANGES = frozenset(
    {"azurerm_mssql_firewall_rule", "azurerm_sql_firewall_rule", "azurerm_mysql_firewall_rule",
     "azurerm_postgresql_firewall_rule", "azurerm_mariadb_firewall_rule",
     "azurerm_postgresql_flexible_server_firewall_rule",
     "azurerm_mysql_flexible_server_firewall_rule", "azurerm_synapse_firewall_rule"}
)  # fmt: skip
"""Rules of managed databases with a first and a last address.  From 0.0.0.0 to 0.0.0.0 stands for
Azure's own services, not for the world."""

PORTS_ABSENT_MEANS_ALL = frozenset(
    {"oci_core_security_list", "oci_core_network_security_group_security_rule",
     "google_compute_firewall_policy_rule", "google_compute_network_firewall_policy_rule",
     "google_compute_region_network_firewall_policy_rule",
     "openstack_networking_secgroup_rule_v2"}
)  # fmt: skip
"""Resources of which a rule without ports admits all of the protocol."""

DIRECTIONS = {
    "ingress": "ingress", "in": "ingress", "inbound": "ingress",
    "egress": "egress", "out": "egress", "outbound": "egress",
}  # fmt: skip
"""The providers' words for the direction, lower case."""

ADMITTING = frozenset({"allow", "accept"})
"""The providers' words for a rule that admits, lower case."""

ALL_PROTOCOLS = {"-1": "all", "*": "all", "": "all", "any": "all", "6": "tcp", "17": "udp",
                 "1": "icmp"}  # fmt: skip
"""The clouds' other words and numbers for a protocol.  Source of the numbers: IANA."""

WORLD = frozenset({"0.0.0.0/0", "::/0", "*", "internet", "any", "0.0.0.0"})
"""Sources that admit everybody, lower case.  `*`, `Internet` and `Any` are Azure's."""

WORLD_HALVES = (frozenset({"0.0.0.0/1", "128.0.0.0/1"}), frozenset({"::/1", "8000::/1"}))
"""Ranges that together admit everybody."""

SERVICES: tuple[tuple[str, str, tuple[int, ...]], ...] = (
    # name, kind, TCP ports; source: IANA's registry, and the products' own defaults
    ("ssh", "ssh", (22,)),
    ("RDP", "remote-desktop", (3389,)),
    ("WinRM", "remote-desktop", (5985, 5986)),
    ("VNC", "remote-desktop", (5900,)),
    ("PostgreSQL", "database", (5432,)),
    ("MySQL", "database", (3306,)),
    ("SQL Server", "database", (1433,)),
    ("Oracle", "database", (1521, 2483, 2484)),
    ("MongoDB", "database", (27017, 27018)),
    ("Redis", "database", (6379,)),
    ("Memcached", "database", (11211,)),
    ("Cassandra", "database", (9042, 7000, 7001)),
    ("Elasticsearch", "database", (9200, 9300)),
    ("Redshift", "database", (5439,)),
    ("CouchDB", "database", (5984,)),
    ("etcd", "database", (2379,)),
    ("Neo4j", "database", (7687,)),
    ("InfluxDB", "database", (8086,)),
    ("Kafka", "database", (9092,)),
)
"""Services that nobody means to offer to the whole internet."""
