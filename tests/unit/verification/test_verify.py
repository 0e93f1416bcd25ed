"""The pipeline as a whole: what is read, how verdicts follow from findings, and what a report says."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from issued_badges import (
    EMAIL,
    KEY,
    LATER,
    OTHER_KEY,
    achievement,
    did_issuer,
    https_badge,
    large,
    open_or_failed,
    outcomes,
    sign_document,
    signed_with,
    small,
    small_document,
)
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json, parse_json_object
from openbadge_issuer.errors import DocumentError, IssuingError
from openbadge_issuer.errors.rule import Severity, Verdict
from openbadge_issuer.verification import TrustPolicy, validate, verify, verify_many
from openbadge_issuer.verification.report import Finding, Outcome, verdict_of


def _chunk(kind: bytes, data: bytes = b"") -> bytes:
    return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)


PNG = b"".join(
    (
        b"\x89PNG\r\n\x1a\n",
        _chunk(b"IHDR", bytes.fromhex("00000001000000010800000000")),
        _chunk(b"IDAT", zlib.compress(bytes(2))),
        _chunk(b"IEND"),
    )
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'


def proof(**changes: object) -> JsonObject:
    """Give the small badge's proof with members changed; None leaves a member out."""
    own = small_document()["proof"]
    assert isinstance(own, dict)
    return {name: value for name, value in {**own, **changes}.items() if value is not None}  # type: ignore[misc]  # whatever a test wants


# --- what can be handed in -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (small().data, "json"),
        (small().data.decode(), "json"),
        (bytearray(small().data), "json"),
        (b" \n" + small().data + b"\n", "json"),
        (small_document(), "json"),
        (small(proof="vc-jwt").data, "jwt"),
        (small(proof="vc-jwt").data + b"\n", "jwt"),
        (small().bake(PNG), "png"),
        (small(proof="vc-jwt").bake(PNG), "png"),
        (small().bake(SVG), "svg"),
        (small(proof="vc-jwt").bake(SVG), "svg"),
        (large().data, "json"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 5 else "data",
)
def test_every_form_of_a_badge_is_read(data: bytes, form: str) -> None:
    report = verify(data, now=LATER, require=("integrity",))
    assert report, report
    assert report.format == form
    assert report.key is not None
    assert report.key.fingerprint == KEY.public_key.multibase


CYCLE: dict[str, JsonValue] = {**small_document()}
CYCLE["more"] = CYCLE
SHARED: list[JsonValue] = ["x"]
for _ in range(40):
    SHARED = [SHARED, SHARED]
DEEP: list[JsonValue] = []
for _ in range(1000):
    DEEP = [DEEP]

UNREADABLE: dict[str, tuple[object, str]] = {
    "empty": (b"", "JSON-EMPTY"),
    "white space": (b" \n", "JSON-EMPTY"),
    "a web page": (b"<html><body>Sign in</body></html>", "BADGE-FORMAT"),
    "UTF-16": ("{}".encode("utf-16"), "BADGE-FORMAT"),
    "a byte order mark": (b"\xef\xbb\xbf" + small().data, "JSON-SYNTAX"),
    "a truncated badge": (small().data[:-10], "JSON-SYNTAX"),
    "a truncated PNG": (PNG[:40], "PNG-TRUNCATED"),
    "a PNG without a badge": (PNG, "PNG-NO-BADGE"),
    "an SVG without a badge": (SVG, "SVG-NO-BADGE"),
    "an entity bomb": (
        b'<!DOCTYPE svg [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg">&b;</svg>',
        "SVG-ENTITY",
    ),
    "a thousand levels": (b'{"a":' + b"[" * 1000 + b"]" * 1000 + b"}", "JSON-DEPTH"),
    "a member twice": (b'{"id":"a","id":"b"}', "JSON-DUPLICATE-KEY"),
    "an array": (b"[]", "JSON-NOT-OBJECT"),
    "a lone surrogate": ('{"a":"\ud800"}', "JSON-ENCODING"),
    "a million values": (dump_json({"a": [1] * 1_000_000}), "JSONLD-NODES"),
    "thirty thousand values": (dump_json({"a": [1] * 30_000}), "JSONLD-NODES"),
    "no token": (b"a.b.c", "BASE64URL-ENCODING"),
    "a token of alg none": (b"eyJhbGciOiJub25lIn0.e30.AA", "JWT-ALGORITHM"),
    "parsed, cyclic": (CYCLE, "JSON-DEPTH"),
    "parsed, deep": ({"a": DEEP}, "JSON-DEPTH"),
    "parsed, shared a billion times": ({"a": SHARED}, "JSONLD-NODES"),
    "parsed, long strings shared": ({"a": ["x" * 1_000_000] * 100}, "JSON-SIZE"),
    "parsed, not a number": ({"a": float("nan")}, "JSON-NUMBER"),
    "parsed, infinite": ({"a": [float("-inf")]}, "JSON-NUMBER"),
    "parsed, endless integer": ({"a": 10**5000}, "JSON-NUMBER"),
    "parsed, a number for a name": ({1: 2}, "BADGE-PARSED"),
    "parsed, bytes inside": ({"a": b"x"}, "BADGE-PARSED"),
    "parsed, an object inside": ({"a": object()}, "BADGE-PARSED"),
    "parsed, a lone surrogate": ({"a": "\ud800"}, "JSON-ENCODING"),
    "parsed, an array": ([], "JSON-NOT-OBJECT"),
    "nothing": (None, "JSON-NOT-OBJECT"),
    "a number": (10**12, "JSON-NOT-OBJECT"),
}


@pytest.mark.parametrize(("data", "code"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_gives_a_report_with_one_clear_sentence(data: object, code: str) -> None:
    report = verify(data, now=LATER, subject="ada.png")  # type: ignore[arg-type]  # that is the point
    assert outcomes(report) == {code: "failed"}
    assert report.verdicts["integrity"] == "failed"
    assert report.format == "unknown"
    assert not report
    assert str(report).startswith("ada.png: REJECTED")
    assert len(str(report)) < 400


def test_a_parsed_document_is_judged_as_its_text_is_and_left_as_it_was() -> None:
    document = small_document(unknown=1)
    before = dump_json(document)
    parsed, text = verify(document, now=LATER), verify(before, now=LATER)
    assert parsed.findings == text.findings
    assert dump_json(document) == before


# --- proofs ----------------------------------------------------------------------------------------------


PROOFS: dict[str, tuple[JsonValue, str, Outcome]] = {
    "missing": (None, "PROOF-MISSING", "failed"),
    "an empty array": ([], "PROOF-MISSING", "failed"),
    "no object": (["proof"], "PROOF-MISSING", "failed"),
    "too many": ([proof()] * 17, "PROOF-TOO-MANY", "undetermined"),
    "of an unknown type": (proof(type="Ed25519Signature2020"), "PROOF-TYPE", "undetermined"),
    "of an unknown suite": (proof(cryptosuite="bbs-2023"), "PROOF-CRYPTOSUITE", "undetermined"),
    "a chain": (proof(previousProof="urn:uuid:0"), "PROOF-CHAIN", "undetermined"),
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
    unknown: JsonObject = {"type": "Ed25519Signature2020"}
    beside = verify({**document, "proof": [unknown, proof()]}, now=LATER)
    assert beside
    assert open_or_failed(beside) == {"PROOF-TYPE": "undetermined"}
    assert beside.verdicts["integrity"] == "passed"
    assert verify({**document, "proof": [proof(), proof()]}, now=LATER)
    assert not verify({**document, "proof": [proof(), proof(created="2026-03-01T12:00:01Z")]}, now=LATER)
    assert not verify({**document, "proof": [proof(), "proof"]}, now=LATER)


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
        ({"type": ["OpenBadgeCredential"]}, "MODEL-TYPE"),
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


# --- recipient and trust --------------------------------------------------------------------------------


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


# --- verdicts ---------------------------------------------------------------------------------------------


def _findings(*outcomes: tuple[Outcome, Severity, Verdict]) -> tuple[Finding, ...]:
    return tuple(Finding("PROOF-MISSING", *outcome[:1], "", *outcome[1:]) for outcome in outcomes)


@pytest.mark.parametrize(
    ("findings", "verdict"),
    [
        ((), "passed"),
        ([("passed", "error", "status")], "passed"),
        ([("failed", "warning", "status")], "passed"),
        ([("undetermined", "warning", "status")], "passed"),
        ([("failed", "interop", "status")], "passed"),
        ([("failed", "error", "integrity")], "passed"),
        ([("undetermined", "error", "status"), ("passed", "error", "status")], "undetermined"),
        ([("undetermined", "error", "status"), ("failed", "warning", "status")], "undetermined"),
        ([("undetermined", "error", "status"), ("failed", "error", "status")], "failed"),
    ],
)
def test_failed_goes_before_undetermined_before_passed_and_remarks_do_not_count(
    findings: Iterable[tuple[Outcome, Severity, Verdict]], verdict: Outcome
) -> None:
    assert verdict_of(_findings(*findings), "status") == verdict


REVOKED_OR_NOT: JsonObject = {
    "id": "https://x.example/1#1",
    "type": "BitstringStatusListEntry",
    "statusPurpose": "revocation",
    "statusListIndex": "1",
    "statusListCredential": "https://x.example/1",
}


@pytest.mark.parametrize(
    ("require", "accepted", "outcome"),
    [
        ((), False, "undetermined"),
        (("integrity",), True, "passed"),
        (("integrity", "status"), False, "undetermined"),
        (("status",), False, "undetermined"),
        (("trust",), False, "undetermined"),
        (("recipient",), False, "undetermined"),
    ],
)
def test_only_what_is_required_decides_and_nothing_required_is_never_success(
    require: tuple[Verdict, ...],
    accepted: bool,  # noqa: FBT001  # a column
    outcome: Outcome,
) -> None:
    report = verify(signed_with({"credentialStatus": REVOKED_OR_NOT}), now=LATER, require=require)
    assert report.verdicts == {
        "integrity": "passed",
        "status": "undetermined",
        "trust": "undetermined",
        "recipient": None,
    }
    assert (report.accepted, bool(report), report.outcome) == (accepted, accepted, outcome)


@pytest.mark.parametrize("require", [("integrity", "fame"), "integrity"])
def test_only_verdicts_can_be_required(require: tuple[Verdict, ...]) -> None:
    with pytest.raises(ValueError, match="integrity, status, trust, recipient"):
        verify(small().data, now=LATER, require=require)


def test_a_failure_is_not_hidden_by_something_undetermined() -> None:
    document = parse_json_object(signed_with({"credentialStatus": REVOKED_OR_NOT}))
    report = verify({**document, "name": "Changed"}, now=LATER)
    assert report.outcome == "failed"


# --- many, and the report ------------------------------------------------------------------------------


def test_many_badges_give_reports_in_order() -> None:
    items = [small().data, b"", small(proof="vc-jwt").data] * 200
    alone = [report.accepted for report in verify_many(items, now=LATER)]
    assert alone == [True, False, True] * 200
    with ThreadPoolExecutor(4) as pool:
        assert [report.accepted for report in verify_many(items, executor=pool, now=LATER)] == alone


def test_a_report_is_the_same_every_time_and_survives_pickling() -> None:
    data = large().data
    first, second = verify(data, now=LATER), verify(data, now=LATER)
    assert dump_json(first.to_json()) == dump_json(second.to_json())
    assert pickle.loads(pickle.dumps(first)) == first  # noqa: S301  # our own
    assert len(pickle.dumps(first)) < 10_000


def test_a_report_in_json_says_what_the_schema_promises() -> None:
    made = verify(small().data, now=LATER, at=LATER - timedelta(days=1), subject="ada.json").to_json()
    assert made["subject"] == "ada.json"
    assert made["accepted"] is True
    assert made["at"] == "2026-03-30T12:00:00Z"
    assert made["required"] == ["integrity", "status"]
    findings = made["findings"]
    assert isinstance(findings, list)
    assert all(isinstance(found, dict) and found["repair"] is None for found in findings[:-1])
    last = findings[-1]
    assert isinstance(last, dict)
    assert last["code"] == "TRUST-NOT-ASKED"
    assert last["repair"]


def test_every_sentence_of_a_report_can_be_said_in_both_languages() -> None:
    for data in (*(data for data, _ in UNREADABLE.values()), small_document(proof=[]), large().data):
        for found in verify(data, now=LATER).findings:  # type: ignore[arg-type]  # some of it is no badge
            assert found.message("en")
            assert found.message("nl")
            assert found.message("en") != found.message("nl")


def test_the_badge_of_an_https_issuer_names_it() -> None:
    report = verify(https_badge("https://a.example/", "https://a.example/#key").data, now=LATER)
    assert report.credential.issuer == "https://a.example/"
    assert report.credential.issuer_name == "Somebody"
    assert report.credential.achievement == achievement().id
    assert report.key is None


def test_another_issuer_signs_for_itself_only() -> None:
    document = did_issuer(OTHER_KEY).profile.to_json()
    report = verify(sign_document({**small_document(), "issuer": document}), now=LATER)
    assert outcomes(report)["PROOF-CONTROLLER"] == "failed"
    assert not report
