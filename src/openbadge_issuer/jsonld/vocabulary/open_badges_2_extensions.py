"""Extensions of Open Badges 2.0, each with the JSON Schema that it names beside its terms."""

from __future__ import annotations

from typing import Final

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.jsonld.vocabulary.namespaces import SCHEMA
from openbadge_issuer.jsonld.vocabulary.notation import Namespace, merged
from openbadge_issuer.jsonld.vocabulary.open_badges_2 import EXTENSIONS, OBI, SCHEMA_HTTP
from openbadge_issuer.jsonld.vocabulary.published import PublishedContext, PublishedState

_W3ID = "https://w3id.org/openbadges/extensions/"
_HOST = "https://openbadgespec.org/extensions/"

_PREFIXES: JsonObject = {"obi": OBI[""], "extensions": EXTENSIONS[""]}
_SCHEMA_PREFIX: JsonObject = {"schema": SCHEMA_HTTP[""]}
_EXT = Namespace("extensions:")
_SCHEMA = Namespace("schema:")
_CASE = Namespace("case:")
_CC_HTTP = Namespace("http://creativecommons.org/licenses/")
_CC_HTTPS = Namespace("https://creativecommons.org/")

_ACCESSIBILITY = merged(
    _PREFIXES,
    _EXT("url=#accessibility"),  # sic: two number signs in the IRI
    SCHEMA("accessibilityAPI accessibilityControl accessibilityFeature accessibilityHazard"),
)
_APPLY_LINK = merged(_PREFIXES, _EXT("url=applyLink"))
_ASSESSMENT = merged(
    _PREFIXES,
    _SCHEMA_PREFIX,
    {"case": "https://purl.imsglobal.org/spec/case/vocab#"},
    _EXT("assessmentEvaluation assessmentExample assessmentOutput assessments"),
    _EXT(
        "Artifact=AssessmentExtensionArtifact Exam=AssessmentExtensionExam "
        "ExternalQuestion=AssessmentExtensionExternalQuestion FileQuestion=AssessmentExtensionFileQuestion "
        "Performance=AssessmentExtensionPerformance TextQuestion=AssessmentExtensionTextQuestion"
    ),
    _EXT(
        "characterLimit=assessmentCharacterLimit evaluationMethod=assessmentEvaluationMethod "
        "hasGroupEvaluation=assessmentHasGroupEvaluation questions=assessmentQuestions "
        "hasGroupParticipation=assessmentHasGroupParticipation required=assessmentRequired "
        "scoringMethodExampleDescription=assessmentScoringMethodExampleDescription "
        "sections=assessmentSections wordLimit=assessmentWordLimit"
    ),
    _CASE("caseUri=uri category description identifier lastChangeDateTime position quality rubricId"),
    _CASE("rubrics score title weight criterionLevels=CFRubricCriterionLevels"),
    _CASE("rubricCriteria=CFRubricCriteria"),
    _SCHEMA("text"),
)
_ENDORSEMENT = merged(
    {"obi": OBI[""], "endorsement": EXTENSIONS["Endorsement"]},
    Namespace("endorsement:", objects=True)("endorsedObject=/endorsedObject"),
)
_EXAMPLE = merged(_PREFIXES, SCHEMA_HTTP("exampleProperty=text"))
_GEO_COORDINATES = merged(_PREFIXES, _SCHEMA_PREFIX, _SCHEMA("geo name description latitude longitude"))
_ISSUER_ACCREDITATION = merged(
    _PREFIXES,
    _SCHEMA_PREFIX,
    _SCHEMA("name email url address description logo parentOrganization areaServed"),
    _SCHEMA("streetAddress addressLocality addressRegion postalCode addressCountry"),
    _EXT("accreditationDate contactInstructions=accreditationContactInstructions"),
    _EXT("educationalSector=accreditationEducationalSector"),
)
_LICENSE = merged(
    _PREFIXES,
    {"cc": "http://creativecommons.org/ns#"},
    Namespace("cc:")("legalCode=legalcode License"),
    # Sic: two licences have https, the others http.
    _CC_HTTPS("CC-0=publicdomain/zero/1.0/ CC-BY-NC-ND=licenses/by-nc-nd/4.0/"),
    _CC_HTTP("CC-BY=by/4.0/ CC-BY-SA=by-sa/4.0/ CC-BY-NC=by-nc/4.0/"),
    _CC_HTTP("CC-BY-NC-SA=by-nc-sa/4.0/ CC-BY-ND=by-nd/4.0/"),
)
_ORIGINAL_CREATOR = merged(_PREFIXES, _EXT("url=#originalCreator"))  # sic


def _extension(
    name: str, digest: str, terms: JsonObject, *, validates: str, schema: str = "", version: str = ""
) -> PublishedContext:
    """Describe a context by the folder it is published in, under both hosts, and by what it validates."""
    row: JsonObject = {
        "obi:validatesType": validates,
        "obi:validationSchema": schema or f"{_HOST}{name}/schema.json",
    }
    file = f"{name}/context.json"
    versioned = (f"{_HOST}{name}/{version}/context.json",) if version else ()
    return PublishedContext(
        _W3ID + file,
        (PublishedState(f"ob2-{name}", digest, "", terms, {"obi:validation": [row]}),),
        (_HOST + file, *versioned),
    )


PUBLISHED: Final = (
    _extension(
        "accessibilityExtension",
        "00efc7274f50b2ceda952090414004bb83bbf59ce8622036840a345e35dfa525",
        _ACCESSIBILITY,
        validates="extensions#accessibility",  # sic
    ),
    _extension(
        "applyLinkExtension",
        "2ec7e81e41ffae9455e0617c8532dac17fe6634bc6918b68035448ba145a6154",
        _APPLY_LINK,
        validates="extensions:ApplyLink",
    ),
    _extension(
        "assessmentExtension",
        "46b2e9c907acf78494a77f88ea66f01a436bda1cc9e5167c15c86b39b1d3d914",
        _ASSESSMENT,
        validates="extensions:AssessmentExtension",
        schema="http://purl.imsglobal.org/spec/ob-assessment/v1p0/schema/",
        version="v1p0",
    ),
    _extension(
        "endorsement",
        "85b3cd56e0ab06120a7a51c59f02d0114c84ca94dfb5e84494bfde7b2888941d",
        _ENDORSEMENT,
        validates="endorsement",
        schema=f"{_W3ID}endorsement/schema.json",
    ),
    _extension(
        "exampleExtension",
        "5827540679c457f11ff12697f3009287dcd193db34c87c5faf922a4a21055fff",
        _EXAMPLE,
        validates="extensions:ExampleExtension",
    ),
    _extension(
        "extraDescription",
        "6dbc58d5eed32634576a101f10e4231d0e1cc23a46d8dfc5c37a70be96d8ddea",
        _PREFIXES,
        validates="extensions:ExtraDescriptionExtension",
        schema="http://purl.imsglobal.org/spec/ob-exdesc/v1p0/schema/",
    ),
    _extension(
        "geoCoordinatesExtension",
        "c0348b3b4d01897cd224051d564e18fa1c57131af98db6dc373fed4ac16e4b80",
        _GEO_COORDINATES,
        validates="extensions:GeoCoordinates",
        schema=f"{_W3ID}geoCoordinatesExtension/schema.json",
    ),
    _extension(
        "issuerAccreditationExtension",
        "5cf2c8dbf69e8023c298b0b255c0339a8217c54ef7c4294409a2165a26347b31",
        _ISSUER_ACCREDITATION,
        validates="extensions:IssuerAccreditation",
        schema="http://purl.imsglobal.org/spec/ob-accred/v1p0/schema/",
        version="v1p0",
    ),
    _extension(
        "licenseExtension",
        "ef1144d991310feb4b16f24fad45b41b7ab38f7224499807a7aa2876aedf374d",
        _LICENSE,
        validates="extensions:LicenseExtension",
    ),
    _extension(
        "originalCreatorExtension",
        "96bd22c0ac4e908c0990c6213a7d5a8f60ff2aeeadf735e6fe8cb49428eb6fe4",
        _ORIGINAL_CREATOR,
        validates="extensions:originalCreator",  # sic: badges say OriginalCreator
    ),
    _extension(
        "recipientProfile",
        "fcca57a73e976c280b41e6dcd9cc6e2a91e89340e390d4db619b99e6be813399",
        _PREFIXES,
        validates="extensions:RecipientProfile",
    ),
)
