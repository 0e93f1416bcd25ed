"""Verifiable credentials and presentations of the data model 2.0, with what its context brings along."""

from __future__ import annotations

from typing import Final

from openbadge_issuer.jsonld.vocabulary.bitstring_status import BITSTRING_STATUS
from openbadge_issuer.jsonld.vocabulary.data_integrity import (
    DATA_INTEGRITY_PROOF,
    DATE_TIME,
    MULTIBASE,
    PROOF,
)
from openbadge_issuer.jsonld.vocabulary.namespaces import CREDENTIALS, SCHEMA, SECURITY, XSD_SIC
from openbadge_issuer.jsonld.vocabulary.notation import GRAPH, ID, JSON, PROTECTED, Namespace, merged
from openbadge_issuer.jsonld.vocabulary.published import PublishedContext, PublishedState

_JWT = Namespace("https://www.iana.org/assignments/jwt#", objects=True)
_JOSE = Namespace("https://www.iana.org/assignments/jose#")
_WHOLE_NUMBER = XSD_SIC["nonNegativeInteger"]  # sic

_CREDENTIAL = CREDENTIALS.cls(
    "VerifiableCredential",
    SCHEMA("name description"),
    CREDENTIALS(
        "confidenceMethod credentialSchema credentialStatus credentialSubject evidence issuer "
        "refreshService relatedResource renderMethod termsOfUse",
        coerce=ID,
    ),
    CREDENTIALS("validFrom validUntil", coerce=DATE_TIME),
    PROOF,
)
_PRESENTATION = CREDENTIALS.cls(
    "VerifiablePresentation",
    CREDENTIALS("holder termsOfUse", coerce=ID),
    CREDENTIALS("verifiableCredential", coerce=ID, container=GRAPH, scope=None),
    PROOF,
)

# Names of JWT members; some stand in the JOSE registry's namespace. Sic: iss and sub are claims.
_TOKEN = merged(
    _JWT("... _sd_alg"),
    _JWT("_sd", coerce=JSON),
    _JWT("aud", coerce=ID),
    _JWT("exp iat nbf", coerce=_WHOLE_NUMBER),
    # Sic: the scope of cnf has no aliases for id and type.
    _JWT("cnf", scope=merged({"@protected": True}, _JWT("kid", coerce=ID), _JWT("jwk", coerce=JSON))),
    _JOSE("iss jku kid sub x5u", coerce=ID),
)

PUBLISHED: Final = (
    PublishedContext(
        "https://www.w3.org/ns/credentials/v2",
        (
            PublishedState(
                "credentials-v2",
                "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
                "2025-05-15",
                merged(
                    PROTECTED,
                    SCHEMA("name description"),
                    Namespace(SCHEMA[""], objects=True)("mediaType=encodingFormat"),  # sic: an object
                    SECURITY("digestMultibase", coerce=MULTIBASE),
                    CREDENTIALS("digestSRI", coerce=CREDENTIALS["sriString"]),
                    _CREDENTIAL,
                    _PRESENTATION,
                    CREDENTIALS("EnvelopedVerifiableCredential EnvelopedVerifiablePresentation"),
                    CREDENTIALS("JsonSchemaCredential"),
                    CREDENTIALS.cls("JsonSchema", CREDENTIALS("jsonSchema", coerce=JSON)),
                    BITSTRING_STATUS,
                    DATA_INTEGRITY_PROOF,
                    _TOKEN,
                ),
            ),
        ),
    ),
)
