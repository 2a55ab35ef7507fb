"""What a person configures: `.plumblint.yaml`, `[tool.plumblint]`, the command line → one Config."""

from __future__ import annotations

from plumblint.config.model import Config

__all__ = ["Config"]
