from __future__ import annotations

import pytest

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.errors import StatusError
from openbadge_issuer.status.entry import StatusEntry, read_entry
from openbadge_issuer.status.message import StatusMessage

LIST = "https://badges.example/status/8"
STATES: list[JsonValue] = [
    {"status": "0x0", "message": "under review"},
    {"status": "0x1", "message": "recognised"},
    {"status": "0x2", "message": "not recognised", "colour": "red"},
    {"status": "0x3", "message": "undefined"},
]


def written(**changes: JsonValue) -> JsonObject:
    entry: JsonObject = {
        "type": "BitstringStatusListEntry",
        "statusPurpose": "message",
        "statusListIndex": "42",
        "statusListCredential": LIST,
        "statusSize": 2,
        "statusMessage": list(STATES),
        **changes,
    }
    return {name: value for name, value in entry.items() if value != "absent"}


def test_every_value_has_its_message() -> None:
    entry = read_entry(written(statusReference="https://badges.example/states"))
    assert entry.size == 2
    assert [entry.message_of(value) for value in range(4)] == [
        "under review",
        "recognised",
        "not recognised",
        "undefined",
    ]
    assert entry.references == ("https://badges.example/states",)


def test_messages_may_stand_in_any_order_and_with_capital_letters() -> None:
    states: list[JsonValue] = [
        {"status": f"0X{value:02X}", "message": str(value)} for value in range(15, -1, -1)
    ]
    entry = read_entry(written(statusSize=4, statusMessage=states))
    assert entry.message_of(10) == "10"


def test_a_bare_bit_is_set_or_unset() -> None:
    entry = read_entry(written(statusSize="absent", statusMessage="absent"))
    assert (entry.message_of(0), entry.message_of(1)) == ("unset", "set")
    assert "statusSize" not in entry.to_json()


def test_one_bit_may_have_messages_too() -> None:
    entry = read_entry(written(statusSize=1, statusMessage=STATES[:2]))
    assert entry.message_of(1) == "recognised"


def test_what_is_written_is_read_back() -> None:
    messages = tuple(StatusMessage(value, f"state {value}") for value in range(4))
    for references in ((), ("https://a.example/",), ("https://a.example/", "https://b.example/")):
        entry = StatusEntry(LIST, 7, "message", f"{LIST}#7", 2, messages, references)
        assert read_entry(entry.to_json()) == entry


@pytest.mark.parametrize(
    ("changes", "code", "place"),
    [
        ({"statusMessage": "absent"}, "STATUS-MESSAGE-MISSING", ""),
        ({"statusMessage": {"status": "0x0", "message": "x"}}, "STATUS-ENTRY-MEMBER", ""),
        ({"statusMessage": []}, "STATUS-MESSAGE-COUNT", ""),
        ({"statusMessage": STATES[:3]}, "STATUS-MESSAGE-COUNT", ""),
        ({"statusMessage": [*STATES, STATES[0]]}, "STATUS-MESSAGE-COUNT", ""),
        ({"statusSize": 1}, "STATUS-MESSAGE-COUNT", ""),
        ({"statusMessage": [*STATES[:3], "x"]}, "STATUS-MESSAGE-VALUE", "/3"),
        ({"statusMessage": [*STATES[:3], {"status": "0x3"}]}, "STATUS-MESSAGE-VALUE", "/3/message"),
        ({"statusMessage": [*STATES[:3], {"message": "x"}]}, "STATUS-MESSAGE-VALUE", "/3/status"),
        ({"statusMessage": [*STATES[:3], STATES[2]]}, "STATUS-MESSAGE-VALUE", "/3/status"),
        *(
            (
                {"statusMessage": [*STATES[:3], {"status": wrong, "message": "x"}]},
                "STATUS-MESSAGE-VALUE",
                "/3/status",
            )
            for wrong in ("3", "0x4", "0x", "0x10003", "0xg", 3, "0x3\n", "-0x3")
        ),
    ],
)  # fmt: skip
def test_messages_that_do_not_fit_the_size_are_refused(changes: JsonObject, code: str, place: str) -> None:
    with pytest.raises(StatusError) as caught:
        read_entry(written(**changes))
    assert (caught.value.code, caught.value.pointer) == (code, f"/credentialStatus/statusMessage{place}")
    assert caught.value.sentence("nl") != caught.value.sentence("en")


@pytest.mark.parametrize(
    "reference", ["states", 5, ["https://a.example/", "b"], [None], {"id": "https://a.example/"}]
)
def test_a_reference_that_is_no_url_is_refused(reference: JsonValue) -> None:
    with pytest.raises(StatusError) as caught:
        read_entry(written(statusReference=reference))
    assert caught.value.code == "STATUS-ENTRY-MEMBER"
    assert caught.value.pointer == "/credentialStatus/statusReference"
