"""ECDSA public keys on P-256 and P-384, with signatures as r||s (RFC 7518, section 3.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    SECP384R1,
    EllipticCurve,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from openbadge_issuer.errors import KeyMaterialError
from openbadge_issuer.signing.base64url import encode_base64url


@dataclass(frozen=True, slots=True)
class _EcdsaKey:
    """One public key; `raw` is its compressed point. Each curve has one hash (RFC 7518, section 3.4)."""

    kind: ClassVar[Literal["P-256", "P-384"]]
    algorithms: ClassVar[tuple[Literal["ES256", "ES384"], ...]]
    multicodec: ClassVar[bytes]
    signature_size: ClassVar[int]
    curve: ClassVar[EllipticCurve]
    scheme: ClassVar[ECDSA]
    order: ClassVar[int]

    raw: bytes
    native: EllipticCurvePublicKey = field(repr=False, compare=False)

    @classmethod
    def from_raw(cls, raw: bytes) -> Self:
        """Read a compressed point.

        Raises:
            KeyMaterialError: the bytes are no compressed point of the curve.
        """
        size = cls.signature_size // 2 + 1
        if len(raw) != size:
            raise KeyMaterialError("KEY-LENGTH", kind=cls.kind, size=len(raw), expected=size)
        return cls(raw, cls._point(raw))

    @classmethod
    def raw_of_coordinates(cls, x: bytes, y: bytes) -> bytes:
        """Compress a point given by its coordinates; raises KeyMaterialError if it is not on the curve."""
        expected = cls.signature_size // 2
        for coordinate in (x, y):
            if len(coordinate) != expected:
                raise KeyMaterialError("KEY-LENGTH", kind=cls.kind, size=len(coordinate), expected=expected)
        return cls.raw_of_native(cls._point(b"\x04" + x + y))

    @staticmethod
    def raw_of_native(native: EllipticCurvePublicKey) -> bytes:
        """Compress the point of a key."""
        return native.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)

    def jwk(self) -> Mapping[str, str]:
        """The members that RFC 7518, section 6.2.1 requires."""
        point = self.native.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        middle = 1 + self.signature_size // 2
        x, y = point[1:middle], point[middle:]
        return {"crv": self.kind, "kty": "EC", "x": encode_base64url(x), "y": encode_base64url(y)}

    def verify(self, message: bytes, signature: bytes, algorithm: str) -> None:
        """Raise `InvalidSignature` unless the signature holds; a high s is as good as a low one."""
        del algorithm  # the curve has one
        middle = self.signature_size // 2
        r = int.from_bytes(signature[:middle], "big")
        s = int.from_bytes(signature[middle:], "big")
        if not (0 < r < self.order and 0 < s < self.order):
            raise InvalidSignature
        self.native.verify(encode_dss_signature(r, s), message, self.scheme)

    @classmethod
    def raw_signature(cls, der: bytes) -> bytes:
        """Turn a signature from DER into r||s."""
        size = cls.signature_size // 2
        return b"".join(number.to_bytes(size, "big") for number in decode_dss_signature(der))

    @classmethod
    def _point(cls, encoded: bytes) -> EllipticCurvePublicKey:
        try:
            return EllipticCurvePublicKey.from_encoded_point(cls.curve, encoded)
        except ValueError as error:
            raise KeyMaterialError("KEY-NOT-ON-CURVE", kind=cls.kind) from error


class P256Key(_EcdsaKey):
    """A key on P-256."""

    __slots__ = ()

    kind = "P-256"
    algorithms = ("ES256",)
    multicodec = b"\x80\x24"
    signature_size = 64
    curve = SECP256R1()
    scheme = ECDSA(SHA256())
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class P384Key(_EcdsaKey):
    """A key on P-384."""

    __slots__ = ()

    kind = "P-384"
    algorithms = ("ES384",)
    multicodec = b"\x81\x24"
    signature_size = 96
    curve = SECP384R1()
    scheme = ECDSA(SHA384())
    order = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973


CURVES: Mapping[str, type[P256Key | P384Key]] = {key.curve.name: key for key in (P256Key, P384Key)}
"""The kinds of key by the name that the cryptographic library gives their curve."""
