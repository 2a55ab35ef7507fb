"""Which credentials in a service's environment open that very service, not another one it calls.

`MYSQL_PASSWORD` is the server's own password where port 3306 is the container's, and a client's
where it is not.  Source: the "Environment Variables" sections of the images on Docker Hub.
"""

from __future__ import annotations

SERVER_PORTS: dict[str, frozenset[int]] = {
    "postgres": frozenset((5432,)),
    "postgresql": frozenset((5432,)),
    "mysql": frozenset((3306, 33060)),
    "mariadb": frozenset((3306,)),
    "mssql": frozenset((1433,)),
    "sa": frozenset((1433,)),
    "oracle": frozenset((1521,)),
    "mongo": frozenset((27017,)),
    "mongodb": frozenset((27017,)),
    "redis": frozenset((6379,)),
    "clickhouse": frozenset((8123, 9000)),
    "couchdb": frozenset((5984,)),
    "influxdb": frozenset((8086,)),
    "neo4j": frozenset((7474, 7687)),
    "elastic": frozenset((9200,)),
    "opensearch": frozenset((9200,)),
    "minio": frozenset((9000, 9001)),
    "rabbitmq": frozenset((5672, 15672)),
    "activemq": frozenset((61616, 8161)),
    "cassandra": frozenset((9042,)),
    "arango": frozenset((8529,)),
    "meili": frozenset((7700,)),
    "typesense": frozenset((8108,)),
}
"""Ports of the server that a name's first word stands for."""

OWN_WORDS = frozenset(("admin", "root", "superuser", "bootstrap", "owner"))
"""Words in the name of a login that the service itself makes at its first start."""

OWN_NAMES = frozenset(
    (
        "password", "nextauth_secret", "auth_secret", "session_secret", "jwt_secret", "secret_key",
        "secret_key_base", "app_secret", "app_key", "cookie_secret", "secret", "django_secret_key",
        "flask_secret_key", "superset_secret_key", "authentik_secret_key",
    )
)  # fmt: skip
"""Whole names, lower case, of the service's own password or of what it signs its sessions with."""

CLIENT_WORDS = frozenset(
    (
        "db", "database", "smtp", "mail", "email", "s3", "aws", "ldap", "client", "remote", "proxy",
        "datasource", "jdbc", "sql", "broker", "upstream", "oauth", "registry",
    )
)  # fmt: skip
"""Words in the name of a login at another service."""
