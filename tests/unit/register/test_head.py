"""Signed heads: what they say, and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.errors import DocumentError, OpenBadgeError, SignatureError
from openbadge_issuer.register import Head
from openbadge_issuer.register.chain import GENESIS
from openbadge_issuer.register.head import HEAD_TOKEN_TYPE, read_head, sign_head
from openbadge_issuer.signing.public_key import KeyKind
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.signing.vc_jwt import sign_payload
from register_world import HOME, NOW

KEY = SigningKey.generate("Ed25519")
METHOD = "did:web:breakthrough.example#key-1"
HEAD = Head(HOME, 42, "ab" * 32, NOW - timedelta(microseconds=1))


@pytest.mark.parametrize("kind", ["Ed25519", "P-256"])
def test_a_head_is_read_back(kind: KeyKind) -> None:
    key = SigningKey.generate(kind)
    signed = sign_head(HEAD, key, verification_method=METHOD, now=NOW)
    unverified = read_head(signed + b"\n")
    assert (unverified.organisation, unverified.kid, unverified.issued) == (HOME, METHOD, NOW)
    assert unverified.verify(key.public_key) == HEAD
    assert read_head(signed.decode()).verify(key.public_key) == HEAD


def test_the_head_of_an_empty_chain() -> None:
    head = Head(HOME, 0)
    signed = sign_head(head, KEY, verification_method=METHOD, now=NOW)
    assert read_head(signed).verify(KEY.public_key) == head


def test_another_key_signed_it() -> None:
    signed = sign_head(HEAD, KEY, verification_method=METHOD, now=NOW)
    with pytest.raises(SignatureError) as error:
        read_head(signed).verify(SigningKey.generate("Ed25519").public_key)
    assert error.value.code == "PROOF-SIGNATURE"


def test_another_kind_of_token_is_no_head() -> None:
    token = sign_payload({"iss": HOME}, KEY, kid=METHOD, typ="JWT")
    with pytest.raises(DocumentError) as error:
        read_head(token)
    assert error.value.code == "JWT-TYPE"


WHOLE: JsonObject = {"iss": HOME, "iat": 1, "length": 1, "digest": "ab" * 32, "at": "2026-03-01T12:00:00Z"}


@pytest.mark.parametrize(
    ("member", "value", "place"),
    [
        ("iss", "", "/iss"),
        ("iss", 7, "/iss"),
        ("iat", "1", "/iat"),
        ("iat", -1, "/iat"),
        ("iat", 2**60, "/iat"),
        ("iat", True, "/iat"),
        ("length", -1, "/length"),
        ("length", 1.5, "/length"),
        ("length", 2**60, "/length"),
        ("length", 0, "/length"),
        ("digest", "AB" * 32, "/digest"),
        ("digest", GENESIS, "/length"),
        ("digest", None, "/digest"),
        ("at", "yesterday", "/at"),
        ("at", 7, "/at"),
        ("at", None, "/length"),
    ],
)
def test_a_malformed_head(member: str, value: JsonValue, place: str) -> None:
    token = sign_payload({**WHOLE, member: value}, KEY, kid=METHOD, typ=HEAD_TOKEN_TYPE)
    with pytest.raises(DocumentError) as error:
        read_head(token)
    assert (error.value.code, error.value.pointer) == ("REGISTER-HEAD-FORMAT", place)


def test_a_head_without_the_name_of_its_key() -> None:
    token = sign_payload(WHOLE, KEY, kid=None, typ=HEAD_TOKEN_TYPE)
    with pytest.raises(DocumentError) as error:
        read_head(token)
    assert error.value.code == "REGISTER-HEAD-FORMAT"


@pytest.mark.parametrize("data", [b"", b"\xff", "é", b"a.b.c", b"." * 1000, "{}"])
def test_what_is_no_token(data: bytes | str) -> None:
    with pytest.raises(OpenBadgeError):
        read_head(data)


def test_a_whole_head_has_its_own_moment() -> None:
    token = sign_payload(WHOLE, KEY, kid=METHOD, typ=HEAD_TOKEN_TYPE)
    assert read_head(token).verify(KEY.public_key).at == datetime(2026, 3, 1, 12, tzinfo=UTC)
