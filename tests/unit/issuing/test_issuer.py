from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from issued_badges import (
    EMAIL,
    KEY,
    LATER,
    NOW,
    OTHER_KEY,
    achievement,
    did_issuer,
    fixed_bytes,
    https_badge,
    large,
    small,
)
from openbadge_issuer.assertions import AchievementCredential, Criteria
from openbadge_issuer.assertions.json_text import JsonObject, parse_json_object
from openbadge_issuer.errors import CanonicalizationError, ContextError, IssuingError
from openbadge_issuer.issuing import Award, IssueFailure, Issuer, Recipient, SignedBadge
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.signing.vc_jwt import parse_jwt
from openbadge_issuer.status import StatusEntry
from openbadge_issuer.verification import verify

P256 = SigningKey.generate("P-256")
NAIVE = datetime(2026, 1, 1)  # noqa: DTZ001  # that is what is refused


def test_a_badge_is_what_the_specification_asks_for() -> None:
    document = parse_json_object(small().data)
    assert document["@context"] == [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ]
    assert document["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert document["id"] == "urn:uuid:1"
    assert document["validFrom"] == "2026-03-01T12:00:00Z"
    assert document["name"] == "Facilitator"
    assert EMAIL not in small().data.decode()


def test_the_same_arguments_give_the_same_bytes() -> None:
    assert small().data == small().data
    assert large().data == large().data


def test_an_id_and_a_salt_are_fresh_each_time() -> None:
    issuer, recipient = did_issuer(), Recipient(email=EMAIL)
    one, other = (issuer.issue(achievement(), recipient, now=NOW) for _ in range(2))
    assert one.credential.id != other.credential.id
    assert one.credential.id.startswith("urn:uuid:")
    salts = set()
    for badge in (one, other):
        assert isinstance(badge.credential, AchievementCredential)
        salts.add(badge.credential.credential_subject.identifier[0].salt)
    assert len(salts) == 2


def test_what_was_signed_is_accepted_and_equals_the_model() -> None:
    for signed in (small(), large(), small(proof="vc-jwt"), small(Issuer(P256.did_key, "P", P256))):
        report = verify(signed.data, now=LATER, require=("integrity",))
        assert report, report
    document = parse_json_object(small().data)
    document.pop("proof")
    assert document == small().credential.to_json()


def test_the_proof_is_chosen_by_the_key() -> None:
    assert small().data.startswith(b"{")
    token = small(Issuer(P256.did_key, "P", P256)).data
    assert parse_jwt(token).header["alg"] == "ES256"
    assert parse_jwt(small(proof="vc-jwt").data).header["alg"] == "EdDSA"


REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "no verification method": (lambda: Issuer("https://a.example/", "A", KEY), "ISSUE-VERIFICATION-METHOD"),
    "somebody else's did:key": (lambda: Issuer(OTHER_KEY.did_key, "A", KEY), "ISSUE-VERIFICATION-METHOD"),
    "a proof that the key cannot make": (
        lambda: small(Issuer(P256.did_key, "P", P256), proof="eddsa-rdfc-2022"),
        "ISSUE-PROOF",
    ),
    "an unknown proof": (lambda: small(proof="bbs-2023"), "ISSUE-PROOF"),
    "an unknown version": (lambda: small(version="1.0"), "ISSUE-VERSION"),
    "an end before the beginning": (lambda: small(valid_until=NOW - timedelta(days=1)), "ISSUE-PERIOD"),
    "an end at the beginning": (lambda: small(valid_until=NOW), "ISSUE-PERIOD"),
    "a date without time zone": (lambda: small(valid_from=NAIVE), "ISSUE-TIME-ZONE"),
    "an end without time zone": (lambda: small(valid_until=NAIVE), "ISSUE-TIME-ZONE"),
    "an award without time zone": (lambda: small(awarded_date=NAIVE), "ISSUE-TIME-ZONE"),
    "nobody": (lambda: did_issuer().issue(achievement(), Recipient(), now=NOW), "ISSUE-RECIPIENT"),
    "an empty address": (
        lambda: did_issuer().issue(achievement(), Recipient(email=" "), now=NOW),
        "ISSUE-RECIPIENT-EMPTY",
    ),
    "a recipient that is none": (lambda: Recipient.parse("ada"), "ISSUE-RECIPIENT-FORM"),
}


@pytest.mark.parametrize(("attempt", "code"), REFUSED.values(), ids=REFUSED)
def test_what_contradicts_itself_is_refused(attempt: Callable[[], object], code: str) -> None:
    with pytest.raises(IssuingError) as caught:
        attempt()
    assert caught.value.code == code
    assert caught.value.sentence("en") != caught.value.sentence("nl")


@pytest.mark.parametrize("proof", ["eddsa-rdfc-2022", "vc-jwt"])
def test_a_member_that_no_context_defines_is_never_issued(proof: str) -> None:
    made = achievement(madeUp="x")
    with pytest.raises(CanonicalizationError) as caught:
        did_issuer().issue(made, Recipient(email=EMAIL), proof=proof, now=NOW)  # type: ignore[arg-type]  # either
    assert caught.value.code == "JSONLD-UNDEFINED-TERM"
    assert caught.value.pointer == "/credentialSubject/achievement/madeUp"


def test_a_context_given_along_defines_further_members() -> None:
    url = "https://terms.example/context"
    context: JsonObject = {"@context": {"madeUp": "https://terms.example/madeUp"}}
    made = achievement(madeUp="x")
    signed = did_issuer().issue(made, Recipient(email=EMAIL), contexts={url: context}, now=NOW)
    assert verify(signed.data, now=LATER, contexts={url: context})
    unknown = verify(signed.data, now=LATER)
    assert unknown.verdicts["integrity"] == "undetermined"


def test_an_unknown_context_is_not_issued_under() -> None:
    with pytest.raises(ContextError):
        small(contexts=("https://unknown.example/context",))


def test_a_term_that_some_copies_of_the_context_lack_is_warned_about() -> None:
    token = small(proof="vc-jwt").data.decode()
    endorsed = achievement(endorsement_jwt=(token,))
    signed = did_issuer().issue(endorsed, Recipient(email=EMAIL), now=NOW)
    assert signed.warnings == (str(IssuingError("ISSUE-UNSTABLE-TERM", name="endorsementJwt")),)
    assert did_issuer().issue(endorsed, Recipient(email=EMAIL), proof="vc-jwt", now=NOW).warnings == ()
    assert small().warnings == ()


def test_a_badge_carries_its_place_in_a_status_list() -> None:
    entry = StatusEntry.at("https://badges.example/status/1", index=7, purpose="revocation")
    assert parse_json_object(small(status=entry).data)["credentialStatus"] == entry.to_json()
    assert parse_json_object(small(status=[entry]).data)["credentialStatus"] == entry.to_json()


def test_an_https_issuer_names_where_its_key_stands() -> None:
    proof = parse_json_object(https_badge("https://a.example/", "https://a.example/#key-1").data)["proof"]
    assert isinstance(proof, dict)
    assert proof["verificationMethod"] == "https://a.example/#key-1"


def test_microseconds_of_now_are_left_out() -> None:
    exact = datetime(2026, 3, 1, 12, 0, 0, 999, tzinfo=UTC)
    signed = did_issuer().issue(achievement(), Recipient(email=EMAIL), now=exact, rng=fixed_bytes)
    assert parse_json_object(signed.data)["validFrom"] == "2026-03-01T12:00:00Z"


def awards(count: int) -> list[Award]:
    """Every third award is one that cannot be issued."""
    broken = achievement(madeUp="x")
    good = achievement(criteria=Criteria(id="https://badges.example/criteria"))
    return [
        Award(
            achievement=broken if number % 3 == 2 else good,
            recipient=Recipient(email=EMAIL),
            id=f"urn:uuid:{number}",
        )
        for number in range(count)
    ]


@pytest.mark.parametrize("threads", [0, 4])
def test_many_awards_give_one_result_each_in_order(threads: int) -> None:
    issuer = did_issuer()
    if threads:
        with ThreadPoolExecutor(threads) as pool:
            results = list(issuer.issue_many(awards(600), executor=pool))
    else:
        results = list(issuer.issue_many(iter(awards(600))))
    assert [isinstance(result, IssueFailure) for result in results] == [
        number % 3 == 2 for number in range(600)
    ]
    named = [result.credential.id for result in results if isinstance(result, SignedBadge)]
    assert named == [f"urn:uuid:{number}" for number in range(600) if number % 3 != 2]
    failed = next(result for result in results if isinstance(result, IssueFailure))
    assert failed.error.code == "JSONLD-UNDEFINED-TERM"
    assert failed.award.id == "urn:uuid:2"


def test_many_awards_can_stop_at_the_first_failure() -> None:
    results = did_issuer().issue_many(awards(600), on_error="raise")
    assert isinstance(next(results), SignedBadge)
    assert isinstance(next(results), SignedBadge)
    with pytest.raises(CanonicalizationError):
        next(results)
