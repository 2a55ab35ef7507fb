"""plumblint: a policy-as-code linter for repos and manifests."""

__version__ = "0.1.0"
