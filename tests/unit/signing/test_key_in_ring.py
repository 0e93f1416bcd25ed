"""A key of a ring that is opened when something is to be signed, and not before."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from openbadge_issuer.errors import KeyMaterialError
from openbadge_issuer.signing.key_by_uri import KeyByUri
from openbadge_issuer.signing.key_in_ring import KeyInRing
from openbadge_issuer.signing.key_ring import KeyRing, RingKey
from openbadge_issuer.signing.public_key import KeyKind
from openbadge_issuer.signing.signer import Signer
from openbadge_issuer.signing.signing_key import SigningKey
from secret_hunt import holds, kept_by

SECRET = "correct horse"
NOW = datetime(2026, 3, 1, tzinfo=UTC)


class Source:
    """Opens a key, and counts how often."""

    def __init__(self, key: Signer) -> None:
        self.key = key
        self.opened = 0

    def __call__(self) -> Signer:
        """Open the key."""
        self.opened += 1
        return self.key


def entry(key: SigningKey, uri: str = "file:issuer.pem") -> RingKey:
    return KeyRing("did:web:badges.example").add(key.public_key, uri=uri, now=NOW).keys[0]


@pytest.mark.parametrize("kind", ["Ed25519", "P-256", "P-384"])
def test_what_is_public_is_known_without_opening_the_key(kind: KeyKind) -> None:
    key = SigningKey.generate(kind)
    source = Source(key)
    signer = KeyInRing(entry(key), source)
    assert (signer.public_key, signer.algorithm) == (key.public_key, key.algorithm)
    assert source.opened == 0


def test_the_key_is_opened_once_however_much_is_signed() -> None:
    key = SigningKey.generate()
    source = Source(key)
    signer = KeyInRing(entry(key), source)
    for message in (b"one", b"two"):
        key.public_key.verify(message, signer.sign(message))
    assert source.opened == 1


def test_the_key_can_be_opened_before_there_is_something_to_sign() -> None:
    key = SigningKey.generate()
    source = Source(key)
    signer = KeyInRing(entry(key), source)
    signer.open()
    assert source.opened == 1
    key.public_key.verify(b"badge", signer.sign(b"badge"))
    assert source.opened == 1


def test_an_rsa_key_is_opened_to_tell_its_algorithm() -> None:
    key = SigningKey.generate("RSA", rsa_bits=2048).using("PS256")
    source = Source(key)
    assert KeyInRing(entry(key), source).algorithm == "PS256"
    assert source.opened == 1


def test_another_key_in_its_place_signs_nothing() -> None:
    ours, other = SigningKey.generate(), SigningKey.generate()
    with pytest.raises(KeyMaterialError) as refused:
        KeyInRing(entry(ours), Source(other)).sign(b"badge")
    assert refused.value.code == "RING-OTHER-KEY"
    assert "“key-1”" in str(refused.value)


def test_a_key_that_does_not_open_is_tried_again() -> None:
    key = SigningKey.generate()

    def source() -> Signer:
        if not tries:
            tries.append(1)
            raise KeyMaterialError("KEY-PASSWORD-WRONG")
        return key

    tries: list[int] = []
    signer = KeyInRing(entry(key), source)
    with pytest.raises(KeyMaterialError) as refused:
        signer.sign(b"badge")
    assert refused.value.code == "KEY-PASSWORD-WRONG"
    key.public_key.verify(b"badge", signer.sign(b"badge"))


def test_it_travels_without_the_key_and_opens_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, path = SigningKey.generate(), tmp_path / "issuer.pem"
    key.save(path, secret=SECRET)
    monkeypatch.setenv("ISSUER_SECRET", SECRET)
    signer = KeyInRing(entry(key, f"file:{path}"), partial(KeyByUri, f"file:{path}", "ISSUER_SECRET"))
    signer.sign(b"badge")
    packed = pickle.dumps(signer)
    travelled = pickle.loads(packed)  # noqa: S301  # our own
    assert not holds(packed, [SECRET.encode()])
    assert kept_by(signer, [SECRET.encode()]) == []
    assert not holds(repr(signer), [SECRET.encode()])
    key.public_key.verify(b"badge", travelled.sign(b"badge"))
