"""did:jwk: the identifier is the key as JWK (https://github.com/quartzjer/did-jwk/blob/main/spec.md)."""

from __future__ import annotations

from openbadge_issuer.assertions.json_text import parse_json_object
from openbadge_issuer.errors import DocumentError, KeyMaterialError, LimitError
from openbadge_issuer.resolution.address import shown
from openbadge_issuer.resolution.verification_key import VerificationMethod
from openbadge_issuer.signing.base64url import decode_base64url
from openbadge_issuer.signing.public_key import PublicKey

PREFIX = "did:jwk:"

MAX_JWK_BYTES = 8 * 1024
"""An RSA key of 8192 bits takes 1.5 KB."""


def resolve_did_jwk(method: str) -> VerificationMethod:
    """Read the key in a did:jwk, with or without the fragment `#0`.

    Raises:
        KeyMaterialError: DID-JWK, or the JWK is no public key for signatures.
        UnsupportedError: KEY-KIND, a kind of key that is not known here.
    """
    did, mark, fragment = method.partition("#")
    encoded = did.removeprefix(PREFIX)
    if encoded == did or (mark and fragment != "0") or len(encoded) > 2 * MAX_JWK_BYTES:
        raise KeyMaterialError("DID-JWK", did=shown(method))
    try:
        jwk = parse_json_object(decode_base64url(encoded), max_bytes=MAX_JWK_BYTES)
    except (DocumentError, LimitError) as error:
        raise KeyMaterialError("DID-JWK", did=shown(method)) from error
    return VerificationMethod(f"{did}#0", PublicKey.from_jwk(jwk), controller=did)
