"""The learner record: what it must say, and that what stands in it stays as it was received."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from openbadge_issuer.assertions import (
    CLR_CONTEXT,
    AchievementCredential,
    AchievementCredentialV1,
    Association,
    ClrCredential,
    ClrCredentialV1,
    ClrSubject,
    EndorsementCredential,
    EndorsementCredentialV1,
    Profile,
    VerifiableCredential,
    credential_class,
)
from openbadge_issuer.assertions.clr import enveloped_token
from openbadge_issuer.assertions.context_urls import CREDENTIALS_V1, CREDENTIALS_V2, OPEN_BADGES_CONTEXT
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.errors import ModelError
from openbadge_issuer.errors.rules import rule_book

BADGE: JsonObject = {
    "@context": [CREDENTIALS_V2, OPEN_BADGES_CONTEXT],
    "id": "urn:x:badge",
    "type": "VerifiableCredential",
    "issuer": "did:example:issuer",
    "validFrom": "2026-01-01T00:00:00.000+00:00",  # another form than ours, which a signature covers
    "credentialSubject": {"id": "did:example:ada", "x": [None, 1.0]},
}
TOKEN = "eyJh.eyJi.c2ln"
ENVELOPE: JsonObject = {
    "@context": CREDENTIALS_V2,
    "id": f"data:application/vc+jwt,{TOKEN}",
    "type": "EnvelopedVerifiableCredential",
}
ASSOCIATION: JsonObject = {
    "type": "Association",
    "associationType": "isPartOf",
    "sourceId": "urn:x:a",
    "targetId": "urn:x:b",
}
SUBJECT: JsonObject = {
    "id": "did:example:ada",
    "type": ["ClrSubject"],
    "verifiableCredential": [BADGE, ENVELOPE],
    "association": [ASSOCIATION],
}
RECORD: JsonObject = {
    "@context": [CREDENTIALS_V2, CLR_CONTEXT, OPEN_BADGES_CONTEXT],
    "id": "urn:x:record",
    "type": ["VerifiableCredential", "ClrCredential"],
    "name": "All of Ada's badges",
    "issuer": {"id": "https://example.org/issuer", "type": ["Profile"]},
    "validFrom": "2026-01-01T00:00:00Z",
    "credentialSubject": SUBJECT,
    "partial": False,
}


def version_1(document: JsonObject) -> JsonObject:
    """The same credential in the form of the VC Data Model 1.1."""
    old = {name: value for name, value in document.items() if name != "validFrom"}
    contexts = document["@context"]
    assert isinstance(contexts, list)
    return {**old, "@context": [CREDENTIALS_V1, *contexts[1:]], "issuanceDate": document["validFrom"]}


def record(**members: JsonValue) -> JsonObject:
    return {**RECORD, "credentialSubject": {**SUBJECT, **members}}


def found(document: JsonObject) -> list[tuple[str, str]]:
    return [(problem.code, problem.pointer) for problem in ClrCredential.check(document)[1]]


def test_a_record_is_read_and_written_back() -> None:
    assert ClrCredential.read(RECORD).to_json() == RECORD


def test_credentials_inside_stay_as_they_were_received() -> None:
    contained = ClrCredential.read(RECORD).credential_subject.verifiable_credential
    assert contained == (BADGE, ENVELOPE)


def test_a_single_credential_is_read_without_an_array() -> None:
    subject = ClrCredential.read(record(verifiableCredential=BADGE)).credential_subject
    assert subject.verifiable_credential == (BADGE,)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("name", "MODEL-REQUIRED"),
        ("id", "MODEL-REQUIRED"),
        ("issuer", "MODEL-REQUIRED"),
        ("validFrom", "MODEL-REQUIRED"),
        ("credentialSubject", "MODEL-REQUIRED"),
        ("type", "MODEL-REQUIRED"),
    ],
)
def test_what_is_required_is_missed(name: str, code: str) -> None:
    without = {member: value for member, value in RECORD.items() if member != name}
    assert found(without) == [(code, f"/{name}")]


@pytest.mark.parametrize(
    ("contexts", "expected"),
    [
        ([CREDENTIALS_V2, OPEN_BADGES_CONTEXT, CLR_CONTEXT], "CLR 2.0"),
        ([CREDENTIALS_V2], "CLR 2.0"),
        ([CREDENTIALS_V2, "https://dc.imsglobal.org/draft/clr/v2p0/context", OPEN_BADGES_CONTEXT], "CLR 2.0"),
        ([CREDENTIALS_V2, f"{CLR_CONTEXT}\n", OPEN_BADGES_CONTEXT], "CLR 2.0"),
        ([CREDENTIALS_V2, CLR_CONTEXT], "Open Badges 3.0"),
        ([CREDENTIALS_V2, CLR_CONTEXT, {}], "Open Badges 3.0"),
    ],
)
def test_the_contexts_have_their_order(contexts: list[JsonValue], expected: str) -> None:
    problems = ClrCredential.check({**RECORD, "@context": contexts})[1]
    named = [problem for problem in problems if problem.code == "MODEL-CLR-CONTEXT"]
    if contexts[1:2] == [f"{CLR_CONTEXT}\n"]:
        assert [problem.code for problem in problems] == ["MODEL-FORMAT"]
        return
    assert [(problem.pointer, problem.details["expected"]) for problem in named] == [("/@context", expected)]
    assert expected in rule_book()["MODEL-CLR-CONTEXT"].en.format_map(named[0].details)


def test_earlier_contexts_are_accepted() -> None:
    base = "https://purl.imsglobal.org/spec"
    contexts: list[JsonValue] = [
        CREDENTIALS_V2,
        f"{base}/clr/v2p0/context.json",
        f"{base}/ob/v3p0/context.json",
    ]
    assert found({**RECORD, "@context": contexts}) == []


def test_the_learner_is_named_by_an_id_or_an_identifier() -> None:
    nobody = {name: value for name, value in SUBJECT.items() if name != "id"}
    identity: JsonObject = {
        "type": "IdentityObject",
        "hashed": False,
        "identityHash": "a@b.org",
        "identityType": "emailAddress",
    }
    assert found({**RECORD, "credentialSubject": nobody}) == [("OB3-SUBJECT-IDENTITY", "/credentialSubject")]
    assert found({**RECORD, "credentialSubject": {**nobody, "identifier": [identity]}}) == []


INSIDE = "/credentialSubject/verifiableCredential"


@pytest.mark.parametrize(
    ("contained", "code", "place"),
    [
        ([], "MODEL-EMPTY", ""),
        (["urn:x:badge"], "MODEL-KIND", "/0"),
        ([BADGE, {**BADGE, "type": ["x"]}], "MODEL-TYPE", "/1/type"),
        ([{**BADGE, "issuer": {}}], "MODEL-REQUIRED", "/0/issuer/type"),
        ([{**BADGE, "validFrom": "today"}], "MODEL-DATE-TIME", "/0/validFrom"),
        ([{**BADGE, "@context": []}], "OB3-CONTEXT-FIRST", "/0/@context"),
        ([{**ENVELOPE, "id": "https://example.org/badge"}], "MODEL-FORMAT", "/0/id"),
        ([{**ENVELOPE, "id": "data:application/vc+jwt,a.b"}], "MODEL-FORMAT", "/0/id"),
        ([{**ENVELOPE, "id": "data:application/json,{}"}], "MODEL-FORMAT", "/0/id"),
    ],
)
def test_what_stands_in_a_record_is_a_credential(contained: JsonValue, code: str, place: str) -> None:
    first = (code, f"{INSIDE}{place}")
    assert found(record(verifiableCredential=contained))[0] == first


@pytest.mark.parametrize(
    "contained",
    [
        version_1({**BADGE, "issuer": {"id": "urn:x:i", "type": "Profile"}}),
        {**ENVELOPE, "id": "data:application/vc+sd-jwt,a.b.c~"},
    ],
)
def test_a_credential_inside_keeps_its_own_version_and_form(contained: JsonObject) -> None:
    assert found(record(verifiableCredential=[contained])) == []


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"associationType": "isFriendOf"}, "MODEL-ENUM"),
        ({"associationType": "ext:isFriendOf"}, "MODEL-ENUM"),
        ({"targetId": 3}, "MODEL-KIND"),
        ({"type": ["Association"]}, "MODEL-ENUM"),
        ({"note": "x"}, "MODEL-CLOSED"),
    ],
)
def test_an_association_is_closed_in_kind_and_members(members: JsonObject, code: str) -> None:
    name = next(iter(members))
    damaged: JsonObject = {**ASSOCIATION, **members}
    assert found(record(association=[damaged])) == [(code, f"/credentialSubject/association/0/{name}")]


def test_a_builder_gets_our_error_with_its_place() -> None:
    with pytest.raises(ModelError) as error:
        ClrSubject(id="did:example:ada", verifiable_credential=({"type": "x"},))
    assert error.value.code == "MODEL-TYPE"
    assert error.value.pointer == "/verifiableCredential/0/type"


def test_a_record_is_built_in_a_few_lines() -> None:
    built = ClrCredential(
        context=(CREDENTIALS_V2, CLR_CONTEXT, OPEN_BADGES_CONTEXT),
        id="urn:x:record",
        name="All of Ada's badges",
        issuer=Profile(id="https://example.org/issuer"),
        valid_from=datetime(2026, 1, 1, tzinfo=UTC),
        partial=False,
        credential_subject=ClrSubject(
            id="did:example:ada",
            verifiable_credential=(dict(BADGE), dict(ENVELOPE)),
            association=(Association(association_type="isPartOf", source_id="urn:x:a", target_id="urn:x:b"),),
        ),
    )
    assert built.to_json() == RECORD


def test_a_record_of_version_1_is_read() -> None:
    old = version_1(RECORD)
    assert ClrCredentialV1.read(old).to_json() == old
    assert ClrCredentialV1.check({**old, "issuer": "did:example:issuer"})[1]


@pytest.mark.parametrize(
    ("types", "now", "old"),
    [
        (["VerifiableCredential", "ClrCredential"], ClrCredential, ClrCredentialV1),
        (["EndorsementCredential"], EndorsementCredential, EndorsementCredentialV1),
        ("EndorsementCredential", EndorsementCredential, EndorsementCredentialV1),
        (["OpenBadgeCredential"], AchievementCredential, AchievementCredentialV1),
        (["ClrCredential", "AchievementCredential"], AchievementCredential, AchievementCredentialV1),
        (["SomethingElse", 3, {}], AchievementCredential, AchievementCredentialV1),
        ({}, AchievementCredential, AchievementCredentialV1),
    ],
)
def test_the_model_is_chosen_by_type_and_version(
    types: JsonValue, now: type[VerifiableCredential], old: type[VerifiableCredential]
) -> None:
    assert credential_class({"@context": [CREDENTIALS_V2], "type": types}) is now
    assert credential_class({"@context": CREDENTIALS_V1, "type": types}) is old


@pytest.mark.parametrize(
    ("document", "token"),
    [
        (ENVELOPE, TOKEN),
        ({**ENVELOPE, "type": ["x", "EnvelopedVerifiableCredential"]}, TOKEN),
        ({**ENVELOPE, "id": "data:application/vc+sd-jwt,a.b.c~"}, None),
        ({**ENVELOPE, "id": 3}, None),
        ({**ENVELOPE, "type": {}}, None),
        (BADGE, None),
    ],
)
def test_a_token_is_taken_out_of_its_envelope(document: JsonObject, token: str | None) -> None:
    assert enveloped_token(document) == token
