from __future__ import annotations

import base64
import gzip
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json
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
        place = subject if path in {"statusPurpose", "encodedList", "ttl", "statusSize"} else document
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


def test_an_entry_of_several_bits_is_a_number_read_from_the_left() -> None:
    bits = Bitstring(2 * 131_072)
    bits.set_all([84, 87])
    published = read_status_list(credential(statusPurpose="message", encodedList=bits.encode()))
    asked = replace(entry(42, purpose="message"), size=2)
    assert [published.value_of(replace(asked, index=index)) for index in (41, 42, 43, 44)] == [0, 2, 1, 0]
    assert published.status_of(asked)


@pytest.mark.parametrize(("index", "code"), [(42, "STATUS-LIST-LENGTH"), (131_072, "STATUS-LIST-LENGTH")])
def test_the_minimum_counts_entries_and_not_bits(index: int, code: str) -> None:
    with pytest.raises(StatusError) as caught:
        read_status_list(credential()).value_of(replace(entry(index), size=2))
    assert (caught.value.code, caught.value.details["size"]) == (code, 65_536)


def test_a_list_that_says_another_size_than_the_entry_gets_no_answer() -> None:
    bits = Bitstring(4 * 131_072).encode()
    document = credential(statusSize=2, encodedList=bits)
    assert not read_status_list(document).status_of(replace(entry(), size=2))
    with pytest.raises(StatusError) as caught:
        read_status_list(document).status_of(entry())
    assert caught.value.code == "STATUS-SIZE-MISMATCH"
    assert "2 bits, the badge reads 1" in caught.value.sentence()


@pytest.mark.parametrize(
    ("changes", "until"),
    [
        ({}, NOW.replace(microsecond=0) + timedelta(minutes=5)),
        ({"ttl": "absent"}, None),
        ({"validFrom": "absent"}, None),
        ({"ttl": 2**53}, None),
    ],
)
def test_a_copy_may_be_kept_until_its_ttl_is_over(changes: JsonObject, until: datetime | None) -> None:
    assert read_status_list(credential(**changes)).kept_until == until


def draft(form: str = "base64url", /, **changes: JsonValue) -> JsonObject:
    """Write a list of the draft, as its implementations did."""
    bits = Bitstring(131_072)
    bits.set(42)
    packed = gzip.compress(bytes(bits), mtime=0)
    encode = base64.b64encode if form == "base64" else base64.urlsafe_b64encode
    encoded = encode(packed).decode()
    document: JsonObject = {
        "@context": ["https://www.w3.org/2018/credentials/v1", "https://w3id.org/vc/status-list/2021/v1"],
        "id": URL,
        "type": ["VerifiableCredential", "StatusList2021Credential"],
        "issuer": "did:web:badges.example",
        "issuanceDate": "2023-01-01T00:00:00Z",
        "expirationDate": "2024-01-01T00:00:00Z",
        "credentialSubject": {
            "id": f"{URL}#list",
            "type": "StatusList2021",
            "statusPurpose": "revocation",
            "encodedList": encoded if form != "unpadded" else encoded.rstrip("="),
        },
    }
    return {**document, **changes}


@pytest.mark.parametrize("form", ["base64", "base64url", "unpadded"])
def test_a_list_of_the_draft_is_read_with_its_old_dates_and_encodings(form: str) -> None:
    published = read_status_list(draft(form))
    assert published.type == "StatusList2021Credential"
    assert published.valid_from == datetime(2023, 1, 1, tzinfo=UTC)
    assert published.valid_until == datetime(2024, 1, 1, tzinfo=UTC)
    assert not published.has_prefix
    asked = replace(entry(), type="StatusList2021Entry")
    assert published.status_of(asked)
    assert not published.status_of(replace(asked, index=41))


def test_a_list_of_the_draft_may_carry_the_dates_of_version_2() -> None:
    published = read_status_list(draft(validFrom="2023-02-01T00:00:00Z"))
    assert published.valid_from == datetime(2023, 2, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("document", "asked", "wanted"),
    [
        (draft(), entry(), "BitstringStatusListCredential"),
        (credential(), replace(entry(), type="StatusList2021Entry"), "StatusList2021Credential"),
    ],
)
def test_an_entry_is_not_answered_by_a_list_of_the_other_kind(
    document: JsonObject, asked: StatusEntry, wanted: str
) -> None:
    with pytest.raises(StatusError) as caught:
        read_status_list(document).status_of(asked)
    assert (caught.value.code, caught.value.details) == ("STATUS-LIST-TYPE", {"type": wanted})


@pytest.mark.parametrize(
    ("changes", "code", "pointer"),
    [
        (
            {"credentialSubject": {"type": "BitstringStatusList"}},
            "STATUS-LIST-TYPE",
            "/credentialSubject/type",
        ),
        ({"issuanceDate": "yesterday"}, "STATUS-LIST-MEMBER", "/issuanceDate"),
        ({"expirationDate": 5}, "STATUS-LIST-MEMBER", "/expirationDate"),
    ],
)
def test_a_malformed_list_of_the_draft_is_refused(changes: JsonObject, code: str, pointer: str) -> None:
    with pytest.raises(StatusError) as caught:
        read_status_list(draft(**changes))
    assert (caught.value.code, caught.value.pointer) == (code, pointer)


@pytest.mark.parametrize("size", [0, "2", True])
def test_a_size_that_is_no_number_of_bits_is_refused(size: JsonValue) -> None:
    with pytest.raises(StatusError) as caught:
        read_status_list(credential(statusSize=size))
    assert caught.value.pointer == "/credentialSubject/statusSize"


def test_a_list_of_the_draft_is_read_but_never_continued() -> None:
    with pytest.raises(StatusError) as caught:
        StatusList.load(dump_json(draft()))
    assert caught.value.code == "STATUS-LIST-TYPE"


def test_a_list_of_several_bits_is_read_but_never_continued() -> None:
    with pytest.raises(StatusError) as caught:
        StatusList.load(dump_json(credential(statusSize=2)))
    assert caught.value.code == "STATUS-SIZE-MISMATCH"
