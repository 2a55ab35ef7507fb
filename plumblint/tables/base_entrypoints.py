"""Entrypoints of base images: what they do with the CMD of an image that grows from them.

Sources: the entrypoint scripts in the images' repositories, which end in `exec "$@"`.
"""

from __future__ import annotations

EXECS_ITS_ARGUMENTS: frozenset[str] = frozenset(
    ("nginx", "nginxinc/nginx-unprivileged", "httpd", "php", "wordpress", "nextcloud", "drupal",
     "redis", "valkey/valkey", "postgres", "postgis/postgis", "pgvector/pgvector", "mysql",
     "mariadb", "mongo", "rabbitmq", "memcached", "haproxy", "caddy", "tomcat", "ghost",
     "cassandra", "couchdb", "zookeeper", "varnish")
)  # fmt: skip
"""Servers of the base table whose own entrypoint execs CMD, or which have none."""

ENTRYPOINT_SCRIPTS: frozenset[str] = frozenset(
    ("docker-entrypoint.sh", "docker-php-entrypoint", "docker-entrypoint", "__cacert_entrypoint.sh",
     "mvn-entrypoint.sh", "docker-nginx-entrypoint")
)  # fmt: skip
"""Names of those scripts, for an ENTRYPOINT that repeats them."""
