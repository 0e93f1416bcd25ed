from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from issued_badges import KEY, LATER, NOW, OTHER_KEY, open_or_failed, outcomes, signed_with, small
from openbadge_issuer.assertions.json_text import JsonObject, dump_json, parse_json_object
from openbadge_issuer.signing.base64url import decode_base64url, encode_base64url
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.verification import verify

END = NOW + timedelta(days=10)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
VERSION_1: JsonObject = {
    "@context": [
        "https://www.w3.org/2018/credentials/v1",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        "https://w3id.org/security/data-integrity/v2",
    ],
    "validFrom": None,
    "issuanceDate": "2026-03-01T12:00:00Z",
    "expirationDate": "2026-03-11T12:00:00Z",
}


def resigned(token: bytes, key: SigningKey = KEY, /, **claims: object) -> bytes:
    """Change claims of a token and sign it again; None takes a claim out."""
    header, payload, _ = token.decode().split(".")
    changed = {**parse_json_object(decode_base64url(payload)), **claims}
    kept = {name: value for name, value in changed.items() if value is not None}
    signing_input = f"{header}.{encode_base64url(dump_json(kept))}"  # type: ignore[arg-type]  # JSON by then
    return f"{signing_input}.{encode_base64url(key.sign(signing_input.encode()))}".encode()


@pytest.mark.parametrize(
    ("at", "found"),
    [
        (NOW, {}),
        (NOW - MINUTE, {}),
        (NOW - MINUTE - SECOND, {"DATE-NOT-YET": "failed", "PROOF-NOT-YET": "failed"}),
        (END, {}),
        (END + MINUTE, {}),
        (END + MINUTE + SECOND, {"DATE-EXPIRED": "failed"}),
        (datetime.max.replace(tzinfo=UTC), {"DATE-EXPIRED": "failed"}),
        (datetime.min.replace(tzinfo=UTC), {"DATE-NOT-YET": "failed", "PROOF-NOT-YET": "failed"}),
    ],
    ids=str,
)
def test_a_badge_counts_between_its_dates_give_or_take_the_clock_skew(
    at: datetime, found: dict[str, str]
) -> None:
    report = verify(small(valid_until=END).data, now=LATER, at=at)
    assert open_or_failed(report) == found
    assert report.accepted == (not found)


def test_the_clock_skew_is_an_argument() -> None:
    data = small(valid_until=END).data
    assert not verify(data, now=END + SECOND, clock_skew=timedelta(0))
    assert verify(data, now=END, clock_skew=timedelta(0))
    assert verify(data, now=END + timedelta(minutes=5), clock_skew=timedelta(minutes=5))


def test_a_report_for_another_moment_says_that_the_status_is_of_today() -> None:
    data = small(valid_until=END).data
    assert outcomes(verify(data, now=LATER, at=NOW))["DATE-OTHER-MOMENT"] == "passed"
    assert "DATE-OTHER-MOMENT" not in outcomes(verify(data, now=NOW))


@pytest.mark.parametrize(
    ("changes", "code", "outcome"),
    [
        ({}, "DATE-VALID", "passed"),
        ({"validUntil": "2026-02-01T00:00:00Z"}, "DATE-ORDER", "failed"),
        ({"validUntil": "2026-02-01T00:00:00Z"}, "DATE-EXPIRED", "failed"),
        ({"validUntil": "tomorrow"}, "DATE-UNREADABLE", "undetermined"),
        ({"validUntil": "2026-02-30T00:00:00Z"}, "DATE-UNREADABLE", "undetermined"),
        ({"validFrom": "2026-04-02T00:00:00Z"}, "DATE-NOT-YET", "failed"),
        ({"validFrom": "yesterday"}, "DATE-UNREADABLE", "undetermined"),
        (VERSION_1, "DATE-EXPIRED", "failed"),
        ({**VERSION_1, "expirationDate": None}, "DATE-VALID", "passed"),
        ({**VERSION_1, "issuanceDate": "2026-04-02T00:00:00Z"}, "DATE-NOT-YET", "failed"),
    ],
)
def test_the_dates_of_both_data_models_are_judged(changes: JsonObject, code: str, outcome: str) -> None:
    report = verify(signed_with(changes), now=LATER)
    assert outcomes(report)[code] == outcome
    assert report.accepted == (outcome == "passed")


@pytest.mark.parametrize(
    ("claims", "code"),
    [({"exp": 1772366400 + 60}, "DATE-EXPIRED"), ({"nbf": 1790000000, "validFrom": None}, "DATE-NOT-YET")],
)
def test_a_date_that_only_the_token_names_counts_too(claims: JsonObject, code: str) -> None:
    token = resigned(small(proof="vc-jwt").data, **claims)
    report = verify(token, now=LATER)
    assert outcomes(report)[code] == "failed"
    assert not report


def test_a_token_that_expires_later_counts_until_then() -> None:
    token = resigned(small(proof="vc-jwt").data, exp=int(END.timestamp()))
    assert verify(token, now=END)
    assert not verify(token, now=END + timedelta(hours=1))


@pytest.mark.parametrize("exp", [1e308, -(10**18), "soon", True])
def test_an_expiry_that_no_calendar_has_is_a_broken_claim(exp: object) -> None:
    token = resigned(small(proof="vc-jwt").data, exp=exp)
    assert outcomes(verify(token, now=LATER))["JWT-CLAIM-TYPE"] == "failed"


def test_a_token_signed_again_by_another_key_is_refused() -> None:
    token = resigned(small(proof="vc-jwt").data, OTHER_KEY)
    assert outcomes(verify(token, now=LATER))["PROOF-SIGNATURE"] == "failed"


def test_a_moment_needs_a_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        verify(small().data, now=datetime(2026, 3, 1))  # noqa: DTZ001  # that is the point
