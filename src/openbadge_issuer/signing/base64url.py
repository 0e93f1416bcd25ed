"""Base64url without padding, as JOSE and multibase write it; every value has exactly one spelling."""

from __future__ import annotations

import binascii
from typing import Final

from openbadge_issuer.errors import DocumentError

_FROM_BASE64 = bytes.maketrans(b"+/", b"-_")
_TO_BASE64 = bytes.maketrans(b"-_", b"+/")

ALPHABET: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
"""The characters in which it is written."""


def encode_base64url(data: bytes) -> str:
    """Write bytes as base64url without padding (RFC 7515, section 2)."""
    return base64url_bytes(data).decode("ascii")


def base64url_bytes(data: bytes) -> bytes:
    """Do the same for who goes on with bytes."""
    return binascii.b2a_base64(data, newline=False).translate(_FROM_BASE64).rstrip(b"=")


def decode_base64url(text: str, *, pointer: str = "") -> bytes:
    """Read base64url without padding (RFC 7515, section 2).

    Padding, white space, characters of plain base64 and unused bits that are not zero are refused:
    otherwise several texts would carry the same bytes, and a token could be changed without notice.

    Raises:
        DocumentError: `BASE64URL-ENCODING`.
    """
    try:
        written = text.encode("ascii")
        data = binascii.a2b_base64(written.translate(_TO_BASE64) + b"=" * (-len(written) % 4))
    except ValueError as error:
        raise DocumentError("BASE64URL-ENCODING", pointer) from error
    rest = len(written) % 4  # only the last letters, where they are no four, have bits that are not used
    unused = rest and base64url_bytes(data[1 - rest :]) != written[-rest:]
    if unused or written.translate(None, ALPHABET):
        raise DocumentError("BASE64URL-ENCODING", pointer)
    return data
