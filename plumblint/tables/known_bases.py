"""Which row of the base table an image reference means, for every format that runs images."""

from __future__ import annotations

import re

from plumblint.facts import Base, Image, Maybe, Unknown
from plumblint.source import Span
from plumblint.tables import base_images as table
from plumblint.tables.local import LOCAL


class KnownBase:
    """A row of the table, with what the tag says in addition."""

    __slots__ = ("row", "steps_down", "stop_signal", "user")

    def __init__(self, row: table.Row) -> None:
        self.row = row
        self.user: Maybe[str] = row[1]
        self.steps_down = row[2]
        """The user that the image's own ENTRYPOINT switches to."""
        self.stop_signal = row[8] or "SIGTERM"


def repository_name(image: Image) -> str | None:
    """The reference without tag as the table has it, None where it is not known."""
    registry, repository = image.registry, image.repository
    if not isinstance(repository, str) or isinstance(registry, Unknown):
        return None
    if registry is None or registry in table.HUB_HOSTS:
        return repository.removeprefix("library/")
    name = f"{registry}/{repository}"
    for mirror in table.MIRRORS:
        if name.startswith(mirror):
            return name[len(mirror) :].removeprefix("library/")
    return name


def _local_rows() -> list[table.Row]:
    """The base images that the configuration tells of."""
    return [
        (
            name,
            about.get("user"),
            None,
            about.get("shell"),
            about.get("minimal", False),
            False,
            about.get("healthcheck", False),
            None,
            None,
            "the configuration",
        )
        for name, about in LOCAL.base_images.items()
    ]


def find(image: Image) -> KnownBase | None:
    """What is known of an image, None if it is not in the table."""
    name = repository_name(image)
    if name is None:
        return None
    for row in (*_local_rows(), *table.ROWS):
        pattern = row[0]
        if name == pattern or (pattern.endswith("*") and name.startswith(pattern[:-1])):
            break
    else:
        return None
    known = KnownBase(row)
    tag = image.tag
    for prefix, tags, user, _ in table.TAG_USERS:
        if name == prefix or (prefix.endswith("/") and name.startswith(prefix)):
            if isinstance(tag, Unknown):
                known.user = Unknown(tag.text)
            elif tag is not None and re.search(tags, tag):
                known.user = user
                break
    for repository, tags, signal, _ in table.TAG_STOP_SIGNALS:
        if name == repository and isinstance(tag, str | None) and re.search(tags, tag or ""):
            known.stop_signal = signal
            break
    return known


def fact(known: KnownBase, image: Image, span: Span, path: str) -> Base:
    """The row as a fact."""
    row = known.row
    tag = image.tag
    shell: Maybe[str] = row[3]
    minimal: Maybe[bool] = row[4]
    bulky: Maybe[bool] = row[5]
    if isinstance(tag, Unknown):
        shell = shell if minimal else Unknown(tag.text)
        bulky = Unknown(tag.text) if bulky else bulky
    elif tag is not None:
        if re.search(table.DEBUG_TAG, tag) and minimal:
            shell, minimal = "busybox", False
        elif not minimal:
            shell = _tag_shell(tag) or shell
            bulky = bulky and not re.search(table.SLIM_TAG, tag)
            minimal = shell == "none"
    if shell is None:
        shell = Unknown(image.text if isinstance(image.text, str) else image.text.text)
    return Base(
        span=span,
        path=f"{path}.base",
        key=f"{path}.base",
        name=row[0],
        user=known.user,
        shell=shell,
        minimal=minimal,
        bulky=bulky,
        healthcheck=row[6],
        forwards_signals=row[7],
    )


def _tag_shell(tag: str) -> str | None:
    for pattern, shell in table.TAG_SHELLS:
        if re.search(pattern, tag):
            return shell
    return None


def user_is_root(user: Maybe[str]) -> Maybe[bool]:
    """Whether a USER, or a service's `user`, means root; its group does not matter."""
    if user is None:
        return None
    if isinstance(user, Unknown):
        first = user.pieces[0] if user.pieces else None
        if first is not None and ":" in first:
            return user_is_root(first.split(":")[0])
        return Unknown(user.text)
    name = user.split(":")[0].strip()
    return name == "" or name in table.ROOT_NAMES or (name.isdigit() and int(name[:20]) == 0)
