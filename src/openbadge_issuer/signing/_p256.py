"""ECDSA public keys on P-256, with signatures as r||s (RFC 7518, section 3.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from openbadge_issuer.errors import KeyMaterialError
from openbadge_issuer.signing.base64url import encode_base64url

_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_SIZE = 32
_COMPRESSED_SIZE = 33
_ES256 = ECDSA(SHA256())


@dataclass(frozen=True, slots=True)
class P256Key:
    """One P-256 public key; `raw` is its compressed point of 33 bytes."""

    kind: ClassVar[Literal["P-256"]] = "P-256"
    algorithm: ClassVar[Literal["ES256"]] = "ES256"
    multicodec: ClassVar[bytes] = b"\x80\x24"
    signature_size: ClassVar[int] = 64

    raw: bytes
    native: EllipticCurvePublicKey = field(repr=False, compare=False)

    @classmethod
    def from_raw(cls, raw: bytes) -> P256Key:
        """Read a compressed point.

        Raises:
            KeyMaterialError: the bytes are no compressed point of the curve.
        """
        if len(raw) != _COMPRESSED_SIZE:
            raise KeyMaterialError("KEY-LENGTH", kind=cls.kind, size=len(raw), expected=_COMPRESSED_SIZE)
        return cls(raw, _point(raw))

    @classmethod
    def raw_of_coordinates(cls, x: bytes, y: bytes) -> bytes:
        """Compress a point given by its coordinates; raises KeyMaterialError if it is not on the curve."""
        for coordinate in (x, y):
            if len(coordinate) != _SIZE:
                raise KeyMaterialError("KEY-LENGTH", kind=cls.kind, size=len(coordinate), expected=_SIZE)
        return cls.raw_of_native(_point(b"\x04" + x + y))

    @staticmethod
    def raw_of_native(native: EllipticCurvePublicKey) -> bytes:
        """Compress the point of a key."""
        return native.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)

    def jwk(self) -> Mapping[str, str]:
        """The members that RFC 7518, section 6.2.1 requires."""
        point = self.native.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        x, y = point[1 : _SIZE + 1], point[_SIZE + 1 :]
        return {"crv": "P-256", "kty": "EC", "x": encode_base64url(x), "y": encode_base64url(y)}

    def verify(self, message: bytes, signature: bytes) -> None:
        """Raise `InvalidSignature` unless the signature holds; a high s is as good as a low one."""
        r = int.from_bytes(signature[:_SIZE], "big")
        s = int.from_bytes(signature[_SIZE:], "big")
        if not (0 < r < _ORDER and 0 < s < _ORDER):
            raise InvalidSignature
        self.native.verify(encode_dss_signature(r, s), message, _ES256)


def _point(encoded: bytes) -> EllipticCurvePublicKey:
    try:
        return EllipticCurvePublicKey.from_encoded_point(SECP256R1(), encoded)
    except ValueError as error:
        raise KeyMaterialError("KEY-NOT-ON-CURVE", kind="P-256") from error
