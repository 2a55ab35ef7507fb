"""What the stop signal does, where no kernel is needed to know it."""

from __future__ import annotations

import time

import pytest

from plumblint.discover import discover
from plumblint.facts import Container, Process, Unknown
from plumblint.project.build import units_of
from plumblint.project.linking import link
from plumblint.project.project import Project
from plumblint.project.signals import judge_signals
from plumblint.project.signals.traps import effect_of
from plumblint.repo import Repo


def processes(files: dict[str, str]) -> dict[str, Process]:
    """The processes of a repo's containers by the container's name."""
    repo = Repo(files)
    found = discover(repo, ())
    project = Project(repo, found)
    for unit, reader in units_of(repo, found):
        project.add_unit(unit.path, list(reader.read(unit, repo)))
    link(project)
    judge_signals(project)
    return {str(c.name): c.process for c in project.of(Container) if isinstance(c.process, Process)}


def process(dockerfile: str, **files: str) -> Process:
    named = {path.replace("__", "/").replace("_dot_", "."): text for path, text in files.items()}
    (found,) = processes({"Dockerfile": dockerfile, **named}).values()
    return found


def verdict(dockerfile: str, **files: str) -> str | None:
    signal = process(dockerfile, **files).signal
    return "unknown" if isinstance(signal, Unknown) else signal


SLIM = "FROM debian:12.5\nWORKDIR /app\nCOPY . .\n"
NODE = "FROM node:22.3.0-slim\nWORKDIR /app\nCOPY . .\n"
ALPINE = "FROM node:22.3.0-alpine\nWORKDIR /app\nCOPY . .\n"
PYTHON = "FROM python:3.12.4-slim\nWORKDIR /app\nCOPY . .\n"


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (SLIM + "CMD /srv/app", "lost"),
        (SLIM + "CMD exec /srv/app", "unknown"),
        (ALPINE + "CMD /srv/app", "unknown"),
        (ALPINE + "CMD /srv/app | tee log", "lost"),
        ("FROM registry.example.com/x:1\nENTRYPOINT /srv/app", "unknown"),
        ("FROM registry.example.com/x:1\nENTRYPOINT /srv/app | tee log", "lost"),
        ("FROM registry.example.com/x:1\nCMD /srv/app | tee log", "unknown"),
        (SLIM + "RUN ln -sf /bin/bash /bin/sh\nCMD gunicorn app", "unknown"),
        (SLIM + 'CMD ["bash"]', "unknown"),
        (SLIM + 'CMD ["gunicorn", "app.wsgi"]', "delivered"),
        (SLIM + 'CMD ["tail", "-f", "/dev/null"]', "ignored"),
        (SLIM + 'ENTRYPOINT ["tini", "--"]\nCMD ["tail", "-f", "/dev/null"]', "delivered"),
        (SLIM + 'CMD ["su", "app", "-c", "gunicorn app"]', "unknown"),
        (SLIM + 'CMD ["/sbin/init"]', "unknown"),
        (SLIM + 'CMD ["java", "-jar", "app.jar"]', "delivered"),
        (SLIM + 'CMD ["java", "-Xrs", "-jar", "app.jar"]', "ignored"),
        (SLIM + 'CMD ["python3", "-m", "http.server"]', "ignored"),
        (SLIM + 'CMD ["python3", "manage.py", "runserver", "--noreload"]', "ignored"),
        (SLIM + 'CMD ["flask", "run"]', "ignored"),
        (SLIM + 'ENV FLASK_DEBUG=1\nCMD ["flask", "run"]', "unknown"),
        (SLIM + 'STOPSIGNAL SIGINT\nCMD ["flask", "run"]', "delivered"),
        (SLIM + "STOPSIGNAL 9\nCMD exec gunicorn app", "killed"),
        (SLIM + 'CMD ["xvfb-run", "/srv/app"]', "unknown"),
        (SLIM + "CMD pytest", "unknown"),
        (SLIM + 'CMD ["sh", "-c", "node server.js || exit 1"]', "lost"),
        (NODE + 'ENTRYPOINT ["docker-entrypoint.sh"]\nCMD ["gunicorn"]', "delivered"),
        (SLIM + "CMD ${APP}", "lost"),
        (SLIM + 'ENTRYPOINT ["gosu", "app", "tini", "--", "sh", "-c", "/srv/app"]', "lost"),
        ("FROM golang:1.22 AS b\nFROM scratch\nCOPY --from=b /x /app\nCMD [\"/app\"]", "delivered"),
        ("FROM rust:1.80 AS b\nFROM scratch\nCOPY --from=b /x /app\nCMD [\"/app\"]", "unknown"),
    ],
)  # fmt: skip
def test_process(lines: str, wanted: str) -> None:
    assert verdict(lines) == wanted


@pytest.mark.parametrize(
    ("script", "wanted"),
    [
        ("gunicorn app", "lost"),
        ("exec gunicorn app", "delivered"),
        ("gunicorn app\nexit $?", "lost"),
        ("if [ -n \"$DEBUG\" ]; then\n  exec sleep infinity\nfi\nexec gunicorn app", "unknown"),
        ("if [ -n \"$X\" ]; then\n  flask run\nelse\n  gunicorn app\nfi", "lost"),
        ("exec \"$@\"", "unknown"),
        ("set -- gunicorn \"$@\"\nexec \"$@\"", "delivered"),
        ("source /opt/unknown.sh\ngunicorn app", "unknown"),
        (". /venv/bin/activate\ngunicorn app", "lost"),
        ("eval \"$START\"\ngunicorn app", "unknown"),
        ("gunicorn app &\nnginx &\nwait -n", "lost"),
        ("gunicorn app &\nnginx -g 'daemon off;'", "lost"),
        ("trap cleanup TERM\ncleanup() { redis-cli shutdown; }\nredis-server &\nwait", "unknown"),
        ("trap 'kill 0' TERM\ngunicorn app &\nwait", "unknown"),
        ("trap 'kill -9 $p' TERM\ngunicorn app & p=$!\nwait", "unknown"),
        ("trap 'echo bye; exit 0' TERM\ngunicorn app &\nwait", "lost"),
        ("trap 'kill $p; wait $p' INT\ngunicorn app & p=$!\nwait", "lost"),
        ("trap 'kill $p; wait $p' SIGTERM\ngunicorn app & p=$!\nwait", "delivered"),
        ("trap 'kill $p; wait $p' 15\ngunicorn app & p=$!\nwait", "delivered"),
        ("trap : TERM\nsleep infinity & wait", "delivered"),
        ("until pg_isready; do sleep 1; done\nexec gunicorn app", "delivered"),
        ("wait-for-it.sh db:5432 -- gunicorn app", "lost"),
        ("exec wait-for-it.sh db:5432 -- gunicorn app", "delivered"),
        ("service nginx start\ntail -f /var/log/nginx/access.log", "lost"),
        ("exec > /var/log/app.log 2>&1\nexec gunicorn app", "delivered"),
        ("[ -f .env ] && . ./.env\nexec gunicorn app", "delivered"),
        ("run() { exec gunicorn app; }\nrun", "delivered"),
        ("cd web\nexec npm start", "lost"),
        ("echo done", "unknown"),
        ("gunicorn app &", "unknown"),
        ("exec su-exec app gunicorn app", "delivered"),
        ("exec gunicorn app | tee log", "lost"),
        ("python manage.py migrate && gunicorn app", "lost"),
        ("python manage.py migrate && exec gunicorn app", "delivered"),
        ("python manage.py migrate", "unknown"),
        ("bundle exec rake db:migrate", "unknown"),
        ("poetry run pytest", "unknown"),
        ("npm run build", "unknown"),
        ("npm run build && npm run serve", "lost"),
        ("python -m pytest", "unknown"),
        ("sudo -u app gunicorn app", "lost"),
        ("if ! [ -e x", "unknown"),
    ],
)  # fmt: skip
def test_script(script: str, wanted: str) -> None:
    found = verdict(
        SLIM + 'CMD ["./start.sh"]',
        start_dot_sh=f"#!/bin/bash\nset -e\n{script}\n",
        web__package_dot_json='{"scripts": {"start": "node x.js"}}',
    )
    assert found == wanted


@pytest.mark.parametrize(
    ("argument", "wanted"),
    [("server", "lost"), ("worker", "delivered"), ("gunicorn", "delivered"), ("-b", "delivered")],
)
def test_arguments_decide(argument: str, wanted: str) -> None:
    script = (
        '#!/bin/sh\nif [ "${1#-}" != "$1" ]; then\n  set -- gunicorn "$@"\nfi\n'
        'case "$1" in\n  server) gunicorn app ;;\n  worker) exec celery worker ;;\n'
        '  *) exec "$@" ;;\nesac\n'
    )
    lines = f'{SLIM}ENTRYPOINT ["./start.sh"]\nCMD ["{argument}"]'
    assert verdict(lines, start_dot_sh=script) == wanted


@pytest.mark.parametrize(
    ("base", "command", "start", "more", "wanted"),
    [
        (NODE, ["npm", "start"], "node x.js", {}, "lost"),
        (ALPINE, ["npm", "start"], "node x.js", {}, "delivered"),
        (NODE, ["npm", "start"], "exec node x.js", {}, "delivered"),
        (NODE, ["npm", "run", "start"], "node x.js", {}, "lost"),
        (NODE, ["npm", "run", "other"], "node x.js", {}, "unknown"),
        (NODE, ["npm", "-w", "a", "start"], "node x.js", {}, "unknown"),
        (NODE, ["yarn", "start"], "node x.js", {}, "unknown"),
        (NODE, ["yarn", "start"], "node x.js", {"yarn_dot_lock": "# yarn lockfile v1\n"}, "lost"),
        (NODE, ["pnpm", "start"], "node x.js", {}, "unknown"),
        (NODE, ["npm", "start"], "npm start", {}, "unknown"),
        (NODE, ["npm", "start"], "sh start.sh", {"start_dot_sh": "exec node x.js"}, "lost"),
    ],
)  # fmt: skip
def test_package_scripts(
    base: str, command: list[str], start: str, more: dict[str, str], wanted: str
) -> None:
    lines = base + "CMD [" + ", ".join(f'"{word}"' for word in command) + "]"
    package = f'{{"scripts": {{"start": "{start}"}}}}'
    if wanted == "unknown" and start == "npm start":
        assert verdict(lines, package_dot_json=package, **more) in ("unknown", "lost")
    else:
        assert verdict(lines, package_dot_json=package, **more) == wanted


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("require('express')().listen(80)", "ignored"),
        ("require('express')().listen(80); process.on('SIGTERM', stop)", "delivered"),
        ("require('express')().listen(80); require('./own')", "unknown"),
        ("require('express')().listen(80); require('./deep')", "delivered"),
        ("require('express')().listen(80); require(name)", "unknown"),
        ("require('strange')().listen(80)", "unknown"),
        ("require('cluster'); require('http').createServer().listen(80)", "unknown"),
        ("console.log('done')", "unknown"),
        ("// process.on('SIGTERM')\nrequire('http').createServer().listen(80)", "ignored"),
        ("require('express')().listen(80); for (const s of all) process.on(s, stop)", "delivered"),
        ("import express from 'express'\nexpress().listen(80)", "ignored"),
    ],
)  # fmt: skip
def test_node_handler(source: str, wanted: str) -> None:
    deep = "process.once('SIGTERM', () => process.exit())"
    lines = NODE + 'CMD ["node", "server.js"]'
    assert verdict(lines, server_dot_js=source, deep_dot_js=deep) == wanted


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("from flask import Flask\napp = Flask('x')\napp.run()", "ignored"),
        ("from flask import Flask\napp = Flask('x')\napp.run(debug=True)", "unknown"),
        ("import signal\nsignal.signal(signal.SIGTERM, stop)\nwhile True: pass", "delivered"),
        ("import own\nwhile True: pass", "delivered"),
        ("from package import (\n    other,\n    inner,\n)\nwhile True: pass", "delivered"),
        ("import strange\nwhile True: pass", "unknown"),
        ("import uvicorn\nuvicorn.run(app)", "unknown"),
        ("print('done')", "unknown"),
        ("import importlib\nwhile True: pass", "unknown"),
    ],
)  # fmt: skip
def test_python_handler(source: str, wanted: str) -> None:
    handles = "import signal\nsignal.signal(signal.SIGTERM, stop)\n"
    lines = PYTHON + 'CMD ["python", "app.py"]'
    found = verdict(
        lines, app_dot_py=source, own_dot_py=handles, package__inner_dot_py=handles,
        package__other_dot_py="", package____init___dot_py="",
    )  # fmt: skip
    assert found == wanted


def test_script_is_found_through_the_context() -> None:
    exec_less = "#!/bin/sh\ngunicorn app\n"
    dockerfile = (
        "FROM debian:12.5 AS base\nCOPY scripts/*.sh /usr/local/bin/\n"
        "FROM debian:12.5\nCOPY --from=base /usr/local/bin/start.sh /opt/\n"
        'ENTRYPOINT ["/opt/start.sh"]\n'
    )
    found = processes({"docker/Dockerfile": dockerfile, "scripts/start.sh": exec_less})
    (one,) = found.values()
    assert one.signal == "lost"
    assert one.script == "scripts/start.sh"
    where = one.origin_of("signal")
    assert where is not None
    assert where.span.path == "scripts/start.sh"
    assert [related.span.path for related in where.via] == ["docker/Dockerfile"]


def test_context_of_a_workflow() -> None:
    workflow = (
        "on: push\njobs:\n  build:\n    runs-on: ubuntu-24.04\n    steps:\n"
        "      - uses: docker/build-push-action@v6\n        with:\n"
        "          context: ./app\n          file: build/Dockerfile\n"
        "      - uses: docker/build-push-action@v6\n        with:\n"
        "          context: ${{ inputs.folder }}\n          file: ${{ inputs.file }}\n"
    )
    found = processes(
        {
            ".github/workflows/ci.yaml": workflow,
            "build/Dockerfile": SLIM + 'CMD ["./start.sh"]\n',
            "build/start.sh": "#!/bin/sh\nexec gunicorn app\n",
            "app/start.sh": "#!/bin/sh\ngunicorn app\n",
        }
    )
    assert [one.script for one in found.values()] == ["app/start.sh"]


def test_program_on_the_path() -> None:
    dockerfile = (
        'FROM debian:12.5\nCOPY start.sh /usr/local/bin/start\nENTRYPOINT ["start"]\nCMD ["x"]\n'
    )
    assert verdict(dockerfile, start_dot_sh="#!/bin/sh\ngunicorn app\n") == "lost"


def test_service_lays_over_its_image() -> None:
    compose = """
services:
  plain: {build: .}
  init: {build: ., init: true}
  command: {build: ., command: ["tini", "--", "node", "server.js"]}
  none: {build: ., stop_grace_period: 0s}
  kill: {build: ., stop_signal: SIGKILL}
"""
    files = {
        "compose.yaml": compose,
        "Dockerfile": NODE + 'CMD ["node", "server.js"]\n',
        "server.js": "require('express')().listen(80)\n",
    }
    found = processes(files)
    signals = {name: one.signal for name, one in found.items() if name}
    assert signals == {
        "plain": "ignored", "init": "delivered", "command": "delivered", "none": "killed",
        "kill": "killed",
    }  # fmt: skip


def test_bind_mount_hides_what_was_copied() -> None:
    compose = "services:\n  web:\n    build: .\n    volumes: ['./live:/app']\n"
    files = {
        "compose.yaml": compose,
        "Dockerfile": SLIM + 'CMD ["./start.sh"]\n',
        "start.sh": "#!/bin/sh\nexec gunicorn app\n",
        "live/start.sh": "#!/bin/sh\ngunicorn app\n",
    }
    assert processes(files)["web"].signal == "lost"


def test_graceful_signal() -> None:
    one = process(SLIM + 'CMD ["nginx", "-g", "daemon off;"]')
    assert (one.signal, one.graceful_signal) == ("delivered", "SIGQUIT")


def test_cure_names_the_users_own_values() -> None:
    assert process(SLIM + "CMD node server.js").cure == 'write `["node", "server.js"]`'
    assert process(SLIM + "CMD A=1 node x").cure == "write `A=1 exec node x`"


@pytest.mark.parametrize(
    ("action", "effect"),
    [
        ("", "ignores"),
        ("exit 0", "ends"),
        ("kill $!", "passes"),
        ("kill -s TERM $p; wait", "passes and waits"),
        ("kill -TERM $p; while kill -0 $p; do sleep 1; done", "passes and waits"),
        ("kill -- -$$", "unclear"),
        ("kill -KILL $p", "unclear"),
        ("nginx -s quit", "unclear"),
        ("exit 0; kill $p", "ends"),
    ],
)
def test_effect_of_a_trap(action: str, effect: str) -> None:
    assert effect_of(action, {}) == effect


@pytest.mark.parametrize(
    "script",
    [
        ". ./start.sh\n" * 2000,
        "f() { f; f; f; f; }\n" + "f\n" * 2000,
        "".join(f"f{n}() {{ {f'f{n + 1}; ' * 50}}}\n" for n in range(12)) + "f0\n",
        "a && " * 20_000 + "b",
        "if a; then\n" * 45 + "b\n" + "fi\n" * 45,
        "".join(f"v{n}=1\nif [ $x ]; then y=1; fi\n" for n in range(5000)) + "app",
        "app &\n" * 20_000 + "wait",
        "exec ./start.sh",
        "trap 'f' TERM\n" * 3000 + "f() { g; g; g; }\ng() { f; f; f; }\napp & wait",
        "exec " + "env " * 20_000 + "app",
        "case x in\n" + "a) b ;;\n" * 10_000 + "esac",
    ],
)  # fmt: skip
def test_hostile_scripts_end(script: str) -> None:
    started = time.monotonic()
    verdict(SLIM + 'CMD ["./start.sh"]', start_dot_sh=f"#!/bin/bash\n{script}\n")
    assert time.monotonic() - started < 5


def test_hostile_copies_end() -> None:
    stages = "".join(
        f"FROM debian:12.5 AS s{n}\n" + f"COPY --from=s{n + 1} /a /\n" * 30 for n in range(12)
    )
    started = time.monotonic()
    processes({"Dockerfile": stages + 'FROM debian:12.5\nCOPY --from=s0 / /\nCMD ["/a/b.sh"]\n'})
    assert time.monotonic() - started < 5
