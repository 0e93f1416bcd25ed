"""A learner record from badges that exist, and what is found in it."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest

from openbadge_issuer.assertions import (
    CLR_CONTEXT,
    Achievement,
    Association,
    ClrCredential,
    Criteria,
    IdentityObject,
    Profile,
)
from openbadge_issuer.assertions.context_urls import CREDENTIALS_V2, OPEN_BADGES_CONTEXT
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json
from openbadge_issuer.assertions.learner_record import (
    Contained,
    association_problems,
    clr_of,
    contained_credentials,
)
from openbadge_issuer.errors import ModelError

ADA = "did:example:ada"
ISSUER = Profile(id="https://example.org/issuer")
MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


def badge(name: str, *, subject: str = ADA, context: str = OPEN_BADGES_CONTEXT) -> JsonObject:
    return {
        "@context": [CREDENTIALS_V2, context],
        "id": f"urn:x:badge:{name}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": "did:example:issuer",
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {"id": subject, "achievement": {"id": f"urn:x:{name}"}},
    }


def token(payload: JsonValue) -> str:
    body = base64.urlsafe_b64encode(dump_json(payload)).rstrip(b"=").decode()
    return f"eyJh.{body}.c2ln"


def record(*credentials: JsonObject | str, **members: object) -> ClrCredential:
    return clr_of(
        credentials,
        clr_id="urn:x:record",
        name="All badges",
        issuer=ISSUER,
        valid_from=MOMENT,
        **members,  # type: ignore[arg-type]  # each test gives what it is about
    )


def test_documents_go_in_as_they_are_and_tokens_in_an_envelope() -> None:
    made = record(badge("a"), token(badge("b")))
    assert made.credential_subject.verifiable_credential == (
        badge("a"),
        {
            "@context": CREDENTIALS_V2,
            "id": f"data:application/vc+jwt,{token(badge('b'))}",
            "type": "EnvelopedVerifiableCredential",
        },
    )
    assert ClrCredential.read(made.to_json()) == made


def test_what_was_put_in_is_found_again() -> None:
    made = record(badge("a"), token(badge("b"))).to_json()
    place = "/credentialSubject/verifiableCredential"
    assert contained_credentials(made) == (
        Contained(f"{place}/0", badge("a")),
        Contained(f"{place}/1", token(badge("b"))),
    )


def test_the_learner_is_the_one_whom_all_credentials_name() -> None:
    assert record(badge("a"), token(badge("b"))).credential_subject.id == ADA
    assert record(badge("a"), token({"vc": badge("b")})).credential_subject.id == ADA
    assert record(badge("a"), subject_id="did:example:eve").credential_subject.id == "did:example:eve"


@pytest.mark.parametrize(
    "other", [badge("b", subject="did:example:eve"), token([]), token({}), "eyJh.AAAA.c2ln"]
)
def test_credentials_that_do_not_agree_need_a_learner_by_name(other: JsonObject | str) -> None:
    with pytest.raises(ModelError) as error:
        record(badge("a"), other)
    assert error.value.code == "OB3-SUBJECT-IDENTITY"
    identity = IdentityObject(hashed=False, identity_hash="ada@example.org", identity_type="emailAddress")
    assert record(badge("a"), other, identifier=(identity,)).credential_subject.id is None


@pytest.mark.parametrize("credential", ["not a token", "a.b", "a.b.c.d", {"type": "x"}])
def test_what_is_no_credential_is_refused(credential: JsonObject | str) -> None:
    with pytest.raises(ModelError) as error:
        record(credential, subject_id=ADA)
    assert error.value.pointer.startswith("/verifiableCredential/0")


def test_a_record_without_credentials_is_refused() -> None:
    with pytest.raises(ModelError) as error:
        record(subject_id=ADA)
    assert error.value.code == "MODEL-EMPTY"


def test_the_context_of_open_badges_is_the_one_of_the_badges() -> None:
    older = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json"
    assert record(badge("a", context=older)).context == (CREDENTIALS_V2, CLR_CONTEXT, older)
    mixed = record(badge("a", context=older), badge("b"))
    assert mixed.context[2] == OPEN_BADGES_CONTEXT
    assert record(token(badge("a", context=older))).context[2] == OPEN_BADGES_CONTEXT


def test_designs_and_their_associations_go_in() -> None:
    design = Achievement(id="urn:x:c", name="C", description="C", criteria=Criteria(narrative="C"))
    link = Association(association_type="isParentOf", source_id="urn:x:c", target_id="urn:x:a")
    made = record(badge("a"), achievement=(design,), association=(link,), partial=True)
    assert made.partial is True
    assert association_problems(made.to_json()) == ()


def associated(source: str, target: str, *credentials: JsonObject | str) -> list[tuple[str, str]]:
    link = Association(association_type="isPartOf", source_id=source, target_id=target)
    made = record(*credentials, subject_id=ADA, association=(link,)).to_json()
    return [(problem.code, problem.pointer) for problem in association_problems(made)]


def test_an_association_names_achievements_of_the_record() -> None:
    place = "/credentialSubject/association/0"
    both = (badge("a"), token(badge("b")))
    assert associated("urn:x:a", "urn:x:b", *both) == []
    assert associated("urn:x:a", "urn:x:c", *both) == [("CLR-ASSOCIATION", f"{place}/targetId")]
    assert associated("urn:x:c", "urn:x:b", *both) == [("CLR-ASSOCIATION", f"{place}/sourceId")]


def test_nothing_is_said_of_associations_while_an_envelope_stays_closed() -> None:
    assert associated("urn:x:c", "urn:x:d", badge("a"), "eyJh.AAAA.c2ln") == []
    sealed: JsonObject = {
        "@context": CREDENTIALS_V2,
        "id": "data:application/vc+sd-jwt,a.b.c~",
        "type": "EnvelopedVerifiableCredential",
    }
    assert associated("urn:x:c", "urn:x:d", sealed) == []


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"credentialSubject": []},
        {"credentialSubject": {"verifiableCredential": 3, "association": [3, {"sourceId": []}]}},
        {
            "credentialSubject": {
                "verifiableCredential": [None, {"credentialSubject": 1}],
                "achievement": {"id": {}},
            }
        },
    ],
)
def test_a_malformed_record_raises_nothing(document: JsonObject) -> None:
    assert association_problems(document) == ()
    assert all(isinstance(found.credential, dict) for found in contained_credentials(document))
