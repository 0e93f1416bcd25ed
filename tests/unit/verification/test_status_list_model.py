"""A status list that is verified by itself."""

from __future__ import annotations

import pytest

from issued_badges import KEY, LATER, NOW, open_or_failed, sign_document
from openbadge_issuer.assertions.json_text import JsonValue
from openbadge_issuer.signing.vc_jwt import sign_jwt
from openbadge_issuer.verification import verify
from unit.verification.published_lists import (
    DATA_INTEGRITY,
    INDEX,
    METHOD,
    V1,
    V2,
    list_of_2021,
    signed_list,
    token_of_version_1,
    unsigned_list,
)


def test_a_list_is_verified_as_the_credential_that_it_is() -> None:
    for data in (signed_list(INDEX), sign_jwt(unsigned_list(), KEY, kid=METHOD)):
        report = verify(data, now=LATER)
        assert report
        assert report.specification == "Bitstring Status List 1.0"
        assert open_or_failed(report).keys() <= {"JWT-ALGORITHM-OTHER"}


@pytest.mark.parametrize(
    ("subject", "changes", "code"),
    [
        ({"type": "List"}, {}, "STATUS-LIST-TYPE"),
        ({"statusPurpose": 5}, {}, "STATUS-LIST-MEMBER"),
        ({"encodedList": "u!"}, {}, "STATUS-LIST-BASE64"),
        ({}, {"type": ["BitstringStatusListCredential"]}, "VCDM-TYPE-OWN"),
        ({}, {"validFrom": "today"}, "STATUS-LIST-MEMBER"),
        ({}, {"@context": [DATA_INTEGRITY, V2]}, "VCDM-CONTEXT-FIRST"),
    ],
)
def test_a_list_that_breaks_a_rule_is_not_accepted(
    subject: dict[str, JsonValue], changes: dict[str, JsonValue], code: str
) -> None:
    report = verify(unsigned_list(subject=subject, changes=changes), now=LATER)
    assert open_or_failed(report)[code] == "failed"
    assert report.verdicts["integrity"] == "failed"


def test_a_list_of_an_older_version_is_accepted_with_a_remark() -> None:
    old: dict[str, JsonValue] = {
        "@context": [V1, "https://www.w3.org/ns/credentials/status/v1", DATA_INTEGRITY],
        "validFrom": "absent",
        "issuanceDate": "2026-03-01T12:00:00Z",
    }
    version_1 = verify(sign_document(unsigned_list(changes=old)), now=LATER)
    assert open_or_failed(version_1) == {"STATUS-LIST-VCDM-1": "failed"}
    assert version_1
    draft = verify(token_of_version_1(list_of_2021()), now=LATER)
    assert open_or_failed(draft).keys() == {"STATUS-LIST-2021", "CONTEXT-UNKNOWN"}
    assert draft


def test_a_list_out_of_date_is_not_accepted() -> None:
    report = verify(signed_list(changes={"validUntil": "2026-03-02T12:00:00Z"}), now=LATER)
    assert open_or_failed(report) == {"DATE-EXPIRED": "failed"}
    assert verify(signed_list(changes={"validUntil": "2026-03-02T12:00:00Z"}), now=NOW)


def test_a_badge_does_not_become_a_list_by_an_additional_type() -> None:
    types: list[JsonValue] = ["VerifiableCredential", "OpenBadgeCredential", "BitstringStatusListCredential"]
    report = verify(unsigned_list(changes={"type": types}), now=LATER)
    assert open_or_failed(report)["MODEL-REQUIRED"] == "failed"
    assert report.specification == "Open Badges 3.0"
    assert not report
