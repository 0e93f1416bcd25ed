"""An issuer of Open Badges 2.0 with everything that it hosts, for tests to change one thing at a time."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final

from open_badges_2_documents import ASSERTION, BADGE_CLASS, ENDORSEMENT, ISSUER, KEY, REVOCATION_LIST
from openbadge_issuer.assertions.json_text import JsonObject, dump_json
from openbadge_issuer.resolution.fetching import Fetched
from openbadge_issuer.signing.base64url import encode_base64url
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.verification import VerificationReport, verify

NOW: Final = datetime(2026, 6, 1, tzinfo=UTC)
HOST: Final = "https://badges.example.org"
BADGE_URL: Final = f"{HOST}/assertions/1.json"
CLASS_URL: Final = f"{HOST}/robots.json"
ISSUER_URL: Final = f"{HOST}/issuer.json"
KEY_URL: Final = f"{HOST}/key.json"
LIST_URL: Final = f"{HOST}/revoked.json"
SIGNED: Final[JsonObject] = {
    **ASSERTION,
    "id": "urn:uuid:2f4b3b0e-0d53-4a46-9c0d-6d7f6d3b8a11",
    "verification": {"type": "SignedBadge", "creator": KEY_URL},
}
ENDORSER: Final[JsonObject] = {
    "@context": "https://w3id.org/openbadges/v2",
    "id": "https://endorser.example/profile.json",
    "type": "Profile",
    "name": "Endorser",
    "url": "https://endorser.example/",
    "email": "info@endorser.example",
}

Documents = dict[str, bytes | Fetched]


@cache
def issuer_key() -> SigningKey:
    """Return the issuer's key, one for all tests."""
    return SigningKey.generate("Ed25519")


@cache
def other_key() -> SigningKey:
    """Return a key that is somebody else's."""
    return SigningKey.generate("Ed25519")


def key_document(key: SigningKey | None = None) -> JsonObject:
    """Write a key as the issuer publishes it."""
    return {**KEY, "publicKeyPem": (key or issuer_key()).public_key.pem.decode()}


def hosted(**changes: JsonObject | bytes | Fetched | None) -> Documents:
    """Serve the issuer's documents with some changed, and some gone (None).

    The names are `assertion`, `badge`, `issuer`, `key`, `revoked` and `endorsement`, `endorser`.
    """
    documents: dict[str, tuple[str, JsonObject | bytes | Fetched | None]] = {
        "assertion": (BADGE_URL, ASSERTION),
        "badge": (CLASS_URL, BADGE_CLASS),
        "issuer": (ISSUER_URL, ISSUER),
        "key": (KEY_URL, key_document()),
        "revoked": (LIST_URL, REVOCATION_LIST),
        "endorsement": ("https://endorser.example/1.json", ENDORSEMENT),
        "endorser": ("https://endorser.example/profile.json", ENDORSER),
    }
    served: Documents = {}
    for name, (url, usual) in documents.items():
        value = changes.get(name, usual)
        if value is not None:
            served[url] = dump_json(value) if isinstance(value, dict) else value
    return served


def answer(url: str, status: int, document: JsonObject | None = None) -> Fetched:
    """Make a refusal, with a body or without."""
    return Fetched(url, url, status, "application/json", b"" if document is None else dump_json(document))


def jws(document: JsonObject, key: SigningKey | None = None, **header: str) -> str:
    """Sign a document as badges of 2.0 are signed."""
    signer = key or issuer_key()
    head = encode_base64url(dump_json({"alg": signer.algorithm, **header}))
    text = f"{head}.{encode_base64url(dump_json(document))}"
    return f"{text}.{encode_base64url(signer.sign(text.encode()))}"


def judged(
    badge: JsonObject | bytes | str = ASSERTION,
    documents: Documents | None = None,
    **options: Any,  # noqa: ANN401  # the arguments of verify
) -> VerificationReport:
    """Verify on the day NOW with the issuer's documents."""
    given = hosted() if documents is None else documents
    return verify(badge, **{"now": NOW, "documents": given, **options})


def codes(report: VerificationReport) -> set[str]:
    """Return the codes of what did not pass."""
    return {found.code for found in report.findings if found.outcome != "passed"}


def copy_of(document: JsonObject, **members: object) -> JsonObject:
    """Copy a document with members changed; None leaves one out."""
    new = {**json.loads(dump_json(document)), **members}
    return {name: value for name, value in new.items() if value is not None}
