"""Containers: what will run, as whom, with which rights, and its PID 1."""

from __future__ import annotations

from typing import Literal

from plumblint.facts.fact import Fact, Many, Map, Maybe, Sure
from plumblint.facts.image import Image


class Base(Fact):
    """What is known of the base image a container grows from: a row of the base table."""

    name: str
    """The repository the row stands for: `debian`, `node`, `gcr.io/distroless/*`."""
    user: Maybe[str] = None
    """The user it starts as."""
    shell: Maybe[str] = None
    """What `/bin/sh` is: `dash`, `bash`, `busybox`, `none`."""
    minimal: Maybe[bool] = None
    """Whether it carries no package manager and shell beyond need (distroless, scratch, static)."""
    bulky: Maybe[bool] = None
    """Whether it is a full image with a slimmer official variant."""
    healthcheck: Maybe[bool] = None
    """Whether it declares a HEALTHCHECK."""
    forwards_signals: Maybe[bool] = None
    """Whether its own ENTRYPOINT and CMD end on the stop signal."""


class Mount(Fact):
    """Something of the host or of a volume inside the container."""

    kind: Literal["bind", "volume", "tmpfs", "npipe", "image", "cluster", "secret", "cache", "ssh"]
    """What is mounted."""
    source: Maybe[str] = None
    """Host path or volume name."""
    target: Maybe[str] = None
    """The path inside the container."""
    read_only: Sure[bool] = False
    """Whether it is mounted read-only."""
    propagation: Maybe[str] = None
    """Of a bind how mounts below it spread: `rslave`, `shared`; None for the engine's default."""
    image: Maybe[str] = None
    """The repository of the image that gets it, None where that is built here."""


class Port(Fact):
    """A port a container exposes or publishes."""

    target: Maybe[int] = None
    """The container's port."""
    published: Maybe[str] = None
    """The host's port or range, None where not published."""
    host_ip: Maybe[str] = None
    """The host interface, None for all."""
    protocol: Sure[str] = "tcp"
    """`tcp`, `udp`, `sctp`."""
    database: Maybe[str] = None
    """The database server that listens on it: `postgres`, `mongo`."""
    clashes_with: Many[str] = ()
    """Paths of ports before it that want the same one of the host, of services that run at once."""
    for_tests: bool = False
    """Whether its service, that one's profile or its file is there for tests, or the file for a
    developer's own machine."""


class Variable(Fact):
    """A name that is given a value: ENV, ARG, `environment:`, `env:`, a Terraform attribute."""

    name: str
    """Its name."""
    value: Maybe[str] = None
    """Its value, None where it is declared without one (passed through)."""
    literal: bool = False
    """Whether the value stands in the file itself, not a reference to elsewhere."""
    default: bool = False
    """Whether the literal is only the default of a variable (`${X:-literal}`, ARG X=literal)."""
    kind: Literal[
        "env",
        "arg",
        "build-arg",
        "workflow-env",
        "job-env",
        "step-env",
        "input",
        "attribute",
        "env-file",
    ]
    """Which construct sets it."""
    container: str = ""
    """The path of the container, stage or job it belongs to."""


class Healthcheck(Fact):
    """How the engine asks a container whether it is well."""

    disabled: Sure[bool] = False
    """Whether it is switched off (`NONE`, `disable: true`)."""
    test: Maybe[str] = None
    """The command."""


class Process(Fact):
    """PID 1 of a container, and what a stop signal does to it."""

    argv: Many[str] = ()
    """The words the kernel executes, ENTRYPOINT and CMD joined, shell wrapper included."""
    entrypoint: Many[str] = ()
    """The ENTRYPOINT part of `argv`, its shell wrapper included."""
    command: Many[str] = ()
    """The CMD part, shell wrapper included; also where a shell-form ENTRYPOINT drops it."""
    text: Maybe[str] = None
    """ENTRYPOINT and CMD as written."""
    form: Maybe[Literal["exec", "shell"]] = None
    """Exec (JSON) form or shell form, of the deciding instruction."""
    shell: Maybe[str] = None
    """The shell that interprets a shell form or a `-c` string: `dash`, `bash`, `busybox`, `sh`."""
    entrypoint_form: Maybe[Literal["exec", "shell"]] = None
    """The form of ENTRYPOINT, None where there is none."""
    command_ignored: bool = False
    """Whether CMD is never used because ENTRYPOINT is in shell form and names no `$0` or `$@`."""
    one_string: bool = False
    """Whether the exec form is a single item with a blank in it: `["node x.js"]`."""
    malformed_json: bool = False
    """Whether the text looks like a JSON array but is not one, and so became shell form."""
    init: Maybe[str] = None
    """The init that is PID 1: `tini`, `dumb-init`, `docker-init` (compose `init: true`)."""
    launcher: Maybe[str] = None
    """The program that starts the app in between: `npm`, `sh`, `gosu`, `supervisord`."""
    script: Maybe[str] = None
    """The script of this repo that is run, its path."""
    signal: Maybe[Literal["delivered", "lost", "ignored", "killed"]] = None
    """What the stop signal does: reaches the app; ends in a wrapper; is dropped by the kernel as
    PID 1 has no handler; is SIGKILL, or there is no time. None: there is no process to judge."""
    reason: Maybe[str] = None
    """Why, in words."""
    stop_signal: Sure[str] = "SIGTERM"
    """The signal that asks it to stop."""
    grace_seconds: Maybe[float] = None
    """Seconds between the stop signal and SIGKILL, None for the engine's default (Docker 10)."""
    handler: Maybe[Literal["found", "missing"]] = None
    """Whether the app's own source handles the stop signal."""
    app: Maybe[str] = None
    """The program that should get the stop signal, as written, where it is known."""
    cure: Maybe[str] = None
    """For a signal that is lost or ignored: what to write instead, in the imperative."""
    graceful_signal: Maybe[str] = None
    """The signal on which the program stops gracefully, where that is not `stop_signal`."""


class Container(Fact):
    """A thing that will run: a Dockerfile's final stage, a compose service, an ECS container."""

    kind: Literal[
        "dockerfile", "compose", "job", "service", "kubernetes", "ecs", "cloud-run", "docker-action"
    ]
    """What declares it."""
    name: Sure[str] = ""
    """Its name: the service, the stage, the ECS container name."""
    image: Image | None = None
    """What it runs; for a Dockerfile the FROM that its final stage grows from."""
    base: Base | None = None
    """What is known of that base, None where it is not in the table."""
    user: Maybe[str] = None
    """The user it is told to run as, None where nothing says so in this repo."""
    user_is_root: Maybe[bool] = None
    """Whether it starts as root: decided by `user`, else by `base`; Unknown where neither tells."""
    privileged: Sure[bool] = False
    """Whether it has all rights on the host."""
    added_capabilities: Many[str] = ()
    """Kernel capabilities added, without `CAP_`, upper case."""
    host_capabilities: Many[str] = ()
    """Those of them that undo the container's isolation."""
    dropped_capabilities: Many[str] = ()
    """Kernel capabilities dropped."""
    security_options: Many[str] = ()
    """`security_opt` entries."""
    read_only: Sure[bool] = False
    """Whether its root file system is read-only."""
    host_namespaces: Many[str] = ()
    """Namespaces shared with the host: `network`, `pid`, `ipc`, `uts`, `userns`, `cgroup`."""
    mounts: Many[Mount] = ()
    """What is mounted."""
    env: Many[Variable] = ()
    """Its environment."""
    ports: Many[Port] = ()
    """Ports exposed or published."""
    healthcheck: Healthcheck | None = None
    """Its health check."""
    restart: Maybe[str] = None
    """The restart policy as written."""
    limits: Map[str] = None
    """Resource limits by name: `memory`, `cpus`, `pids`."""
    logging_driver: Maybe[str] = None
    """The logging driver, None for the engine's default."""
    logging_options: Map[str] = None
    """The logging driver's options by name."""
    labels: Map[str] = None
    """Labels by name."""
    process: Process | None = None
    """Its PID 1."""
    build_context: Maybe[str] = None
    """The folder it is built from, relative to the repo's root; None where it is not built here."""
    build_dockerfile: Maybe[str] = None
    """The Dockerfile it is built from, relative to the repo's root."""
    build_inline: Maybe[str] = None
    """The Dockerfile it is built from, where that stands in the compose file itself."""
    build_target: Maybe[str] = None
    """The stage that is built, None for the last."""
    build_arguments: Map[str] = None
    """Build arguments given by name, None for one that is passed through."""
    run_by: Many[str] = ()
    """For a Dockerfile's: the compose services that run it, by path and name."""
    workdir: Maybe[str] = None
    """Its working directory."""
    profiles: Many[str] = ()
    """Compose profiles that start it; empty means always."""
    data_path: Maybe[str] = None
    """Where the database server that it runs keeps its data, None for any other program."""
    data_kept: Maybe[Literal["volume", "bind", "tmpfs", "nowhere"]] = None
    """What is mounted there; `nowhere` for nothing, so that the data goes with the container."""
    for_tests: bool = False
    """Whether its name, its profiles or its file say that it is there for tests, or its file that
    it is for a developer's own machine."""
    one_shot: bool = False
    """Whether it is meant to end (something waits for `service_completed_successfully`)."""
