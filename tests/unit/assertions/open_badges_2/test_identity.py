from __future__ import annotations

import pytest

from openbadge_issuer.assertions import identity as open_badges_3
from openbadge_issuer.assertions.identity import identity_hash
from openbadge_issuer.assertions.open_badges_2 import IdentityObject
from openbadge_issuer.assertions.recipient import Recipient
from openbadge_issuer.errors import IssuingError

MAYZE = "sha256$7a1a1b3f7d40552e4299180e346e3add12bf9a751a43d9c4ca4518febc2c60c6"
SALTED = "sha256$c8d32d06746899d78eefe21857f5f8327c15f5f4fe7999d42c5c65fcd71e050e"


def zeros(count: int) -> bytes:
    return bytes(count)


def test_the_worked_examples_hash_as_published() -> None:
    assert identity_hash("mayze", "") == MAYZE
    assert identity_hash("mayze@example.org", "deadsea") == SALTED
    plain = IdentityObject(type="email", identity=MAYZE, hashed=True)
    salted = IdentityObject(type="email", identity=SALTED, hashed=True, salt="deadsea")
    assert plain.matches("mayze", "email")
    assert salted.matches("mayze@example.org", "email")
    assert salted.matches("Mayze@Example.org", "email")
    assert not salted.matches("mayze@example.org", "url")
    assert not salted.matches("other@example.org", "email")


def test_a_hash_in_capitals_or_md5_matches_too() -> None:
    capitals = IdentityObject(type="email", identity=f"sha256${MAYZE[7:].upper()}", hashed=True)
    assert capitals.matches("mayze", "email")
    old = IdentityObject(type="email", identity=identity_hash("mayze", "", algorithm="md5"), hashed=True)
    assert old.matches("mayze", "email")


@pytest.mark.parametrize(
    ("kind", "other"),
    [
        ("email", "emailAddress"),
        ("url", "ext:url"),
        ("telephone", "ext:telephone"),
        ("id", "identifier"),
        ("schema:taxID", "ext:taxID"),
        ("https://schema.org/a b", "ext:-schema.org-a-b"),
    ],
)
def test_an_identity_says_the_same_in_both_versions(kind: str, other: str) -> None:
    identity = IdentityObject(type=kind, identity=SALTED, hashed=True, salt="deadsea")
    new = identity.to_open_badges_3()
    assert new.identity_type == other
    assert (new.identity_hash, new.salt, new.hashed) == (SALTED, "deadsea", True)
    assert open_badges_3.IdentityObject.read(new.to_json()) == new
    if ":" not in kind:
        assert IdentityObject.of_open_badges_3(new) == identity


def test_a_recipient_is_named_by_one_identity() -> None:
    identity = IdentityObject.of(Recipient(email="Mayze@example.org ", id="did:example:1"), rng=zeros)
    assert (identity.type, identity.hashed, identity.salt) == ("email", True, "00" * 16)
    assert identity.matches("mayze@example.org", "email")
    plain = IdentityObject.of(Recipient(url="https://mayze.example/", hashed=False))
    assert (plain.type, plain.identity) == ("url", "https://mayze.example/")
    named = IdentityObject.of(Recipient(id="did:example:1"))
    assert named.to_json() == {"type": "id", "identity": "did:example:1", "hashed": False}
    with pytest.raises(IssuingError) as error:
        IdentityObject.of(Recipient())
    assert error.value.code == "ISSUE-RECIPIENT"
