"""Annulment registers: written, signed, read, and refused when they are not as they should be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.errors import DocumentError, LimitError, OpenBadgeError, SignatureError, StatusError
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.signing.vc_jwt import sign_payload
from openbadge_issuer.status import annulment
from openbadge_issuer.status.annulment import (
    REGISTER_TOKEN_TYPE,
    Annulment,
    AnnulmentRegister,
    badge_digest,
    read_annulments,
    sign_annulments,
)

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
BADGE = "https://platform.example/assertions/1"
KEY = SigningKey.generate("Ed25519")
ISSUER = "did:web:badges.example"
METHOD = f"{ISSUER}#key-1"
REGISTER = AnnulmentRegister(
    ISSUER,
    NOW,
    NOW + timedelta(days=30),
    (
        Annulment(badge_digest(BADGE), "annulled", NOW, "The criteria were not met."),
        Annulment(badge_digest("urn:uuid:2"), "suspended", NOW),
    ),
)


def _signed(**changes: JsonValue) -> bytes:
    line: JsonObject = {"digest": badge_digest(BADGE), "status": "annulled", "since": "2026-11-01T12:00:00Z"}
    payload: JsonObject = {"iss": ISSUER, "iat": 1_780_000_000, "exp": 1_790_000_000, "entries": [line]}
    return sign_payload({**payload, **changes}, KEY, kid=METHOD, typ=REGISTER_TOKEN_TYPE).encode()


def _with_line(**changes: JsonValue) -> bytes:
    line: JsonObject = {"digest": badge_digest(BADGE), "status": "annulled", "since": "2026-11-01T12:00:00Z"}
    return _signed(entries=[{**line, **changes}])


def test_a_register_comes_back_as_it_was_signed() -> None:
    read = read_annulments(sign_annulments(REGISTER, KEY, verification_method=METHOD))
    assert (read.issuer, read.kid) == (ISSUER, METHOD)
    verified = read.verify(KEY.public_key)
    assert set(verified.entries) == set(REGISTER.entries)
    assert replace(verified, entries=()) == replace(REGISTER, entries=())


def test_a_badge_is_found_by_its_id_and_no_other_is() -> None:
    found = REGISTER.find(f" {BADGE} ")
    assert found is not None
    assert (found.status, found.reason) == ("annulled", "The criteria were not met.")
    assert REGISTER.find(f"{BADGE}0") is None


def test_neither_the_ids_of_badges_nor_their_order_are_public() -> None:
    forwards = sign_annulments(REGISTER, KEY, verification_method=METHOD)
    turned = replace(REGISTER, entries=REGISTER.entries[::-1])
    assert forwards == sign_annulments(turned, KEY, verification_method=METHOD)
    assert BADGE not in str(read_annulments(forwards).token.payload)


def test_a_register_by_another_key_is_refused() -> None:
    read = read_annulments(sign_annulments(REGISTER, KEY, verification_method=METHOD))
    with pytest.raises(SignatureError):
        read.verify(SigningKey.generate("Ed25519").public_key)


@pytest.mark.parametrize(
    ("data", "place"),
    [
        pytest.param(_signed(iss=7), "/iss", id="issuer-is-a-number"),
        pytest.param(_signed(iat="now"), "/iat", id="moment-is-text"),
        pytest.param(_signed(exp=True), "/exp", id="end-is-a-boolean"),
        pytest.param(_signed(exp=2**40), "/exp", id="end-in-another-age"),
        pytest.param(_signed(entries={}), "/entries", id="entries-are-an-object"),
        pytest.param(_signed(entries=[1]), "/entries/0", id="entry-is-a-number"),
        pytest.param(_with_line(digest="AAAA"), "/entries/0/digest", id="digest-is-short"),
        pytest.param(_with_line(digest="!"), "/entries/0/digest", id="digest-is-no-base64url"),
        pytest.param(_with_line(status="lost"), "/entries/0/status", id="status-is-unknown"),
        pytest.param(_with_line(since="soon"), "/entries/0/since", id="since-is-no-date"),
        pytest.param(_with_line(reason="x" * 501), "/entries/0/reason", id="reason-is-long"),
    ],
)
def test_what_is_no_register_is_refused_with_its_place(data: bytes, place: str) -> None:
    with pytest.raises(DocumentError) as refused:
        read_annulments(data)
    assert (refused.value.code, refused.value.pointer) == ("ANNULMENT-FORMAT", place)


def test_a_badge_that_stands_twice_is_refused() -> None:
    line: JsonObject = {"digest": badge_digest(BADGE), "status": "annulled", "since": "2026-11-01T12:00:00Z"}
    with pytest.raises(DocumentError) as refused:
        read_annulments(_signed(entries=[line, {**line, "status": "suspended"}]))
    assert (refused.value.code, refused.value.pointer) == ("ANNULMENT-FORMAT", "/entries")


def test_too_many_entries_are_neither_written_nor_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annulment, "MAX_ENTRIES", 1)
    for attempt in (
        lambda: sign_annulments(REGISTER, KEY, verification_method=METHOD),
        lambda: read_annulments(_signed(entries=[{}, {}])),
    ):
        with pytest.raises(LimitError) as refused:
            attempt()
        assert refused.value.code == "ANNULMENT-SIZE"


def test_a_reason_that_names_somebody_is_not_published() -> None:
    told = replace(REGISTER.entries[0], reason="ada@example.org cheated")
    with pytest.raises(StatusError) as refused:
        sign_annulments(replace(REGISTER, entries=(told,)), KEY, verification_method=METHOD)
    assert refused.value.code == "STATUS-REASON-PERSONAL"


@given(st.binary(max_size=200), st.integers(0, 400))
def test_a_register_that_was_harmed_ends_in_an_error_of_ours(noise: bytes, at: int) -> None:
    whole = sign_annulments(REGISTER, KEY, verification_method=METHOD)
    harmed = whole[:at] + noise + whole[at + len(noise) :]
    try:
        read = read_annulments(harmed).verify(KEY.public_key)
    except OpenBadgeError:
        return
    assert set(read.entries) == set(REGISTER.entries)
