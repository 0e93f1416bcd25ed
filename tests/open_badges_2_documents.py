"""Documents of Open Badges 2.0 that keep every rule, for tests to break one at a time."""

from __future__ import annotations

from copy import deepcopy
from typing import Final

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue

CONTEXT: Final = "https://w3id.org/openbadges/v2"
ABSENT: Final = "a value that means: leave the member out"

ISSUER: Final[JsonObject] = {
    "@context": CONTEXT,
    "id": "https://badges.example.org/issuer.json",
    "type": "Issuer",
    "name": "School of Breakthrough",
    "url": "https://badges.example.org/",
    "email": "badges@example.org",
    "telephone": "+31201234567",
    "description": "We recognise what people can do.",
    "image": "https://badges.example.org/logo.svg",
    "publicKey": "https://badges.example.org/key.json",
    "revocationList": "https://badges.example.org/revoked.json",
    "verification": {
        "type": "VerificationObject",
        "verificationProperty": "id",
        "startsWith": "https://badges.example.org/assertions/",
        "allowedOrigins": ["badges.example.org"],
    },
}
BADGE_CLASS: Final[JsonObject] = {
    "@context": CONTEXT,
    "id": "https://badges.example.org/robots.json",
    "type": "BadgeClass",
    "@language": "en-GB",
    "version": 2,
    "name": "Builder of robots",
    "description": "Built a robot that walks.",
    "image": {
        "id": "https://badges.example.org/robots.png",
        "caption": "A robot",
        "author": "https://a.example/",
    },
    "criteria": {"id": "https://badges.example.org/robots.html", "narrative": "Build one."},
    "issuer": "https://badges.example.org/issuer.json",
    "alignment": [
        {
            "targetName": "Locomotion",
            "targetUrl": "https://frameworks.example.org/1",
            "targetDescription": "Moving about",
            "targetFramework": "Robotics",
            "targetCode": "R1",
        }
    ],
    "tags": ["robots", "building"],
    "related": [{"id": "https://badges.example.org/robots-nl.json", "@language": "nl", "version": 1}],
    "endorsement": "https://endorser.example/1.json",
}
ASSERTION: Final[JsonObject] = {
    "@context": CONTEXT,
    "id": "https://badges.example.org/assertions/1.json",
    "type": "Assertion",
    "recipient": {
        "type": "email",
        "hashed": True,
        "salt": "deadsea",
        "identity": "sha256$c8d32d06746899d78eefe21857f5f8327c15f5f4fe7999d42c5c65fcd71e050e",
    },
    "badge": "https://badges.example.org/robots.json",
    "verification": {"type": "HostedBadge"},
    "issuedOn": "2026-01-31T12:00:00Z",
    "expires": "2030-01-31T12:00:00+01:00",
    "image": "https://badges.example.org/assertions/1.png",
    "narrative": "She built two.",
    "evidence": [
        "https://badges.example.org/work.html",
        {
            "id": "https://badges.example.org/film.html",
            "name": "The film",
            "description": "It walks",
            "narrative": "Both of them walk.",
            "genre": "Film",
            "audience": "Everyone",
        },
    ],
}
ENDORSEMENT: Final[JsonObject] = {
    "@context": CONTEXT,
    "id": "https://endorser.example/1.json",
    "type": "Endorsement",
    "claim": {"id": "https://badges.example.org/robots.json", "endorsementComment": "A good one."},
    "issuer": "https://endorser.example/profile.json",
    "issuedOn": "2026-02-01T00:00Z",
    "verification": {"type": "hosted"},
}
KEY: Final[JsonObject] = {
    "@context": CONTEXT,
    "id": "https://badges.example.org/key.json",
    "type": "CryptographicKey",
    "owner": "https://badges.example.org/issuer.json",
    "publicKeyPem": "-----BEGIN PUBLIC KEY-----\n…\n-----END PUBLIC KEY-----\n",
}
REVOCATION_LIST: Final[JsonObject] = {
    "@context": CONTEXT,
    "id": "https://badges.example.org/revoked.json",
    "type": "RevocationList",
    "issuer": "https://badges.example.org/issuer.json",
    "revokedAssertions": [
        "urn:uuid:3c574c87-b96f-4f06-8eb5-68a29335b60e",
        {"id": "urn:uuid:e79a6c18-787e-4868-8e65-e6a4530fb418", "revocationReason": "A mistake"},
        {"uid": "abc123", "revoked": False},
    ],
}


def changed(document: JsonObject, path: str, value: JsonValue) -> JsonObject:
    """Copy a document with another value at a path such as `recipient/hashed`; `ABSENT` leaves it out."""
    copy = deepcopy(document)
    *above, last = [int(step) if step.isdigit() else step for step in path.split("/")]
    here: JsonValue = copy
    for step in above:
        here = here[step]  # type: ignore[index]  # the test names a place that is there
    if value == ABSENT:
        del here[last]  # type: ignore[union-attr,arg-type]  # the same
    else:
        here[last] = value  # type: ignore[index]  # the same
    return copy
