"""Commands: a simple shell command wherever it stands."""

from __future__ import annotations

from typing import Literal

from plumblint.facts.fact import Fact, Many, Maybe, Sure


class Command(Fact):
    """One simple command of a script, with what its surroundings do to it."""

    name: Sure[str]
    """The program: the first word after assignments and wrappers (`sudo`, `env`, `exec`, `time`),
    without its folder."""
    argv: Many[str] = ()
    """Its words from the program on, quotes removed; an undecided word is Unknown."""
    options: Many[str] = ()
    """The words that begin with `-`, without a `=value`."""
    text: str = ""
    """As written, lines joined."""
    place: Literal[
        "run",
        "step",
        "ssh",
        "entrypoint",
        "command",
        "provisioner",
        "script",
        "healthcheck",
        "hook",
    ]
    """Where it stands: a Dockerfile's RUN, a workflow step, an SSH action's script, …"""
    job: str = ""
    """The workflow job, stage or service it belongs to."""
    shell: Maybe[str] = None
    """The shell that reads it: `sh`, `bash`, `dash`."""
    wrappers: Many[str] = ()
    """Programs before it that run it: `sudo`, `env`, `xargs`, `npx`, `timeout`."""
    privileged_by: Maybe[str] = None
    """`sudo`, `su`, `doas` where one of them raises its rights."""
    pipeline: str = ""
    """The pipeline that it is a part of, as written; the command itself where it stands alone."""
    piped_into: Maybe[str] = None
    """The next program of its pipeline, None at the end of one."""
    piped_from: Maybe[str] = None
    """The program before it in its pipeline."""
    failure_ignored: bool = False
    """Whether its failure changes nothing: `|| true`, `set +e`, `continue-on-error`."""
    failure_ignored_by: Maybe[str] = None
    """What swallows the failure, as written: `|| true`, `continue-on-error: true`."""
    under_errexit: bool = False
    """Whether `set -e` is in force."""
    under_pipefail: bool = False
    """Whether `pipefail` is in force."""
    last: bool = False
    """Whether it is the script's last command."""
    mounts: Many[str] = ()
    """`--mount` types of the RUN it stands in."""
    in_image: bool = False
    """For a Dockerfile's RUN: whether its result is in the final image, that of a development
    container left out."""
