"""Base images: what is known of the images that others grow from.

`ROWS` holds (repository, user, steps down to, shell, minimal, bulky, healthcheck,
forwards signals, stop signal, source):

- repository: as in a FROM, Docker Hub's without host and `library/`; a final `*`
  stands for anything.
- user: the USER of the image, `root` where it sets none; None where it varies.
- steps down to: the user that the image's own ENTRYPOINT switches to (`gosu`,
  `su-exec`), None where it does not.
- shell: what `/bin/sh` is where the tag does not tell (see `TAG_SHELLS`): `dash`,
  `bash`, `busybox`, `none`; None where it varies.
- minimal: neither shell nor package manager.
- bulky: carries compilers and headers, and has a slimmer official variant.
- healthcheck: declares one; None where not known.
- forwards signals: its own ENTRYPOINT and CMD end on the stop signal; None for
  images that are made to be built on.
- stop signal: its STOPSIGNAL, None for SIGTERM.

The first row that matches counts.  Sources: the Dockerfile of the image.
"""

from __future__ import annotations

Row = tuple[
    str,
    str | None,
    str | None,
    str | None,
    bool,
    bool,
    bool | None,
    bool | None,
    str | None,
    str,
]

_DEBIAN = "github.com/debuerreotype/docker-debian-artifacts"
_UBUNTU = "Canonical's rootfs: /bin/sh is dash since 6.10"
_REDHAT = "/bin/sh is bash in the Red Hat family"


def _system(name: str, shell: str, source: str) -> Row:
    return (name, "root", None, shell, False, False, False, None, None, source)


def _language(name: str, source: str, *, shell: str | None = "dash", bulky: bool = True) -> Row:
    return (name, "root", None, shell, False, bulky, False, None, None, source)


def _server(
    name: str,
    source: str,
    *,
    user: str | None = "root",
    steps_down: str | None = None,
    shell: str | None = "dash",
    stop_signal: str | None = None,
    healthcheck: bool | None = False,
) -> Row:
    return (
        name, user, steps_down, shell, False, False, healthcheck, True, stop_signal, source,
    )  # fmt: skip


ROWS: tuple[Row, ...] = (
    ("scratch", "root", None, "none", True, False, False, None, None,
     "docs.docker.com/build/building/base-images: an empty image"),
    # operating systems
    _system("debian", "dash", _DEBIAN),
    _system("ubuntu", "dash", _UBUNTU),
    _system("bitnami/minideb", "dash", "github.com/bitnami/minideb: Debian, no USER"),
    _system("alpine", "busybox", "github.com/alpinelinux/docker-alpine"),
    _system("busybox", "busybox", "github.com/docker-library/busybox"),
    _system("fedora", "bash", _REDHAT),
    _system("registry.fedoraproject.org/fedora", "bash", _REDHAT),
    _system("registry.fedoraproject.org/fedora-minimal", "bash", _REDHAT),
    _system("centos", "bash", _REDHAT),
    _system("quay.io/centos/centos", "bash", _REDHAT),
    _system("rockylinux", "bash", _REDHAT),
    _system("rockylinux/rockylinux", "bash", _REDHAT),
    _system("almalinux", "bash", _REDHAT),
    _system("almalinux/*", "bash", _REDHAT),
    _system("oraclelinux", "bash", _REDHAT),
    _system("amazonlinux", "bash", "github.com/amazonlinux/container-images"),
    _system("public.ecr.aws/amazonlinux/amazonlinux", "bash",
            "github.com/amazonlinux/container-images"),
    _system("registry.access.redhat.com/ubi8", "bash", _REDHAT),
    _system("registry.access.redhat.com/ubi9", "bash", _REDHAT),
    _system("registry.access.redhat.com/ubi8/ubi*", "bash", _REDHAT),
    _system("registry.access.redhat.com/ubi9/ubi*", "bash", _REDHAT),
    _system("redhat/ubi*", "bash", _REDHAT),
    _system("archlinux", "bash", "gitlab.archlinux.org/archlinux/archlinux-docker"),
    _system("opensuse/*", "bash", "build.opensuse.org, bash-sh is the default"),
    _system("photon", "bash", "github.com/vmware/photon-docker-image"),
    _system("kalilinux/*", "dash", "gitlab.com/kalilinux/build-scripts/kali-docker: Debian"),
    # languages and build tools
    _language("buildpack-deps", "github.com/docker-library/buildpack-deps: made to build in",
              bulky=False),
    _language("node", "github.com/nodejs/docker-node: no USER"),
    _language("python", "github.com/docker-library/python: no USER"),
    _language("pypy", "github.com/docker-library/pypy"),
    _language("ruby", "github.com/docker-library/ruby"),
    _language("golang", "github.com/docker-library/golang"),
    _language("rust", "github.com/rust-lang/docker-rust"),
    _language("perl", "github.com/Perl/docker-perl"),
    _language("erlang", "github.com/erlang/docker-erlang-otp"),
    _language("elixir", "github.com/erlef/docker-elixir"),
    _language("gcc", "github.com/docker-library/gcc", bulky=False),
    _language("swift", "github.com/swiftlang/swift-docker: Ubuntu, slim variants"),
    _language("dart", "github.com/dart-lang/dart-docker", bulky=False),
    _language("julia", "github.com/docker-library/julia", bulky=False),
    _language("r-base", "github.com/rocker-org/rocker", bulky=False),
    _language("haskell", "github.com/haskell/docker-haskell"),
    _language("clojure", "github.com/Quantisan/docker-clojure", bulky=False),
    _language("maven", "github.com/carlossg/docker-maven", shell=None, bulky=False),
    _language("composer", "github.com/composer/docker: Alpine", shell="busybox", bulky=False),
    _language("docker", "github.com/docker-library/docker: Alpine", shell="busybox", bulky=False),
    _language("cypress/*", "github.com/cypress-io/cypress-docker-images: no USER", bulky=False),
    _language("mcr.microsoft.com/playwright", "github.com/microsoft/playwright, utils/docker",
              bulky=False),
    _language("mcr.microsoft.com/playwright/*", "github.com/microsoft/playwright, utils/docker",
              bulky=False),
    _language("google/cloud-sdk", "github.com/GoogleCloudPlatform/cloud-sdk-docker", bulky=False),
    _language("openjdk", "github.com/docker-library/openjdk: Oracle Linux unless the tag tells",
              shell=None),
    _language("eclipse-temurin", "github.com/adoptium/containers: Ubuntu unless the tag tells",
              bulky=False),
    _language("amazoncorretto", "github.com/corretto/corretto-docker: Amazon Linux", shell="bash",
              bulky=False),
    _language("mcr.microsoft.com/dotnet/*", "github.com/dotnet/dotnet-docker: Debian, no USER",
              bulky=False),
    _language("oven/bun", "github.com/oven-sh/bun, dockerhub: no USER"),
    _language("ghcr.io/astral-sh/uv", "github.com/astral-sh/uv Dockerfile: from scratch",
              shell=None, bulky=False),
    # servers that say no more than their base
    _server("nginx", "github.com/nginx/docker-nginx", stop_signal="SIGQUIT"),
    _server("httpd", "github.com/docker-library/httpd", stop_signal="SIGWINCH"),
    _server("caddy", "github.com/caddyserver/caddy-docker", shell="busybox"),
    _server("traefik", "github.com/traefik/traefik-library-image", shell="busybox"),
    _server("tomcat", "github.com/docker-library/tomcat"),
    _server("registry", "github.com/distribution/distribution-library-image", shell="busybox"),
    _server("php", "github.com/docker-library/php: fpm SIGQUIT, apache SIGWINCH"),
    _server("wordpress", "github.com/docker-library/wordpress: on php"),
    _server("nextcloud", "github.com/nextcloud/docker: on php"),
    _server("drupal", "github.com/docker-library/drupal: on php"),
    _server("haproxy", "github.com/docker-library/haproxy: USER since 2.4", user="haproxy",
            stop_signal="SIGUSR1"),
    _server("memcached", "github.com/docker-library/memcached", user="memcache"),
    _server("varnish", "github.com/varnish/docker-varnish", user="varnish"),
    _server("solr", "github.com/apache/solr-docker", user="solr"),
    # servers whose entrypoint steps down
    _server("postgres", "github.com/docker-library/postgres: gosu postgres",
            steps_down="postgres", stop_signal="SIGINT"),
    _server("postgis/postgis", "github.com/postgis/docker-postgis: on postgres",
            steps_down="postgres", stop_signal="SIGINT"),
    _server("pgvector/pgvector", "github.com/pgvector/pgvector: on postgres",
            steps_down="postgres", stop_signal="SIGINT"),
    _server("mysql", "github.com/docker-library/mysql: gosu mysql", steps_down="mysql",
            shell="bash"),
    _server("mariadb", "github.com/MariaDB/mariadb-docker: gosu mysql", steps_down="mysql"),
    _server("mongo", "github.com/docker-library/mongo: gosu mongodb", steps_down="mongodb"),
    _server("redis", "github.com/redis/docker-library-redis: setpriv or gosu redis",
            steps_down="redis"),
    _server("valkey/valkey", "github.com/valkey-io/valkey-container", steps_down="valkey"),
    _server("rabbitmq", "github.com/docker-library/rabbitmq: su-exec rabbitmq",
            steps_down="rabbitmq"),
    _server("cassandra", "github.com/docker-library/cassandra: gosu", steps_down="cassandra"),
    _server("couchdb", "github.com/apache/couchdb-docker", steps_down="couchdb"),
    _server("influxdb", "github.com/influxdata/influxdata-docker: gosu from version 2 on",
            user=None),
    _server("ghost", "github.com/docker-library/ghost: gosu node", steps_down="node"),
    _server("zookeeper", "github.com/31z4/zookeeper-docker: gosu", steps_down="zookeeper"),
    # images that do not start as root
    _server("nginxinc/nginx-unprivileged", "github.com/nginx/docker-nginx-unprivileged",
            user="101", stop_signal="SIGQUIT"),
    _server("elasticsearch", "github.com/elastic/elasticsearch, distribution/docker",
            user="1000:0", shell=None),
    _server("docker.elastic.co/elasticsearch/elasticsearch",
            "github.com/elastic/elasticsearch, distribution/docker", user="1000:0", shell=None),
    _server("docker.elastic.co/kibana/kibana", "github.com/elastic/kibana", user="1000",
            shell=None),
    _server("docker.elastic.co/logstash/logstash", "github.com/elastic/logstash", user="1000",
            shell=None),
    _server("kibana", "github.com/elastic/kibana", user="1000", shell=None),
    _server("logstash", "github.com/elastic/logstash", user="1000", shell=None),
    _server("grafana/grafana", "github.com/grafana/grafana Dockerfile: GF_UID", user="472",
            shell="busybox"),
    _server("prom/*", "github.com/prometheus/prometheus Dockerfile", user="nobody",
            shell="busybox"),
    _server("jenkins/jenkins", "github.com/jenkinsci/docker", user="jenkins", shell=None),
    _server("quay.io/keycloak/keycloak", "github.com/keycloak/keycloak, quarkus/container",
            user="1000", shell="bash"),
    _server("jupyter/*", "github.com/jupyter/docker-stacks: NB_UID", user="1000",
            healthcheck=None),
    _server("quay.io/jupyter/*", "github.com/jupyter/docker-stacks: NB_UID", user="1000",
            healthcheck=None),
    _server("selenium/*", "github.com/SeleniumHQ/docker-selenium", user="1200",
            healthcheck=None),
    _server("bitnami/*", "github.com/bitnami/containers: USER 1001", user="1001"),
    _server("bitnamilegacy/*", "github.com/bitnami/containers: USER 1001", user="1001"),
    # without shell and package manager
    ("gcr.io/distroless/*", "root", None, "none", True, False, False, None, None,
     "github.com/GoogleContainerTools/distroless: root unless the tag is nonroot"),
    ("cgr.dev/chainguard/static", "65532", None, "none", True, False, False, None, None,
     "edu.chainguard.dev: nonroot is the default"),
    ("cgr.dev/chainguard/wolfi-base", None, None, "busybox", False, False, False, None, None,
     "github.com/chainguard-images/images: the user changed over time"),
    ("chainguard/wolfi-base", None, None, "busybox", False, False, False, None, None,
     "github.com/chainguard-images/images: the user changed over time"),
    ("cgr.dev/chainguard/*", "65532", None, "none", True, False, False, None, None,
     "edu.chainguard.dev: nonroot is the default, some servers differ"),
)  # fmt: skip

HUB_HOSTS: frozenset[str] = frozenset(("docker.io", "index.docker.io", "registry-1.docker.io"))
"""Registry hosts that mean Docker Hub."""

MIRRORS: tuple[str, ...] = (
    "public.ecr.aws/docker/library/",
    "mirror.gcr.io/library/",
    "mirror.gcr.io/",
    "registry.hub.docker.com/library/",
    "quay.io/docker/library/",
)
"""Prefixes under which Docker Hub's official images are served.
Source: gallery.ecr.aws/docker, the Artifact Registry documentation on cached Docker Hub images."""

TAG_SHELLS: tuple[tuple[str, str], ...] = (
    (r"(?:^|[-_.])(?:windowsservercore|nanoserver|windows)", "none"),
    (r"alpine", "busybox"),
    (r"busybox|musl|uclibc", "busybox"),
    (r"distroless|chiseled", "none"),
    (r"(?:^|-)(?:slim|trixie|bookworm|bullseye|buster|stretch|sid)", "dash"),
    (r"(?:^|-)(?:noble|jammy|focal|bionic|ubuntu|debian)", "dash"),
    (
        r"(?:^|-)(?:ubi|oracle|oraclelinux|centos|al2|al2023|amazonlinux|fedora|azurelinux|cbl-mariner)",
        "bash",
    ),
)
"""What a part of the tag says of `/bin/sh`; the first that is found counts.
Source: naming of the official images, github.com/docker-library/official-images."""

SLIM_TAG = r"slim|alpine|distroless|chiseled|busybox|musl|wolfi|nanoserver"
"""Tags of the slimmer variants."""

ROOT_NAMES: frozenset[str] = frozenset(("root", "ContainerAdministrator"))
"""User names that are root; so is the number 0."""

TAG_USERS: tuple[tuple[str, str, str, str], ...] = (
    ("gcr.io/distroless/", r"(?:^|-)nonroot", "65532",
     "github.com/GoogleContainerTools/distroless: tags nonroot, debug-nonroot"),
    ("mcr.microsoft.com/dotnet/", r"chiseled|distroless", "1654",
     "github.com/dotnet/dotnet-docker: USER app"),
    ("wordpress", r"(?:^|-)cli", "www-data", "github.com/docker-library/wordpress, cli"),
    ("docker", r"rootless", "rootless", "github.com/docker-library/docker, dind-rootless"),
    ("mcr.microsoft.com/dotnet/", r"nanoserver", "ContainerUser",
     "learn.microsoft.com/virtualization/windowscontainers"),
)  # fmt: skip
"""Repository (or its beginning, up to a slash), tag pattern, user, source: where the tag decides
who runs."""

TAG_STOP_SIGNALS: tuple[tuple[str, str, str, str], ...] = (
    ("php", r"fpm", "SIGQUIT", "github.com/docker-library/php Dockerfile-linux.template"),
    ("php", r"apache", "SIGWINCH", "github.com/docker-library/php Dockerfile-linux.template"),
    ("wordpress", r"fpm", "SIGQUIT", "on php"),
    ("nextcloud", r"fpm", "SIGQUIT", "on php:fpm"),
    ("nextcloud", r"^(?!.*fpm)", "SIGWINCH", "on php:apache"),
    ("wordpress", r"^(?!.*(?:fpm|cli))", "SIGWINCH", "on php:apache"),
)  # fmt: skip
"""Repository, tag pattern, stop signal, source: where the tag decides the stop signal."""

DEBUG_TAG = r"(?:^|-)debug|-dev(?:$|-)"
"""Tags of minimal images that carry a shell after all.
Source: github.com/GoogleContainerTools/distroless, edu.chainguard.dev."""

BASE_REPOSITORIES: frozenset[str] = frozenset(row[0] for row in ROWS)
"""The repositories of the rows."""
