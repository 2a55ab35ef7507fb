"""What docker compose refuses: Problems, only where that is certain.

References across a project are judged in a folder's default project alone: to
any other file `-f` may lay what is missing under it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from plumblint.formats.compose.mounts import named_volume
from plumblint.formats.compose.project import Project, folder_of, join
from plumblint.formats.compose.scalars import boolean, seconds
from plumblint.formats.compose.scripts import healthcheck_words
from plumblint.formats.compose.service import Block
from plumblint.formats.compose.services import depends_on, is_complete
from plumblint.formats.compose.text import HOLE, Text
from plumblint.formats.compose.tree import Items, Table
from plumblint.source import Span
from plumblint.tables.compose_keys import SERVICE_KEYS, TOP_KEYS

_COMPOSE_NAME = re.compile(r"(?:docker-)?compose(?:[.-][^/]+)?\.ya?ml\Z")
_TEMPLATES = ("example", "sample", "dist", "template", "tmpl")
"""What an override is called that everybody copies and fills in."""
_MOST_COMPARED = 200
_BOOLEANS = ("privileged", "read_only", "init", "tty", "stdin_open", "oom_kill_disable")
_CONDITIONS = frozenset(("service_started", "service_healthy", "service_completed_successfully"))
_CONTAINER_NAME = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_.-]+\Z")
_TESTS = frozenset(("CMD", "CMD-SHELL", "NONE"))


def check(project: Project, blocks: list[Block], *, main: bool) -> None:
    """Add a Problem for each thing that docker compose refuses."""
    if project.reading.visits < 0:
        return  # part of it was not read
    _top(project)
    _misspelt(project, (block.table for block in blocks), SERVICE_KEYS, "a service")
    for block in blocks:
        _values(block)
        _healthcheck(block)
    if not main or not project.complete:
        return
    if not project.model.entries and not project.reading.facts and _alone(project):
        start = Span(project.path, 0, 0)
        project.reading.problem(start, "docker compose refuses a file without content")
    _circles(blocks)
    if _has_template(project):
        return
    _references(project, blocks)
    incomplete = [block for block in blocks if not is_complete(block.table) and not block.overlay]
    if incomplete and _alone(project):
        for block in incomplete:
            message = f"docker compose refuses `{block.name}`: it has neither `image` nor `build`"
            project.reading.problem(block.key.span, message)


def _top(project: Project) -> None:
    model, reading = project.model, project.reading
    services = model.get("services")
    if services is not None and not isinstance(services, Table):
        reading.problem(services.span, "docker compose refuses this: `services` is a mapping")
    elif isinstance(services, Table):
        for name, key, value in services.items():
            if not isinstance(value, Table) and not (isinstance(value, Text) and value.null):
                message = f"docker compose refuses `{name}`: a service is a mapping"
                reading.problem(key.span, message)
    elif "include" not in model:
        for name, key, value in model.items():
            old = isinstance(value, Table) and ("image" in value or "build" in value)
            if old and name not in TOP_KEYS and not name.startswith("x-"):
                message = f"docker compose refuses this: `{name}` has to stand under `services:`"
                reading.problem(key.span, message)
    _misspelt(project, [model], TOP_KEYS, "a compose file")


def _misspelt(project: Project, tables: Iterable[Table], known: frozenset[str], where: str) -> None:
    """Unknown keys that look like a known one; others may be newer than what is known here."""
    compared = 0
    for table in tables:
        for name, key, _ in table.items():
            if name in known or name.startswith("x-") or compared > _MOST_COMPARED:
                continue
            compared += 1
            from difflib import get_close_matches  # costs time, and is needed seldom

            likely = get_close_matches(name[:40].lower(), known, 1, 0.8)
            if likely:
                message = f"docker compose refuses `{name}`: {where} has a key `{likely[0]}`"
                project.reading.problem(key.span, message)


def _values(block: Block) -> None:
    table, reading = block.table, block.reading
    _types(block)
    for name in _BOOLEANS:
        text = table.text(name)
        if text is not None and boolean(text) is None:
            message = f"docker compose refuses `{name}`: it is true or false"
            reading.problem(text.span, message)
    grace = table.text("stop_grace_period")
    if grace is not None and _no_duration(grace):
        message = "docker compose refuses this duration: give it a unit, as in `30s`"
        reading.problem(grace.span, message)
    mode, networks = table.text("network_mode"), table.get("networks")
    if mode is not None and mode.flat and isinstance(networks, Items | Table):
        message = "docker compose refuses `network_mode` together with `networks`"
        reading.problem(mode.span, message)
    build = table.table("build")
    if build is not None and "dockerfile" in build and "dockerfile_inline" in build:
        key = build.key("dockerfile_inline")
        message = "docker compose refuses `dockerfile` together with `dockerfile_inline`"
        reading.problem(key.span if key is not None else build.span, message)
    _several(block)


def _types(block: Block) -> None:
    """Values of a type that the schema does not allow."""
    image = block.table.text("image")
    if image is not None and image.kind in {"bool", "int", "float"}:
        message = f"docker compose refuses `{image.written}`: an image is a string, so quote it"
        block.reading.problem(image.span, message)
    environment = block.table.table("environment")
    for name, key, value in environment.items() if environment is not None else ():
        if not isinstance(value, Text):
            message = f"docker compose refuses `{name}`: a variable's value is a single one"
            block.reading.problem(key.span, message)
    called = block.table.text("container_name")
    if called is not None and called.string and not _CONTAINER_NAME.match(called.string):
        message = (
            f"the engine refuses the name `{called.string[:60]}`: a letter or digit first, then"
            " letters, digits, `_`, `.` and `-`, two characters at least"
        )
        block.reading.problem(called.span, message)
    extends = block.table.table("extends")
    if extends is not None and "service" not in extends:
        message = "docker compose refuses this: `extends` needs `service`"
        block.reading.problem(extends.span, message)


def _several(block: Block) -> None:
    """More than one container of one name."""
    name = block.table.text("container_name")
    deploy = block.table.table("deploy")
    count = block.table.text("scale") or (deploy.text("replicas") if deploy is not None else None)
    if name is None or count is None or not (count.string or "").isdecimal():
        return
    if int(count.flat[:9]) > 1:
        message = f"docker compose refuses {count.flat} containers called `{name.flat}`"
        block.reading.problem(name.span, message)


def _no_duration(text: Text) -> bool:
    return text.string is not None and seconds(text.string) is None


def _healthcheck(block: Block) -> None:
    table = block.table.table("healthcheck")
    if table is None:
        return
    for name in ("interval", "timeout", "start_period", "start_interval"):
        text = table.text(name)
        if text is not None and _no_duration(text):
            message = "docker compose refuses this duration: give it a unit, as in `30s`"
            block.reading.problem(text.span, message)
    disable = table.text("disable")
    if disable is not None and boolean(disable) is None:
        block.reading.problem(disable.span, "docker compose refuses `disable`: it is true or false")
    words = healthcheck_words(table.get("test"))
    if words and words[0].string is not None and words[0].string not in _TESTS:
        message = "docker compose refuses this list: it starts with `CMD`, `CMD-SHELL` or `NONE`"
        block.reading.problem(words[0].span, message)


def _references(project: Project, blocks: list[Block]) -> None:
    reading = project.reading
    names = {
        section: project.names(section)
        for section in ("services", "volumes", "networks", "secrets", "configs")
    }
    for block in blocks:
        for name in depends_on(block.table) or {}:
            if name not in names["services"] and HOLE not in name:
                text = _dependency(block, name)
                message = f"docker compose refuses this: there is no service `{name}` to wait for"
                reading.problem(text.span, message)
        for text in _named_volumes(block):
            if text.flat not in names["volumes"]:
                message = (
                    f"docker compose refuses the volume `{text.flat}`: it is not declared under"
                    " `volumes:` at the top (a path starts with `./`)"
                )
                reading.problem(text.span, message)
        for section in ("networks", "secrets", "configs"):
            for text in _mentioned(block, section):
                if text.string is None or text.flat in names[section] or text.flat == "default":
                    continue
                message = (
                    f"docker compose refuses `{text.flat}`: it is not declared under"
                    f" `{section}:` at the top"
                )
                reading.problem(text.span, message)


def _dependency(block: Block, name: str) -> Text:
    value = block.table.get("depends_on")
    if isinstance(value, Table):
        return value.key(name) or block.key
    return next((text for text in block.table.texts("depends_on") if text.flat == name), block.key)


def _named_volumes(block: Block) -> Iterable[Text]:
    value = block.table.get("volumes")
    for item in value.items if isinstance(value, Items) else ():
        source = named_volume(item)
        if source is not None and source.string:
            yield source


def _mentioned(block: Block, name: str) -> Iterable[Text]:
    value = block.table.get(name)
    if isinstance(value, Table):
        yield from (key for _, key, _ in value.items())
    for item in value.items if isinstance(value, Items) else ():
        text = item.text("source") if isinstance(item, Table) else item
        if isinstance(text, Text) and not text.null:
            yield text


def _circles(blocks: list[Block]) -> None:
    """Services that wait for each other."""
    waits = {block.name: list(depends_on(block.table) or {}) for block in blocks}
    done: set[str] = set()
    by_name = {block.name: block for block in blocks}
    for start in waits:
        way: list[tuple[str, int]] = [(start, 0)]
        on_way = {start}
        while way:
            name, at = way.pop()
            targets = waits.get(name, [])
            if name in done or at >= len(targets):
                done.add(name)
                on_way.discard(name)
                continue
            way.append((name, at + 1))
            target = targets[at]
            if target in on_way:
                block = by_name[name]
                message = f"docker compose refuses that `{name}` and `{target}` wait for each other"
                if target == name:
                    message = f"docker compose refuses that `{name}` waits for itself"
                block.reading.problem(_dependency(block, target).span, message)
            elif target in waits and target not in done:
                way.append((target, 0))
                on_way.add(target)


def _alone(project: Project) -> bool:
    """Whether no other compose file lies beside the project's main one or in a folder above.

    `-f compose.yaml -f ci/basic/compose.yaml` lays the lower over the upper.
    """
    above = {"", project.folder}
    above.update(project.folder[:at] for at, sign in enumerate(project.folder) if sign == "/")
    files = project.reading.repo.files
    others = [path for path in files if folder_of(path) in above and _COMPOSE_NAME.search(path)]
    return len(others) < 2


def _has_template(project: Project) -> bool:
    """Whether an override is to be written that the repo holds only a template of."""
    return any(
        project.reading.repo.exists(join(project.folder, f"{name}.override.{ending}.{template}"))
        for name in ("compose", "docker-compose")
        for ending in ("yaml", "yml")
        for template in _TEMPLATES
    )
