"""Ed25519Signature2020 and its keys, the proof type that eddsa-rdfc-2022 replaced."""

from __future__ import annotations

from typing import Final

from openbadge_issuer.jsonld.vocabulary.data_integrity import (
    DATE_TIME,
    MULTIBASE,
    PROOF,
    PROOF_FACTS,
    PROOF_PURPOSE,
    PROOF_VALUE,
)
from openbadge_issuer.jsonld.vocabulary.namespaces import SECURITY
from openbadge_issuer.jsonld.vocabulary.notation import ID, PROTECTED, merged
from openbadge_issuer.jsonld.vocabulary.published import PublishedContext, PublishedState

PUBLISHED: Final = (
    PublishedContext(
        "https://w3id.org/security/suites/ed25519-2020/v1",
        (
            PublishedState(
                "ed25519-2020-v1",
                "b9e1ab971fd8bf2c7553e0c4a9438e0b9450afde1ea1ca5b2492368b9f549588",
                "",
                merged(
                    PROTECTED,
                    PROOF,
                    SECURITY.cls(
                        "Ed25519VerificationKey2020",
                        SECURITY("controller", coerce=ID),
                        SECURITY("revoked", coerce=DATE_TIME),
                        SECURITY("publicKeyMultibase", coerce=MULTIBASE),
                    ),
                    SECURITY.cls("Ed25519Signature2020", PROOF_FACTS, PROOF_PURPOSE, PROOF_VALUE),
                ),
            ),
        ),
    ),
)
