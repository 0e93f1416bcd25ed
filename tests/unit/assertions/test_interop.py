"""Remarks on what is legal or read all the same: each made where it is due, and not where it is not."""

from __future__ import annotations

import pytest

from openbadge_issuer.assertions.context_urls import CREDENTIALS_V1, CREDENTIALS_V2, OPEN_BADGES_CONTEXT
from openbadge_issuer.assertions.interop import MAX_DATA_URI, interop_problems
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.errors.rules import rule_book
from openbadge_issuer.errors.rules.interop import RULES

ACHIEVEMENT: JsonObject = {
    "id": "urn:x:achievement",
    "type": ["Achievement"],
    "name": "Teamwork",
    "tag": ["team"],
    "resultDescription": [{"type": ["ResultDescription"], "allowedValue": ["A"]}],
}
BADGE: JsonObject = {
    "@context": [CREDENTIALS_V2, OPEN_BADGES_CONTEXT, {"x": "https://example.org/x"}],
    "id": "urn:x:badge",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "issuer": {"id": "https://example.org/issuer", "type": ["Profile"], "phone": "1"},
    "validFrom": "2026-01-01T00:00:00Z",
    "credentialSubject": {
        "type": "AchievementSubject",
        "achievement": ACHIEVEMENT,
        "identifier": [{"type": "IdentityObject", "identityType": "emailAddress", "identityHash": "x"}],
        "result": [{"type": ["Result"], "resultDescription": "urn:x:r"}],
    },
    "credentialStatus": {"id": "urn:x:status", "type": "BitstringStatusListEntry"},
    "credentialSchema": {"id": "urn:x:schema", "type": "1EdTechJsonSchemaValidator2019"},
    "proof": {"type": "DataIntegrityProof"},
    "evidence": [{"type": ["Evidence"], "id": "data:text/plain,small"}],
}
OB = "https://purl.imsglobal.org/spec/ob/v3p0/"


def found(document: JsonObject) -> list[tuple[str, str]]:
    return [(problem.code, problem.pointer) for problem in interop_problems(document)]


def subject(**members: JsonValue) -> JsonObject:
    return {**BADGE, "credentialSubject": {"type": "AchievementSubject", **members}}


def test_a_badge_in_plain_form_needs_no_remark() -> None:
    assert found(BADGE) == []


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("context.json", "OB3-CONTEXT-OLD"),
        ("context-3.0.1.json", "OB3-CONTEXT-OLD"),
        ("context-3.0.2.json", "OB3-CONTEXT-OLD"),
        ("context-3.0.4.json", "OB3-CONTEXT-VERSION"),
        ("context-3.0.0.json", "OB3-CONTEXT-VERSION"),
        ("context-3.0.1-3.0.2.json", "OB3-CONTEXT-VERSION"),
    ],
)
def test_a_context_of_another_version_is_remarked(file: str, code: str) -> None:
    assert found({**BADGE, "@context": [CREDENTIALS_V2, OB + file]}) == [(code, "/@context/1")]


def test_an_issuer_without_a_profile_is_remarked() -> None:
    assert found({**BADGE, "issuer": "https://example.org"}) == [("OB3-ISSUER-URI", "/issuer")]


def test_a_status_list_may_name_its_issuer_without_a_profile() -> None:
    types: list[JsonValue] = ["VerifiableCredential", "BitstringStatusListCredential"]
    assert found({**BADGE, "type": types, "issuer": "https://example.org"}) == []


@pytest.mark.parametrize(
    ("value", "remarked"),
    [
        ("2026-01-01T00:00:00.5Z", True),
        ("2026-01-01T00:00:00.001+02:00", True),
        ("2026-01-01T00:00:00.000Z", False),
        ("2026-01-01T00:00:00+02:00", False),
    ],
)
def test_fractions_of_seconds_are_remarked(value: str, *, remarked: bool) -> None:
    expected = [("OB3-SUBSECOND", "/validFrom")] if remarked else []
    assert found({**BADGE, "validFrom": value}) == expected


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ({**BADGE, "evidence": {"type": ["Evidence"]}}, "/evidence"),
        ({**BADGE, "@context": CREDENTIALS_V2}, "/@context"),
        ({**BADGE, "endorsementJwt": "a.b.c"}, "/endorsementJwt"),
        (subject(identifier={"type": "IdentityObject"}), "/credentialSubject/identifier"),
        (subject(result={"type": ["Result"]}), "/credentialSubject/result"),
        (subject(achievement={**ACHIEVEMENT, "tag": "team"}), "/credentialSubject/achievement/tag"),
        (
            subject(achievement={"type": "Achievement", "alignment": {"type": "Alignment"}}),
            "/credentialSubject/achievement/alignment",
        ),
        (
            subject(result=[{"type": "Result", "alignment": {}}]),
            "/credentialSubject/result/0/alignment",
        ),
        ({"type": "ClrCredential", "credentialSubject": {"type": "ClrSubject", "achievement": {}}}, None),
        ({"type": "AchievementCredential", "evidence": {}}, "/evidence"),
    ],
)
def test_a_single_value_where_the_plain_form_has_an_array_is_remarked(
    document: JsonObject, place: str | None
) -> None:
    assert found(document) == [("OB3-NOT-ARRAY", place or "/credentialSubject/achievement")]


@pytest.mark.parametrize("name", ["credentialStatus", "refreshService"])
def test_an_array_where_the_published_schema_has_an_object_is_remarked(name: str) -> None:
    entries: list[JsonValue] = [{"id": "urn:x:1"}, {"id": "urn:x:2"}]
    assert found({**BADGE, name: entries}) == [("OB3-NOT-SINGLE", f"/{name}")]


def test_a_status_entry_without_id_is_remarked() -> None:
    assert found({**BADGE, "credentialStatus": {"type": "x"}}) == [("OB3-STATUS-ID", "/credentialStatus")]
    both: list[JsonValue] = [{"id": "urn:x:1"}, {}]
    assert ("OB3-STATUS-ID", "/credentialStatus/1") in found({**BADGE, "credentialStatus": both})


@pytest.mark.parametrize(
    ("document", "place", "current"),
    [
        ({**BADGE, "issuedOn": "2026-01-01"}, "/issuedOn", None),
        ({**BADGE, "expires": "2026-01-01"}, "/expires", "validUntil"),
        ({**BADGE, "expirationDate": "2026-01-01"}, "/expirationDate", "validUntil"),
        (
            subject(achievement={"type": "Achievement", "tags": []}),
            "/credentialSubject/achievement/tags",
            "tag",
        ),
        ({**BADGE, "issuer": {"type": "Profile", "telephone": "1"}}, "/issuer/telephone", "phone"),
        (
            subject(identifier=[{"identityType": "email"}]),
            "/credentialSubject/identifier/0/identityType",
            "emailAddress",
        ),
    ],
)
def test_an_old_name_is_remarked_unless_the_new_one_is_there(
    document: JsonObject, place: str, current: str | None
) -> None:
    problems = interop_problems(document)
    expected = [("OB3-OLD-NAME", place)] if current else []
    assert [(problem.code, problem.pointer) for problem in problems] == expected
    assert [problem.details["current"] for problem in problems] == [current] * len(problems)


def test_version_1_names_its_dates_otherwise() -> None:
    old: JsonObject = {name: value for name, value in BADGE.items() if name != "validFrom"}
    old |= {"@context": [CREDENTIALS_V1, OPEN_BADGES_CONTEXT], "issuanceDate": "2026-01-01T00:00:00Z"}
    assert found(old) == []


@pytest.mark.parametrize("kind", ["Evidence", "Image"])
def test_a_large_data_uri_is_remarked(kind: str) -> None:
    fits = f"data:,{'x' * (MAX_DATA_URI - 6)}"
    assert found({**BADGE, "evidence": [{"type": kind, "id": fits}]}) == []
    assert found({**BADGE, "evidence": [{"type": kind, "id": f"{fits}x"}]}) == [
        ("OB3-DATA-URI", "/evidence/0/id")
    ]


def test_an_envelope_in_a_record_is_remarked() -> None:
    envelope: JsonObject = {"type": "EnvelopedVerifiableCredential", "id": "data:application/vc+jwt,a.b.c"}
    record: JsonObject = {"credentialSubject": {"verifiableCredential": [{"type": "x"}, envelope]}}
    assert found(record) == [("CLR-ENVELOPED", "/credentialSubject/verifiableCredential/1")]


def test_credentials_inside_are_left_to_their_own_reports() -> None:
    inner: JsonObject = {"type": "Achievement", "tags": [], "tag": "x"}
    assert found({**BADGE, "endorsement": [inner]}) == []
    record: JsonObject = {"type": "ClrSubject", "verifiableCredential": [inner]}
    assert found({**BADGE, "credentialSubject": record}) == []


def test_remarks_never_make_a_badge_invalid() -> None:

    assert {rule.severity for rule in RULES} == {"warning", "interop"}
    assert all(rule_book()[rule.code] is rule for rule in RULES)


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"@context": {}, "issuer": [], "validFrom": 3, "credentialStatus": "x", "credentialSubject": []},
        {"type": [[], {}, 3], "identityType": {}, "id": 7},
        {"credentialSubject": {"verifiableCredential": [None, {"type": {}}]}},
    ],
)
def test_a_malformed_document_raises_nothing(document: JsonObject) -> None:
    assert found(document) == []
