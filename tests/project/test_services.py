"""What the services of a project make together."""

from __future__ import annotations

import pytest

from plumblint.config import Config
from plumblint.discover import discover
from plumblint.facts import Container, Dependency, Mount, Port, Service, Unknown
from plumblint.project.build import build
from plumblint.repo import Repo


def project(compose, path="compose.yaml", **files):
    repo = Repo({path: compose, **files})
    return build(repo, discover(repo, Config().exclude))


def of(found, kind, name):
    (fact,) = [fact for fact in found.of(kind) if fact.name == name]
    return fact


def service(body, **others):
    return project("services:\n  db:\n" + "".join(f"    {line}\n" for line in body), **others)


WAITING = """services:
  web:
    image: acme/web:1
    depends_on: {db: {condition: service_healthy}}
  db:
"""


@pytest.mark.parametrize(
    ("body", "health"),
    [
        ("{image: 'postgres:16', healthcheck: {test: pg_isready}}", "stated"),
        ("{image: 'postgres:16', healthcheck: {test: [NONE]}}", "disabled"),
        ("{image: 'acme/db:1', healthcheck: {disable: true}}", "disabled"),
        ("{image: 'postgres:16'}", "missing"),
        ("{image: 'postgres:16', healthcheck: {interval: 5s}}", "missing"),
        ("{image: 'acme/db:1', healthcheck: {interval: 5s}}", None),
        ("{image: 'acme/db:1'}", None),
        ("{image: 'acme/db:1', healthcheck: {disable: '${OFF}'}}", None),
        ("{build: .}", "missing"),
        ("{build: ., healthcheck: {interval: 5s}}", None),
        ("{build: elsewhere}", None),
        ("{build: checked}", "stated"),
        ("{build: unknown}", None),
    ],
)
def test_health_of_what_is_waited_for(body, health):
    found = project(
        WAITING + f"    {body}\n".replace("    {", "    <<: {", 1),
        **{
            "Dockerfile": "FROM postgres:16\n",
            "checked/Dockerfile": "FROM postgres:16\nHEALTHCHECK CMD pg_isready\n",
            "unknown/Dockerfile": "FROM acme/db:1\n",
        },
    )
    (dependency,) = found.of(Dependency)
    told = None if isinstance(dependency.healthcheck, Unknown) else dependency.healthcheck
    assert told == health
    related = dependency.origin_of("healthcheck").via
    assert [place.label for place in related] == ["service db"]


def test_a_service_that_is_elsewhere_is_not_known():
    found = project(
        "services:\n  web:\n    depends_on: {db: {condition: service_healthy}}\n",
        path="compose.prod.yaml",
    )
    assert isinstance(found.of(Dependency)[0].healthcheck, Unknown)


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (["image: postgres:16"], "nowhere"),
        (["image: docker.io/library/postgres:16"], "nowhere"),
        (["image: postgres:16", "volumes: ['data:/var/lib/postgresql/data']"], "volume"),
        (["image: postgres:18", "volumes: ['./d:/var/lib/postgresql']"], "bind"),
        (["image: postgres:16", "volumes: ['./init:/docker-entrypoint-initdb.d']"], "nowhere"),
        (["image: mysql:8", "tmpfs: /var/lib/mysql"], "tmpfs"),
        (["image: mysql:8", "volumes: ['data:/var/lib']"], "volume"),
        (["image: mysql:8", "volumes: ['data:${DATA}']"], "?"),
        (["image: mysql:8", "volumes_from: [data]"], "?"),
        (["image: mysql:8", "command: --datadir=/srv"], None),
        (["image: mysql:8", "command: mysqld --character-set-server=utf8"], "nowhere"),
        (["image: mysql:8", "command: mysqldump -h db"], None),
        (["image: mysql:8", "entrypoint: [sh, -c, 'sleep 1']"], None),
        (["image: mongo:7", "entrypoint: [mongod, --quiet]"], "nowhere"),
        (["image: 'postgres:16'", "environment: {PGDATA: '${WHERE}'}"], None),
        (
            ["image: postgres:16", "environment: {PGDATA: /srv/db}", "volumes: ['data:/srv']"],
            "volume",
        ),
        (["image: redis:7"], None),
        (["image: acme/postgres:16"], None),
        (["image: '${DB}'"], None),
        (["build: db"], "nowhere"),
        (["build: setup"], None),
    ],
)
def test_where_a_database_keeps_its_data(body, kept):
    found = service(
        body,
        **{
            "db/Dockerfile": "FROM mysql:8\n",
            "setup/Dockerfile": 'FROM mysql:8\nENTRYPOINT ["/entrypoint.sh"]\n',
        },
    )
    container = next(one for one in found.of(Container) if one.kind == "compose")
    told = "?" if isinstance(container.data_kept, Unknown) else container.data_kept
    assert told == kept


def test_an_overlay_does_not_tell_where_the_data_is():
    found = project(
        "services:\n  db:\n    image: postgres:16\n  web: {environment: {A: b}}\n",
        path="compose.prod.yaml",
        **{"compose.yaml": "services:\n  db: {image: 'postgres:15'}\n  web: {image: 'a:1'}\n"},
    )
    told = {one.span.path: one.data_kept for one in found.of(Container) if one.name == "db"}
    assert told == {"compose.prod.yaml": None, "compose.yaml": "nowhere"}


def test_what_is_there_for_tests_is_told():
    found = project(
        "services:\n  a: {image: 'a:1', profiles: [e2e], ports: ['1:1']}\n  b: {image: 'a:1'}\n"
        "  test-db: {image: 'a:1'}\n  latest: {image: 'a:1'}\n"
    )
    told = {one.name: one.for_tests for one in found.of(Container)}
    assert told == {"a": True, "b": False, "test-db": True, "latest": False}
    assert found.of(Port)[0].for_tests


def test_ports_of_databases():
    found = project(
        "services:\n  db: {image: 'postgres:16', ports: ['5432:5432', '8080:80']}\n"
        "  cache: {image: 'bitnami/redis:7', ports: ['6379:6379']}\n"
        "  web: {image: 'acme/web:1', ports: ['5433:5432']}\n"
    )
    told = [port.database for port in found.of(Port)]
    assert told == ["postgres", None, "redis", None]


CLASH = "services:\n  a: {{image: 'a:1', {}}}\n  b: {{image: 'b:1', {}}}\n"


@pytest.mark.parametrize(
    ("one", "other", "clashes"),
    [
        ("ports: ['80:1']", "ports: ['80:2']", True),
        ("ports: ['80:1/udp']", "ports: ['80:2']", False),
        ("ports: ['127.0.0.1:80:1']", "ports: ['80:2']", True),
        ("ports: ['127.0.0.1:80:1']", "ports: ['127.0.0.2:80:2']", False),
        ("ports: ['[::1]:80:1']", "ports: ['[::1]:80:1']", True),
        ("ports: ['80-81:1-2']", "ports: ['81:2']", True),
        ("ports: ['80-89:1']", "ports: ['81:2']", False),
        ("ports: ['${P:-80}:1']", "ports: ['80:2']", True),
        ("ports: ['${P}:1']", "ports: ['80:2']", False),
        ("ports: ['0:1']", "ports: ['0:2']", False),
        ("ports: ['1']", "ports: ['1']", False),
        ("expose: [1]", "expose: [1]", False),
        ("ports: ['80:1'], profiles: [x]", "ports: ['80:2'], profiles: [y]", False),
        ("ports: ['80:1'], profiles: [x]", "ports: ['80:2'], profiles: [x, y]", True),
        ("ports: ['80:1']", "ports: ['80:2'], profiles: [y]", True),
        ("ports: ['80:1']", "ports: ['80:2'], network_mode: host", False),
    ],
)
def test_ports_that_clash(one, other, clashes):
    found = project(CLASH.format(one, other))
    told = [port.path for port in found.of(Port) if port.clashes_with]
    assert bool(told) == clashes
    assert not [path for path in told if not path.startswith("services.b.")]


def test_a_clash_is_reported_where_the_port_is_used_not_in_an_env_file():
    found = project(CLASH.format("ports: ['80:1']", "ports: ['${P}:2']"), **{".env": "P=80\n"})
    (port,) = [port for port in found.of(Port) if port.clashes_with]
    assert port.origin_of("clashes_with").span.path == "compose.yaml"


@pytest.mark.parametrize(
    ("one", "other", "clashes"),
    [
        ("container_name: x", "container_name: x", True),
        ("container_name: x", "container_name: y", False),
        ("container_name: '${X:-x}'", "container_name: x", True),
        ("container_name: '${X}'", "container_name: '${X}'", False),
        ("container_name: x, profiles: [a]", "container_name: x, profiles: [b]", False),
    ],
)
def test_container_names_that_clash(one, other, clashes):
    found = project(CLASH.format(one, other))
    assert of(found, Service, "b").clashes_with == (("a",) if clashes else ())


def test_the_image_that_gets_a_mount_is_told():
    found = project(
        "services:\n  p: {image: 'ghcr.io/acme/p:1', volumes: ['/a:/a']}\n"
        "  b: {build: ., image: 'x/y', volumes: ['/a:/a']}\n"
    )
    assert [mount.image for mount in found.of(Mount)] == ["ghcr.io/acme/p", None]


@pytest.mark.parametrize(
    ("image", "path"),
    [
        ("postgres:16.3", "/var/lib/postgresql/data"),
        ("postgres:18.1-alpine", "/var/lib/postgresql"),
        ("postgres", "/var/lib/postgresql"),
        ("mysql:8.4", "/var/lib/mysql"),
    ],
)
def test_the_data_path_of_an_image(image, path):
    assert of(service([f"image: {image}"]), Container, "db").data_path == path
