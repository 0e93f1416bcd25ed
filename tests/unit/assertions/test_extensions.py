"""The extensions of 1EdTech: their members, their problems, and what their contexts leave undefined."""

from __future__ import annotations

from pathlib import Path

import pytest

from openbadge_issuer.assertions import (
    Achievement,
    AchievementCredential,
    AchievementSubject,
    Criteria,
    GeoCoordinates,
    Profile,
)
from openbadge_issuer.assertions.context_urls import CREDENTIALS_V2, OPEN_BADGES_CONTEXT
from openbadge_issuer.assertions.extensions import (
    EXTENSIONS,
    Accessibility,
    AccessibleAchievement,
    AccessibleCredential,
    AccessibleProfile,
    AccreditationProfile,
    Accredited,
    ApplyLink,
    ApplyLinkAchievement,
    Assessed,
    AssessmentResultDescription,
    CCAchievement,
    IssuerAccreditationProfile,
    License,
    Licensed,
    Place,
    PlaceAchievement,
    PlaceCredential,
    Placed,
    Question,
    Section,
    extension_problems,
)
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.node import Node
from openbadge_issuer.errors import CanonicalizationError
from openbadge_issuer.errors.rules import rule_book
from openbadge_issuer.jsonld.canonical import canonical_form

MISSING = "OB3-EXTENSION-MISSING"
FORM = "OB3-EXTENSION-FORM"
DESIGN = {
    "id": "urn:x:a",
    "name": "Teamwork",
    "description": "Works well with others.",
    "criteria": Criteria(narrative="Three peers say so."),
}
PROFILE = {"id": "https://example.org/issuer"}
ACCESSIBLE = {
    "accessibility_api": "ARIA",
    "accessibility_control": ("fullKeyboardControl", "fullMouseControl"),
    "accessibility_feature": "audioDescription",
    "accessibility_hazard": "noFlashingHazard",
    "url": "https://example.org/accessible",
}
QUESTION = Question(question_type="TextQuestion", text="Why?", word_limit=50.0)
ASSESSED = {
    "id": "urn:x:r",
    "name": "Exam",
    "result_type": "Percent",
    "description": "An hour of questions.",
    "assessment_type": "Exam",
    "assessment_output": "Answers",
    "has_group_participation": False,
    "has_group_evaluation": False,
    "evaluation_method": "Two people read them.",
    "assessment_example": "https://example.org/example",
    "scoring_method_example_description": "A model answer",
    "assessment_evaluation": "https://example.org/study",
}
SECTIONS = (Section(title="Reasons", description="All why", questions=(QUESTION,), required=True),)
LICENSE = {"id": "https://creativecommons.org/licenses/by/4.0/", "name": "CC BY 4.0"}
LEGAL = "https://creativecommons.org/licenses/by/4.0/legalcode"
BODY = AccreditationProfile(
    contact_instructions="Write to us.",
    logo="https://example.org/logo.png",
    area_served="NL",
    accreditation_date="20260131",
    educational_sector="Youth work",
    id="https://example.org/body",
)
FIELD = Place(name="Field", description="Grass", geo=GeoCoordinates(latitude=52.5, longitude=5.5))


def badge(
    achievement: Achievement,
    extension: type[Node],
    *,
    kind: type[AchievementCredential] = AchievementCredential,
    issuer: Profile | None = None,
    **members: object,
) -> JsonObject:
    given = {
        "context": (CREDENTIALS_V2, OPEN_BADGES_CONTEXT, extension.context_url),  # type: ignore[attr-defined]  # each has one
        "id": "urn:x:badge",
        "issuer": issuer or Profile.model_validate(PROFILE),
        "valid_from": "2026-01-01T00:00:00Z",
        "credential_subject": AchievementSubject(id="did:example:ada", achievement=achievement),
    }
    return kind.model_validate({**given, **members}).to_json()


def design(kind: type[Achievement], **members: object) -> Achievement:
    return kind.model_validate({**DESIGN, **members})


def assessed(**members: object) -> Achievement:
    description = AssessmentResultDescription.model_validate({**ASSESSED, **members})
    return design(Achievement, result_description=(description,))


BADGES: dict[str, JsonObject] = {
    "Accessibility": badge(
        design(AccessibleAchievement, **ACCESSIBLE),
        Accessibility,
        kind=AccessibleCredential,
        issuer=AccessibleProfile.model_validate({**PROFILE, **ACCESSIBLE}),
        **ACCESSIBLE,
    ),
    "ApplyLinkAchievement": badge(design(ApplyLinkAchievement, url="https://example.org/apply"), ApplyLink),
    "Place": badge(design(PlaceAchievement, place=FIELD), Placed, kind=PlaceCredential, place=FIELD),
    "CCAchievement": badge(
        design(CCAchievement, license=License.model_validate({**LICENSE, "legal_code": LEGAL})), Licensed
    ),
    "CCAchievement without legal code": badge(
        design(CCAchievement, license=License.model_validate(LICENSE)), Licensed
    ),
    "AssessmentResultDescription": badge(assessed(), Assessed),
    "AssessmentResultDescription with sections": badge(assessed(sections=SECTIONS), Assessed),
    "IssuerAccreditationProfile": badge(
        design(Achievement),
        Accredited,
        issuer=IssuerAccreditationProfile.model_validate({**PROFILE, "accreditations": (BODY,)}),
    ),
}
UNDEFINED = {
    "Place": {"/place", "/credentialSubject/achievement/place"},
    "CCAchievement": {"/credentialSubject/achievement/license/legalCode"},
    "AssessmentResultDescription with sections": {
        "/credentialSubject/achievement/resultDescription/0/sections/0/title",
        "/credentialSubject/achievement/resultDescription/0/sections/0/questions",
        "/credentialSubject/achievement/resultDescription/0/sections/0/required",
    },
}
"""What the published contexts do not define, and so no Data Integrity proof covers."""


def with_type(document: JsonObject, *names: str) -> JsonObject:
    """The same badge with further types on the credential."""
    types = document["type"]
    assert isinstance(types, list)
    return {**document, "type": [*types, *names]}


def found(document: JsonObject) -> list[tuple[str, str]]:
    return [(problem.code, problem.pointer) for problem in extension_problems(document)]


@pytest.mark.parametrize("name", BADGES)
def test_a_badge_with_an_extension_is_a_badge_and_is_read_back_whole(name: str) -> None:
    assert AchievementCredential.read(BADGES[name]).to_json() == BADGES[name]
    assert found(BADGES[name]) == []


@pytest.mark.parametrize("name", BADGES)
def test_the_documentation_says_what_the_contexts_leave_undefined(name: str) -> None:
    undefined = canonical_form(BADGES[name]).undefined
    assert {member.pointer for member in undefined} == UNDEFINED.get(name, set())


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (with_type(BADGES["Accessibility"], "Accessibility"), "JSONLD-UNMAPPED-TYPE"),
        (
            badge(design(CCAchievement, license=License(id="CC-BY", name="x")), Licensed),
            "JSONLD-RELATIVE-IRI",
        ),
        (
            badge(
                design(CCAchievement, license=License.model_validate({**LICENSE, "type": "License"})),
                Licensed,
            ),
            "JSONLD-PROCESSING",
        ),
    ],
)
def test_what_the_contexts_make_impossible_to_sign(document: JsonObject, code: str) -> None:
    with pytest.raises(CanonicalizationError) as error:
        canonical_form(document)
    assert error.value.code == code


def test_the_type_of_accessibility_can_be_given() -> None:
    marked = with_type(BADGES["Accessibility"], "Accessibility")
    assert found(marked) == []
    del marked["accessibilityFeature"]
    assert found(marked) == [(MISSING, "/accessibilityFeature")]


DAMAGES: list[tuple[JsonObject, str, str]] = [
    ({"type": "Accessibility", "accessibilityFeature": "x"}, MISSING, "/url"),
    (
        {"type": "Accessibility", "accessibilityFeature": ["x"], "url": "urn:x:y"},
        FORM,
        "/accessibilityFeature",
    ),
    ({"type": "ApplyLinkAchievement"}, MISSING, "/url"),
    ({"type": ["x", "ApplyLinkAchievement"], "url": "apply here"}, FORM, "/url"),
    ({"type": "Place"}, MISSING, "/place"),
    ({"type": "Place", "place": {"geo": {"latitude": 1, "longitude": 2}}}, MISSING, "/place/geo/type"),
    ({"type": "CCAchievement", "license": {"id": "CC-0"}}, MISSING, "/license/name"),
    ({"type": "CCAchievement", "license": "CC-0"}, FORM, "/license"),
    ({"type": "IssuerAccreditationProfile"}, MISSING, "/accreditations"),
    (
        {"type": "IssuerAccreditationProfile", "accreditations": [{"type": "AccreditationProfile"}]},
        MISSING,
        "/accreditations/0/contactInstructions",
    ),
    (
        {"type": "AccreditationProfile", "contactInstructions": "x", "accreditationDate": "2026-13-01"},
        FORM,
        "/accreditationDate",
    ),
]


@pytest.mark.parametrize(("part", "code", "place"), DAMAGES)
def test_a_broken_extension_is_found_at_its_place(part: JsonObject, code: str, place: str) -> None:
    expected = (code, f"/somewhere/1{place}")
    assert found({"somewhere": [{}, part]}) == [expected]


@pytest.mark.parametrize(
    ("members", "code", "place"),
    [
        ({"assessmentType": "Essay"}, FORM, "/assessmentType"),
        ({"hasGroupEvaluation": "no"}, FORM, "/hasGroupEvaluation"),
        (
            {"sections": [{"type": "extensions:assessmentSections", "title": "x"}]},
            MISSING,
            "/sections/0/description",
        ),
        (
            {
                "sections": {
                    "type": [],
                    "title": "x",
                    "description": "x",
                    "questions": [{"type": [], "text": "?"}],
                }
            },
            MISSING,
            "/sections/questions/0/questionType",
        ),
    ],
)
def test_a_broken_assessment_is_found_at_its_place(members: JsonObject, code: str, place: str) -> None:
    described = AssessmentResultDescription.model_validate(ASSESSED).to_json()
    assert found({**described, **members}) == [(code, place)]


def test_a_sentence_names_the_extension_and_the_member() -> None:
    problem = extension_problems({"type": "ApplyLinkAchievement"})[0]
    rule = rule_book()[problem.code]
    assert rule.severity == "warning"
    sentence = rule.en.format_map(problem.details)
    assert "Apply Link" in sentence
    assert "“url”" in sentence


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"type": [[], {}, None]},
        {"type": "x", "url": 1},
        {"endorsement": {"type": "ApplyLinkAchievement"}},
    ],
)
def test_what_names_no_extension_is_left_alone(document: JsonObject) -> None:
    assert found(document) == []


def test_an_object_with_two_extensions_is_held_to_both() -> None:
    part: JsonObject = {"type": ["ApplyLinkAchievement", "Accessibility"]}
    assert found(part) == [
        (MISSING, "/url"),
        (MISSING, "/accessibilityFeature"),
    ]


REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "data-model.md"


def _row(name: str) -> str:
    section = REFERENCE.read_text("utf-8").partition("\n## Extensions\n")[2]
    return next(line for line in section.splitlines() if line.startswith(f"| `{name}` |"))


@pytest.mark.parametrize("name", EXTENSIONS)
def test_the_reference_names_every_member(name: str) -> None:
    row: str = _row(name)
    for attribute, field in EXTENSIONS[name][1].model_fields.items():
        if attribute != "type":
            mark = "!" if field.is_required() else ""
            assert f"`{field.alias or attribute}`{mark}" in row


def test_every_object_of_a_deep_document_is_looked_at() -> None:
    deep: JsonValue = {"type": "ApplyLinkAchievement"}
    for _ in range(5000):  # deeper than Python's own stack
        deep = [deep]
    assert len(extension_problems({"x": deep})) == 1
