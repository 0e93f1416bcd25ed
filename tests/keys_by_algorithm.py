"""One key for each algorithm that signs tokens, and the keys that tokens name."""

from __future__ import annotations

from collections.abc import Mapping

from openbadge_issuer.assertions.json_text import parse_json_object
from openbadge_issuer.signing.base64url import decode_base64url
from openbadge_issuer.signing.public_key import Algorithm, PublicKey
from openbadge_issuer.signing.signing_key import SigningKey

_RSA = SigningKey.generate("RSA", rsa_bits=2048)
KEYS: Mapping[Algorithm, SigningKey] = {
    "EdDSA": SigningKey.generate("Ed25519"),
    "ES256": SigningKey.generate("P-256"),
    "ES384": SigningKey.generate("P-384"),
    "RS256": _RSA,
    "PS256": _RSA.using("PS256"),
}


def key_named_by(token: str) -> PublicKey:
    """Give the key that a token names by its did:key or did:jwk, as a verifier would find it."""
    kid = str(parse_json_object(decode_base64url(token.partition(".")[0]))["kid"])
    if kid.startswith("did:key:"):
        return PublicKey.from_did_key(kid)
    encoded = kid.removeprefix("did:jwk:").partition("#")[0]
    return PublicKey.from_jwk(parse_json_object(decode_base64url(encoded)))
