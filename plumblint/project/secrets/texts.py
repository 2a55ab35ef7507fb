"""Secrets that raw text gives away wherever they stand: tokens, private keys, logins."""

from __future__ import annotations

from plumblint.project.project import Project
from plumblint.project.secrets.addresses import find_logins
from plumblint.project.secrets.record import record
from plumblint.project.secrets.tokens import find_private_keys, find_tokens
from plumblint.source import Source


def find_in_text(project: Project, source: Source) -> None:
    """Add the secrets in a file's text."""
    text = source.text
    for token in find_tokens(text):
        record(
            project, source.span(token.start, token.end), text[token.start : token.end],
            kind="provider-token", owner=token.owner, checksum=token.checksum, place="text",
        )  # fmt: skip
    for start, end in find_private_keys(text):
        record(project, source.span(start, end), text[start:end], kind="private-key", place="text")
    for login in find_logins(text):
        record(
            project, source.span(login.start, login.end), text[login.start : login.end],
            kind="url-credentials", name=login.name, likeness=login.likeness,
            default=login.default, place="address",
        )  # fmt: skip
