"""Annulment registers at verification: believed if they are the organisation's own and of today."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from openbadge_issuer import Achievement, Criteria, Issuer, Recipient, SigningKey, VerificationReport, verify
from openbadge_issuer.signing.did_document import ANNULMENTS_TYPE, did_document
from openbadge_issuer.status.annulment import (
    Annulled,
    Annulment,
    AnnulmentRegister,
    badge_digest,
    sign_annulments,
)

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
DID, METHOD = "did:web:badges.example", "did:web:badges.example#key-1"
ADDRESS = "https://badges.example/annulments.jwt"
DOCUMENT = "https://badges.example/.well-known/did.json"
KEY, STRANGER = SigningKey.generate(), SigningKey.generate()
BADGE_ID = "urn:uuid:5a1c7d7e-6a54-4f6c-9a39-0f7a5b6ce001"
SIGNED = Issuer(DID, "Breakthrough", KEY, verification_method=METHOD).issue(
    Achievement(
        id="https://badges.example/a", name="A", description="A.", criteria=Criteria(narrative="Did it.")
    ),
    Recipient(email="ada@example.org"),
    id=BADGE_ID,
    now=NOW - 30 * DAY,
)


def _register(
    status: Annulled | None = "annulled",
    *,
    issuer: str = DID,
    key: SigningKey = KEY,
    method: str = METHOD,
    issued: datetime = NOW - DAY,
) -> bytes:
    entries = () if status is None else (Annulment(badge_digest(BADGE_ID), status, NOW - DAY, "Not earned."),)
    register = AnnulmentRegister(issuer, issued, issued + 10 * DAY, entries)
    return sign_annulments(register, key, verification_method=method)


def _verified(
    register: bytes | None, *, given: tuple[bytes, ...] = (), served: bool = True, **changes: object
) -> VerificationReport:
    document = did_document(DID, [("key-1", KEY.public_key)])
    if served:
        document["service"] = [{"id": f"{DID}#a", "type": ANNULMENTS_TYPE, "serviceEndpoint": ADDRESS}]
    documents = {DOCUMENT: json.dumps({**document, **changes}).encode()}
    if register is not None:
        documents[ADDRESS] = register
    return verify(SIGNED.data, now=NOW, documents=documents, annulments=given)


def _said(report: VerificationReport) -> dict[str, str]:
    return {found.code: found.outcome for found in report.findings if found.code.startswith("ANNULMENT-")}


def test_a_badge_that_is_not_annulled_is_accepted() -> None:
    report = _verified(_register(None))
    assert report
    assert _said(report) == {"ANNULMENT-ANNULLED": "passed"}


@pytest.mark.parametrize(
    ("status", "code"), [("annulled", "ANNULMENT-ANNULLED"), ("suspended", "ANNULMENT-SUSPENDED")]
)
def test_what_the_issuers_own_register_says_counts(status: Annulled, code: str) -> None:
    report = _verified(_register(status))
    assert report.verdicts["status"] == "failed"
    assert _said(report) == {code: "failed"}
    assert "Not earned." in str(report.to_json())


def test_without_a_register_nothing_is_said() -> None:
    report = _verified(None, served=False)
    assert report
    assert _said(report) == {}


@pytest.mark.parametrize(
    ("register", "problem"),
    [
        pytest.param(None, "DOCUMENTS-", id="cannot-be-had"),
        pytest.param(_register(None, key=STRANGER), "", id="signed-by-a-stranger"),
        pytest.param(
            _register(None, key=STRANGER, method=STRANGER.public_key.verification_method),
            "",
            id="a-strangers-key-names-itself",
        ),
        pytest.param(
            _register(
                None,
                issuer=STRANGER.did_key,
                key=STRANGER,
                method=STRANGER.public_key.verification_method,
            ),
            "ANNULMENT-OTHER",
            id="another-organisations",
        ),
        pytest.param(_register(None, issued=NOW - 30 * DAY), "ANNULMENT-NOT-CURRENT", id="out-of-date"),
        pytest.param(_register(None, issued=NOW + 2 * DAY), "ANNULMENT-NOT-CURRENT", id="from-the-future"),
        pytest.param(b"{}", "", id="no-register"),
        pytest.param(b"\xff" * 1000, "", id="noise"),
    ],
)
def test_a_register_that_cannot_be_believed_leaves_the_status_open(
    register: bytes | None, problem: str
) -> None:
    report = _verified(register)
    assert report.verdicts["integrity"] == "passed"
    assert report.verdicts["status"] == "undetermined"
    assert _said(report) == {"ANNULMENT-UNUSABLE": "undetermined"}
    assert problem in str(report.to_json())


def test_a_register_by_a_key_that_was_revoked_is_not_believed() -> None:
    document = did_document(DID, [("key-1", KEY.public_key)])
    listed = document["verificationMethod"]
    assert isinstance(listed, list)
    methods = [{**one, "expires": "2026-10-20T00:00:00Z"} for one in listed if isinstance(one, dict)]
    report = _verified(_register("annulled"), verificationMethod=methods)
    assert report.verdicts["status"] == "undetermined"
    assert "ANNULMENT-KEY" in str(report.to_json())


def test_a_register_that_the_caller_gives_speaks_for_the_organisation_that_signed_it() -> None:
    own = _register(
        "annulled", issuer=STRANGER.did_key, key=STRANGER, method=STRANGER.public_key.verification_method
    )
    report = _verified(None, given=(own,), served=False)
    assert _said(report) == {"ANNULMENT-ANNULLED": "failed"}
    assert STRANGER.did_key in str(report.to_json())


def test_a_given_register_that_is_broken_is_no_silence() -> None:
    report = _verified(None, given=(b"broken",), served=False)
    assert report.verdicts["status"] == "undetermined"


def test_an_entry_about_another_badge_says_nothing_about_this_one() -> None:
    other = Annulment(badge_digest("urn:uuid:other"), "annulled", NOW)
    register = AnnulmentRegister(DID, NOW - DAY, NOW + DAY, (other,))
    report = _verified(sign_annulments(register, KEY, verification_method=METHOD))
    assert report


def test_what_was_given_and_cannot_be_used_is_named() -> None:
    late = _register(None, issued=NOW - 30 * DAY)
    report = _verified(None, given=(_register(None), b"noise", late), served=False)
    assert report.verdicts["status"] == "undetermined"
    said = {found.code: found.message("en") for found in report.findings}
    assert "2 of those given" in said["ANNULMENT-UNREADABLE"]
    assert DID in said["ANNULMENT-UNUSABLE"]
