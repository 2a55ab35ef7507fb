"""Signals: what a stop signal does to each container's PID 1.

`docker stop` sends the stop signal to PID 1 alone and kills what is left
after the grace period.  A shell that waits for the app does not pass it on,
and the kernel drops a signal that PID 1 has no handler for.  The chain is
followed from ENTRYPOINT and CMD through inits, launchers, shells and scripts
of the repo to the app; nothing is said where any link is not certain.

- `judging`: from a container to its verdict; `images`: what it runs in
- `follow`: from program to program; `shell_run`: through a script
- `interpreters`, `handlers`: does the app's own source handle the signal
"""

from __future__ import annotations

from plumblint.facts import Container, Process
from plumblint.project.project import Project


def judge_signals(project: Project) -> None:
    """Fill in what the stop signal does to the process of every container."""
    if project.wants(Container, Process) and project.of(Container):
        from plumblint.project.signals.judging import judge_processes  # brings the shell reader

        judge_processes(project)
