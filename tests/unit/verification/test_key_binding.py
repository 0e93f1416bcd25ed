"""A key must be shown to be the issuer's: anyone can write `https://harvard.example/#<own key>`."""

from __future__ import annotations

import pytest

from issued_badges import (
    KEY,
    LATER,
    NOW,
    OTHER_KEY,
    controller_document,
    https_badge,
    open_or_failed,
    outcomes,
    small,
)
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json
from openbadge_issuer.resolution.fetching import Fetched
from openbadge_issuer.signing.public_key import PublicKey
from openbadge_issuer.signing.vc_jwt import sign_jwt
from openbadge_issuer.verification import TrustPolicy, VerificationReport, verify

HARVARD = "https://harvard.example/"
OWN = KEY.public_key
CLAIM = f"{HARVARD}#{OWN.multibase}"
WEB = "did:web:harvard.example"


def jwk_token(issuer: str) -> bytes:
    """Forge a token that brings its own key in the header."""
    credential = https_badge(issuer, CLAIM).credential.to_json()
    return sign_jwt(credential, KEY, kid=None).encode()


FORGERIES = {
    "embedded proof, key in the fragment": https_badge(HARVARD, CLAIM).data,
    "token, key in the fragment": https_badge(HARVARD, CLAIM, proof="vc-jwt").data,
    "token, key in the header": jwk_token(HARVARD),
    "did:web, key in the fragment": https_badge(WEB, f"{WEB}#{OWN.multibase}").data,
    "did:web, token": https_badge(WEB, f"{WEB}#{OWN.multibase}", proof="vc-jwt").data,
    "did:web, key in the header": jwk_token(WEB),
    "without the slash": https_badge(HARVARD[:-1], CLAIM).data,
    "somebody else's did:key": https_badge(HARVARD, f"{KEY.did_key}#{OWN.multibase}").data,
    "somebody else's website": https_badge(HARVARD, f"https://evil.example/#{OWN.multibase}").data,
}


@pytest.mark.parametrize("forged", FORGERIES.values(), ids=FORGERIES)
def test_a_forged_badge_is_undetermined_and_not_accepted(forged: bytes) -> None:
    report = verify(forged, now=LATER)
    assert open_or_failed(report) == {"PROOF-KEY-UNBOUND": "undetermined"}
    assert outcomes(report)["PROOF-SIGNATURE"] == "passed"
    assert report.verdicts["integrity"] == "undetermined"
    assert not report.accepted
    assert report.outcome == "undetermined"
    assert report.key is not None
    assert report.key.shown_by == "claim"


@pytest.mark.parametrize("forged", FORGERIES.values(), ids=FORGERIES)
def test_expecting_the_claimed_issuer_does_not_help(forged: bytes) -> None:
    claimed = next(issuer for issuer in (HARVARD, HARVARD[:-1], WEB) if f'"{issuer}"' in _text(forged))
    report = verify(forged, now=LATER, expected_issuer=claimed)
    assert not report
    assert outcomes(report)["TRUST-UNPROVEN"] == "undetermined"


@pytest.mark.parametrize(
    "name", ["embedded proof, key in the fragment", "token, key in the fragment", "did:web, token"]
)
def test_only_asked_for_by_name_the_claim_is_taken_as_the_reference_validator_does(name: str) -> None:
    report = verify(FORGERIES[name], now=LATER, unsafe_claimed_keys=True)
    assert report
    assert open_or_failed(report) == {"PROOF-KEY-CLAIMED": "failed"}


@pytest.mark.parametrize("name", ["somebody else's did:key", "somebody else's website"])
def test_a_claim_of_somebody_else_is_not_even_taken_then(name: str) -> None:
    report = verify(FORGERIES[name], now=LATER, unsafe_claimed_keys=True)
    assert open_or_failed(report) == {"PROOF-CONTROLLER": "failed"}


def documents(key: PublicKey, issuer: str = HARVARD, method: str = CLAIM) -> dict[str, bytes]:
    """Serve what the issuer says about its keys."""
    url = "https://harvard.example/.well-known/did.json" if issuer == WEB else issuer
    return {url: dump_json(controller_document(issuer, method, key))}


@pytest.mark.parametrize(
    ("name", "issuer", "method"),
    [
        ("embedded proof, key in the fragment", HARVARD, CLAIM),
        ("token, key in the fragment", HARVARD, CLAIM),
        ("token, key in the header", HARVARD, f"{HARVARD}#key-1"),
        ("somebody else's did:key", HARVARD, f"{HARVARD}#key-1"),
        ("did:web, key in the fragment", WEB, f"{WEB}#{OWN.multibase}"),
        ("did:web, key in the header", WEB, f"{WEB}#key-1"),
    ],
)
def test_a_key_that_the_issuers_own_document_lists_is_bound(name: str, issuer: str, method: str) -> None:
    report = verify(FORGERIES[name], now=LATER, documents=documents(OWN, issuer, method))
    assert report, report
    assert outcomes(report)["PROOF-KEY-BOUND"] == "passed"
    assert report.key is not None
    assert report.key.shown_by == "document"


@pytest.mark.parametrize("forged", FORGERIES.values(), ids=FORGERIES)
def test_a_document_that_lists_another_key_binds_nothing(forged: bytes) -> None:
    other = OTHER_KEY.public_key
    given = documents(other, HARVARD, f"{HARVARD}#key-1") | documents(other, WEB, f"{WEB}#key-1")
    report = verify(forged, now=LATER, documents=given)
    assert not report
    assert report.verdicts["integrity"] != "passed"


def test_a_key_set_of_the_host_binds_a_token() -> None:
    keys: JsonObject = {"keys": [OWN.jwk]}
    given: dict[str, bytes | Fetched] = {"https://harvard.example/.well-known/jwks.json": dump_json(keys)}
    none = {HARVARD: Fetched(HARVARD, HARVARD, 404, None, b"")}
    report = verify(FORGERIES["token, key in the header"], now=LATER, documents=given | none)
    assert report, report
    unknown = verify(FORGERIES["token, key in the header"], now=LATER, documents=given)
    assert open_or_failed(unknown) == {"PROOF-KEY-UNBOUND": "undetermined"}


def pinned(key: PublicKey, issuer: str = HARVARD) -> TrustPolicy:
    """Pin a key for an issuer."""
    return TrustPolicy.read({"issuer": [{"id": issuer, "keys": [key.multibase]}]})


def test_a_pinned_key_is_bound() -> None:
    report = verify(FORGERIES["embedded proof, key in the fragment"], now=LATER, trust=pinned(OWN))
    assert report, report
    assert report.verdicts["trust"] == "passed"
    assert report.key is not None
    assert report.key.shown_by == "trust"


def test_another_pinned_key_fails() -> None:
    data = FORGERIES["embedded proof, key in the fragment"]
    report = verify(data, now=LATER, trust=pinned(OTHER_KEY.public_key))
    assert outcomes(report)["TRUST-KEY"] == "failed"
    assert report.outcome == "failed"


def test_another_pinned_key_fails_even_where_the_issuer_lists_the_one_that_signed() -> None:
    data = FORGERIES["embedded proof, key in the fragment"]
    report = verify(data, now=LATER, trust=pinned(OTHER_KEY.public_key), documents=documents(OWN))
    assert report.verdicts["integrity"] == "passed"
    assert outcomes(report)["TRUST-KEY"] == "failed"
    assert not report


def _lifetime(**changes: str) -> VerificationReport:
    document = controller_document(HARVARD, CLAIM, OWN)
    method: JsonObject = {
        "id": CLAIM,
        "type": "Multikey",
        "controller": HARVARD,
        "publicKeyMultibase": OWN.multibase,
        **changes,
    }
    given = {HARVARD: dump_json({**document, "verificationMethod": [method]})}
    return verify(FORGERIES["embedded proof, key in the fragment"], now=LATER, documents=given)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"expires": "2026-03-01T12:00:01Z"}, {}),
        ({"expires": "2026-03-01T12:00:00Z"}, {"PROOF-KEY-EXPIRED": "failed"}),
        ({"revoked": "2026-03-01T12:00:01Z"}, {"PROOF-KEY-UNVOUCHED": "undetermined"}),
        ({"revoked": "2026-03-01T12:00:00Z"}, {"PROOF-KEY-REVOKED": "failed"}),
        (
            {"revoked": "2026-03-01T12:00:01Z", "expires": "2026-03-01T12:00:00Z"},
            {"PROOF-KEY-EXPIRED": "failed"},
        ),
        ({"revoked": "2026-02-01T00:00:00Z"}, {"PROOF-KEY-REVOKED": "failed"}),
        ({"controller": "https://evil.example/"}, {"PROOF-CONTROLLER": "failed"}),
    ],
    ids=str,
)
def test_a_key_counts_only_while_it_is_in_force_and_for_its_controller(
    changes: dict[str, str], found: dict[str, str]
) -> None:
    assert NOW.isoformat() == "2026-03-01T12:00:00+00:00"  # when the badges of this file were signed
    assert open_or_failed(_lifetime(**changes)) == found


def test_who_dates_a_proof_back_to_before_his_theft_gains_nothing() -> None:
    """Without a list of what a revoked key signed, the date is all there is, and the thief wrote it."""
    report = _lifetime(revoked="2026-03-10T00:00:00Z")
    assert report.verdicts["integrity"] == "undetermined"
    assert not report
    said = next(found for found in report.findings if found.code == "PROOF-KEY-UNVOUCHED")
    assert "2026-03-10T00:00:00+00:00" in said.message("en")
    assert said.message("nl")
    assert said.how("nl")


@pytest.mark.parametrize("listed", [True, False])
def test_a_revoked_key_has_no_second_name_under_which_it_is_good(*, listed: bool) -> None:
    document = controller_document(HARVARD, CLAIM, OWN)
    good = {"type": "Multikey", "controller": HARVARD, "publicKeyMultibase": OWN.multibase}
    methods: list[JsonValue] = [
        {**good, "id": CLAIM},
        {**good, "id": f"{HARVARD}#old", "revoked": "2026-02-01T00:00:00Z"},
    ]
    asserting: list[JsonValue] = [CLAIM, f"{HARVARD}#old"] if listed else [CLAIM]
    given = {HARVARD: dump_json({**document, "verificationMethod": methods, "assertionMethod": asserting})}
    report = verify(FORGERIES["embedded proof, key in the fragment"], now=LATER, documents=given)
    assert open_or_failed(report) == {"PROOF-KEY-REVOKED": "failed"}


def test_the_issuers_own_identifier_needs_no_document() -> None:
    report = verify(small().data, now=LATER)
    assert report
    assert report.key is not None
    assert report.key.shown_by == "identifier"


def _text(data: bytes) -> str:
    if data.startswith(b"{"):
        return data.decode()
    from openbadge_issuer.signing.vc_jwt import parse_jwt  # noqa: PLC0415  # for tokens only

    return dump_json(parse_jwt(data).payload).decode()
