"""Infrastructure as code: Terraform's blocks and what they open."""

from __future__ import annotations

from typing import Literal

from plumblint.facts.fact import Fact, Many, Map, Maybe, Origin, Sure


class Resource(Fact):
    """A `resource` or `data` block."""

    mode: Literal["resource", "data", "ephemeral"]
    """Which block."""
    type: str
    """`aws_db_instance`."""
    name: str
    """Its label."""
    attributes: Map[str] = None
    """Scalar attributes by dotted path (`versioning.enabled`); read with `attr`.  Of repeated
    blocks and of lists the first item has the plain path, the others `path[1]` and so on.  A block
    or map is there itself as `{}`, an empty list as `[]`."""
    places: Map[Origin] = None
    """Where each of these attributes stands, by the same path."""
    access: Maybe[Literal["public", "website", "private"]] = None
    """Of storage: who may read its objects; `website` where they are public to be served as one.
    None where it does not say."""
    module: str = ""
    """The folder of its module."""


class Module(Fact):
    """A call of a module."""

    name: str
    """Its label."""
    source: Maybe[str] = None
    """Where it comes from, as written."""
    source_kind: Maybe[Literal["local", "registry", "git", "archive", "other"]] = None
    """What kind of address that is."""
    version: Maybe[str] = None
    """The `version` constraint."""
    version_exact: Sure[bool] = False
    """Whether the constraint admits one version, or one minor line (`~> 5.1.0`)."""
    version_bounded: Sure[bool] = False
    """Whether the constraint has an upper bound."""
    ref: Maybe[str] = None
    """The git ref."""
    ref_kind: Maybe[Literal["sha", "tag", "branch", "none"]] = None
    """What the git ref is; `none` where there is none."""
    module: str = ""
    """The folder of the calling module."""
    folder: Maybe[str] = None
    """For a local one: the folder it names, relative to the repo's root."""


class Provider(Fact):
    """A `provider` block, or an entry of `required_providers`."""

    name: str
    """`aws`."""
    source: Maybe[str] = None
    """`hashicorp/aws`."""
    version: Maybe[str] = None
    """The version constraint."""
    required: bool = False
    """Whether it is a `required_providers` entry."""
    version_bounded: Sure[bool] = False
    """Whether the constraint has an upper bound."""
    module: str = ""
    """The folder of its module."""
    applied: bool = False
    """Whether that is a root module."""
    locked: bool = False
    """Whether a dependency lock file lies beside it."""


class Input(Fact):
    """A Terraform `variable`."""

    name: str
    """Its name."""
    type: Maybe[str] = None
    """Its type as written."""
    default: Maybe[str] = None
    """Its default as text, None where there is none."""
    sensitive: Sure[bool] = False
    """Whether it is marked sensitive."""


class Output(Fact):
    """A Terraform `output`."""

    name: str
    """Its name."""
    value: Maybe[str] = None
    """Its value as written."""
    sensitive: Sure[bool] = False
    """Whether it is marked sensitive."""


class RootModule(Fact):
    """A folder of Terraform files that somebody applies (not a module meant for reuse)."""

    folder: str
    """The folder."""
    evidence: Many[str] = ()
    """What makes it a root: `backend`, `provider block`, `tfvars`, `lock file`."""
    backend: Maybe[str] = None
    """The backend's type; `cloud` for a cloud block; None where there is none; Unknown where
    Terragrunt or a template of the repo writes it."""


class Backend(Fact):
    """Where Terraform keeps its state."""

    type: str
    """`s3`, `gcs`, `local`, `cloud` …"""
    attributes: Map[str] = None
    """Its settings by name."""
    places: Map[Origin] = None
    """Where each of these settings stands, by name."""
    partial: bool = False
    """Whether the block is empty, its settings coming from `-backend-config`."""
    module: str = ""
    """The folder."""


class Provisioner(Fact):
    """A `provisioner` block: a command run by Terraform."""

    type: str
    """`local-exec`, `remote-exec`, `file`."""
    resource: str
    """The resource it stands in."""
    text: Maybe[str] = None
    """Its command."""


class FirewallRule(Fact):
    """Who may reach which ports."""

    direction: Sure[str]
    """`ingress` or `egress`."""
    protocol: Maybe[str] = None
    """`tcp`, `udp`, `icmp`, `all`."""
    from_port: Maybe[int] = None
    """First port; 0 with `to_port` 65535 for all."""
    to_port: Maybe[int] = None
    """Last port."""
    services: Many[str] = ()
    """Well-known services whose TCP port is among these, by kind and by name: `ssh`,
    `remote-desktop`, `database`, `PostgreSQL` …"""
    sources: Many[str] = ()
    """Address ranges admitted (for ingress), as written."""
    world: Sure[bool] = False
    """Whether the ranges admit every address (`0.0.0.0/0`, `::/0`, two halves)."""
    allow: Sure[bool] = True
    """Whether it admits, not refuses."""
    resource: str = ""
    """The resource's address."""
