"""RSA public keys for RS256 and PS256 (RFC 7518, sections 3.3 and 3.5), within safe and quick bounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS, AsymmetricPadding, PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, RSAPublicNumbers
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

from openbadge_issuer.errors import KeyMaterialError
from openbadge_issuer.signing.base64url import encode_base64url

MIN_RSA_BITS = 2048
"""RFC 7518, section 3.3."""
MAX_RSA_BITS = 8192
"""The time of a verification grows with the square of the size; nobody issues badges with more."""
_MAX_EXPONENT = 2**32  # the cost of a verification grows with the exponent; 65537 is what all use

PADDINGS: Mapping[str, AsymmetricPadding] = {
    "RS256": PKCS1v15(),
    "PS256": PSS(mgf=MGF1(SHA256()), salt_length=PSS.DIGEST_LENGTH),
}
"""The padding of each algorithm; both hash with SHA-256."""


@dataclass(frozen=True, slots=True)
class RsaKey:
    """One RSA public key; `raw` is its RSAPublicKey in DER (RFC 8017, appendix A.1.1)."""

    kind: ClassVar[Literal["RSA"]] = "RSA"
    algorithms: ClassVar[tuple[Literal["RS256", "PS256"], ...]] = ("RS256", "PS256")
    multicodec: ClassVar[bytes] = b"\x85\x24"

    raw: bytes
    native: RSAPublicKey = field(repr=False, compare=False)

    @property
    def signature_size(self) -> int:
        """As many bytes as the modulus takes."""
        return (self.native.key_size + 7) // 8

    @classmethod
    def from_raw(cls, raw: bytes) -> RsaKey:
        """Read an RSAPublicKey in DER.

        Raises:
            KeyMaterialError: it is no RSAPublicKey in DER, too short, too long, or its numbers are unsafe.
        """
        try:
            native = load_der_public_key(raw)
        except (ValueError, UnsupportedAlgorithm) as error:
            raise KeyMaterialError("KEY-FORMAT", expected="RSAPublicKey DER") from error
        if not isinstance(native, RSAPublicKey):
            raise KeyMaterialError("KEY-FORMAT", expected="RSAPublicKey DER")
        _check_numbers(native.public_numbers())
        if cls.raw_of_native(native) != raw:  # the library also reads SubjectPublicKeyInfo here
            raise KeyMaterialError("KEY-NON-CANONICAL", kind=cls.kind)
        return cls(raw, native)

    @classmethod
    def raw_of_numbers(cls, modulus: int, exponent: int) -> bytes:
        """Write modulus and exponent as an RSAPublicKey in DER; raises as `from_raw` does."""
        numbers = RSAPublicNumbers(exponent, modulus)
        _check_numbers(numbers)
        try:
            return cls.raw_of_native(numbers.public_key())
        except ValueError as error:
            raise KeyMaterialError("KEY-RSA-NUMBERS") from error

    @staticmethod
    def raw_of_native(native: RSAPublicKey) -> bytes:
        """Write a key as RSAPublicKey in DER."""
        return native.public_bytes(Encoding.DER, PublicFormat.PKCS1)

    def jwk(self) -> Mapping[str, str]:
        """The members that RFC 7518, section 6.3.1 requires."""
        numbers = self.native.public_numbers()
        return {"e": _base64url_uint(numbers.e), "kty": "RSA", "n": _base64url_uint(numbers.n)}

    def verify(self, message: bytes, signature: bytes, algorithm: str) -> None:
        """Raise `InvalidSignature` unless the signature holds under one of the two algorithms."""
        self.native.verify(signature, message, PADDINGS[algorithm], SHA256())


def check_rsa_bits(bits: int) -> None:
    """Refuse a size outside the bounds, as KeyMaterialError."""
    if bits < MIN_RSA_BITS:
        raise KeyMaterialError("KEY-TOO-SHORT", bits=bits, least=MIN_RSA_BITS)
    if bits > MAX_RSA_BITS:
        raise KeyMaterialError("KEY-TOO-LONG", bits=bits, most=MAX_RSA_BITS)


def _check_numbers(numbers: RSAPublicNumbers) -> None:
    check_rsa_bits(numbers.n.bit_length())
    if not (numbers.n & 1 and numbers.e & 1 and 2 < numbers.e < _MAX_EXPONENT):  # noqa: PLR2004  # RFC 8017, 3.1
        raise KeyMaterialError("KEY-RSA-NUMBERS")


def _base64url_uint(number: int) -> str:
    return encode_base64url(number.to_bytes((number.bit_length() + 7) // 8, "big"))
