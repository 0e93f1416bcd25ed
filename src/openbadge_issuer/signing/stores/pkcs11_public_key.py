"""The public half of a key in a token: a public key or certificate of the same id, or what the key shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from cryptography.x509 import load_der_x509_certificate

from openbadge_issuer.errors import KeyMaterialError, UnsupportedError
from openbadge_issuer.signing._ecdsa import P256Key, P384Key
from openbadge_issuer.signing.public_key import PublicKey
from openbadge_issuer.signing.stores.pkcs11_uri import STORE

if TYPE_CHECKING:
    from pkcs11 import Attribute, PrivateKey, Session
    from pkcs11.types import Object

_CURVES = {
    bytes.fromhex("06082a8648ce3d030107"): P256Key,
    bytes.fromhex("06052b81040022"): P384Key,
}
_EDWARDS25519 = frozenset({bytes.fromhex("06032b6570"), b"\x13\x0cedwards25519"})
"""The object identifier of RFC 8410, and the name that PKCS #11 allows instead."""
_OCTET_STRING = 0x04
_ED25519_BYTES = 32


def public_key_of(session: Session, private_key: PrivateKey) -> PublicKey:
    """Find the public half of a private key.

    Raises:
        KeyMaterialError: `STORE-NO-PUBLIC-KEY`; `STORE-WHICH-PUBLIC-KEY`; `STORE-KEY-KIND`; `STORE-ANSWER`;
            or the key is unsafe.
    """
    from pkcs11 import KeyType  # noqa: PLC0415  # an extra

    try:
        if private_key.key_type == KeyType.RSA:
            return _rsa(private_key)
        companion = _companion(session, private_key)
        if companion is None:
            return _certified(session, private_key)
        if private_key.key_type == KeyType.EC:
            return _elliptic(companion)
        if private_key.key_type == KeyType.EC_EDWARDS:
            return _edwards(companion)
    except UnsupportedError as error:
        raise KeyMaterialError("STORE-KEY-KIND", store=STORE, **error.details) from error
    except ValueError as error:
        raise KeyMaterialError("STORE-ANSWER", store=STORE) from error
    raise KeyMaterialError("STORE-KEY-KIND", store=STORE, found=str(private_key.key_type.name))


def _companion(session: Session, private_key: PrivateKey) -> Object | None:
    from pkcs11 import Attribute, ObjectClass  # noqa: PLC0415  # an extra

    wanted = {Attribute.CLASS: ObjectClass.PUBLIC_KEY, Attribute.KEY_TYPE: private_key.key_type}
    return _belonging(session, private_key, wanted)


def _certified(session: Session, private_key: PrivateKey) -> PublicKey:
    from pkcs11 import Attribute, ObjectClass  # noqa: PLC0415  # an extra

    certificate = _belonging(session, private_key, {Attribute.CLASS: ObjectClass.CERTIFICATE})
    if certificate is None:
        raise KeyMaterialError("STORE-NO-PUBLIC-KEY", store=STORE)
    return PublicKey.from_native(load_der_x509_certificate(_bytes(certificate, Attribute.VALUE)).public_key())


def _belonging(session: Session, private_key: PrivateKey, kind: Mapping[Attribute, object]) -> Object | None:
    """Return the one object of this kind that has the id of a private key, or None.

    An id ties the halves of a key together (PKCS #11 3.1, section 4.7), but nothing keeps it from being
    empty, or from standing on two keys. Then the label may tell; the halves of one key need not share it.

    Raises:
        KeyMaterialError: `STORE-WHICH-PUBLIC-KEY`, it is not plain which one belongs to the key.
    """
    from pkcs11 import Attribute  # noqa: PLC0415  # an extra

    if not private_key.id:  # and searching for an empty id would find every object without one
        raise KeyMaterialError("STORE-WHICH-PUBLIC-KEY", store=STORE)
    found = list(session.get_objects({**kind, Attribute.ID: private_key.id}))
    if len(found) > 1:
        found = list(
            session.get_objects({**kind, Attribute.ID: private_key.id, Attribute.LABEL: private_key.label})
        )
        if len(found) != 1:
            raise KeyMaterialError("STORE-WHICH-PUBLIC-KEY", store=STORE)
    return found[0] if found else None


def _rsa(private_key: PrivateKey) -> PublicKey:
    from pkcs11 import Attribute  # noqa: PLC0415  # an extra

    modulus = int.from_bytes(_bytes(private_key, Attribute.MODULUS), "big")
    exponent = int.from_bytes(_bytes(private_key, Attribute.PUBLIC_EXPONENT), "big")
    return PublicKey.from_native(RSAPublicNumbers(exponent, modulus).public_key())


def _elliptic(public_key: Object) -> PublicKey:
    from pkcs11 import Attribute  # noqa: PLC0415  # an extra

    parameters = _bytes(public_key, Attribute.EC_PARAMS)
    curve = _CURVES.get(parameters)
    if curve is None:
        raise KeyMaterialError("STORE-KEY-KIND", store=STORE, found=f"EC {parameters.hex()[:40]}")
    point = _unwrapped(_bytes(public_key, Attribute.EC_POINT), 1 + curve.signature_size)
    return PublicKey.from_native(EllipticCurvePublicKey.from_encoded_point(curve.curve, point))


def _edwards(public_key: Object) -> PublicKey:
    from pkcs11 import Attribute  # noqa: PLC0415  # an extra

    parameters = _bytes(public_key, Attribute.EC_PARAMS)
    if parameters not in _EDWARDS25519:
        raise KeyMaterialError("STORE-KEY-KIND", store=STORE, found=f"EdDSA {parameters.hex()[:40]}")
    point = _unwrapped(_bytes(public_key, Attribute.EC_POINT), _ED25519_BYTES)
    return PublicKey.from_native(Ed25519PublicKey.from_public_bytes(point))


def _unwrapped(point: bytes, size: int) -> bytes:
    """Take the point out of the OCTET STRING that the standard puts around it and some tokens leave out."""
    wrapper = bytes([_OCTET_STRING, size])
    return point[2:] if len(point) == size + 2 and point.startswith(wrapper) else point


def _bytes(found: Object, attribute: Attribute) -> bytes:
    value: object = found[attribute]
    if not isinstance(value, bytes):
        raise KeyMaterialError("STORE-ANSWER", store=STORE)
    return value
