"""The credentials inside a learner record are verified, and weigh as they should."""

from __future__ import annotations

from datetime import timedelta

import pytest

from issued_badges import LATER, NOW, OTHER_KEY, did_issuer, fixed_bytes, https_badge, small
from openbadge_issuer.issuing import Recipient, SignedBadge, SignedClr
from openbadge_issuer.signing.sealing import ProofFormat
from openbadge_issuer.verification import VerificationReport, verify
from openbadge_issuer.verification.contained import MAX_CONTAINED

FORMS: tuple[ProofFormat, ...] = ("eddsa-rdfc-2022", "vc-jwt")
LEARNER = Recipient(id="did:example:ada")
REGISTRY = did_issuer(OTHER_KEY)


def record(*badges: SignedBadge | bytes, proof: ProofFormat | None = None) -> SignedClr:
    return REGISTRY.issue_clr(badges, name="Record", recipient=LEARNER, proof=proof, now=NOW, rng=fixed_bytes)


def outcomes(report: VerificationReport) -> list[tuple[str, str]]:
    return [
        (found.code, found.outcome) for found in report.findings if found.code.startswith("CLR-CONTAINED-")
    ]


@pytest.mark.parametrize("inner", FORMS)
@pytest.mark.parametrize("outer", FORMS)
def test_a_record_of_badges_that_hold_is_accepted(inner: ProofFormat, outer: ProofFormat) -> None:
    report = verify(record(small(proof=inner), proof=outer).data, now=LATER)
    assert report.accepted, report
    assert report.specification == "CLR 2.0"
    assert outcomes(report) == [("CLR-CONTAINED-VALID", "passed")]
    (inside,) = report.contained
    assert inside.accepted
    assert inside.credential.name == "Facilitator"


def test_a_broken_badge_breaks_the_record() -> None:
    broken = small().data.replace(b"Leads a workshop.", b"Leads everything.")
    report = verify(record(broken).data, now=LATER)
    assert report.verdicts["integrity"] == "failed"
    assert outcomes(report) == [("CLR-CONTAINED-BROKEN", "failed")]


def test_an_expired_badge_leaves_the_record_genuine() -> None:
    ended = small(valid_until=NOW + timedelta(days=1))
    report = verify(record(ended).data, now=LATER)
    assert report.accepted
    assert outcomes(report) == [("CLR-CONTAINED-NOT-HELD", "failed")]


def test_a_badge_whose_key_cannot_be_had_is_left_open() -> None:
    far = https_badge("did:web:far.example", "did:web:far.example#key-1")
    report = verify(record(far).data, now=LATER)
    assert report.accepted
    assert outcomes(report) == [("CLR-CONTAINED-OPEN", "undetermined")]


def test_what_is_no_token_in_an_envelope_breaks_the_record() -> None:
    report = verify(record(b"e30.e30.e30", proof="vc-jwt").data, now=LATER)
    assert outcomes(report) == [("CLR-CONTAINED-BROKEN", "failed")]


def test_a_record_of_more_than_the_limit_is_not_judged() -> None:
    token = small(proof="vc-jwt")
    report = verify(record(*[token] * (MAX_CONTAINED + 1), proof="vc-jwt").data, now=LATER)
    assert report.verdicts["integrity"] == "undetermined"
    assert "CLR-TOO-MANY" in {found.code for found in report.findings}
