"""Actions whose repositories are archived: nobody mends them, not even a security hole.

A row: lower-case name, what its README or owner names in its place (empty where
nothing is named).  Source of each row: the "archived" banner and the README of
the repository of that name on GitHub.
"""

from __future__ import annotations

ARCHIVED_ACTIONS: dict[str, str] = {
    "actions-rs/audit-check": "rustsec/audit-check",
    "actions-rs/cargo": "`run: cargo …`",
    "actions-rs/clippy": "`run: cargo clippy`",
    "actions-rs/clippy-check": "`run: cargo clippy`",
    "actions-rs/components-nightly": "dtolnay/rust-toolchain",
    "actions-rs/cross": "`run: cross …`",
    "actions-rs/grcov": "taiki-e/install-action with cargo-llvm-cov",
    "actions-rs/install": "taiki-e/install-action",
    "actions-rs/tarpaulin": "taiki-e/install-action with cargo-tarpaulin",
    "actions-rs/toolchain": "dtolnay/rust-toolchain",
    "actions/create-release": "`gh release create`",
    "actions/setup-elixir": "erlef/setup-beam",
    "actions/setup-haskell": "haskell-actions/setup",
    "actions/setup-ruby": "ruby/setup-ruby",
    "actions/upload-release-asset": "`gh release upload`",
    "actions/heroku": "",
    "actions/npm": "`run: npm …`",
    "actions/docker": "`run: docker …`",
    "actions/aws": "`run: aws …`",
    "actions/gcloud": "google-github-actions/setup-gcloud",
    "actions/zeit-now": "the Vercel command line",
    "azure/container-scan": "aquasecurity/trivy-action",
    "crazy-max/ghaction-docker-buildx": "docker/setup-buildx-action",
    "google-github-actions/release-please-action": "googleapis/release-please-action",
    "hashicorp/terraform-github-actions": "hashicorp/setup-terraform",
    "haskell/actions": "haskell-actions/setup",
    "marvinpinto/action-automatic-releases": "`gh release create`",
    "marvinpinto/actions": "`gh release create`",
    "repo-sync/pull-request": "`gh pr create`",
    "sonarsource/sonarcloud-github-action": "sonarsource/sonarqube-scan-action",
    "cirrus-actions/rebase": "",
    "tibdex/github-app-token": "actions/create-github-app-token",
    "jakejarvis/cloudflare-purge-action": "a call of the purge_cache API with `curl`",
}
"""By name: what to use in its place."""
