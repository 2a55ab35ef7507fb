"""Secrets that raw text gives away wherever they stand: tokens, private keys, logins."""

from __future__ import annotations

from plumblint.project.project import Project
from plumblint.project.secrets.addresses import find_logins
from plumblint.project.secrets.gate import may_hold_any
from plumblint.project.secrets.record import record
from plumblint.project.secrets.tokens import find_private_keys, find_tokens
from plumblint.source import Source
from plumblint.tables.secret_files import ENV_LIKE


def find_in_texts(project: Project) -> None:
    """Add the secrets in the text of every file of a known kind, files of assignments aside."""
    for kind, paths in project.files.items():
        if kind in ENV_LIKE:
            continue
        for path in paths:
            source = project.repo.source(path)
            if source is not None:
                _in_source(project, source)


def _in_source(project: Project, source: Source) -> None:
    text = source.text
    if not may_hold_any(text):
        return
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
