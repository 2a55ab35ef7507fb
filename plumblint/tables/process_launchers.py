"""Programs that start the program given in their arguments, and what becomes of a signal.

A row: program, words that must follow it (options may stand between), options that take the next
word, own operands before the program, habit, source.  Habits:

- `becomes`: it execs the program, which takes its place as the same process.
- `forwards`: it waits, and passes the stop signal to the program.
- `keeps`: it waits and passes nothing; as PID 1 it drops the signal.
- `varies`: it depends on versions or settings: nothing can be said.

Measured in a PID namespace on Debian 12 where the source says so.
"""

from __future__ import annotations

from typing import Literal

Habit = Literal["becomes", "forwards", "keeps", "varies"]
Row = tuple[str, tuple[str, ...], tuple[str, ...], int, Habit, str]

_MEASURED = "measured, Debian 12"

PROCESS_LAUNCHERS: tuple[Row, ...] = (
    ("env", (), ("-u", "--unset", "-C", "--chdir"), 0, "becomes", _MEASURED),
    ("nice", (), ("-n", "--adjustment"), 0, "becomes", _MEASURED),
    ("ionice", (), ("-c", "-n", "--class", "--classdata"), 0, "becomes", _MEASURED),
    ("nohup", (), (), 0, "becomes", _MEASURED),
    ("stdbuf", (), ("-i", "-o", "-e", "--input", "--output", "--error"), 0, "becomes", _MEASURED),
    ("chroot", (), ("--userspec", "--groups"), 1, "becomes", _MEASURED),
    ("gosu", (), (), 1, "becomes", "github.com/tianon/gosu; measured, gosu 1.14"),
    ("su-exec", (), (), 1, "becomes", "github.com/ncopa/su-exec README"),
    ("setpriv", (), ("--reuid", "--regid", "--groups", "--inh-caps", "--ambient-caps",
                     "--bounding-set", "--securebits", "--pdeathsig", "--selinux-label",
                     "--apparmor-profile"), 0, "becomes", _MEASURED),
    ("setuidgid", (), (), 1, "becomes", "cr.yp.to/daemontools"),
    ("s6-setuidgid", (), (), 1, "becomes", "skarnet.org/software/s6"),
    ("chpst", (), ("-u", "-U", "-e", "-b", "-m", "-d", "-o", "-p", "-f", "-c", "-t", "-n"), 0,
     "becomes", "smarx.org/runit/chpst.8"),
    ("catchsegv", (), (), 0, "varies", "a script of glibc"),
    ("dbus-run-session", (), ("--config-file", "--dbus-daemon"), 0, "varies", "not measured"),
    ("bundle", ("exec",), (), 0, "becomes", "bundler: Kernel.exec, or loads the script itself"),
    ("poetry", ("run",), ("-C", "--directory", "-P", "--project"), 0, "becomes",
     "python-poetry.org: os.execvpe on Unix"),
    ("pipenv", ("run",), (), 0, "becomes", "pipenv, do_run_posix: os.execve"),
    ("timeout", (), ("-s", "--signal", "-k", "--kill-after"), 1, "forwards", _MEASURED),
    ("sudo", (), ("-u", "--user", "-g", "--group", "-h", "--host", "-p", "--prompt", "-C", "-T",
                  "-r", "-t", "-D", "--chdir", "-R", "--chroot", "-U"), 0, "forwards",
     "sudo(8), Signal handling; measured, sudo 1.9.13"),
    ("pm2-runtime", (), (), 0, "varies", "pm2.keymetrics.io: stops the apps with SIGINT"),
    ("dockerize", (), ("-wait", "-timeout", "-template", "-stdout", "-stderr", "-delims",
                       "-wait-http-header", "-wait-retry-interval", "-env", "-env-section"), 0,
     "forwards", "github.com/jwilder/dockerize, exec.go"),
    ("time", (), ("-f", "--format", "-o", "--output"), 0, "keeps", "measured, GNU time 1.9"),
    ("flock", (), ("-w", "--timeout", "-E", "--conflict-exit-code"), 1, "keeps",
     "measured, util-linux 2.38"),
    ("xargs", (), ("-I", "-n", "-P", "-L", "-d", "-a", "-s", "-E"), 0, "keeps", _MEASURED),
    ("setsid", (), (), 0, "varies", "setsid(1): forks where it leads its process group"),
    ("su", (), (), 0, "varies", "it depends on the login shell; measured"),
    ("runuser", (), (), 0, "varies", "as su"),
    ("uv", ("run",), ("--with", "--with-editable", "--with-requirements", "--extra", "--group",
                      "--only-group", "--no-group", "--python", "-p", "--project", "--directory",
                      "--env-file", "--index-url", "--package", "--resolution", "--no-extra"), 0,
     "forwards", "github.com/astral-sh/uv, crates/uv/src/child.rs; measured"),
    ("conda", ("run",), ("-n", "--name", "-p", "--prefix", "--cwd"), 0, "varies", "not measured"),
    ("micromamba", ("run",), ("-n", "--name", "-p", "--prefix", "--cwd"), 0, "varies",
     "not measured"),
    ("pixi", ("run",), ("-e", "--environment", "--manifest-path"), 0, "varies", "not measured"),
    ("pdm", ("run",), (), 0, "varies", "not measured"),
    ("hatch", ("run",), (), 0, "varies", "not measured"),
    ("doppler", ("run",), ("-p", "--project", "-c", "--config", "--token"), 0, "varies",
     "docs.doppler.com: `--forward-signals`"),
    ("op", ("run",), ("--env-file", "--account"), 0, "varies", "not measured"),
    ("infisical", ("run",), (), 0, "varies", "not measured"),
    ("xvfb-run", (), ("-e", "-f", "-n", "-s", "--server-args", "--server-num"), 0, "varies",
     "not measured"),
    ("cross-env", (), (), 0, "forwards", "measured, cross-env 7"),
    ("dotenv", (), ("-e", "-f", "-v"), 0, "forwards", "measured, dotenv-cli"),
    ("dotenvx", ("run",), ("-e", "--env", "-f", "--env-file"), 0, "forwards", "measured, dotenvx"),
    ("opentelemetry-instrument", (), (), 0, "becomes", "opentelemetry-instrumentation: os.execl"),
    ("ddtrace-run", (), (), 0, "becomes", "ddtrace, ddtrace_run.py: os.execl"),
    ("newrelic-admin", ("run-program",), (), 0, "becomes", "newrelic, admin/run_program.py"),
)  # fmt: skip

ASSIGNMENTS_FIRST: frozenset[str] = frozenset(("env", "sudo"))
"""Those that take `NAME=value` before the program."""

STAYS_WITH: dict[str, tuple[str, ...]] = {"flock": ("-F", "--no-fork")}
"""Options by which one that keeps becomes the program instead.  Source: flock(1), measured."""

WAITS_FOR: dict[str, str] = {
    "wait-for-it": "github.com/vishnubob/wait-for-it: `exec` behind `--`",
    "wait-for-it.sh": "github.com/vishnubob/wait-for-it: `exec` behind `--`",
    "wait-for": "github.com/eficode/wait-for: `exec` behind `--`",
    "wait-for.sh": "github.com/eficode/wait-for: `exec` behind `--`",
}
"""Scripts that wait for a server and then exec what follows `--`."""

SCRIPT_RUNNERS: frozenset[str] = frozenset(("npm", "pnpm", "yarn", "bun"))
"""Programs that run a script of package.json: see `project/signals/package_scripts.py`."""
