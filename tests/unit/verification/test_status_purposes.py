"""What each purpose of a status entry decides, or only tells."""

from __future__ import annotations

import pytest

from issued_badges import KEY, LATER, open_or_failed, outcomes
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.resolution.fetching import Fetched
from openbadge_issuer.signing.vc_jwt import sign_jwt
from openbadge_issuer.verification import verify
from unit.verification.published_lists import (
    INDEX,
    METHOD,
    URL,
    badge,
    badge_in_token,
    entry,
    judged,
    message,
    signed_list,
    unsigned_list,
)

STATES: list[JsonValue] = [{"status": f"{value:#x}", "message": f"state {value}"} for value in range(4)]


@pytest.mark.parametrize(("value", "outcome"), [(0, "passed"), (1, "failed"), (2, "failed"), (3, "failed")])
def test_a_message_of_two_bits_is_told(value: int, outcome: str) -> None:
    bits = [2 * INDEX + place for place in (0, 1) if value & (2 >> place)]
    data = badge(entry(statusPurpose="message", statusSize=2, statusMessage=STATES))
    report = judged(data, signed_list(*bits, subject={"statusPurpose": "message"}))
    assert report
    assert outcomes(report)["STATUS-MESSAGE"] == outcome
    assert f"“state {value}”" in message(report, "STATUS-MESSAGE")
    assert f"“state {value}”" in message(report, "STATUS-MESSAGE", "nl")


def test_a_message_names_where_it_is_explained() -> None:
    states = "https://badges.example/states"
    data = badge(entry(statusPurpose="message", statusReference=states))
    report = judged(data, signed_list(INDEX, subject={"statusPurpose": "message"}))
    assert message(report, "STATUS-MESSAGE").endswith(f"“set” (value 0x1) ({states}).")


def test_a_long_message_of_several_lines_becomes_one_short_line() -> None:
    states: list[JsonValue] = [
        {"status": "0x0", "message": "a\n" * 500},
        {"status": "0x1", "message": ""},
    ]
    data = badge(entry(statusPurpose="message", statusMessage=states))
    report = judged(data, signed_list(subject={"statusPurpose": "message"}))
    assert "a a a" in message(report, "STATUS-MESSAGE")
    assert len(message(report, "STATUS-MESSAGE")) < 300


@pytest.mark.parametrize(("bits", "outcome"), [((), "passed"), ((INDEX,), "failed")])
def test_news_of_a_fresher_copy_is_told(bits: tuple[int, ...], outcome: str) -> None:
    report = judged(
        badge(entry(statusPurpose="refresh")), signed_list(*bits, subject={"statusPurpose": "refresh"})
    )
    assert report
    assert outcomes(report)["STATUS-REFRESH"] == outcome
    assert message(report, "STATUS-REFRESH")


@pytest.mark.parametrize(
    ("changes", "published", "code"),
    [
        ({}, None, "DOCUMENTS-MISSING"),
        ({}, b"<html></html>", "BADGE-FORMAT"),
        ({}, signed_list(), "STATUS-PURPOSE-MISMATCH"),
        ({}, signed_list(changes={"issuer": "did:web:elsewhere.example"}), "STATUS-LIST-ISSUER"),
        ({"statusListIndex": "x"}, signed_list(), "STATUS-ENTRY-INDEX"),
        ({"statusSize": 2}, signed_list(), "STATUS-MESSAGE-MISSING"),
        ({"statusSize": 99}, signed_list(), "STATUS-SIZE"),
    ],
)
@pytest.mark.parametrize("purpose", ["message", "refresh"])
def test_what_is_wrong_with_such_an_entry_is_a_remark(
    purpose: str, changes: JsonObject, published: bytes | None, code: str
) -> None:
    report = judged(badge(entry(statusPurpose=purpose, **changes)), published)
    assert code in open_or_failed(report)
    assert report.verdicts["status"] == "passed"
    assert report


def test_no_purpose_turns_a_revocation_list_into_a_remark() -> None:
    status: JsonObject = {"id": URL, "type": "1EdTechRevocationList", "statusPurpose": "message"}
    data = badge_in_token(status)
    assert outcomes(judged(data, None))["DOCUMENTS-MISSING"] == "undetermined"
    assert not judged(data, None)


@pytest.mark.parametrize("purpose", [["message"], {"message": 1}])
def test_a_purpose_that_is_no_text_breaks_the_entry(purpose: JsonValue) -> None:
    report = judged(badge_in_token(entry(statusPurpose=purpose)), signed_list())
    assert outcomes(report)["STATUS-ENTRY-MEMBER"] == "failed"
    assert not report


@pytest.mark.parametrize("purpose", ["revocation", "suspension"])
def test_several_bits_revoke_as_soon_as_one_is_set(purpose: str) -> None:
    data = badge(entry(statusPurpose=purpose, statusSize=2, statusMessage=STATES))
    code = "STATUS-REVOKED" if purpose == "revocation" else "STATUS-SUSPENDED"
    subject = {"statusPurpose": purpose}
    assert judged(data, signed_list(INDEX, 2 * INDEX - 1, subject=subject))
    report = judged(data, signed_list(2 * INDEX + 1, subject=subject))
    assert open_or_failed(report) == {code: "failed"}
    assert "“state 1”" in message(report, code)


def test_one_list_may_serve_several_purposes_and_is_proven_once() -> None:
    asked: list[str] = []

    class Counting:
        def fetch(self, url: str, *, accept: str = "", max_bytes: int = 0) -> Fetched:
            assert accept
            assert max_bytes >= 0
            asked.append(url)
            return Fetched(url, url, 200, None, published)

    published = signed_list(INDEX, subject={"statusPurpose": ["revocation", "suspension", "message"]})
    purposes = ("suspension", "message", "revocation")
    entries = [
        entry(statusPurpose=purpose, statusListIndex=str(INDEX + place), id=f"{URL}#{place}")
        for place, purpose in enumerate(purposes)
    ]
    report = verify(badge(*entries), now=LATER, fetcher=Counting())
    assert asked == [URL]
    assert outcomes(report)["STATUS-SUSPENDED"] == "failed"
    assert outcomes(report)["STATUS-REVOKED"] == outcomes(report)["STATUS-MESSAGE"] == "passed"


def test_a_list_that_cannot_be_used_leaves_every_entry_open() -> None:
    message_first = (entry(statusPurpose="message", id=f"{URL}#m"), entry())
    report = judged(badge(*message_first), None)
    missing = [found for found in report.findings if found.code == "DOCUMENTS-MISSING"]
    assert [(found.pointer, found.severity) for found in missing] == [
        ("/credentialStatus/0", "warning"),
        ("/credentialStatus/1", "error"),
    ]
    assert not report


def test_an_index_as_number_is_read_with_a_remark() -> None:
    report = judged(badge(entry(statusListIndex=INDEX)), signed_list())
    assert open_or_failed(report) == {"STATUS-INDEX-NUMBER": "failed"}
    assert report
    assert not judged(badge(entry(statusListIndex=INDEX)), signed_list(INDEX))


def test_a_list_that_disagrees_on_the_size_leaves_the_status_open() -> None:
    published = sign_jwt(unsigned_list(subject={"statusSize": 2}), KEY, kid=METHOD).encode()
    assert open_or_failed(judged(badge(entry()), published))["STATUS-SIZE-MISMATCH"] == "undetermined"
