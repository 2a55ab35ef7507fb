"""The process of a service: what it says itself over what its image says."""

from __future__ import annotations

from plumblint.facts import Base, Container, Maybe, Origin, Process, Related
from plumblint.syntax.shell.parameters import uses_parameters


def laid_over(service: Container, built: Container, via: Related) -> Process | None:
    """PID 1 of a service whose image is built here, None where neither says what it is."""
    own, image = service.process, built.process
    if image is None:
        return own
    if own is None:
        return _inherited(service, image, via)
    if own.entrypoint:
        made = _copy(own)
    elif own.command:
        made = _with_command(own, image, via)
    else:
        made = _inherited(service, image, via)
        made.span, made.path, made.key = image.span, own.path, own.key
    made.shell = _shell(made, built.base)
    if own.origin_of("stop_signal") is None:
        made.stop_signal = image.stop_signal
        made.trace(stop_signal=_through(image.origin_of("stop_signal"), via))
    else:
        made.stop_signal = own.stop_signal
        made.trace(stop_signal=own.origin_of("stop_signal"))
    made.init = own.init
    made.grace_seconds = own.grace_seconds
    made.trace(init=own.origin_of("init"), grace_seconds=own.origin_of("grace_seconds"))
    return made


def _copy(process: Process) -> Process:
    return Process(**{field: getattr(process, field) for field in Process.FIELDS})


def _inherited(service: Container, image: Process, via: Related) -> Process:
    made = _copy(image)
    made.path = f"{service.path}.process"
    made.key = f"{service.key}.process"
    made.origins = tuple(_through(origin, via) for origin in image.origins)
    return made


def _with_command(own: Process, image: Process, via: Related) -> Process:
    """The image's ENTRYPOINT with the service's command in place of CMD."""
    if not image.entrypoint:
        return _copy(own)
    made = _copy(image)
    made.path, made.key = own.path, own.key
    made.origins = tuple(_through(origin, via) for origin in image.origins)
    made.command = own.command
    made.text = own.text
    script = image.entrypoint[-1]
    in_shell = image.entrypoint_form == "shell"
    made.command_ignored = in_shell and isinstance(script, str) and not uses_parameters(script)
    if in_shell and not made.command_ignored:
        return made
    if made.command_ignored:
        made.trace(
            command_ignored=Origin(own.span, (Related(image.span, "ENTRYPOINT in shell form"),))
        )
        return made
    made.argv = (*image.entrypoint, *own.command)
    made.trace(text=own.origin_of("text"))
    made.trace(command=own.origin_of("command") or Origin(own.span))
    return made


def _shell(process: Process, base: Base | None) -> Maybe[str]:
    """What `sh` is in this image, where the base table knows."""
    if process.shell == "sh" and base is not None and isinstance(base.shell, str):
        return base.shell
    return process.shell


def _through(origin: Origin | None, via: Related) -> Origin | None:
    if origin is None:
        return None
    return Origin(origin.span, (*origin.via, via), literal=origin.literal)
