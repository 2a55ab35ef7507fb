"""The repo itself: files, secrets found, what could not be read, ignores."""

from __future__ import annotations

from typing import Literal

from plumblint.facts.fact import Fact, Many, Map, Maybe, Sure


class File(Fact):
    """A file of the repo."""

    name: str
    """Its path."""
    tracked: Sure[bool] = True
    """Whether git tracks it; Unknown outside a checkout."""
    kind: str = ""
    """`dockerfile`, `compose`, `workflow`, `action`, `terraform`, …; empty for others."""
    holds: Maybe[str] = None
    """What secret its content holds, in words: `an SSH private key`, `the value of DB_PASSWORD`;
    None where none was found."""
    test_path: bool = False
    """Whether it lies under tests, fixtures, examples or docs."""


class Secret(Fact):
    """A literal that is, or is named as, a secret.  Its value is never kept."""

    kind: Literal[
        "literal",
        "url-credentials",
        "build-argument",
        "provider-token",
        "private-key",
        "container-credentials",
    ]
    """What makes it one."""
    name: str = ""
    """The key that holds it."""
    owner: str = ""
    """For a provider's token: whose it is and what, `GitHub token`."""
    redacted: str = ""
    """Its first characters and length, safe to print."""
    checksum: Literal["good", "bad", "none"] = "none"
    """For tokens that carry one."""
    likeness: Literal["secret", "weak", "placeholder", "reference"] = "secret"
    """What the value looks like: a real secret, a well-known weak default (`postgres`), a
    placeholder (`changeme`), or a reference."""
    entropy: float = 0.0
    """Shannon entropy in bits a character."""
    random: bool = False
    """Whether it looks made by a machine: 16 characters or more, mixed, without order."""
    exposed: Sure[bool] = False
    """Whether it opens the compose service it stands in, and that publishes its port on every
    interface of the host."""
    default: bool = False
    """Whether it is only a default that the environment may replace."""
    place: str = ""
    """The construct it stands in: a variable's kind (`env`, `arg`, `attribute`, `step-env` …),
    `service-env` (of a workflow's containers), `command`, `address`, `text`, `env-file`."""
    test_path: bool = False
    """Whether its file lies under tests, fixtures, examples or docs."""


class Problem(Fact):
    """What could not be read, and why."""

    kind: Literal["syntax", "unreadable", "template", "too-large", "encoding", "limit", "internal"]
    """`syntax`: not valid for its consumer; `unreadable`: no permission, a link out of the root;
    `template`: a Helm or other template, a note only; `limit`: over a limit of depth or size."""
    message: str
    """What is wrong, for people."""
    read_as: str = ""
    """What the file was read as."""


class Suppression(Fact):
    """An ignore comment, and what it matched."""

    rules: str
    """The ids, comma separated; empty where it names none and so hides nothing."""
    tool: str = "plumblint"
    """Whose comment it is: `plumblint`, `hadolint`, `buildkit`, `zizmor`, `checkov`, `trivy`."""
    reason: Maybe[str] = None
    """Why, as written."""
    matched: Map[int] = None
    """How many findings each id hid."""
    until: Maybe[str] = None
    """The last day it holds, YYYY-MM-DD."""
    expired: bool = False
    """Whether that day is over, or is no day."""
    unused: Many[str] = ()
    """Ids of enabled policies that hid nothing; none of a peer's or an expired comment."""
    unknown: Many[str] = ()
    """Ids that name no policy; none of a peer's comment."""
