"""Values that stand for a secret without being one, and passwords that everybody knows.

Sources: the `environment:` blocks and `.env` samples of 93 public repos, the
documentation of the official images on Docker Hub, and the lists of most
common passwords that NIST SP 800-63B 5.1.1.2 tells verifiers to refuse.
"""

from __future__ import annotations

PLACEHOLDER_VALUES = frozenset(
    (
        "none", "null", "nil", "undefined", "true", "false", "yes", "no", "on", "off", "todo",
        "tbd", "fixme", "redacted", "placeholder", "required", "optional", "string", "value",
        "not_set", "not-set", "unset", "empty", "dummy", "fake", "xxx", "n/a", "na", "unused",
        "ignored", "disabled", "enabled", "auto", "random", "generate", "generated", "inherit",
        "read", "write", "minutes", "hours", "days", "seconds", "never", "always", "basic",
        "bearer", "env", "file", "any", "all", "unknown", "build", "notset", "blank", "noop",
    )
)  # fmt: skip
"""Whole values that are no secret, lower case."""

PLACEHOLDER_PARTS = (
    "your", "<", "example", "replace", "insert-", "insert_", "placeholder", "dummy", "redacted",
    "not-a-real", "notareal", "not_a_real", "fake", "****", "xxxx", "_here", "-here", "enter_",
    "enter-", "changeit_", "todo", "sample", "...", "0000000", "1234567890abcdef",
    "long-and-random", "some-secret", "some_secret", "my-secret-", "set-me", "set_me", "fill-in",
    "fill_in", "_goes_", "deadbeef", "my-minio-key",
)  # fmt: skip
"""Parts of values that say so, lower case."""

WEAK_VALUES = frozenset(
    (
        "password", "passwd", "pass", "passw0rd", "secret", "token", "key", "changeme",
        "change-me", "change_me", "changethis", "changeit", "!changeme!", "example", "sample",
        "test", "testing", "foo", "bar", "baz", "foobar", "admin", "administrator", "root", "toor",
        "user", "guest", "default", "demo", "postgres", "postgresql", "mysql", "mariadb", "mongo",
        "mongodb", "redis", "rabbitmq", "minio", "minioadmin", "minio123", "elastic", "grafana",
        "kafka", "neo4j", "sa", "oracle", "docker", "app", "db", "dbuser", "dbpassword", "letmein",
        "qwerty", "welcome", "welcome1", "master", "supersecret", "topsecret", "insecure", "local",
        "dev", "development", "staging", "abc123", "wordpress", "somewordpress", "drupal",
        "keycloak", "sonar", "gitea", "nextcloud", "jenkins", "zabbix", "influxdb", "airflow",
        "superset", "ghost", "django", "rails", "laravel", "symfony", "odoo", "magento",
    )
)  # fmt: skip
"""Whole values that start something with a password everybody tries first, lower case."""

WEAK_PARTS = (
    "password", "passwd", "secret", "changeme", "change-me", "change_me", "changethis", "admin",
    "qwerty", "letmein", "insecure", "unsafe", "notsecure", "testing", "default", "welcome",
    "localdev", "devonly", "dev-only", "dev_only", "do-not-use", "donotuse", "test-key", "test_key",
    "testkey", "test-token", "test_token", "testtoken", "development", "demo", "p@ss", "postgres",
    "mysql", "hunter2", "1234567", "abcdef",
)  # fmt: skip
"""Words that make a value guessable when little stands around them, lower case."""
