"""Identity hashes: the published examples, both algorithms, and what never matches."""

from __future__ import annotations

import pytest

from openbadge_issuer.assertions import IdentityObject, identity_hash
from openbadge_issuer.errors import ModelError

A_AND_KOSHER = "b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399"
JEFFERSON_AND_FLEUR_DE_SEL = "658625b25ab3d75d613ca97d9a5a77f70e2192feca5557f4ad09a4d4f121f5fc"


def identity(value: str, *, hashed: bool = True, salt: str | None = None) -> IdentityObject:
    return IdentityObject(hashed=hashed, identity_hash=value, identity_type="emailAddress", salt=salt)


@pytest.mark.parametrize(
    ("known", "salt", "digest"),
    [
        ("a@example.com", "Kosher", A_AND_KOSHER),
        ("jjefferson18@example.com", "FleurDeSel", JEFFERSON_AND_FLEUR_DE_SEL),
    ],
)
def test_the_published_examples_come_out(known: str, salt: str, digest: str) -> None:
    assert identity_hash(known, salt) == f"sha256${digest}"
    assert identity(f"sha256${digest}", salt=salt).matches(known, "emailAddress")
    assert identity(f"sha256${digest.upper()}", salt=salt).matches(known, "emailAddress")
    assert not identity(f"sha256${digest}", salt="").matches(known, "emailAddress")
    assert not identity(f"sha256${digest}").matches(known, "emailAddress")


def test_a_hash_without_salt_is_of_the_name_alone() -> None:
    assert identity(identity_hash("ada@example.org", "")).matches("ada@example.org", "emailAddress")


def test_md5_is_read() -> None:
    # the hash of "abc" in RFC 1321, with "bc" as the salt
    assert identity("md5$900150983CD24FB0D6963F7D28E17F72", salt="bc").matches("a", "emailAddress")
    assert not identity("md5$900150983CD24FB0D6963F7D28E17F72", salt="b").matches("a", "emailAddress")


def test_the_hash_is_over_utf_8() -> None:
    assert identity(identity_hash("zoë@voorbeeld.nl", "zoüt"), salt="zoüt").matches(
        "zoë@voorbeeld.nl", "emailAddress"
    )


def test_a_name_is_tried_as_given_and_in_lower_case() -> None:
    folded = identity(identity_hash("ada@example.org", "s"), salt="s")
    assert folded.matches("Ada@Example.org", "emailAddress")
    as_given = identity(identity_hash("Ada@Example.org", "s"), salt="s")
    assert as_given.matches("Ada@Example.org", "emailAddress")
    assert not as_given.matches("ada@example.org", "emailAddress")


def test_a_plain_name_is_compared_as_it_stands() -> None:
    plain = identity("ada@example.org", hashed=False)
    assert plain.matches("ada@example.org", "emailAddress")
    assert not plain.matches("eve@example.org", "emailAddress")
    assert not identity("sha256$" + A_AND_KOSHER, hashed=False, salt="Kosher").matches(
        "a@example.com", "emailAddress"
    )


def test_another_kind_of_name_never_matches() -> None:
    assert not identity("ada", hashed=False).matches("ada", "userName")


@pytest.mark.parametrize("value", ["", "sha256$", "sha256", "sha512$00", "SHA256$00", "ada", "$", "md5$é"])
def test_what_is_no_known_hash_matches_nothing(value: str) -> None:
    assert not identity(value).matches("ada", "emailAddress")
    assert not identity(value).matches("", "emailAddress")


def test_an_identity_is_read_and_written() -> None:
    document = identity("sha256$" + A_AND_KOSHER, salt="Kosher").to_json()
    assert document == {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": "sha256$" + A_AND_KOSHER,
        "identityType": "emailAddress",
        "salt": "Kosher",
    }
    assert IdentityObject.read(document).to_json() == document
    with pytest.raises(ModelError):
        IdentityObject.read({**document, "hashed": "true"})
    with pytest.raises(ModelError):
        IdentityObject.read({**document, "identityType": "email"})
