"""Hosted badges of 2.0: the copy at the badge's address is the badge, within what its issuer hosts."""

from __future__ import annotations

import pytest

from hosted_badges import (
    BADGE_URL,
    CLASS_URL,
    HOST,
    ISSUER_URL,
    LIST_URL,
    answer,
    codes,
    copy_of,
    hosted,
    judged,
    jws,
)
from open_badges_2_documents import ASSERTION, BADGE_CLASS, ENDORSEMENT, ISSUER, changed
from openbadge_issuer.assertions.recipient import Recipient
from openbadge_issuer.verification import TrustedIssuer, TrustPolicy

GONE = {"@context": "https://w3id.org/openbadges/v2", "id": BADGE_URL, "revoked": True}


def test_a_hosted_badge_is_accepted() -> None:
    report = judged()
    assert report.accepted, str(report)
    assert report.specification == "Open Badges 2.0"
    assert report.credential.issuer == ISSUER_URL
    assert report.credential.issuer_name == "School of Breakthrough"
    assert report.credential.name == "Builder of robots"
    assert report.credential.achievement == CLASS_URL


def test_nothing_is_known_of_a_badge_that_nobody_fetches() -> None:
    report = judged(documents={})
    assert report.outcome == "undetermined"
    assert report.verdicts["status"] == "undetermined"
    assert {"DOCUMENTS-MISSING", "OB2-STATUS-OPEN"} <= codes(report)


@pytest.mark.parametrize("missing", ["badge", "issuer"])
def test_nothing_is_known_of_a_badge_whose_issuer_cannot_be_read(missing: str) -> None:
    for gone in (None, answer(CLASS_URL, 410), answer(CLASS_URL, 404), b"<html>", b'{"a":' * 200):
        assert judged(documents=hosted(**{missing: gone})).verdicts["integrity"] == "undetermined"


@pytest.mark.parametrize("body", [None, GONE, ASSERTION])
def test_status_410_means_revoked_with_a_body_or_without(body: dict[str, object] | None) -> None:
    report = judged(documents=hosted(assertion=answer(BADGE_URL, 410, body)))  # type: ignore[arg-type]  # JSON
    assert report.verdicts["status"] == "failed"
    assert "STATUS-REVOKED" in codes(report)
    assert not report


def test_of_a_badge_that_is_gone_nothing_else_is_known() -> None:
    report = judged(documents=hosted(assertion=answer(BADGE_URL, 410)))
    assert "OB2-HOSTED-GONE" in codes(report)
    assert report.verdicts["integrity"] == "undetermined"


@pytest.mark.parametrize("status", [200, 404])
def test_a_body_that_says_revoked_is_believed_with_its_reason(status: int) -> None:
    revoked = {**GONE, "revocationReason": "A mistake"}
    report = judged(documents=hosted(assertion=answer(BADGE_URL, status, revoked)))  # type: ignore[arg-type]
    said = next(found for found in report.findings if found.code == "STATUS-REVOKED")
    assert said.outcome == "failed"
    assert "A mistake" in said.message()


def test_a_text_that_says_true_revokes_nothing_but_breaks_the_model() -> None:
    report = judged(documents=hosted(assertion=copy_of(ASSERTION, revoked="true")))
    assert report.verdicts["integrity"] == "failed"


def test_other_refusals_leave_the_question_open() -> None:
    report = judged(documents=hosted(assertion=answer(BADGE_URL, 503)))
    assert report.outcome == "undetermined"
    assert "FETCH-STATUS" in codes(report)


def test_the_hosted_copy_is_judged_and_not_the_one_given() -> None:
    expired = copy_of(ASSERTION, expires="2026-03-01T00:00:00Z")
    report = judged(ASSERTION, hosted(assertion=expired))
    assert {"DATE-EXPIRED", "OB2-COPY-DIFFERS"} <= codes(report)
    assert report.verdicts["integrity"] == "passed"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("recipient", {"type": "email", "hashed": False, "identity": "thief@example.org"}),
        ("badge", f"{HOST}/another.json"),
    ],
)
def test_a_copy_for_another_person_or_badge_is_refused(name: str, value: object) -> None:
    report = judged(copy_of(ASSERTION, **{name: value}))
    assert "OB2-COPY-OTHER" in codes(report)
    assert not report


def test_a_badge_class_inside_the_copy_is_not_believed() -> None:
    forged = copy_of(ASSERTION, badge=copy_of(BADGE_CLASS, name="Doctor of medicine"))
    report = judged(forged)
    assert "OB2-COPY-DIFFERS" in codes(report)
    assert report.credential.name == "Builder of robots"


def test_a_document_that_names_another_address_is_read_there() -> None:
    moved = hosted()
    moved[f"{HOST}/old.json"] = moved[BADGE_URL]
    report = judged(copy_of(ASSERTION, id=f"{HOST}/old.json"), moved)
    assert report.accepted
    assert "OB2-ID-OTHER" in codes(report)


def test_documents_that_name_each_other_in_a_circle_are_refused() -> None:
    other = f"{HOST}/assertions/2.json"
    circle = hosted(assertion=copy_of(ASSERTION, id=other))
    circle |= {other: hosted()[BADGE_URL].replace(b"assertions/1", b"assertions/1")}  # type: ignore[union-attr]
    report = judged(documents=circle)
    assert "OB2-ID-LOOP" in codes(report)
    assert report.verdicts["integrity"] == "failed"


def test_what_stands_at_the_address_has_to_be_a_badge() -> None:
    other = copy_of(BADGE_CLASS, id=BADGE_URL)
    assert "OB2-HOSTED-OTHER" in codes(judged(documents=hosted(assertion=other)))


def test_a_hosted_badge_without_an_address_is_refused() -> None:
    report = judged(copy_of(ASSERTION, id="urn:uuid:2f4b3b0e-0d53-4a46-9c0d-6d7f6d3b8a11"))
    assert "OB2-NOT-HOSTED" in codes(report)
    assert report.outcome == "failed"


def test_an_issuer_without_an_address_stays_unknown() -> None:
    inside = {**ISSUER, "id": "urn:uuid:2f4b3b0e-0d53-4a46-9c0d-6d7f6d3b8a11"}
    report = judged(documents=hosted(badge=copy_of(BADGE_CLASS, issuer=inside)))
    assert "OB2-NO-LINK" in codes(report)
    assert report.verdicts["integrity"] == "undetermined"


@pytest.mark.parametrize("thing", ["badge", "issuer"])
def test_documents_of_the_wrong_type_are_refused(thing: str) -> None:
    url = {"badge": CLASS_URL, "issuer": ISSUER_URL}[thing]
    report = judged(documents=hosted(**{thing: copy_of(ENDORSEMENT, id=url)}))
    assert not report
    assert "MODEL-TYPE" in codes(report)


def test_a_genuine_badge_class_does_not_make_a_badge_elsewhere_genuine() -> None:
    mine = "https://thief.example/1.json"
    forged = copy_of(ASSERTION, id=mine)
    report = judged(forged, hosted() | {mine: hosted(assertion=forged)[BADGE_URL]})
    assert {"OB2-SCOPE-ORIGIN", "OB2-SCOPE-START"} <= codes(report)
    assert report.verdicts["integrity"] == "failed"


def test_a_badge_class_on_another_host_is_remarked_on() -> None:
    url = "https://elsewhere.example/robots.json"
    documents = hosted(
        assertion=copy_of(ASSERTION, badge=url),
        issuer=copy_of(ISSUER, verification=None),
    )
    documents[url] = hosted(badge=copy_of(BADGE_CLASS, id=url))[CLASS_URL]
    report = judged(copy_of(ASSERTION, badge=url), documents)
    assert report.accepted
    assert "OB2-BADGE-ORIGIN" in codes(report)
    assert "OB2-BADGE-ORIGIN" not in codes(
        judged(documents=hosted(issuer=copy_of(ISSUER, verification=None)))
    )


def test_a_signature_of_a_hosted_badge_is_not_looked_at() -> None:
    report = judged(jws(ASSERTION))
    assert report.accepted
    assert "OB2-SIGNATURE-UNUSED" in codes(report)


def test_the_revocation_list_counts_for_hosted_badges_too() -> None:
    listed = {"@context": ISSUER["@context"], "type": "RevocationList", "revokedAssertions": [BADGE_URL]}
    assert "STATUS-REVOKED" in codes(judged(documents=hosted(revoked=listed)))  # type: ignore[arg-type]
    assert judged(documents=hosted(revoked=answer(LIST_URL, 404))).accepted


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("issuedOn", "2026-06-02T00:00:00Z", "DATE-NOT-YET"),
        ("expires", "2026-05-31T00:00:00Z", "DATE-EXPIRED"),
        ("expires", "2026-01-01T00:00:00Z", "DATE-ORDER"),
        ("expires", "soon", "DATE-UNREADABLE"),
        ("issuedOn", "9999-12-31T23:59:59-12:00", "DATE-UNREADABLE"),
    ],
)
def test_dates_are_judged(path: str, value: str, code: str) -> None:
    dated = changed(ASSERTION, path, value)
    assert code in codes(judged(dated, hosted(assertion=dated)))


def test_the_recipient_is_compared_with_salt_and_case() -> None:
    assert judged(recipient="email:Mayze@Example.org").verdicts["recipient"] == "passed"
    assert judged(recipient="email:other@example.org").verdicts["recipient"] == "failed"
    named = changed(ASSERTION, "recipient", {"type": "id", "hashed": False, "identity": "did:example:1"})
    assert judged(named, hosted(assertion=named), recipient=Recipient(id="did:example:1")).accepted
    assert not judged(named, hosted(assertion=named), recipient="did:example:2")
    assert not judged(documents=hosted(assertion=copy_of(ASSERTION, recipient="?")), recipient="email:a@b.c")


def test_trust_is_by_issuer_and_badge_class() -> None:
    report = judged(expected_issuer=ISSUER_URL)
    assert report.accepted
    assert "TRUST-ISSUER" in {found.code for found in report.findings}
    assert "TRUST-ISSUER-OTHER" in codes(judged(expected_issuer="https://other.example/"))
    for pattern, accepted in ((CLASS_URL, True), (f"{HOST}/x", False)):
        policy = TrustPolicy((TrustedIssuer(ISSUER_URL, achievements=(pattern,)),))
        assert judged(trust=policy).accepted is accepted


def test_endorsements_are_verified_and_never_decide() -> None:
    report = judged()
    assert [inner.accepted for inner in report.endorsements] == [True]
    other = copy_of(ENDORSEMENT, claim={"id": "https://other.example/"})
    assert "ENDORSEMENT-OTHER" in codes(judged(documents=hosted(endorsement=other)))
    gone = judged(documents=hosted(endorsement=None))
    assert gone.accepted
    assert "ENDORSEMENT-OPEN" in codes(gone)
    broken = judged(documents=hosted(endorsement=copy_of(ENDORSEMENT, issuedOn=None)))
    assert broken.accepted
    assert "ENDORSEMENT-BROKEN" in codes(broken)


def test_too_many_endorsements_are_left_alone() -> None:
    many = copy_of(ASSERTION, endorsement=[f"https://e.example/{n}.json" for n in range(40)])
    assert "ENDORSEMENT-TOO-MANY" in codes(judged(documents=hosted(assertion=many)))


def test_another_object_is_no_badge() -> None:
    report = judged(BADGE_CLASS)
    assert report.outcome == "undetermined"
    assert report.verdicts["status"] == "undetermined"
    assert "OB2-NOT-BADGE" in codes(report)
