"""Files that exist to hold a secret, by name.

A row: a pattern that the lower-case path must end with (searched), what the
file is, and how its content decides (`key`: a private key block; `env`:
assignments; `npmrc`, `netrc`, `pypirc`, `docker`, `google`, `state`: their own
formats; empty: the name alone does, as the content is binary or hashed).
Source: the documentation of the programs that read them.
"""

from __future__ import annotations

SECRET_FILES: tuple[tuple[str, str, str], ...] = (
    (
        r"(?:^|/)(?:\.env(?:\.(?:local|prod|production|staging|live|docker|secrets?))?"
        r"|(?:prod|production|secrets?)\.env)$", "env file", "env",
    ),
    (r"(?:^|/)id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?$", "SSH private key", "key"),
    (r"\.(?:pem|key|ppk)$", "private key", "key"),
    (r"\.(?:p12|pfx|jks|keystore)$", "key store", ""),
    (r"(?:^|/)\.npmrc$", "npm settings with a token", "npmrc"),
    (r"(?:^|/)[._]netrc$", "login file (netrc)", "netrc"),
    (r"(?:^|/)\.pypirc$", "PyPI settings with a password", "pypirc"),
    (r"(?:^|/)\.git-credentials$", "git login file", "netrc"),
    (r"(?:^|/)\.aws/credentials$", "AWS credentials file", "env"),
    (
        r"(?:^|/)(?:\.docker/config\.json|\.dockercfg|\.dockerconfigjson)$",
        "registry login file", "docker",
    ),
    (r"(?:^|/)\.kube/config$", "Kubernetes login file", "kube"),
    (
        r"(?:^|/)(?:credentials|client_secrets?|service[-_]?account(?:[-_]key)?|gcp[-_]key|gcloud[-_]key"
        r"|google[-_]credentials|application_default_credentials)\.json$",
        "Google credentials file", "google",
    ),
    (r"\.tfstate(?:\.backup)?$", "Terraform state", "state"),
)  # fmt: skip
"""Pattern of the path, what it is, how its content decides."""

ENDINGS = (
    ".env", ".env.local", ".env.prod", ".env.production", ".env.staging", ".env.live",
    ".env.docker", ".env.secret", ".env.secrets", "_rsa", "_dsa", "_ecdsa", "_ed25519", "_sk",
    ".pem", ".key", ".ppk", ".PEM", ".KEY", ".p12", ".pfx", ".jks", ".keystore", "npmrc", "netrc",
    "pypirc", "credentials", "config.json", "dockercfg", "dockerconfigjson", "config",
    "credentials.json", "secret.json", "secrets.json", "account.json", "key.json", ".tfstate",
    ".backup",
)  # fmt: skip
"""What the path of every such file ends in: a plain look before the patterns, as repos have
tens of thousands of files."""

NOT_SECRET_FILES = (
    r"(?:gpg|pgp|public|pub|signing|apt|repo|archive|release|ca|cert|chain|bundle|trusted)"
    r"[^/]*\.(?:key|pem|jks|keystore)$|\.(?:example|sample|template|dist|tmpl|tpl)$"
    r"|(?:cacerts|truststore)[^/]*$"
)
"""Names that look alike and hold public keys, certificates or samples; lower-case path."""

ENV_LIKE = frozenset(("env",))
"""Kinds of file, as discovered, that hold assignments."""
