"""Open Badges 3.0: contexts 3.0.1 and 3.0.0, which gave every text a datatype and protected nothing."""

from __future__ import annotations

from typing import Final

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.jsonld.vocabulary.namespaces import SCHEMA, XSD_SIC
from openbadge_issuer.jsonld.vocabulary.notation import (
    ALIASES,
    ID,
    SET,
    Namespace,
    changed,
    merged,
    without,
)
from openbadge_issuer.jsonld.vocabulary.open_badges_3 import OB as _OB_3
from openbadge_issuer.jsonld.vocabulary.published import PublishedContext, PublishedState

_NO_HEAD: JsonObject = {}
_OB = Namespace(_OB_3[""], objects=True, head=_NO_HEAD)
_SCHEMA = Namespace(SCHEMA[""], objects=True, head=_NO_HEAD)

# Sic: xsd is declared, but under https.
_XSD_PREFIX: JsonObject = {"xsd": XSD_SIC[""]}
_ANY_URI = "xsd:anyURI"
_DATE = "xsd:date"
_FLOAT = "xsd:float"
_TEXT = "xsd:string"

_ACHIEVEMENT = _OB.cls(
    "Achievement",
    _OB("achievementType fieldOfStudy humanCode specialization version", coerce=_TEXT),
    _OB("alignment otherIdentifier related resultDescription", container=SET),
    _OB("creator"),
    _OB("creditsAvailable", coerce=_FLOAT),
    _OB("criteria=Criteria image=Image", coerce=ID),  # sic: IRIs of classes
    _SCHEMA("tag=keywords", coerce=_TEXT, container=SET),
)
_SUBJECTS = merged(
    _OB.cls(
        "AchievementSubject",
        _OB("achievement=achievement-0"),  # sic
        _OB("activityEndDate activityStartDate", coerce=_DATE),  # sic: date-times in the data model
        _OB("creditsEarned", coerce=_FLOAT),
        _OB("identifier result", container=SET),
        _OB("image=Image source", coerce=ID),  # sic
        _OB("licenseNumber role term", coerce=_TEXT),
    ),
    _OB.cls("EndorsementSubject", _OB("endorsementComment", coerce=_TEXT)),
)
_PROFILE = _OB.cls(
    "Profile",
    _SCHEMA("additionalName email familyName givenName honorificPrefix honorificSuffix", coerce=_TEXT),
    _OB("familyNamePrefix official patronymicName phone", coerce=_TEXT),
    _OB("address image=Image parentOrg", coerce=ID),  # sic
    _OB("dateOfBirth", coerce=_DATE),
    _OB("otherIdentifier", container=SET),
)
_PARTS_OF_A_PROFILE = merged(
    _OB.cls(
        "Address",
        _SCHEMA(
            "addressCountry addressLocality addressRegion postOfficeBoxNumber postalCode streetAddress",
            coerce=_TEXT,
        ),
        _OB("addressCountryCode=CountryCode", coerce=_TEXT),  # sic
        _OB("geo=GeoCoordinates"),  # sic
    ),
    _OB.cls("GeoCoordinates", _SCHEMA("latitude longitude", coerce=_TEXT)),  # sic: numbers as text
    _OB.cls("IdentifierEntry", _OB("identifier identifierType", coerce=_TEXT)),
    _OB.cls(
        "IdentityObject",
        _OB("identityHash identityType salt", coerce=_TEXT),
        _OB("hashed", coerce="xsd:boolean"),
    ),
    _OB.cls("Image", _SCHEMA("caption", coerce=_TEXT)),
)
_ALIGNMENT = merged(
    _OB("targetCode targetType", coerce=_TEXT),
    _SCHEMA("targetDescription targetFramework targetName", coerce=_TEXT),
    _SCHEMA("targetUrl", coerce=_ANY_URI),
)
_PARTS_OF_AN_ACHIEVEMENT = merged(
    _SCHEMA.cls("Alignment=AlignmentObject", _ALIGNMENT),
    _OB.cls("Related", _OB("version", coerce=_TEXT)),
    _OB.cls("Evidence", _SCHEMA("audience genre", coerce=_TEXT)),
)
_RESULTS = merged(
    _OB.cls(
        "Result",
        _OB("achievedLevel resultDescription", coerce=_ANY_URI),
        _OB("status", coerce=_TEXT),
        _SCHEMA("value", coerce=_TEXT),
    ),
    _OB.cls(
        "ResultDescription",
        _OB("allowedValue", coerce=_TEXT, container=SET),
        _OB("requiredLevel", coerce=_ANY_URI),
        _OB("requiredValue resultType valueMax valueMin", coerce=_TEXT),
        _OB("rubricCriterionLevel", container=SET),
    ),
    _OB.cls("RubricCriterionLevel", _OB("level points", coerce=_TEXT)),
)

_CONTEXT_3_0_1: JsonObject = merged(
    ALIASES,
    _XSD_PREFIX,
    _OB("OpenBadgeCredential EndorsementCredential Criteria"),
    Namespace("", objects=True)("AchievementCredential=OpenBadgeCredential"),  # sic: a term for a term
    _ACHIEVEMENT,
    _SUBJECTS,
    _PROFILE,
    _PARTS_OF_A_PROFILE,
    _PARTS_OF_AN_ACHIEVEMENT,
    _RESULTS,
    _OB("alignment endorsement", container=SET),
    _OB("awardedDate", coerce="xsd:dateTime"),
    _OB("image", coerce=ID),
    _OB("narrative", coerce=_TEXT),
    _SCHEMA("name description", coerce=_TEXT),
    _SCHEMA("url", coerce=_ANY_URI),
)


def _sets_of(cls: str, names: str) -> JsonObject:
    return _OB(names, coerce=_OB[cls], container=SET)


# Sic: 3.0.0 writes classes where datatypes belong, and gives members the IRIs of classes.
_CONTEXT_3_0_0 = without(
    _CONTEXT_3_0_1, "awardedDate Achievement/image AchievementSubject/image Profile/image"
)
for _definitions, _classes in (
    (_sets_of("Alignment", "alignment"), ""),
    (_sets_of("EndorsementCredential", "endorsement"), ""),
    (_OB("image", coerce=_OB["Image"]), ""),
    (_SCHEMA.cls("Alignment", _ALIGNMENT), ""),
    (_sets_of("Alignment", "alignment"), "Achievement"),
    (_OB("creator=Profile"), "Achievement"),
    (_sets_of("IdentifierEntry", "otherIdentifier"), "Achievement Profile"),
    (_sets_of("Related", "related"), "Achievement"),
    (_sets_of("ResultDescription", "resultDescription"), "Achievement"),
    (_OB("achievement=Achievement"), "AchievementSubject"),
    (_sets_of("IdentityObject", "identifier"), "AchievementSubject"),
    (_sets_of("Result", "result"), "AchievementSubject"),
    (_OB("source", coerce=_OB["Profile"]), "AchievementSubject"),
    (_OB("address=Address"), "Profile"),
    (_OB("parentOrg phone=PhoneNumber", coerce=_TEXT), "Profile"),
    (_sets_of("RubricCriterionLevel", "rubricCriterionLevel"), "ResultDescription"),
):
    _CONTEXT_3_0_0 = changed(_CONTEXT_3_0_0, _definitions, at=_classes)

PUBLISHED: Final = (
    PublishedContext(
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
        (
            PublishedState(
                "ob-3.0.1",
                "5f3d9dd6288ef437ff8286cf95ffbff609c748a66f24a1e9450c45ca64be1571",
                "2026-07-03",
                _CONTEXT_3_0_1,
            ),
        ),
    ),
    PublishedContext(
        "https://purl.imsglobal.org/spec/ob/v3p0/context.json",
        (
            PublishedState(
                "ob-3.0.0",
                "b077fa134d909d92c1dcd1c153f2af1b244aeb415967fdc1467d7fc5dd48ac10",
                "2022-11-04",
                _CONTEXT_3_0_0,
            ),
        ),
        aliases=("https://purl.imsglobal.org/spec/ob/v3p0/context/ob_v3p0.jsonld",),
    ),
)
