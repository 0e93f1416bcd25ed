"""What can sign: a file, an environment variable, a token or a remote service, all behind three members."""

from __future__ import annotations

from typing import Protocol

from openbadge_issuer.errors import KeyMaterialError
from openbadge_issuer.signing.public_key import Algorithm, PublicKey


class Signer(Protocol):
    """Signs with one private key that it does not show.

    `algorithm` is a JOSE name and fixes curve, padding and hash: `EdDSA` (Ed25519), `ES256` (P-256 with
    SHA-256), `ES384` (P-384 with SHA-384), `RS256` (PKCS #1 v1.5 with SHA-256) or `PS256` (PSS with SHA-256).
    """

    @property
    def algorithm(self) -> Algorithm:
        """The JOSE name of the algorithm."""

    @property
    def public_key(self) -> PublicKey:
        """The key that verifies what this signer signs."""

    def sign(self, message: bytes) -> bytes:
        """Sign the whole message, unhashed; ECDSA comes back as r||s (64 or 96 bytes), never as DER."""


def signature_by(signer: Signer, message: bytes) -> bytes:
    """Sign, and refuse what is visibly no signature of the signer's own key.

    Signers are written by others too, and the usual mistake, an ECDSA signature in DER, would only come
    to light at the first verifier.

    Raises:
        KeyMaterialError: `KEY-SIGNER`.
    """
    key = signer.public_key
    if signer.algorithm not in key.algorithms:
        raise KeyMaterialError("KEY-SIGNER", algorithm=signer.algorithm, kind=key.kind)
    signature = signer.sign(message)
    if len(signature) != key.signature_size:
        raise KeyMaterialError("KEY-SIGNER", algorithm=signer.algorithm, kind=key.kind)
    return signature
