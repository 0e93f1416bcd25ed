"""Verifiable credentials and presentations of the data model 1.1, with the proof types of its time."""

from __future__ import annotations

from typing import Final

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.jsonld.vocabulary.data_integrity import PROOF
from openbadge_issuer.jsonld.vocabulary.namespaces import CREDENTIALS, DC_TERMS, SECURITY, XSD
from openbadge_issuer.jsonld.vocabulary.notation import (
    GRAPH,
    ID,
    PROTECTED,
    SET,
    VOCAB,
    Namespace,
    merged,
    without,
)
from openbadge_issuer.jsonld.vocabulary.published import PublishedContext, PublishedState

_VERSIONED: JsonObject = {"@version": 1.1, **PROTECTED}

# This context declares prefixes in each scope and writes its terms with them.
_CRED_PREFIX: JsonObject = {"cred": CREDENTIALS[""]}
_SEC_PREFIX: JsonObject = {"sec": SECURITY[""]}
_XSD_PREFIX: JsonObject = {"xsd": XSD[""]}
_CRED = Namespace("cred:")
_SEC = Namespace("sec:")
_DATE_TIME = "xsd:dateTime"

_CLASSES = Namespace(CREDENTIALS[""], head=_VERSIONED)
_PROOF_TYPES = Namespace(SECURITY[""], head=_VERSIONED)
_SCOPED_PROOF = _SEC("proof", coerce=ID, container=GRAPH)


def _kinds(name: str) -> JsonObject:
    """Scope a member to the one kind of value that this context knows for it."""
    return merged(_VERSIONED, _CRED_PREFIX, _CRED(name))


_CREDENTIAL = _CLASSES.cls(
    "VerifiableCredential",
    _CRED_PREFIX,
    _SEC_PREFIX,
    _XSD_PREFIX,
    _CRED("credentialStatus credentialSubject evidence holder issuer termsOfUse", coerce=ID),
    _CRED("credentialSchema", coerce=ID, scope=_kinds("JsonSchemaValidator2018")),
    _CRED("refreshService", coerce=ID, scope=_kinds("ManualRefreshService2018")),
    _CRED("expirationDate issuanceDate issued validFrom validUntil", coerce=_DATE_TIME),
    _SCOPED_PROOF,
)
_PRESENTATION = _CLASSES.cls(
    "VerifiablePresentation",
    _CRED_PREFIX,
    _SEC_PREFIX,
    _CRED("holder", coerce=ID),
    _CRED("verifiableCredential", coerce=ID, container=GRAPH),
    _SCOPED_PROOF,
)
_PURPOSES = _SEC("assertionMethod authentication=authenticationMethod", coerce=ID, container=SET)


def _proof_type(name: str) -> JsonObject:
    return _PROOF_TYPES.cls(
        name,
        _SEC_PREFIX,
        _XSD_PREFIX,
        _SEC("challenge domain jws nonce proofValue"),
        DC_TERMS("created", coerce=_DATE_TIME),
        _SEC("expires=expiration", coerce=_DATE_TIME),
        _SEC("verificationMethod", coerce=ID),
        _SEC("proofPurpose", coerce=VOCAB, scope=merged(_VERSIONED, _SEC_PREFIX, _PURPOSES)),
    )


# Sic: RsaSignature2018 declares neither the aliases nor the prefixes, so its `sec:` and `xsd:` are IRIs as
# they stand; only in the scope of its proofPurpose `sec` is a prefix.
_RSA = without(
    _proof_type("RsaSignature2018"),
    "RsaSignature2018/id RsaSignature2018/type RsaSignature2018/sec RsaSignature2018/xsd",
)

PUBLISHED: Final = (
    PublishedContext(
        "https://www.w3.org/2018/credentials/v1",
        (
            PublishedState(
                "credentials-v1",
                "ab4ddd9a531758807a79a5b450510d61ae8d147eab966cc9a200c07095b0cdcc",
                "2022-03-03",
                merged(
                    _VERSIONED,
                    _CREDENTIAL,
                    _PRESENTATION,
                    _proof_type("EcdsaSecp256k1Signature2019"),
                    _proof_type("EcdsaSecp256r1Signature2019"),
                    _proof_type("Ed25519Signature2018"),
                    _RSA,
                    PROOF,
                ),
            ),
        ),
    ),
)
