"""Where commands take a password, a token or a login on their command line.

Sources: the manual pages and `--help` of the programs named.
"""

from __future__ import annotations

SECRET_OPTIONS: dict[str, tuple[str, ...]] = {
    "docker": ("-p", "--password"),
    "podman": ("-p", "--password"),
    "buildah": ("-p", "--password"),
    "helm": ("--password",),
    "crane": ("-p", "--password"),
    "oras": ("-p", "--password"),
    "skopeo": ("--password", "--dest-password", "--src-password"),
    "mysql": ("--password", "-p*"),
    "mysqldump": ("--password", "-p*"),
    "mysqladmin": ("--password", "-p*"),
    "mariadb": ("--password", "-p*"),
    "mongo": ("-p", "--password"),
    "mongosh": ("-p", "--password"),
    "mongodump": ("-p", "--password"),
    "redis-cli": ("-a", "--pass"),
    "redis-server": ("--requirepass",),
    "sshpass": ("-p", "-p*"),
    "sqlcmd": ("-P", "-P*"),
    "az": ("--password", "--admin-password", "--administrator-login-password"),
    "cf": ("-p",),
    "oc": ("--token", "-p"),
    "kubectl": ("--token", "--docker-password", "--password"),
    "vault": ("-token",),
    "doctl": ("-t", "--access-token"),
    "twine": ("-p", "--password"),
    "poetry": ("-p", "--password"),
    "npm": ("--_authToken", "--//registry.npmjs.org/:_authToken"),
    "wget": ("--password", "--http-password", "--ftp-password"),
    "keytool": ("-storepass", "-keypass", "-srcstorepass", "-deststorepass"),
    "htpasswd": (),
    "minio": (),
    "snyk": (),
    "sonar-scanner": (),
    "psql": (),
}
"""Options whose value is a secret, by program; `-p*` is a value written onto the option.  Others
have them by name: see `OPTION_WORDS`."""

OPTION_WORDS = frozenset(
    (
        "--password", "--passwd", "--token", "--api-key", "--apikey", "--api-token",
        "--auth-token", "--access-token", "--secret-key", "--access-key", "--client-secret",
        "--admin-password", "--db-password", "--registry-password",
    )
)  # fmt: skip
"""Options that take a secret whatever the program."""

LOGIN_OPTIONS: dict[str, tuple[str, ...]] = {
    "curl": ("-u", "--user", "--proxy-user"),
    "http": ("-a", "--auth"),
}
"""Options whose value is `user:password`, by program."""

LOGIN_VERBS: dict[str, tuple[str, ...]] = {
    "docker": ("login",),
    "podman": ("login",),
    "buildah": ("login",),
    "oras": ("login",),
    "crane": ("login",),
    "cf": ("login", "auth"),
    "oc": ("login",),
    "doctl": ("init",),
    "poetry": ("config", "publish"),
}
"""Programs whose short options mean a secret only behind one of these words."""

COMMAND_HINTS = (
    "passw", "-token", "_token=", "token=", "secret", "api-key", "api_key", "apikey", "access-key",
    "_key=", "build-arg", "_pass=", "_pwd=",
)  # fmt: skip
"""One of these stands in every other command that takes a secret, in lower case."""

SETTERS: dict[str, int] = {"export": 1, "env": 1, "declare": 1, "set": 1, "setx": 1, "readonly": 1}
"""Commands whose arguments are `NAME=value`."""
