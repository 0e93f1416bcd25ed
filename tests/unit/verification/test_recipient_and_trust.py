"""Is the badge about the person asked for, and is its issuer one that the caller accepts?"""

from __future__ import annotations

import pytest

from issued_badges import (
    EMAIL,
    KEY,
    LATER,
    OTHER_KEY,
    open_or_failed,
    outcomes,
    signed_with,
    small,
    small_document,
)
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.errors import DocumentError, IssuingError
from openbadge_issuer.verification import TrustPolicy, verify


@pytest.mark.parametrize(
    ("recipient", "matches"),
    [
        (f"email:{EMAIL}", True),
        ("email:ADA@Example.org", True),
        ("email:bob@example.org", False),
        ("did:x:y", False),
    ],
)
def test_a_recipient_counts_when_given(recipient: str, matches: bool) -> None:  # noqa: FBT001  # a column
    report = verify(small().data, now=LATER, recipient=recipient)
    assert report.accepted == matches
    assert report.verdicts["recipient"] == ("passed" if matches else "failed")
    assert "recipient" in report.required
    assert outcomes(report)["RECIPIENT-MATCH" if matches else "RECIPIENT-OTHER"]


def test_a_recipient_is_not_compared_unless_given() -> None:
    report = verify(small().data, now=LATER)
    assert report.verdicts["recipient"] is None
    assert not verify(small().data, now=LATER, require=("recipient",))


def test_a_recipient_that_names_nobody_is_the_callers_mistake() -> None:
    with pytest.raises(IssuingError):
        verify(small().data, now=LATER, recipient="ada")


def policy(**entry: JsonValue) -> TrustPolicy:
    """Trust the issuer of the small badge, with these further members of the entry."""
    return TrustPolicy.read({"issuer": [{"id": KEY.did_key, **entry}]})


@pytest.mark.parametrize(
    ("trust", "code"),
    [
        (policy(), ""),
        (policy(achievements=["https://badges.example/*"]), ""),
        (policy(achievements=["https://badges.example/facilitator"]), ""),
        (policy(keys=[KEY.public_key.multibase]), ""),
        (policy(keys=[KEY.public_key.jwk]), ""),
        (TrustPolicy(), "TRUST-ISSUER-UNKNOWN"),
        (policy(achievements=["https://badges.example/cook"]), "TRUST-ACHIEVEMENT"),
        (policy(keys=[OTHER_KEY.public_key.multibase]), "TRUST-KEY"),
    ],
)
def test_trust_counts_when_a_policy_is_given(trust: TrustPolicy, code: str) -> None:
    report = verify(small().data, now=LATER, trust=trust)
    assert open_or_failed(report) == ({code: "failed"} if code else {})
    assert report.accepted == (not code)
    assert report.verdicts["integrity"] == "passed"
    assert "trust" in report.required


def test_trust_counts_when_an_issuer_is_expected() -> None:
    assert verify(small().data, now=LATER, expected_issuer=KEY.did_key)
    other = verify(small().data, now=LATER, expected_issuer=OTHER_KEY.did_key)
    assert open_or_failed(other) == {"TRUST-ISSUER-OTHER": "failed"}
    assert not other


def test_trust_does_not_reach_a_badge_without_integrity() -> None:
    report = verify(small_document(name="Changed"), now=LATER, trust=policy())
    assert outcomes(report)["TRUST-UNPROVEN"] == "undetermined"
    assert report.verdicts["trust"] == "undetermined"


def test_trust_that_was_not_asked_for_is_undetermined_and_never_success() -> None:
    report = verify(small().data, now=LATER)
    assert report.verdicts["trust"] == "undetermined"
    assert outcomes(report)["TRUST-NOT-ASKED"] == "undetermined"
    assert not verify(small().data, now=LATER, require=("trust",))


def test_an_achievement_that_somebody_else_defined_is_remarked_upon() -> None:
    creator: JsonObject = {"id": "https://guild.example/", "type": ["Profile"], "name": "Guild"}
    subject = small_document()["credentialSubject"]
    assert isinstance(subject, dict)
    made = subject["achievement"]
    assert isinstance(made, dict)
    changed = {**subject, "achievement": {**made, "creator": creator}}
    report = verify(signed_with({"credentialSubject": changed}), now=LATER, trust=policy())
    assert open_or_failed(report) == {"TRUST-CREATOR": "failed"}
    assert report


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ({}, "TRUST-FILE"),
        ({"issuer": [], "more": 1}, "TRUST-FILE"),
        ({"issuer": [1]}, "TRUST-ENTRY"),
        ({"issuer": [{"id": 1}]}, "TRUST-ENTRY"),
        ({"issuer": [{"id": "a", "keys": [1]}]}, "TRUST-ENTRY"),
        ({"issuer": [{"id": "a", "achievements": [1]}]}, "TRUST-ENTRY"),
    ],
)
def test_a_trust_policy_that_is_wrong_is_refused(document: JsonObject, code: str) -> None:
    with pytest.raises(DocumentError) as caught:
        TrustPolicy.read(document)
    assert caught.value.code == code
