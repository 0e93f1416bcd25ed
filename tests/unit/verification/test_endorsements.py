"""Endorsements inside a badge are verified, and weigh as they should."""

from __future__ import annotations

from datetime import timedelta

import pytest

from issued_badges import (
    KEY,
    LATER,
    NOW,
    OTHER_KEY,
    achievement,
    did_issuer,
    fixed_bytes,
    sign_document,
    small,
)
from openbadge_issuer.assertions.json_text import JsonObject, parse_json_object
from openbadge_issuer.issuing import Issuer, Recipient, SignedEndorsement
from openbadge_issuer.signing.sealing import ProofFormat
from openbadge_issuer.verification import VerificationReport, verify
from openbadge_issuer.verification.endorsements import MAX_ENDORSEMENTS, find_endorsements

FORMS: tuple[ProofFormat, ...] = ("eddsa-rdfc-2022", "vc-jwt")
BADGE_ID = "urn:uuid:1"
ENDORSER = did_issuer(OTHER_KEY)


def endorsement(endorsed: str = BADGE_ID, **options: object) -> SignedEndorsement:
    return ENDORSER.endorse(endorsed, "Well deserved.", now=NOW, rng=fixed_bytes, **options)  # type: ignore[arg-type]  # any option


def outcomes(report: VerificationReport) -> dict[str, str]:
    return {found.code: found.outcome for found in report.findings if found.code.startswith("ENDORSEMENT-")}


@pytest.mark.parametrize("inner", FORMS)
@pytest.mark.parametrize("outer", FORMS)
def test_an_endorsement_that_holds_is_reported_whatever_the_proofs(
    inner: ProofFormat, outer: ProofFormat
) -> None:
    signed = small(endorsements=[endorsement(proof=inner).inside], proof=outer)
    report = verify(signed.data, now=LATER)
    assert report.accepted, report
    assert outcomes(report) == {"ENDORSEMENT-VALID": "passed"}
    (inside,) = report.endorsements
    assert inside.accepted
    assert inside.credential.issuer == ENDORSER.profile.id


def test_endorsements_are_found_on_the_achievement_and_on_profiles() -> None:
    here = endorsement("https://badges.example/facilitator").inside
    creator = {"id": "urn:uuid:9", "type": ["Profile"], "endorsement": [here]}
    badge = achievement(endorsement=[here], creator=creator)
    person = Recipient(email="ada@example.org")
    issued = did_issuer().issue(badge, person, id=BADGE_ID, now=NOW, rng=fixed_bytes)
    places = [found.place for found in find_endorsements(parse_json_object(issued.data))]
    assert places == [
        "/credentialSubject/achievement/creator/endorsement/0",
        "/credentialSubject/achievement/endorsement/0",
    ]


def test_an_endorsement_of_something_else_is_remarked_on() -> None:
    report = verify(small(endorsements=[endorsement("urn:uuid:2").inside]).data, now=LATER)
    assert report.accepted
    assert outcomes(report) == {"ENDORSEMENT-VALID": "passed", "ENDORSEMENT-OTHER": "failed"}


def test_a_broken_endorsement_breaks_the_badge_around_it() -> None:
    forged = parse_json_object(endorsement().data)
    subject = forged["credentialSubject"]
    assert isinstance(subject, dict)
    forged["credentialSubject"] = {**subject, "endorsementComment": "The best there is."}
    report = verify(with_endorsement(forged), now=LATER)
    assert report.verdicts["integrity"] == "failed"
    assert outcomes(report) == {"ENDORSEMENT-BROKEN": "failed"}


def test_an_expired_endorsement_only_lends_no_weight() -> None:
    ended = endorsement(valid_until=NOW + timedelta(days=1)).inside
    report = verify(small(endorsements=[ended]).data, now=LATER)
    assert report.accepted
    assert outcomes(report) == {"ENDORSEMENT-NOT-HELD": "failed"}


def test_an_endorsement_by_a_key_that_cannot_be_looked_up_is_left_open() -> None:
    far = Issuer(
        id="did:web:far.example", name="Far", signer=OTHER_KEY, verification_method="did:web:far.example#1"
    )
    signed = far.endorse(BADGE_ID, "Good.", now=NOW, rng=fixed_bytes)
    report = verify(small(endorsements=[signed.inside]).data, now=LATER)
    assert report.accepted
    assert outcomes(report) == {"ENDORSEMENT-OPEN": "undetermined"}


@pytest.mark.parametrize("value", [1, "a.b.c", [], {}])
def test_an_endorsement_that_is_none_breaks_the_badge(value: object) -> None:
    report = verify(sign_document({**plain(), "endorsement": [value]}), now=LATER)
    assert not report.accepted


def test_too_many_endorsements_are_not_verified() -> None:
    one = endorsement(proof="vc-jwt").inside
    report = verify(small(endorsements=[one] * (MAX_ENDORSEMENTS + 1), proof="vc-jwt").data, now=LATER)
    assert report.verdicts["integrity"] == "undetermined"
    assert outcomes(report) == {"ENDORSEMENT-TOO-MANY": "undetermined"}


def test_an_endorsement_added_after_signing_is_never_looked_at() -> None:
    token = endorsement(proof="vc-jwt").data.decode()
    document: JsonObject = {**parse_json_object(small().data), "endorsementJwt": [token]}
    report = verify(document, now=LATER)
    assert report.verdicts["integrity"] == "failed"
    assert report.endorsements == ()


def test_an_endorsement_is_verified_on_its_own_too() -> None:
    report = verify(endorsement().data, now=LATER)
    assert report.accepted, report


def with_endorsement(value: JsonObject) -> bytes:
    return sign_document({**plain(), "endorsement": [value]}, KEY)


def plain() -> JsonObject:
    return parse_json_object(small().data)
