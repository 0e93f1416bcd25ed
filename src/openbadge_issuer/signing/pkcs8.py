"""Private keys at rest: PKCS#8, encrypted under a password with scrypt and AES-256.

The cryptographic library derives the file's key with 2,048 rounds of PBKDF2, which a password guesser
does in half a millisecond. An issuer's key deserves more, so the envelope (PBES2, RFC 8018, with scrypt,
RFC 7914) is written here; every PKCS#8 reader opens it, the library's own among them.
"""

from __future__ import annotations

import base64
import textwrap
from collections.abc import Callable

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from cryptography.hazmat.primitives.padding import PKCS7

_N, _R, _P = 2**14, 8, 5
"""16 MiB and about a sixth of a second; more memory and OpenSSL's own command line refuses to open it."""

_INTEGER, _OCTETS, _OID, _SEQUENCE = 0x02, 0x04, 0x06, 0x30
_PBES2 = bytes.fromhex("2a864886f70d01050d")
_SCRYPT = bytes.fromhex("2b06010401da47040b")
_AES256_CBC = bytes.fromhex("60864801650304012a")
_SHORT_LENGTH = 0x80
_BLOCK_BITS = 128


def encrypted_pkcs8(private_key: bytes, password: bytes, *, rng: Callable[[int], bytes]) -> bytes:
    """Encrypt a PKCS#8 PrivateKeyInfo in DER under a password and return it as PEM."""
    salt, vector = rng(16), rng(16)
    padder = PKCS7(_BLOCK_BITS).padder()
    padded = padder.update(private_key) + padder.finalize()
    key = Scrypt(salt=salt, length=32, n=_N, r=_R, p=_P).derive(password)
    encryptor = Cipher(AES256(key), CBC(vector)).encryptor()
    encrypted = encryptor.update(padded) + encryptor.finalize()
    derivation = _der(_SEQUENCE, _der(_OCTETS, salt), _integer(_N), _integer(_R), _integer(_P))
    parameters = _der(
        _SEQUENCE,
        _der(_SEQUENCE, _der(_OID, _SCRYPT), derivation),
        _der(_SEQUENCE, _der(_OID, _AES256_CBC), _der(_OCTETS, vector)),
    )
    algorithm = _der(_SEQUENCE, _der(_OID, _PBES2), parameters)
    text = base64.b64encode(_der(_SEQUENCE, algorithm, _der(_OCTETS, encrypted))).decode("ascii")
    lines = [
        "-----BEGIN ENCRYPTED PRIVATE KEY-----",
        *textwrap.wrap(text, 64),
        "-----END ENCRYPTED PRIVATE KEY-----",
    ]
    return ("\n".join(lines) + "\n").encode("ascii")


def _der(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    size = len(content)
    if size < _SHORT_LENGTH:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, _SHORT_LENGTH | len(length)]) + length + content


def _integer(number: int) -> bytes:
    return _der(_INTEGER, number.to_bytes(number.bit_length() // 8 + 1, "big"))
