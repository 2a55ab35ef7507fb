"""Terraform modules of a repo together: who calls whom, and so which of them somebody applies."""

from __future__ import annotations

import re

from plumblint.facts import (
    Container,
    FirewallRule,
    Image,
    Module,
    Process,
    Provider,
    Resource,
    RootModule,
    Unknown,
)
from plumblint.project.project import Project
from plumblint.tables.terraform_resources import WEBSITE_RESOURCES

_TEMPLATE = re.compile(r"\.(?:tftpl|tf\.(?:tpl|tmpl|template|j2|jinja2?|erb|in))$").search
_PASSED = (Container, FirewallRule, Image, Process, Resource)
_WRAPPER = re.compile(
    r"(?:^|/)(?:terragrunt\.hcl(?:\.json)?|root\.hcl|atmos\.ya?ml|[^/]*\.tm\.hcl|\.spacelift/config\.ya?ml)$"
).search
"""Files of tools that run Terraform and give it its backend: Terragrunt, Atmos, Terramate,
Spacelift."""
_WRITES_BACKEND = re.compile(r"^[ \t]*backend[ \t]+\"", re.MULTILINE).search


def link_modules(project: Project) -> None:
    """Complete what a module's folder alone does not say."""
    if project.wants(RootModule, Provider, *_PASSED):
        _root_modules(project)
    if project.wants(*_PASSED):
        _follow_calls(project)
    if project.wants(Resource):
        _websites(project)


def _follow_calls(project: Project) -> None:
    """Add what the resources of local modules are under the arguments that root modules pass."""
    calling = {module.module for module in project.of(Module) if module.source_kind == "local"}
    roots = [root.folder for root in project.of(RootModule) if root.folder in calling]
    if not roots:
        return
    from plumblint.formats import terraform
    from plumblint.formats.terraform.calls import Callers

    units = {unit.path: unit for unit in terraform.units(project.files, project.repo)}
    callers = Callers(units, project.repo)
    for folder in roots:
        for fact in callers.read(folder):
            project.add(fact)


def _websites(project: Project) -> None:
    """Public buckets that another resource of their module makes a website of."""
    resources = project.of(Resource)
    served = {
        (resource.module, _bucket(resource))
        for resource in resources
        if resource.type in WEBSITE_RESOURCES
    }
    if not served:
        return
    for resource in resources:
        if resource.access == "public":
            own = f"{resource.type}.{resource.name}"
            names = {_bucket(resource), f"{own}.id", f"{own}.bucket"}
            if any((resource.module, name) in served for name in names):
                resource.access = "website"


def _bucket(resource: Resource) -> str:
    """The bucket that a resource names, as it is written where it is a reference."""
    bucket = (resource.attributes or {}).get("bucket")
    return bucket.text if isinstance(bucket, Unknown) else bucket or ""


def _root_modules(project: Project) -> None:
    """Leave the root modules that no other calls; say of providers whether they are in one."""
    called = {module.folder for module in project.of(Module) if module.source_kind == "local"}
    roots = [
        root
        for root in project.of(RootModule)
        if root.folder not in called or root.backend is not None
    ]
    if any(root.backend is None for root in roots):
        _generated_backends(project, roots)
    project.replace(RootModule, roots)
    applied = {root.folder for root in roots}
    for provider in project.of(Provider):
        provider.applied = provider.module in applied


def _generated_backends(project: Project, roots: list[RootModule]) -> None:
    """Where a tool writes the backend, the files do not say what it is."""
    wrappers = {
        path.rpartition("/")[0].removesuffix(".spacelift").rstrip("/")
        for path in project.repo.files
        if _WRAPPER(path)
    }
    template = _backend_template(project)
    for root in roots:
        if root.backend is None and (template or wrappers.intersection(_above(root.folder))):
            root.backend = Unknown(template or "the backend that a tool writes")


def _backend_template(project: Project) -> str:
    """A template of the repo that a backend is written from, else empty."""
    for path in project.repo.files:
        if _TEMPLATE(path):
            source = project.repo.source(path)
            if source is not None and _WRITES_BACKEND(source.text):
                return path
    return ""


def _above(folder: str) -> list[str]:
    """A folder and those that it lies in."""
    parts = folder.split("/") if folder else []
    return ["/".join(parts[:count]) for count in range(len(parts), -1, -1)]
