"""Writes the generated catalogue of policies into the wheel."""

from __future__ import annotations

import os
import sys
import tempfile
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface):  # type: ignore[type-arg]
    """A checkout and an editable install read `rules/` itself, so only wheels get the modules."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the modules and add them to the wheel."""
        if self.target_name != "wheel" or version == "editable":
            return
        folder = os.path.join(self.root, "rules")
        sys.path.insert(0, self.root)
        try:
            from plumblint.policy.catalogue import Catalogue, read_folder
            from plumblint.policy.generate import generate

            catalogue = Catalogue(read_folder(folder, cache=False, foreign=False))
        finally:
            sys.path.remove(self.root)
        self._folder = tempfile.TemporaryDirectory()
        # The policies as files too: what one copies to write one's own.
        build_data["force_include"][folder] = "plumblint/rules"
        for name, text in generate(catalogue.policies).items():
            path = os.path.join(self._folder.name, name)
            with open(path, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            build_data["force_include"][path] = f"plumblint/{name}"
