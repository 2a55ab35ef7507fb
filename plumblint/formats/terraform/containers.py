"""Containers and images that a resource declares."""

from __future__ import annotations

from typing import Any

from plumblint.facts import (
    Container,
    Fact,
    Healthcheck,
    Image,
    Mount,
    Origin,
    Port,
    Process,
    Unknown,
    Variable,
)
from plumblint.formats.terraform.json_value import decode
from plumblint.formats.terraform.value import (
    Value,
    first,
    flag,
    items,
    member,
    number,
    scalar,
    scalar_or,
    select,
    shown,
    texts,
)
from plumblint.syntax.image_reference import split
from plumblint.tables.terraform_resources import (
    CONTAINER_PLACES,
    DIALECTS,
    ENVIRONMENT_MAPS,
    HOST_NAMESPACES,
    IMAGE_PLACES,
    POD_PLACES,
)

_PLACES: dict[str, list[tuple[str, str, str]]] = {}
for _resource, _path, _dialect, _origin in CONTAINER_PLACES:
    _PLACES.setdefault(_resource, []).append((_path, _dialect, _origin))
_IMAGES = {resource: (path, origin) for resource, path, origin in IMAGE_PLACES}
_ENVIRONMENTS = dict(ENVIRONMENT_MAPS)
_ROOT = ("root", "0")


def read_containers(resource_type: str, address: str, body: Value) -> list[Fact]:
    """Every container, image and environment of a resource, with the facts that hang on them."""
    facts: list[Fact] = []
    for path, dialect, origin in _PLACES.get(resource_type, ()):
        around = _around(resource_type, dialect, body)
        for index, (value, key) in enumerate(_declared(body, path)):
            place = f"{address}.{path}[{index}]"
            facts += _Reader(value, around, dialect, place, f"{address}.{key}").read(origin)
    if resource_type in _IMAGES:
        path, origin = _IMAGES[resource_type]
        for value in select(body, path):
            if image := read_image(value, f"{address}.{path}", origin):
                facts.append(image)
    if path := _ENVIRONMENTS.get(resource_type, ""):
        for found in select(body, path):
            facts += _map_variables(found, f"{address}.{path}", "")
    return facts


def _around(resource_type: str, dialect: str, body: Value) -> Value | None:
    """The task or pod that containers stand in."""
    if dialect != "kubernetes":
        return body
    pods = select(body, POD_PLACES[resource_type])
    return pods[0] if pods else None


def _declared(body: Value, path: str) -> list[tuple[Value, str]]:
    """The containers at a path, each with a key: its name, else its content's number."""
    found: list[Value] = []
    for value in select(body, path):
        decoded = value if isinstance(value.data, dict) else decode(value)
        found += [item for item in items(decoded) if isinstance(item.data, dict)]
    result: list[tuple[Value, str]] = []
    seen: dict[str, int] = {}
    for value in found:
        key = shown(scalar(member(value, "name") or member(value, "image")))
        seen[key] = seen.get(key, 0) + 1
        result.append((value, key if seen[key] == 1 else f"{key}#{seen[key]}"))
    return result


def read_image(value: Value, path: str, origin: Any) -> Image | None:
    """The image that a value names, None where it is empty or no text."""
    text = scalar(value)
    if text is None or text == "":
        return None
    parts = split(text)
    image = Image(
        span=value.span,
        path=path,
        key=path,
        text=text,
        registry=parts.registry,
        repository=parts.repository,
        tag=parts.tag,
        digest=parts.digest,
        origin=origin,
    )
    image.trace(text=value.origin())
    for name, (start, end) in parts.spans.items():
        image.trace(**{name: value.origin(start, end)})
    tail = value.runs[-1] if value.runs else None
    if isinstance(text, Unknown) and tail is not None and tail.text is not None:
        # Of `${repository}:1.2` the tag is known and stands at the end of the last run.
        known = parts.digest if isinstance(parts.digest, str) else parts.tag
        if isinstance(known, str) and tail.literal and tail.text.endswith(known):
            end = tail.span.end
            span = type(tail.span)(tail.span.path, end - len(known), end)
            field = "digest" if known is parts.digest else "tag"
            image.trace(**{field: Origin(span, tail.via, literal=True)})
    return image


class _Reader:
    """Reads one container of a dialect."""

    def __init__(
        self, value: Value, around: Value | None, dialect: str, path: str, key: str
    ) -> None:
        self.value = value
        self.around = around
        self.dialect = dialect
        self.names = DIALECTS[dialect]
        self.path = path
        self.key = key

    def read(self, origin: str) -> list[Fact]:
        """The container, then what hangs on it."""
        kind: Any = {"azure": "cloud-run"}.get(self.dialect, self.dialect)
        source = self._first("image")
        image = read_image(source, f"{self.path}.image", origin) if source else None
        if image is not None:
            image.key = f"{self.key}.image"
        container = Container(
            span=source.span if source and source.span.end else self.value.span,
            path=self.path,
            key=self.key,
            kind=kind,
            name=scalar_or(self._first("name"), ""),
            image=image,
            env=tuple(self._variables()),
            ports=tuple(self._ports()),
            mounts=tuple(self._mounts()),
            process=self._process(),
            workdir=scalar(self._first("workdir")),
            logging_driver=scalar(self._first("logging_driver")),
            security_options=texts(self._all("security_options")),
            added_capabilities=_capabilities(self._all("added_capabilities")),
            dropped_capabilities=_capabilities(self._all("dropped_capabilities")),
        )
        shared = self._shared()
        container.host_namespaces = tuple(shared)
        if shared:
            container.trace(host_namespaces=next(iter(shared.values())).origin())
        for field in ("added_capabilities", "dropped_capabilities"):
            for value in self._all(field)[:1]:
                container.trace(**{field: value.origin()})
        self._rights(container)
        self._limits(container)
        self._healthcheck(container)
        hanging: list[Fact] = [*container.env, *container.ports, *container.mounts]
        if container.process is not None:
            hanging.append(container.process)
        if image is not None:
            hanging.append(image)
        return [container, *hanging]

    def _first(self, field: str) -> Value | None:
        name = self.names.get(field)
        return first(self.value, name) if name else None

    def _all(self, field: str) -> list[Value]:
        name = self.names.get(field)
        return select(self.value, name) if name else []

    def _rights(self, container: Container) -> None:
        """User, privileges and the root file system."""
        user = self._first("user")
        non_root = self._first("non_root")
        if self.dialect == "kubernetes" and self.around is not None:
            # A pod's security context holds for containers that say nothing themselves.
            user = user or first(self.around, "security_context.run_as_user")
            non_root = non_root or first(self.around, "security_context.run_as_non_root")
        container.user = scalar(user)
        image = container.image.text if container.image else ""
        container.user_is_root = Unknown(image.text if isinstance(image, Unknown) else image)
        if container.user is not None and container.user != "":
            container.user_is_root = is_root(container.user)
        elif flag(non_root) is True:
            container.user_is_root = False
        for field in ("privileged", "read_only"):
            value = self._first(field)
            decided = flag(value)
            if value is not None and decided is not None:
                setattr(container, field, decided)
                container.trace(**{field: value.origin()})
        if user is not None:
            container.trace(user=user.origin(), user_is_root=user.origin())

    def _limits(self, container: Container) -> None:
        limits = {name: scalar(self._first(name)) for name in ("memory", "cpus")}
        container.limits = {name: text for name, text in limits.items() if text is not None} or None

    def _healthcheck(self, container: Container) -> None:
        value = self._first("healthcheck")
        if value is None:
            return
        words = texts(items(value))
        known = [word for word in words if isinstance(word, str)]
        disabled: bool | Unknown = bool(words) and words[0] == "NONE"
        test = " ".join(known) if len(known) == len(words) else Unknown(value.source)
        healthcheck = Healthcheck(
            span=value.span, path=f"{self.path}.healthcheck", key=f"{self.key}.healthcheck",
            disabled=disabled, test=test,
        )  # fmt: skip
        container.healthcheck = healthcheck

    def _shared(self) -> dict[str, Value]:
        """The namespaces shared with the host, each with what says so."""
        found: dict[str, Value] = {}
        for path, shared, namespace in HOST_NAMESPACES.get(self.dialect, ()):
            value = first(self.around, path) if self.around is not None else None
            if value is not None and scalar(value) == shared:
                found[namespace] = value
        return found

    def _variables(self) -> list[Variable]:
        found: list[Variable] = []
        for entry in self._all("env"):
            name, value = scalar(member(entry, "name")), member(entry, "value")
            if isinstance(name, str) and (value is not None or _has(entry, "value")):
                found.append(_variable(name, value, entry, self.path, self.key))
        for entry in self._all("env_map"):
            found += _map_variables(entry, self.path, self.path)
        return found

    def _ports(self) -> list[Port]:
        found: list[Port] = []
        for index, entry in enumerate(self._all("ports")):
            target = member(entry, self.names["port"])
            published = member(entry, self.names.get("published", ""))
            protocol = scalar_or(member(entry, self.names.get("protocol", "")), "tcp")
            if target is None:
                continue
            port = Port(
                span=target.span,
                path=f"{self.path}.ports[{index}]",
                key=f"{self.key}.ports[{shown(scalar(target))}]",
                target=number(target),
                published=scalar(published),
                protocol=protocol.lower() if isinstance(protocol, str) else protocol,
            )
            port.trace(target=target.origin())
            found.append(port)
        return found

    def _mounts(self) -> list[Mount]:
        found: list[Mount] = []
        for index, entry in enumerate(self._all("mounts")):
            source = member(entry, self.names.get("mount_source", ""))
            target = member(entry, self.names.get("mount_target", ""))
            read_only = flag(member(entry, self.names.get("mount_read_only", "")))
            host = self._host_path(source)
            mount = Mount(
                span=(target or entry).span,
                path=f"{self.path}.mounts[{index}]",
                key=f"{self.key}.mounts[{shown(scalar(target))}]",
                kind="volume" if host is None else "bind",
                source=scalar(source if host is None else host),
                target=scalar(target),
                read_only=False if read_only is None else read_only,
            )
            if host is not None or source is not None:
                mount.trace(source=(host or source or entry).origin())
            found.append(mount)
        return found

    def _host_path(self, volume: Value | None) -> Value | None:
        """The folder of the host that a volume of the task or pod is, by the volume's name."""
        name = scalar(volume)
        for declared in select(self.around, "volume"):
            if isinstance(name, str) and scalar(member(declared, "name")) == name:
                path = member(declared, "host_path")
                return first(path, "path") if self.dialect == "kubernetes" else path
        return None

    def _process(self) -> Process | None:
        entrypoint, command = self._all("entrypoint"), self._all("command")
        grace = self._first("grace")
        if self.dialect == "kubernetes" and self.around is not None:
            grace = member(self.around, "termination_grace_period_seconds")
        if not entrypoint and not command and grace is None:
            return None
        argv: tuple[Any, ...] = texts([*entrypoint, *command])
        if not entrypoint:
            argv = (Unknown("the image's entrypoint"), *argv)
        places = [*entrypoint, *command] or [grace or self.value]
        process = Process(
            span=places[0].span,
            path=f"{self.path}.process",
            key=f"{self.key}.process",
            argv=argv,
            text=" ".join(map(shown, texts([*entrypoint, *command]))) or None,
            form="exec",
            entrypoint_form="exec" if entrypoint else None,
            init="docker-init" if flag(self._first("init")) is True else None,
            grace_seconds=number(grace),
        )
        if grace is not None:
            process.trace(grace_seconds=grace.origin())
        return process


def is_root(user: str | Unknown) -> bool | Unknown:
    """Whether a user, as ECS, Docker and Kubernetes name it, is root."""
    return user if isinstance(user, Unknown) else user.partition(":")[0] in _ROOT


def _capabilities(values: list[Value]) -> tuple[Any, ...]:
    return tuple(
        name if isinstance(name, Unknown) else name.upper().removeprefix("CAP_")
        for name in texts(values)
    )


def _has(entry: Value, name: str) -> bool:
    return isinstance(entry.data, dict) and name in entry.data


def _variable(name: str, value: Value | None, entry: Value, path: str, key: str) -> Variable:
    place = value or entry
    variable = Variable(
        span=place.span,
        path=f"{path}.env.{name}",
        key=f"{key}.env.{name}",
        name=name,
        value=scalar(value),
        literal=value is not None and value.known and bool(value.literal or value.runs),
        default=bool(value and value.default),
        kind="env",
        container=path,
    )
    if value is not None:
        variable.trace(value=value.origin())
    return variable


def _map_variables(found: Value, path: str, container: str) -> list[Variable]:
    if not isinstance(found.data, dict):
        return []
    result = []
    for name, value in found.data.items():
        variable = _variable(name, value if value.data is not None else None, found, path, path)
        variable.path = variable.key = f"{path}.{name}"
        variable.container = container
        result.append(variable)
    return result
