"""Extensions of Open Badges 3.0: the 1EdTech credential services, and the extensions of its repository."""

from __future__ import annotations

from typing import Final

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.jsonld.vocabulary.namespaces import SCHEMA
from openbadge_issuer.jsonld.vocabulary.notation import (
    ALIASES,
    ID,
    PROTECTED,
    SET,
    Namespace,
    merged,
)
from openbadge_issuer.jsonld.vocabulary.published import PublishedContext, PublishedState

_BARE: JsonObject = {}
_OB = Namespace("https://purl.imsglobal.org/spec/vc/ob/vocab.html#", head=_BARE)
_EXTENSIONS = Namespace("https://w3id.org/openbadges/extensions#")

# Sic: these contexts write schema.org with http, the Open Badges context with https.
_SCHEMA_PREFIX: JsonObject = {"schema": "http://schema.org/"}
_EXTENSIONS_PREFIX: JsonObject = {"extensions": _EXTENSIONS[""]}
_SCHEMA = Namespace("schema:")
_EXT = Namespace("extensions:")
_CC_HTTP = Namespace("http://creativecommons.org/licenses/")
_CC_HTTPS = Namespace("https://creativecommons.org/")

_SERVICES = merged(
    ALIASES,
    Namespace("https://purl.imsglobal.org/spec/vccs/v1p0/context.json#")("1EdTechJsonSchemaValidator2019"),
    Namespace("https://purl.imsglobal.org/spec/vcrl/v1p0/context.json#")("1EdTechRevocationList"),
    Namespace("https://purl.imsglobal.org/spec/vccr/v1p0/context.json#")("1EdTechCredentialRefresh"),
)

_ACCESSIBILITY = merged(
    {"@protected": True},
    SCHEMA("accessibilityAPI accessibilityControl accessibilityFeature accessibilityHazard"),
)

_APPLY_LINK = merged(PROTECTED, _EXTENSIONS.cls("ApplyLinkAchievement"))

_GEO_COORDINATES = merged({"@protected": True}, _SCHEMA_PREFIX, _SCHEMA("Place"))

_LICENSE = merged(
    PROTECTED,
    _EXTENSIONS.cls("CCAchievement", _EXTENSIONS("license=License")),  # sic: the IRI of the class
    _EXTENSIONS.cls(
        "License",
        {"cc": "http://creativecommons.org/ns#"},
        Namespace("cc:")("legalCode=legalcode License"),
        # Sic: two licences have https, the others http.
        _CC_HTTPS("CC-0=publicdomain/zero/1.0/ CC-BY-NC-ND=licenses/by-nc-nd/4.0/"),
        _CC_HTTP("CC-BY=by/4.0/ CC-BY-SA=by-sa/4.0/ CC-BY-NC=by-nc/4.0/"),
        _CC_HTTP("CC-BY-NC-SA=by-nc-sa/4.0/ CC-BY-ND=by-nd/4.0/"),
    ),
)

_ASSESSMENT = merged(
    PROTECTED,
    _EXTENSIONS_PREFIX,
    _SCHEMA_PREFIX,
    _OB.cls(
        "AssessmentResultDescription",
        _SCHEMA_PREFIX,
        _EXT("assessmentEvaluation assessmentExample assessmentOutput assessmentType"),
        _EXT(
            "characterLimit=assessmentCharacterLimit evaluationMethod=assessmentEvaluationMethod "
            "hasGroupEvaluation=assessmentHasGroupEvaluation questions=assessmentQuestions "
            "hasGroupParticipation=assessmentHasGroupParticipation sections=assessmentSections "
            "scoringMethodExampleDescription=assessmentScoringMethodExampleDescription "
            "wordLimit=assessmentWordLimit"
        ),
        _EXT(
            "Artifact=AssessmentExtensionArtifact Exam=AssessmentExtensionExam "
            "ExternalQuestion=AssessmentExtensionExternalQuestion "
            "FileQuestion=AssessmentExtensionFileQuestion Performance=AssessmentExtensionPerformance "
            "TextQuestion=AssessmentExtensionTextQuestion"
        ),
        _SCHEMA("text"),
    ),
)

_ISSUER_ACCREDITATION = merged(
    PROTECTED,
    _EXTENSIONS_PREFIX,
    _SCHEMA_PREFIX,
    _OB.cls(
        "AccreditationProfile",
        _EXT(
            "accreditationDate contactInstructions=accreditationContactInstructions "
            "educationalSector=accreditationEducationalSector"
        ),
        _SCHEMA("areaServed logo"),
    ),
    _OB.cls("IssuerAccreditationProfile", _OB("accreditations", coerce=ID, container=SET)),
)


def _extension(path: str, file: str, digest: str, seen: str, terms: JsonObject) -> PublishedContext:
    url = f"https://openbadgespec.org/extensions/{path}"
    return PublishedContext(url, (PublishedState(f"ob3-{file}", digest, seen, terms),))


PUBLISHED: Final = (
    PublishedContext(
        "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
        (
            PublishedState(
                "ob3-extensions",
                "87c06c81bc2317663bf288d740d94fddd2818c4342b186270ff6371dfaa63f93",
                "2026-07-12",
                _SERVICES,
            ),
        ),
    ),
    _extension(
        "accessibilityExtension/context-3.0.0.json",
        "accessibility-3.0.0",
        "a864fd0e3b08fdfb6d9445468796e040f76f90d510557e2ab467dbe42370846f",
        "2024-09-16",
        _ACCESSIBILITY,
    ),
    _extension(
        "applyLinkExtension/context-3.0.0.json",
        "apply-link-3.0.0",
        "ff51b0bfb7474e8a91b74b3203cc9883110febb0dc094e4f08768bf865d9e5de",
        "2024-09-16",
        _APPLY_LINK,
    ),
    _extension(
        "geoCoordinatesExtension/context-3.0.0.json",
        "geo-coordinates-3.0.0",
        "2a0224ba6bc621fdfbc2118fced31448eaa4fc4dbb0301ed99bbab3d91775993",
        "2024-09-16",
        _GEO_COORDINATES,
    ),
    _extension(
        "licenseExtension/context-3.0.0.json",
        "license-3.0.0",
        "0d32012cfe2182d7d9dbf53c0be66ae8414ef957b260f9d31c74f7aa25fd653e",
        "2024-09-16",
        _LICENSE,
    ),
    _extension(
        "assessmentExtension/v2p0/context.json",
        "assessment-v2p0",
        "5e0df1382d4e4914f10245dcda4f654649c3118b2fdb34b00155cadbe2910b59",
        "2025-03-27",
        _ASSESSMENT,
    ),
    _extension(
        "issuerAccreditationExtension/v2p0/context.json",
        "issuer-accreditation-v2p0",
        "f72471e90fcf8ee5a0103df239927317aad1b6b2cbd0365f7784a71ac87b5ea7",
        "2024-09-16",
        _ISSUER_ACCREDITATION,
    ),
)
