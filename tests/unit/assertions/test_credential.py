"""The badge in both versions of the VC Data Model, and the rules that no schema states."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from openbadge_issuer.assertions import (
    Achievement,
    AchievementCredential,
    AchievementCredentialV1,
    AchievementSubject,
    Criteria,
    EndorsementCredential,
    EndorsementCredentialV1,
    IdentityObject,
    Profile,
    credential_class,
    endorsement_class,
)
from openbadge_issuer.assertions.context_urls import CREDENTIALS_V1, CREDENTIALS_V2, OPEN_BADGES_CONTEXT
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.node import Node

ACHIEVEMENT: JsonObject = {
    "id": "urn:x:achievement",
    "type": ["Achievement"],
    "name": "Teamwork",
    "description": "Works well with others.",
    "criteria": {"narrative": "Three peers say so."},
}
SUBJECT: JsonObject = {"id": "did:example:ada", "type": ["AchievementSubject"], "achievement": ACHIEVEMENT}
BADGE: JsonObject = {
    "@context": [CREDENTIALS_V2, OPEN_BADGES_CONTEXT],
    "id": "urn:x:badge",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "issuer": {"id": "https://example.org/issuer", "type": ["Profile"]},
    "validFrom": "2026-01-01T00:00:00Z",
    "credentialSubject": SUBJECT,
}
ENDORSEMENT: JsonObject = {
    **BADGE,
    "id": "urn:x:endorsement",
    "type": ["VerifiableCredential", "EndorsementCredential"],
    "name": "Well said",
    "credentialSubject": {"id": "urn:x:achievement", "type": ["EndorsementSubject"]},
}
STATUS: JsonObject = {"id": "https://example.org/status#1", "type": "BitstringStatusListEntry"}


def version_1(document: JsonObject) -> JsonObject:
    """The same credential in the form of the VC Data Model 1.1."""
    old = {name: value for name, value in document.items() if name != "validFrom"}
    return {
        "name": "Teamwork",
        **old,
        "@context": [CREDENTIALS_V1, OPEN_BADGES_CONTEXT],
        "issuanceDate": document["validFrom"],
    }


def without(document: JsonObject, *names: str) -> JsonObject:
    return {name: value for name, value in document.items() if name not in names}


def found(kind: type[Node], document: JsonObject) -> list[tuple[str, str]]:
    return [(problem.code, problem.pointer) for problem in kind.check(document)[1]]


def test_a_badge_is_read_and_written_back() -> None:
    assert AchievementCredential.read(BADGE).to_json() == BADGE


def test_a_badge_is_built_in_a_few_lines() -> None:
    badge = AchievementCredential(
        context=(CREDENTIALS_V2, OPEN_BADGES_CONTEXT),
        id="urn:x:badge",
        issuer=Profile(id="https://example.org/issuer"),
        valid_from=datetime(2026, 1, 1, tzinfo=UTC),
        credential_subject=AchievementSubject(
            id="did:example:ada",
            achievement=Achievement(
                id="urn:x:achievement",
                name="Teamwork",
                description="Works well with others.",
                criteria=Criteria(narrative="Three peers say so."),
            ),
        ),
    )
    assert badge.to_json() == BADGE


@pytest.mark.parametrize("name", ["@context", "id", "issuer", "validFrom", "credentialSubject", "type"])
def test_what_a_badge_must_have(name: str) -> None:
    assert found(AchievementCredential, without(BADGE, name)) == [("MODEL-REQUIRED", f"/{name}")]


@pytest.mark.parametrize("name", ["id", "type", "name", "description", "criteria"])
def test_what_an_achievement_must_have(name: str) -> None:
    assert found(Achievement, without(ACHIEVEMENT, name)) == [("MODEL-REQUIRED", f"/{name}")]


@pytest.mark.parametrize("name", ["AchievementCredential", "OpenBadgeCredential"])
def test_a_badge_has_one_of_two_types(name: str) -> None:
    document: JsonObject = {**BADGE, "type": [name, "x:Other", "VerifiableCredential"]}
    assert AchievementCredential.read(document).to_json() == document


@pytest.mark.parametrize(
    "types",
    ["VerifiableCredential", ["VerifiableCredential", "EndorsementCredential"], ["OpenBadgeCredential"], []],
)
def test_another_type_is_refused(types: JsonValue) -> None:
    assert found(AchievementCredential, {**BADGE, "type": types}) == [("MODEL-TYPE", "/type")]


@pytest.mark.parametrize(
    "contexts",
    [
        [CREDENTIALS_V2, "https://purl.imsglobal.org/spec/ob/v3p0/context.json"],
        [CREDENTIALS_V2, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json"],
        [
            CREDENTIALS_V2,
            OPEN_BADGES_CONTEXT,
            "https://example.org/more.json",
            {"x": "https://example.org/x"},
        ],
    ],
)
def test_contexts_in_the_right_order_are_taken(contexts: JsonValue) -> None:
    document: JsonObject = {**BADGE, "@context": contexts}
    assert AchievementCredential.read(document).to_json() == document


@pytest.mark.parametrize(
    ("contexts", "code"),
    [
        ([], "OB3-CONTEXT-FIRST"),
        (CREDENTIALS_V2, "OB3-CONTEXT-SECOND"),
        ([OPEN_BADGES_CONTEXT, CREDENTIALS_V2], "OB3-CONTEXT-FIRST"),
        ([{"a": "urn:x:a"}, OPEN_BADGES_CONTEXT], "OB3-CONTEXT-FIRST"),
        ([CREDENTIALS_V2, "https://example.org/more.json", OPEN_BADGES_CONTEXT], "OB3-CONTEXT-SECOND"),
        (
            [CREDENTIALS_V2, "https://purl.imsglobal.org/spec/ob/v3p0/context/ob_v3p0.jsonld"],
            "OB3-CONTEXT-SECOND",
        ),
        ([CREDENTIALS_V2, OPEN_BADGES_CONTEXT + "\n"], "MODEL-FORMAT"),
        ([CREDENTIALS_V2, {"a": "urn:x:a"}], "OB3-CONTEXT-SECOND"),
        ([CREDENTIALS_V2], "OB3-CONTEXT-SECOND"),
    ],
)
def test_contexts_in_the_wrong_order_are_refused(contexts: JsonValue, code: str) -> None:
    assert [
        found_code for found_code, _ in found(AchievementCredential, {**BADGE, "@context": contexts})
    ] == [code]


def test_the_subject_names_the_recipient_by_id_or_identifier() -> None:
    identifier = IdentityObject(hashed=False, identity_hash="ada", identity_type="userName").to_json()
    assert found(AchievementSubject, without(SUBJECT, "id")) == [("OB3-SUBJECT-IDENTITY", "")]
    assert found(AchievementSubject, {**without(SUBJECT, "id"), "identifier": []}) == [
        ("OB3-SUBJECT-IDENTITY", "")
    ]
    assert not found(AchievementSubject, {**without(SUBJECT, "id"), "identifier": [identifier]})
    nested: JsonObject = {**BADGE, "credentialSubject": without(SUBJECT, "id")}
    assert found(AchievementCredential, nested) == [("OB3-SUBJECT-IDENTITY", "/credentialSubject")]


def test_criteria_are_a_page_or_a_text() -> None:
    assert not found(Criteria, {"id": "https://example.org/how"})
    assert found(Criteria, {}) == [("OB3-CRITERIA", "")]
    assert found(Achievement, {**ACHIEVEMENT, "criteria": {"type": "Criteria"}}) == [
        ("OB3-CRITERIA", "/criteria")
    ]


def test_the_subject_is_one_object() -> None:
    assert found(AchievementCredential, {**BADGE, "credentialSubject": [SUBJECT]}) == [
        ("MODEL-KIND", "/credentialSubject")
    ]


@pytest.mark.parametrize("status", [STATUS, [STATUS, {**STATUS, "id": "https://example.org/status#2"}]])
def test_a_status_is_an_object_or_an_array(status: JsonValue) -> None:
    document: JsonObject = {**BADGE, "credentialStatus": status}
    assert AchievementCredential.read(document).to_json() == document


def test_the_members_of_a_status_are_kept() -> None:
    entry: JsonObject = {**STATUS, "statusPurpose": "revocation", "statusListIndex": "94567"}
    read = AchievementCredential.read({**BADGE, "credentialStatus": [entry]})
    assert read.credential_status[0].to_json() == entry
    assert read.to_json()["credentialStatus"] == entry


def test_the_issuer_is_a_profile_or_its_identifier() -> None:
    assert AchievementCredential.read(BADGE).issuer_id == "https://example.org/issuer"
    bare: JsonObject = {**BADGE, "issuer": "did:web:example.org"}
    assert AchievementCredential.read(bare).issuer_id == "did:web:example.org"
    assert AchievementCredential.read(bare).to_json() == bare


def test_version_1_has_its_own_names_and_the_same_attributes() -> None:
    document: JsonObject = {**version_1(BADGE), "expirationDate": "2027-01-01T00:00:00Z"}
    badge = AchievementCredentialV1.read(document)
    assert badge.valid_from.year == 2026
    assert badge.valid_until
    assert badge.valid_until.year == 2027
    assert badge.to_json() == document


def test_version_1_asks_for_a_name_and_a_profile() -> None:
    assert found(AchievementCredentialV1, without(version_1(BADGE), "name")) == [("MODEL-REQUIRED", "/name")]
    assert found(AchievementCredentialV1, {**version_1(BADGE), "issuer": "did:web:example.org"}) == [
        ("MODEL-KIND", "/issuer")
    ]


def test_the_two_versions_do_not_read_each_other() -> None:
    assert ("OB3-CONTEXT-FIRST", "/@context") in found(AchievementCredentialV1, BADGE)
    assert ("MODEL-REQUIRED", "/issuanceDate") in found(AchievementCredentialV1, BADGE)
    assert ("OB3-CONTEXT-FIRST", "/@context") in found(AchievementCredential, version_1(BADGE))
    assert ("MODEL-REQUIRED", "/validFrom") in found(AchievementCredential, version_1(BADGE))


@pytest.mark.parametrize(
    ("contexts", "old"),
    [
        ([CREDENTIALS_V1, OPEN_BADGES_CONTEXT], True),
        (CREDENTIALS_V1, True),
        ([{"a": "urn:x:a"}, CREDENTIALS_V1], True),
        ([CREDENTIALS_V1, CREDENTIALS_V2], False),
        ([CREDENTIALS_V2], False),
        ([], False),
        (None, False),
        (5, False),
    ],
)
def test_the_contexts_choose_the_version(contexts: JsonValue, old: bool) -> None:  # noqa: FBT001  # a table of cases
    assert (credential_class({"@context": contexts}) is AchievementCredentialV1) == old
    assert (endorsement_class({"@context": contexts}) is EndorsementCredentialV1) == old


@pytest.mark.parametrize("name", ["id", "name", "issuer", "validFrom", "credentialSubject"])
def test_what_an_endorsement_must_have(name: str) -> None:
    assert not found(EndorsementCredential, ENDORSEMENT)
    assert found(EndorsementCredential, without(ENDORSEMENT, name)) == [("MODEL-REQUIRED", f"/{name}")]


def test_an_endorsement_keeps_its_own_version_wherever_it_is() -> None:
    old = version_1(ENDORSEMENT)
    issuer: JsonObject = {
        "id": "https://example.org/issuer",
        "type": ["Profile"],
        "endorsement": [old, ENDORSEMENT],
    }
    achievement: JsonObject = {**ACHIEVEMENT, "endorsement": [old]}
    subject: JsonObject = {**SUBJECT, "achievement": achievement}
    for badge in (BADGE, version_1(BADGE)):
        document: JsonObject = {
            **badge,
            "issuer": issuer,
            "endorsement": [ENDORSEMENT, old],
            "credentialSubject": subject,
        }
        model = credential_class(document).read(document)
        assert isinstance(model, AchievementCredential)
        assert [type(item) for item in model.endorsement] == [EndorsementCredential, EndorsementCredentialV1]
        assert model.to_json() == document


def test_a_problem_within_an_endorsement_is_found_at_its_place() -> None:
    document: JsonObject = {
        **BADGE,
        "endorsement": [ENDORSEMENT, without(version_1(ENDORSEMENT), "issuanceDate")],
    }
    assert found(AchievementCredential, document) == [("MODEL-REQUIRED", "/endorsement/1/issuanceDate")]
