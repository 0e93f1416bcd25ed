"""did:key: the identifier is the key (https://w3c-ccg.github.io/did-key-spec/)."""

from __future__ import annotations

from functools import lru_cache

from openbadge_issuer.resolution.verification_key import VerificationMethod
from openbadge_issuer.signing.public_key import PublicKey

PREFIX = "did:key:"


@lru_cache(maxsize=1024)  # each at most twice as long as a key
def resolve_did_key(method: str) -> VerificationMethod:
    """Read the key in a did:key, with or without a fragment; the fragment must repeat the key.

    Raises:
        KeyMaterialError: it is no did:key, or the key in it is no public key.
        UnsupportedError: KEY-KIND, a kind of key that is not known here.
    """
    key = PublicKey.from_did_key(method)
    return VerificationMethod(key.verification_method, key, controller=method.partition("#")[0])
