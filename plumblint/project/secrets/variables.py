"""Secrets in variables: environments, build arguments, inputs, Terraform attributes."""

from __future__ import annotations

import re

from plumblint.facts import Container, Origin, Related, Secret, Unknown, Variable
from plumblint.project.project import Project
from plumblint.project.secrets.exposure import is_exposed
from plumblint.project.secrets.names import is_secret_name
from plumblint.project.secrets.record import given, located, record, unquoted
from plumblint.project.secrets.test_paths import is_own_machine
from plumblint.project.secrets.values import Likeness, is_random, likeness_of
from plumblint.source import Span

_OWN_WORDS = re.compile(r"(?i)(?:user(?:name)?|database|db|name|login)$")
"""Ends of names whose values anybody would try as the password."""
_FALLBACK = re.compile(r"\|\|\s*'(?P<value>[^'{}]{1,200})'\s*\}\}\s*$")
"""The literal that a GitHub expression ends in: `${{ secrets.X || 'literal' }}`."""
_BUILD_ARGUMENT = re.compile(
    r"^[ \t]*['\"]?(?P<name>[A-Za-z_]\w{0,80})=(?P<value>.*)$", re.MULTILINE
)
_ENVIRONMENT = re.compile(r"(?:NODE|RAILS|RACK|APP|MIX|FLASK|DJANGO|SYMFONY)_ENV|ENV|ENVIRONMENT")
_TESTS = frozenset(("test", "testing"))
_WORD = re.compile(r"[a-z0-9]{3,}")
_WORKFLOW = frozenset(("workflow", "action"))


class Surroundings:
    """What variables stand in: the kinds of their files, and the containers they belong to."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.kinds = {path: kind for kind, paths in project.files.items() for path in paths}
        self._containers: dict[int, Container] = {}
        self._words: dict[tuple[str, str], set[str]] = {}
        for container in project.of(Container):
            for variable in container.env:
                self._containers.setdefault(id(variable), container)
        self._tests: set[tuple[str, str]] = set()
        for variable in project.of(Variable):
            if not isinstance(variable.value, str):
                continue
            if variable.value in _TESTS and _ENVIRONMENT.fullmatch(variable.name):
                self._tests.add(_group(variable))
            if _OWN_WORDS.search(variable.name):
                place = (variable.span.path, variable.container)
                self._words.setdefault(place, set()).add(variable.value.lower())

    def text(self, path: str) -> str:
        """The text of a file; empty where it cannot be had."""
        source = self.project.repo.source(path)
        return source.text if source is not None else ""

    def exposed(self, variable: Variable) -> bool:
        """Whether a variable is the login of a service that everybody can reach."""
        container = self._containers.get(id(variable))
        return container is not None and is_exposed(container, variable.name)

    def of_tests(self, variable: Variable) -> bool:
        """Whether a variable beside it says that this is a test's environment: `NODE_ENV: test`."""
        return _group(variable) in self._tests

    def guesses(self, variable: Variable) -> tuple[str, ...]:
        """What anybody would try first: the user, the database, the service, the product."""
        words = set(self._words.get((variable.span.path, variable.container), ()))
        words.update(_WORD.findall(variable.container.lower()))
        words.update(_WORD.findall(variable.name.lower()))
        return tuple(words)


def find_in_variables(project: Project) -> None:
    """Add the secrets that variables hold, and the build arguments that carry one."""
    around = Surroundings(project)
    declared: dict[str, list[Secret]] = {}
    for variable in project.of(Variable):
        if variable.kind == "arg" and is_secret_name(variable.name):
            _argument(around, variable, declared)
    for variable in project.of(Variable):
        if variable.kind == "arg":
            continue
        if variable.kind == "input" and variable.name.lower() in ("build-args", "build_args"):
            _given_by_action(around, variable, declared)
        elif is_secret_name(variable.name):
            if variable.kind == "build-arg":
                given(project, variable.span, variable.name, declared, variable.path)
            elif not _from_argument(around, variable, declared):
                _variable(around, variable)


def _group(variable: Variable) -> tuple[str, str]:
    """The file and the block that a variable stands in."""
    return variable.span.path, variable.path.rpartition(".")[0]


def _value_span(variable: Variable) -> Span:
    origin = variable.origin_of("value")
    return origin.span if origin is not None else variable.span


def _argument(around: Surroundings, variable: Variable, declared: dict[str, list[Secret]]) -> None:
    """An ARG: a literal default that is a secret, else a secret that is given at build time."""
    value = variable.value if variable.literal and isinstance(variable.value, str) else ""
    likeness = likeness_of(value, *around.guesses(variable))
    if likeness in ("secret", "weak"):
        _literal(around, variable, value, likeness)
    if value and likeness != "reference":
        return  # a build that is content with a made-up value is not given a real one
    if variable.name in declared and any(
        secret.span.path == variable.span.path for secret in declared[variable.name]
    ):
        return
    name = variable.origin_of("name")
    span = name.span if name is not None else variable.span
    secret = record(
        around.project, span, "", kind="build-argument", name=variable.name, path=variable.path,
        key=variable.key, place="arg", likeness="reference", default=variable.default,
    )  # fmt: skip
    secret.trace(name=Origin(span))
    declared.setdefault(variable.name, []).append(secret)


def _from_argument(
    around: Surroundings, variable: Variable, declared: dict[str, list[Secret]]
) -> bool:
    """Whether an ENV of a Dockerfile only repeats an ARG: then that is where it is mended.

    Of another variable it is a build argument of its own.
    """
    if variable.literal or around.kinds.get(variable.span.path) != "dockerfile":
        return False
    if variable.value is None or isinstance(variable.value, str):
        return True  # the default of an ARG was judged there
    origin = variable.origin_of("value")
    written = around.text(variable.span.path)[variable.span.start : variable.span.end]
    for name, secrets in declared.items():
        if name in written:
            for secret in secrets:
                if secret.span.path == variable.span.path:
                    known = secret.origin_of("name") or Origin(secret.span)
                    there = Related(variable.span, "and stays in the image's environment here")
                    secret.trace(name=Origin(known.span, (*known.via, there)))
                    return True
    span = origin.span if origin is not None else variable.span
    record(
        around.project, span, "", kind="build-argument", name=variable.name, path=variable.path,
        key=variable.key, place="env", likeness="reference",
    )  # fmt: skip
    return True


def _given_by_action(
    around: Surroundings, variable: Variable, declared: dict[str, list[Secret]]
) -> None:
    """Lines of `build-args:` whose name is a secret's."""
    span = variable.span
    text = around.text(span.path)[span.start : span.end]
    for found in _BUILD_ARGUMENT.finditer(text):
        if not is_secret_name(found["name"]):
            continue
        value, start = found["value"].strip(" \t\r'\""), span.start + found.start("value")
        if likeness_of(value) == "secret":
            place = located(around.text(span.path), Span(span.path, start, span.end), value)
            record(
                around.project, place, value, kind="literal", name=found["name"],
                path=variable.path, key=f"{variable.key}.{found['name']}", place="build-arg",
            )  # fmt: skip
        elif value:
            name = Span(span.path, span.start + found.start("name"), span.start + found.end("name"))
            given(around.project, name, found["name"], declared, variable.path)


def _variable(around: Surroundings, variable: Variable) -> None:
    value, default = variable.value, variable.default
    span = _value_span(variable)
    if isinstance(value, Unknown):
        fallback = _FALLBACK.search(value.text)
        if fallback is None:
            return
        value, default = fallback["value"], True
        span = located(around.text(span.path), span, value)
    elif value is None or not (variable.literal or default):
        return
    likeness = likeness_of(value, *around.guesses(variable))
    kind = around.kinds.get(variable.span.path, "")
    if likeness == "secret" and kind in _WORKFLOW and not is_random(value):
        likeness = "weak"  # in CI such a value is a test service's
    if likeness == "secret" and around.of_tests(variable):
        likeness = "weak"
    if likeness == "secret" and default and is_own_machine(variable.span.path):
        likeness = "weak"  # a default for development, by the file's own name
    if likeness in ("secret", "weak"):
        _literal(around, variable, value, likeness, span, default=default)


def _literal(
    around: Surroundings,
    variable: Variable,
    value: str,
    likeness: Likeness,
    span: Span | None = None,
    *,
    default: bool | None = None,
) -> None:
    where = span or _value_span(variable)
    text = around.text(where.path)
    where = unquoted(text, where)
    if text[where.start : where.end] != value:
        where = located(text, where, value)
    of_workflow = around.kinds.get(variable.span.path) in _WORKFLOW
    credentials = of_workflow and ".credentials." in variable.path
    secret = record(
        around.project, where, value,
        kind="container-credentials" if credentials else "literal",
        name=variable.name, path=variable.path, key=variable.key, likeness=likeness,
        place="service-env" if of_workflow and variable.kind == "env" else variable.kind,
        default=variable.default if default is None else default,
        exposed=around.exposed(variable),
    )  # fmt: skip
    origin = variable.origin_of("value")
    if origin is not None and origin.via:
        secret.trace(redacted=Origin(where, origin.via))
