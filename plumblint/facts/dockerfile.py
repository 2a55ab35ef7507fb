"""What is really about Dockerfiles."""

from __future__ import annotations

from typing import Literal

from plumblint.facts.container import Container
from plumblint.facts.fact import Fact, Many, Map, Maybe, Sure


class Instruction(Fact):
    """One instruction of a Dockerfile."""

    keyword: str
    """Upper case: `RUN`."""
    value: Maybe[str] = None
    """Its arguments, lines joined, variables as written."""
    arguments: Many[str] = ()
    """The arguments as words or JSON items."""
    flags: Map[str] = None
    """Its flags by name."""
    form: Maybe[Literal["exec", "shell"]] = None
    """For CMD, ENTRYPOINT, RUN, SHELL, HEALTHCHECK: exec (JSON) or shell form."""
    stage: Maybe[str] = None
    """The stage's name or number."""
    final_stage: bool = False
    """Whether it counts for the final image: in its stage or one that stage grows from."""
    overridden_by: Maybe[str] = None
    """The line of a later instruction of the same stage that makes this one void."""
    onbuild: bool = False
    """Whether it is the argument of ONBUILD."""
    workdir: Maybe[str] = None
    """For a WORKDIR: the one that it continues, None where the file sets none before."""


class Stage(Fact):
    """A build stage."""

    name: Maybe[str] = None
    """Its alias, lower case."""
    index: int = 0
    """Its number."""
    final: bool = False
    """Whether it is the one that is built."""
    parent: Maybe[str] = None
    """The stage it grows from, None where it grows from an image."""
    base: Maybe[str] = None
    """The image at the root of its chain."""
    clashes_with: Maybe[str] = None
    """An earlier stage of the same name."""
    used: bool = False
    """Whether the final stage needs it."""
    container: Container | None = None
    """What would run if this stage were the target."""


class Copy(Fact):
    """What a COPY or ADD brings into the image."""

    keyword: Literal["COPY", "ADD"]
    """Which instruction."""
    sources: Many[str] = ()
    """As written, variables resolved."""
    destination: Maybe[str] = None
    """The target path."""
    from_stage: Maybe[str] = None
    """`--from`, None for the build context."""
    from_itself: bool = False
    """Whether `--from` names the stage that it stands in."""
    stage: Maybe[str] = None
    """The stage it stands in."""
    workdir: Maybe[str] = None
    """The WORKDIR that a relative destination continues, None where the file sets none before."""
    final_stage: bool = False
    """Whether the result is in the final image."""
    brings: Many[str] = ()
    """Files of the repo that it brings, after .dockerignore, where the context is known."""
    context: Maybe[str] = None
    """The folder of the build context, `.` for the repo's root; None where it is not known."""
    ignore_file: Maybe[str] = None
    """The .dockerignore that holds for it, None where there is none."""
    unfiltered: Many[str] = ()
    """Of `.git` and `.env`, those in the context that it brings as no .dockerignore keeps them
    out."""
    ignored: Many[str] = ()
    """The sources, as written, that .dockerignore keeps out of the context."""
    secret_files: Many[str] = ()
    """Of what it names or brings, the files that hold secrets by their content, or by their name
    where they are not in the repo."""


class Installation(Fact):
    """A package manager's install (or update) within one RUN."""

    manager: str
    """`apt-get`, `apk`, `pip`, `npm` …"""
    verb: str
    """`install`, `add`, `update`, `upgrade`."""
    packages: Many[str] = ()
    """What is installed, as written."""
    options: Many[str] = ()
    """Its options."""
    stage: Maybe[str] = None
    """The stage it stands in."""
    final_stage: bool = False
    """Whether it ends in the final image."""
    update_in_layer: bool = False
    """Whether the same RUN updates the lists before it."""
    lists_removed: Sure[bool] = False
    """Whether the same RUN removes lists or caches, or mounts a cache there."""
    used_in_layer: Sure[bool] = True
    """For an update of the lists: whether the same RUN installs something behind it."""
    used_later: bool = False
    """For an update of the lists: whether a later RUN installs without an update of its own."""
    assumes_yes: Sure[bool] = True
    """Whether it goes on without asking: by option, by configuration, or as it never asks."""
    recommends: Sure[bool] = False
    """Whether apt installs recommended packages along with those that are named."""
    kept: Many[str] = ()
    """The packages that the same RUN does not take away again."""


class Reference(Fact):
    """A variable used where BuildKit itself replaces it: FROM, ENV, COPY, USER …, not in RUN."""

    name: str
    """The variable."""
    value: Maybe[str] = None
    """What it is replaced by, None where it is surely unset."""
    defined: Sure[bool] = True
    """Whether the Dockerfile sets it before; Unknown where the base image may."""
    guarded: bool = False
    """Whether the use says what happens without it: `${NAME:-default}`, `${NAME:?message}`."""
    keyword: str
    """The instruction it is used in."""
    stage: Maybe[str] = None
    """The stage it is used in, None for a global ARG."""
    declared: Many[str] = ()
    """For one that is surely unset: the names that are set there."""
