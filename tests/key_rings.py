"""Key rings for tests: one key; that key rotated; that key stolen after all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from openbadge_issuer.signing.key_ring import KeyRing
from openbadge_issuer.signing.signing_key import SigningKey

DID = "did:web:badges.example"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
YEAR = timedelta(days=365)

ONE, TWO, THREE = SigningKey.generate(), SigningKey.generate(), SigningKey.generate("P-256")

FIRST = KeyRing(DID).add(ONE.public_key, uri="file:one.pem", now=NOW)
ROTATED = FIRST.rotate(TWO.public_key, uri="file:two.pem", now=NOW + YEAR)
STOLEN = ROTATED.compromise("key-1", since=NOW + YEAR / 2)
