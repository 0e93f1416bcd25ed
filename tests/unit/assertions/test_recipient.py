"""Recipients: named in one word or by keyword, hashed with a fresh salt, in plain text only if asked."""

from __future__ import annotations

import pytest

from openbadge_issuer.assertions.recipient import SALT_BYTES, Recipient
from openbadge_issuer.errors import IssuingError, ModelError


def counting(size: int) -> bytes:
    """A source of bytes that are no secret."""
    return bytes(range(size))


@pytest.mark.parametrize(
    ("text", "recipient"),
    [
        ("email:ada@example.org", Recipient(email="ada@example.org")),
        ("url:https://example.org/ada", Recipient(url="https://example.org/ada")),
        ("phone:+31 70 123", Recipient(phone="+31 70 123")),
        ("did:web:example.org:ada", Recipient(id="did:web:example.org:ada")),
        ("urn:uuid:1", Recipient(id="urn:uuid:1")),
        ("https://example.org/ada=x", Recipient(id="https://example.org/ada=x")),
        ("userName=ada", Recipient(identifier=("userName", "ada"))),
        ("ext:badge=a=b:c", Recipient(identifier=("ext:badge", "a=b:c"))),
    ],
)
def test_a_recipient_is_read_from_one_word(text: str, recipient: Recipient) -> None:
    assert Recipient.parse(text) == recipient


@pytest.mark.parametrize(
    "text", ["", "ada@example.org", "email:", "=ada", "userName=", ":x", "mailto:ada@example.org"]
)
def test_a_word_without_a_form_is_refused(text: str) -> None:
    with pytest.raises(IssuingError) as raised:
        Recipient.parse(text)
    assert raised.value.code == "ISSUE-RECIPIENT-FORM"


def test_identities_are_hashed_with_a_fresh_salt() -> None:
    recipient = Recipient(email=" Ada@Example.org ", phone="+31 70 123", name="Ada")
    email, phone, name = recipient.identity_objects(counting)
    assert [found.identity_type for found in (email, phone, name)] == [
        "emailAddress",
        "ext:telephone",
        "name",
    ]
    assert all(found.hashed and found.identity_hash.startswith("sha256$") for found in (email, phone, name))
    assert email.salt == counting(SALT_BYTES).hex()
    assert email.matches("ada@example.org", "emailAddress")
    assert phone.matches("+31 70 123", "ext:telephone")
    assert (
        Recipient(email="a@example.org").identity_objects()
        != Recipient(email="a@example.org").identity_objects()
    )


def test_plain_text_is_a_choice() -> None:
    (identity,) = Recipient.parse("email:Ada@example.org", hashed=False).identity_objects(counting)
    assert identity.to_json() == {
        "type": "IdentityObject",
        "hashed": False,
        "identityHash": "ada@example.org",
        "identityType": "emailAddress",
    }


def test_an_id_needs_no_identity() -> None:
    assert Recipient(id="did:web:example.org").identity_objects(counting) == ()


def test_a_name_alone_names_nobody() -> None:
    with pytest.raises(IssuingError) as raised:
        Recipient(name="Ada").identity_objects(counting)
    assert raised.value.code == "ISSUE-RECIPIENT"


def test_an_empty_value_is_refused() -> None:
    with pytest.raises(IssuingError) as raised:
        Recipient(email=" ").identity_objects(counting)
    assert (raised.value.code, raised.value.details) == ("ISSUE-RECIPIENT-EMPTY", {"kind": "emailAddress"})


@pytest.mark.parametrize("hashed", [True, False])
def test_an_unknown_kind_of_identity_is_refused_with_what_is_known(hashed: bool) -> None:  # noqa: FBT001  # a case
    with pytest.raises(ModelError, match="emailAddress") as raised:
        Recipient(identifier=("email", "ada@example.org"), hashed=hashed).identity_objects(counting)
    assert (raised.value.code, raised.value.pointer) == ("MODEL-ENUM", "/identityType")
