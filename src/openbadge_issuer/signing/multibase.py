"""Multibase text: one letter that names the base, then the bytes in it.

Only the two bases that verifiable credentials use are known: `z` (base58btc) and `u` (base64url without
padding). Source: Controlled Identifiers 1.0, section "Multibase".
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from openbadge_issuer.errors import DocumentError, LimitError
from openbadge_issuer.signing.base64url import decode_base64url, encode_base64url

MultibasePrefix = Literal["z", "u"]

MAX_MULTIBASE_CHARS = 2048
"""The longest key, RSA with 8192 bits, takes 1,427 characters; decoding base58 costs time by the square."""

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_DIGITS = {character: value for value, character in enumerate(_ALPHABET)}
_PAIRS = tuple(high + low for high in _ALPHABET for low in _ALPHABET)
_PAIR_BASE = 58 * 58
_PAIR_BASE_2, _PAIR_BASE_3, _PAIR_BASE_4 = _PAIR_BASE**2, _PAIR_BASE**3, _PAIR_BASE**4
_CHUNK_BASE = _PAIR_BASE**5  # the largest power that still fits a machine word


def encode_multibase(data: bytes, *, base: MultibasePrefix = "z") -> str:
    """Write bytes as multibase text, base58btc unless asked otherwise."""
    return base + (_encode_base58(data) if base == "z" else encode_base64url(data))


def decode_multibase(text: str, *, bases: str = "zu", max_chars: int = MAX_MULTIBASE_CHARS) -> bytes:
    """Read multibase text in one of the accepted bases.

    Args:
        text: the text with its prefix.
        bases: the prefixes that are accepted here, of `z` and `u`.
        max_chars: the cap on the length, checked first.

    Raises:
        DocumentError: `MULTIBASE-PREFIX`, `MULTIBASE-CHARACTER` or `BASE64URL-ENCODING`.
        LimitError: `MULTIBASE-SIZE`.
    """
    if len(text) > max_chars:
        raise LimitError("MULTIBASE-SIZE", size=len(text), limit=max_chars)
    prefix = text[:1]
    if not prefix or prefix not in bases:
        raise DocumentError("MULTIBASE-PREFIX", expected=", ".join(bases))
    return _decode_base58(text[1:]) if prefix == "z" else decode_base64url(text[1:])


def _encode_base58(data: bytes) -> str:
    value = int.from_bytes(data, "big")
    chunks: list[str] = []
    while value:
        value, chunk = divmod(value, _CHUNK_BASE)
        chunks += (
            _PAIRS[chunk % _PAIR_BASE],
            _PAIRS[chunk // _PAIR_BASE % _PAIR_BASE],
            _PAIRS[chunk // _PAIR_BASE_2 % _PAIR_BASE],
            _PAIRS[chunk // _PAIR_BASE_3 % _PAIR_BASE],
            _PAIRS[chunk // _PAIR_BASE_4],
        )
    chunks.reverse()
    digits = "".join(chunks).lstrip("1")
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + digits


@lru_cache(maxsize=1024)  # a signature is read when its form is checked and again with its key
def _decode_base58(text: str) -> bytes:
    value = 0
    try:
        for character in text:
            value = value * 58 + _DIGITS[character]
    except KeyError as error:
        raise DocumentError("MULTIBASE-CHARACTER", position=_first_stranger(text) + 2) from error
    zeros = len(text) - len(text.lstrip("1"))
    return bytes(zeros) + value.to_bytes((value.bit_length() + 7) // 8, "big")


def _first_stranger(text: str) -> int:
    return next(position for position, character in enumerate(text) if character not in _DIGITS)
