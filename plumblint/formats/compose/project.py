"""A compose project: its files laid over each other, with `include` and `extends` resolved."""

from __future__ import annotations

from collections.abc import Sequence

from plumblint.facts import Related
from plumblint.formats.compose.environment import EnvFile, Environment
from plumblint.formats.compose.lower import Lowering, repeated_keys
from plumblint.formats.compose.merge import merge, merge_tables
from plumblint.formats.compose.reading import Reading
from plumblint.formats.compose.text import Text
from plumblint.formats.compose.tree import Items, Table, Value, came_by, empty_table, size
from plumblint.repo import normal
from plumblint.source import Span
from plumblint.syntax.yaml import Scalar

_EXTENDED_HERE = "extended here"
_REMOTE = ("http://", "https://", "git@", "git://", "ssh://", "oci:", "github.com/")
_DEEPEST = 20
_LONGEST_CHAIN = 60


class Project:
    """What the files of a project say together."""

    __slots__ = (
        "_extending", "_files", "complete", "environment", "folder", "included", "model",
        "partial", "path", "reading",
    )  # fmt: skip

    def __init__(self, reading: Reading, folder: str, environment: Environment) -> None:
        self.reading = reading
        self.folder = folder
        """Where relative paths start, relative to the repo's root."""
        self.environment = environment
        self.path = ""
        """The first of its files."""
        self.model = empty_table(Span(folder, 0, 0))
        self.included = empty_table(Span(folder, 0, 0))
        """What `include` brings: other projects' services, volumes, …"""
        self.complete = True
        """Whether all that it includes and extends could be read."""
        self.partial: set[str] = set()
        """The services that extend what could not be read."""
        self._files: dict[tuple[str, str], Table | None] = {}
        self._extending: list[tuple[str, str]] = []

    @property
    def services(self) -> Table:
        """The services of the project's own files."""
        return self.model.table("services") or empty_table(self.model.span)

    def names(self, section: str) -> set[str]:
        """The names under a top-level key, included ones too."""
        found: set[str] = set()
        for model in (self.model, self.included):
            table = model.table(section)
            if table is not None:
                found.update(name for name, _, _ in table.items())
        return found

    def load(self, paths: Sequence[str], including: tuple[str, ...] = ()) -> None:
        """Lay the files over each other."""
        self.path = paths[0]
        for path in paths:
            for document in self._documents(path, self.folder, own=True):
                self._include(document, (*including, *paths))
                self._extend_all(document, path)
                self.model = merge_tables(self.model, document)

    def _documents(self, path: str, folder: str, *, own: bool) -> list[Table]:
        got = self.reading.documents(path)
        if got is None:
            self.complete = False
            return []
        source, nodes = got
        found = []
        for node in nodes:
            repeated_keys(self.reading, source, node)
            if isinstance(node, Scalar) and node.plain and not node.value:
                continue
            lowering = Lowering(self.reading, source, self.environment, folder)
            value = lowering.value(node)
            lowering.problems()
            if isinstance(value, Table):
                found.append(value)
            elif own:
                start = value.span.start
                message = "this is no compose file: it has no keys such as `services` at its top"
                self.reading.problem(Span(path, start, start + 1), message)
        return found

    # include

    def _include(self, document: Table, including: tuple[str, ...]) -> None:
        value = document.get("include")
        for item in value.items if isinstance(value, Items) else ():
            texts, folder, env_files = _include_entry(item)
            paths = [self._local(text) for text in texts]
            if not paths or None in paths or len(including) > _DEEPEST:
                self.complete = False
                continue
            known = [path for path in paths if path is not None]
            missing = [
                text for text, path in zip(texts, known, strict=True) if not self._exists(path)
            ]
            if missing:
                self.complete = False
                continue
            if known[0] in including:
                message = f"docker compose refuses that `{texts[0].flat}` includes this file again"
                self.reading.problem(texts[0].span, message)
                continue
            self._include_files(known, folder, env_files, including)

    def _include_files(
        self,
        paths: list[str],
        folder: Text | None,
        env_files: list[Text],
        including: tuple[str, ...],
    ) -> None:
        root = self._local(folder) if folder is not None else folder_of(paths[0])
        if root is None:
            self.complete = False
            return
        files = [self._local(text) for text in env_files] or [join(root, ".env")]
        environment = self.environment.under(
            [read_env(self.reading, path) for path in files if path is not None]
        )
        inner = Project(self.reading, root, environment)
        inner.load(paths, including)
        self.complete = self.complete and inner.complete
        self.included = merge_tables(merge_tables(self.included, inner.included), inner.model)

    def _exists(self, path: str) -> bool:
        return self.reading.repo.exists(path)

    def _local(self, text: Text | None) -> str | None:
        """A path relative to the repo's root; None for a remote or undecided one."""
        if text is None or text.string is None or text.string.startswith((*_REMOTE, "/", "~")):
            return None
        return normal(join(text.folder, text.string))

    # extends

    def _extend_all(self, document: Table, path: str) -> None:
        services = document.table("services")
        if services is None:
            return
        included = self.included.table("services")
        around = merge_tables(included, services) if included is not None else services
        for name, (key, _) in list(services.entries.items()):
            extended = self._extended(name, around, path)
            if extended is not None:
                services.entries[name] = (key, extended)

    def _extended(self, name: str, services: Table, path: str) -> Value | None:
        """A service with what it extends under it; None for no such service."""
        entry = services.entries.get(name)
        if entry is None or not isinstance(entry[1], Table):
            return entry[1] if entry else None
        service = entry[1]
        wanted = _extends(service)
        if wanted is None:
            return service
        reference, file = wanted
        rest = Table(dict(service.entries), service.span, service.via, service.tag)
        del rest.entries["extends"]
        if (path, name) in self._extending:
            message = f"`{name}` extends itself in a circle, which docker compose refuses"
            self.reading.problem(reference.span, message)
            return rest
        if len(self._extending) > _LONGEST_CHAIN:
            message = f"`{name}` extends through more than {_LONGEST_CHAIN} services"
            self.reading.problem(reference.span, message, "limit")
            return rest
        self._extending.append((path, name))
        base = self._base(name, reference, file, services, path)
        self._extending.pop()
        if not isinstance(base, Table):
            return rest
        self.reading.visits -= size(base)
        if self.reading.visits < 0:
            self.reading.too_much(reference.span)
            return rest
        under = came_by(base, Related(reference.span, _EXTENDED_HERE))
        merged = merge(under, rest, ("services", "*"))
        services.entries[name] = (entry[0], merged)
        return merged

    def _base(
        self, name: str, reference: Text, file: Text | None, services: Table, path: str
    ) -> Value | None:
        wanted = reference.string
        if wanted is None:
            self._give_up(name)
            return None
        if file is not None:
            local = self._local(file)
            if local is None or not self._exists(local):
                self._give_up(name)
                if local is not None:
                    message = f"`{file.flat}`, which `{name}` extends, is not in the repo"
                    self.reading.problem(file.span, message, "unreadable")
                return None
            table = self._file(local, file)
            if table is None:
                self._give_up(name)
                return None
            services, path = table, local
        if wanted not in services.entries:
            message = f"`{name}` extends `{wanted}`, and {path} has no such service"
            self.reading.problem(reference.span, message)
            self._give_up(name)
            return None
        return self._extended(wanted, services, path)

    def _give_up(self, name: str) -> None:
        self.partial.update((name, *(extending for _, extending in self._extending)))
        self.complete = False

    def _file(self, path: str, file: Text) -> Table | None:
        """The services of a file that is extended from."""
        key = (path, file.folder)
        if key not in self._files:
            model = empty_table(Span(path, 0, 0))
            for document in self._documents(path, folder_of(path), own=False):
                model = merge_tables(model, document)
            self._files[key] = model.table("services")
        return self._files[key]


def open_project(reading: Reading, paths: Sequence[str]) -> Project:
    """The project of the files at `paths`, the first of which says where it lies."""
    folder = folder_of(paths[0])
    environment = Environment().under([read_env(reading, join(folder, ".env"))])
    project = Project(reading, folder, environment)
    project.load(paths)
    return project


def read_env(reading: Reading, path: str) -> EnvFile | None:
    """An env file of the repo, None where it has none."""
    if not reading.repo.exists(path):
        return None
    source = reading.repo.source(path)
    return EnvFile(source) if source is not None else None


def folder_of(path: str) -> str:
    """The folder of a file, empty for the root."""
    return path.rpartition("/")[0]


def join(folder: str, path: str) -> str:
    """A path below a folder."""
    return f"{folder}/{path}" if folder else path


def _include_entry(item: Value) -> tuple[list[Text], Text | None, list[Text]]:
    if isinstance(item, Text):
        return [item], None, []
    if isinstance(item, Table):
        return item.texts("path"), item.text("project_directory"), item.texts("env_file")
    return [], None, []


def _extends(service: Table) -> tuple[Text, Text | None] | None:
    value = service.get("extends")
    if isinstance(value, Text):
        return value, None
    if isinstance(value, Table):
        reference = value.text("service")
        return (reference, value.text("file")) if reference is not None else None
    return None
