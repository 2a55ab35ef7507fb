"""Images of database servers: where each keeps its data, and the ports it listens on.

Sources: the VOLUME and EXPOSE lines of the images' Dockerfiles and the "Where to Store Data"
sections of their pages on Docker Hub.
"""

from __future__ import annotations

import re

Row = tuple[str, str, tuple[str, ...], tuple[int, ...], str]

POSTGRES_PATHS = ("/var/lib/postgresql/data", "/var/lib/postgresql")
POSTGRES_MOVED = 18
"""From this major version on the volume belongs at the second of the paths.  Source:
github.com/docker-library/postgres, README: PGDATA in 18 and above."""
POSTGRES_MAJOR = re.compile(r"([0-9]{1,3})(?![0-9])")
"""The major version at the beginning of a tag."""
_BITNAMI = "github.com/bitnami/containers: persistence under /bitnami"


def _postgres(repository: str, source: str) -> Row:
    return (repository, "postgres", POSTGRES_PATHS, (5432,), source)


def _mysql(repository: str, source: str) -> Row:
    return (repository, "mysql", ("/var/lib/mysql",), (3306, 33060), source)


ROWS: tuple[Row, ...] = (
    _postgres("postgres", "github.com/docker-library/postgres: VOLUME; one up since 18"),
    _postgres("postgis/postgis", "github.com/postgis/docker-postgis: on postgres"),
    _postgres("pgvector/pgvector", "github.com/pgvector/pgvector: on postgres"),
    _postgres("ankane/pgvector", "github.com/pgvector/pgvector, before it moved"),
    _postgres("timescale/timescaledb", "github.com/timescale/timescaledb-docker: on postgres"),
    _postgres("kartoza/postgis", "github.com/kartoza/docker-postgis"),
    ("timescale/timescaledb-ha", "postgres", ("/home/postgres/pgdata", "/pgdata"), (5432,),
     "github.com/timescale/timescaledb-docker-ha: PGROOT"),
    ("bitnami/postgresql", "postgres", ("/bitnami/postgresql",), (5432,), _BITNAMI),
    ("bitnamilegacy/postgresql", "postgres", ("/bitnami/postgresql",), (5432,), _BITNAMI),
    _mysql("mysql", "github.com/docker-library/mysql: VOLUME"),
    _mysql("mysql/mysql-server", "github.com/mysql/mysql-docker: VOLUME"),
    _mysql("mariadb", "github.com/MariaDB/mariadb-docker: VOLUME"),
    _mysql("percona", "github.com/percona/percona-docker: VOLUME"),
    ("bitnami/mysql", "mysql", ("/bitnami/mysql",), (3306,), _BITNAMI),
    ("bitnami/mariadb", "mysql", ("/bitnami/mariadb",), (3306,), _BITNAMI),
    ("bitnamilegacy/mysql", "mysql", ("/bitnami/mysql",), (3306,), _BITNAMI),
    ("bitnamilegacy/mariadb", "mysql", ("/bitnami/mariadb",), (3306,), _BITNAMI),
    ("mongo", "mongo", ("/data/db",), (27017,), "github.com/docker-library/mongo: VOLUME"),
    ("bitnami/mongodb", "mongo", ("/bitnami/mongodb",), (27017,), _BITNAMI),
    ("bitnamilegacy/mongodb", "mongo", ("/bitnami/mongodb",), (27017,), _BITNAMI),
    ("mcr.microsoft.com/mssql/server", "mssql", ("/var/opt/mssql",), (1433,),
     "learn.microsoft.com/sql/linux: persist your data"),
    ("mcr.microsoft.com/azure-sql-edge", "mssql", ("/var/opt/mssql",), (1433,),
     "learn.microsoft.com/azure/azure-sql-edge"),
    ("couchdb", "couchdb", ("/opt/couchdb/data",), (5984,), "github.com/apache/couchdb-docker"),
    ("influxdb", "influxdb", ("/var/lib/influxdb", "/var/lib/influxdb2", "/var/lib/influxdb3"),
     (8086,), "github.com/influxdata/influxdata-docker: VOLUME"),
    ("neo4j", "neo4j", ("/data",), (7474, 7687), "github.com/neo4j/docker-neo4j: VOLUME"),
    ("cassandra", "cassandra", ("/var/lib/cassandra",), (9042,),
     "github.com/docker-library/cassandra: VOLUME"),
    ("scylladb/scylla", "cassandra", ("/var/lib/scylla",), (9042,),
     "opensource.docs.scylladb.com, Docker best practices"),
    ("clickhouse/clickhouse-server", "clickhouse", ("/var/lib/clickhouse",), (8123, 9000),
     "github.com/ClickHouse/ClickHouse, docker/server: VOLUME"),
    ("cockroachdb/cockroach", "cockroach", ("/cockroach/cockroach-data",), (26257,),
     "cockroachlabs.com/docs: start a cluster in Docker"),
    ("arangodb", "arangodb", ("/var/lib/arangodb3",), (8529,),
     "github.com/arangodb/arangodb-docker: VOLUME"),
    ("rethinkdb", "rethinkdb", ("/data",), (28015,),
     "github.com/rethinkdb/rethinkdb-dockerfiles: VOLUME"),
    ("elasticsearch", "elasticsearch", ("/usr/share/elasticsearch/data",), (9200, 9300),
     "elastic.co/guide: install with Docker"),
    ("docker.elastic.co/elasticsearch/elasticsearch", "elasticsearch",
     ("/usr/share/elasticsearch/data",), (9200, 9300), "elastic.co/guide: install with Docker"),
    ("opensearchproject/opensearch", "opensearch", ("/usr/share/opensearch/data",), (9200, 9300),
     "opensearch.org/docs: install with Docker"),
    ("qdrant/qdrant", "qdrant", ("/qdrant/storage",), (6333, 6334), "qdrant.tech/documentation"),
    ("getmeili/meilisearch", "meilisearch", ("/meili_data",), (7700,), "meilisearch.com/docs"),
    ("solr", "solr", ("/var/solr",), (8983,), "github.com/apache/solr-docker: VOLUME"),
)  # fmt: skip
"""(repository, server, data paths, ports, source); a mount at one of the paths keeps the data."""

CACHES: dict[str, tuple[int, ...]] = {
    "redis": (6379,),
    "bitnami/redis": (6379,),
    "bitnamilegacy/redis": (6379,),
    "redis/redis-stack": (6379,),
    "redis/redis-stack-server": (6379,),
    "valkey/valkey": (6379,),
    "memcached": (11211,),
}
"""Repositories of servers that may lose what they hold, with their ports."""

PROGRAMS = frozenset(
    (
        "postgres", "mysqld", "mysqld_safe", "mariadbd", "mongod", "mongos", "couchdb", "influxd",
        "neo4j", "cassandra", "cockroach", "arangod", "rethinkdb", "eswrapper", "solr-precreate",
        "solr-foreground", "solr", "sqlservr", "redis-server", "valkey-server", "memcached",
        "docker-entrypoint.sh",
    )
)  # fmt: skip
"""Commands that are the server itself; with another one the image is only a client."""

DATA_OPTIONS = ("--datadir", "--dbpath", "-D", "--data-dir", "--store")
"""Options that put the data somewhere else."""

DATA_VARIABLES = frozenset(
    (
        "PGDATA", "MYSQL_DATADIR", "MARIADB_DATADIR", "MONGO_DBPATH", "MEILI_DB_PATH", "path.data",
        "QDRANT__STORAGE__STORAGE_PATH", "INFLUXDB_DATA_DIR", "INFLUXD_ENGINE_PATH", "SOLR_HOME",
        "NEO4J_dbms_directories_data", "NEO4J_server_directories_data", "MSSQL_DATA_DIR",
    )
)  # fmt: skip
"""Environment variables that do so."""
