"""Actions that restore a cache which other runs of the repo may have written.

A row: lower-case name, input that decides (empty for always), pattern of the value by which it
restores, pattern of the value by which it does not.  An input that is missing has an empty value.
Source of each row: the `action.yml` and README of the repository of that name on GitHub.
"""

from __future__ import annotations

CACHE_ACTIONS: dict[str, tuple[str, str, str]] = {
    "actions/cache": ("lookup-only", "", "true"),
    "actions/cache/restore": ("", "", ""),
    "actions/setup-node": ("cache", r"\S", ""),
    "actions/setup-python": ("cache", r"\S", ""),
    "actions/setup-java": ("cache", r"\S", ""),
    "actions/setup-go": ("cache", "", "false"),
    "actions/setup-dotnet": ("cache", "true", ""),
    "swatinem/rust-cache": ("lookup-only", "", "true"),
    "gradle/actions/setup-gradle": ("cache-disabled", "", "true"),
    "ruby/setup-ruby": ("bundler-cache", "true", ""),
    "astral-sh/setup-uv": ("enable-cache", "", "false"),
    "pdm-project/setup-pdm": ("cache", "true", ""),
    "actions-rust-lang/setup-rust-toolchain": ("cache", "", "false"),
    "mlugg/setup-zig": ("use-cache", "", "false"),
    "oven-sh/setup-bun": ("no-cache", "", "true"),
    "docker/setup-buildx-action": ("cache-binary", "never", "false"),
    "denoland/setup-deno": ("cache", "true", ""),
    "pnpm/action-setup": ("cache", "true", ""),
}
"""By name: input, pattern by which it restores, pattern by which it does not."""
