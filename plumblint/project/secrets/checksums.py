"""Checksums that providers build into their tokens, so that a made-up one is told from a real one.

Sources: github.blog "Behind GitHub's new authentication token formats", docs.gitlab.com "routable
tokens", and checks against tokens that were published and revoked.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

Verdict = Literal["good", "bad", "none"]

_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"


def _written(number: int, alphabet: str, width: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, len(alphabet))
        digits = alphabet[digit] + digits
    return digits.rjust(width, alphabet[0])


def _crc(text: str) -> int:
    from zlib import crc32

    return crc32(text.encode())


def github(token: str) -> bool:
    """The last six characters are the CRC-32 of those between them and the `_`, in base 62."""
    body = token.partition("_")[2]
    return _written(_crc(body[:-6]), _BASE62, 6) == body[-6:]


def github_fine(token: str) -> bool:
    """Characters 77 to 84 are base 32 of the SHA-256 of those before."""
    from base64 import b32encode
    from hashlib import sha256

    return b32encode(sha256(token[:77].encode()).digest())[:8].decode() == token[77:85]


def gitlab(token: str) -> bool:
    """The last seven characters are the CRC-32 of all before, in base 36."""
    return _written(_crc(token[:-7]), _BASE36, 7) == token[-7:]


def atlassian(token: str) -> bool:
    """The last eight characters are the CRC-32 of all before, in hex."""
    return f"{_crc(token[:-8]):08X}" == token[-8:]


CHECKSUMS: dict[str, Callable[[str], bool]] = {
    "github": github,
    "github-fine": github_fine,
    "gitlab": gitlab,
    "atlassian": atlassian,
}
"""By the name in the table of token formats."""


def checksum_of(token: str, check: str) -> Verdict:
    """What a token's own checksum says; `none` where its format has none."""
    verify = CHECKSUMS.get(check)
    if verify is None:
        return "none"
    return "good" if verify(token) else "bad"
