"""Providers' tokens and private keys in raw text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from plumblint.project.secrets.checksums import Verdict, checksum_of
from plumblint.project.secrets.values import entropy_of
from plumblint.tables.token_formats import PUBLIC_SAMPLES, TOKEN_FORMATS

_LEAST_ENTROPY = 3.0
_LEAST_HEX_ENTROPY = 2.5
_SAMPLE = re.compile(r"(?i)example|sample|placeholder|x{6}|0{8}|1234567|abcdef[g0]|your|dummy|fake")
_HEX = re.compile(r"[0-9a-f]+$", re.IGNORECASE)
_WORD_CHARACTER = re.compile(r"[A-Za-z0-9_]")

_KEY_BEGIN = re.compile(r"-----BEGIN (?:[A-Z0-9]{2,12} ){0,2}PRIVATE KEY(?: BLOCK)?-----")
_LONGEST_KEY = 20_000
_BASE64_KEY = re.compile(r"LS0tLS1CRUdJTi[A-Za-z0-9+/]{86,20000}={0,2}")
_BASE64_CHARACTERS = re.compile(r"[A-Za-z0-9+/]")
_LEAST_KEY = 64
"""Base64 characters of a private key's body; the shortest real ones have 64 (Ed25519, PKCS 8)."""


class Token:
    """A provider's token in a text."""

    __slots__ = ("checksum", "end", "owner", "start")

    def __init__(self, start: int, end: int, owner: str, checksum: Verdict) -> None:
        self.start = start
        self.end = end
        self.owner = owner
        """Whose it is and what: `GitHub token`."""
        self.checksum = checksum


def find_tokens(text: str) -> Iterator[Token]:
    """The tokens in `text`, in order."""
    marks, rows = _marks()
    done = 0
    for found in marks.finditer(text):
        for row in rows[found[0]]:
            _, back, pattern, owner, check = TOKEN_FORMATS[row]
            start = found.start() - back
            if start < done or (start and _WORD_CHARACTER.match(text, start - 1)):
                continue
            token = _compiled(pattern).match(text, start)
            if token is None:
                continue
            first, end = token.span("secret" if "secret" in token.re.groupindex else 0)
            value = text[first:end]
            if _is_genuine(value, found[0], check):
                done = end
                yield Token(first, end, owner, checksum_of(value, check))
                break


def find_private_keys(text: str) -> Iterator[tuple[int, int]]:
    """The places of private keys in `text`, as PEM blocks or as base64 of one."""
    for found in _KEY_BEGIN.finditer(text):
        end = text.find("-----", found.end(), found.end() + _LONGEST_KEY)
        if end >= 0 and text.startswith("END ", end + 5) and _is_key(text[found.end() : end]):
            last = text.find("-----", end + 5, end + 60)
            yield found.start(), last + 5 if last >= 0 else end + 5
    if "LS0tLS1CRUdJTi" in text:
        from base64 import b64decode

        for found in _BASE64_KEY.finditer(text):
            start = b64decode(found[0][:80]).decode("latin-1")
            if "PRIVATE KEY-----" in start:
                yield found.span()


def _is_key(body: str) -> bool:
    """Whether what stands between the marks of a PEM block can be a key; headers have a colon."""
    lines = body.replace("\\n", "\n").split()
    letters = "".join(_BASE64_CHARACTERS.findall("".join(x for x in lines if ":" not in x)))
    return len(letters) >= _LEAST_KEY and entropy_of(letters) >= 4


def _is_genuine(value: str, mark: str, check: str) -> bool:
    if value in PUBLIC_SAMPLES or _SAMPLE.search(value):
        return False
    body = value.rpartition(mark)[2] or value
    if check == "mixed" and not (any(map(str.isdigit, body)) and any(map(str.isalpha, body))):
        return False
    if check == "mixed-case" and (body.islower() or body.isupper()):
        return False
    return entropy_of(body) >= (_LEAST_HEX_ENTROPY if _HEX.match(body) else _LEAST_ENTROPY)


@lru_cache(maxsize=1)
def _marks() -> tuple[re.Pattern[str], dict[str, list[int]]]:
    """One pattern of all marks, and the rows of the table by mark."""
    rows: dict[str, list[int]] = {}
    for number, row in enumerate(TOKEN_FORMATS):
        for mark in row[0]:
            rows.setdefault(mark, []).append(number)
    return re.compile(_trie_pattern(sorted(rows))), rows


def _trie_pattern(words: list[str]) -> str:
    """A pattern for sorted words in which each beginning is tried once.

    An alternation of the words themselves is 3 times slower.  No word may begin another.
    """
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word[0], []).append(word[1:])
    parts = []
    for first, rest in groups.items():
        if rest == [""]:
            parts.append(re.escape(first))
        else:
            parts.append(re.escape(first) + _trie_pattern([tail for tail in rest if tail]))
    return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
