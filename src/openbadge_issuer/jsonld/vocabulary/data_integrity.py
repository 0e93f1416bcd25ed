"""Data Integrity: proofs, in version 1 and version 2 of their context (VC Data Integrity 1.0)."""

from __future__ import annotations

from typing import Final

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.jsonld.vocabulary.namespaces import DC_TERMS, SECURITY, XSD
from openbadge_issuer.jsonld.vocabulary.notation import GRAPH, ID, PROTECTED, SET, VOCAB, merged
from openbadge_issuer.jsonld.vocabulary.published import PublishedContext, PublishedState

MULTIBASE: Final = SECURITY["multibase"]
DATE_TIME: Final = XSD["dateTime"]

PROOF: Final = SECURITY("proof", coerce=ID, container=GRAPH)

# The terms that every kind of proof has, in this and in other vocabularies.
PROOF_FACTS: Final = merged(
    SECURITY("challenge domain nonce"),
    DC_TERMS("created", coerce=DATE_TIME),
    SECURITY("expires=expiration", coerce=DATE_TIME),
    SECURITY("verificationMethod", coerce=ID),
)
PROOF_PURPOSE: Final = SECURITY(
    "proofPurpose",
    coerce=VOCAB,
    scope=merged(
        PROTECTED,
        SECURITY(
            "assertionMethod authentication=authenticationMethod keyAgreement=keyAgreementMethod "
            "capabilityDelegation=capabilityDelegationMethod capabilityInvocation=capabilityInvocationMethod",
            coerce=ID,
            container=SET,
        ),
    ),
)
PROOF_VALUE: Final = SECURITY("proofValue", coerce=MULTIBASE)

DATA_INTEGRITY_PROOF: Final[JsonObject] = SECURITY.cls(
    "DataIntegrityProof",
    PROOF_FACTS,
    PROOF_PURPOSE,
    PROOF_VALUE,
    SECURITY("cryptosuite", coerce=SECURITY["cryptosuiteString"]),
    SECURITY("previousProof", coerce=ID),
)
_DATA_INTEGRITY_PROOF_1: Final = SECURITY.cls(
    "DataIntegrityProof", PROOF_FACTS, PROOF_PURPOSE, PROOF_VALUE, SECURITY("cryptosuite")
)

PUBLISHED: Final = (
    PublishedContext(
        "https://w3id.org/security/data-integrity/v2",
        (
            PublishedState(
                "data-integrity-v2",
                "67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4",
                "2025-05-15",
                merged(PROTECTED, PROOF, DATA_INTEGRITY_PROOF),
            ),
        ),
    ),
    PublishedContext(
        "https://w3id.org/security/data-integrity/v1",
        (
            PublishedState(
                "data-integrity-v1",
                "b5d829bd09aa7c42abc6efa0c8ed7635313b5487f37ccfce3ecd149ca9418554",
                "",
                merged(PROTECTED, PROOF, _DATA_INTEGRITY_PROOF_1),
            ),
        ),
    ),
)
