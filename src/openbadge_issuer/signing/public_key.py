"""Public keys in the forms in which badges name them: Multikey, JWK, PEM and did:key."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal, TypeAlias

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from openbadge_issuer.assertions.json_text import JsonObject, dump_json
from openbadge_issuer.errors import (
    DocumentError,
    KeyMaterialError,
    LimitError,
    SignatureError,
    UnsupportedError,
)
from openbadge_issuer.signing._ecdsa import CURVES, P256Key, P384Key
from openbadge_issuer.signing._ed25519 import Ed25519Key
from openbadge_issuer.signing._rsa import RsaKey
from openbadge_issuer.signing.base64url import encode_base64url
from openbadge_issuer.signing.jwk import material_of_jwk
from openbadge_issuer.signing.multibase import decode_multibase, encode_multibase

KeyKind = Literal["Ed25519", "P-256", "P-384", "RSA"]
Algorithm = Literal["EdDSA", "ES256", "ES384", "RS256", "PS256"]

MAX_PEM_BYTES = 64 * 1024
"""A PEM of an RSA key with 8192 bits takes 6 KB, private half included."""

_DID_KEY = "did:key:"
_CACHED_KEYS = 1024  # an RSA key of 8192 bits holds about 10 KB
_PEM_LABEL = re.compile(rb"-----BEGIN ([A-Z0-9 ]+)-----")
_PUBLIC_LABELS = frozenset({b"PUBLIC KEY", b"RSA PUBLIC KEY"})

_Material: TypeAlias = "Ed25519Key | P256Key | P384Key | RsaKey"
_MaterialReader: TypeAlias = "Callable[[bytes], _Material]"
_READERS: dict[bytes, _MaterialReader] = {
    Ed25519Key.multicodec: Ed25519Key.from_raw,
    P256Key.multicodec: P256Key.from_raw,
    P384Key.multicodec: P384Key.from_raw,
    RsaKey.multicodec: RsaKey.from_raw,
}
_PRIVATE_CODEC = 0x26  # the second byte of 0x1300 to 0x137f, where the multicodec table keeps private keys
_OTHER_CODECS = {
    b"\xe7\x01": "secp256k1",
    b"\xec\x01": "X25519",
    b"\xea\x01": "BLS12-381 G1",
    b"\xeb\x01": "BLS12-381 G2",
    b"\x82\x24": "P-521",
    b"\x83\x24": "Ed448",
    b"\x84\x24": "X448",
}


@dataclass(frozen=True, repr=False)
class PublicKey:
    """A public key that was checked when it was read: on its curve, of full order, within size bounds.

    Equal keys are equal objects whatever form they came in. Keys are cached, so reading the same one again
    costs no curve arithmetic. Source: Controlled Identifiers 1.0, section "Verification Methods".
    """

    _material: _Material
    _meant_for: Algorithm | None = field(default=None, compare=False)

    @classmethod
    def from_multibase(cls, text: str) -> PublicKey:
        """Read the `publicKeyMultibase` of a Multikey: `z`, a multicodec, the key.

        Raises:
            KeyMaterialError: it is no Multikey, a private key, or an unsafe key.
            UnsupportedError: `KEY-KIND`, a kind of key that is not known here.
        """
        try:
            data = decode_multibase(text, bases="z")
        except (DocumentError, LimitError) as error:
            raise KeyMaterialError("KEY-FORMAT", expected="Multikey") from error
        codec = data[:2]
        if codec[1:] == bytes([_PRIVATE_CODEC]):
            raise KeyMaterialError("KEY-PRIVATE")
        if codec in _OTHER_CODECS:
            raise UnsupportedError("KEY-KIND", found=_OTHER_CODECS[codec])
        if codec not in _READERS:
            raise KeyMaterialError("KEY-FORMAT", expected="Multikey")
        return _public_key(codec, data[2:])

    @classmethod
    def from_did_key(cls, did: str) -> PublicKey:
        """Read the key that a `did:key` is; a fragment, if there is one, must repeat it.

        Raises as `from_multibase` does, and `KEY-DID` for anything that is no did:key.
        """
        identifier, hash_sign, fragment = did.partition("#")
        text = identifier.removeprefix(_DID_KEY)
        if text == identifier or (hash_sign and fragment != text):
            raise KeyMaterialError("KEY-DID")
        return cls.from_multibase(text)

    @classmethod
    def from_jwk(cls, jwk: JsonObject) -> PublicKey:
        """Read a public JWK (RFC 7517); `alg`, `use` and `key_ops`, if present, must allow verifying.

        A JWK of an RSA key that names its `alg` is used with that algorithm only.

        Raises:
            KeyMaterialError: a member is missing or wrong, the key is private, or unsafe.
            UnsupportedError: `KEY-KIND`, a kind of key that is not known here.
        """
        codec, raw = material_of_jwk(jwk)
        named = jwk.get("alg") if codec == RsaKey.multicodec else None
        meant_for = next((name for name in RsaKey.algorithms if name == named), None)
        return _public_key(codec, raw, meant_for)

    @classmethod
    def from_pem(cls, pem: bytes) -> PublicKey:
        """Read one PEM public key, as SubjectPublicKeyInfo or, for RSA, as PKCS #1.

        Raises:
            KeyMaterialError: it is no PEM public key, or an unsafe one.
            UnsupportedError: `KEY-KIND`, a kind of key that is not known here.
        """
        if len(pem) > MAX_PEM_BYTES:
            raise KeyMaterialError("KEY-FORMAT", expected="PEM PUBLIC KEY")
        labels = _PEM_LABEL.findall(pem)
        if any(label.endswith(b"PRIVATE KEY") for label in labels):
            raise KeyMaterialError("KEY-PRIVATE")
        if len(labels) != 1 or labels[0] not in _PUBLIC_LABELS:
            raise KeyMaterialError("KEY-FORMAT", expected="PEM PUBLIC KEY")
        try:
            native = load_pem_public_key(pem)
        except UnsupportedAlgorithm as error:
            raise UnsupportedError("KEY-KIND", found="PEM") from error
        except ValueError as error:
            raise KeyMaterialError("KEY-FORMAT", expected="PEM PUBLIC KEY") from error
        return cls.from_native(native)

    @classmethod
    def from_native(cls, native: object) -> PublicKey:
        """Take a key object of the `cryptography` library; raises as `from_pem` does."""
        if isinstance(native, Ed25519PublicKey):
            return _public_key(Ed25519Key.multicodec, native.public_bytes_raw())
        if isinstance(native, RSAPublicKey):
            return _public_key(RsaKey.multicodec, RsaKey.raw_of_native(native))
        if isinstance(native, EllipticCurvePublicKey):
            curve = CURVES.get(native.curve.name)
            if curve is None:
                raise UnsupportedError("KEY-KIND", found=native.curve.name)
            return _public_key(curve.multicodec, curve.raw_of_native(native))
        raise UnsupportedError("KEY-KIND", found=type(native).__name__.removesuffix("PublicKey"))

    @property
    def kind(self) -> KeyKind:
        """What kind of key it is."""
        return self._material.kind

    @property
    def algorithms(self) -> tuple[Algorithm, ...]:
        """The JOSE names of the algorithms that are accepted under this key, the usual one first."""
        return self._material.algorithms if self._meant_for is None else (self._meant_for,)

    @property
    def algorithm(self) -> Algorithm:
        """The JOSE name of the algorithm that is used where none is named."""
        return self.algorithms[0]

    @property
    def signature_size(self) -> int:
        """The length in bytes of every signature under this key."""
        return self._material.signature_size

    @cached_property
    def multibase(self) -> str:
        """The key as `publicKeyMultibase` (Controlled Identifiers 1.0, section "Multikey")."""
        return encode_multibase(self._material.multicodec + self._material.raw)

    @property
    def jwk(self) -> JsonObject:
        """The key as JWK, with exactly the members that name the key; a new object each time."""
        return dict(self._material.jwk())

    @property
    def pem(self) -> bytes:
        """The key as PEM (SubjectPublicKeyInfo)."""
        return self._material.native.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    @property
    def did_key(self) -> str:
        """The key as `did:key`, an identifier that needs no lookup and cannot be rotated."""
        return _DID_KEY + self.multibase

    @property
    def verification_method(self) -> str:
        """The DID URL under which a `did:key` names its own key."""
        return f"{self.did_key}#{self.multibase}"

    @cached_property
    def thumbprint(self) -> str:
        """The SHA-256 thumbprint in base64url (RFC 7638)."""
        members = dict(sorted(self.jwk.items()))
        return encode_base64url(hashlib.sha256(dump_json(members)).digest())

    def verify(self, message: bytes, signature: bytes, *, algorithm: Algorithm | None = None) -> None:
        """Check a raw signature over the whole message; ECDSA as r||s.

        Args:
            message: what was signed, unhashed.
            signature: the bytes of the signature.
            algorithm: one of `algorithms`, the first by default; only RSA has a choice.

        Raises:
            SignatureError: `PROOF-SIGNATURE`, `PROOF-SIGNATURE-LENGTH` for bytes that cannot be one, or
                `PROOF-ALGORITHM` if the key is not for this algorithm.
        """
        material, chosen = self._material, algorithm or self.algorithm
        if chosen not in self.algorithms:
            raise SignatureError("PROOF-ALGORITHM", algorithm=chosen, kind=self.kind)
        if len(signature) != material.signature_size:
            raise SignatureError(
                "PROOF-SIGNATURE-LENGTH",
                size=len(signature),
                expected=material.signature_size,
                kind=self.kind,
            )
        try:
            material.verify(message, signature, chosen)
        except InvalidSignature as error:
            raise SignatureError("PROOF-SIGNATURE") from error

    def __repr__(self) -> str:
        return f"PublicKey(kind={self.kind!r}, thumbprint={self.thumbprint!r})"

    def __reduce__(self) -> tuple[object, ...]:
        return _public_key, (self._material.multicodec, self._material.raw, self._meant_for)


@lru_cache(maxsize=_CACHED_KEYS)
def _public_key(codec: bytes, raw: bytes, meant_for: Algorithm | None = None) -> PublicKey:
    return PublicKey(_READERS[codec](raw), meant_for)
