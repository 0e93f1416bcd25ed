"""JSON Web Keys: which key a public JWK is (RFC 7517, RFC 7518 section 6, RFC 8037)."""

from __future__ import annotations

from openbadge_issuer.assertions.json_text import JsonObject, pointer
from openbadge_issuer.errors import DocumentError, KeyMaterialError, UnsupportedError
from openbadge_issuer.signing._ecdsa import P256Key, P384Key
from openbadge_issuer.signing._ed25519 import Ed25519Key
from openbadge_issuer.signing._rsa import MAX_RSA_BITS, RsaKey
from openbadge_issuer.signing.base64url import decode_base64url

_PRIVATE_MEMBERS = ("d", "p", "q", "dp", "dq", "qi", "oth", "k")
_ALGORITHMS = {
    "Ed25519": frozenset({"EdDSA", "Ed25519"}),  # the second name is RFC 9864's
    "P-256": frozenset(P256Key.algorithms),
    "P-384": frozenset(P384Key.algorithms),
    "RSA": frozenset(RsaKey.algorithms),
}
_OTHER_CURVES = frozenset({"P-521", "secp256k1", "Ed448", "X25519", "X448"})
_KEY_TYPES = {"Ed25519": "OKP", "P-256": "EC", "P-384": "EC"}
_MAX_MEMBER_CHARS = MAX_RSA_BITS // 6 + 2


def private_member(jwk: JsonObject) -> str | None:
    """Return the name of the first member that only a private or secret key has."""
    return next((name for name in _PRIVATE_MEMBERS if name in jwk), None)


def material_of_jwk(jwk: JsonObject) -> tuple[bytes, bytes]:
    """Return multicodec and raw bytes of a public JWK, whose point or numbers are not judged yet.

    Raises:
        KeyMaterialError: a member is missing or wrong, or the key is private.
        UnsupportedError: `KEY-KIND`.
    """
    if private_member(jwk) is not None:
        raise KeyMaterialError("KEY-PRIVATE")
    key_type, curve = jwk.get("kty"), jwk.get("crv")
    if key_type == "RSA":
        if curve is not None:
            raise KeyMaterialError("KEY-JWK-CURVE", "/crv", kty="RSA", crv=str(curve))
        _check_use(jwk, "RSA")
        return RsaKey.multicodec, RsaKey.raw_of_numbers(_number(jwk, "n"), _number(jwk, "e"))
    if not isinstance(key_type, str) or not isinstance(curve, str):
        raise KeyMaterialError("KEY-JWK-MEMBER", name="crv" if isinstance(key_type, str) else "kty")
    if curve in _OTHER_CURVES and key_type in ("EC", "OKP"):
        raise UnsupportedError("KEY-KIND", "/crv", found=curve)
    if _KEY_TYPES.get(curve) != key_type:
        raise KeyMaterialError("KEY-JWK-CURVE", "/crv", kty=key_type[:20], crv=curve[:20])
    _check_use(jwk, curve)
    if curve == "Ed25519":
        if "y" in jwk:
            raise KeyMaterialError("KEY-JWK-MEMBER", "/y", name="y")
        return Ed25519Key.multicodec, _bytes(jwk, "x")
    key = P256Key if curve == "P-256" else P384Key
    return key.multicodec, key.raw_of_coordinates(_bytes(jwk, "x"), _bytes(jwk, "y"))


def _check_use(jwk: JsonObject, kind: str) -> None:
    algorithm = jwk.get("alg")
    if algorithm is not None and (not isinstance(algorithm, str) or algorithm not in _ALGORITHMS[kind]):
        raise KeyMaterialError("KEY-JWK-ALGORITHM", "/alg", alg=str(algorithm)[:20], kind=kind)
    if jwk.get("use", "sig") != "sig":
        raise KeyMaterialError("KEY-JWK-USE", "/use", name="use")
    operations = jwk.get("key_ops")
    if operations is not None and (not isinstance(operations, list) or "verify" not in operations):
        raise KeyMaterialError("KEY-JWK-USE", "/key_ops", name="key_ops")


def _bytes(jwk: JsonObject, name: str) -> bytes:
    value = jwk.get(name)
    if not isinstance(value, str) or len(value) > _MAX_MEMBER_CHARS:
        raise KeyMaterialError("KEY-JWK-MEMBER", pointer(name), name=name)
    try:
        return decode_base64url(value)
    except DocumentError as error:
        raise KeyMaterialError("KEY-JWK-MEMBER", pointer(name), name=name) from error


def _number(jwk: JsonObject, name: str) -> int:
    data = _bytes(jwk, name)
    if not data or data[0] == 0:  # RFC 7518, section 2: no leading zero octets
        raise KeyMaterialError("KEY-JWK-MEMBER", pointer(name), name=name)
    return int.from_bytes(data, "big")
