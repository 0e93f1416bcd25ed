"""What a published list must look like, what is remarked on, and what its host can spoil."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from issued_badges import KEY, LATER, NOW, open_or_failed, outcomes, sign_document
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json
from openbadge_issuer.resolution.documents import Documents
from openbadge_issuer.signing.vc_jwt import sign_jwt
from openbadge_issuer.verification import verify
from unit.verification.published_lists import (
    DATA_INTEGRITY,
    HOSTS,
    INDEX,
    METHOD,
    URL,
    V1,
    V2,
    badge,
    entry,
    judged,
    signed_list,
    unsigned_list,
)

STATUS_TERMS = "https://www.w3.org/ns/credentials/status/v1"


def test_a_list_in_a_token_is_read() -> None:
    for bits, accepted in (((), True), ((INDEX,), False)):
        published = sign_jwt(unsigned_list(*bits), KEY, kid=METHOD).encode()
        report = judged(badge(entry()), published)
        assert outcomes(report)["STATUS-REVOKED"] == ("passed" if accepted else "failed")
        assert report.accepted is accepted


def test_a_list_without_issuer_is_not_believed() -> None:
    report = judged(badge(entry()), dump_json(unsigned_list(changes={"issuer": "absent"})))
    assert open_or_failed(report) == {"STATUS-LIST-MEMBER": "undetermined"}


def test_a_list_under_version_1_is_read_with_a_remark() -> None:
    changes: JsonObject = {
        "@context": [V1, STATUS_TERMS, DATA_INTEGRITY],
        "validFrom": "absent",
        "issuanceDate": "2026-03-01T12:00:00Z",
    }
    report = judged(badge(entry()), sign_document(unsigned_list(changes=changes)))
    assert open_or_failed(report) == {"STATUS-LIST-VCDM-1": "failed"}
    assert report


@pytest.mark.parametrize("contexts", [[STATUS_TERMS, V2], [], {}, "absent"])
def test_a_list_under_another_first_context_is_not_believed(contexts: JsonValue) -> None:
    published = sign_jwt(unsigned_list(changes={"@context": contexts}), KEY, kid=METHOD)
    report = judged(badge(entry()), published.encode())
    assert open_or_failed(report) == {"STATUS-LIST-CONTEXT": "undetermined"}
    assert not report


def test_other_breaches_of_the_data_model_are_remarked_on() -> None:
    changes: JsonObject = {"type": ["BitstringStatusListCredential"], "name": [5]}
    published = sign_jwt(unsigned_list(changes=changes), KEY, kid=METHOD)
    report = judged(badge(entry()), published.encode())
    assert open_or_failed(report) == {"STATUS-LIST-MODEL": "failed"}
    told = [found.message() for found in report.findings if found.code == "STATUS-LIST-MODEL"]
    assert ["“/name/0” (VCDM-TEXT)" in told[0], "“/type” (VCDM-TYPE-OWN)" in told[1]] == [True, True]
    assert report


@pytest.mark.parametrize(
    ("ttl", "later", "found"),
    [
        (timedelta(hours=1), timedelta(minutes=61), {}),
        (timedelta(hours=1), timedelta(minutes=61, seconds=1), {"STATUS-LIST-TTL": "failed"}),
        (timedelta(days=100_000_000), timedelta(days=9), {}),
        (None, timedelta(days=9), {}),
    ],
)
def test_a_copy_given_along_longer_than_its_ttl_is_remarked_on(
    ttl: timedelta | None, later: timedelta, found: dict[str, str]
) -> None:
    subject: dict[str, JsonValue] = {} if ttl is None else {"ttl": ttl // timedelta(milliseconds=1)}
    report = judged(badge(entry()), signed_list(subject=subject), now=NOW + later)
    assert open_or_failed(report) == found
    assert report


def test_a_list_fetched_just_now_is_fresh_whatever_its_ttl() -> None:
    web = Documents({URL: signed_list(subject={"ttl": 1})})
    assert open_or_failed(verify(badge(entry()), now=LATER, fetcher=web)) == {}


@pytest.mark.parametrize("name", HOSTS)
def test_a_list_that_its_host_spoils_leaves_the_status_open(name: str) -> None:
    answer, code = HOSTS[name]
    report = judged(badge(entry()), answer)
    assert open_or_failed(report) == {code: "undetermined"}
    assert {found.pointer for found in report.findings if found.code == code} == {"/credentialStatus"}
    assert not report


@pytest.mark.parametrize("year", [1, 9999])
def test_a_moment_far_away_breaks_nothing(year: int) -> None:
    far = datetime(year, 1, 1, tzinfo=UTC)
    assert outcomes(judged(badge(entry()), signed_list(subject={"ttl": 5}), now=far))
