"""Terraform and OpenTofu: a folder of `*.tf`, `*.tofu`, their JSON forms and tfvars → facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plumblint.facts import Fact
from plumblint.formats.format import Unit
from plumblint.repo import Repo

KINDS: tuple[str, ...] = ("terraform", "tfvars")


def units(files: Mapping[str, Sequence[str]], repo: Repo) -> list[Unit]:
    """One unit for each folder with Terraform files or values."""
    folders: dict[str, list[str]] = {}
    for kind in KINDS:
        for path in files.get(kind, ()):
            folders.setdefault(path.rpartition("/")[0], []).append(path)
    for group in repo.groups:
        for path in group.tfvars:
            own = path.rpartition("/")[0]
            module = own if group.module is None else group.module.strip("/").removeprefix(".")
            if module != own and module in folders and repo.exists(path):
                folders[module].append(path)
                folders[own] = [other for other in folders.get(own, ()) if other != path]
    return [
        Unit("terraform", folder or ".", tuple(paths))
        for folder, paths in sorted(folders.items())
        if paths
    ]


def read(unit: Unit, repo: Repo) -> list[Fact]:
    """Every fact of a module's folder."""
    from plumblint.formats.terraform.module import ModuleFolder
    from plumblint.formats.terraform.resources import read_resources
    from plumblint.formats.terraform.settings import read_settings

    module = ModuleFolder(unit, repo)
    return [*module.problems, *read_settings(module), *read_resources(module)]
