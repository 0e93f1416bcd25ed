from __future__ import annotations

import pytest

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.errors import StatusError
from openbadge_issuer.status.revocation_list import RevocationList, RevokedCredential, read_revocation_list

URL = "https://badges.example/revoked"
LIST = RevocationList(
    URL,
    "did:web:badges.example",
    (
        RevokedCredential("urn:uuid:1", reason="Awarded by mistake."),
        RevokedCredential("urn:uuid:2", revoked=False),
    ),
)


def test_a_list_is_written_under_the_name_that_the_reference_validator_reads() -> None:
    assert LIST.to_json() == {
        "id": URL,
        "issuer": "did:web:badges.example",
        "revokedCredential": [
            {"id": "urn:uuid:1", "revoked": True, "revocationReason": "Awarded by mistake."},
            {"id": "urn:uuid:2", "revoked": False},
        ],
    }


def test_what_is_written_is_read_back_in_both_forms() -> None:
    assert read_revocation_list(LIST.to_json()) == LIST
    old = LIST.to_ob2_json()
    assert (old["@context"], old["type"]) == ("https://w3id.org/openbadges/v2", "RevocationList")
    assert read_revocation_list(old) == LIST


def test_only_what_is_listed_as_revoked_is_found() -> None:
    found = LIST.find(" urn%3Auuid:1 ")
    assert found is not None
    assert found.reason == "Awarded by mistake."
    assert LIST.find("urn:uuid:2") is None
    assert LIST.find("urn:uuid:3") is None


def test_of_two_lines_about_one_credential_the_one_that_revokes_counts() -> None:
    twice = RevocationList(URL, None, (RevokedCredential("a", revoked=False), RevokedCredential("a")))
    assert twice.find("a") is not None


@pytest.mark.parametrize("name", ["revokedCredential", "revokedCredentials", "revokedAssertions"])
@pytest.mark.parametrize(
    ("line", "revoked"),
    [
        ({"id": "a"}, True),
        ({"uid": "a"}, True),
        ({"id": "a", "revoked": True}, True),
        ({"id": "a", "revoked": "true"}, True),
        ({"id": "a", "revoked": False}, False),
        ({"id": "a", "revoked": "false"}, False),
        ({"id": "a", "revocationReason": ["x"]}, True),
        ("a", True),
    ],
)
def test_the_spellings_that_issuers_use_are_read(name: str, line: JsonValue, revoked: bool) -> None:  # noqa: FBT001  # a parameter of the test
    found = read_revocation_list({"issuer": {"id": "x"}, name: [line]})
    assert found.issuer == "x"
    assert (found.find("a") is not None) is revoked


@pytest.mark.parametrize(
    ("document", "pointer"),
    [
        ({}, ""),
        ({"revokedCredential": {}}, "/revokedCredential"),
        ({"revokedCredential": [{"revoked": True}]}, "/revokedCredential/0"),
        ({"revokedCredential": ["a", 5]}, "/revokedCredential/1"),
        ({"revokedCredential": [{"id": "a", "revoked": "no"}]}, "/revokedCredential/0/revoked"),
        ({"revokedCredential": [{"id": "a", "revoked": 1}]}, "/revokedCredential/0/revoked"),
        ({"revokedCredential": [{"id": "a", "revoked": None}]}, "/revokedCredential/0/revoked"),
    ],
)
def test_what_cannot_be_read_is_refused_and_never_taken_as_not_revoked(
    document: JsonObject, pointer: str
) -> None:
    with pytest.raises(StatusError) as caught:
        read_revocation_list(document)
    assert (caught.value.code, caught.value.pointer) == ("STATUS-REVOCATION-LIST", pointer)
    assert caught.value.sentence("nl")
