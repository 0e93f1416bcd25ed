"""Signed badges of 2.0: only a key of the issuer's own hosted profile counts, and its own list revokes."""

from __future__ import annotations

import pytest

from hosted_badges import (
    ENDORSER,
    HOST,
    ISSUER_URL,
    KEY_URL,
    LIST_URL,
    SIGNED,
    answer,
    codes,
    copy_of,
    hosted,
    issuer_key,
    judged,
    jws,
    key_document,
    other_key,
)
from open_badges_2_documents import BADGE_CLASS, ISSUER, REVOCATION_LIST
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.signing.base64url import encode_base64url
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.verification import TrustedIssuer, TrustPolicy

THIEF = "https://thief.example/key.json"


def without_creator(**members: JsonValue) -> JsonObject:
    return copy_of(SIGNED, verification={"type": "SignedBadge"}, **members)


def test_a_signed_badge_is_accepted() -> None:
    report = judged(jws(SIGNED))
    assert report.accepted, str(report)
    assert report.format == "jwt"
    assert report.key is not None
    assert (report.key.id, report.key.shown_by) == (KEY_URL, "document")


@pytest.mark.parametrize("kind", ["RSA", "P-256", "P-384"])
def test_the_key_decides_the_algorithm(kind: str) -> None:
    key = SigningKey.generate(kind)  # type: ignore[arg-type]  # one of the kinds
    report = judged(jws(SIGNED, key), hosted(key=key_document(key)))
    assert report.accepted, str(report)


def test_keys_of_the_profile_are_found_without_creator() -> None:
    assert judged(jws(without_creator())).accepted
    keys = ["https://badges.example.org/old-key.json", KEY_URL]
    documents = hosted(issuer=copy_of(ISSUER, publicKey=keys))
    documents[keys[0]] = hosted(key={**key_document(other_key()), "id": keys[0]})[KEY_URL]
    assert judged(jws(without_creator()), documents).accepted


def test_a_key_inside_the_hosted_profile_counts() -> None:
    assert judged(jws(SIGNED), hosted(issuer=copy_of(ISSUER, publicKey=key_document()), key=None)).accepted


def test_nothing_is_known_of_a_signature_without_the_issuers_profile() -> None:
    inside = {**BADGE_CLASS, "issuer": {**ISSUER, "publicKey": key_document()}}
    for documents in ({}, hosted(issuer=None)):
        report = judged(jws(copy_of(SIGNED, badge=inside)), documents)
        assert report.verdicts["integrity"] == "undetermined"
        assert report.verdicts["status"] == "undetermined"
        assert report.key is None


def test_a_profile_that_the_badge_brings_along_is_not_believed() -> None:
    forged = {**ISSUER, "publicKey": key_document(other_key()), "revocationList": None}
    report = judged(jws(copy_of(SIGNED, badge={**BADGE_CLASS, "issuer": forged}), other_key()))
    assert {"PROOF-SIGNATURE", "OB2-EMBEDDED-KEY"} <= codes(report)
    assert report.verdicts["integrity"] == "failed"


def test_a_key_that_only_the_badge_names_is_refused() -> None:
    forged = copy_of(SIGNED, verification={"type": "SignedBadge", "creator": THIEF})
    documents = hosted() | {THIEF: hosted(key={**key_document(other_key()), "id": THIEF})[KEY_URL]}
    report = judged(jws(forged, other_key()), documents)
    assert "OB2-KEY-NOT-LISTED" in codes(report)
    assert report.verdicts["integrity"] == "failed"


def test_a_key_inside_the_badge_is_not_taken_for_the_one_of_its_name() -> None:
    forged = copy_of(SIGNED, verification={"type": "signed", "creator": key_document(other_key())})
    assert "PROOF-SIGNATURE" in codes(judged(jws(forged, other_key())))


@pytest.mark.parametrize(
    ("member", "value", "code"),
    [
        ("owner", "https://other.example/", "OB2-KEY-OWNER"),
        ("id", f"{HOST}/key-2.json", "OB2-KEY-OTHER"),
        ("publicKeyPem", "no key", "OB2-KEY-UNREADABLE"),
        ("publicKeyPem", None, "OB2-KEY-UNREADABLE"),
    ],
)
def test_a_key_that_is_not_the_issuers_or_no_key_is_refused(member: str, value: str, code: str) -> None:
    report = judged(jws(SIGNED), hosted(key=copy_of(key_document(), **{member: value})))
    assert code in codes(report)
    assert report.verdicts["integrity"] == "failed"


def test_a_key_without_owner_is_remarked_on() -> None:
    report = judged(jws(SIGNED), hosted(key=copy_of(key_document(), owner=None)))
    assert report.accepted
    assert "OB2-KEY-NO-OWNER" in codes(report)


def test_the_key_of_another_issuer_does_not_sign_for_this_one() -> None:
    theirs = {**BADGE_CLASS, "id": "urn:uuid:1b4b3b0e-0d53-4a46-9c0d-6d7f6d3b8a11", "issuer": ENDORSER["id"]}
    profile = copy_of(ENDORSER, publicKey=KEY_URL)
    report = judged(jws(copy_of(SIGNED, badge=theirs)), hosted(endorser=profile))
    assert "OB2-KEY-OWNER" in codes(report)


def test_a_profile_without_keys_shows_nothing() -> None:
    assert "OB2-NO-KEY" in codes(
        judged(jws(without_creator()), hosted(issuer=copy_of(ISSUER, publicKey=None)))
    )


def test_not_every_one_of_many_keys_is_tried() -> None:
    many = [{**key_document(other_key()), "id": f"{HOST}/key-{n}.json"} for n in range(40)]
    report = judged(jws(without_creator()), hosted(issuer=copy_of(ISSUER, publicKey=many)))
    assert "OB2-TOO-MANY-KEYS" in codes(report)
    assert report.verdicts["integrity"] == "undetermined"


def test_a_key_that_cannot_be_fetched_leaves_the_question_open() -> None:
    assert judged(jws(SIGNED), hosted(key=None)).verdicts["integrity"] == "undetermined"
    assert judged(jws(SIGNED), hosted(key=answer(KEY_URL, 500))).verdicts["integrity"] == "undetermined"


@pytest.mark.parametrize("algorithm", ["none", "HS256", "RS256", "ES256"])
def test_the_header_does_not_choose_the_algorithm(algorithm: str) -> None:
    assert judged(jws(SIGNED, alg=algorithm)).verdicts["integrity"] == "failed"


def test_a_changed_payload_is_refused() -> None:
    head, _, signature = jws(SIGNED).split(".")
    _, other, _ = jws(copy_of(SIGNED, narrative="More")).split(".")
    assert "PROOF-SIGNATURE" in codes(judged(f"{head}.{other}.{signature}"))


def test_a_payload_that_is_no_json_is_refused() -> None:
    text = f"{encode_base64url(b'{}')}.{encode_base64url(b'no')}.{encode_base64url(b'x')}"
    assert judged(text).outcome == "failed"


def test_a_signed_badge_without_its_signature_is_refused() -> None:
    report = judged(SIGNED)
    assert "OB2-UNSIGNED" in codes(report)
    assert report.outcome == "failed"


def test_pinned_keys_verify_without_the_issuers_documents() -> None:
    badge = copy_of(SIGNED, badge=BADGE_CLASS)
    pinned = TrustPolicy((TrustedIssuer(ISSUER_URL, keys=(issuer_key().public_key,)),))
    report = judged(jws(badge), hosted(key=None), trust=pinned)
    assert report.accepted, str(report)
    assert report.key is not None
    assert report.key.shown_by == "trust"
    assert not judged(jws(badge, other_key()), trust=pinned)


def revoked_by(*entries: JsonValue, **members: JsonValue) -> JsonObject:
    return copy_of(REVOCATION_LIST, revokedAssertions=list(entries), **members)


@pytest.mark.parametrize(
    "entries",
    [
        [SIGNED["id"]],
        [{"id": SIGNED["id"], "revocationReason": "A mistake"}],
        [{"uid": "abc"}],
        [{"id": SIGNED["id"], "revoked": False}, SIGNED["id"]],
        [7, None, SIGNED["id"]],
    ],
)
def test_a_listed_badge_is_revoked(entries: list[JsonValue]) -> None:
    report = judged(jws(copy_of(SIGNED, uid="abc")), hosted(revoked=revoked_by(*entries)))
    assert report.verdicts["status"] == "failed"
    assert "STATUS-REVOKED" in codes(report)


def test_a_line_that_says_not_revoked_revokes_nothing() -> None:
    entry: JsonValue = {"id": SIGNED["id"], "revoked": False}
    assert judged(jws(SIGNED), hosted(revoked=revoked_by(entry))).accepted


def test_a_list_of_1_x_maps_names_to_reasons() -> None:
    assert "STATUS-REVOKED" in codes(judged(jws(SIGNED), hosted(revoked={str(SIGNED["id"]): "A mistake"})))
    assert judged(jws(SIGNED), hosted(revoked={"other": "A mistake"})).accepted


def test_a_badge_that_brings_its_own_list_is_looked_up_in_the_issuers() -> None:
    forged = {**BADGE_CLASS, "issuer": {**ISSUER, "revocationList": f"{HOST}/empty.json"}}
    report = judged(jws(copy_of(SIGNED, badge=forged)), hosted(revoked=revoked_by(SIGNED["id"])))
    assert "STATUS-REVOKED" in codes(report)


def test_without_the_list_nobody_knows() -> None:
    for refused in (None, answer(LIST_URL, 410), b"[]"):
        assert judged(jws(SIGNED), hosted(revoked=refused)).verdicts["status"] == "undetermined"


def test_a_list_that_cannot_be_read_to_its_end_leaves_the_question_open() -> None:
    for listed in (revoked_by({"name": "?"}), copy_of(REVOCATION_LIST, revokedAssertions=None)):
        report = judged(jws(SIGNED), hosted(revoked=listed))
        assert "OB2-REVOCATION-UNREADABLE" in codes(report)
        assert report.verdicts["status"] == "undetermined"


def test_the_list_of_another_issuer_is_not_believed() -> None:
    report = judged(jws(SIGNED), hosted(revoked=revoked_by(issuer="https://other.example/")))
    assert "OB2-REVOCATION-ISSUER" in codes(report)
    assert not report


def test_a_badge_can_be_signed_as_revoked() -> None:
    assert "STATUS-REVOKED" in codes(judged(jws(copy_of(SIGNED, revoked=True))))


def test_an_issuer_without_a_list_revokes_nothing() -> None:
    assert judged(jws(SIGNED), hosted(issuer=copy_of(ISSUER, revocationList=None))).accepted
