"""What a person configures: `.plumblint.yaml`, `[tool.plumblint]`, options → one Config."""

from __future__ import annotations

from plumblint.config.error import ConfigError
from plumblint.config.model import Config, Name, PathSettings

__all__ = ["Config", "ConfigError", "Name", "PathSettings"]
