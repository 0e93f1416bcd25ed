from __future__ import annotations

import pytest

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.errors import OpenBadgeError, StatusError, UnsupportedError
from openbadge_issuer.status.entry import StatusEntry, read_entry

LIST = "https://badges.example/status/revocation"


def written(**changes: JsonValue) -> JsonObject:
    entry = StatusEntry.at(LIST, index=42, purpose="revocation").to_json()
    return {name: value for name, value in {**entry, **changes}.items() if value != "absent"}


def test_an_entry_is_written_with_its_index_as_text_and_an_id_of_its_own() -> None:
    assert written() == {
        "id": f"{LIST}#42",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "42",
        "statusListCredential": LIST,
    }


def test_what_is_written_is_read_back() -> None:
    entry = StatusEntry.at(LIST, index=42, purpose="suspension")
    assert read_entry(entry.to_json()) == entry
    assert entry.location == entry.id


@pytest.mark.parametrize("index", ["7", 7, "007"])
def test_the_index_may_be_text_or_a_number(index: JsonValue) -> None:
    assert read_entry(written(statusListIndex=index)).index == 7


def test_a_type_array_and_a_missing_id_are_read() -> None:
    entry = read_entry(written(type=["BitstringStatusListEntry"], id="absent", statusSize=1))
    assert entry.id is None
    assert entry.to_json()["id"] == f"{LIST}#42"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"statusListIndex": "absent"}, "STATUS-ENTRY-INDEX"),
        ({"statusListIndex": "-1"}, "STATUS-ENTRY-INDEX"),
        ({"statusListIndex": -1}, "STATUS-ENTRY-INDEX"),
        ({"statusListIndex": True}, "STATUS-ENTRY-INDEX"),
        ({"statusListIndex": 4.0}, "STATUS-ENTRY-INDEX"),
        ({"statusListIndex": " 4"}, "STATUS-ENTRY-INDEX"),
        ({"statusListIndex": "4\n"}, "STATUS-ENTRY-INDEX"),
        ({"statusListIndex": "\u0664"}, "STATUS-ENTRY-INDEX"),
        ({"statusListIndex": "9" * 5000}, "STATUS-ENTRY-INDEX"),
        ({"statusPurpose": "absent"}, "STATUS-ENTRY-MEMBER"),
        ({"statusPurpose": ["revocation"]}, "STATUS-ENTRY-MEMBER"),
        ({"statusListCredential": "status/1"}, "STATUS-ENTRY-MEMBER"),
        ({"statusListCredential": {"id": LIST}}, "STATUS-ENTRY-MEMBER"),
        ({"statusSize": 0}, "STATUS-ENTRY-MEMBER"),
        ({"statusSize": "2"}, "STATUS-ENTRY-MEMBER"),
        ({"statusSize": True}, "STATUS-ENTRY-MEMBER"),
        ({"id": LIST}, "STATUS-ENTRY-ID"),
        ({"id": "no url"}, "STATUS-ENTRY-ID"),
        ({"id": 3}, "STATUS-ENTRY-ID"),
    ],
)
def test_a_malformed_entry_is_refused_with_the_place_in_it(changes: JsonObject, code: str) -> None:
    with pytest.raises(StatusError) as caught:
        read_entry(written(**changes), pointer="/credentialStatus/1")
    assert caught.value.code == code
    assert caught.value.pointer == f"/credentialStatus/1/{next(iter(changes))}"
    assert caught.value.sentence("en")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"statusSize": 17}, "STATUS-SIZE"),
        ({"statusSize": 10**30}, "STATUS-SIZE"),
        ({"type": "1EdTechRevocationList"}, "STATUS-ENTRY-TYPE"),
        ({"type": "absent"}, "STATUS-ENTRY-TYPE"),
    ],
)
def test_what_cannot_be_checked_is_unsupported_and_not_wrong(changes: JsonObject, code: str) -> None:
    with pytest.raises(UnsupportedError) as caught:
        read_entry(written(**changes))
    assert caught.value.code == code
    assert caught.value.sentence("nl")


@pytest.mark.parametrize("value", [None, [], "x", 1])
def test_what_is_no_object_is_no_entry(value: JsonValue) -> None:
    with pytest.raises(OpenBadgeError):
        read_entry(value)


def test_an_entry_of_the_draft_is_read_and_stays_one() -> None:
    entry = read_entry(written(type="StatusList2021Entry"))
    assert entry.type == "StatusList2021Entry"
    assert entry.to_json() == written(type="StatusList2021Entry")


def test_an_entry_of_both_kinds_counts_as_the_newer() -> None:
    assert read_entry(written(type=["StatusList2021Entry", "BitstringStatusListEntry"])) == read_entry(
        written()
    )
