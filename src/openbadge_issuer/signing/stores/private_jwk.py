"""Private keys as JWK (RFC 7517): Ed25519, P-256, P-384 and RSA."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TypeAlias

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openbadge_issuer.assertions.json_text import JsonObject, parse_json_object
from openbadge_issuer.errors import DocumentError, KeyMaterialError, LimitError, UnsupportedError
from openbadge_issuer.signing._ecdsa import P256Key, P384Key
from openbadge_issuer.signing.base64url import decode_base64url
from openbadge_issuer.signing.public_key import MAX_PEM_BYTES, PublicKey
from openbadge_issuer.signing.signing_key import SigningKey

_Native: TypeAlias = "Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey"

_RSA_MEMBERS = ("d", "p", "q", "dp", "dq", "qi")
_PRIVATE_MEMBERS = frozenset({*_RSA_MEMBERS, "oth", "k", "key_ops"})
_MAX_MEMBER_CHARS = MAX_PEM_BYTES
_NAMES = ("kty", "crv", "alg", "use")
_MAX_NAME_CHARS = 12


def read_private_jwk(data: bytes) -> SigningKey:
    """Open a private JWK; its `alg` is the algorithm that it signs with.

    Raises:
        KeyMaterialError: `KEY-FORMAT`, it is no private JWK; `STORE-JWK-MISMATCH`, its halves do not belong
            together; or what `PublicKey.from_jwk` says of the public half. None repeats what was read.
    """
    jwk = _parsed(data)
    operations = jwk.get("key_ops", ["sign"])
    if "d" not in jwk or "oth" in jwk or "k" in jwk or not isinstance(operations, list):
        raise KeyMaterialError("KEY-FORMAT", expected="JWK with a private key")
    if any(len(str(jwk.get(name))) > _MAX_NAME_CHARS for name in _NAMES):  # errors quote them
        raise KeyMaterialError("KEY-FORMAT", expected="JWK")
    if "sign" not in operations:
        raise KeyMaterialError("KEY-JWK-USE", "/key_ops", name="key_ops")
    try:
        public_key = PublicKey.from_jwk({name: jwk[name] for name in jwk.keys() - _PRIVATE_MEMBERS})
    except UnsupportedError as error:
        raise KeyMaterialError("KEY-KIND", "/crv", **error.details) from error
    native = _native(jwk, public_key)
    key = None if native is None else SigningKey(native, algorithm=public_key.algorithm)
    if key is None or key.public_key != public_key:
        raise KeyMaterialError("STORE-JWK-MISMATCH")
    return key


def _parsed(data: bytes) -> JsonObject:
    """Parse a JWK; the error about what is none is left behind, because it might quote the key."""
    jwk = None
    with suppress(DocumentError, LimitError):
        jwk = parse_json_object(data, max_bytes=MAX_PEM_BYTES, max_depth=4)
    if jwk is None:
        raise KeyMaterialError("KEY-FORMAT", expected="JWK")
    return jwk


def _native(jwk: JsonObject, public_key: PublicKey) -> _Native | None:
    """Make the key; None if its numbers do not go together."""
    with suppress(ValueError):  # left behind for the same reason
        return _made(jwk, public_key)
    return None


def _made(jwk: JsonObject, public_key: PublicKey) -> _Native:
    if public_key.kind == "RSA":
        return _rsa(jwk)
    if public_key.kind == "Ed25519":
        return Ed25519PrivateKey.from_private_bytes(_member(jwk, "d"))
    curve = P256Key.curve if public_key.kind == "P-256" else P384Key.curve
    return ec.derive_private_key(int.from_bytes(_member(jwk, "d"), "big"), curve)


def _rsa(jwk: JsonObject) -> rsa.RSAPrivateKey:
    numbers: Mapping[str, int] = {
        name: int.from_bytes(_member(jwk, name), "big") for name in (*_RSA_MEMBERS, "n", "e")
    }
    public = rsa.RSAPublicNumbers(numbers["e"], numbers["n"])
    return rsa.RSAPrivateNumbers(
        p=numbers["p"],
        q=numbers["q"],
        d=numbers["d"],
        dmp1=numbers["dp"],
        dmq1=numbers["dq"],
        iqmp=numbers["qi"],
        public_numbers=public,
    ).private_key()


def _member(jwk: JsonObject, name: str) -> bytes:
    value = jwk.get(name)
    if not isinstance(value, str) or len(value) > _MAX_MEMBER_CHARS:
        raise KeyMaterialError("KEY-JWK-MEMBER", f"/{name}", name=name)
    try:
        return decode_base64url(value)
    except DocumentError as error:
        raise KeyMaterialError("KEY-JWK-MEMBER", f"/{name}", name=name) from error
