"""Problems carry the code of the rule, and a JSON Pointer that leads to the place in the document itself."""

from __future__ import annotations

import pytest

from openbadge_issuer.assertions import AchievementCredential, Profile
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.node import Node

ID = "https://example.org/a"
ENTRY: JsonObject = {"type": "IdentifierEntry", "identifier": 5, "identifierType": "name"}


def found(kind: type[Node], document: JsonObject) -> set[tuple[str, str]]:
    return {(problem.code, problem.pointer) for problem in kind.check(document)[1]}


def profile(**members: JsonValue) -> JsonObject:
    return {"id": ID, "type": ["Profile"], **members}


def badge(**members: JsonValue) -> JsonObject:
    achievement: JsonObject = {
        "id": ID,
        "type": ["Achievement"],
        "name": "a",
        "description": "a",
        "criteria": {"narrative": "a"},
    }
    return {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": ID,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": profile(),
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {"id": ID, "type": ["AchievementSubject"], "achievement": achievement},
        **members,
    }


@pytest.mark.parametrize(
    ("members", "code", "pointer"),
    [
        ({"id": 5}, "MODEL-KIND", "/id"),
        ({"type": 5}, "MODEL-KIND", "/type"),
        ({"type": ["Profile", 5]}, "MODEL-KIND", "/type/1"),
        ({"otherIdentifier": [ENTRY]}, "MODEL-KIND", "/otherIdentifier/0/identifier"),
        ({"otherIdentifier": ENTRY}, "MODEL-KIND", "/otherIdentifier/identifier"),
        ({"name": {"nl": "a", "en": 5}}, "MODEL-KIND", "/name/en"),
        ({"name": {"Dutch": "a"}}, "MODEL-FORMAT", "/name/Dutch"),
        ({"name": {"@value": 5}}, "MODEL-KIND", "/name/@value"),
        ({"name": [{"@value": "a"}, {"@value": 5}]}, "MODEL-KIND", "/name/1/@value"),
        ({"name": [{"@value": "a"}, {}]}, "MODEL-REQUIRED", "/name/1/@value"),
        ({"name": None}, "MODEL-NULL", "/name"),
        ({"parentOrg": profile(url="x")}, "MODEL-FORMAT", "/parentOrg/url"),
        ({"image": {"type": "Image", "id": ID, "a/b~c": 1}}, "MODEL-CLOSED", "/image/a~1b~0c"),
        (
            {"address": {"type": "Address", "geo": {"type": "x", "latitude": 1}}},
            "MODEL-ENUM",
            "/address/geo/type",
        ),
        (
            {"address": {"type": "Address", "geo": {"type": "x", "latitude": 1}}},
            "MODEL-REQUIRED",
            "/address/geo/longitude",
        ),
        ({"address": {}}, "MODEL-REQUIRED", "/address/type"),
        ({"address": "Spui 70"}, "MODEL-KIND", "/address"),
    ],
)
def test_the_pointer_leads_into_the_document(members: JsonObject, code: str, pointer: str) -> None:
    assert (code, pointer) in found(Profile, profile(**members))


@pytest.mark.parametrize(
    ("members", "code", "pointer"),
    [
        ({"issuer": "not a uri"}, "MODEL-FORMAT", "/issuer"),
        ({"issuer": profile(name=5)}, "MODEL-KIND", "/issuer/name"),
        ({"issuer": 5}, "MODEL-KIND", "/issuer"),
        ({"proof": {"type": "a", "created": 5}}, "MODEL-DATE-TIME", "/proof/created"),
        ({"proof": [{"type": "a"}, {"type": "a", "created": 5}]}, "MODEL-DATE-TIME", "/proof/1/created"),
        ({"evidence": [{"type": ["Evidence"]}, {"type": []}]}, "MODEL-TYPE", "/evidence/1/type"),
        (
            {"credentialSubject": {"type": ["AchievementSubject"]}},
            "MODEL-REQUIRED",
            "/credentialSubject/achievement",
        ),
    ],
)
def test_the_pointer_leads_through_unions(members: JsonObject, code: str, pointer: str) -> None:
    assert (code, pointer) in found(AchievementCredential, badge(**members))


def test_a_context_is_a_url_or_an_inline_context() -> None:
    contexts: list[JsonValue] = ["https://www.w3.org/ns/credentials/v2", "https://example.org", 5]
    assert ("MODEL-KIND", "/@context/2") in found(AchievementCredential, badge(**{"@context": contexts}))


def test_everything_wrong_is_listed_once() -> None:
    document = badge(id="x", validFrom="x", awardedDate="2026-01-01T00:00:00", image={"type": "Image"})
    assert found(AchievementCredential, document) == {
        ("MODEL-FORMAT", "/id"),
        ("MODEL-DATE-TIME", "/validFrom"),
        ("MODEL-TIME-ZONE", "/awardedDate"),
        ("MODEL-REQUIRED", "/image/id"),
    }


@pytest.mark.parametrize(
    ("value", "shown"),
    [("x" * 200, "x" * 80 + "…"), (5, "5"), (True, "true"), ({"a": 1}, "{…}"), ([1], "[…]")],
)
def test_the_value_is_shown_as_json_and_cut(value: JsonValue, shown: str) -> None:
    _, problems = Profile.check(profile(dateOfBirth=value, otherIdentifier=[]))
    assert problems[0].details["value"] == shown


def test_no_problem_is_found_in_a_good_document() -> None:
    assert found(AchievementCredential, badge()) == set()
