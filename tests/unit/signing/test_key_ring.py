"""The life of an issuer's keys: what each step changes, and what the published document then says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

import key_rings as keys
from key_rings import DID, FIRST, NOW, ROTATED, STOLEN, YEAR
from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.errors import KeyMaterialError, OpenBadgeError, ResolutionError
from openbadge_issuer.resolution.controller_document import ControllerDocument
from openbadge_issuer.signing.key_ring import MAX_KEYS, KeyRing
from openbadge_issuer.signing.public_key import KeyKind, PublicKey
from openbadge_issuer.signing.signing_key import SigningKey

EMPTY = KeyRing(DID)


def made(kind: KeyKind = "Ed25519") -> PublicKey:
    return SigningKey.generate(kind, rsa_bits=2048).public_key


ONE, TWO, THREE = (key.public_key for key in (keys.ONE, keys.TWO, keys.THREE))


def refused(code: str) -> pytest.RaisesExc[OpenBadgeError]:
    return pytest.RaisesExc(OpenBadgeError, check=lambda error: error.code == code and bool(str(error)))


def read(ring: KeyRing) -> ControllerDocument:
    """Read what the ring publishes, as a verifier does."""
    return ControllerDocument(ring.document(), controller=ring.controller, strict=True)


def listed(ring: KeyRing, member: str) -> list[object]:
    value = ring.document()[member]
    assert isinstance(value, list)
    return [*value]


def test_a_key_is_added_under_the_next_free_name() -> None:
    ring = FIRST.add(TWO, uri="two.pem", now=NOW, fragment="key-3").add(THREE, uri="three.pem", now=NOW)
    assert [key.fragment for key in ring.keys] == ["key-1", "key-3", "key-2"]
    assert [key.status for key in ring.keys] == ["active"] * 3
    assert FIRST.keys == ring.keys[:1]
    assert EMPTY.keys == ()


def test_a_rotated_key_stays_published_with_its_end() -> None:
    old, new = ROTATED.keys
    assert (old.status, old.ends, new.status) == ("retired", NOW + YEAR, "active")
    found = read(ROTATED).find(f"{DID}#key-1")
    assert found is not None
    assert (found.key, found.expires, found.revoked) == (ONE, NOW + YEAR, None)
    assert read(ROTATED).find(f"{DID}#key-1-jwk") is not None
    current = read(ROTATED).find(f"{DID}#key-2")
    assert current is not None
    assert (current.key, current.expires) == (TWO, None)
    assert "service" not in ROTATED.document()


def test_a_compromised_key_asserts_nothing_any_more_and_says_since_when() -> None:
    assert STOLEN.key("key-1").status == "compromised"
    assert listed(STOLEN, "assertionMethod") == [f"{DID}#key-2", f"{DID}#key-2-jwk"]
    for name in (f"{DID}#key-1", f"{DID}#key-1-jwk"):
        found = read(STOLEN).find(name)
        assert found is not None
        assert (found.revoked, found.compromise_list) == (NOW + YEAR / 2, LIST)
    current = read(STOLEN).find(f"{DID}#key-2")
    assert current is not None
    assert (current.revoked, current.compromise_list) == (None, None)
    presenting = ControllerDocument(STOLEN.document(), controller=DID, strict=True, purpose="authentication")
    with refused("METHOD-PURPOSE"):
        presenting.find(f"{DID}#key-1")
    ends = [
        {name: method.get(name) for name in ("expires", "revoked")}
        for method in listed(STOLEN, "verificationMethod")
        if isinstance(method, dict)
    ]
    old = {"expires": "2027-03-01T12:00:00Z", "revoked": "2026-08-31T00:00:00Z"}
    assert ends == [old, old, *[{"expires": None, "revoked": None}] * 2]


LIST = "https://badges.example/.well-known/compromised-keys.jwt"


def test_the_document_leads_to_the_list_of_what_a_compromised_key_signed() -> None:
    service: JsonObject = {
        "id": f"{DID}#compromised-keys",
        "type": "CompromisedKeyList",
        "serviceEndpoint": LIST,
    }
    assert listed(STOLEN, "service") == [service]
    elsewhere = KeyRing(f"{DID}%3A8443:ob", STOLEN.keys).document()["service"]
    assert isinstance(elsewhere, list)
    assert isinstance(elsewhere[0], dict)
    assert elsewhere[0]["serviceEndpoint"] == "https://badges.example:8443/ob/compromised-keys.jwt"


def test_a_compromise_can_be_moved_back_only() -> None:
    assert STOLEN.compromise("key-1", since=NOW).key("key-1").compromised == NOW
    assert STOLEN.compromise("key-1", since=NOW + YEAR / 2) == STOLEN
    with refused("RING-TIME"):
        STOLEN.compromise("key-1", since=NOW + YEAR)


def test_the_end_is_a_whole_second_after_the_last_proof() -> None:
    """A proof of the same second is dated to its beginning, and must still be before the end."""
    ring = FIRST.retire("key-1", at=NOW + timedelta(microseconds=1), now=NOW + timedelta(microseconds=1))
    assert ring.key("key-1").ends == NOW + timedelta(seconds=1)


def test_moments_are_kept_in_utc_and_must_say_their_offset() -> None:
    amsterdam = datetime(2026, 3, 1, 13, tzinfo=timezone(timedelta(hours=1)))
    assert EMPTY.add(ONE, uri="one.pem", now=amsterdam).keys[0].begins == NOW
    assert EMPTY.add(ONE, uri="one.pem", now=amsterdam).keys[0].begins.tzinfo is UTC
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(ValueError, match="offset"):
        EMPTY.add(ONE, uri="one.pem", now=naive)
    with pytest.raises(ValueError, match="offset"):
        FIRST.retire("key-1", at=naive, now=naive)
    with pytest.raises(ValueError, match="offset"):
        FIRST.compromise("key-1", since=naive)


def test_rotating_needs_to_know_which_key() -> None:
    both = FIRST.add(TWO, uri="two.pem", now=NOW)
    with refused("RING-CHOOSE"):
        both.rotate(THREE, uri="three.pem", now=NOW)
    with refused("RING-CHOOSE"):
        EMPTY.rotate(THREE, uri="three.pem", now=NOW)
    retired = FIRST.retire("key-1", at=NOW, now=NOW).rotate(TWO, uri="two.pem", now=NOW)
    assert [key.status for key in retired.keys] == ["retired", "active"]
    ring = both.rotate(THREE, uri="three.pem", now=NOW, retiring="key-2", fragment="new")
    assert [key.status for key in ring.keys] == ["active", "retired", "active"]


def test_neither_a_key_nor_its_name_is_used_twice() -> None:
    with refused("RING-TAKEN"):
        FIRST.add(ONE, uri="other.pem", now=NOW)
    with refused("RING-TAKEN"):
        FIRST.add(TWO, uri="two.pem", now=NOW, fragment="key-1")
    with refused("RING-TAKEN"):
        ROTATED.rotate(ONE, uri="one.pem", now=NOW + YEAR)
    with refused("DID-DOCUMENT-FRAGMENT"):
        FIRST.add(TWO, uri="two.pem", now=NOW, fragment="key-1-jwk")


@pytest.mark.parametrize("fragment", ["", "two words", "#key", "é"])
def test_a_name_that_cannot_be_published_is_refused(fragment: str) -> None:
    if fragment:
        with refused("DID-DOCUMENT-FRAGMENT"):
            FIRST.add(TWO, uri="two.pem", now=NOW, fragment=fragment)
    else:
        assert FIRST.add(TWO, uri="two.pem", now=NOW, fragment="").keys[-1].fragment == "key-2"


def test_a_uri_with_a_secret_is_not_kept() -> None:
    with refused("RING-SECRET-IN-URI"):
        EMPTY.add(ONE, uri="pkcs11:object=a?pin-value=1234", now=NOW)


def test_a_retired_key_is_never_written_as_a_revoked_one() -> None:
    """A verifier believes what a key signed before it expired, and nothing by a revoked one."""
    for ring in (FIRST.retire("key-1", at=NOW + YEAR, now=NOW + YEAR), ROTATED):
        old = [method for method in listed(ring, "verificationMethod") if isinstance(method, dict)][:2]
        assert [method["expires"] for method in old] == ["2027-03-01T12:00:00Z"] * 2
        assert not any("revoked" in method for method in old)
        assert "service" not in ring.document()


def test_only_an_active_key_is_retired_and_not_before_it_began() -> None:
    for ring in (ROTATED, STOLEN):
        with refused("RING-NOT-ACTIVE"):
            ring.retire("key-1", at=NOW + YEAR, now=NOW + YEAR)
    with refused("RING-TIME"):
        FIRST.retire("key-1", at=NOW - timedelta(seconds=1), now=NOW - timedelta(seconds=1))
    with refused("RING-IN-ADVANCE"):
        FIRST.retire("key-1", at=NOW + YEAR, now=NOW)
    with refused("RING-DID-KEY"):
        KeyRing(TWO.did_key).add(ONE, uri="one.pem", now=NOW)
    assert FIRST.retire("key-1", at=NOW, now=NOW).key("key-1").status == "retired"


def test_a_key_that_is_not_there_is_said_not_to_be() -> None:
    with refused("RING-NO-KEY"):
        EMPTY.key("key-1")
    with refused("RING-NO-KEY"):
        EMPTY.retire("key-1", at=NOW, now=NOW)
    with refused("RING-NO-KEY"):
        EMPTY.compromise("key-1", since=NOW)
    assert EMPTY.holding(ONE) is None
    assert FIRST.holding(ONE) == FIRST.keys[0]


def test_a_ring_holds_no_more_than_verifiers_read() -> None:
    full = KeyRing(DID, FIRST.keys * MAX_KEYS)
    with refused("RING-FULL"):
        full.add(TWO, uri="two.pem", now=NOW)
    assert 2 * 2 * MAX_KEYS > 200 > 2 * MAX_KEYS


def test_rsa_is_named_by_its_jwk() -> None:
    ring = EMPTY.add(made("RSA"), uri="rsa.pem", now=NOW)
    assert ring.verification_method(ring.keys[0]) == f"{DID}#key-1-jwk"
    assert read(ring).find(f"{DID}#key-1-jwk") is not None
    assert FIRST.verification_method(FIRST.keys[0]) == f"{DID}#key-1"


@pytest.mark.parametrize("controller", ["https://badges.example/", "did:web:127.0.0.1", ""])
def test_a_controller_that_cannot_be_published_is_refused(controller: str) -> None:
    with pytest.raises(ResolutionError):
        KeyRing(controller).add(ONE, uri="one.pem", now=NOW)


def test_a_ring_shows_public_facts_only() -> None:
    assert "one.pem" in repr(FIRST)
    with pytest.raises(KeyMaterialError):
        FIRST.key("nothing")
