"""Shapes of PID 1: small images, what the kernel must show, and whether the verdict is certain.

`APP` is a program with a handler, `DEAF` one without.  `{dir}` is the image's working directory.
"""

from __future__ import annotations

SHELLS = {"dash": "dash", "bash": "bash", "busybox": "busybox sh"}
KEEPS = "trap 'kill -TERM $p; wait $p' TERM\n./app & p=$!\nwait $p\n"


def _json(*words: str) -> str:
    return "CMD [" + ", ".join('"' + word.replace('"', '\\"') + '"' for word in words) + "]"


def _string(shell: str, text: str) -> str:
    return _json(*SHELLS[shell].split(), "-c", text)


def _script(
    shell: str, text: str, *, start: str = 'CMD ["./start.sh"]'
) -> tuple[str, dict[str, str]]:
    shebang = {"dash": "/bin/dash", "bash": "/bin/bash", "busybox": "/bin/busybox sh"}[shell]
    return start, {"start.sh": f"#!{shebang}\n{text}\n"}


Shape = tuple[str, dict[str, str]]

STRINGS = {
    "a single command": "./app",
    "behind a semicolon": "true; ./app",
    "behind &&": "cd . && ./app",
    "behind an assignment": "X=1 ./app",
    "with a redirection": "./app > /dev/null",
    "before || true": "./app || true",
    "in a pipe": "./app | cat",
    "with exec": "exec ./app",
    "with exec behind &&": "true && exec ./app > /dev/null",
    "in a function": "f() { ./app; }; f",
    "in a branch": "if true; then ./app; fi",
    "before an echo": "./app; echo end",
    "beside a background program": "sleep 100 & ./app",
    "behind a trap": "trap 'true' INT; ./app",
    "with exec in a function": "f() { exec ./app; }; f",
    "as an alternative": "false || ./app",
}
SCRIPTS = {
    "last line": "set -e\n./app",
    "exec": "echo start\nexec ./app",
    "its arguments": '"$@"',
    "exec its arguments": 'if [ "${1#-}" != "$1" ]; then set -- ./app "$@"; fi\nexec "$@"',
    "background and wait": "./app &\nwait",
    "trap that ends": "trap 'exit 0' TERM\n./app &\nwait",
    "trap with a foreground app": "trap 'exit 0' TERM\n./app",
    "trap that kills and waits": KEEPS,
    "trap in a function": (
        "stop() { kill -TERM $p; wait $p; }\ntrap stop TERM INT\n./app & p=$!\nwait $p"
    ),
    "trap that kills, a second wait": "trap 'kill -TERM $p' TERM\n./app & p=$!\nwait $p\nwait $p",
    "trap that kills": "trap 'kill -TERM $p' TERM\n./app & p=$!\nwait $p",
    "a loop": "while true; do ./app; sleep 1; done",
    "a case by its argument": 'case "$1" in\n./app) "$@" ;;\n*) exec "$@" ;;\nesac',
    "main": 'main() { echo start; exec "$@"; }\nmain "$@"',
    "trap and a foreground tail": "trap 'kill $p; wait $p' TERM\n./app & p=$!\ntail -f /dev/null",
    "pipe at the end": "./app 2>&1 | cat",
}


def shapes() -> dict[str, Shape]:
    """Every shape by its name: the last lines of a Dockerfile, and further files."""
    found: dict[str, Shape] = {}
    for shell in SHELLS:
        for name, text in STRINGS.items():
            found[f"{shell} -c, {name}"] = (_string(shell, text), {})
        for name, text in SCRIPTS.items():
            line = (
                'ENTRYPOINT ["./start.sh"]\nCMD ["./app"]'
                if "argument" in name or name == "main"
                else None
            )
            found[f"{shell} script, {name}"] = _script(
                shell, text, **({"start": line} if line else {})
            )
    found |= {
        "shell form": ("CMD ./app", {}),
        "shell form with exec": ("CMD exec ./app", {}),
        "SHELL bash": ('SHELL ["/bin/bash", "-c"]\nCMD ./app', {}),
        "SHELL bash -o pipefail": (
            'SHELL ["/bin/bash", "-o", "pipefail", "-c"]\nCMD true && ./app',
            {},
        ),
        "shell-form ENTRYPOINT swallows CMD": ('ENTRYPOINT exec ./app\nCMD ["./deaf"]', {}),
        "not JSON after all": ("CMD ['./app']", {}),
        "exec form": (_json("./app"), {}),
        "exec form without a handler": (_json("./deaf"), {}),
        "node with a handler": (_json("node", "got.js"), {}),
        "node without a handler": (_json("node", "deaf.js"), {}),
        "python without a handler": (_json("python3", "-u", "deaf"), {}),
        "python with a handler": (_json("python3", "app"), {}),
        "npm start": (_json("npm", "start"), {"package.json": '{"scripts": {"start": "./app"}}'}),
        "npm start with exec": (
            _json("npm", "start"),
            {"package.json": '{"scripts": {"start": "exec ./app"}}'},
        ),
        "tini, npm start": (
            _json("tini", "--", "npm", "start"),
            {"package.json": '{"scripts": {"start": "./app"}}'},
        ),
        "sleep": (_json("sleep", "infinity"), {}),
        "tail": (_json("tail", "-f", "/dev/null"), {}),
        "php -S": (_json("php", "-S", "127.0.0.1:0"), {}),
        "cron": (_json("cron", "-f"), {}),
        "ruby without a handler": (
            _json("ruby", "wait.rb"),
            {"wait.rb": "File.write(ENV['MARK'] + '.ready', '')\nsleep\n"},
        ),
        "http.server": (_json("python3", "-m", "http.server", "0"), {}),
        "script run by bash": _script("dash", "./app", start=_json("bash", "start.sh")),
        "script in a -c string": _script(
            "dash", "exec ./app", start=_json("bash", "-c", "./start.sh")
        ),
        "script with a sourced file": (
            'CMD ["./start.sh"]',
            {
                "start.sh": "#!/bin/bash\n. ./lib.sh\nrun ./app\n",
                "lib.sh": 'run() { exec "$@"; }\n',
            },
        ),
        "loop without a trap": _script("dash", "touch $MARK.ready\nwhile true; do sleep 1; done"),
    }
    for init in (
        "tini --",
        "tini -s --",
        "tini -g --",
        "dumb-init",
        "dumb-init --single-child",
        "dumb-init --",
    ):
        words = init.split()
        found[f"{init}, app"] = (_json(*words, "./app"), {})
        found[f"{init}, app without a handler"] = (_json(*words, "./deaf"), {})
        found[f"{init}, script without exec"] = _script(
            "dash", "./app", start=_json(*words, "./start.sh")
        )
        found[f"{init}, script with exec"] = _script(
            "dash", "exec ./app", start=_json(*words, "./start.sh")
        )
    found["tini, bash -c"] = (_json("tini", "--", "bash", "-c", "./app"), {})
    found["tini, dash -c"] = (_json("tini", "--", "dash", "-c", "./app"), {})
    found["tini, trap that kills and waits"] = _script(
        "dash", KEEPS, start='ENTRYPOINT ["tini", "--"]\nCMD ["./start.sh"]'
    )
    for launcher in (
        "env X=1", "nice -n 5", "nohup", "stdbuf -oL", "setpriv --reuid=0", "gosu root", "chroot /",
        "timeout 100", "sudo -E", "flock lock", "flock -F lock", "xargs -a /dev/null",
        "time", "ionice -c 2",
    ):  # fmt: skip
        words = launcher.split()
        found[f"{launcher}, app"] = (_json(*words, "{dir}/app"), {})
        if launcher not in ("flock lock", "xargs -a /dev/null", "time"):
            found[f"{launcher}, app without a handler"] = (_json(*words, "{dir}/deaf"), {})
    return found


APP = """#!/usr/bin/python3 -SE
import os, signal, sys
def stop(*_):
    open(os.environ["MARK"] + ".got", "w").close()
    sys.exit(0)
signal.signal(signal.SIGTERM, stop)
open(os.environ["MARK"] + ".ready", "w").close()
while True:
    signal.pause()
"""
DEAF = """#!/usr/bin/python3 -SE
import os, time
open(os.environ["MARK"] + ".ready", "w").close()
while True:
    time.sleep(1)
"""
GOT_JS = """process.on("SIGTERM", () => {
  require("fs").writeFileSync(process.env.MARK + ".got", "")
  process.exit(0)
})
require("fs").writeFileSync(process.env.MARK + ".ready", "")
setInterval(() => 0, 1000)
"""
DEAF_JS = """require("fs").writeFileSync(process.env.MARK + ".ready", "")
setInterval(() => 0, 1000)
"""
FILES = {"app": APP, "deaf": DEAF, "got.js": GOT_JS, "deaf.js": DEAF_JS}
