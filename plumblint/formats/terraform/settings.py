"""Facts of a module itself: inputs, outputs, providers, backend, module calls, root or not."""

from __future__ import annotations

import re

from plumblint.facts import (
    Backend,
    Fact,
    Input,
    Module,
    Origin,
    Output,
    Provider,
    RootModule,
    Unknown,
    Variable,
)
from plumblint.formats.terraform.blocks import body_value
from plumblint.formats.terraform.evaluate import Evaluator
from plumblint.formats.terraform.module import ModuleFolder, loads_itself
from plumblint.formats.terraform.value import Value, flag, member, scalar
from plumblint.formats.terraform.variables import attribute_variables
from plumblint.repo import normal
from plumblint.source import Source
from plumblint.syntax.hcl.body import Attribute, Block
from plumblint.syntax.hcl.nodes import Node, Traversal
from plumblint.tables.branch_names import BRANCH_NAMES, BRANCH_PREFIXES

_SHA = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?").fullmatch
_REGISTRY = re.compile(
    r"(?:[\w.-]+\.[\w-]+(?::\d+)?/)?[\w-]+/[\w-]+/[\w-]+(?://.*)?", re.ASCII
).fullmatch
_GIT = re.compile(r"git::|git@|(?:www\.)?(?:github|bitbucket)\.(?:com|org)/|ssh://|hg::").match
_ARCHIVE = re.compile(r"https?://|s3::|gcs::").match
_REF = re.compile(r"[?&]ref=([^&]*)").search
_TERM = re.compile(r"\s*(=|!=|>=|<=|>|<|~>)?\s*v?([0-9][0-9A-Za-z.+-]*)\s*").fullmatch
_REUSABLE = re.compile(
    r"(?:^|/)(?:modules|mixins|(?:[^/]*[-_])?(?:examples?|samples?|tests?|testdata|fixtures))(?:/|$)"
).search


def read_settings(module: ModuleFolder) -> list[Fact]:
    """Every fact of the module that is not of a resource."""
    facts: list[Fact] = []
    for source, block in module.blocks("variable"):
        facts += _input(module, source, block)
    for source, block in module.blocks("output"):
        if block.labels:
            facts.append(_output(module, source, block))
    for source, block in module.blocks("module"):
        facts += _module(module, source, block)
    for source, block in module.blocks("provider"):
        facts += _provider(module, source, block)
    backend: Backend | None = None
    for source, block in module.blocks("terraform"):
        for inner in block.body.blocks:
            if inner.type == "required_providers":
                facts += _required(module, source, inner)
            elif inner.type == "cloud" or (inner.type == "backend" and inner.labels):
                kind = inner.labels[0].text if inner.type == "backend" else "cloud"
                backend, *variables = _backend(module, source, inner, kind)
                facts += [backend, *variables]
    for source, body in module.values:
        evaluator = Evaluator(module.scope, source)
        for attribute in body.attributes:
            value = evaluator.value(attribute.value)
            facts += attribute_variables(value, attribute.name, source.path)
    root = _root(module, backend)
    return [*facts, root] if root else facts


def _value(module: ModuleFolder, source: Source, block: Block) -> Value:
    evaluator = Evaluator(module.scope, source)
    end = block.labels[-1].end if block.labels else block.type_end
    return body_value(evaluator, block.body, block.start, max(end, block.start))


def _written(source: Source, attribute: Attribute | None) -> str | None:
    if attribute is None:
        return None
    return source.text[attribute.value.start : attribute.value.end]


def _trace(fact: Fact, source: Source, attribute: Attribute | None, field: str) -> None:
    if attribute is not None:
        span = source.span(attribute.value.start, attribute.value.end)
        fact.trace(**{field: Origin(span)})


def _input(module: ModuleFolder, source: Source, block: Block) -> list[Fact]:
    if not block.labels:
        return []
    name = block.labels[0].text
    value = _value(module, source, block)
    default = member(value, "default")
    path = f"variable.{name}"
    written = block.body.attribute("default")
    sensitive = flag(member(value, "sensitive"))
    text = scalar(default)
    if default is not None and text is None:
        text = _written(source, written)
    fact = Input(
        span=value.span, path=path, key=path, name=name,
        type=_written(source, block.body.attribute("type")), default=text,
        sensitive=False if sensitive is None else sensitive,
    )  # fmt: skip
    _trace(fact, source, block.body.attribute("type"), "type")
    _trace(fact, source, block.body.attribute("sensitive"), "sensitive")
    if default is None:
        return [fact]
    fact.trace(default=default.origin())
    variables = attribute_variables(default, name, path)
    for variable in variables:
        variable.default = True
        variable.path = variable.key = variable.path.replace(f"{path}.{name}", f"{path}.default", 1)
    return [fact, *variables]


def _output(module: ModuleFolder, source: Source, block: Block) -> Output:
    name = block.labels[0].text
    value = _value(module, source, block)
    sensitive = flag(member(value, "sensitive"))
    path = f"output.{name}"
    fact = Output(
        span=value.span, path=path, key=path, name=name,
        value=_written(source, block.body.attribute("value")),
        sensitive=False if sensitive is None else sensitive,
    )  # fmt: skip
    _trace(fact, source, block.body.attribute("value"), "value")
    return fact


def _provider(module: ModuleFolder, source: Source, block: Block) -> list[Fact]:
    if not block.labels:
        return []
    name = block.labels[0].text
    value = _value(module, source, block)
    alias = scalar(member(value, "alias"))
    path = f"provider.{name}" + (f".{alias}" if isinstance(alias, str) else "")
    version = member(value, "version")
    fact = Provider(
        span=value.span, path=path, key=path, name=name, version=scalar(version), required=False,
        version_bounded=_bounded(version), module=module.folder, locked=_locked(module),
    )  # fmt: skip
    if version is not None:
        fact.trace(version=version.origin())
    return [fact, *attribute_variables(value, "", path)]


def _bounded(version: Value | None) -> bool | Unknown:
    text = scalar(version)
    return Unknown(text.text) if isinstance(text, Unknown) else is_bounded(text or "")


def _locked(module: ModuleFolder) -> bool:
    prefix = f"{module.folder}/" if module.folder else ""
    return module.repo.exists(f"{prefix}.terraform.lock.hcl")


def _required(module: ModuleFolder, source: Source, block: Block) -> list[Fact]:
    facts: list[Fact] = []
    evaluator = Evaluator(module.scope, source)
    for attribute in block.body.attributes:
        value = evaluator.value(attribute.value)
        plain = isinstance(value.data, str)  # the form of Terraform 0.12: name = "constraint"
        version = value if plain else member(value, "version")
        origin = None if plain else member(value, "source")
        path = f"terraform.required_providers.{attribute.name}"
        fact = Provider(
            span=source.span(attribute.name_start, attribute.name_end),
            path=path, key=path, name=attribute.name, source=scalar(origin),
            version=scalar(version), version_bounded=_bounded(version), required=True,
            module=module.folder, locked=_locked(module),
        )  # fmt: skip
        if version is not None:
            fact.trace(version=version.origin())
        if origin is not None:
            fact.trace(source=origin.origin())
        facts.append(fact)
    return facts


def _backend(
    module: ModuleFolder, source: Source, block: Block, kind: str
) -> tuple[Backend, *tuple[Variable, ...]]:
    value = _value(module, source, block)
    path = f"terraform.backend.{kind}"
    members = value.data if isinstance(value.data, dict) else {}
    attributes = {name: scalar(item) for name, item in members.items()}
    backend = Backend(
        span=value.span, path=path, key=path, type=kind,
        attributes={name: text for name, text in attributes.items() if text is not None} or None,
        partial=not members, module=module.folder,
    )  # fmt: skip
    backend.places = {name: item.origin() for name, item in members.items()}
    return (backend, *attribute_variables(value, "", path))


def _module(module: ModuleFolder, source: Source, block: Block) -> list[Fact]:
    if not block.labels:
        return []
    name = block.labels[0].text
    value = _value(module, source, block)
    path = f"module.{name}"
    address, version = member(value, "source"), member(value, "version")
    fact = Module(
        span=address.span if address else value.span, path=path, key=path, name=name,
        source=scalar(address), version=scalar(version), module=module.folder,
    )  # fmt: skip
    if version is not None:
        fact.trace(version=version.origin())
        text = scalar(version)
        if isinstance(text, Unknown):
            fact.version_exact = fact.version_bounded = Unknown(text.text)
        else:
            fact.version_exact, fact.version_bounded = is_exact(text or ""), is_bounded(text or "")
    if address is not None:
        fact.trace(source=address.origin())
        _address(fact, address)
    variables: list[Variable] = []
    members = value.data if isinstance(value.data, dict) else {}
    for argument, item in members.items():
        if argument not in ("source", "version"):
            variables += attribute_variables(item, argument, path)
    return [fact, *variables]


def _address(fact: Module, address: Value) -> None:
    """What kind of address a module's source is, and the ref in it."""
    text = scalar(address)
    if not isinstance(text, str):
        fact.source_kind = fact.ref = fact.ref_kind = text
        return
    fact.source_kind = source_kind(text)  # type: ignore[assignment]
    if fact.source_kind == "local":
        fact.folder = normal(f"{fact.module}/{text}")
        return
    fact.ref_kind = "none" if fact.source_kind == "git" else None
    match = _REF(text)
    if match is None or fact.source_kind == "registry":
        return
    ref = match[1]
    fact.ref = ref
    fact.trace(ref=address.origin(match.start(1), match.end(1)))
    branch = ref.lower() in BRANCH_NAMES or ref.startswith(BRANCH_PREFIXES)
    fact.ref_kind = "sha" if _SHA(ref) else "branch" if branch else "tag" if ref else "none"


def source_kind(text: str) -> str:
    """The kind of a module's address.  Source: Terraform's documentation, "Module sources"."""
    if text.startswith(("./", "../")) or text in (".", ".."):
        return "local"
    if _GIT(text) or re.search(r"\.git(?:[/?]|$)", text):
        return "git"
    if _ARCHIVE(text):
        return "archive"
    return "registry" if _REGISTRY(text) else "other"


def is_exact(constraint: str) -> bool:
    """Whether a version constraint admits one version or one minor line."""
    for term in constraint.split(","):
        match = _TERM(term)
        if match and (match[1] in (None, "=") or (match[1] == "~>" and match[2].count(".") >= 2)):
            return True
    return False


def is_bounded(constraint: str) -> bool:
    """Whether a version constraint has an upper bound."""
    matches = [_TERM(term) for term in constraint.split(",")]
    return any(match and match[1] in (None, "=", "~>", "<", "<=") for match in matches)


def _root(module: ModuleFolder, backend: Backend | None) -> RootModule | None:
    """The folder as a root module, None where nothing says that somebody applies it."""
    if _REUSABLE(module.folder) or not module.files:
        return None
    evidence: list[str] = []
    if backend is not None:
        evidence.append("backend")
    if _configures_provider(module):
        evidence.append("provider block")
    if any(loads_itself(source.path) for source, _ in module.values) or module.values:
        evidence.append("tfvars")
    if _locked(module):
        evidence.append("lock file")
    if not evidence:
        return None
    source, block = _declaring(module)
    span = source.span(block.start, block.type_end) if block else source.span(0, 0)
    root = RootModule(
        span=span, path=module.folder or ".", key=module.folder or ".", folder=module.folder,
        evidence=tuple(evidence), backend=backend.type if backend else None,
    )  # fmt: skip
    if backend is not None:
        root.trace(backend=Origin(backend.span))
    return root


def _configures_provider(module: ModuleFolder) -> bool:
    """Whether a provider is configured by what the files say.

    One that needs a variable which nothing here sets is run by something that
    sets it, and that may well say where the state is too.
    """
    configured = False
    for _, block in module.blocks("provider"):
        pending: list[Node] = [block.body]
        while pending:
            node = pending.pop()
            if isinstance(node, Traversal) and node.words[:1] == ("var",):
                name = node.words[1] if len(node.words) > 1 else ""
                if not module.scope.is_set(name):
                    return False
            pending.extend(node.children())
        configured = configured or bool(block.body.items)
    return configured


def _declaring(module: ModuleFolder) -> tuple[Source, Block | None]:
    """The place to show for the module: its `terraform` block, else its first block."""
    for wanted in ("terraform", "provider"):
        for source, block in module.blocks(wanted):
            return source, block
    for source, body in module.files:
        for block in body.blocks:
            return source, block
    return module.files[0][0], None
