"""What `fuzz_compiled` starts from: documents of every kind, and names and values to put into them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypeAlias

from openbadge_issuer.jsonld.contexts import PINNED
from openbadge_issuer.jsonld.watch import KEYWORDS

Json: TypeAlias = Any

V1 = "https://www.w3.org/2018/credentials/v1"
V2 = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
OB_301 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json"
CLR = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
ED25519 = "https://w3id.org/security/suites/ed25519-2020/v1"
DATA_INTEGRITY = "https://w3id.org/security/data-integrity/v2"
OB_2 = "https://w3id.org/openbadges/v2"
APPLY = "https://w3id.org/openbadges/extensions/applyLinkExtension/context.json"

LARGEST_SEED = 4000  # characters; the general way takes 1 ms for each 2,000

CONTEXT_LISTS: list[Json] = [
    *([V2, OB], [V2, OB], [V2], V2, [V2, CLR, OB], [V1, OB], [V2, OB, EXTENSIONS], [V2, OB_301], [OB, V2]),
    *(
        [V2, OB, DATA_INTEGRITY],
        OB_2,
        [OB_2, APPLY],
        [V2, OB, ED25519],
        None,
        [],
        [None],
        {},
        [V2, V2, OB, OB],
    ),
    [V2, OB, {"ghost": "https://vocabulary.example/ghost", "ex": "https://vocabulary.example/"}],
    [V2, OB, {"@vocab": "https://vocabulary.example/"}],
    [
        V2,
        {
            "link": {"@id": "ex:link", "@type": "@id", "@container": "@list"},
            "ex": "https://vocabulary.example/",
        },
    ],
    [OB_2, {"schema": "https://other.example/"}],
    {
        "name": "https://schema.org/name",
        "sub": {"@id": "urn:sub", "@context": {"name": "urn:n", "id": "@id"}},
    },
    ["https://unknown.example/"],
]

_PROOF: Json = {
    "type": "DataIntegrityProof",
    "cryptosuite": "eddsa-rdfc-2022",
    "created": "2026-01-01T00:00:00Z",
    "verificationMethod": "did:key:z6Mk#z6Mk",
    "proofPurpose": "assertionMethod",
}
_ISSUER: Json = {"id": "https://issuer.example/", "type": ["Profile"], "name": "Issuer"}
_ACHIEVEMENT: Json = {
    "id": "https://issuer.example/badge",
    "type": ["Achievement"],
    "name": "Badge",
    "description": "A badge.",
    "criteria": {"narrative": 'Do it.\n\n"Well".'},
    "tag": ["a", "b"],
    "alignment": [{"type": ["Alignment"], "targetName": "t", "targetUrl": "https://t.example/"}],
    "resultDescription": [
        {
            "id": "urn:rd",
            "type": ["ResultDescription"],
            "name": "r",
            "allowedValue": ["A", "B"],
            "resultType": "x",
        }
    ],
}
_BADGE: Json = {
    "@context": [V2, OB],
    "id": "urn:badge",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "issuer": _ISSUER,
    "validFrom": "2026-01-01T00:00:00Z",
    "name": "Badge",
    "image": {"id": "data:,", "type": "Image", "caption": "c"},
    "credentialStatus": {
        "id": "urn:status",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "message",
        "statusListIndex": "5",
        "statusListCredential": "https://issuer.example/list",
        "statusMessage": [{"status": "0x0", "message": "valid"}],
    },
    "evidence": [{"type": ["Evidence"], "name": "e"}, {"id": "urn:e", "type": ["Evidence"], "name": "e"}],
    "credentialSubject": {
        "id": "did:example:holder",
        "type": ["AchievementSubject"],
        "creditsEarned": 1.5,
        "identifier": [
            {"type": "IdentityObject", "hashed": True, "identityHash": "x", "identityType": "name"}
        ],
        "result": [{"type": ["Result"], "value": "A", "resultDescription": "urn:rd"}],
        "achievement": _ACHIEVEMENT,
    },
    "proof": _PROOF,
}
_ENDORSEMENT: Json = {
    "@context": [V2, OB],
    "id": "urn:endorsement",
    "type": ["VerifiableCredential", "EndorsementCredential"],
    "issuer": "https://endorser.example/",
    "credentialSubject": {"id": "urn:badge", "type": ["EndorsementSubject"], "endorsementComment": "Good."},
    "proof": [_PROOF, {**_PROOF, "cryptosuite": "ecdsa-rdfc-2019"}],
}
_SMALL: list[Json] = [
    _BADGE,
    {**_BADGE, "endorsement": [_ENDORSEMENT]},
    _ENDORSEMENT,
    {"@context": [V2, OB], **_PROOF},
    {
        "@context": [V2],
        "type": "VerifiablePresentation",
        "holder": "did:x:y",
        "verifiableCredential": [_ENDORSEMENT],
    },
    {"@context": [V2, OB], "type": ["VerifiableCredential"], "name": {"@value": "a", "@language": "en"}},
    {
        "@context": [V2, CLR, OB],
        "type": ["VerifiableCredential", "ClrCredential"],
        "credentialSubject": {
            "type": ["ClrSubject"],
            "verifiableCredential": [{key: value for key, value in _BADGE.items() if key != "@context"}],
            "association": [{"type": "Association", "associationType": "isChildOf", "sourceId": "urn:a"}],
        },
    },
    {
        "@context": OB_2,
        "id": "https://issuer.example/assertion",
        "type": "Assertion",
        "recipient": {"type": "email", "hashed": False, "identity": "a@b.example"},
        "badge": {
            "id": "https://issuer.example/b",
            "type": "BadgeClass",
            "name": "b",
            "criteria": {"narrative": "n"},
        },
        "verification": {"type": "hosted"},
        "issuedOn": "2026-01-01T00:00:00Z",
        "extensions:apply": {
            "@context": APPLY,
            "type": ["Extension", "extensions:ApplyLink"],
            "url": "urn:u",
        },
    },
    {
        "@context": [V2, {"ex": "https://ex.example/", "part": "ex:part"}],
        "id": "ex:1",
        "part": {"id": "ex:2", "name": "n"},
    },
]

STRINGS = [
    *(
        "",
        "x",
        "a b",
        "\n",
        '"',
        "\\",
        "\x07",
        "\x7f",
        "\x85",
        "é",
        "漢",
        "\U0001f600",
        "\ud800",
        "\u2028",
        "<",
        "{",
    ),
    *(
        "urn:x",
        "urn:badge",
        "https://issuer.example/",
        "did:example:holder",
        "_:x",
        "_:y",
        "@foo",
        "1:x",
        "a:b:c",
    ),
    *(
        "https://relative.invalid/",
        "https://relative.invalid/x",
        "http://x/ y",
        "ex:y",
        "schema:name",
        "cred:x",
    ),
    *(
        "en",
        "EN",
        "en-US",
        "zh-Hant",
        "ltr",
        "rtl",
        "@json",
        "@vocab",
        "2026-01-01T00:00:00Z",
        "1.5E0",
        "#x",
        "//x",
    ),
    *("://", ":x", "x:", "a\n:b", "urn:x\n", "xsd:string", "http://www.w3.org/2001/XMLSchema#double", V2, OB),
]

VALUES: list[Json] = [
    *(None, True, False, 0, 1, -1, 1.0, -0.0, 1.5, 1e-7, 1e21, 2**53, 12345678901234567890, 0.1, 1 / 3),
    *([], [[]], [None], {}, [{}], ["a", ["b", None]], {"id": "urn:x"}, {"@id": "urn:x"}, {"id": "_:x"}),
    *(
        {"id": "urn:badge"},
        {"id": "urn:badge", "name": "n"},
        {"type": "Image"},
        {"type": ["Evidence"], "name": "e"},
    ),
    *({"@value": "a"}, {"@value": 1}, {"@value": None}, {"@value": "a", "@language": "en"}, {"@value": []}),
    *({"@value": "a", "@language": "EN", "@direction": "ltr"}, {"@value": "a", "@type": "urn:t"}),
    *(
        {"@value": "a", "@type": "xsd:date"},
        {"@value": 1.5, "@type": "http://www.w3.org/2001/XMLSchema#double"},
    ),
    *({"@value": {"a": 1}, "@type": "@json"}, {"@list": ["a"]}, {"@set": ["a"]}, {"@graph": [{"name": "x"}]}),
    *(
        {"@language": "en"},
        {"@language": "en", "name": "n"},
        {"@type": "Image"},
        {"@included": []},
        {"@index": "x"},
    ),
    *({"type": []}, {"type": None}, {"id": None}, {"type": ["Profile", "Achievement"], "name": "both"}),
    *(
        {"en": "a", "nl": "b"},
        {"type": "DataIntegrityProof", "proofPurpose": "assertionMethod"},
        _PROOF,
        _ISSUER,
    ),
    *(
        {"@context": V2, "type": "VerifiableCredential", "name": "n"},
        {"@context": None},
        {"type": "JsonSchema"},
    ),
    *(
        {"type": "JsonSchema", "jsonSchema": {"b": [1, None, {"a": "é"}]}},
        {"type": ["Alignment"], "targetName": "t"},
    ),
]


def _names() -> list[str]:
    """All names of the pinned contexts, keywords, and names that nobody defines."""
    found: set[str] = set()
    stack: list[Json] = [PINNED.load(url)["@context"] for url in PINNED.urls]
    while stack:
        part = stack.pop()
        if isinstance(part, dict):
            found.update(part)
            stack.extend(part.values())
        elif isinstance(part, list):
            stack.extend(part)
    often = [
        *(
            "id",
            "type",
            "name",
            "description",
            "image",
            "issuer",
            "evidence",
            "achievement",
            "proof",
            "result",
        ),
        *("criteria", "narrative", "alignment", "credentialSubject", "verifiableCredential", "proofPurpose"),
        *("allowedValue", "jsonSchema", "statusMessage", "endorsement", "holder", "sourceId"),
    ]
    odd = [
        "",
        "unknown",
        "a b",
        "@",
        "@foo",
        "urn:p",
        "https://schema.org/name",
        "ex:p",
        "schema:name",
        "_:p",
        "p:<",
    ]
    return sorted(found) + sorted(KEYWORDS) + often * 12 + odd * 3


NAMES = _names()


def seeds(conformance: Path | None = None) -> list[Json]:
    """The documents to start from: those above, and the small ones of the conformance data if it is there."""
    found: list[Json] = _SMALL * 20
    for path in sorted(conformance.rglob("*.json")) if conformance else []:
        text = path.read_text("utf-8")
        if len(text) <= LARGEST_SEED and not {"contexts", "schemas"} & set(path.parts):
            document = json.loads(text)
            if isinstance(document, dict) and "@context" in document:
                found.append(document)
    return found
