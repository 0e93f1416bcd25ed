"""The Status List of IETF tokens: bits from the lowest up, and nothing unpacked beyond bounds."""

from __future__ import annotations

import zlib

import pytest

from openbadge_issuer.assertions.json_text import JsonValue
from openbadge_issuer.errors import LimitError, OpenBadgeError, StatusError
from openbadge_issuer.signing.base64url import encode_base64url
from openbadge_issuer.status import token_status_list
from openbadge_issuer.status.token_status_list import TokenStatusList


def published(bits: JsonValue, data: bytes) -> dict[str, JsonValue]:
    return {"bits": bits, "lst": encode_base64url(data)}


# The examples of the draft, section "Compressed Byte Array".
EXAMPLES = [
    (1, "78dadbb918000217015d", [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1]),
    (2, "78da3be9f2130003df0207", [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3]),
]


@pytest.mark.parametrize(("bits", "packed", "statuses"), EXAMPLES)
def test_the_examples_of_the_draft_are_read(bits: int, packed: str, statuses: list[int]) -> None:
    listed = TokenStatusList.read(published(bits, bytes.fromhex(packed)))
    assert [listed.status(index) for index in range(len(statuses))] == statuses
    for outside in (len(statuses), -1, 2**60):
        with pytest.raises(StatusError) as error:
            listed.status(outside)
        assert error.value.code == "STATUS-INDEX-RANGE"


@pytest.mark.parametrize("bits", [4, 8])
def test_wider_statuses_are_read(bits: int) -> None:
    listed = TokenStatusList.read(published(bits, zlib.compress(b"\x21\x43")))
    assert [listed.status(index) for index in range(16 // bits)] == (
        [1, 2, 3, 4] if bits == 4 else [0x21, 0x43]
    )


GOOD = zlib.compress(bytes(9))
BROKEN: dict[str, JsonValue] = {
    "nothing": None,
    "text": "x",
    "no bits": {"lst": encode_base64url(GOOD)},
    "three bits": published(3, GOOD),
    "bits as text": published("1", GOOD),
    "bits as truth": published(True, GOOD),  # noqa: FBT003  # the value
    "no list": {"bits": 1},
    "padded": {"bits": 1, "lst": encode_base64url(GOOD) + "="},
    "not compressed": published(1, b"\x00\x01"),
    "gzip": published(1, bytes.fromhex("1f8b0800000000000003030000000000")),
    "cut off": published(1, GOOD[:-2]),
    "followed by more": published(1, GOOD + b"x"),
    "empty": published(1, zlib.compress(b"")),
}


@pytest.mark.parametrize("value", BROKEN.values(), ids=BROKEN)
def test_what_is_no_list_is_refused(value: JsonValue) -> None:
    with pytest.raises(OpenBadgeError) as error:
        TokenStatusList.read(value)
    assert error.value.code == "STATUS-TOKEN-LIST"
    assert error.value.sentence("nl")


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(token_status_list, "MAX_LIST_BYTES", 8)
    with pytest.raises(LimitError) as error:
        TokenStatusList.read(published(1, GOOD))
    assert error.value.code == "STATUS-LIST-TOO-LARGE"
