"""The 1EdTechRevocationList, in the shapes in which it is published."""

from __future__ import annotations

import pytest

from issued_badges import KEY, open_or_failed, outcomes, sign_document
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json, parse_json_object
from unit.verification.published_lists import HOSTS, URL, badge_in_token, judged, revocation_badge


@pytest.mark.parametrize("array", ["revokedCredential", "revokedCredentials"])
@pytest.mark.parametrize(
    ("line", "revoked"),
    [
        ({"id": "urn:uuid:1"}, True),
        ({"id": "urn:uuid:1", "revoked": "true"}, True),
        ({"id": " urn:uuid:%31 "}, True),
        ({"id": "urn:uuid:1", "revoked": False}, False),
        ({"id": "urn:uuid:1", "revoked": "false"}, False),
        ({"id": "urn:uuid:2"}, False),
    ],
)
def test_both_spellings_are_read(array: str, line: JsonObject, revoked: bool) -> None:  # noqa: FBT001  # a parameter of the test
    published = dump_json({"id": URL, "issuer": KEY.did_key, array: [line]})
    report = judged(revocation_badge(), published)
    assert outcomes(report)["STATUS-REVOKED"] == ("failed" if revoked else "passed")
    assert report.accepted is not revoked


def test_a_list_under_http_counts_if_it_is_given_along() -> None:
    url = "http://badges.example/revoked.json"
    published = dump_json({"id": url, "issuer": KEY.did_key, "revokedCredential": [{"id": "urn:uuid:1"}]})
    report = judged(revocation_badge(id=url), None, documents={url: published})
    assert outcomes(report)["STATUS-REVOKED"] == "failed"


@pytest.mark.parametrize(
    ("lines", "code"), [([], "STATUS-LIST-ID"), ([{"id": "urn:uuid:1"}], "STATUS-REVOKED")]
)
def test_another_list_is_believed_only_when_it_revokes(lines: list[JsonValue], code: str) -> None:
    published = dump_json({"id": f"{URL}2", "issuer": KEY.did_key, "revokedCredential": lines})
    report = judged(revocation_badge(), published)
    assert outcomes(report)[code] != "passed"
    assert not report


@pytest.mark.parametrize("answer", [name for name, (one, _) in HOSTS.items() if one.status != 200])
def test_a_list_that_its_host_withholds_leaves_the_status_open(answer: str) -> None:
    report = judged(revocation_badge(), HOSTS[answer][0])
    assert open_or_failed(report) == {"FETCH-STATUS": "undetermined"}
    assert not report


def test_a_badge_without_id_cannot_be_looked_up() -> None:
    document = parse_json_object(revocation_badge())
    data = sign_document({name: value for name, value in document.items() if name != "id"})
    published = dump_json({"id": URL, "issuer": KEY.did_key, "revokedCredential": []})
    report = judged(data, published)
    assert outcomes(report)["STATUS-CREDENTIAL-ID"] == "undetermined"


@pytest.mark.parametrize("name", ["revoked.json", 5])
def test_an_entry_that_names_no_list_is_wrong(name: JsonValue) -> None:
    report = judged(badge_in_token({"id": name, "type": "1EdTechRevocationList"}), None)
    assert outcomes(report)["STATUS-ENTRY-MEMBER"] == "failed"
