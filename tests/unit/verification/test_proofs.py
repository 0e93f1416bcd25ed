"""Proofs that do not hold, what lies outside a signature, and documents that are no badges."""

from __future__ import annotations

from dataclasses import replace

import pytest

from issued_badges import (
    KEY,
    LATER,
    NOW,
    OTHER_KEY,
    open_or_failed,
    outcomes,
    signed_with,
    small,
    small_document,
)
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, parse_json_object
from openbadge_issuer.signing.cryptosuite import add_proof
from openbadge_issuer.signing.data_integrity import ProofOptions
from openbadge_issuer.verification import TrustedIssuer, TrustPolicy, validate, verify
from openbadge_issuer.verification.report import Outcome


def proof(**changes: object) -> JsonObject:
    """Give the small badge's proof with members changed; None leaves a member out."""
    own = small_document()["proof"]
    assert isinstance(own, dict)
    return {name: value for name, value in {**own, **changes}.items() if value is not None}  # type: ignore[misc]  # whatever a test wants


PROOFS: dict[str, tuple[JsonValue, str, Outcome]] = {
    "missing": (None, "PROOF-MISSING", "failed"),
    "an empty array": ([], "PROOF-MISSING", "failed"),
    "no object": (["proof"], "PROOF-MISSING", "failed"),
    "too many": ([proof()] * 17, "PROOF-TOO-MANY", "undetermined"),
    "of an unknown type": (proof(type="RsaSignature2018"), "PROOF-TYPE", "undetermined"),
    "of an unknown suite": (proof(cryptosuite="bbs-2023"), "PROOF-CRYPTOSUITE", "undetermined"),
    "a chain without its first link": (proof(previousProof="urn:uuid:0"), "PROOF-PREVIOUS", "failed"),
    "for another purpose": (proof(proofPurpose="authentication"), "PROOF-PURPOSE", "failed"),
    "without a key": (proof(verificationMethod=None), "PROOF-METHOD", "failed"),
    "a key that is no text": (proof(verificationMethod={"id": "x"}), "PROOF-METHOD", "failed"),
    "a key of a megabyte": (proof(verificationMethod="did:x:" + "z" * 10**6), "METHOD-SYNTAX", "failed"),
    "an unknown DID method": (proof(verificationMethod="did:x:y#z"), "DID-METHOD", "undetermined"),
    "a broken did:key": (proof(verificationMethod="did:key:z6Mk#z6Mk"), "KEY-FORMAT", "failed"),
    "a key elsewhere": (proof(verificationMethod="https://x.example/key"), "FETCH-NOT-GIVEN", "undetermined"),
    "another key": (
        proof(verificationMethod=f"{OTHER_KEY.did_key}#{OTHER_KEY.public_key.multibase}"),
        "PROOF-SIGNATURE",
        "failed",
    ),
    "no date": (proof(created="yesterday"), "PROOF-CREATED", "failed"),
    "no expiry date": (proof(expires="tomorrow"), "PROOF-DATE", "failed"),
    "expired": (proof(expires="2026-03-02T00:00:00Z"), "PROOF-EXPIRED", "failed"),
    "of the future": (proof(created="2027-01-01T00:00:00Z"), "PROOF-NOT-YET", "failed"),
    "without a signature": (proof(proofValue=None), "PROOF-VALUE", "failed"),
    "a short signature": (proof(proofValue="z3sB"), "PROOF-SIGNATURE-LENGTH", "failed"),
    "another signature": (proof(proofValue="z" + "4" * 88), "PROOF-SIGNATURE", "failed"),
    "with a member of its own": (proof(nonce="1"), "PROOF-SIGNATURE", "failed"),
    "with hidden text": (proof(**{"@graph": {"@set": ["x"]}}), "JSONLD-KEYWORD", "failed"),
}  # fmt: skip


@pytest.mark.parametrize(("value", "code", "outcome"), PROOFS.values(), ids=PROOFS)
def test_a_proof_that_does_not_hold_is_never_accepted(value: JsonValue, code: str, outcome: Outcome) -> None:
    document = small_document()
    changed = {name: part for name, part in document.items() if name != "proof"}
    report = verify(changed if value is None else {**changed, "proof": value}, now=LATER)
    assert outcomes(report)[code] == outcome
    assert report.verdicts["integrity"] == outcome
    assert not report


def test_a_proof_set_needs_one_proof_that_holds_and_none_that_is_broken() -> None:
    document = small_document()
    unknown: JsonObject = {"type": "RsaSignature2018"}
    beside = verify({**document, "proof": [unknown, proof()]}, now=LATER)
    assert beside
    assert open_or_failed(beside) == {"PROOF-TYPE": "undetermined"}
    assert beside.verdicts["integrity"] == "passed"
    assert verify({**document, "proof": [proof(), proof()]}, now=LATER)
    assert not verify({**document, "proof": [proof(), proof(created="2026-03-01T12:00:01Z")]}, now=LATER)
    assert not verify({**document, "proof": [proof(), "proof"]}, now=LATER)


def signed_by_two(*, first: str = "issuer", changed: bool = False) -> JsonObject:
    """Let somebody else sign the small badge too, before or after its issuer."""
    options = ProofOptions(verification_method=OTHER_KEY.public_key.verification_method, created=NOW)
    both = add_proof(small_document(), OTHER_KEY, options)
    assert isinstance(both["proof"], list)
    issuers, others = both["proof"]
    assert isinstance(others, dict)
    if changed:
        others = {**others, "created": "2026-03-01T12:00:01Z"}
    return {**both, "proof": [issuers, others] if first == "issuer" else [others, issuers]}


@pytest.mark.parametrize("first", ["issuer", "other"])
def test_a_proof_by_somebody_else_beside_the_issuers_is_a_remark_and_shows_nothing(first: str) -> None:
    report = verify(signed_by_two(first=first), now=LATER)
    assert report, report
    found = [one for one in report.findings if one.code == "PROOF-CONTROLLER"]
    assert [(one.outcome, one.severity) for one in found] == [("failed", "warning")]
    assert found[0].pointer == f"/proof/{1 if first == 'issuer' else 0}/verificationMethod"
    assert report.key
    assert report.key.fingerprint == KEY.public_key.multibase
    pinned = TrustPolicy((TrustedIssuer(KEY.did_key, keys=(KEY.public_key,)),))
    assert verify(signed_by_two(first=first), now=LATER, trust=pinned)


@pytest.mark.parametrize("first", ["issuer", "other"])
def test_a_proof_by_somebody_else_that_does_not_hold_is_never_passed_over(first: str) -> None:
    report = verify(signed_by_two(first=first, changed=True), now=LATER)
    assert report.verdicts["integrity"] == "failed"
    assert open_or_failed(report) == {"PROOF-SIGNATURE": "failed", "PROOF-CONTROLLER": "failed"}


def test_a_proof_by_somebody_else_alone_or_twice_is_none_of_the_issuers() -> None:
    both = signed_by_two()["proof"]
    assert isinstance(both, list)
    for proofs in (both[1], both[1:], [both[1], both[1]]):
        report = verify(small_document(proof=proofs), now=LATER)
        assert open_or_failed(report) == {"PROOF-CONTROLLER": "failed"}
        assert report.verdicts["integrity"] == "failed"


def test_a_proof_by_somebody_else_on_top_of_the_issuers_is_a_remark_and_below_it_is_none() -> None:
    own = small_document(proof=None)
    del own["proof"]
    options = {
        key: ProofOptions(
            verification_method=key.public_key.verification_method,
            created=NOW,
            id=f"urn:uuid:{number}",
            previous_proof=("urn:uuid:1",) if number == 2 else (),
        )
        for number, key in ((1, KEY), (2, OTHER_KEY))
    }
    notarized = add_proof(add_proof(own, KEY, options[KEY]), OTHER_KEY, options[OTHER_KEY])
    assert verify(notarized, now=LATER)
    first, second = (replace(options[key], verification_method=other.public_key.verification_method)
                     for key, other in ((KEY, OTHER_KEY), (OTHER_KEY, KEY)))  # fmt: skip
    built_upon = add_proof(add_proof(own, OTHER_KEY, first), KEY, second)
    report = verify(built_upon, now=LATER)
    assert open_or_failed(report) == {"PROOF-CONTROLLER": "failed", "PROOF-PREVIOUS-FAILED": "failed"}
    assert not report


def test_a_draft_name_of_the_suite_is_read_with_a_remark() -> None:
    report = verify(small_document(proof=proof(cryptosuite="eddsa-2022")), now=LATER)
    assert outcomes(report)["PROOF-CRYPTOSUITE-NAME"] == "failed"
    assert not report  # since the name is signed


def test_a_member_that_no_context_defines_is_outside_the_signature_and_used_by_no_check() -> None:
    entry: JsonObject = {"id": "https://x.example/1#1", "type": "X", "name": "x"}
    report = verify(small_document(madeUp="x", endorsedBy=entry), now=LATER)
    assert [found.pointer for found in report.findings if found.code == "PROOF-UNSIGNED-MEMBER"] == [
        "/madeUp",
        "/endorsedBy",
    ]
    assert report.verdicts["integrity"] == "failed"


def test_a_report_lists_at_most_a_hundred_findings_of_a_kind() -> None:
    report = verify(small_document(**{f"u{number}": number for number in range(5000)}), now=LATER)
    unsigned = [found for found in report.findings if found.code == "PROOF-UNSIGNED-MEMBER"]
    assert len(unsigned) == 100
    subject = small_document()["credentialSubject"]
    assert isinstance(subject, dict)
    made = subject["achievement"]
    assert isinstance(made, dict)
    crowded = small_document(credentialSubject={**subject, "achievement": {**made, "tag": [1] * 5000}})
    assert sum(found.code.startswith("MODEL-") for found in verify(crowded, now=LATER).findings) == 100


@pytest.mark.parametrize(
    ("context", "code"),
    [
        ("https://unknown.example/context", "CONTEXT-UNKNOWN"),
        ({"term": "https://x.example/term"}, "CONTEXT-INLINE"),
        ({"@vocab": "https://x.example/"}, "CONTEXT-VOCAB"),
    ],
)
def test_contexts_that_are_unknown_or_brought_along_are_named(context: JsonValue, code: str) -> None:
    contexts = small_document()["@context"]
    assert isinstance(contexts, list)
    report = verify(small_document(**{"@context": [*contexts, context]}), now=LATER)
    assert code in outcomes(report)
    assert report.verdicts["integrity"] == ("undetermined" if code == "CONTEXT-UNKNOWN" else "passed")


def test_a_thousand_contexts_are_not_loaded() -> None:
    contexts = small_document()["@context"]
    assert isinstance(contexts, list)
    report = verify(small_document(**{"@context": contexts * 5000}), now=LATER)
    assert outcomes(report)["JSONLD-CONTEXTS"] == "undetermined"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"issuer": {"id": "did:web:x"}}, "MODEL-REQUIRED"),
        ({"issuer": 5}, "MODEL-KIND"),
        ({"type": ["VerifiableCredential"]}, "MODEL-TYPE"),
        ({"credentialSubject": []}, "MODEL-KIND"),
    ],
)
def test_a_document_that_is_no_badge_fails_integrity_whoever_signed(changes: JsonObject, code: str) -> None:
    report = verify(signed_with(changes), now=LATER)
    assert outcomes(report)[code] == "failed"
    assert report.verdicts["integrity"] == "failed"
    assert validate(parse_json_object(signed_with(changes)))


def test_validate_looks_at_the_data_model_only() -> None:
    assert validate(small_document(proof=proof(proofValue="z1"))) == []


def test_the_older_data_model_is_read_with_a_remark() -> None:
    changes: JsonObject = {
        "@context": [
            "https://www.w3.org/2018/credentials/v1",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
            "https://w3id.org/security/data-integrity/v2",
        ],
        "validFrom": None,
        "issuanceDate": "2026-03-01T12:00:00Z",
    }
    report = verify(signed_with(changes), now=LATER)
    assert open_or_failed(report) == {"OB3-VCDM-1": "failed"}
    assert report


def test_a_member_that_one_content_of_a_context_defines_and_another_does_not_cannot_ride_along() -> None:
    token = small(proof="vc-jwt").data.decode()
    report = verify(small_document(endorsementJwt=[token]), now=LATER)
    found = open_or_failed(report)
    assert found["PROOF-CONTEXT-STATE"] == "failed"
    assert found["PROOF-UNSIGNED-MEMBER"] == "failed"
    assert report.verdicts["integrity"] == "failed"
    assert report.endorsements == ()
