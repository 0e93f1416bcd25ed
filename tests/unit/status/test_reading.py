from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.errors import LimitError, StatusError
from openbadge_issuer.status.bitstring import Bitstring
from openbadge_issuer.status.entry import StatusEntry
from openbadge_issuer.status.reading import read_status_list
from openbadge_issuer.status.related_resource import RelatedResource
from openbadge_issuer.status.status_list import StatusList

URL = "https://badges.example/status/revocation"
NOW = datetime(2026, 11, 23, 12, 0, 0, 123, tzinfo=UTC)


def credential(**changes: JsonValue) -> JsonObject:
    status_list = StatusList.create(URL, issuer="did:web:badges.example")
    status_list.set(42)
    document = status_list.credential(
        now=NOW,
        valid_for=timedelta(days=7),
        ttl=timedelta(minutes=5),
        related=[RelatedResource.of(f"{URL}.reasons.json", data=b"{}", media_type="application/json")],
    )
    subject = document["credentialSubject"]
    assert isinstance(subject, dict)
    for path, value in changes.items():
        place = subject if path in {"statusPurpose", "encodedList", "ttl"} else document
        place[path] = value
        if value == "absent":
            del place[path]
    return document


def entry(index: int = 42, *, purpose: str = "revocation", list_url: str = URL) -> StatusEntry:
    return StatusEntry.at(list_url, index=index, purpose=purpose)


def test_a_published_list_says_what_its_issuer_wrote() -> None:
    published = read_status_list(credential())
    assert published.id == URL
    assert published.issuer == "did:web:badges.example"
    assert published.purposes == ("revocation",)
    assert published.valid_from == NOW.replace(microsecond=0)
    assert published.valid_until == NOW.replace(microsecond=0) + timedelta(days=7)
    assert published.ttl == timedelta(minutes=5)
    assert published.has_prefix
    assert published.reasons is not None
    assert published.reasons.id == f"{URL}.reasons.json"
    assert published.status_of(entry(42))
    assert not published.status_of(entry(41))


def test_optional_members_may_be_missing_and_purposes_may_be_several() -> None:
    bare = credential(
        validUntil="absent", ttl="absent", relatedResource="absent", id="absent",
        statusPurpose=["revocation", "suspension"], issuer={"id": "did:web:badges.example"},
    )  # fmt: skip
    bare["credentialSubject"] = [bare["credentialSubject"]]
    published = read_status_list(bare)
    assert (published.valid_until, published.ttl, published.reasons, published.id) == (None,) * 4
    assert published.status_of(entry(purpose="suspension", list_url="https://elsewhere.example/list"))


def test_a_list_without_prefix_is_read_and_marked() -> None:
    text = Bitstring(131_072).encode()
    published = read_status_list(credential(encodedList=text[1:]))
    assert not published.has_prefix


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (entry(purpose="suspension"), "STATUS-PURPOSE-MISMATCH"),
        (entry(131_072), "STATUS-INDEX-RANGE"),
        (entry(41, list_url=f"{URL}2"), "STATUS-LIST-ID"),
    ],
)
def test_an_entry_that_does_not_fit_the_list_gets_no_answer(asked: StatusEntry, code: str) -> None:
    with pytest.raises(StatusError) as caught:
        read_status_list(credential()).status_of(asked)
    assert caught.value.code == code
    assert caught.value.sentence("nl")


def test_a_list_under_another_id_is_believed_only_when_it_revokes() -> None:
    published = read_status_list(credential())
    assert published.status_of(entry(42, list_url=f"{URL}2"))
    with pytest.raises(StatusError, match="another status list"):
        published.status_of(entry(41, list_url=f"{URL}2"))


def test_a_list_below_the_minimum_length_gets_no_answer() -> None:
    short = read_status_list(credential(encodedList=Bitstring(131_064).encode()))
    with pytest.raises(StatusError) as caught:
        short.status_of(entry(1))
    assert caught.value.code == "STATUS-LIST-LENGTH"


@pytest.mark.parametrize(
    ("changes", "code", "pointer"),
    [
        ({"type": ["VerifiableCredential"]}, "STATUS-LIST-TYPE", "/type"),
        ({"type": "absent"}, "STATUS-LIST-TYPE", "/type"),
        ({"credentialSubject": {"type": "Person"}}, "STATUS-LIST-TYPE", "/credentialSubject/type"),
        ({"credentialSubject": []}, "STATUS-LIST-MEMBER", "/credentialSubject"),
        ({"statusPurpose": []}, "STATUS-LIST-MEMBER", "/credentialSubject/statusPurpose"),
        ({"encodedList": "absent"}, "STATUS-LIST-MEMBER", "/credentialSubject/encodedList"),
        ({"encodedList": "u!"}, "STATUS-LIST-BASE64", ""),
        ({"ttl": -1}, "STATUS-LIST-MEMBER", "/credentialSubject/ttl"),
        ({"ttl": True}, "STATUS-LIST-MEMBER", "/credentialSubject/ttl"),
        ({"ttl": 10**30}, "STATUS-LIST-MEMBER", "/credentialSubject/ttl"),
        ({"issuer": {"name": "x"}}, "STATUS-LIST-MEMBER", "/issuer"),
        ({"id": 5}, "STATUS-LIST-MEMBER", "/id"),
        ({"validFrom": "2026-02-30T00:00:00Z"}, "STATUS-LIST-MEMBER", "/validFrom"),
        ({"validFrom": "2026-W07"}, "STATUS-LIST-MEMBER", "/validFrom"),
        ({"validUntil": "9999-12-31T23:59:59-14:00"}, "STATUS-LIST-MEMBER", "/validUntil"),
        ({"validUntil": 5}, "STATUS-LIST-MEMBER", "/validUntil"),
    ],
)
def test_a_malformed_list_is_refused_with_the_place_in_it(
    changes: JsonObject, code: str, pointer: str
) -> None:
    with pytest.raises(StatusError) as caught:
        read_status_list(credential(**changes))
    assert (caught.value.code, caught.value.pointer) == (code, pointer)
    assert caught.value.sentence("nl")


def test_a_list_over_the_callers_cap_is_refused() -> None:
    with pytest.raises(LimitError):
        read_status_list(credential(), max_bytes=1024)
