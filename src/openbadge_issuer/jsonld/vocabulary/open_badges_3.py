"""Open Badges 3.0: contexts 3.0.3, in the states that it has had, and 3.0.2.

Context 3.0.3 was changed in place after its release; each change added terms, so a credential that uses
one of them has other canonical bytes under an older copy. Not kept are a draft with numbered IRIs, and a
content without the top-level `image` that was published for three minutes.
"""

from __future__ import annotations

from typing import Final

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.jsonld.vocabulary.namespaces import SCHEMA, XSD_SIC
from openbadge_issuer.jsonld.vocabulary.notation import (
    ID,
    LIST,
    PROTECTED,
    SET,
    Namespace,
    changed,
    merged,
    without,
)
from openbadge_issuer.jsonld.vocabulary.published import PublishedContext, PublishedState

OB: Final = Namespace("https://purl.imsglobal.org/spec/vc/ob/vocab.html#", objects=True)
_SCHEMA = Namespace(SCHEMA[""], objects=True)
_JWT = Namespace("https://www.iana.org/assignments/jwt#")
_TERMS = Namespace("", objects=True)

# Sic: all datatypes stand under https, which is not the namespace of XML Schema.
_ANY_URI = XSD_SIC["anyURI"]
_BOOLEAN = XSD_SIC["boolean"]
_DATE = XSD_SIC["date"]
_FLOAT = XSD_SIC["float"]

_ACHIEVEMENT = OB.cls(
    "Achievement",
    OB("achievementType creator fieldOfStudy humanCode specialization version"),
    OB("alignment otherIdentifier related resultDescription", container=SET),
    OB("creditsAvailable", coerce=_FLOAT),
    OB("criteria=Criteria image", coerce=ID),  # sic: criteria has the IRI of the class
    _SCHEMA("tag=keywords", container=SET),
    _SCHEMA("inLanguage"),
)
_SUBJECTS = merged(
    OB.cls(
        "AchievementSubject",
        OB("achievement licenseNumber role term"),
        OB("activityEndDate activityStartDate", coerce=_DATE),  # sic: date-times in the data model
        OB("creditsEarned", coerce=_FLOAT),
        OB("identifier result", container=SET),
        OB("image source", coerce=ID),
    ),
    OB.cls("EndorsementSubject", OB("endorsementComment")),
)
_PROFILE = OB.cls(
    "Profile",
    _SCHEMA("additionalName email familyName givenName honorificPrefix honorificSuffix"),
    OB("familyNamePrefix official patronymicName phone"),
    OB("address image parentOrg", coerce=ID),
    OB("dateOfBirth", coerce=_DATE),
    OB("otherIdentifier", container=SET),
)
_PARTS_OF_A_PROFILE = merged(
    OB.cls(
        "Address",
        _SCHEMA("addressCountry addressLocality addressRegion postOfficeBoxNumber postalCode streetAddress"),
        OB("addressCountryCode=CountryCode geo=GeoCoordinates"),  # sic: IRIs of classes
    ),
    OB.cls("GeoCoordinates", _SCHEMA("latitude longitude")),
    OB.cls("IdentifierEntry", OB("identifier identifierType")),
    OB.cls("IdentityObject", OB("identityHash identityType salt"), OB("hashed", coerce=_BOOLEAN)),
    OB.cls("Image", _SCHEMA("caption")),
)
_PARTS_OF_AN_ACHIEVEMENT = merged(
    _SCHEMA.cls(
        "Alignment=AlignmentObject",
        OB("targetCode targetType"),
        _SCHEMA("targetDescription targetFramework targetName"),
        _SCHEMA("targetUrl", coerce=_ANY_URI),
    ),
    OB.cls("Related", OB("version"), _SCHEMA("inLanguage")),
    OB.cls("Evidence", _SCHEMA("audience genre")),
)
_RESULTS = merged(
    OB.cls("Result", OB("achievedLevel resultDescription", coerce=_ANY_URI), OB("status"), _SCHEMA("value")),
    OB.cls(
        "ResultDescription",
        OB("allowedValue", container=LIST),
        OB("requiredLevel", coerce=_ANY_URI),
        OB("requiredValue resultType valueMax valueMin"),
        OB("rubricCriterionLevel", container=SET),
    ),
    OB.cls("RubricCriterionLevel", OB("level points")),
)

_SERVED: JsonObject = merged(
    PROTECTED,
    OB("OpenBadgeCredential EndorsementCredential Criteria"),
    _TERMS("AchievementCredential=OpenBadgeCredential"),  # sic: a term whose value is a term
    _ACHIEVEMENT,
    _SUBJECTS,
    _PROFILE,
    _PARTS_OF_A_PROFILE,
    _PARTS_OF_AN_ACHIEVEMENT,
    _RESULTS,
    OB("narrative"),
    OB("alignment endorsement endorsementJwt", container=SET),
    OB("image", coerce=ID),
    OB("awardedDate", coerce="xsd:dateTime"),  # sic: the prefix xsd is not declared
    _SCHEMA("name description inLanguage"),
    _SCHEMA("url", coerce=_ANY_URI),
    _JWT("jti", coerce=ID),
)
_MARCH_2024 = without(_SERVED, "endorsementJwt jti")
_JANUARY_2024 = without(_MARCH_2024, "awardedDate")
_DECEMBER_2023 = without(_JANUARY_2024, "inLanguage Achievement/inLanguage Related/inLanguage")

_CONTEXT_3_0_2 = changed(
    changed(
        changed(_DECEMBER_2023, OB("image=Image", coerce=ID)),  # sic: the IRI of the class
        OB("image=Image", coerce=ID),
        at="Achievement AchievementSubject Profile",
    ),
    OB("achievement=achievement-0"),  # sic
    at="AchievementSubject",
)

PUBLISHED: Final = (
    PublishedContext(
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        (
            PublishedState(
                "ob-3.0.3",
                "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
                "2026-07-03",
                _SERVED,
            ),
            PublishedState(
                "ob-3.0.3-2024-03",
                "ef2fa9c7846dce233cc166b43639027278be4ee44f00bb1d45c75de2dd0cd761",
                "2024-03-04",
                _MARCH_2024,
            ),
            PublishedState(
                "ob-3.0.3-2024-01",
                "dea144f0eca8b7c56b1234be1cfc9dd082cd072385420a682bdb204b8c04c9f3",
                "2024-01-24",
                _JANUARY_2024,
            ),
            PublishedState(
                "ob-3.0.3-2023-12",
                "c3ce8c088478065f19e1c926b8b0eff5ebfde3b68d071c7c0dcc63d31a859c1d",
                "2023-12-13",
                _DECEMBER_2023,
            ),
        ),
    ),
    PublishedContext(
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json",
        (
            PublishedState(
                "ob-3.0.2",
                "00666ad080ba407687ed1846b7f5e7495f5019042b202a727de47c48a1755c53",
                "2023-07-14",
                _CONTEXT_3_0_2,
            ),
        ),
    ),
)
