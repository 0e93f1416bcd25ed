"""Every rule of the VC Data Model 2.0, kept and broken."""

from __future__ import annotations

import pytest

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.vc_data_model import check_vc_data_model
from openbadge_issuer.errors.rules import rule_book

V2 = "https://www.w3.org/ns/credentials/v2"
URL = "https://badges.example/1"


def credential(changes: JsonObject) -> JsonObject:
    """Write the smallest credential with members changed; "absent" leaves one out."""
    smallest: JsonObject = {
        "@context": [V2],
        "type": ["VerifiableCredential"],
        "issuer": "did:example:issuer",
        "credentialSubject": {"id": "did:example:ada"},
    }
    return {name: value for name, value in {**smallest, **changes}.items() if value != "absent"}


def presentation(changes: JsonObject) -> JsonObject:
    """Write the smallest presentation with members changed."""
    return {"@context": [V2], "type": "VerifiablePresentation", **changes}


def found(document: JsonObject) -> list[tuple[str, str]]:
    """Check a document; every problem must have a sentence."""
    problems = check_vc_data_model(document)
    for problem in problems:
        rule = rule_book()[problem.code]
        assert rule.en.format_map(problem.details) != rule.nl.format_map(problem.details)
        assert rule.how_en.format_map(problem.details)
    return [(problem.code, problem.pointer) for problem in problems]


SERVICES = (
    "credentialStatus",
    "refreshService",
    "termsOfUse",
    "evidence",
    "confidenceMethod",
    "renderMethod",
    "proof",
)
TEXT: JsonObject = {"@value": "Begeleider", "@language": "nl-NL", "@direction": "ltr"}
RESOURCE: JsonObject = {"id": URL, "digestSRI": "sha256-abc"}

ACCEPTED: list[JsonObject] = [
    {},
    {"@context": V2},
    {"@context": [V2, "https://terms.example/v1", {"venue": "https://terms.example/venue"}]},
    {"id": "urn:uuid:9c9a36f8-518f-4976-a934-6649502d0008"},
    {"type": "VerifiableCredential"},
    {"type": ["https://terms.example/Badge", "VerifiableCredential"]},
    {"issuer": {"id": "https://badges.example", "name": TEXT, "description": ["x"]}},
    {"credentialSubject": [{"id": "did:example:ada"}, {"name": "Grace", "type": "Person"}]},
    {"name": "Facilitator", "description": [TEXT, {"@value": "Facilitator", "@language": "en"}]},
    {"name": {"@value": "x"}},
    {"validFrom": "2026-02-28T23:00:00Z", "validUntil": "2026-02-28T23:00:00+00:00"},
    {"validFrom": "2026-01-01T00:00:00.123456789-14:00"},
    {"validUntil": "2026-01-01T00:00:00+13:59"},
    {"credentialSchema": {"id": URL, "type": "JsonSchema"}},
    {"credentialSchema": [{"id": URL, "type": ["JsonSchema"]}, {"id": URL, "type": "JsonSchema"}]},
    {"relatedResource": RESOURCE},
    {"relatedResource": [RESOURCE, {"id": f"{URL}/2", "digestMultibase": ["uEi", "zQm"]}]},
]
REJECTED: list[tuple[JsonObject, str, str]] = [
    ({"@context": "absent"}, "VCDM-REQUIRED", "/@context"),
    ({"@context": None}, "VCDM-REQUIRED", "/@context"),
    ({"@context": []}, "VCDM-CONTEXT-FIRST", "/@context"),
    ({"@context": ["https://www.w3.org/2018/credentials/v1"]}, "VCDM-CONTEXT-FIRST", "/@context"),
    ({"@context": ["https://terms.example/v1", V2]}, "VCDM-CONTEXT-FIRST", "/@context"),
    ({"@context": [{"a": "https://terms.example/a"}, V2]}, "VCDM-CONTEXT-FIRST", "/@context"),
    ({"@context": [V2, 5]}, "VCDM-CONTEXT-ITEM", "/@context/1"),
    ({"@context": [V2, "terms/v1"]}, "VCDM-CONTEXT-ITEM", "/@context/1"),
    ({"@context": [V2, [V2]]}, "VCDM-CONTEXT-ITEM", "/@context/1"),
    ({"id": "badges/1"}, "VCDM-URL", "/id"),
    ({"id": "https ://badges.example/1"}, "VCDM-URL", "/id"),
    ({"id": f"{URL}\n"}, "VCDM-URL", "/id"),
    ({"id": [URL]}, "VCDM-URL", "/id"),
    ({"id": None}, "VCDM-URL", "/id"),
    ({"type": "absent"}, "VCDM-REQUIRED", "/type"),
    ({"type": []}, "VCDM-REQUIRED", "/type"),
    ({"type": ["Badge"]}, "VCDM-TYPE-OWN", "/type"),
    ({"type": ["VerifiableCredential", ""]}, "VCDM-TYPE", "/type/1"),
    ({"type": ["VerifiableCredential", "A Badge"]}, "VCDM-TYPE", "/type/1"),
    ({"type": ["VerifiableCredential", {"id": URL}]}, "VCDM-TYPE", "/type/1"),
    ({"issuer": "absent"}, "VCDM-REQUIRED", "/issuer"),
    ({"issuer": None}, "VCDM-URL", "/issuer"),
    ({"issuer": "Breakthrough"}, "VCDM-URL", "/issuer"),
    ({"issuer": ["did:example:issuer"]}, "VCDM-URL", "/issuer"),
    ({"issuer": {"name": "Breakthrough"}}, "VCDM-REQUIRED", "/issuer/id"),
    ({"issuer": {"id": "Breakthrough"}}, "VCDM-URL", "/issuer/id"),
    ({"credentialSubject": "absent"}, "VCDM-REQUIRED", "/credentialSubject"),
    ({"credentialSubject": []}, "VCDM-OBJECT", "/credentialSubject"),
    ({"credentialSubject": {}}, "VCDM-SUBJECT-EMPTY", "/credentialSubject"),
    ({"credentialSubject": [{"id": URL}, {}]}, "VCDM-SUBJECT-EMPTY", "/credentialSubject/1"),
    ({"credentialSubject": "did:example:ada"}, "VCDM-OBJECT", "/credentialSubject"),
    ({"credentialSubject": {"id": "ada"}}, "VCDM-URL", "/credentialSubject/id"),
    ({"credentialSubject": {"id": URL, "type": 5}}, "VCDM-TYPE", "/credentialSubject/type"),
    ({"name": 5}, "VCDM-TEXT", "/name"),
    ({"name": []}, "VCDM-TEXT", "/name"),
    ({"name": {"en": "Facilitator"}}, "VCDM-TEXT", "/name"),
    ({"name": {**TEXT, "url": URL}}, "VCDM-TEXT", "/name"),
    ({"description": ["x", {"@language": "en"}]}, "VCDM-TEXT", "/description/1"),
    ({"issuer": {"id": URL, "name": None}}, "VCDM-TEXT", "/issuer/name"),
    ({"name": {**TEXT, "@language": "not a language"}}, "VCDM-LANGUAGE", "/name/@language"),
    ({"name": {**TEXT, "@language": None}}, "VCDM-LANGUAGE", "/name/@language"),
    ({"name": {**TEXT, "@direction": "up"}}, "VCDM-LANGUAGE", "/name/@direction"),
    ({"validFrom": "2026-01-01"}, "VCDM-DATE", "/validFrom"),
    ({"validFrom": "2026-01-01T00:00:00"}, "VCDM-DATE", "/validFrom"),
    ({"validFrom": "2026-01-01t00:00:00z"}, "VCDM-DATE", "/validFrom"),
    ({"validFrom": "2026-02-30T00:00:00Z"}, "VCDM-DATE", "/validFrom"),
    ({"validFrom": "2026-01-01T00:00:00+14:01"}, "VCDM-DATE", "/validFrom"),
    ({"validUntil": 1767225600}, "VCDM-DATE", "/validUntil"),
    ({"validUntil": None}, "VCDM-DATE", "/validUntil"),
    (
        {"validFrom": "2026-01-01T00:00:01Z", "validUntil": "2026-01-01T02:00:00+02:00"},
        "VCDM-DATE-ORDER",
        "/validUntil",
    ),
    ({"credentialSchema": {"type": "JsonSchema"}}, "VCDM-REQUIRED", "/credentialSchema/id"),
    ({"credentialSchema": {"id": "a", "type": "JsonSchema"}}, "VCDM-URL", "/credentialSchema/id"),
    ({"credentialSchema": [URL]}, "VCDM-OBJECT", "/credentialSchema/0"),
    ({"relatedResource": URL}, "VCDM-OBJECT", "/relatedResource"),
    ({"relatedResource": []}, "VCDM-OBJECT", "/relatedResource"),
    ({"relatedResource": {"digestSRI": "sha256-abc"}}, "VCDM-REQUIRED", "/relatedResource/id"),
    ({"relatedResource": [{"id": URL}]}, "VCDM-DIGEST", "/relatedResource/0"),
    ({"relatedResource": {"id": URL, "digestSRI": 5}}, "VCDM-DIGEST", "/relatedResource/digestSRI"),
    ({"relatedResource": {**RESOURCE, "digestSRI": []}}, "VCDM-DIGEST", "/relatedResource/digestSRI"),
    ({"relatedResource": [RESOURCE, RESOURCE]}, "VCDM-RELATED-TWICE", "/relatedResource/1/id"),
]  # fmt: skip


@pytest.mark.parametrize("name", [*SERVICES, "credentialSchema"])
@pytest.mark.parametrize(
    ("value", "code", "place"),
    [
        ({"id": URL}, "VCDM-REQUIRED", "/type"),
        ([{"type": "Example", "id": [URL]}], "VCDM-URL", "/0/id"),
        ({"id": URL, "type": 2}, "VCDM-TYPE", "/type"),
        ([], "VCDM-OBJECT", ""),
        (None, "VCDM-OBJECT", ""),
    ],
)
def test_an_object_explained_by_its_type_needs_one(
    name: str, value: JsonValue, code: str, place: str
) -> None:
    assert found(credential({name: value})) == [(code, f"/{name}{place}")]


@pytest.mark.parametrize("name", SERVICES)
@pytest.mark.parametrize(
    "value", [{"type": "Example"}, [{"type": "Example", "id": URL}, {"type": ["https://terms.example/A"]}]]
)
def test_an_object_explained_by_its_type_may_be_one_or_several(name: str, value: JsonValue) -> None:
    assert found(credential({name: value})) == []


@pytest.mark.parametrize("changes", ACCEPTED, ids=str)
def test_a_credential_that_keeps_the_rules_is_accepted(changes: JsonObject) -> None:
    assert found(credential(changes)) == []


@pytest.mark.parametrize(("changes", "code", "place"), REJECTED, ids=str)
def test_a_credential_that_breaks_a_rule_is_told_where(changes: JsonObject, code: str, place: str) -> None:
    assert (code, place) in found(credential(changes))


ENVELOPE: JsonObject = {"@context": V2, "id": "data:application/vc+jwt,eyJ4.eyJ5.eno"}
INNER = credential({})


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"type": ["VerifiablePresentation", "Example"], "id": URL, "holder": "did:example:ada"},
        {"holder": {"id": "did:example:ada", "name": "Ada"}},
        {"verifiableCredential": INNER},
        {"verifiableCredential": [INNER, {**ENVELOPE, "type": "EnvelopedVerifiableCredential"}]},
        {"termsOfUse": {"type": "Example"}},
    ],
)
def test_a_presentation_that_keeps_the_rules_is_accepted(changes: JsonObject) -> None:
    assert found(presentation(changes)) == []


@pytest.mark.parametrize(
    ("changes", "code", "place"),
    [
        ({"@context": [URL]}, "VCDM-CONTEXT-FIRST", "/@context"),
        ({"id": "x"}, "VCDM-URL", "/id"),
        ({"holder": "Ada"}, "VCDM-URL", "/holder"),
        ({"holder": {"name": "Ada"}}, "VCDM-REQUIRED", "/holder/id"),
        ({"holder": {"id": "Ada"}}, "VCDM-URL", "/holder/id"),
        ({"verifiableCredential": "a.b.c"}, "VCDM-PRESENTED", "/verifiableCredential"),
        ({"verifiableCredential": [INNER, 5]}, "VCDM-PRESENTED", "/verifiableCredential/1"),
        ({"verifiableCredential": []}, "VCDM-PRESENTED", "/verifiableCredential"),
        ({"verifiableCredential": credential({"type": []})}, "VCDM-REQUIRED", "/verifiableCredential/type"),
        ({"verifiableCredential": credential({"issuer": "x"})}, "VCDM-URL", "/verifiableCredential/issuer"),
        ({"verifiableCredential": [presentation({})]}, "VCDM-TYPE-OWN", "/verifiableCredential/0/type"),
        (
            {"verifiableCredential": [{**ENVELOPE, "id": URL, "type": "EnvelopedVerifiableCredential"}]},
            "VCDM-ENVELOPE",
            "/verifiableCredential/0/id",
        ),
        ({"proof": {"cryptosuite": "eddsa-rdfc-2022"}}, "VCDM-REQUIRED", "/proof/type"),
    ],
)  # fmt: skip
def test_a_presentation_that_breaks_a_rule_is_told_where(changes: JsonObject, code: str, place: str) -> None:
    assert found(presentation(changes)) == [(code, place)]


@pytest.mark.parametrize("kind", ["EnvelopedVerifiableCredential", "EnvelopedVerifiablePresentation"])
def test_an_envelope_holds_a_token_as_a_data_url(kind: str) -> None:
    assert found({**ENVELOPE, "type": kind}) == []
    assert found({**ENVELOPE, "type": [kind]}) == []
    without_id = {name: value for name, value in ENVELOPE.items() if name != "id"}
    assert found({**without_id, "type": kind}) == [("VCDM-ENVELOPE", "/id")]
    assert found({"id": ENVELOPE["id"], "type": kind}) == [("VCDM-REQUIRED", "/@context")]


def test_presentations_inside_presentations_are_refused_and_not_followed() -> None:
    nested: JsonValue = presentation({})
    for _ in range(50):
        nested = presentation({"verifiableCredential": [nested]})
    assert isinstance(nested, dict)
    assert found(nested) == [("VCDM-TYPE-OWN", "/verifiableCredential/0/type")]


def test_all_that_is_wrong_is_told_at_once() -> None:
    assert [code for code, _ in found({})] == ["VCDM-REQUIRED"] * 4
