"""Which names hold a secret, word by word.

A name is split at `_`, `.`, `-`, `/`, blanks and where camel case begins a
word, in lower case.  Source of the words: a count over 4,840 names with values
in 93 public repos, the deny list of BuildKit's check SecretsUsedInArgOrEnv,
and the false friends that were met there.
"""

from __future__ import annotations

SURE_WORDS = frozenset(("password", "passwd", "passphrase", "apikey", "psw", "passcode"))
"""A name that holds one of these anywhere names a secret."""

LAST_WORDS = frozenset(("secret", "token", "pwd", "pass", "credential", "credentials", "salt"))
"""Words that name a secret at a name's end."""

LAST_PAIRS = frozenset(
    (
        ("api", "key"), ("access", "key"), ("secret", "key"), ("private", "key"), ("auth", "key"),
        ("encryption", "key"), ("signing", "key"), ("master", "key"), ("app", "key"),
        ("application", "key"), ("session", "key"), ("jwt", "key"), ("account", "key"),
        ("shared", "key"), ("storage", "key"), ("hmac", "key"), ("crypt", "key"),
        ("encrypt", "key"), ("decryption", "key"), ("ssh", "key"), ("deploy", "key"),
        ("license", "key"), ("client", "secret"), ("secret", "string"), ("password", "wo"),
        ("secret", "base"), ("key", "base"), ("secret", "data"),
    )
)  # fmt: skip
"""Two words that name one at a name's end."""

TRAILING_WORDS = frozenset(
    (
        "dev", "prod", "production", "staging", "stage", "test", "default", "value", "primary",
        "secondary", "old", "new", "current", "previous", "base64", "b64", "encoded", "raw",
        "1", "2", "3", "wo",
    )
)  # fmt: skip
"""Words after it that change nothing."""

HARMLESS_WORDS = frozenset(
    (
        "file", "files", "path", "dir", "directory", "folder", "name", "names", "namespace", "url",
        "uri", "endpoint", "host", "hostname", "port", "version", "id", "ids", "type", "length",
        "len", "ttl", "expiry", "expiration", "expires", "expire", "lifetime", "timeout",
        "validity", "policy", "rotation", "algorithm", "format", "mode", "enable", "enabled",
        "disable", "disabled", "require", "required", "allow", "allowed", "min", "max", "minimum",
        "maximum", "count", "prefix", "suffix", "header", "field", "ref", "arn", "alias", "label",
        "selector", "provider", "class", "store", "manager", "backend", "public", "pub", "pubkey",
        "fingerprint", "gpg", "pgp", "keyserver", "keyring", "hash", "range", "partition", "state",
        "cache", "restore", "tokenizer", "tokenizers", "http", "random", "empty", "reset", "change",
        "strength", "usage", "source", "method", "existing", "vault", "persist", "bypass", "helper",
        "module", "keystore", "truststore", "interval", "window", "days", "hours", "minutes",
        "seconds", "size", "limit", "regex", "pattern", "mount", "scope", "scopes", "audience",
        "issuer", "realm", "subject", "create", "use", "generate", "generated", "image", "cluster",
        "username", "user", "users", "login", "email", "server", "command", "cmd", "prompt",
        "description", "hint", "message", "title", "text", "link", "digest", "checksum", "sha256",
        "anon", "publishable", "creation", "request", "idempotency", "continuation", "next",
        "cost", "rounds", "iterations", "retention", "recovery", "check", "validation", "enforce",
        "complexity", "uppercase", "lowercase", "symbols", "numbers", "encoding", "rate", "per",
        "storageclass", "volume", "engine", "spec", "script", "bucket", "region", "role", "ssm",
        "chamber", "bits", "curve", "pull", "visible", "show", "hide", "optional", "nonce",
        "permission", "permissions", "with", "needs", "has", "is", "skip", "no", "without",
    )
)  # fmt: skip
"""A name that holds one of these holds no secret: it tells where one is, or how it is made.

`user` and `login` stand for `USER_PASSWORD_…`, see `OVERRULED_WORDS`."""

OVERRULED_WORDS = frozenset(
    (
        "user", "users", "login", "email", "server", "username", "cluster", "state", "store",
        "http", "backend", "host", "cache", "vault", "manager", "public", "region", "bucket",
        "hash", "engine", "module", "image", "subject", "message", "storage", "source", "link",
        "role", "recovery", "app", "keystore", "truststore", "chamber", "ssm", "text", "script",
        "command", "cost", "rate", "field",
    )
)  # fmt: skip
"""Of the harmless words those that only say whose secret it is when they stand before it:
`user_password`, `server_secret`, `keystore_password`."""

PUBLIC_BEGINNINGS = ("vite_", "next_public_", "react_app_", "expo_public_", "nuxt_public_",
                     "gatsby_", "public_", "vue_app_", "ng_app_")  # fmt: skip
"""Beginnings of names whose values a bundler writes into what every visitor downloads."""

NAME_HINTS = ("pass", "pwd", "psw", "secret", "token", "key", "credential", "salt", "build-args",
              "build_args")  # fmt: skip
"""One of these stands in every such name, in lower case; the last two hold others."""

EXACT_NAMES = frozenset(
    ("pwd", "oldpwd", "key", "keys", "pass", "salt", "etcd_initial_cluster_token")
)
"""Whole names that hold no secret, lower case: the shell's working directory and the like."""

CONTAINER_PAIRS = frozenset(("password",))
"""Below `credentials:` of a workflow's container: the key that holds the secret."""
