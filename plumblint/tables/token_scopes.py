"""Scopes of GITHUB_TOKEN that let a thief change what others run or install.

Source: GitHub's "Permissions required for GitHub Apps", which lists the calls that each scope
opens.
"""

from __future__ import annotations

POWERFUL_SCOPES: dict[str, str] = {
    "actions": "start, cancel and delete runs, and delete caches and artifacts",
    "artifact-metadata": "say which artifact runs where",
    "attestations": "sign what was never built here",
    "contents": "push commits, move tags and publish releases",
    "deployments": "create deployments, which other systems act upon",
    "id-token": "log in to clouds that trust this repo",
    "packages": "publish packages and images",
    "pages": "publish the site",
}
"""By the scope's name: what a token that may write it can do."""
