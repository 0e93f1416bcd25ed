"""Open Badges 2.0: its context in both published states, and that of the Badge Connect API (2.1)."""

from __future__ import annotations

from typing import Final

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.jsonld.vocabulary.namespaces import DC_TERMS, SECURITY, XSD
from openbadge_issuer.jsonld.vocabulary.notation import ALIASES, ID, SET, Namespace, changed, merged
from openbadge_issuer.jsonld.vocabulary.published import PublishedContext, PublishedState

OBI: Final = Namespace("https://w3id.org/openbadges#")
EXTENSIONS: Final = Namespace("https://w3id.org/openbadges/extensions#")
SCHEMA_HTTP: Final = Namespace("http://schema.org/")
DATE_TIME: Final = "xsd:dateTime"

_NAME = Namespace("obi:")
_OBI = Namespace("obi:", objects=True)
_CRED = Namespace("cred:")
_DC = Namespace("dc:")
_SCHEMA = Namespace("schema:", objects=True)
_SEC = Namespace("sec:")

_CORRECTED: JsonObject = merged(
    ALIASES,
    {"extensions": EXTENSIONS[""], "obi": OBI[""], "cred": "https://w3id.org/credentials#"},
    {"dc": DC_TERMS[""], "schema": SCHEMA_HTTP[""], "sec": SECURITY[""], "xsd": XSD[""]},
    _NAME("Assertion BadgeClass Criteria Evidence Extension FrameValidation IdentityObject Image Issuer"),
    _NAME("Profile RevocationList TypeValidation VerificationObject"),
    _NAME("HostedBadge hosted=HostedBadge SignedBadge signed=SignedBadge"),
    _NAME("validation validatesType validationFrame validationSchema"),
    Namespace("schema:")("AlignmentObject"),
    _SEC("CryptographicKey=Key"),
    _CRED("Endorsement=Credential"),
    _CRED("claim endorsement=credential", coerce=ID),
    _DC("related=relation creator", coerce=ID),
    _DC("created", coerce=DATE_TIME),
    _SEC("owner publicKey", coerce=ID),
    _SEC("expires=expiration", coerce=DATE_TIME),
    Namespace("sec:", objects=True)("publicKeyPem"),
    Namespace("http://purl.org/dqm-vocabulary/v1/dqm#", objects=True)("startsWith"),
    _SCHEMA("author image url", coerce=ID),
    _SCHEMA("caption description email genre name tags=keywords telephone version"),
    _SCHEMA("targetDescription targetFramework=educationalFramework targetName targetUrl"),
    _OBI("alignment badge criteria evidence issuer recipient revocationList", coerce=ID),
    _OBI("verification=verify", coerce=ID),
    {"verify": "verification"},  # sic: a term whose value is a term
    _OBI("hashed revoked", coerce="xsd:boolean"),
    _OBI("revokedAssertions=revoked"),  # sic: the IRI of `revoked`
    _OBI("issuedOn=issueDate", coerce=DATE_TIME),
    _OBI("allowedOrigins audience endorsementComment identity=identityHash narrative revocationReason"),
    _OBI("salt targetCode uid verificationProperty"),
)
_FIRST = changed(_CORRECTED, _SCHEMA("targetFramework"))

_BADGE_CONNECT: JsonObject = merged(
    ALIASES,
    {"obi": "https://purl.imsglobal.org/spec/ob/vocab#", "xsd": XSD[""]},
    _NAME("dtAssertion dtBadgeConnectAPI dtProfile dtStatus dtStatusResponse"),
    _OBI("dtCompactJWS", coerce="xsd:string"),
    _OBI("dtIRI", coerce="xsd:normalizedString"),
    _OBI("dtURL", coerce="xsd:anyURI"),
    # Sic: members have the IRIs of data types, so that different members share one.
    _NAME("apiBase=dtURL authorizationUrl=dtURL privacyPolicyUrl=dtURL registrationUrl=dtURL"),
    _NAME("termsOfServiceUrl=dtURL tokenRevocationUrl=dtURL tokenUrl=dtURL"),
    _NAME("assertion=dtAssertion profile=dtProfile signedAssertion=dtCompactJWS status=dtStatus"),
    _NAME("statusText=StatusTextEnumDType"),
    _OBI("assertions=dtAssertion badgeConnectAPI=dtBadgeConnectAPI", container=SET),
    _OBI("signedAssertions=dtCompactJWS", container=SET),
    _OBI("scopesOffered", coerce="xsd:anyURI", container=SET),
    _OBI("image", coerce="xsd:anyURI"),
    _OBI("error name version", coerce="xsd:string"),
    _OBI("statusCode", coerce="xsd:integer"),
)

PUBLISHED: Final = (
    PublishedContext(
        "https://w3id.org/openbadges/v2",
        (
            PublishedState(
                "ob-2.0",
                "3c0c25a0e581c64cbe632197377c4f334c6c0b95f0d90e3b74449781612b153d",
                "2020-11-10",
                _CORRECTED,
            ),
            PublishedState(
                "ob-2.0-2019",
                "393a890d7d95eb3a86f5f12309648a64c2d0676e5270e2967b5341a2dcea13d2",
                "2019-08-23",
                _FIRST,
            ),
        ),
        ("https://openbadgespec.org/v2/context.json",),
    ),
    PublishedContext(
        "https://purl.imsglobal.org/spec/ob/v2p1/ob_v2p1.jsonld",
        (
            PublishedState(
                "ob-2.1-badge-connect",
                "4fcbe253b159dc04c7f79b12a46d529b5e9f0283d75a9686c6a121fe94a795df",
                "2020-11-05",
                _BADGE_CONNECT,
            ),
        ),
        ("https://purl.imsglobal.org/spec/ob/v2p1/context/ob_v2p1.jsonld",),
    ),
)
