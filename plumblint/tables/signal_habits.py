"""Programs and signals: which stop signals end a program that is PID 1.

A row: program, signals that end it as PID 1, the signal by which it stops gracefully, whether it
runs until it is stopped, source.  The kernel drops a signal that PID 1 has no handler for, so a
program with no signals in its row goes on until it is killed.  `*` stands for any of the signals
that end a process by default.  Names without `SIG`.
"""

from __future__ import annotations

from typing import NamedTuple

_MEASURED = "measured in a PID namespace, Debian 12"
_ALL = ("*",)
_TERM = ("TERM", "INT")
_MOST = ("TERM", "INT", "QUIT")


class Habit(NamedTuple):
    """What a program does with signals."""

    ends_on: tuple[str, ...]
    graceful: str
    source: str


_ROWS: tuple[tuple[str, tuple[str, ...], str, str], ...] = (
    # without a handler
    ("sleep", (), "", _MEASURED),
    ("tail", (), "", _MEASURED),
    ("cat", (), "", _MEASURED),
    ("cron", (), "", "measured, cron 3.0pl1 of Debian 12"),
    # servers
    ("nginx", _MOST, "QUIT", "nginx.org/en/docs/control.html"),
    ("openresty", _MOST, "QUIT", "on nginx"),
    ("apache2", ("TERM", "INT", "WINCH"), "WINCH", "httpd.apache.org/docs/2.4/stopping.html"),
    ("httpd", ("TERM", "INT", "WINCH"), "WINCH", "httpd.apache.org/docs/2.4/stopping.html"),
    ("apache2-foreground", ("TERM", "INT", "WINCH"), "WINCH",
     "github.com/docker-library/php: a script that execs apache2"),
    ("httpd-foreground", ("TERM", "INT", "WINCH"), "WINCH",
     "github.com/docker-library/httpd: a script that execs httpd"),
    ("apachectl", ("TERM", "INT", "WINCH"), "WINCH", "apachectl(8): `-D FOREGROUND` execs"),
    ("php-fpm", _MOST, "QUIT", "php-fpm(8)"),
    ("caddy", _MOST, "TERM", "caddyserver.com/docs/command-line"),
    ("traefik", _TERM, "TERM", "doc.traefik.io"),
    ("haproxy", ("TERM", "INT", "USR1"), "USR1", "haproxy management guide, Stopping"),
    ("envoy", _TERM, "TERM", "envoyproxy.io/docs, operations"),
    ("varnishd", _TERM, "TERM", "varnish-cache.org/docs"),
    ("squid", _TERM, "TERM", "squid(8)"),
    ("dnsmasq", ("TERM",), "TERM", "dnsmasq(8)"),
    ("named", _TERM, "TERM", "named(8)"),
    ("sshd", ("TERM",), "TERM", "sshd(8)"),
    ("rsyslogd", _MOST, "TERM", "rsyslogd(8)"),
    ("crond", ("TERM", "INT"), "TERM", "cronie, cron.c"),
    ("supercronic", _TERM, "TERM", "github.com/aptible/supercronic README"),
    ("supervisord", _MOST, "TERM", "supervisord.org/running.html#signals"),
    ("pm2-runtime", _TERM, "TERM", "pm2.keymetrics.io/docs/usage/docker-pm2-nodejs"),
    ("dockerd", _MOST, "TERM", "docs.docker.com/reference/cli/dockerd"),
    ("redis-server", _TERM, "TERM", "redis.io/docs/reference/signals"),
    ("valkey-server", _TERM, "TERM", "on redis"),
    ("redis-sentinel", _TERM, "TERM", "redis.io/docs/reference/signals"),
    ("mysqld", _MOST, "TERM", "dev.mysql.com/doc, Unix signal handling"),
    ("mariadbd", _MOST, "TERM", "mariadb.com/kb"),
    ("mongod", _MOST, "TERM", "mongodb.com/docs, manage processes"),
    ("mongos", _MOST, "TERM", "mongodb.com/docs, manage processes"),
    ("postgres", _MOST, "INT", "postgresql.org/docs, server-shutdown"),
    ("memcached", _TERM, "TERM", "memcached.c, sig_handler"),
    ("rabbitmq-server", ("TERM",), "TERM", "rabbitmq.com/docs/cli"),
    ("prometheus", _TERM, "TERM", "prometheus, cmd/prometheus/main.go"),
    ("grafana-server", _TERM, "TERM", "grafana, pkg/cmd/grafana-server"),
    ("minio", _MOST, "TERM", "minio, cmd/signals.go"),
    ("vault", _TERM, "TERM", "developer.hashicorp.com/vault/docs/commands/server"),
    ("consul", _TERM, "TERM", "developer.hashicorp.com/consul/commands/agent"),
    ("catalina.sh", ("TERM", "INT"), "TERM", "tomcat, catalina.sh: `run` execs java"),
    # Python servers
    ("gunicorn", _MOST, "TERM", "docs.gunicorn.org/en/stable/signals.html"),
    ("uvicorn", _TERM, "TERM", "uvicorn, server.py: HANDLED_SIGNALS"),
    ("hypercorn", _TERM, "TERM", "hypercorn, run.py"),
    ("granian", _TERM, "TERM", "granian, server/common.py"),
    ("daphne", _TERM, "TERM", "measured, daphne 4"),
    ("celery", _MOST, "TERM", "docs.celeryq.dev, stopping the worker"),
    ("dramatiq", _TERM, "TERM", "dramatiq.io, guide"),
    ("rq", _TERM, "TERM", "python-rq.org/docs/workers"),
    ("jupyter", _TERM, "TERM", "jupyter_server, serverapp.py: init_signal"),
    ("jupyter-lab", _TERM, "TERM", "jupyter_server, serverapp.py: init_signal"),
    ("jupyter-notebook", _TERM, "TERM", "jupyter_server, serverapp.py: init_signal"),
    ("waitress-serve", ("INT",), "", "measured, waitress 3: no handler"),
    # Node
    ("next", _TERM, "TERM", "next, bin/next.ts"),
    ("http-server", _TERM, "TERM", "http-server, bin/http-server"),
    ("vite", ("TERM",), "TERM", "measured, vite 7"),
    ("serve", _TERM, "TERM", "measured, serve 14"),
    ("tsx", _TERM, "TERM", "measured, tsx 4: passes it to node"),
    ("nodemon", _TERM, "TERM", "measured, nodemon 3: passes it to node"),
    ("concurrently", _TERM, "TERM", "measured, concurrently 9"),
    # Ruby
    ("puma", _TERM, "TERM", "puma, docs/signals.md"),
    ("unicorn", _MOST, "QUIT", "yhbt.net/unicorn/SIGNALS.html"),
    ("sidekiq", _TERM, "TERM", "github.com/sidekiq/sidekiq/wiki/Signals"),
    ("rails", _TERM, "TERM", "Ruby ends on SIGTERM and SIGINT; measured"),
    ("rackup", _TERM, "TERM", "Ruby ends on SIGTERM and SIGINT; measured"),
    # language run-times that end without any handler in the app
    ("ruby", _TERM, "TERM", "measured, ruby 3.1"),
    ("jruby", _TERM, "TERM", "on Java"),
    ("java", ("TERM", "INT", "HUP"), "TERM", "measured, OpenJDK: shutdown hooks"),
    ("dotnet", _MOST, "TERM", "learn.microsoft.com, Console.CancelKeyPress, ProcessExit"),
    ("go", _ALL, "TERM", "runtime, signal_unix.go: exits even as PID 1; measured, gron"),
    ("erl", ("TERM",), "TERM", "erlang.org: SIGTERM stops the node since OTP 20"),
    ("elixir", ("TERM",), "TERM", "on Erlang"),
)  # fmt: skip

SIGNAL_HABITS: dict[str, Habit] = {
    name: Habit(ends_on, graceful, source) for name, ends_on, graceful, source in _ROWS
}
"""By the program's name."""

MODULES: frozenset[str] = frozenset(
    ("gunicorn", "uvicorn", "hypercorn", "granian", "daphne", "celery", "jupyter",
     "dramatiq", "rq", "waitress", "http.server")
)  # fmt: skip
"""Python modules run with `-m` whose row is that of the program; `waitress` and `http.server`
have no handler for SIGTERM (measured)."""

WITHOUT_HANDLER: frozenset[str] = frozenset(("waitress", "http.server", "SimpleHTTPServer"))
"""Python modules that end on SIGINT only.  Source: measured, Python 3.11."""

ENDS_BY_DEFAULT: frozenset[str] = frozenset(
    ("HUP", "INT", "QUIT", "TERM", "USR1", "USR2", "ALRM", "ABRT", "PIPE", "IO", "POLL")
)
"""Signals whose default action ends a process that is not PID 1.  Source: signal(7)."""

SHORT_COMMANDS: frozenset[str] = frozenset(
    ("echo", "printf", "true", "false", ":", "test", "[", "[[", "set", "unset", "export", "local",
     "declare", "readonly", "typeset", "shift", "cd", "pushd", "popd", "umask", "ulimit", "alias",
     "read", "let", "getopts", "hash", "type", "shopt", "command", "builtin", "exit", "return",
     "ls", "mkdir", "rmdir", "cp", "mv", "rm", "ln", "touch", "chmod", "chown", "chgrp", "stat",
     "date", "env", "printenv", "id", "whoami", "hostname", "uname", "which", "dirname",
     "basename", "readlink", "realpath", "pwd", "mktemp", "install", "find", "grep", "egrep",
     "sed", "awk", "gawk", "cut", "tr", "sort", "uniq", "head", "wc", "tee", "xargs", "envsubst",
     "curl", "wget", "nc", "ping", "jq", "yq", "tar", "unzip", "gzip", "gunzip", "openssl", "git",
     "kill", "pkill", "killall", "pgrep", "ps", "dd", "sync", "mount", "umount", "sysctl",
     "useradd", "adduser", "usermod", "groupadd", "addgroup", "groupmod", "passwd", "chpasswd",
     "pg_isready", "mysqladmin", "psql", "mysql", "createdb", "pg_dump", "redis-cli", "mongosh",
     "apt-get", "apt", "apk", "yum", "dnf", "pip", "pip3", "make", "cmake", "tsc", "pytest",
     "alembic", "flyway", "liquibase", "terraform", "aws", "gcloud", "az", "kubectl", "helm",
     "ldconfig", "update-ca-certificates", "setcap", "getent", "ip", "iptables", "modprobe",
     "ssh-keygen", "keytool", "composer", "mix", "rake", "knex", "sequelize", "prisma",
     "sequelize-cli", "diff", "cmp", "md5sum", "sha256sum", "base64", "sleep",
     "mc", "ab", "wrk", "hey", "k6", "jest", "mocha", "vitest", "cypress", "playwright",
     "newman", "tox", "eslint", "prettier", "rspec", "phpunit", "pylint", "mypy", "ruff",
     "webpack", "seq", "expr", "base32", "xxd", "od", "cat", "locale-gen", "nproc",
     "free", "df", "du")
)  # fmt: skip
"""Commands that end by themselves; after one of them a script goes on."""

SHORT_SUBCOMMANDS: dict[str, frozenset[str]] = {
    "npm": frozenset(("install", "i", "ci", "test", "t", "rebuild", "link", "prune", "version")),
    "yarn": frozenset(("install", "add", "test", "build", "lint", "check")),
    "pnpm": frozenset(("install", "i", "test", "add", "prune")),
    "rails": frozenset(("db:migrate", "db:create", "db:prepare", "db:setup", "assets:precompile")),
    "flask": frozenset(("db", "init-db", "shell")),
    "airflow": frozenset(("db", "users", "connections", "variables", "version")),
    "superset": frozenset(("db", "init", "fab")),
    "nginx": frozenset(("-t", "-v", "-V", "-s")),
    "cargo": frozenset(("build", "test", "install", "check")),
    "go": frozenset(("build", "test", "mod", "install", "vet", "generate")),
    "mvn": frozenset(("package", "install", "test", "verify", "clean", "compile")),
    "gradle": frozenset(("build", "test", "assemble", "clean", "check")),
    "service": frozenset(),
    "celery": frozenset(("inspect", "control", "status", "purge")),
    "poetry": frozenset(("install", "lock", "build", "check", "config")),
    "bundle": frozenset(("install", "check", "config")),
    "php": frozenset(("-v", "-l", "-r", "-m")),
    "node": frozenset(("-v", "--version", "-e", "-p")),
    "java": frozenset(("-version", "--version")),
    "mc": frozenset(),
    "dotnet": frozenset(("restore", "build", "test", "publish", "tool", "ef")),
    "docker": frozenset(),
}
"""Subcommands that end by themselves, by program."""

MANAGE_TASKS: frozenset[str] = frozenset(
    ("migrate", "makemigrations", "collectstatic", "createsuperuser", "test", "check", "shell",
     "loaddata", "dumpdata", "flush", "compilemessages", "makemessages", "createcachetable",
     "showmigrations", "sqlmigrate", "diffsettings", "init_db", "setup", "seed",
     "ensure_superuser", "wait_for_db", "clearsessions", "compress", "db", "syncdb",
     "migrate:fresh",
     "db:seed", "key:generate", "config:cache", "route:cache", "view:cache", "storage:link",
     "cache:clear", "config:clear", "optimize", "doctrine:migrations:migrate")
)  # fmt: skip
"""Tasks of `manage.py`, `artisan` and `console` that end by themselves.
Source: docs.djangoproject.com (django-admin), laravel.com/docs."""

ONE_SHOT_SCRIPTS: frozenset[str] = frozenset(
    ("build", "test", "lint", "migrate", "migration", "seed", "setup", "install", "generate",
     "format", "clean", "deploy", "compile", "e2e", "typecheck", "check", "prebuild", "postinstall",
     "coverage", "db", "prisma", "codegen", "release", "publish", "ci")
)  # fmt: skip
"""First words of scripts in package.json that end by themselves: `build`, `test:unit`."""

ONE_SHOT_NAMES: tuple[str, ...] = (
    "migrate", "seed", "init", "setup", "install", "wait", "bootstrap", "prestart",
)  # fmt: skip
"""How names of scripts and functions begin or end that prepare and end by themselves."""
