from __future__ import annotations

import pytest

from openbadge_issuer.signing.public_key import KeyKind
from openbadge_issuer.signing.signing_key import SigningKey

_KINDS: tuple[KeyKind, ...] = ("Ed25519", "P-256", "P-384", "RSA")


@pytest.fixture(scope="session")
def keys() -> dict[KeyKind, SigningKey]:
    """One key of each kind, made once: RSA takes a while."""
    return {kind: SigningKey.generate(kind, rsa_bits=2048) for kind in _KINDS}


@pytest.fixture(params=_KINDS)
def key(request: pytest.FixtureRequest, keys: dict[KeyKind, SigningKey]) -> SigningKey:
    """Each kind of key in turn."""
    kind: KeyKind = request.param
    return keys[kind]
