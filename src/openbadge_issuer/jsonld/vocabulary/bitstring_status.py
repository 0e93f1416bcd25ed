"""Bitstring status lists (Bitstring Status List 1.0); credentials v2 holds the same terms."""

from __future__ import annotations

from typing import Final

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.jsonld.vocabulary.data_integrity import MULTIBASE
from openbadge_issuer.jsonld.vocabulary.namespaces import STATUS, XSD_SIC
from openbadge_issuer.jsonld.vocabulary.notation import ID, PROTECTED, merged
from openbadge_issuer.jsonld.vocabulary.published import PublishedContext, PublishedState

BITSTRING_STATUS: Final[JsonObject] = merged(
    STATUS("BitstringStatusListCredential"),
    STATUS.cls("BitstringStatusList", STATUS("encodedList", coerce=MULTIBASE), STATUS("statusPurpose ttl")),
    STATUS.cls(
        "BitstringStatusListEntry",
        STATUS("statusListIndex statusPurpose"),
        STATUS("statusListCredential statusReference", coerce=ID),
        STATUS("statusSize", coerce=XSD_SIC["integer"]),  # sic
        STATUS.cls("statusMessage", STATUS("message status")),
    ),
)

PUBLISHED: Final = (
    PublishedContext(
        "https://www.w3.org/ns/credentials/status/v1",
        (
            PublishedState(
                "bitstring-status-v1",
                "fda5add353231e6a6884a46b12e6c75464281900cb348284d9c360f62381d9f7",
                "2025-05-15",
                merged(PROTECTED, BITSTRING_STATUS),
            ),
        ),
    ),
)
