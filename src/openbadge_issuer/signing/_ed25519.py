"""Ed25519 public keys, with the checks that the cryptographic library leaves out (RFC 8032)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from openbadge_issuer.errors import KeyMaterialError
from openbadge_issuer.signing.base64url import encode_base64url

_PRIME = 2**255 - 19
_ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _PRIME) % _PRIME
_SMALL_ORDER = frozenset(
    {
        0,
        1,
        _PRIME - 1,
        2707385501144840649318225287225658788936804267575313519463743609750303402022,
        55188659117513257062467267217118295137698188065244968500265048394206261417927,
    }
)
"""The y coordinates of the eight points of small order: under such a key nearly any signature verifies."""
_SIZE = 32


@dataclass(frozen=True, slots=True)
class Ed25519Key:
    """One Ed25519 public key; `raw` is its 32 bytes."""

    kind: ClassVar[Literal["Ed25519"]] = "Ed25519"
    algorithms: ClassVar[tuple[Literal["EdDSA"], ...]] = ("EdDSA",)
    multicodec: ClassVar[bytes] = b"\xed\x01"
    signature_size: ClassVar[int] = 64

    raw: bytes
    native: Ed25519PublicKey = field(repr=False, compare=False)

    @classmethod
    def from_raw(cls, raw: bytes) -> Ed25519Key:
        """Read the 32 bytes of a key.

        Raises:
            KeyMaterialError: the bytes are no point, not its only spelling, or a point of small order.
        """
        if len(raw) != _SIZE:
            raise KeyMaterialError("KEY-LENGTH", kind=cls.kind, size=len(raw), expected=_SIZE)
        y = int.from_bytes(raw, "little") & (2**255 - 1)
        if y >= _PRIME:
            raise KeyMaterialError("KEY-NON-CANONICAL", kind=cls.kind)
        if y in _SMALL_ORDER:
            raise KeyMaterialError("KEY-SMALL-ORDER")
        # x squared is (y^2 - 1) / (d y^2 + 1); a quotient is a square just when the product is.
        if pow((y * y - 1) * (_D * y * y + 1), (_PRIME - 1) // 2, _PRIME) != 1:
            raise KeyMaterialError("KEY-NOT-ON-CURVE", kind=cls.kind)
        return cls(raw, Ed25519PublicKey.from_public_bytes(raw))

    def jwk(self) -> Mapping[str, str]:
        """The members that RFC 8037 requires."""
        return {"crv": "Ed25519", "kty": "OKP", "x": encode_base64url(self.raw)}

    def verify(self, message: bytes, signature: bytes, algorithm: str) -> None:
        """Raise `InvalidSignature` unless the signature holds and its scalar is reduced."""
        del algorithm  # the curve has one
        if int.from_bytes(signature[_SIZE:], "little") >= _ORDER:
            raise InvalidSignature
        self.native.verify(signature, message)
