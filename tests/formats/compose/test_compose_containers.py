from __future__ import annotations

import pytest
from compose_facts import read, service

from plumblint.facts import Unknown

UNKNOWN = "?"


def shown(value):
    return UNKNOWN if isinstance(value, Unknown) else value


@pytest.mark.parametrize(
    ("port", "wanted"),
    [
        ("80", [(None, None, 80, "tcp")]),
        ("8080:80", [(None, "8080", 80, "tcp")]),
        ("'8080:80/udp'", [(None, "8080", 80, "udp")]),
        ("'127.0.0.1:8080:80'", [("127.0.0.1", "8080", 80, "tcp")]),
        ("'127.0.0.1::80'", [("127.0.0.1", None, 80, "tcp")]),
        ("'[::1]:8080:80'", [("::1", "8080", 80, "tcp")]),
        ("'8000-8001:80-81'", [(None, "8000", 80, "tcp"), (None, "8001", 81, "tcp")]),
        ("'8000-8009:80'", [(None, "8000-8009", 80, "tcp")]),
        ("'${P:-8080}:80'", [(None, "8080", 80, "tcp")]),
        ("'${P}:80'", [("?", "?", 80, "tcp")]),
        ("'${IP:-127.0.0.1}:80:80'", [("127.0.0.1", "80", 80, "tcp")]),
        ("'80:${P}'", [(None, "80", "?", "?")]),
        ("'${ALL}'", [("?", "?", "?", "?")]),
        ("{target: 80, published: '8080', host_ip: 127.0.0.1}", [("127.0.0.1", "8080", 80, "tcp")]),
        ("{target: 80, protocol: udp}", [(None, None, 80, "udp")]),
    ],
)
def test_ports(port, wanted):
    facts = service(f"image: x:1\nports:\n  - {port}\n")
    found = [(p.host_ip, p.published, p.target, p.protocol) for p in facts.of("port")]
    assert [tuple(map(shown, one)) for one in found] == wanted
    assert not facts.problems


@pytest.mark.parametrize("port", ["x:80", "80:x", "300.1.1:80:80:", "80:99999"])
def test_ports_that_are_refused(port):
    facts = service(f"image: x:1\nports: ['{port}']\n")
    assert bool(facts.problems) == (port != "x:80")


@pytest.mark.parametrize(
    ("volume", "wanted"),
    [
        ("/data", ("volume", None, "/data", False)),
        ("vol:/data", ("volume", "vol", "/data", False)),
        ("v:/data", ("volume", None, "v:/data", False)),
        ("./a:/data/:ro", ("bind", "./a", "/data", True)),
        ("~/a:/data:rw,z", ("bind", "~/a", "/data", False)),
        ("'C:\\a:/data'", ("bind", "C:\\a", "/data", False)),
        ("'${SOCK}:/var/run/docker.sock'", ("bind", "?", "/var/run/docker.sock", False)),
        ("'${SOCK:-/run/docker.sock}:/s'", ("bind", "/run/docker.sock", "/s", False)),
        ("{type: bind, source: /a, target: /b, read_only: true}", ("bind", "/a", "/b", True)),
        ("{type: tmpfs, target: /b}", ("tmpfs", None, "/b", False)),
        ("{source: v, target: /b}", ("volume", "v", "/b", False)),
        ("hostdir:/b", ("bind", "/etc", "/b", False)),
    ],
)
def test_mounts(volume, wanted):
    facts = read(
        f"services:\n  web:\n    image: x:1\n    volumes:\n      - {volume}\n"
        "volumes:\n  v:\n  vol:\n  hostdir: {driver_opts: {type: none, o: bind, device: /etc}}\n"
    )
    mount = facts.one("mount")
    assert tuple(map(shown, (mount.kind, mount.source, mount.target, mount.read_only))) == wanted
    assert not facts.problems


def test_other_mounts():
    facts = service(
        "image: x:1\ntmpfs: [/t:size=1m]\nuse_api_socket: true\n"
        "secrets: [s, {source: q, target: /q}]\n",
        head="secrets: {s: {file: s}, q: {file: q}}\n",
    )
    assert {(mount.kind, mount.source, mount.target) for mount in facts.of("mount")} == {
        ("tmpfs", None, "/t"),
        ("bind", "/var/run/docker.sock", "/var/run/docker.sock"),
        ("secret", "s", "/run/secrets/s"),
        ("secret", "q", "/q"),
    }


@pytest.mark.parametrize(
    ("body", "root"),
    [
        ("image: debian:12", True),
        ("image: debian:12\nuser: '1000'", False),
        ("image: unknown/x:1\nuser: root:app", True),
        ("image: unknown/x:1\nuser: 0", True),
        ("image: unknown/x:1\nuser: '${UID}'", UNKNOWN),
        ("image: unknown/x:1\nuser: '${UID:-0}:1'", True),
        ("image: unknown/x:1", UNKNOWN),
        ("build: .", UNKNOWN),
        ("image: postgres:16", False),
        ("image: postgres:16\ncommand: postgres -c x=y", False),
        ("image: postgres:16\ncommand: -c x=y", False),
        ("image: postgres:16\ncommand: sh -c x", UNKNOWN),
        ("image: postgres:16\nentrypoint: /x", UNKNOWN),
        ("image: gcr.io/distroless/static:nonroot", False),
    ],
)
def test_user(body, root):
    facts = service(body + "\n")
    assert shown(facts.one("container").user_is_root) == root


def test_rights():
    facts = service(
        """\
        image: x:1
        privileged: true
        cap_add: [cap_sys_admin, NET_ADMIN]
        cap_drop: [ALL]
        security_opt: ["seccomp:unconfined"]
        read_only: true
        network_mode: host
        pid: "host"
        ipc: shareable
        mem_limit: 1g
        deploy: {resources: {limits: {cpus: "2"}}, restart_policy: {condition: any}}
        logging: {driver: none}
        labels: [a=b, c]
        working_dir: /app
        """
    )
    container = facts.one("container")
    assert container.added_capabilities == ("SYS_ADMIN", "NET_ADMIN")
    assert container.dropped_capabilities == ("ALL",)
    assert container.security_options == ("seccomp:unconfined",)
    assert container.host_namespaces == ("network", "pid")
    assert container.limits == {"memory": "1g", "cpus": "2"}
    assert (container.restart, container.logging_driver) == ("any", "none")
    assert (container.labels, container.workdir) == ({"a": "b", "c": None}, "/app")
    assert facts.at(container, "added_capabilities") == "[cap_sys_admin, NET_ADMIN]"
    assert facts.at(container, "privileged") == "true"
    assert facts.at(container, "host_namespaces") == "host"


@pytest.mark.parametrize(
    ("body", "argv"),
    [
        ("entrypoint: /e.sh a\ncommand: b 'c d'", ("/e.sh", "a", "b", "c d")),
        ('entrypoint: ["sh", "-c"]\ncommand: ["exec x $$Y"]', ("sh", "-c", "exec x $Y")),
        ("entrypoint: []\ncommand: a", ("a",)),
        ('command: a\\ b "c\\"d" \'e\'f', ("a b", 'c"d', "ef")),
        ("command: a b && c", ("a", "b")),
        ("command: a ${X:-b c}", ("a", "b", "c")),
        ("command: a ${X}", ("a", UNKNOWN)),
        ("command: >\n  a\n  b", ("a", "b")),
        ("command: ['a b']", ("a b",)),
    ],
)
def test_process(body, argv):
    facts = service("build: .\n" + body + "\n")
    process = facts.one("process")
    assert tuple(map(shown, process.argv)) == argv
    assert process.form == "exec"
    assert process.one_string == ("['a b']" in body)


def test_process_of_an_image_that_nothing_is_known_of():
    argv = service("image: x:1\ncommand: a\n").one("process").argv
    assert tuple(map(shown, argv)) == (UNKNOWN, "a")
    assert service("image: node:22\ncommand: npm start\n").one("process").argv == ("npm", "start")


def test_stopping():
    facts = service(
        "image: debian:12\ninit: true\nstop_signal: 9\nstop_grace_period: 1m30s\n"
        "command: bash -c 'a; b'\n"
    )
    process = facts.one("process")
    assert (process.init, process.stop_signal, process.grace_seconds) == (
        "docker-init",
        "SIGKILL",
        90,
    )
    assert process.shell == "bash"
    assert facts.at(process, "stop_signal") == "9"
    assert isinstance(service("image: x:1\ninit: true\n").one("process").stop_signal, Unknown)
    assert service("image: nginx:1\ninit: true\n").one("process").stop_signal == "SIGQUIT"
    assert not service("image: x:1\n").of("process")


def test_commands_with_their_places():
    facts = service(
        """\
        image: debian:12
        command: >
          sh -c "curl $$URL |
          sh"
        healthcheck:
          test: "curl -f http://${H:-localhost} || exit 1"
        pre_stop: [{command: ["/bin/x", "y"]}]
        """
    )
    found = {(c.name, c.place): c for c in facts.of("command")}
    assert set(found) >= {
        ("sh", "command"),
        ("curl", "command"),
        ("curl", "healthcheck"),
        ("x", "hook"),
    }
    curl = found["curl", "command"]
    assert facts.under(curl.span) == "curl $$URL"
    assert curl.piped_into == "sh"
    assert facts.under(found["curl", "healthcheck"].span).startswith("curl -f http://")


@pytest.mark.parametrize(
    ("health", "disabled", "test"),
    [
        ("{test: a b}", False, "a b"),
        ("{test: [CMD, a, b]}", False, "a b"),
        ("{test: [CMD-SHELL, 'a || b']}", False, "a || b"),
        ("{test: [NONE]}", True, None),
        ("{disable: true}", True, UNKNOWN),
        ("{interval: 3s}", False, UNKNOWN),
    ],
)
def test_healthcheck(health, disabled, test):
    facts = service(f"image: x:1\nhealthcheck: {health}\n")
    check = facts.one("healthcheck")
    assert (check.disabled, shown(check.test)) == (disabled, test)
    assert not facts.problems


@pytest.mark.parametrize(
    ("build", "context", "dockerfile"),
    [
        (".", "app", "app/Dockerfile"),
        ("../api", "api", "api/Dockerfile"),
        ("{context: ./x, dockerfile: ../D, target: t}", "app/x", "app/D"),
        ("{dockerfile: D}", "app", "app/D"),
        ("https://github.com/a/b.git", UNKNOWN, UNKNOWN),
        ("../../out", UNKNOWN, UNKNOWN),
        ("'${CTX}'", UNKNOWN, UNKNOWN),
        ("{context: ., dockerfile_inline: 'FROM x'}", "app", None),
    ],
)
def test_build(build, context, dockerfile):
    facts = read(f"services: {{web: {{build: {build}}}}}\n", path="app/compose.yaml")
    container = facts.one("container")
    assert shown(container.build_context) == context
    assert shown(container.build_dockerfile) == dockerfile
    assert container.build_target == ("t" if "target" in build else None)
    assert not facts.problems


def test_build_arguments():
    facts = service("build: {context: ., args: [A=1, B, 'C=${C}', D]}\n", files={".env": "D=4\n"})
    arguments = facts.one("container").build_arguments
    assert {name: shown(value) for name, value in arguments.items()} == {
        "A": "1",
        "B": None,
        "C": UNKNOWN,
        "D": "4",
    }
    assert {variable.kind for variable in facts.of("variable")} == {"build-arg"}


def test_a_dockerfile_within_the_file():
    facts = service("build:\n  dockerfile_inline: |\n    FROM x\n    USER a\n")
    container = facts.one("container")
    assert container.build_inline == "FROM x\nUSER a\n"
    assert container.build_dockerfile is None
    assert facts.at(container, "build_inline").startswith("FROM x\n")
