from __future__ import annotations

import pytest

from openbadge_issuer.errors import DocumentError, LimitError, OpenBadgeError
from openbadge_issuer.signing.base64url import decode_base64url, encode_base64url
from openbadge_issuer.signing.multibase import MAX_MULTIBASE_CHARS, decode_multibase, encode_multibase

# Known answers: draft-msporny-base58, section "Test Vectors".
KNOWN = [
    (b"Hello World!", "z2NEpo7TZRRrLZSi2U"),
    (
        b"The quick brown fox jumps over the lazy dog.",
        "zUSm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z",
    ),
    (bytes.fromhex("0000287fb4cd"), "z11233QC4"),
    (b"", "z"),
    (b"\0", "z1"),
]


@pytest.mark.parametrize(("data", "text"), KNOWN)
def test_base58btc_gives_the_known_answers_both_ways(data: bytes, text: str) -> None:
    assert encode_multibase(data) == text
    assert decode_multibase(text) == data


def test_base64url_is_the_other_base() -> None:
    assert encode_multibase(b"\xff\xfe", base="u") == "u__4"
    assert decode_multibase("u__4") == b"\xff\xfe"


@pytest.mark.parametrize(
    ("text", "bases", "code"),
    [
        ("", "zu", "MULTIBASE-PREFIX"),
        ("f00", "zu", "MULTIBASE-PREFIX"),
        ("uAA", "z", "MULTIBASE-PREFIX"),
        ("z0", "zu", "MULTIBASE-CHARACTER"),
        ("z2NEpo7TZRRrLZSi2l", "zu", "MULTIBASE-CHARACTER"),
        ("z2NEpo7 ", "zu", "MULTIBASE-CHARACTER"),
        ("uAA==", "zu", "BASE64URL-ENCODING"),
    ],
)
def test_what_is_not_in_an_accepted_base_is_refused(text: str, bases: str, code: str) -> None:
    with pytest.raises(DocumentError) as caught:
        decode_multibase(text, bases=bases)
    assert caught.value.code == code
    assert caught.value.sentence("nl")


def test_the_first_wrong_character_is_named_by_its_place() -> None:
    with pytest.raises(DocumentError) as caught:
        decode_multibase("z11O1")
    assert caught.value.details == {"position": 4}


def test_a_long_text_is_refused_before_it_is_decoded() -> None:
    with pytest.raises(LimitError) as caught:
        decode_multibase("z" + "1" * MAX_MULTIBASE_CHARS)
    assert caught.value.code == "MULTIBASE-SIZE"


@pytest.mark.parametrize(
    "text", ["A", "AA=", "AA==", "A+A", "A/A", " AAA", "AAA\n", "AB", "AAB", "AAAAA", "ÄÄÄÄ", "AA-\u0661"]
)
def test_base64url_has_one_spelling_only(text: str) -> None:
    with pytest.raises(OpenBadgeError) as caught:
        decode_base64url(text)
    assert caught.value.code == "BASE64URL-ENCODING"


@pytest.mark.parametrize(("data", "text"), [(b"", ""), (b"\0", "AA"), (b"\xfb\xff", "-_8"), (b"abc", "YWJj")])
def test_base64url_gives_the_known_answers_both_ways(data: bytes, text: str) -> None:
    assert encode_base64url(data) == text
    assert decode_base64url(text) == data
