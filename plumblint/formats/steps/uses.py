"""The `uses:` of a step or job, split into its parts."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from plumblint.facts import Action, Image, Origin, Unknown
from plumblint.formats.steps.reading import Reading, Text, as_text
from plumblint.repo import Repo, normal
from plumblint.syntax.image_reference import split
from plumblint.tables.branch_names import BRANCH_NAMES, BRANCH_PREFIXES
from plumblint.tables.popular_actions import POPULAR_ACTIONS

_SHA = re.compile(r"[0-9a-fA-F]{40}(?:[0-9a-fA-F]{24})?\Z")
_REMOTE = re.compile(r"([^/@\s]+)/([^/@\s]+)((?:/[^@\s]*)?)(?:@(.*))?\Z", re.DOTALL)
_WORKFLOW = re.compile(r"(?:^|/)\.github/workflows/[^/]+\.ya?ml\Z")
_DOCKER = "docker://"

Kind = Literal["action", "reusable-workflow", "local", "docker", "expression"]


def ref_kind(ref: str) -> Literal["sha", "tag", "branch", "none"]:
    """What a ref is by its looks: offline nobody knows for sure."""
    if not ref:
        return "none"
    if _SHA.match(ref):
        return "sha"
    name = ref.lower()
    return "branch" if name in BRANCH_NAMES or name.startswith(BRANCH_PREFIXES) else "tag"


def read_uses(
    reading: Reading, text: Text, path: str, key: str, *, job: str, repo: Repo, of_job: bool
) -> Action:
    """The action of a `uses`; `docker://` gives an Image fact too."""
    value = as_text(text)
    stripped = text.value.strip()
    start = text.value.find(stripped) if stripped else 0
    action = Action(
        span=text.place(start, start + len(stripped)),
        path=path,
        key=key,
        text=value if isinstance(value, Unknown) else stripped,
        kind="expression",
        job=job,
    )
    action.trace(text=Origin(action.span, literal=text.verbatim(start, start + len(stripped))))
    if isinstance(value, Unknown):
        _unknown_parts(action, value)
    elif stripped.startswith(_DOCKER):
        action.kind = "docker"
        action.name = stripped.lower()
        image = read_image(
            reading, text, path, key, origin="docker-action", skip=start + len(_DOCKER)
        )
        reading.add(image)
    elif stripped.startswith(("./", "../", "$/")):
        _local(action, stripped, reading, repo)
    else:
        _remote(action, text, stripped, start, of_job=of_job)
    return action


def _unknown_parts(action: Action, value: Unknown) -> None:
    action.owner = action.repository = action.name = action.ref = action.ref_kind = value


def _local(action: Action, text: str, reading: Reading, repo: Repo) -> None:
    action.kind = "local"
    action.name = text.lower()
    action.ref_kind = "none"
    inside = normal(text.removeprefix("$/"))
    if inside is None:
        action.resolves_to = Unknown(text)
        return
    for root in dict.fromkeys((reading.root, "")):
        place = "/".join(part for part in (root, inside) if part)
        for candidate in (place, f"{place}/action.yml", f"{place}/action.yaml"):
            if repo.exists(candidate):
                action.resolves_to = candidate
                return
    action.resolves_to = Unknown(text)


def _remote(action: Action, text: Text, stripped: str, start: int, *, of_job: bool) -> None:
    match = _REMOTE.match(stripped)
    action.kind = "action"
    if match is None:
        return
    owner, repository, subpath, ref = match.groups()
    action.owner = owner
    action.repository = repository
    action.subpath = subpath.strip("/") or None
    action.name = f"{owner}/{repository}{subpath.rstrip('/')}".lower()
    action.ref = ref
    action.ref_kind = ref_kind(ref or "")
    action.resembles = _popular_twin(owner.lower(), f"{owner}/{repository}".lower())
    if of_job or _WORKFLOW.search(subpath):
        action.kind = "reusable-workflow"
    if ref:
        at = start + match.start(4)
        origin = Origin(
            text.place(at, start + len(stripped)), literal=text.verbatim(at, at + len(ref))
        )
        action.trace(ref=origin, ref_kind=Origin(origin.span))


@cache
def _popular_twin(owner: str, name: str) -> str | None:
    """A popular action of another owner whose name is one edit away."""
    for popular in POPULAR_ACTIONS:
        if abs(len(popular) - len(name)) > 1 or popular == name:
            continue
        if popular.partition("/")[0] != owner and _one_edit(popular, name):
            return popular
    return None


def _one_edit(one: str, other: str) -> bool:
    """Whether two texts differ by one character left out, put in, changed or swapped."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, rest_of_other = one[start:], other[start:]
    if len(rest) > len(rest_of_other):
        rest, rest_of_other = rest_of_other, rest
    if len(rest) < len(rest_of_other):
        return rest == rest_of_other[1:]
    swapped = rest[1:2] + rest[:1] + rest[2:] == rest_of_other
    return rest[1:] == rest_of_other[1:] or swapped


def read_image(
    reading: Reading,
    text: Text,
    path: str,
    key: str,
    *,
    origin: Literal["job", "service", "docker-action"],
    skip: int = 0,
) -> Image:
    """The image that a text names from `skip` on, with the places of its parts."""
    value = as_text(text)
    end = len(text.value.rstrip())
    skip += len(text.value[skip:]) - len(text.value[skip:].lstrip())
    span = text.place(skip, end)
    if isinstance(value, Unknown):
        pieces = _without_prefix(value.pieces, skip)
        value = Unknown(text.value[skip:end], pieces)
    else:
        value = value[skip:end]
    parts = split(value)
    image = Image(
        span=span,
        path=path,
        key=key,
        text=value,
        registry=parts.registry,
        repository=parts.repository,
        tag=parts.tag,
        digest=parts.digest,
        origin=origin,
    )
    origins = {
        name: Origin(text.place(skip + a, skip + b), literal=text.verbatim(skip + a, skip + b))
        for name, (a, b) in parts.spans.items()
    }
    image.trace(text=Origin(span, literal=text.verbatim(skip, end)), **origins)
    return image


def _without_prefix(pieces: tuple[str | None, ...], skip: int) -> tuple[str | None, ...]:
    if skip and pieces and pieces[0] is not None:
        return (pieces[0][skip:], *pieces[1:])
    return pieces
