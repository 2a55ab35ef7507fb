"""What is really about compose files."""

from __future__ import annotations

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
