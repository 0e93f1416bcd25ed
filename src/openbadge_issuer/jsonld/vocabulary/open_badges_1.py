"""Open Badges 1.1 with the general context that it begins with, and the context made afterwards for 0.5."""

from __future__ import annotations

from typing import Final

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.jsonld.vocabulary.namespaces import DC_TERMS, SECURITY, XSD
from openbadge_issuer.jsonld.vocabulary.notation import ALIASES, ID, Namespace, merged, plus, without
from openbadge_issuer.jsonld.vocabulary.open_badges_2 import DATE_TIME, EXTENSIONS, OBI, SCHEMA_HTTP
from openbadge_issuer.jsonld.vocabulary.published import PublishedContext, PublishedState

_LEGACY_V1 = "https://w3id.org/openbadges/legacy-v1"

_NAME = Namespace("obi:")
_OBI = Namespace("obi:", objects=True)
_SCHEMA = Namespace("schema:", objects=True)

_TERMS: JsonObject = merged(
    ALIASES,
    {"obi": OBI[""], "extensions": EXTENSIONS[""]},
    {"xsd": XSD[""], "schema": SCHEMA_HTTP[""], "sec": SECURITY[""]},
    _NAME("Assertion BadgeClass Issuer IssuerOrg=Issuer Extension"),
    _NAME("hosted=HostedBadge signed=SignedBadge TypeValidation FrameValidation"),
    _NAME("validation validatesType validationSchema validationFrame"),
    _SCHEMA("name description tags=keywords"),
    Namespace("schema:")("email"),
    _SCHEMA("url image", coerce=ID),
    _OBI("uid salt identity=identityHash"),
    _OBI("hashed", coerce="xsd:boolean"),
    _OBI("recipient evidence verify badge criteria alignment issuer revocationList", coerce=ID),
    _OBI("issuedOn=issueDate", coerce=DATE_TIME),
    Namespace("sec:")("expires=expiration", coerce=DATE_TIME),
)
_TERMS_0_5 = plus(without(_TERMS, "IssuerOrg sec"), {"issued_on": "issuedOn"})  # sic: `expires` needs sec

_SEC = Namespace("sec:")
_OB = Namespace("ob:")
_BARE_SCHEMA = Namespace("schema:")
_LEGACY: JsonObject = merged(
    ALIASES,
    {"ob": OBI[""], "dc": DC_TERMS[""], "schema": SCHEMA_HTTP[""], "sec": SECURITY[""], "xsd": XSD[""]},
    {"rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#"},
    _OB("alignment badge badgeOffer badgeTemplate criteria evidence issuer recipient", coerce=ID),
    _OB("issued", coerce=DATE_TIME),
    _OB("Badge BadgeOffer BadgeTemplate Identity recipientEmail recipientPassword tag"),
    _BARE_SCHEMA("about address image url", coerce=ID),
    _BARE_SCHEMA("addressCountry addressLocality addressRegion description email familyName givenName"),
    _BARE_SCHEMA("name postalCode streetAddress PostalAddress"),
    Namespace("rdfs:")("comment label"),
    Namespace("dc:")("title"),
    Namespace("dc:")("creator", coerce=ID),
    Namespace("dc:")("created", coerce=DATE_TIME),
    Namespace("https://w3id.org/identity#")("identityService", coerce=ID),
    _SEC("claim credential owner privateKey publicKey publicKeyService", coerce=ID),
    _SEC("expires=expiration revoked", coerce=DATE_TIME),
    _SEC("cipherAlgorithm cipherData cipherKey digestAlgorithm digestValue domain initializationVector"),
    _SEC("nonce normalizationAlgorithm password privateKeyPem publicKeyPem"),
    _SEC("signature signatureAlgorithm signatureValue"),
    _SEC("CryptographicKey=Key EncryptedMessage GraphSignature2012"),
)


def _schemas(version: str, *classes: str) -> JsonObject:
    """What stands beside the terms: where the JSON Schemas of the classes were published."""
    rows: list[JsonValue] = [
        {
            "type": "TypeValidation",
            "validatesType": name,
            "validationSchema": f"https://openbadgespec.org/{version}/schema/{name.lower()}.json",
        }
        for name in classes
    ]
    return {"validation": rows}


PUBLISHED: Final = (
    PublishedContext(
        "https://w3id.org/openbadges/v1",
        (
            PublishedState(
                "ob-1.1",
                "406ec07d0e758a41e84bac6361d29e391188492eb25f7efc51bfa19d8b2db810",
                "",
                [_LEGACY_V1, _TERMS],
                _schemas("v1", "Assertion", "BadgeClass", "Issuer", "Extension"),
            ),
        ),
        ("https://openbadgespec.org/v1/context.json",),
    ),
    PublishedContext(
        "https://openbadgespec.org/v0/context.json",
        (
            PublishedState(
                "ob-0.5",
                "e29df6c24e6a8b82ac66824aecace9447c3912bb73fbfc062c5abe95f8125479",
                "",
                _TERMS_0_5,
                _schemas("v0", "Assertion"),
            ),
        ),
    ),
    PublishedContext(
        _LEGACY_V1,
        (
            PublishedState(
                "ob-legacy-v1",
                "43b1b387cae8d65b16182d2c89ff1e8e90c221d2f88a2164d324978ba8930db9",
                "",
                _LEGACY,
            ),
        ),
    ),
)
