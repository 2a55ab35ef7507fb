"""Images: whatever names a container image, in any format."""

from __future__ import annotations

from typing import Literal

from plumblint.facts.fact import Fact, Many, Maybe, Sure


class Image(Fact):
    """A reference to a container image, split into its parts."""

    text: Sure[str]
    """The reference as the consumer sees it, variables resolved: `nginx:1.27`."""
    registry: Maybe[str] = None
    """The registry host as written, None for Docker Hub's short form."""
    repository: Maybe[str] = None
    """The repository without registry: `nginx`, `acme/app`."""
    tag: Maybe[str] = None
    """The tag, None where none is given."""
    digest: Maybe[str] = None
    """`sha256:…`, None where none is given."""
    origin: Literal[
        "from",
        "copy-from",
        "mount-from",
        "frontend",
        "compose",
        "job",
        "service",
        "docker-action",
        "build-context",
        "kubernetes",
        "ecs",
        "cloud-run",
        "container-app",
        "lambda",
        "command",
    ]
    """Which construct names it: `from` is a Dockerfile's FROM, `frontend` its `# syntax=`,
    `job` and `service` a workflow job's container and service containers."""
    built_here: Sure[bool] = False
    """Whether the repo builds it itself (a stage, a service with `build`): no pull then."""
    stages: Many[str] = ()
    """For one named in a Dockerfile: the stages that the name could have meant, lower case."""
