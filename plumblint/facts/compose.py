"""What is really about compose files."""

from __future__ import annotations

from typing import Literal

from plumblint.facts.fact import Fact, Many, Map, Maybe, Sure


class Service(Fact):
    """A service of a compose project."""

    name: str
    """Its key under `services`."""
    project: str = ""
    """The folder of the project."""
    image: Maybe[str] = None
    """Its image, variables resolved."""
    builds: bool = False
    """Whether it has `build`."""
    depends_on: Map[str] = None
    """The condition by service waited for."""
    container_name: Maybe[str] = None
    """A fixed container name."""
    networks: Many[str] = ()
    """Networks joined."""
    profiles: Many[str] = ()
    """Profiles that start it."""
    overlay: bool = False
    """Whether it is only an overlay of a base that is elsewhere."""
    replicas: Maybe[int] = None
    """How many are started."""
    one_shot: Sure[bool] = False
    """Whether it is meant to end (something waits for `service_completed_successfully`)."""
    clashes_with: Many[str] = ()
    """Services before it with the same `container_name`, of those that run at once."""


class Dependency(Fact):
    """That a service waits for another one (`depends_on`)."""

    service: str
    """The one that waits."""
    target: str
    """The one that it waits for."""
    condition: Sure[str] = "service_started"
    """`service_started`, `service_healthy`, `service_completed_successfully`."""
    healthcheck: Maybe[Literal["stated", "disabled", "missing"]] = None
    """What the target, with its image, says of its health; None for a target that is not here."""
    restart: Maybe[str] = None
    """The target's restart policy."""


class ComposeFile(Fact):
    """A document of a compose file."""

    version: Maybe[str] = None
    """Its `version`, None where there is none."""
    name: Maybe[str] = None
    """The project's name as it states it."""
