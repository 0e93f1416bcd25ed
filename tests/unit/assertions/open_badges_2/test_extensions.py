from __future__ import annotations

import pytest

from open_badges_2_documents import ABSENT, BADGE_CLASS, changed
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.open_badges_2.extensions import (
    EXTENSIONS,
    ApplyLink,
    OriginalCreator,
    extension_class,
    extension_problems,
    extensions_of,
)
from openbadge_issuer.assertions.open_badges_2.reading import check_document

UUID = "00000000-0000-4000-8000-000000000000"
LEVEL: JsonObject = {
    "identifier": UUID,
    "description": "It walks",
    "lastChangeDateTime": "2026-01-01T00:00:00Z",
    "score": 2.5,
    "position": 1,
}
ASSESSMENT: JsonObject = {
    "type": "Exam",
    "description": "A test",
    "assessmentOutput": "A robot",
    "hasGroupParticipation": False,
    "hasGroupEvaluation": False,
    "evaluationMethod": "Points",
    "rubrics": {
        "identifier": UUID,
        "title": "Walking",
        "rubricCriteria": [{"identifier": UUID, "weight": 1, "criterionLevels": [LEVEL]}],
    },
    "sections": [
        {
            "title": "One",
            "required": True,
            "questions": {"type": "TextQuestion", "text": "Why?", "wordLimit": 5},
        }
    ],
}
ADDRESS: JsonObject = {"streetAddress": "1 Street", "addressCountry": "NL"}

MEMBERS: dict[str, JsonObject] = {
    "extensions:Accessibility": {
        "accessibilityAPI": "ARIA",
        "accessibilityControl": ["fullKeyboardControl"],
        "accessibilityFeature": "audioDescription",
        "accessibilityHazard": "noFlashingHazard",
        "url": "https://a.example/",
    },
    "extensions:ApplyLink": {"url": "https://a.example/"},
    "extensions:AssessmentExtension": {"description": "All of it", "assessments": [ASSESSMENT]},
    "extensions:Endorsement": {"description": "Good", "endorsedObject": {"id": "https://a.example/"}},
    "extensions:ExampleExtension": {"exampleProperty": "short"},
    "extensions:ExtraDescriptionExtension": {"name": "More", "narrative": "There is more."},
    "extensions:GeoCoordinates": {"description": "Here", "geo": {"latitude": 52, "longitude": 4.9}},
    "extensions:IssuerAccreditation": {
        "name": "The body",
        "contactInstructions": "Write",
        "url": "https://a.example/",
        "address": ADDRESS,
        "accreditationDate": "2026-01-31",
        "parentOrganization": {"name": "Its parent", "address": ADDRESS},
    },
    "extensions:LicenseExtension": {"id": "CC-BY", "name": "Attribution", "legalCode": "https://a.example/"},
    "extensions:OriginalCreator": {"url": "https://a.example/"},
    "extensions:RecipientProfile": {"id": "x", "name": "M", "publicKey": "ecdsa-koblitz-pubkey:14R"},
}


def node(name: str) -> JsonObject:
    """A complete extension, as our own builder writes it around the members."""
    return {"@context": "https://a.example/c.json", "type": ["Extension", name], **MEMBERS[name]}


def badge(extension: JsonValue) -> JsonObject:
    return {**BADGE_CLASS, "extensions:Some": extension}


@pytest.mark.parametrize("name", EXTENSIONS)
def test_an_extension_is_read_and_written_back(name: str) -> None:
    cls = EXTENSIONS[name]
    assert cls.check(node(name))[1] == ()
    model = cls.read(node(name))
    assert model.to_json() == cls.read(model.to_json()).to_json()
    assert model.to_json().keys() == node(name).keys()
    assert extension_problems(badge(node(name))) == ()
    own = cls.model_validate(MEMBERS[name]).to_json()
    assert own["type"] == ["Extension", name]
    assert str(own["@context"]).startswith("https://")
    assert cls.read(own).to_json() == own


@pytest.mark.parametrize(
    ("name", "path", "value", "code"),
    [
        ("extensions:Accessibility", "accessibilityFeature", ["a", "b"], "MODEL-KIND"),
        ("extensions:ApplyLink", "url", ABSENT, "MODEL-REQUIRED"),
        ("extensions:ApplyLink", "url", "apply", "MODEL-FORMAT"),
        ("extensions:ApplyLink", "@context", ABSENT, "MODEL-REQUIRED"),
        ("extensions:AssessmentExtension", "assessments/0/type", "Quiz", "MODEL-ENUM"),
        ("extensions:AssessmentExtension", "assessments/0/evaluationMethod", ABSENT, "MODEL-REQUIRED"),
        ("extensions:AssessmentExtension", "assessments/0/rubrics/identifier", "1", "MODEL-FORMAT"),
        (
            "extensions:AssessmentExtension",
            "assessments/0/sections/0/questions/text",
            ABSENT,
            "MODEL-REQUIRED",
        ),
        ("extensions:Endorsement", "description", ABSENT, "MODEL-REQUIRED"),
        ("extensions:ExampleExtension", "exampleProperty", ABSENT, "MODEL-REQUIRED"),
        ("extensions:ExtraDescriptionExtension", "narrative", ABSENT, "MODEL-REQUIRED"),
        ("extensions:GeoCoordinates", "geo/latitude", "52", "MODEL-KIND"),
        ("extensions:GeoCoordinates", "description", ABSENT, "MODEL-REQUIRED"),
        ("extensions:IssuerAccreditation", "accreditationDate", "2026-1-31", "MODEL-FORMAT"),
        ("extensions:IssuerAccreditation", "accreditationDate", "2026-0131", "MODEL-FORMAT"),
        ("extensions:IssuerAccreditation", "address", ABSENT, "MODEL-REQUIRED"),
        ("extensions:LicenseExtension", "id", "MIT", "MODEL-FORMAT"),
        ("extensions:OriginalCreator", "url", ABSENT, "MODEL-REQUIRED"),
        ("extensions:RecipientProfile", "publicKey", "a key", "MODEL-FORMAT"),
    ],
)
def test_a_breach_in_an_extension_has_its_place_in_the_badge(
    name: str, path: str, value: JsonValue, code: str
) -> None:
    problems = extension_problems(badge(changed(node(name), path, value)))
    assert [(problem.code, problem.pointer) for problem in problems] == [(code, f"/extensions:Some/{path}")]


def test_an_extension_of_which_nothing_is_known_is_a_warning() -> None:
    unknown: JsonObject = {"@context": "https://a.example/c.json", "type": ["Extension", "extensions:New"]}
    model, problems = check_document(badge(unknown))
    assert model is not None
    assert [(problem.code, problem.pointer) for problem in problems] == [
        ("OB2-EXTENSION-UNKNOWN", "/extensions:Some")
    ]
    del unknown["@context"]
    assert [problem.code for problem in extension_problems(badge(unknown))] == [
        "OB2-EXTENSION-UNKNOWN",
        "MODEL-REQUIRED",
    ]


def test_what_does_not_call_itself_an_extension_is_named() -> None:
    plain = {**node("extensions:ApplyLink"), "type": "extensions:ApplyLink"}
    problems = extension_problems(badge(plain))
    assert [(problem.code, problem.pointer) for problem in problems] == [
        ("OB2-EXTENSION-TYPE", "/extensions:Some")
    ]


def test_types_are_known_in_every_way_they_are_written() -> None:
    whole: JsonObject = {"type": ["Extension", "https://w3id.org/openbadges/extensions#ApplyLink"]}
    assert extension_class(whole) is ApplyLink
    small: JsonObject = {
        **node("extensions:OriginalCreator"),
        "type": ["Extension", "extensions:originalCreator"],
    }
    assert extension_class(small) is OriginalCreator
    assert OriginalCreator.check(small)[1] == ()


def test_the_example_is_read_under_its_iri() -> None:
    document = node("extensions:ExampleExtension")
    document["http://schema.org/text"] = document.pop("exampleProperty")
    assert extension_problems(badge(document)) == ()


def test_extensions_are_found_wherever_they_stand() -> None:
    inner: JsonObject = {**BADGE_CLASS, "schema:license": [node("extensions:LicenseExtension")]}
    document: JsonObject = {"badge": inner, "endorsement": {"claim": node("extensions:ApplyLink")}}
    assert [place for place, _ in extensions_of(document)] == [
        ("badge", "schema:license", 0),
        ("endorsement", "claim"),
    ]
